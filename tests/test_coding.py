"""Coding: what is written into registers loads, and changes nothing that it need not."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from explore.register import load
from explore.terms import ExploreError
from explore.texts.coding import fill, skeleton, start
from explore.texts.formats import Text, read_text
from explore.texts.scans import resolve, scan
from explore.texts.spans import check

if TYPE_CHECKING:
    from pathlib import Path

STORY = """\
Unemployment fell to 4.2 per cent in the March quarter

The rate fell to 4.2 per cent in the three months to 31 March 2024, from 4.5% a year earlier. Some 1,250,000
people were looking for work, about 40,000 fewer than in 2023. Wages rose by $1.35 an hour (3.1%).

  1. Two-thirds of the 14 regions saw a fall. In the north, 12,5 percent were out of work, half for two years.
  2. See Table 3, p. 14. Call 0800 123 456. Figures rose 150% in 2008–2011 and doubled since. Doubled since.
"""
PIECES = st.sampled_from(
    [
        *STORY.split(),
        "\n",
        "\n\n",
        "7",
        "7 7",
        "one in five",
        "“",
        "”",
        "\u00a0",
        "\u00ad",
        "\r\n",
        "$",
        "“99",
        "\\",
        '"""',
        "'''",
        "3\n000",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map(" ".join) | st.text(max_size=60)


