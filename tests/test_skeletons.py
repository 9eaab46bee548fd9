"""Skeletons: a new register loads as it is, holds what the text tells, and is finished in few words."""

from __future__ import annotations

import re
import time
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from explore.numbers import LANGUAGES
from explore.register import load
from explore.terms import ExploreError
from explore.texts import Text, read_text, scan
from explore.texts.languages import READ
from explore.texts.skeletons import PROPOSED, skeleton, start
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
    """It loads as written; once the document’s publisher, population and place are filled in, nothing is open."""
    written = new(tmp_path, text)
    if written is None:
        return
    library = load(tmp_path)
    check(library)
    likely = scan(written)["suggested"].eq("statistic")
    assert scan(written)["status"].eq("open")[likely].all()
    toml = written.read_text(encoding="utf-8")
    assert toml.count("No short quote") == 0 or text not in (STORY, "7 " * 300)
    for name, value in (("publisher", "P"), ("population", "people"), ("place", "Chicago")):
        toml = re.sub(rf'^{name}( *)= "\?"', rf'{name}\1= "{value}"', toml, flags=re.MULTILINE)
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
        assert (one.place, one.stated_by) == (None, None)
        assert one.unfinished


def test_a_skeleton_never_overwrites(tmp_path: Path) -> None:
    """A register or a text that is there stays as it is, and a name that cannot be a document's is refused."""
    written = new(tmp_path, STORY)
    assert written is not None
    written.write_text("mine", encoding="utf-8")
    with pytest.raises(ExploreError, match="is there already; move it away first"):
        start(tmp_path / "story.txt")
    assert written.read_text(encoding="utf-8") == "mine"
    written.unlink()
    (tmp_path / "story.md").write_text("Another 7", encoding="utf-8")
    with pytest.raises(ExploreError, match=r"story\.txt: is there already; move it away first"):
        start(tmp_path / "story.md")
    (tmp_path / "七.txt").write_text("7", encoding="utf-8")
    with pytest.raises(ExploreError, match=r"name it with letters or digits, such as my-text\.txt"):
        start(tmp_path / "七.txt")
    with pytest.raises(ExploreError, match="there is no such file"):
        start(tmp_path / "nowhere.txt")
    (tmp_path / "long.txt").write_text("7 " * 600_000, encoding="utf-8")
    with pytest.raises(ExploreError, match="make a register for each part of it"):
        start(tmp_path / "long.txt")


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
def test_a_change_is_not_taken_for_a_share(said: str, measure: str) -> None:
    """What rose or fell by so many percent is a change, with the unit that says so."""
    found = tomllib.loads(skeleton(Text("a.txt", said, "0" * 64), "a"))["statistic"]
    assert {one["measure"] for one in found} == {measure}
    assert {one.get("unit") for one in found} == ({"percent change"} if measure == "growth" else {None})


def test_the_words_that_were_read_are_kept_beside_the_register(tmp_path: Path) -> None:
    """Of a web page the words are stored under the register's name, and either can be scanned."""
    page = tmp_path / "My Page (1).html"
    page.write_text("<title>Of us</title><p>Some 7&nbsp;people</p>", encoding="utf-8")
    written = start(page)
    assert written.name == "my-page-1.toml"
    stored = written.with_suffix(".txt")
    assert stored.read_text(encoding="utf-8") == "Some 7\u00a0people"
    assert 'title      = "Of us"' in written.read_text(encoding="utf-8")
    for one in (page, written, stored):
        assert scan(one)["status"].tolist() == ["open"]
        assert scan(one).notes == (["My Page (1).html was read as HTML in UTF-8"] if one == page else [])


def test_one_line_dismisses(tmp_path: Path) -> None:
    """An entry that is no statistic is set aside by one line in it, whatever else it still holds."""
    written = new(tmp_path, "Some 7 people came. Then 8 left.")
    assert written is not None
    first, _, second = written.read_text(encoding="utf-8").replace('"?"', '"2012"').rpartition("[[statistic]]")
    written.write_text(f'{first}[[statistic]]\ndismissed = "says the same"{second}', encoding="utf-8")
    found = scan(written).set_index("words")
    assert found["status"].to_dict() == {"7": "statistic", "8": "dismissed"}
    assert found.loc["8", "reason"] == "says the same"
    assert len(load(tmp_path).statistics) == 1


