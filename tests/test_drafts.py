"""A draft is held to its rows number by number; what is written into it changes the numbers and nothing else."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_formats import docx, run

import explore
from explore.__main__ import main
from explore.drafts import editing
from explore.drafts.bindings import Prose
from explore.drafts.footnotes import with_footnotes
from explore.terms import ExploreError

DRAFT = """---
year: 3000
---
# Who reads, in 7 questions[^1]

Of all adults, [42%](explore:gazette-2020/readers) read a book; some say [47%](explore:gazette-2020/readers).
Loans rose by [25%][more] or [1,500](explore:office-2020/loans-2016..loans-2019) to 7,500 books in 2019.
They had fallen by [36.2%](explore:office-2020/loans-2014..loans-2016). See [9](explore:office-2020/nothing) and
[two](explore:- "how many papers there are") papers. On 1 May 2020 `8 codes` <!-- 8 comments -->

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
        ("1 May 2020", "dismissed"),
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
    assert (
        explore.check(DRAFT, own).coverage == "13 numbers: 5 holds, 1 stale, 1 refused, 1 unknown, 2 open, 3 dismissed"
    )


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
    ("rose by [a quarter]", "holds", ""),
    ("[1,500] more", "holds", ""),
    ("rose by [24%]", "stale", "write 25%"),
    ("fell by [25%]", "stale", "it rose"),
    ("[25%] fewer", "stale", "it rose"),
    ("fell by [24%]", "stale", "it rose"),
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


# --- files: what is written, and that nothing else is -----------------------------------------------

SENTENCE = "Of all, [47%](explore:gazette-2020/readers) read, **[forty-seven](explore:gazette-2020/readers)** percent."
MENDED = "Of all, [42%](explore:gazette-2020/readers) read, **[forty-two](explore:gazette-2020/readers)** percent."
BYTES = {
    "plain": lambda text: text.encode(),
    "line ends of Windows": lambda text: f"A\r\n\r\n{text}\r\n".encode(),
    "a byte-order mark": lambda text: f"\ufeff{text}".encode(),
    "Windows-1252": lambda text: f"“Café” – {text}".encode("cp1252"),
    "UTF-16": lambda text: f"\ufeff“Café” – {text}".encode("utf-16-le"),
}


