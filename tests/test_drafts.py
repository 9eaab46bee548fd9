"""A draft is held to its rows number by number; what is written into it changes the numbers and nothing else."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import explore
from explore.__main__ import main
from explore.drafts import editing
from explore.drafts.bindings import Prose
from explore.drafts.footnotes import with_footnotes
from explore.terms import ExploreError

if TYPE_CHECKING:
    from pathlib import Path

    from explore.drafts import Check

DRAFT = """---
year: 3000
---
# Who reads, in 7 questions[^1]

Of all adults, [42%](explore:gazette-2020/readers) read a book; some say [47%](explore:gazette-2020/readers).
Loans rose by [25%][more] or [1,500](explore:office-2020/loans-2016..loans-2019) to 7,500 books in 2019.
They had fallen by [36.2%](explore:office-2020/loans-2014..loans-2016). See [9](explore:office-2020/nothing) and
[two](explore:- "how many papers there are") papers. 1. May 2020 `8 codes` <!-- 8 comments -->

```
99 lines of code
```

[more]: explore:office-2020/loans-2016..office-2020/loans-2019
[^1]: Asked of [500](explore:office-2020/readers.n) members in [2019](explore:office-2020/readers.period).
"""


def outcome(text: str | Path, own: Path) -> list[tuple[str, str]]:
    """Give the words and the status of each number."""
    found = explore.check(text, own)
    return list(zip(found["words"], found["status"], strict=True))


def test_right_stale_refused_unknown_and_missing_are_told_apart(own: Path) -> None:
    """A draft about libraries: each number is one row, each status is the right one, and code is left out."""
    assert outcome(DRAFT, own) == [
        ("7", "open"),
        ("42%", "holds"),
        ("47%", "stale"),
        ("25%", "holds"),
        ("1,500", "holds"),
        ("7,500", "open"),
        ("2019", "dismissed"),
        ("36.2%", "refused"),
        ("9", "unknown"),
        ("two", "dismissed"),
        ("1. May 2020", "dismissed"),
        ("500", "holds"),
        ("2019", "holds"),
    ]
    found = explore.check(DRAFT, own).set_index("words")
    assert found.loc["47%", "said"] == "42%"
    assert found.loc["47%", "reason"] == "the register says 42%; write 42%"
    assert "2016" in found.loc["36.2%", "reason"]
    assert found.loc["7,500", "reason"] == "bound to nothing; may be office-2020/loans-2019"
    assert found.loc["two", "reason"] == "how many papers there are"
    line = DRAFT.splitlines()[int(found.loc["7,500", "line"]) - 1]
    assert "7,500" in line
    assert explore.check(DRAFT, own).coverage == "13 numbers: 5 holds, 1 stale, 1 refused, 1 unknown, 2 open, 3 dismissed"


def test_places_are_those_of_the_text(own: Path) -> None:
    """`start` and `end` cut the number out of the text as it is written."""
    found = explore.check(DRAFT, own)
    for start, end, words in zip(found["start"], found["end"], found["words"], strict=True):
        assert DRAFT[start:end] == words


def test_an_edited_seed_turns_exactly_its_sentences_stale(own: Path) -> None:
    """Change one number of a register: the numbers bound to it are stale, no others."""
    before = outcome(DRAFT, own)
    register = own / "office-2020.toml"
    register.write_text(register.read_text().replace("2019, 7500", "2019, 8000"))
    changed = [words for (words, old), (_, new) in zip(before, outcome(DRAFT, own), strict=True) if old != new]
    assert changed == ["25%", "1,500"]


SAME = [
    ("42%", "holds"),
    ("42 percent", "holds"),
    ("42 per cent", "holds"),
    ("forty-two percent", "holds"),
    ("42", "holds"),
    ("about 40%", "holds"),
    ("more than 40%", "holds"),
    ("0.42", "stale"),
    ("42.0%", "holds"),
    ("42.3%", "stale"),
    ("40%", "stale"),
    ("two in five", "stale"),
    ("three in seven", "holds"),
    ("more than 42%", "stale"),
    ("42 books", "stale"),
    ("42 percentage points", "stale"),
    ("a majority", "stale"),
    ("a minority", "holds"),
    ("", "stale"),
    ("them", "stale"),
]


@pytest.mark.parametrize(("words", "status"), SAME)
def test_the_same_number_is_the_relation_of_the_audit(words: str, status: str, own: Path) -> None:
    """Written words hold where what they stand for holds the row’s number, in its unit."""
    assert outcome(f"It was [{words}](explore:gazette-2020/readers) of them.", own)[0][1] == status


CHANGES = [
    ("rose by [25%]", "holds", ""),
    ("were [a quarter] more", "holds", ""),
    ("[1,500] more", "holds", ""),
    ("rose by [24%]", "stale", "write 25%"),
    ("fell by [25%]", "stale", "it rose"),
    ("[25%] fewer", "stale", "it rose"),
    ("fell by [24%]", "stale", "it rose; write 25%"),
    ("−[25%]", "stale", "it rose"),
]


@pytest.mark.parametrize(("words", "status", "reason"), CHANGES)
def test_a_change_is_what_compare_says_and_goes_the_way_that_it_went(
    words: str, status: str, reason: str, own: Path
) -> None:
    """The size needs no sign; a word beside it that says the other way makes it stale."""
    found = explore.check(f"Loans {words.replace(']', '](explore:office-2020/loans-2016..loans-2019)')}.", own)
    assert found["status"].tolist() == [status]
    assert reason in str(found["reason"][0])


def test_the_size_of_a_fall_needs_no_sign(own: Path) -> None:
    """From the later to the earlier it fell by a fifth, and the words may say so."""
    target = "explore:office-2020/loans-2019..loans-2016"
    assert outcome(f"It fell by [20%]({target}), by [a fifth]({target}); it did not rise by [20%]({target}).", own) == [
        ("20%", "holds"),
        ("a fifth", "holds"),
        ("20%", "stale"),
    ]


PROSE = {
    "`7` and ``8 ` 8`` 9": "  and   9",
    "**42**%": "42%",
    "<b>42</b>%": "42%",
    "42&nbsp;%": "42\u00a0%",
    r"\*7\* \[8](x)": "*7* [8](x)",
    "[a [42%](explore:x)](http://9)": "[a 42%](http://9)",
    "![rose by [5%](explore:x)](8.png)": "rose by 5%",
    "[42%][x] [y] [z][]\n\n[x]: explore:a\n[y]: explore:b 'why'\n": "42% y [z][]",
    "> 42 of\n> 99": "42 of\n99",
    "<http://x/7> <i title='8'>9</i>": "  9",
    "a <code>7</code> <!-- 8 --> 9": "a     9",
    "a[^8] b": "a b",
    "[x](<explore:a b> (9))": "x",
    "[x](explore:a": "[x](explore:a",
    "a ` 7": "a ` 7",
    "snake_7_case": "snake_7_case",
    "```\n7\n": "",
    "    7": "",
    "<!--\n7\n-->\n": " \n",
    "- ```\n  7\n  ```\n- 8": "8",
}


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_what_a_reader_sees(text: str) -> None:
    """Marks, targets, code, comments and tags are left out, and each sign that stays knows its place."""
    assert Prose(text).words.rstrip("\n").removeprefix("- ") == PROSE[text].rstrip("\n")


def test_an_indented_line_of_a_plain_text_is_prose(own: Path, tmp_path: Path) -> None:
    """Only Markdown takes indented lines for code."""
    for name, expected in (("a.txt", ["7 books"]), ("a.md", [])):
        (tmp_path / name).write_text("    7 books")
        found = explore.check(tmp_path / name, own)
        assert len(found) == len(expected)