# A text | the start of the words of a number | what is proposed for it; None for what is not.
TOLD: list[tuple[str, str, dict[str, Any]]] = [
    ("In 2012, 42% of women in Leeds said yes.", "42%",
     {"period": 2012, "population": "women in Leeds", "measure": "share that said yes"}),
    ("It was 2011. Then 77 workers who smoke came.", "77",
     {"period": 2011, "population": "workers", "measure": "number who smoke came"}),
    ("Between 2008 and 2011, 7 million trees fell.", "7 million", {"period": "2008/2011"}),
    ("It rose from 5 cases in 1999 to 8 in 2006.", "8", {"period": 2006}),
    ("It rose from 5 cases in 1999 to 8 in 2006.", "5", {"period": 1999}),
    ("It rose from 5 cases in 1999, to 8 cases in 2006.", "8", {"period": 2006}),
    ("Some 7 mills and were they open?", "7", {"population": "mills"}),
    ("According to the Ministry of Labour, 9 shops shut.", "9", {"stated_by": "the Ministry of Labour"}),
    ("Some 9 shops shut, Jane Doe said.", "9", {"stated_by": "Jane Doe"}),
    ("Police said 9 shops shut.", "9", {"stated_by": "Police"}),
    ("Some 9 shops shut, said Jo Dean of Shop Watch.", "9", {"stated_by": "Jo Dean of Shop Watch"}),
    ("Of them, 9 said no, and she said 8 shops shut.", "8", {"stated_by": None, "population": "shops"}),
    ("Among men, 51% had a car.", "51%", {"population": "men", "measure": "share that had a car"}),
    ("Of the 310 anglers asked, 84% said no.", "84%", {"n": 310, "population": "anglers"}),
    ("A poll of 900 people found that 22% of the men smoke.", "22%", {"n": None}),
    ("Some 35% of the 220 women agreed.", "35%", {"n": 220, "population": "women", "measure": "share that agreed"}),
    ("Some 35% (n=220) said yes.", "35%", {"n": 220}),
    ("Of 28,200 asked, 9,870 (35%) agreed.", "35%", {"derived": {"share": ["9-870-35-agreed", "28-200-asked-9"]}, "n": 28200}),
    ("Of 50 women asked, 20 (40%) agreed.", "40%", {"n": 50, "population": "women", "measure": "share that agreed"}),
    ("There are 32,200 flats. Of these 24,100 or 75 percent are let.", "75",
     {"derived": {"share": ["24-100-or-75", "32-200-flats"]}, "n": 32200}),
    ("Of 28,200 asked, 9,870 (45%) agreed.", "45%", {"derived": None, "n": 28200}),
    ("Sales rose from 400 to 460, up 15%.", "15%", {"derived": {"percent_change": ["400-to-460-up", "460-up-15"]}}),
    ("Sales fell 5% from 400 to 380.", "5%", {"derived": {"percent_change": ["400-to-380", "380"]}}),
    ("Some 7 of them said no.", "7", {"population": None}),
]  # fmt: skip


@pytest.mark.parametrize(("told", "number", "proposed"), TOLD)
def test_what_the_words_tell_is_proposed(told: str, number: str, proposed: dict[str, Any]) -> None:
    """When, who says so, of whom, of how many, computed from what: each on a line marked as a proposal."""
    toml = skeleton(Text("a.txt", told, "0" * 64), "a")
    entries = [f"[[statistic]]{entry}" for entry in toml.split("\n[[statistic]]")[1:]]
    entry = next(one for one in entries if tomllib.loads(one)["statistic"][0]["id"].startswith(slug(number)))
    marked = {line.split()[0] for line in entry.splitlines() if line.endswith(PROPOSED)}
    found = tomllib.loads(entry)["statistic"][0]
    assert {name: found[name] if name in marked else None for name in proposed} == proposed


def slug(words: str) -> str:
    """Give the beginning of the id that a number's words make."""
    return "-".join(re.findall(r"[a-z0-9]+", words))


def test_what_says_of_whom_or_how_sure_is_dismissed() -> None:
    """Ages, confidence levels and p-values are no statistics, each with its reason."""
    told = "Of 220 women aged 20 to 44, 42% agreed (95% CI 38 to 46; p < 0.01). Jane Roe, 58, ran it."
    toml = skeleton(Text("a.txt", told, "0" * 64), "a")
    reasons = {one["reason"].partition(":")[0] for one in tomllib.loads(toml)["dismissed"]}
    assert reasons == {"an age", "a level of confidence", "a p-value"}
    assert "58" not in {one.get("number") for one in tomllib.loads(toml)["statistic"]}


def test_a_text_in_another_language_is_read_in_it(tmp_path: Path) -> None:
    """The language is proposed, and the numbers are read in it, in the skeleton as in the register."""
    written = new(
        tmp_path,
        "Die Zahl der Opfer stieg auf 1.266, und das sind zwei Drittel der Fälle, die nicht in den Akten sind. " * 2,
    )
    assert written is not None
    assert 'language   = "de"' in written.read_text(encoding="utf-8")
    assert {one.value for one in load(tmp_path).statistics.values()} >= {1266}
    assert set(READ) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("# **What** we `found`\n\n7 people", "What we found"),
        ("\n\n  ---\n2015\n“Nobody” knows\n", "“Nobody” knows"),
        ("7", "a"),
    ],
)
def test_the_title_is_clean(words: str, title: str) -> None:
    """The first line with letters in it, without the signs of Markdown."""
    assert tomllib.loads(skeleton(Text("a.txt", words, "0" * 64), "a"))["document"]["title"] == title


def test_a_skeleton_is_linear_in_the_length_of_a_sentence() -> None:
    """A sentence of thousands of names or numbers takes twice as long when it is twice as long."""
    for piece in ("A Name and ", "of the women ", "7 of ", "from 7 to 8, up 9% ", "the "):
        times = []
        for many in (60, 120):
            started = time.perf_counter()
            skeleton(Text("a.txt", piece * many + " said 7 people.", "0" * 64), "a")
            times.append(time.perf_counter() - started)
        assert times[1] < 3 * times[0] + 0.1
