"""explore.comparison: what differs is named, what is let through is said, and the intervals are right."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explore import audit, compare
from explore.comparison import IDENTITY
from explore.register import shipped
from explore.terms import ExploreError, NotComparable

FIRST, SECOND = "autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006"
POLICE, CENTRES = "plrc-2005/identified", "plrc-2008/five-centres"

HEADER = """
[document]
title = "{name}"
publisher = "a test"
published = 2020
kind = "report"
evidence = "primary text"
locator = "page 1"
"""
SERIES = '\n[[series]]\nid = "{id}"\nmethod = "method {id}"\ncoverage = "coverage {id}"\n'


def toml(entry: dict[str, Any]) -> str:
    """Write one statistic."""
    lines = [f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}" for name, value in entry.items()]
    return "\n".join(["", "[[statistic]]", *lines, ""])


def folder(path: Path, *entries: dict[str, Any], more: str = "") -> Path:
    """Write a folder of one register that holds these statistics and two series."""
    body = HEADER.format(name="t") + "".join(SERIES.format(id=name) for name in ("s-one", "s-two")) + more
    (path / "t.toml").write_text(body + "".join(map(toml, entries)), encoding="utf-8")
    return path


def entry(key: str, **own: object) -> dict[str, Any]:
    """Give one statistic: a count of people, unless its own fields say otherwise; None leaves a field out."""
    plain = {
        "topic": "t",
        "measure": "m-one",
        "unit": "people",
        "population": "p-one",
        "series": "s-one",
        "value": 10,
    }
    return {"id": key} | {name: value for name, value in (plain | own).items() if value is not None}


def _either(one: str, other: str | None) -> st.SearchStrategy[str | None]:
    return st.sampled_from([one, one, other])


SIDE = st.fixed_dictionaries(
    {
        "measure": _either("m-one", "m-two"),
        "unit": st.sampled_from(["people", "people", "percent"]),
        "population": _either("p-one", "p-two"),
        "series": st.sampled_from(["s-one", "s-one", "s-one", "s-two", None]),
        "place": _either("here", "there"),
        "group": st.sampled_from(["indoor", "street", "street", "street", None]),
        "period": st.sampled_from(["1999", "2006", "2006/2007", "2008", None]),
        "value": st.integers(0, 100),
        "sample": st.sampled_from([None, "random", "volunteers", "full count", "expert estimate"]),
        "n": st.sampled_from([None, 7, 220]),
    }
)
GROWTH = entry(
    "growth",
    topic="population",
    measure="population growth",
    population="residents",
    unit="percent change",
    place="here",
    period="1999/2006",
    value=8.8,
)


def reasons(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    """Say from the plan alone which fields speak against comparing two statistics."""
    found = {name for name in ("measure", "unit", "population", "series") if one[name] != other[name]}
    found |= {"series"} if None in (one["series"], other["series"]) else set()
    found |= {"group"} if (one["group"] is None) != (other["group"] is None) else set()
    periods = {one["period"], other["period"]}
    found |= {"period"} if None in periods or periods == {"2006", "2006/2007"} else set()
    alike = all(one[name] == other[name] for name in ("place", "group", "period"))
    return found or ({"value"} if alike else set())


@given(SIDE, SIDE, st.lists(st.sampled_from([*IDENTITY, "place", "group", "period"]), unique=True))
def test_compare_refuses_exactly_what_differs_and_is_not_allowed(
    one: dict[str, Any], other: dict[str, Any], allow: list[str]
) -> None:
    """Every field that differs is refused or said; no other is; and the way back is the negative."""
    for side in (one, other):
        side["n"] = side["n"] if side["unit"] == "percent" else None
    differing = reasons(one, other)
    refused_here = differing - (set(allow) - {"unit"})  # no one can take people from percent
    with TemporaryDirectory() as path:
        seeds = folder(Path(path), entry("a", **one), entry("b", **other), GROWTH)
        if refused_here:
            with pytest.raises(NotComparable) as refused:
                compare("t/a", "t/b", allow=allow, seeds=seeds)
            assert set(refused.value.fields) == refused_here
            for each in refused.value.differences:
                for words in (each.field, each.a, each.b, *each.says):
                    assert words in str(refused.value)
            assert refused.value.fix in str(refused.value)
            return
        forth = compare("t/a", "t/b", allow=allow, seeds=seeds)
        back = compare("t/b", "t/a", allow=allow, seeds=seeds)
    assert set(forth.allowed) == differing
    for name in IDENTITY:
        assert (f"{name} does not agree" in forth.caption) == (name in differing)
    assert forth.change == -back.change == other["value"] - one["value"]
    assert (forth.interval is None) == (back.interval is None)
    if forth.interval and back.interval:
        assert forth.interval == pytest.approx((-back.interval[1], -back.interval[0]))
        assert one["sample"] == other["sample"] == "random"
        assert None not in (one["n"], other["n"])
        assert (one["place"], one["period"]) != (other["place"], other["period"])
    if one["value"] and other["value"]:
        assert len(forth.per_head) == len(back.per_head)
        for there, again in zip(forth.per_head, back.per_head, strict=True):
            assert (1 + there.change / 100) * (1 + again.change / 100) == pytest.approx(1)


SHARE = {"unit": "percent", "value": 40, "n": 220, "sample": "random", "place": "here", "group": "all", "period": 2006}
COUNT = {"value": 400, "place": "here", "group": "all", "period": 2006}


@pytest.mark.parametrize(
    ("base", "sides", "field", "words"),
    [
        (COUNT, ({}, {"group": "street"}), "part", "a part of t/a"),
        (COUNT, ({"group": "all workers"}, {"group": "street", "period": 2010}), "part", "a part of t/a"),
        (COUNT, ({"part_of": "the land"}, {"place": "the land"}), "part", "“here” against “the land”"),
        (COUNT, ({"period": "2004/2006"}, {"period": "2005/2007"}), "period", "overlap"),
        (COUNT, ({"period": 2006}, {"period": "2006-09"}), "period", "overlap"),
        (COUNT, ({"period": None}, {}), "period", "none declared against"),
        (COUNT, ({"place": None}, {"period": 2007}), "place", "none declared against"),
        (COUNT, ({"group": None}, {"period": 2007}), "group", "none declared against"),
        (SHARE, ({"group": "18-24"}, {"group": "15–29"}), "group", "These ages overlap"),
        (SHARE, ({"group": "under 25"}, {"group": "aged 18 to 30"}), "group", "These ages overlap"),
        (SHARE, ({"group": "20 and over"}, {"group": "15-29"}), "group", "These ages overlap"),
        (COUNT, ({}, {"value": 420}), "value", "two readings of one number"),
        (COUNT | {"unit": "year", "value": 1999}, ({}, {"value": 2006, "period": 2007}), "unit", "Years are dates"),
        (SHARE, ({"qualifier": "over"}, {"qualifier": "over", "period": 2007}), "value", "which of the two is larger"),
    ],
)
def test_compare_refuses_what_would_count_twice_or_guess(
    tmp_path: Path, base: dict[str, Any], sides: tuple[dict[str, Any], dict[str, Any]], field: str, words: str
) -> None:
    """A whole is no second count of its part, days are not counted twice, and nothing is assumed that nobody says."""
    seeds = folder(tmp_path, entry("a", **(base | sides[0])), entry("b", **(base | sides[1])))
    with pytest.raises(NotComparable, match=words) as refused:
        compare("t/a", "t/b", seeds=seeds)
    assert field in refused.value.fields
    assert words in refused.value.card.replace("<b>", "").replace("</b>", "")


def test_compare_refuses_a_statistic_with_itself() -> None:
    """Nothing differs from itself."""
    with pytest.raises(NotComparable, match="no difference from itself"):
        compare(FIRST, FIRST)


def test_compare_refuses_the_parts_of_a_sum_and_what_is_left_of_a_difference() -> None:
    """All less street is a part of all; street and the rest are two parts, and may be compared."""
    with pytest.raises(NotComparable, match="is a part of"):
        compare("autostraddle-2015/rest-1999", "autostraddle-2015/christchurch-1999")
    assert compare("autostraddle-2015/rest-1999", "autostraddle-2015/street-1999").change == -163
    with pytest.raises(NotComparable) as refused:
        compare("koyama-2014/sweep-1-arrests", "koyama-2014/arrests-1-to-5")
    assert "part" in refused.value.fields


def test_compare_refuses_the_two_sides_of_a_break(tmp_path: Path) -> None:
    """What was counted another way is another number, though its series has one name."""
    broken = SERIES.format(id="cut") + 'breaks = [{ at = 2005, why = "counted once a case is closed" }]\n'
    years = {"a": 2003, "b": 2004, "c": 2005, "d": 2006, "across": "2004/2005"}
    rows = [entry(key, series="cut", place="here", period=period) for key, period in years.items()]
    seeds = folder(tmp_path, *rows, more=broken)
    assert compare("t/a", "t/b", seeds=seeds).change == 0
    assert compare("t/c", "t/d", seeds=seeds).change == 0
    for one, other in (("a", "c"), ("b", "d"), ("a", "across")):
        with pytest.raises(NotComparable, match="counted once a case is closed"):
            compare(f"t/{one}", f"t/{other}", seeds=seeds)
    assert compare("t/a", "t/c", allow="series", seeds=seeds).allowed == ("series",)


@pytest.mark.parametrize(
    ("base", "a", "b", "says"),
    [
        (SHARE, {"value": 40}, {"value": 42, "qualifier": "at least"}, "a difference of at least +2 percentage points"),
        (SHARE, {"value": 40}, {"value": 42, "qualifier": "over"}, "a difference of more than +2 percentage points"),
        (SHARE, {"value": 40, "qualifier": "over"}, {"value": 50}, "a difference of less than +10 percentage points"),
        (SHARE, {"value": 40}, {"value": 30, "qualifier": "at most"}, "a difference of at most −10 percentage points"),
        (SHARE, {"value": 40, "qualifier": "about"}, {"value": 50}, "a difference of about +10 percentage points"),
        (SHARE, {"value": 40}, {"value_text": "50–70", "value": 50}, "a difference of +10 to +30 percentage points"),
        (SHARE, {"value": 40}, {"value": 41}, "a difference of +1 percentage point ("),
        (SHARE, {"unit": "ratio", "value": 0.4, "n": None}, {"value": 43}, "a difference of +0.03 (+7.5%)"),
        (SHARE, {"unit": "per 1,000", "value": 4, "n": None}, {"unit": "per 100,000", "value": 450, "n": None}, "+0.5 per 1,000"),
        (SHARE, {"unit": "%"}, {"unit": "percent", "value": 45}, "a difference of +5 percentage points"),
        (COUNT, {"unit": "EUR", "value_text": "12.30", "value": 12.3}, {"unit": "EUR", "value": 12.34}, "+0.04 EUR (+0.3%)"),
        (COUNT, {"value": 100_000}, {"value": 100_001}, "+1 person (+0.001%)"),
        (COUNT, {"value": 100}, {"value": 100}, "a difference of 0 people."),
        (COUNT, {"value": -10}, {"value": 10}, "a difference of +20 people."),
        (COUNT, {"measure": "M-One  "}, {"value": 410}, "a difference of +10 people"),
    ],
)  # fmt: skip
def test_a_change_is_said_as_far_as_the_words_go(
    tmp_path: Path, base: dict[str, Any], a: dict[str, Any], b: dict[str, Any], says: str
) -> None:
    """A bound gives a bound, a range a range, and no decimal is lost or made up."""
    seeds = folder(tmp_path, entry("a", **(base | a)), entry("b", **(base | {"period": 2010} | b)))
    assert says in compare("t/a", "t/b", seeds=seeds).sentence + "."


def test_compare_relates_christchurch_to_its_residents() -> None:
    """17 more workers are 4.5% more, and fewer for each resident, on every growth that is known."""
    found = compare(FIRST, SECOND)
    assert (found.values, found.change, found.unit) == ((375, 392), 17, "people")
    assert found.relative_change == pytest.approx(4.5333, abs=1e-4)
    assert {one.basis: round(one.change, 2) for one in found.per_head} == {
        "autostraddle-2015/population-growth": -3.92,
        "christchurch-census-2013/growth-with-banks": -3.69,
        "christchurch-census-2013/growth-old-boundary": -3.78,
    }
    assert found.sentence == (
        "Number of sex workers, estimated (Christchurch, all): 375 people (1999) against 392 people (2006), "
        "a difference of +17 people (+4.5%); per resident −3.9% to −3.7%."
    )
    assert "1999 is interpolated" in found.caption


def test_compare_refuses_the_two_national_counts_and_says_who_says_so() -> None:
    """The refusal names the fields, both methods, both coverages, the reader’s words and the way round it."""
    with pytest.raises(NotComparable) as refused:
        compare(POLICE, CENTRES)
    for words in (
        "“identified” by police", "estimated", "a telephone survey of police", "field counts",
        "the 12 districts canvassed", "5 centres", "12 districts in 2003, 5 in 2006/2007",
        'allow=("measure", "series")',
    ):  # fmt: skip
        assert words in str(refused.value)
    found = compare(POLICE, CENTRES, allow=refused.value.fields)
    assert found.allowed == ("measure", "series")
    assert found.sentence.endswith("although measure and series do not agree.")
    assert "police-survey-2003" in found.caption


@pytest.mark.parametrize(
    ("a", "b", "allow", "words"),
    [
        (FIRST.upper(), SECOND, (), "AUTOSTRADDLE"),
        (
            FIRST,
            "autostraddle-2015/christchurch-2007",
            (),
            'did you mean "autostraddle-2015/christchurch-2006"',
        ),
        (FIRST, SECOND, ("populaton",), 'did you mean "population"'),
        (FIRST, SECOND, "colour", "known: group, measure, period, place, population, series, unit"),
        ("autostraddle-2015/record-low", "bka-2014/victims-2014", IDENTITY, "“record low”"),
        (FIRST, "otago-2006/wellington-2003", (), "otago-2006/wellington-2003: no series is declared"),
    ],
)
def test_compare_says_what_is_wrong(a: str, b: str, allow: tuple[str, ...], words: str) -> None:
    """A wrong id or field, a claim without a number, a count without a method: one clear message each."""
    with pytest.raises(ExploreError, match=words):
        compare(a, b, allow=allow)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ({}, {}, None),
        ({}, {"period": 2006, "place": "there"}, None),
        ({"sample": "volunteers"}, {}, "volunteers"),
        ({"sample": "full count"}, {"sample": "full count"}, "a full count"),
        ({"sample": "expert estimate"}, {}, "an estimate"),
        ({"sample": None}, {}, "nothing says"),
        ({"n": None}, {}, "number of cases is not known"),
        ({"qualifier": "about"}, {}, "no exact share"),
        ({}, {"value": 42, "qualifier": "over"}, "no exact share"),
        ({"group": "street"}, {"period": 2006, "group": "indoor", "n": 90}, "of the same cases"),
        ({"group": "all"}, {"period": 2010, "group": "street", "n": 90}, "a part of the other"),
    ],
)
def test_an_interval_is_for_two_separate_random_samples_only(
    tmp_path: Path, a: dict[str, Any], b: dict[str, Any], why: str | None
) -> None:
    """A full count has no chance in it, volunteers were not drawn, and one survey is not two samples."""
    base = SHARE | {"group": "street"}
    seeds = folder(tmp_path, entry("a", **(base | a)), entry("b", **(base | {"period": 2010, "value": 45} | b)))
    found = compare("t/a", "t/b", seeds=seeds)
    assert (found.interval is None) == (why is not None)
    if why:
        assert why in str(found.no_interval)
        assert f"No interval: {found.no_interval}." in found.caption


def test_what_qualifies_a_number_stays_with_the_comparison(tmp_path: Path) -> None:
    """A note, and that a number is provisional, are said with the change."""
    rows = [
        entry("a", **COUNT, note="Street workers only were seen."),
        entry("b", **(COUNT | {"period": 2007}), observation_status="provisional"),
    ]
    found = compare("t/a", "t/b", seeds=folder(tmp_path, *rows))
    assert "Street workers only were seen." in found.caption
    assert "t/b is provisional." in found.caption


def test_comparison_shows_itself_escaped_and_without_script(tmp_path: Path) -> None:
    """What a register holds cannot become markup in a notebook, whether it is compared or refused."""
    rows = [entry("a", group="<script>1</script>", period=2006), entry("b", group="<b>&", period=2006)]
    seeds = folder(tmp_path, *rows, entry("c", measure="<script>1", group="<b>&", period=2007))
    shown = compare("t/a", "t/b", seeds=seeds)._repr_html_()
    with pytest.raises(NotComparable) as refused:
        compare("t/a", "t/c", seeds=seeds)
    for card in (shown, refused.value._repr_html_()):
        assert "<script" not in card
        assert "&lt;" in card


def test_a_new_series_source_and_comparison_take_only_toml(tmp_path: Path) -> None:
    """A register dropped into a folder, and edited there, is compared and audited without any Python."""
    seeds = tmp_path / "seeds"
    shutil.copytree(shipped(), seeds)
    new = HEADER.format(name="new").replace('"report"', '"comment"') + SERIES.format(id="parlour-count")
    for year, value in ((2000, 10), (2010, 30)):
        new += toml(entry(f"y-{year}", series="parlour-count", period=year, value=value, place="Sweden"))
    path = seeds / "new-2020.toml"
    path.write_text(new, encoding="utf-8")
    assert compare("new-2020/y-2000", "new-2020/y-2010", seeds=seeds).relative_change == 200
    path.write_text(new.replace("value = 30", "value = 40"), encoding="utf-8")
    assert compare("new-2020/y-2000", "new-2020/y-2010", seeds=seeds).relative_change == 300
    path.write_text(new.replace("value = 10", 'value = 10\nsource = "koyama-2014/sweep-1-cities"'), encoding="utf-8")
    assert audit(seeds, document="new-2020")["verdict"].tolist() == ["differs"]
