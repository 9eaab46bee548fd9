"""explore.intervals: the published numbers come out, and no interval is given where nothing was drawn at random."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

import explore
from explore.intervals import cases, difference, of_share, wilson
from explore.register.schema import Statistic

if TYPE_CHECKING:
    from pathlib import Path

# Newcombe (1998), method 10, as the tests of the public R package propint (m-Py/propint) quote the paper:
# two shares, and the 95% interval of the first less the second.
NEWCOMBE = [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090)]
CASES = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

# Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 857–872,
# Table I, method 3 (Wilson): cases, of how many, and the interval.
SINGLE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("k", "n", "low", "high"), SINGLE)
def test_wilson_is_newcombes_published_interval(k: int, n: int, low: float, high: float) -> None:
    """The interval of a share is the published one, to its four decimals."""
    assert wilson(100 * k / n, n) == pytest.approx((100 * low, 100 * high), abs=0.0051)


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


# A mean is a percentage once it is taken times 100: a mean of 5.19 is 519% of 28 whole numbers.
@pytest.mark.parametrize(
    ("percent", "n", "decimals", "possible"),
    [
        (519, 28, 0, False),  # 145/28 = 5.179 and 146/28 = 5.214
        (518, 28, 0, True),
        (521, 28, 0, True),
        (25, 38, 0, False),  # 9/38 = 23.7 and 10/38 = 26.3
        (24, 38, 0, True),
        (26, 38, 0, True),
        (42, 220, 0, True),  # 92/220 = 41.8
        (41.8, 220, 1, True),
        (42.0, 220, 1, False),  # 92/220 = 41.8 and 93/220 = 42.3
        (62.5, 8, 1, True),
        (62, 8, 0, True),  # 5/8 = 62.5, rounded down
        (63, 8, 0, True),  # and rounded up
        (0, 3, 0, True),
        (100, 3, 0, True),
    ],
)
def test_grim_agrees_with_cases_worked_by_hand(percent: float, n: int, decimals: int, *, possible: bool) -> None:
    """The GRIM test finds the percentages that no whole number of cases gives."""
    assert bool(cases(percent, n, decimals)) is possible


@given(st.integers(0, 1000), st.integers(1, 300), st.integers(0, 1))
def test_grim_is_what_trying_every_case_gives(tenths: int, n: int, decimals: int) -> None:
    """The test passes exactly the percentages that some whole number, tried one by one, rounds to."""
    step = Decimal(1).scaleb(-decimals)
    percent = (Decimal(tenths) / 10).quantize(step, ROUND_HALF_UP)
    shares = [Decimal(100 * k) / n for k in range(n + 1)]
    modes = (ROUND_HALF_UP, ROUND_HALF_DOWN)
    assert bool(cases(float(percent), n, decimals)) == any(
        percent == x.quantize(step, mode) for x in shares for mode in modes
    )


# The data sets pigs1 and pigs2 of scrutiny (lhdjung/scrutiny, test-grim-map.R for the first; a mean times 100
# stands for a percentage), and its vignette: 5.27 of 43.
PIGS = [
    (722, 32, True), (474, 25, False), (523, 29, False), (257, 24, False), (677, 27, False), (268, 28, True),
    (701, 29, False), (738, 26, True), (314, 27, False), (689, 31, False), (500, 25, True), (24, 28, False),
    (527, 43, False), (897, 28, False), (261, 28, True), (726, 28, False), (364, 28, True), (926, 28, False),
]  # fmt: skip
# From the same tests: 6 to 16 percent of 50, and means from 5.19 to 5.30 of 28.
STEPS = [(percent, 50, percent % 2 == 0) for percent in range(6, 17)]
STEPS += [(percent, 28, percent in {521, 525, 529}) for percent in range(519, 531) if percent != 518]


@pytest.mark.parametrize(("percent", "n", "possible"), PIGS + STEPS)
def test_grim_agrees_with_scrutiny(percent: float, n: int, *, possible: bool) -> None:
    """What another package finds possible or not, this one does."""
    assert bool(cases(percent, n)) is possible


def share(**own: object) -> Statistic:
    """Give a share of a random sample."""
    plain: dict[str, Any] = {"value": 42, "n": 220, "unit": "percent", "sample": "random", "decimals": 0}
    return Statistic(**dict.fromkeys(Statistic._fields[:6], "a"), **(plain | own))


@pytest.mark.parametrize(
    "own",
    [
        {"sample": "full count"}, {"sample": "volunteers"}, {"sample": "expert estimate"}, {"sample": None},
        {"n": None}, {"value": None}, {"unit": "people"}, {"qualifier": "over"}, {"qualifier": "about"},
        {"upper": 50}, {"kind": "fraction"},
    ],
)  # fmt: skip
def test_an_interval_is_for_an_exact_share_of_a_random_sample(own: dict[str, Any]) -> None:
    """A full count has no chance in it, volunteers were not drawn, and a bound is no share."""
    assert of_share(share()) is not None
    assert of_share(share(**own)) is None


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 2))
def test_an_interval_covers_every_count_that_rounds_to_the_share(case: tuple[int, int], decimals: int) -> None:
    """Whatever count was rounded to the stated share, its own interval lies in the one that is given."""
    k, n = case
    stated = float((Decimal(100 * k) / n).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    found = of_share(share(value=stated, n=n, decimals=decimals))
    assert found is not None
    assert k in cases(stated, n, decimals)
    low, high = wilson(100 * k / n, n)
    assert found[0] <= low + 1e-9
    assert high <= found[1] + 1e-9


def test_no_table_holds_an_interval_of_what_was_not_drawn_at_random() -> None:
    """Convictions, volunteers and estimates have no interval in any table that is shipped."""
    table = explore.statistics()
    assert set(table.loc[table["low"].notna(), "sample"]) <= {"random"}
    for name in ("solicitation", "arrests", "reporting"):
        rows = getattr(explore, name)()
        kinds = table.set_index("id").loc[rows.loc[rows["low"].notna(), "id"], "sample"]
        assert set(kinds) <= {"random"}


def test_a_random_sample_has_its_interval_in_the_table(tmp_path: Path) -> None:
    """The table shows the interval where, and only where, a register says that cases were drawn at random."""
    text = """
[document]
title = "t"
publisher = "p"
published = 2015
kind = "report"
evidence = "primary text"
locator = "page 1"
sample = "random"
population = "people"
[[statistic]]
id = "a"
topic = "t"
measure = "m"
unit = "percent"
n = 220
value = 42
"""
    (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    row = explore.statistics(tmp_path).iloc[0]
    assert (round(row["low"], 1), round(row["high"], 1)) == (35.5, 48.9)
    (tmp_path / "t.toml").write_text(text.replace('"random"', '"volunteers"'), encoding="utf-8")
    assert explore.statistics(tmp_path)["low"].isna().all()