@pytest.mark.parametrize("name", BYTES)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_writing_changes_the_numbers_and_no_other_byte(
    name: str, suffix: str, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command brings stale numbers up to date in the form they were written in, and shows what it did."""
    path = tmp_path / f"draft{suffix}"
    path.write_bytes(BYTES[name](SENTENCE))
    assert main(["check", str(path), "--seeds", str(own)]) == 1
    assert "47%: stale: the register says 42%; write 42%" in capsys.readouterr().out
    assert path.read_bytes() == BYTES[name](SENTENCE)
    assert main(["check", str(path), "--seeds", str(own), "--write"]) == 0
    assert "written: forty-seven percent → forty-two percent" in capsys.readouterr().out
    assert path.read_bytes() == BYTES[name](MENDED)


FORMS = [
    ("47%", "42%"),
    ("47.0%", "42%"),
    ("47 per cent", "42 per cent"),
    ("Forty-seven per cent", "Forty-two per cent"),
    ("47&nbsp;%", "42&nbsp;%"),
    ("more than 47%", "more than 42%"),
    ("half", "half"),
]


@pytest.mark.parametrize(("before", "after"), FORMS)
def test_a_number_keeps_its_form(before: str, after: str, own: Path, tmp_path: Path) -> None:
    """What cannot be said in the form it was written in is left to the writer."""
    if before.startswith("more"):
        before, after = before.replace("47", "43"), before.replace("47", "43")  # “more than 42%” would not hold
    path = tmp_path / "draft.md"
    path.write_text(f"[{before}](explore:gazette-2020/readers) of them")
    main(["check", str(path), "--seeds", str(own), "--write"])
    assert path.read_text() == f"[{after}](explore:gazette-2020/readers) of them"


def test_a_million_and_thousands_keep_their_form(own: Path) -> None:
    """A scale word and a thousands mark stay; the decimals are those of the number."""
    register = own / "office-2020.toml"
    register.write_text(register.read_text().replace("2019, 7500", "2019, 2300000"))
    words = ["1.2 million", "7,500", "7500"]
    found = explore.check(" and ".join(f"[{one}](explore:office-2020/loans-2019) books" for one in words), own)
    assert [str(one).rpartition("write ")[2] for one in found["reason"]] == ["2.3 million", "2,300,000", "2300000"]


def notebook(*sources: object, **form: object) -> str:
    """Write a notebook: one Markdown cell a source, and a code cell with an output."""
    code = {"cell_type": "code", "source": ["7"], "outputs": [{"text": ["8"]}], "metadata": {}, "execution_count": 9}
    cells = [{"cell_type": "markdown", "metadata": {"a": "47%"}, "source": source} for source in sources]
    return json.dumps({"cells": [*cells, code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, **form)


@pytest.mark.parametrize("form", [{"indent": 1, "ensure_ascii": False}, {}, {"indent": 4}, {"separators": (",", ":")}])
def test_a_notebook_keeps_its_layout(form: dict[str, object], own: Path, tmp_path: Path) -> None:
    """Only the numbers inside the texts of Markdown cells change; spaces, escapes and outputs stay."""
    path = tmp_path / "draft.ipynb"
    written = notebook(["# “7” 😀 \\ a\n", "\n", SENTENCE], SENTENCE, **form)
    path.write_text(written, encoding="utf-8")
    found = explore.check(path, own)
    assert found["words"].tolist() == ["7", "47%", "forty-seven percent", "47%", "forty-seven percent"]
    assert found["cell"].tolist() == [1, 1, 1, 2, 2]
    assert found["line"].tolist() == [1, 3, 3, 1, 1]
    main(["check", str(path), "--seeds", str(own), "--write"])
    mended = written.replace("[47%]", "[42%]").replace("[forty-seven]", "[forty-two]")
    assert path.read_text(encoding="utf-8") == mended


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"cells": 5}', '{"cells": [{"cell_type": "markdown"}]}', "[" * 50_000]
)
def test_what_is_no_notebook_is_said_to_be_none(text: str, own: Path, tmp_path: Path) -> None:
    """A broken notebook is one plain error."""
    (tmp_path / "a.ipynb").write_text(text)
    with pytest.raises(ExploreError, match="is no notebook"):
        explore.check(tmp_path / "a.ipynb", own)


def test_a_file_that_changed_meanwhile_is_left_alone(own: Path, tmp_path: Path) -> None:
    """Between reading and writing somebody saved the file: their text stays."""
    path = tmp_path / "draft.md"
    path.write_text(SENTENCE)
    found = explore.check(path, own)
    path.write_text("saved meanwhile")
    with pytest.raises(ExploreError, match="was changed meanwhile"):
        editing.write(found.draft, editing.edits(found, bind=False))
    assert path.read_text() == "saved meanwhile"


def test_open_numbers_are_bound_where_one_row_alone_fits(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--bind` proposes, and writes with `--write` only; 42% has two rows, and a link holds no link."""
    path = tmp_path / "draft.md"
    path.write_text(text := "Of 42% and 7,500 books, [9,000](http://x) and `6,100`.\n")
    assert main(["check", str(path), "--seeds", str(own), "--bind"]) == 1
    assert "proposed: 7,500 → [7,500](explore:office-2020/loans-2019)" in capsys.readouterr().out
    assert path.read_text() == text
    main(["check", str(path), "--seeds", str(own), "--bind", "--write"])
    assert path.read_text() == text.replace("7,500", "[7,500](explore:office-2020/loans-2019)")


def test_word_and_web_pages_are_listed_and_never_written(own: Path, tmp_path: Path) -> None:
    """Their numbers are open, with proposals."""
    path = tmp_path / "draft.html"
    path.write_text(page := "<html><body><p>They lent 7,500 books.</p></body></html>")
    found = explore.check(path, own)
    assert found["reason"].tolist() == ["bound to nothing; may be office-2020/loans-2019"]
    assert main(["check", str(path), "--seeds", str(own), "--bind", "--write"]) == 2
    assert path.read_text() == page


def test_a_word_document_is_read_whole_and_left_as_it_is(own: Path, tmp_path: Path) -> None:
    """Paragraphs, tables and footnotes of a .docx draft are listed; raised marks count nothing; no byte is written."""
    path = tmp_path / "draft.docx"
    raised = run("7", '<w:vertAlign w:val="superscript"/>')
    body = f"<w:p>{run('They lent 7,')}{run('500 books.')}{raised}</w:p><w:tbl><w:tr><w:tc>{run('8 codes')}</w:tc></w:tr></w:tbl>"
    path.write_bytes(raw := docx(body, footnotes=f"<w:p>{run('Of 6,100 in 2017.')}</w:p>"))
    found = explore.check(path, own)
    assert found["words"].tolist() == ["7,500", "8", "6,100", "2017"]
    assert found["status"].tolist() == ["open", "open", "open", "dismissed"]
    assert found["reason"][0] == "bound to nothing; may be office-2020/loans-2019"
    assert main(["check", str(path), "--seeds", str(own), "--bind", "--write"]) == 2
    assert path.read_bytes() == raw


def test_the_word_one_is_set_aside_and_says_what_it_may_be(own: Path) -> None:
    """In nearly every sentence it counts nothing; where a row has that number, the reason names it."""
    assert "may be" not in explore.check("They lent one book.", own)["reason"][0]
    register = own / "office-2020.toml"
    register.write_text(register.read_text().replace("2019, 7500", "2019, 1"))
    found = explore.check("They lent one book.", own)
    assert found["status"].tolist() == ["dismissed"]
    assert "If it counts, it may be office-2020/loans-2019" in found["reason"][0]


# --- hostile drafts ---------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"[]()<>`*_~!\\&|>#-:\"'^\n\r\t 7\0",
        "\r\n",
        "\n\n",
        "```",
        "~~~\n",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "<b title='",
        "](",
        "![",
        "[x]: explore:gazette-2020/readers\n",
        "[47%][x]",
        "[47%](explore:gazette-2020/readers)",
        "[47%](explore:gazette-2020/readers 'a",
        "[47](explore:gazette-2020/readers)%",
        "**47%**",
        "[47%](explore:a..b)",
        "[47%](explore:{}..)",
        "[47%](explore:-)",
        "&#52;7%",
        "> ",
        "    ",
        "- ",
        "\ufeff",
        "\u2028",
        "é",
        "😀",
        "forty-seven percent",
        "[^1]",
        "---\n",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
@example("[47%][x]\n\n[x]: explore:gazette-2020/readers")
@example("![[47%](explore:gazette-2020/readers)](x)")
@example("[](explore:gazette-2020/readers)")
def test_whatever_a_draft_holds_only_its_numbers_change(own: Path, tmp_path: Path, text: str) -> None:
    """Any text is checked without a crash, in Markdown and in a notebook; what is written changes numbers alone."""

    def bare(text: str) -> str:
        return re.sub(r"47(\.0)?|42|(?<=[1-9])0%", "#", re.sub("forty-(seven|two)", "#", text))

    for name, raw in (("a.md", text.encode(errors="replace")), ("a.ipynb", notebook([text]).encode())):
        path = tmp_path / name
        path.write_bytes(raw)
        try:
            found = explore.check(path, own)
            found._repr_html_()
            if found.draft.codec:
                editing.write(found.draft, editing.edits(found, bind=False))
        except ExploreError:
            assert path.read_bytes() == raw
            continue
        assert bare(path.read_bytes().decode()) == bare(raw.decode())
        for one in found.held:
            start, end = one.place
            assert 0 <= start <= end <= len(one.part.words)


HOSTILE = {
    "brackets": "[" * 50_000,
    "nested brackets": "[" * 25_000 + "]" * 25_000,
    "open links": "](a(" * 12_000,
    "open titles": '](a "' * 10_000,
    "backticks": " ".join("`" * n for n in range(1, 300)),
    "comments": "<!-- " * 10_000,
    "elements": "<pre>x " * 8_000,
    "underscores": "a" + "_" * 50_000 + "b",
    "quotes": "> " * 25_000,
    "lists": "- " * 25_000,
    "pictures": "![" * 12_000 + "[a](b)" * 6_000,
    "bindings": "[47%](explore:a/b) " * 2_000,
    "targets": "".join(f"[47%](explore:a/b{n})" for n in range(2_000)),
    "entities": "&#52;" * 10_000,
    "a table": "|1" * 10_000,
    "digits": "7" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_grows_with_the_length(name: str, own: Path) -> None:
    """Eight times the text takes no more than some thirty times the time: what squares would take sixty-four."""
    times = []
    for many in (1, 8):
        before = time.process_time()
        explore.check(f"a\n{HOSTILE[name] * many}", own)
        times.append(time.process_time() - before)
    assert times[1] < 30 * max(times[0], 0.05)


def test_everything_shown_is_escaped(own: Path) -> None:
    """Words, targets, reasons and quotes of a draft cannot become tags of the notebook."""
    text = '&lt;script&gt; [42%](explore:gazette-2020/readers) [7](explore:- \'<b>"x"\') [8](<explore:"a b">) &quot;9 apples'
    shown = explore.check(text, own)._repr_html_()
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "“42% of all grown people read a book last year” (The Gazette)" in shown
    assert "&lt;b&gt;&quot;x&quot;" in shown
    part = explore.check(text, own)
    assert "<table" in part[part["status"] == "holds"]._repr_html_()


# --- for publication --------------------------------------------------------------------------------

GOOD = """# Readers

Of all adults, [42%](explore:gazette-2020/readers) read. Loans rose by [25%][more] in [two](explore:- "years") years,
![rose by [25%][more]](a.png) to [7,500](explore:office-2020/loans-2019) books.

[more]: explore:office-2020/loans-2016..office-2020/loans-2019
"""


def test_a_text_for_publication_has_a_footnote_for_each_number(own: Path, tmp_path: Path) -> None:
    """Bindings are gone; each footnote holds the words, who said them, of whom, when, how read, and the verdict."""
    (tmp_path / "draft.md").write_text(GOOD)
    out = tmp_path / "out.md"
    assert main(["check", str(tmp_path / "draft.md"), "--seeds", str(own), "--footnotes", str(out)]) == 0
    text = out.read_text()
    assert "explore:" not in text
    assert (
        "Of all adults, 42%[^explore-1] read. Loans rose by 25%[^explore-2] in two years,\n![rose by 25%](a.png)"
        in text
    )
    assert (
        "[^explore-1]: “42% of all grown people read a book last year”, said by The Gazette; of adults, Harwick, 2019; "
        "read in the document itself. Checked: mislabelled: " in text
    )
    assert "a difference of +1,500 books (+25.0%)" in text
    assert text.count("[^explore-3]") == 2
    again = ["check", str(tmp_path / "draft.md"), "--seeds", str(own), "--footnotes"]
    assert main([*again, str(out)]) == 2
    assert main([*again, str(out), "--overwrite"]) == 0
    assert main([*again, str(tmp_path / "draft.md"), "--overwrite"]) == 2
    assert (tmp_path / "draft.md").read_text() == GOOD


def test_a_page_for_publication_is_html(own: Path) -> None:
    """The same as a page: marks lead to the notes, and what a register says is escaped."""
    register = own / "gazette-2020.toml"
    register.write_text(register.read_text().replace("The Gazette", "The <b>Gazette"))
    text = with_footnotes(explore.check(GOOD, own), own, as_html=True)
    assert '42%<sup><a href="#note-1">1</a></sup>' in text
    assert '<li id="note-1">“42% of all grown people' in text
    assert "The &lt;b&gt;Gazette" in text
    assert "explore:" not in text


def test_nothing_is_published_that_does_not_hold(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One stale number, and no file is written."""
    (tmp_path / "draft.md").write_text(SENTENCE)
    out = tmp_path / "out.md"
    assert main(["check", str(tmp_path / "draft.md"), "--seeds", str(own), "--footnotes", str(out)]) == 2
    assert "not every number holds" in capsys.readouterr().err
    assert not out.exists()


# --- exported files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "html", "json", "csv", "xlsx"])
def test_an_exported_file_can_be_found_stale(suffix: str, own: Path, tmp_path: Path) -> None:
    """Each row that a file carries is held to the registers: as it was, changed, gone."""
    rows = explore.statistics(own).query("topic == 'loans'")
    path = tmp_path / f"chart.{suffix}"
    explore.export(explore.charts.draw(rows), path)
    found = explore.check(path, own)
    assert set(found["status"]) == {"holds"}
    assert main(["check", str(path), "--seeds", str(own)]) == 0
    register = own / "office-2020.toml"
    text = register.read_text().replace("2017, 6100", "2017, 6200").replace('"loans-2014", 2014', '"loans-14", 2014')
    register.write_text(text)
    found = explore.check(path, own).set_index("target")["status"]
    assert found[found != "holds"].to_dict() == {"office-2020/loans-2017": "stale", "office-2020/loans-2014": "unknown"}
    assert main(["check", str(path), "--seeds", str(own)]) == 1


def test_what_cannot_be_read_is_one_plain_error(own: Path, tmp_path: Path) -> None:
    """A file that is missing, a folder, a picture of somebody else’s, something that is no draft."""
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "folder.md").mkdir()
    for draft in (tmp_path / "none.md", "none.md", tmp_path / "a.png", tmp_path / "folder.md", 5, None):
        with pytest.raises(ExploreError):
            explore.check(draft, own)


# --- our own prose ----------------------------------------------------------------------------------

ROOT = Path(__file__).parent.parent
EDITS = {
    "la-solicited": ("42% of Latina transgender sex workers", "47% of Latina transgender sex workers"),
    "population-growth": ("8.8%", "8.9%"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_seed_is_told_by_exactly_our_sentences_about_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Change a quoted number of the article: in README and notebooks what is bound to it falls, and nothing else."""
    monkeypatch.delenv("EXPLORE_TEXTS", raising=False)
    seeds = shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    article = seeds / "autostraddle-2015.toml"
    before = article.read_text(encoding="utf-8")
    article.write_text(before.replace(*EDITS[name]), encoding="utf-8")
    assert article.read_text(encoding="utf-8") != before
    checked = pd.concat(explore.check(path, seeds) for path in [ROOT / "README.md", *ROOT.glob("notebooks/*.ipynb")])
    spoken_of = checked["target"].str.contains(rf"autostraddle-2015/{name}\b", na=False)
    assert spoken_of.any()
    fallen = ~checked["status"].isin(["holds", "dismissed"])
    assert checked[fallen != spoken_of]["target"].tolist() == []
