"""explore.comparison: what differs is named, what is let through is said, and the intervals are right."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from explore import audit, compare
from explore.arithmetic import difference
from explore.comparison import IDENTITY
from explore.register import shipped
from explore.tables import wilson
from explore.terms import ExploreError, NotComparable

FIRST, SECOND = "autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006"
POLICE, CENTRES = "plrc-2005/identified", "plrc-2008/five-centres"

# Newcombe (1998), method 10, as the tests of the public R package propint (m-Py/propint) quote the paper:
# two shares, and the 95% interval of the first less the second.
NEWCOMBE = [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090)]
CASES = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

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


@pytest.mark.parametrize(("a", "b", "low", "high"), NEWCOMBE)
def test_difference_is_newcombes_published_interval(
    a: tuple[int, int], b: tuple[int, int], low: float, high: float
) -> None:
    """The interval of a difference of two shares is the published one, to its four decimals."""
    found = difference(*((100 * k / n, n) for k, n in (b, a)))
    assert found == pytest.approx((100 * low, 100 * high), abs=0.0051)


@given(CASES, CASES)
def test_difference_is_scipys_intervals_put_together(a: tuple[int, int], b: tuple[int, int]) -> None:
    """The interval of a difference is put together from SciPy’s two Wilson intervals, at the edges too."""
    (one, other), (first, second) = (
        (k / n for k, n in (a, b)),
        (binomtest(*case).proportion_ci(method="wilson") for case in (a, b)),
    )
    low = one - other - ((one - first.low) ** 2 + (second.high - other) ** 2) ** 0.5
    high = one - other + ((first.high - one) ** 2 + (other - second.low) ** 2) ** 0.5
    found = difference(*((100 * k / n, n) for k, n in (b, a)))
    assert found == pytest.approx((100 * low, 100 * high), abs=1e-6)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_scipys(case: tuple[int, int]) -> None:
    """Our closed form of the Wilson interval is SciPy’s."""
    k, n = case
    expected = binomtest(k, n).proportion_ci(method="wilson")
    assert wilson(100 * k / n, n) == pytest.approx((100 * expected.low, 100 * expected.high), abs=1e-9)


def _either(one: str, other: str | None) -> st.SearchStrategy[str | None]:
    return st.sampled_from([one, one, other])


SIDE = st.fixed_dictionaries(
    {
        "measure": _either("m-one", "m-two"),
        "unit": st.sampled_from(["people", "people", "percent"]),
        "population": _either("p-one", "p-two"),
        "series": st.sampled_from(["s-one", "s-one", "s-one", "s-two", None]),
        "place": st.sampled_from(["here", "there"]),
        "group": st.sampled_from(["all", "street", None]),
        "period": st.sampled_from(["1999", "2006", "2006/2007", None]),
        "value": st.integers(0, 100),
        "n": st.sampled_from([None, 7, 220]),
    }
)
GROWTH = entry(
    "growth",
    topic="population",
    measure="g",
    unit="percent change",
    place="here",
    period="1999/2006",
    value=8.8,
)


@given(SIDE, SIDE, st.lists(st.sampled_from(IDENTITY), unique=True))
def test_compare_refuses_exactly_what_differs_and_is_not_allowed(
    one: dict[str, Any], other: dict[str, Any], allow: list[str]
) -> None:
    """Every field that differs is refused or said; no other is; and the way back is the negative."""
    for side in (one, other):
        side["n"] = side["n"] if side["unit"] == "percent" else None
    differing = {name for name in IDENTITY if one[name] != other[name]}
    differing |= {"series"} if None in (one["series"], other["series"]) else set()
    refused_here = differing - (set(allow) - {"unit"})  # no one can take people from percent
    with TemporaryDirectory() as path:
        seeds = folder(Path(path), entry("a", **one), entry("b", **other), GROWTH)
        if refused_here:
            with pytest.raises(NotComparable) as refused:
                compare("t/a", "t/b", allow=allow, seeds=seeds)
            assert set(refused.value.fields) == refused_here
            for name in refused.value.fields:
                assert name in str(refused.value)
                assert str(one[name] or "none declared") in str(refused.value)
                assert str(other[name] or "none declared") in str(refused.value)
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
    if one["value"] and other["value"]:
        assert len(forth.per_head) == len(back.per_head)
        for there, again in zip(forth.per_head, back.per_head, strict=True):
            assert (1 + there.change / 100) * (1 + again.change / 100) == pytest.approx(1)


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
        "identified by police", "estimated", "a telephone survey of police", "field counts",
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
        (FIRST, SECOND, "place", "known: measure, population, series, unit"),
        ("autostraddle-2015/record-low", "bka-2014/victims-2014", IDENTITY, "“record low”"),
        (FIRST, "otago-2006/wellington-2003", (), "otago-2006/wellington-2003: no series is declared"),
    ],
)
def test_compare_says_what_is_wrong(a: str, b: str, allow: tuple[str, ...], words: str) -> None:
    """A wrong id or field, a claim without a number, a count without a method: one clear message each."""
    with pytest.raises(ExploreError, match=words):
        compare(a, b, allow=allow)


def test_compare_gives_no_interval_where_it_would_claim_too_much(tmp_path: Path) -> None:
    """Shares of the same cases, bounds, and shares of an unknown number of cases have no interval."""
    share = {"unit": "percent", "n": 220, "value": 42}
    seeds = folder(
        tmp_path,
        entry("a", **share, period=1999, group="x"),
        entry("b", **share, period=2006),
        entry("same", **share, period=1999, group="y"),
        entry("bound", **share, period=2007, qualifier="over"),
        entry("unknown", unit="percent", value=42, period=2008),
    )
    given = {name: compare("t/a", f"t/{name}", seeds=seeds) for name in ("b", "same", "bound", "unknown")}
    assert [name for name, one in given.items() if one.interval] == ["b"]
    assert all("No interval" in one.caption for name, one in given.items() if name != "b")


def test_comparison_shows_itself_escaped_and_without_script(tmp_path: Path) -> None:
    """What a register holds cannot become markup in a notebook."""
    seeds = folder(tmp_path, entry("a", group="<script>1</script>"), entry("b", group="<b>&"))
    shown = compare("t/a", "t/b", seeds=seeds)._repr_html_()
    assert "<script" not in shown
    assert "&lt;b&gt;&amp;" in shown


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
