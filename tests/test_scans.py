"""Scans: every number of a text is in one row, and only a register decides what it is."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import explore
from explore.columns import SCAN_COLUMNS
from explore.register import shipped
from explore.terms import ExploreError
from explore.texts import read_text

EXAMPLE = Path(__file__).parents[1] / "notebooks" / "example" / "example.txt"
HEADER = """\
[document]
title = "t"
publisher = "p"
published = 2015
kind = "report"
evidence = "relay"
locator = "l"
"""
STATISTIC = """\
[[statistic]]
id = "{id}"
topic = "law"
measure = "m"
population = "x"
unit = "people"
quote = "{quote}"
"""
SPELLED = (
    "one two three four five six seven eight nine ten eleven twelve first second third half dozen "
    "dozens hundreds thousands threefold twice thrice double doubled decades centuries twenty hundred "
    "thousand million"
)


def coded(folder: Path, text: str, register: str) -> explore.texts.scans.Scan:
    """Scan a text with a register of its own."""
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "a.toml").write_text(HEADER + register, encoding="utf-8")
    return explore.scan(folder / "a.txt")


@given(text=st.text(st.sampled_from(list("ab1234567890 ,.%-–/:$\n\r(“one two")), max_size=80) | st.text(max_size=60))
@example(text="Of 1,234.5 in 2006/2007, 3rd and 12,5: 9٣\U0001d7d5x")
def test_no_number_is_lost(text: str) -> None:
    """Every maximal run of digits lies in exactly one row, and every row reproduces its words."""
    text += "\n"  # so that it is never taken for the name of a file
    try:
        found = explore.scan(text)
    except ExploreError:
        assert not text.strip() or any("\ud800" <= mark <= "\udfff" for mark in text)
        return
    rows = list(zip(found["start"], found["end"], found["words"], strict=True))
    assert all(text[start:end] == words for start, end, words in rows)
    for run in re.finditer(r"\d+", text):
        assert sum(start <= run.start() and run.end() <= end for start, end, _ in rows) == 1
    assert set(found["status"]) <= {"open"}


def test_a_scan_is_a_typed_table() -> None:
    """The columns are those documented, and a text without numbers gives an empty table."""
    for text in ("Of 375 in 1999", "no number"):
        found = explore.scan(text)
        assert list(found.columns) == list(SCAN_COLUMNS)
        assert str(found["start"].dtype) == "Int64"
        assert found.coverage.startswith(f"{len(found)} numbers: 0 statistics, 0 dismissed")


def test_only_the_register_decides(tmp_path: Path) -> None:
    """A value, its period and its n are the statistic; what is dismissed says why; the rest is open."""
    text = "Of 220 asked in 2012, 42 agreed. 3 days later, 9 left in 2013."
    register = STATISTIC.format(id="s", quote="Of 220 asked in 2012, 42 agreed") + 'number = "42"\nunit = "percent"\n'
    register = register.replace('unit = "people"\n', "") + "period = 2012\nn = 220\n"
    register += '[[dismissed]]\nquote = "3 days later"\nreason = "a step"\n'
    found = coded(tmp_path, text, register).set_index("words")
    assert found["status"].to_dict() == {
        "220": "statistic",
        "2012": "statistic",
        "42": "statistic",
        "3": "dismissed",
        "9": "open",
        "2013": "open",
    }
    assert found.loc["42", "statistic"] == "a/s"
    assert found.loc["3", "reason"] == "a step"


def test_what_is_not_filled_in_stays_open(tmp_path: Path) -> None:
    """A statistic that still holds a "?" accounts for nothing."""
    register = STATISTIC.format(id="s", quote="9 left").replace('population = "x"', 'population = "?"')
    assert coded(tmp_path, "9 left", register).coverage == "1 numbers: 0 statistics, 0 dismissed, 1 open"


def test_a_quote_that_cuts_what_it_states_is_refused(tmp_path: Path) -> None:
    """A quote whose number reads otherwise in its text is no evidence."""
    with pytest.raises(ExploreError, match=r'statistic s: quote = .* the text reads "9 million": quote that whole'):
        coded(tmp_path, "9 million left", STATISTIC.format(id="s", quote="9"))


def test_a_text_a_path_and_a_name_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A str is a text unless it names a file or a shipped document; a Path is a file."""
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text("In 1999", encoding="utf-8")
    assert explore.scan("story.txt")["words"].tolist() == ["1999"]
    assert explore.scan(Path("story.txt"))["words"].tolist() == ["1999"]
    assert explore.scan("3 stories")["words"].tolist() == ["3"]
    assert explore.scan(EXAMPLE).coverage == explore.scan(EXAMPLE, texts=None).coverage
    for wrong, message in [
        ("stroy.txt", "there is no such file"),
        (Path("no-name"), "there is no such file"),
        (str(tmp_path), "is a folder; name one text"),
        ("7 \ud800", "holds half a character at 2"),
        ("", "is empty"),
        (" \n", "is empty"),
        ("https://example.org/7", "is an address; save the page as"),
    ]:
        with pytest.raises(ExploreError, match=message):
            explore.scan(wrong)


