"""explore.arithmetic: what parts give when they are computed again reaches as far as the parts do, and no farther."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explore.register import compute
from explore.register.derivation import reach
from explore.relations import relate
from explore.values import Values, exact

Operation = Literal["percent_change", "difference", "sum", "ratio", "share"]
OPERATIONS = st.sampled_from(["percent_change", "difference", "sum", "ratio", "share"])


def rounded(value: int, half: Fraction) -> Values:
    """Return the set of a number that is rounded to so much on either side, as a source gives it."""
    return Values(Fraction(value), value - half, value + half).rounded()


PARTS = st.tuples(st.integers(1, 500), st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(5)]), st.floats(-1, 1))


@given(OPERATIONS, PARTS, PARTS)
def test_whatever_the_parts_were_the_result_is_within_reach(
    operation: Operation, one: tuple[int, Fraction, float], other: tuple[int, Fraction, float]
) -> None:
    """Any numbers that round to the parts give a result that the set of the computed number holds."""
    sets = [rounded(value, half) for value, half, _ in (one, other)]
    real = [max(value + half * exact(part), Fraction(1, 100)) for value, half, part in (one, other)]
    found = reach(operation, sets, ["percent"] * 2, [])
    assert found.low <= compute(operation, real, []) <= found.high


@given(OPERATIONS, st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_rounded_result_never_differs_from_its_parts(operation: Operation, a: int, b: int, places: int) -> None:
    """Who computes and rounds, up, down or to even, is never told that it differs."""
    exactly = [Values(Fraction(value), Fraction(value), Fraction(value)) for value in (a, b)]
    found = reach(operation, exactly, ["people"] * 2, [])
    half = Fraction(1, 2) / 10**places
    stated = exact(float(f"{float(found.given):.{places}f}"))
    assert relate(Values(stated, stated - half, stated + half), found) != "differs"


def test_twelve_and_thirteen_in_a_thousand_are_a_rise_of_anything_up_to_17_percent() -> None:
    """Two rounded rates leave their change wide open."""
    half = Fraction(1, 2)
    found = reach("percent_change", [rounded(12, half), rounded(13, half)], ["per 1,000"] * 2, [])
    assert (float(found.low), round(float(found.high), 1), found.ends) == (0, 17.4, (False, False))


@pytest.mark.parametrize("operation", ["percent_change", "ratio", "share"])
def test_a_divisor_that_rounds_to_nothing_leaves_no_end(operation: Operation) -> None:
    """0% may be as little as one likes, so what it divides has no upper end; it is not below nothing."""
    sets = [rounded(0, Fraction(1, 2)), rounded(10, Fraction(1, 2))]
    sets = sets if operation == "percent_change" else sets[::-1]
    sets[0 if operation == "percent_change" else 1] = Values(
        Fraction(1, 10), Fraction(0), Fraction(1, 2), (False, False)
    )
    found = reach(operation, sets, ["percent"] * 2, [])
    assert found.high == float("inf")
    assert found.low > 0


def test_a_sum_of_many_parts_is_computed_at_its_two_ends() -> None:
    """Sixty rounded parts have more corners than anybody can wait for, and two ends."""
    part = Values(Fraction(10), Fraction(5), Fraction(15))
    found = reach("sum", [part] * 60, ["people"] * 60, [])
    assert (found.given, found.low, found.high) == (600, 300, 900)
