"""explore.verdicts: each stated number gets the verdict its source and its parts give it, and a reason."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from explore import audit, compare
from explore.columns import AUDIT_COLUMNS
from explore.numbers import find
from explore.register import load
from explore.terms import VERDICTS, ExploreError
from explore.verdicts import matches

GOLD = Path(__file__).parent / "gold" / "verdicts.csv"
DOCUMENT = """
[document]
title = "{name}"
publisher = "publisher {name}"
published = {year}
kind = "{kind}"
evidence = "primary text"
locator = "page 1"
"""


def write(folder: Path, name: str, *entries: dict[str, Any], kind: str = "report", more: str = "") -> None:
    """Write a register of these statistics: 42 percent of something, unless they say otherwise."""
    plain = {
        "topic": "t",
        "measure": "m",
        "population": "p",
        "place": "here",
        "period": 2006,
        "unit": "percent",
    }
    text = DOCUMENT.format(name=name, year=2012, kind=kind) + more
    for entry in entries:
        fields = plain | ({} if {"quote", "derived"} & set(entry) else {"value": 42}) | entry
        text += "\n[[statistic]]\n" + "".join(
            f"{key} = {value if key == 'derived' else repr(value)}\n"
            for key, value in fields.items()
            if value is not None
        )
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def judged(folder: Path, stated: dict[str, Any], *sources: dict[str, Any], more: str = "") -> dict[str, Any]:
    """Audit one stated number against sources that stand in a register of their own."""
    write(folder, "source", *sources, more=more)
    write(folder, "text", {"id": "stated"} | stated, kind="comment")
    table = audit(folder)
    return dict(table.iloc[0].astype(object).where(table.iloc[0].notna(), None))


CITED = {"quote": "it was 42% of them", "source": "source/a"}


def test_audit_gives_the_verdicts_coded_by_hand() -> None:
    """Every number of the article and its comments gets the verdict coded by hand, and its reason."""
    table = audit().set_index("id")
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    home = "autostraddle-2015/"
    assert [f"{home}{row['id']}" for row in rows] == [key for key in table.index if key.startswith(home)]
    for row in rows:
        found = table.loc[home + row["id"]].fillna("")
        for column in ("stated", "found", "verdict", "fields"):
            assert found[column] == row[column], (row["id"], column)
        for words in row["reason"].split("; "):
            assert words in found["reason"], row["id"]


def test_audit_is_a_table_a_reporter_can_read() -> None:
    """Every row has the columns that are documented and a short reason that speaks of numbers and labels."""
    table = audit()
    assert list(table.columns) == list(AUDIT_COLUMNS)
    assert list(table["verdict"].cat.categories) == list(VERDICTS)
    for reason in table["reason"]:
        assert re.fullmatch(r"[“A-Z0-9].*[.]", reason)
        assert len(re.split(r"(?<=[a-z%”)\d])\. (?=[A-Z0-9“])", reason)) <= 2, reason
        assert not re.search(r"\b(lied|lying|false|honest|dishonest|claims|wrong|Wilson|NaN|None)\b", reason), reason


def test_audit_compares_a_number_that_nobody_quotes_when_asked_for_its_document() -> None:
    """The compiled table’s 49 and the release’s 47 both stay, and the audit says that they differ."""
    table = audit(document="koyama-2014").set_index("id")
    row = table.loc["koyama-2014/sweep-2-minors"]
    assert (row["verdict"], row["stated_value"], row["found_value"]) == ("differs", 49, 47)
    assert audit(document="christchurch-census-2013")["verdict"].tolist() == ["differs", "differs"]
    with pytest.raises(ExploreError, match='did you mean "koyama-2014"'):
        audit(document="koyama-2015")


@pytest.mark.parametrize(
    ("field", "value", "verdict"),
    [
        ("id", "a", "agrees"),
        ("measure", "m, as they say", "mislabelled"),
        ("population", "others", "mislabelled"),
        ("place", "there", "mislabelled"),
        ("period", 2007, "mislabelled"),
        ("period", "2006-09", "agrees"),
        ("period", None, "agrees"),
        ("place", None, "agrees"),
        ("group", "street", "agrees"),
        ("unit", "years", "mislabelled"),
        ("value", 41.7, "rounds"),
        ("value", 41.4, "differs"),
        ("value", -42, "differs"),
    ],
)
def test_a_cited_number_is_compared_field_by_field(tmp_path: Path, field: str, value: object, verdict: str) -> None:
    """Only a label that both state can differ, a month lies in its year, and a mislabel names both."""
    unit = {"unit": "percent change"} if value == -42 else {}
    row = judged(tmp_path, CITED | unit, {"id": "a"} | unit | {field: value})
    assert row["verdict"] == verdict
    if verdict == "mislabelled":
        assert row["fields"] == field
        assert f"the {field} is “{value}”, not “" in row["reason"]


def test_conflicting_sources_all_stay_and_none_wins(tmp_path: Path) -> None:
    """Two sources that differ are both shown, and agreeing with one of them is not agreeing."""
    both = {"quote": "it was 42% of them", "source": ["source/a", "source/b"]}
    row = judged(tmp_path, both, {"id": "a"}, {"id": "b", "value": 47, "stated_by": "somebody else"})
    assert (row["verdict"], row["found"], row["found_value"]) == ("differs", "42% and 47%", None)
    assert (row["found_low"], row["found_high"]) == (42, 47)
    assert "somebody else" in row["reason"]
    assert "publisher source" in row["reason"]


@pytest.mark.parametrize(
    ("words", "found", "verdict"),
    [
        ("about 10,000 people", 9938, "rounds"),
        ("about 10,000 people", 4500, "differs"),
        ("10,000 people", 9938, "differs"),
        ("over 4,500 people", 4700, "agrees"),
        ("over 4,500 people", 4400, "differs"),
        ("nearly 700 people", 690, "rounds"),
        ("nearly 700 people", 710, "differs"),
        ("1.2 million people", 1_234_567, "rounds"),
    ],
)
def test_what_the_words_leave_open_is_left_open(tmp_path: Path, words: str, found: int, verdict: str) -> None:
    """“About”, “over”, “nearly” and “million” give a number room; a plain number has none."""
    counted = {"unit": "people"}
    row = judged(tmp_path, CITED | counted | {"quote": words}, {"id": "a", "value": found} | counted)
    assert row["verdict"] == verdict


@pytest.mark.parametrize(
    ("stated", "unit", "derived", "verdict"),
    [
        ("grew by 4.5%", "percent change", "percent_change of 375 people, 392 people", "rounds"),
        ("grew by 4.6%", "percent change", "percent_change of 375 people, 392 people", "differs"),
        ("grew by 20%", "percent change", "percent_change of 100 people, 120 people", "agrees"),
        ("18 people", "people", "difference of 392 people, 375 people", "differs"),
        ("17 people", "people", "difference of 392 people, 375 people", "agrees"),
        ("58% of them", "percent", "sum of 35.5 percent, 22.2 percent", "rounds"),
        ("three times as many", "ratio", "ratio of 30 people, 10 people", "agrees"),
        ("93% of them", "percent", "share of 3187 people, 3426 people", "rounds"),
        ("94% of them", "percent", "share of 3187 people, 3426 people", "differs"),
        ("541 people", "people", "before_change of 557 people, 3 percent change", "rounds"),
    ],
)
def test_a_derived_number_is_recomputed(tmp_path: Path, stated: str, unit: str, derived: str, verdict: str) -> None:
    """A number that follows from others is recomputed: counts are exact, and rounding is no difference."""
    sources = []
    operation, parts = derived.split(" of ")
    for at, part in enumerate(parts.split(", ")):
        number, counted = part.split(" ", 1)
        sources.append({"id": f"p{at}", "value": float(number) if "." in number else int(number), "unit": counted})
    words = {"quote": stated, "unit": unit, "derived": f'{{ {operation} = ["source/p0", "source/p1"] }}'}
    row = judged(tmp_path, words, *sources)
    assert row["verdict"] == verdict, row["reason"]


def test_parts_that_were_rounded_widen_what_fits(tmp_path: Path) -> None:
    """35% and 22% may be 35.4 and 22.4, whose sum rounds to 58; it cannot be 59."""
    parts = [{"id": "a", "value": 35}, {"id": "b", "value": 22}]
    derived = '{ sum = ["source/a", "source/b"] }'
    fits = judged(tmp_path, {"quote": "58% of them", "derived": derived}, *parts)
    assert (fits["verdict"], "since its parts are rounded" in fits["reason"]) == ("rounds", True)
    assert judged(tmp_path, {"quote": "59% of them", "derived": derived}, *parts)["verdict"] == "differs"


SERIES = '\n[[series]]\nid = "s"\nmethod = "counted"\ncoverage = "here"\n'


@pytest.mark.parametrize(
    ("values", "words", "verdict", "found"),
    [
        (
            {2011: 9, 2012: 7, 2013: 5, 2014: 3},
            "at a record low",
            "agrees",
            "5 people in 2013, the lowest of 2011–2013",
        ),
        (
            {2011: 9, 2012: 4, 2013: 5},
            "at a record low",
            "differs",
            "4 people in 2012, the lowest of 2011–2013",
        ),
        ({2011: 1, 2013: 5}, "at a record high", "agrees", "5 people in 2013, the highest of 2011–2013"),
        ({2013: 5}, "at a record high", "untraced", None),
    ],
)
def test_a_record_is_checked_against_the_series_of_its_source(
    tmp_path: Path, values: dict[int, int], words: str, verdict: str, found: str | None
) -> None:
    """A record holds over the years up to the one its source gives; a single year makes none."""
    rows = [{"id": f"y{y}", "period": y, "value": v, "unit": "people", "series": "s"} for y, v in values.items()]
    stated = {"quote": f"it is {words}", "source": "source/y2013", "unit": None, "period": None}
    row = judged(tmp_path, stated, *rows, more=SERIES)
    assert (row["verdict"], row["found"]) == (verdict, found)


def test_a_share_that_no_whole_number_gives_is_said(tmp_path: Path) -> None:
    """Where n is known, the reason says which whole number gives the share, or that none does."""
    stated = {"quote": "it was 25% of them"}
    impossible = judged(tmp_path, stated | {"n": 38}, {"id": "a"})
    assert "No whole number of 38 gives 25%" in impossible["reason"]
    assert "10 of 40 would round to 25%" in judged(tmp_path, stated | {"n": 40}, {"id": "a"})["reason"]


def test_a_record_looks_only_at_what_counts_the_same_thing(tmp_path: Path) -> None:
    """Another place, group, measure or unit makes no record, nor does the other side of a break."""
    broken = SERIES + 'breaks = [{ at = 2011, why = "counted another way" }]\n'
    counted = {"unit": "people", "series": "s"}
    rows = [counted | {"id": f"y{year}", "period": year, "value": 2020 - year} for year in (2011, 2012, 2013)]
    others = [{"place": "there"}, {"group": "street"}, {"measure": "n"}, {"unit": "cases"}, {"period": 2010}]
    rows += [rows[0] | {"id": f"o{at}", "value": 1} | one for at, one in enumerate(others)]
    stated = {"quote": "it is at a record low", "source": "source/y2013", "unit": None, "period": None}
    row = judged(tmp_path, stated, *rows, more=broken)
    assert (row["verdict"], row["found"]) == ("agrees", "7 people in 2013, the lowest of 2011–2013")
    assert "counted another way before 2011" in row["reason"]


def test_a_source_that_could_not_be_read_is_no_untraced_number(tmp_path: Path) -> None:
    """The page is named, and that nobody could read it is said; no number is made up for it."""
    row = judged(tmp_path, CITED, {"id": "a", "value": None, "evidence": "not read", "locator": "page 9"})
    assert (row["verdict"], row["found"], row["found_value"]) == ("not read", None, None)
    assert "publisher source, page 9" in row["reason"]


@pytest.mark.parametrize(("source_is", "words"), [("named", "The source ("), (None, "The likely source (")])
def test_a_source_that_we_took_to_be_one_is_called_likely(tmp_path: Path, source_is: str | None, words: str) -> None:
    """Whether the document names its source or we inferred it is said in the reason."""
    assert judged(tmp_path, CITED | {"source_is": source_is}, {"id": "a"})["reason"].startswith(words)


@pytest.mark.parametrize(
    ("stated", "unit", "derived", "verdict"),
    [
        ("rose by 10%", "percent change", "difference of 50 percent, 40 percent", "mislabelled"),
        ("rose 25 percentage points", None, "percent_change of 40 percent, 50 percent", "mislabelled"),
        ("rose 10 percentage points", None, "difference of 50 percent, 40 percent", "agrees"),
        ("fell by a third", None, "percent_change of 90 people, 60 people", "rounds"),
        ("numbers doubled", None, "percent_change of 100 people, 210 people", "rounds"),
        ("fell by 20%", None, "percent_change of 100 people, 80 people", "agrees"),
        ("rose by 20%", None, "percent_change of 100 people, 80 people", "differs"),
        ("rose 17%", None, "percent_change of 12 per 1,000, 13 per 1,000", "rounds"),
        ("rose 18%", None, "percent_change of 12 per 1,000, 13 per 1,000", "differs"),
    ],
)
def test_changes_points_and_shares_never_agree_by_accident(
    tmp_path: Path, stated: str, unit: str | None, derived: str, verdict: str
) -> None:
    """A percent change, a difference of shares and a multiple are told apart, and directions have a sign."""
    operation, parts = derived.split(" of ")
    pairs = [part.split(" ", 1) for part in parts.split(", ")]
    sources = [{"id": f"p{at}", "value": int(number), "unit": name} for at, (number, name) in enumerate(pairs)]
    words = {"quote": stated, "unit": unit, "derived": f'{{ {operation} = ["source/p0", "source/p1"] }}'}
    row = judged(tmp_path, words, *sources)
    assert row["verdict"] == verdict, row["reason"]


def test_the_text_is_quoted_in_its_own_words(tmp_path: Path) -> None:
    """Neither a bound nor nearness is reworded."""
    for words in ("at most 50%", "no more than 50%", "nearly 50%", "just under 50%", "50% or more", "up to 50%"):
        row = judged(tmp_path, CITED | {"quote": f"it was {words} of them"}, {"id": "a", "value": 48})
        assert row["stated"] == words
        assert words in row["reason"]


LA, STREET = "autostraddle-2015/la-solicited", "autostraddle-2015/street-1999"


@pytest.mark.parametrize(
    ("text", "target", "verdict"),
    [
        ("42% of them", LA, "agrees"),
        ("420 per 1,000", LA, "agrees"),
        ("41% of them", LA, "differs"),
        ("about 40%", LA, "rounds"),
        ("more than 42%", LA, "differs"),
        ("fell by 5.7%", (STREET, "autostraddle-2015/street-2006"), "rounds"),
        ("rose by 5.7%", (STREET, "autostraddle-2015/street-2006"), "differs"),
        ("6 fewer workers", (STREET, "autostraddle-2015/street-2006"), "agrees"),
        ("a change of 5.7%", (STREET, "autostraddle-2015/street-2006"), "rounds"),
    ],
)
def test_a_number_of_a_text_is_held_to_its_row(text: str, target: str | tuple[str, str], verdict: str) -> None:
    """What a writer binds to a row or to a comparison is the same number, or it is not."""
    library = load()
    found = compare(*target) if isinstance(target, tuple) else library.statistics[target]
    assert matches(find(text)[0], text, found, library) == verdict