def new(folder: Path, text: str) -> Path | None:
    """Write a text and the skeleton of its register; None where the text cannot be stored."""
    path = folder / "story.txt"
    path.with_suffix(".toml").unlink(missing_ok=True)
    path.write_bytes(text.encode(errors="replace"))
    try:
        read_text(path)
    except ExploreError:
        return None
    return start(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
@example(text=STORY)
@example(text=STORY.replace("\n", "\r\n"))
@example(text="7 " * 300)
@example(text="one in five half half")
@example(text="2024, since. 2024, \xa0 since.")
def test_the_skeleton_of_any_text_loads_empty_and_filled_in(tmp_path: Path, text: str) -> None:
    """It loads as written; once population, place and period are filled in, nothing is open."""
    written = new(tmp_path, text)
    if written is None:
        return
    library = load(tmp_path)
    check(library)
    likely = scan(written)["suggested"].eq("statistic")
    assert scan(written)["status"].eq("open")[likely].all()
    toml = written.read_text(encoding="utf-8")
    assert toml.count("No short quote") == 0 or text not in (STORY, "7 " * 300)
    for name, value in (("population", "people"), ("place", "Chicago"), ("period", "2024")):
        toml = re.sub(rf'^{name}( *)= "\?"$', rf'{name}\1= "{value}"', toml, flags=re.MULTILINE)
    written.write_text(toml, encoding="utf-8", newline="")
    check(load(tmp_path))
    left = scan(written)
    assert (left["status"] == "open").sum() == toml.count("# No short quote")
    assert len(load(tmp_path).statistics) >= likely.sum() - toml.count("# No short quote")


def test_the_skeleton_quotes_short_and_once(tmp_path: Path) -> None:
    """Quotes hold 25 words at most and tell themselves apart by their words, even without start and end."""
    written = new(tmp_path, STORY)
    assert written is not None
    toml = written.read_text(encoding="utf-8")
    bare = re.sub(r"(?m)^(start|end) += \d+\n", "", toml)
    written.write_text(bare, encoding="utf-8")
    check(load(tmp_path))
    entries = tomllib.loads(bare)["statistic"]
    assert max(len(entry["quote"].split()) for entry in entries) <= 25
    assert {entry["number"] for entry in entries if "number" in entry} >= {
        "1,250,000",
        "$1.35",
        "12,5 percent",
        "150%",
    }


def test_unfilled_fields_are_missing_in_the_tables(tmp_path: Path) -> None:
    """A "?" never becomes somebody's population: it is missing until it is filled in."""
    assert new(tmp_path, STORY) is not None
    for one in load(tmp_path).statistics.values():
        assert (one.population, one.place, one.period) == (None, None, None)
        assert one.unfinished


def test_a_skeleton_never_overwrites(tmp_path: Path) -> None:
    """A register that is there stays as it is, and a name that cannot be a document's is refused."""
    written = new(tmp_path, STORY)
    assert written is not None
    written.write_text("mine", encoding="utf-8")
    with pytest.raises(ExploreError, match="is there already; move it away first"):
        start(tmp_path / "story.txt")
    assert written.read_text(encoding="utf-8") == "mine"
    for name in ("My Story.txt", "story.md", "..txt"):
        with pytest.raises(ExploreError, match="name the text with lower-case letters, digits and hyphens, such as "):
            start(tmp_path / name)
    with pytest.raises(ExploreError, match="there is no such file"):
        start(tmp_path / "nowhere.txt")
    (tmp_path / "long.txt").write_text("7 " * 600_000, encoding="utf-8")
    with pytest.raises(ExploreError, match="make a register for each part of it"):
        start(tmp_path / "long.txt")


REGISTER = """\
# A comment at the top.
[document]
title     = "t"   # aside
publisher = "p"
published = 2015
kind      = "report"
evidence  = "relay"
locator   = "l"

# --- one ---

[[statistic]]
topic      = "law"
id         = "a"
quote      = "7 of them"   # the words
unit       = "people"
measure    = "m"
population = '''
[[series]]
quote = "no entry"
'''

[[series]]
id = "s"
quote = "8 others"
method = "m"
coverage = "c"
# --- two, after a series ---

[[statistic]]
id = "b"
topic = "law"
quote = "9"
suffix = " of us"
unit = "people"
measure = "m"
population = "p"
start = 0
end = 1

[[dismissed]]
quotes = ["10"]
reason = "r"
[[dismissed]]
quote  = "10"
reason = "r"
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_writing_places_keeps_the_rest(tmp_path: Path, newline: str, mark: str) -> None:
    """Only lines with start and end are new, lined up; comments, order and line ends stay."""
    (tmp_path / "a.txt").write_text("7 of them, 8 others, 9 of us, 10", encoding="utf-8")
    path = tmp_path / "a.toml"
    path.write_bytes((mark + REGISTER.replace("\n", newline)).encode())
    source, _ = resolve(path)
    assert fill(path, source) == 4
    wanted = REGISTER.replace("start = 0\nend = 1\n", "")
    wanted = wanted.replace("# the words\n", "# the words\nstart      = 0\nend        = 9\n")
    wanted = wanted.replace('quote = "8 others"\n', 'quote = "8 others"\nstart = 11\nend   = 19\n')
    wanted = wanted.replace('suffix = " of us"\n', 'suffix = " of us"\nstart = 21\nend   = 22\n')
    wanted = wanted.replace('quote  = "10"\n', 'quote  = "10"\nstart  = 30\nend    = 32\n')
    assert path.read_bytes().decode() == mark + wanted.replace("\n", newline)
    assert fill(path, source) == 0


def test_writing_places_refuses_a_quote_that_is_not_there(tmp_path: Path) -> None:
    """A register whose words are not all found is left as it is."""
    (tmp_path / "a.txt").write_text("7 of them, 8 others", encoding="utf-8")
    path = tmp_path / "a.toml"
    path.write_text(REGISTER, encoding="utf-8")
    with pytest.raises(ExploreError, match="2 mistakes:") as error:
        fill(path, resolve(tmp_path / "a.txt")[0])
    assert "a.toml: statistic b: quote = '9': is not in the text" in str(error.value)
    assert path.read_text(encoding="utf-8") == REGISTER


@pytest.mark.parametrize(
    ("said", "measure"),
    [
        ("Rents rose by 14.5% in 2019.", "growth"),
        ("Arrests increased nearly 12 percent.", "growth"),
        ("Sales were up 5% on the year.", "growth"),
        ("The share grew from 5% to 7%.", "share"),
        ("Then 37% of them said no.", "share"),
    ],
)
def test_a_change_is_not_drafted_as_a_share(said: str, measure: str) -> None:
    """What rose or fell by so many percent is a change, with the unit that says so."""
    drafted = tomllib.loads(skeleton(Text("a.txt", said, "0" * 64), "a"))["statistic"]
    assert {one["measure"] for one in drafted} == {measure}
    assert {one.get("unit") for one in drafted} == ({"percent change"} if measure == "growth" else {None})
