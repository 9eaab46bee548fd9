"""The arithmetic of checking: intervals, residents, whole cases, and what a rounded number stands for."""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import ceil, floor, hypot, isclose
from typing import TYPE_CHECKING, NamedTuple, cast

from explore.numbers import rounding_interval
from explore.register import compute, parts_of
from explore.tables import wilson

if TYPE_CHECKING:
    from explore.register import Library
    from explore.register.schema import Statistic

_ALL_LEFT = -100  # a growth that leaves nobody to divide by
_CLOSE = 0.05  # what "about" and "nearly" allow for, as a share of the stated number
SHARES = frozenset({"percent", "percent change", "ratio", "percentage points"})
"""Units of numbers that are rounded even where they are whole."""


class PerHead(NamedTuple):
    """A change per resident, on one known growth of the population.

    `basis` is the id of the statistic that gives the growth, from the earlier year to the later;
    `growth` and `change` are in percent, `change` from the first statistic to the second.
    """

    basis: str
    growth: float
    change: float
    note: str | None


def difference(a: tuple[float, int], b: tuple[float, int]) -> tuple[float, float]:
    """Return the 95% interval of b less a, two shares in percent of n independent cases each.

    Newcombe (1998), method 10: the two Wilson intervals, put together.

    >>> low, high = difference((60, 80), (80, 70))
    >>> round(low, 2), round(high, 2)
    (5.24, 33.39)
    """
    (low_a, high_a), (low_b, high_b) = wilson(*a), wilson(*b)
    share_a, share_b = (100 * round(percent * n / 100) / n for percent, n in (a, b))
    middle = share_b - share_a
    below = hypot(share_b - low_b, high_a - share_a)
    return middle - below, middle + hypot(high_b - share_b, share_a - low_a)


def interval_of(a: Statistic, b: Statistic) -> tuple[float, float] | None:
    """Return the interval of the difference of two shares; none of a bound, or of the same cases."""
    if a.unit != "percent" or b.unit != "percent" or a.qualifier or b.qualifier or _same_cases(a, b):
        return None
    if a.n is None or b.n is None or a.value is None or b.value is None:
        return None
    return difference((a.value, a.n), (b.value, b.n))


def _same_cases(a: Statistic, b: Statistic) -> bool:
    """Say whether two shares may be of the same cases: then they are not independent."""
    return a.n is not None and all(
        getattr(a, name) == getattr(b, name) for name in ("document", "place", "period", "n")
    )


def per_head(library: Library, a: Statistic, b: Statistic) -> tuple[PerHead, ...]:
    """Relate a change in people to every known growth of the place’s population over the same years."""
    years = _year(a.period), _year(b.period)
    same = a.place == b.place and a.group == b.group and a.place is not None and years[0] != years[1]
    if a.unit != "people" or b.unit != "people" or not same or not a.value or b.value is None or None in years:
        return ()
    span = sorted(map(str, years))
    found = []
    for one in library.statistics.values():
        fits = one.topic == "population" and one.unit == "percent change" and one.place == a.place
        if (
            fits
            and one.value is not None
            and one.value > _ALL_LEFT
            and [part[:4] for part in (one.period or "").split("/")] == span
        ):
            factor = (1 + one.value / 100) ** (1 if years[0] == span[0] else -1)
            found.append(PerHead(one.key, one.value, 100 * (b.value / a.value / factor - 1), one.note))
    return tuple(found)


def _year(period: str | None) -> str | None:
    """Return the one year that a period lies in; None where it spans several, or is not known."""
    years = {part[:4] for part in period.split("/")} if period else set()
    return years.pop() if len(years) == 1 else None


def grim(percent: float, n: int, decimals: int = 0) -> bool:
    """Say whether a whole number of n cases gives a percentage, as it is rounded.

    The GRIM test (Brown and Heathers 2017); halves may have been rounded up or down. With n above
    100 times 10^decimals every percentage passes. A mean of whole numbers is a percentage here once it
    is taken times 100.

    >>> grim(42, 220), grim(25, 38)
    (True, False)
    """
    stated, half = Fraction(str(percent)), Fraction(1, 2) / Fraction(10) ** decimals
    return ceil((stated - half) * n / 100) <= floor((stated + half) * n / 100)


def same_number(one: Statistic, found: float) -> str:
    """Compare a number with the stated one, in the decimals of the stated one."""
    stated = cast("float", one.value)
    if isclose(found, stated, rel_tol=1e-12):
        return "agrees"
    low, high = rounding_interval(abs(stated), one.decimals)
    near = abs(found - stated) <= _CLOSE * abs(stated)
    loose = {"about": near, "under": near and found < stated, "over": found > stated}
    inside = low <= (-found if stated < 0 else found) < high
    return "rounds" if inside or loose.get(one.qualifier or "", False) else "differs"


def stands_for(one: Statistic) -> tuple[float, float]:
    """Return the numbers that a stated one stands for; a count of whole things stands for itself."""
    value = cast("float", one.value)
    exact = one.unit not in SHARES and one.decimals == 0
    return (value, value) if exact else rounding_interval(value, one.decimals)


def reach(library: Library, one: Statistic) -> tuple[float, float]:
    """Return the range of a derived number over all that its parts stand for."""
    operation, keys = parts_of(one)
    parts = [library.statistics[key] for key in keys]
    years = [int(each.period[:4]) if each.period else 0 for each in (one, *parts)]
    spans = [reach(library, part) if part.evidence == "arithmetic" else stands_for(part) for part in parts]
    if operation == "sum":
        return sum(low for low, _ in spans), sum(high for _, high in spans)
    if any(low <= 0 <= high for low, high in spans):  # a range around nothing is no divisor
        spans = [(part.value or 0.0, part.value or 0.0) for part in parts]
    corners = [compute(operation, list(corner), years) for corner in itertools.product(*spans)]
    return min(corners), max(corners)


def overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Say whether two ranges meet; the lower end belongs to a range, the upper one does not."""
    return one[0] < other[1] and other[0] <= one[1]