def test_a_document_without_its_text_says_where_to_put_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents' texts are not shipped; the message says how to bring one."""
    monkeypatch.setenv("EXPLORE_TEXTS", str(tmp_path))
    with pytest.raises(ExploreError, match=r"autostraddle-2015\.txt is not here; set EXPLORE_TEXTS"):
        explore.scan("autostraddle-2015")


def test_the_example_is_complete() -> None:
    """Nothing is open in the text that shows the way, and each of its statistics has its source."""
    assert explore.scan(EXAMPLE).coverage.endswith(" 0 open")
    table = explore.statistics(EXAMPLE.parent)
    assert table.loc[table["document"] == "example", "source"].notna().all()
    copy = EXAMPLE.with_name("otago-2006.toml")
    assert copy.read_bytes() == (shipped() / copy.name).read_bytes(), "the copy is not the register any more"


def test_nothing_is_open_in_the_document(texts: list[Path]) -> None:
    """Every run of digits and every number word of the document is a statistic or dismissed."""
    found = explore.scan("autostraddle-2015", texts=texts[0])
    assert found.loc[found["status"] == "open", "words"].tolist() == []
    words = read_text(texts[0] / "autostraddle-2015.txt").words
    spans = list(zip(found["start"], found["end"], strict=True))
    number = re.compile(rf"\d+|(?<!\w)(?<!no )(?:{'|'.join(SPELLED.split())})(?!\w)", re.IGNORECASE)
    lost = [match[0] for match in number.finditer(words) if not any(a <= match.start() < b for a, b in spans)]
    assert lost == []


class Tags(HTMLParser):
    """Collect the tags, attributes and words of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and the names of its attributes."""
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note the words."""
        self.words += data


def view(text: str) -> Tags:
    """Take apart the reading view of a text."""
    tags = Tags()
    tags.feed(explore.scan(text)._repr_html_())
    tags.close()
    return tags


@given(
    text=st.text(st.sampled_from(list("<>&\"'`=/$\\ 123abscriptonload\n")), max_size=80).map(lambda text: f"{text} 7")
)
@example(text="1\n\nbn 7\n")
@example(text="<script>alert(1)</script><img src=x onerror=alert(2)> & '\"7")
def test_the_view_is_safe_whatever_the_text_holds(text: str) -> None:
    """The view adds marks and nothing of the text becomes markup."""
    tags = view(text)
    assert tags.tags <= {"div", "p", "small", "mark"}
    assert tags.names <= {"class", "style", "title"}
    assert "".join(text.split()) in "".join(tags.words.split())


def test_the_view_of_a_long_text_stays_small() -> None:
    """A long text shows the paragraphs with numbers, says what it leaves out, and never grows large."""
    for text in (
        "word " * 50 + "7\n\n" + "no number here\n\n" * 2000,
        "7 " * 8_000,
        "7 " * 50 + "\n\n" * 9000 + "8",
    ):
        shown = explore.scan(text)._repr_html_()
        assert len(shown) < 61_000
        assert text.count("no number here") == 0 or "2000 parts of the text are left out" in shown
    assert "numbers stand only in the table" in explore.scan("7 " * 8_000)._repr_html_()


def test_the_view_of_a_long_text_shows_first_what_is_open(tmp_path: Path) -> None:
    """Where not all parts have room, those with open numbers are shown, however late they stand."""
    text = "".join(f"Item {at} of it.\n\n" for at in range(2000)) + "Some 77 people left."
    quotes = ", ".join(f'"Item {at} of"' for at in range(2000))
    shown = coded(tmp_path, text, f'[[dismissed]]\nquotes = [{quotes}]\nreason = "r"\n')._repr_html_()
    assert ">77</mark>" in shown
    assert "Item 3</mark>" in shown
    assert "Item 1999</mark>" not in shown
    assert shown.index("…") < shown.index(">77</mark>")


def test_the_view_tells_what_each_number_is() -> None:
    """Each mark has a tooltip; status is told by the kind of line as well as by colour."""
    shown = explore.scan(EXAMPLE)._repr_html_()
    assert (
        'title="statistic: example/christchurch-1999 (count: 106 people)"' in shown
        or "example/christchurch-1999 (count: 106" in shown
    )
    assert "dismissed: the number of a list item" in shown
    assert len(set(re.findall(r"\dpx (solid|dotted|dashed)", shown))) == 3


def test_a_part_of_a_scan_is_a_plain_table() -> None:
    """Filtering a scan gives a table that shows itself as one."""
    found = explore.scan("Of 375 in 1999")
    assert "<table" in found[found["words"] == "375"]._repr_html_()
