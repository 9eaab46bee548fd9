"""Intervals of shares: of one, and of the difference of two; and which shares a number of cases can give.

An interval says how far chance reaches when cases are drawn at random. It is meaningless for a full count, for
volunteers and for an estimate, whatever their number.
"""

import math
from fractions import Fraction

from explore.register.schema import Statistic
from explore.terms import VOCABULARY
from explore.values import of_statistic

Interval = tuple[float, float]


def wilson(percent: float, n: int) -> Interval:
    """Return the 95% Wilson score interval of a share of n cases, in percent.

    The share is taken as the whole number of cases nearest to it. The formula is Wilson’s (1927),
    written out because loading SciPy would double the time to a first chart; a test holds it to
    `scipy.stats.binomtest(k, n).proportion_ci(method="wilson")`.

    >>> low, high = wilson(42, 220)
    >>> round(low, 1), round(high, 1)
    (35.5, 48.4)
    """
    return _wilson(round(percent * n / 100) / n, n)


def _wilson(share: float, n: int) -> Interval:
    z = 1.959963984540054
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return 100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach)


def cases(percent: float, n: int, decimals: int = 0) -> range:
    """Return the whole numbers of n cases whose share, rounded, is the one stated; none is a short range.

    Whether there is one is the GRIM test (Brown and Heathers 2017); halves may have been rounded up or down.

    >>> cases(42, 220), cases(25, 38)
    (range(92, 94), range(10, 10))
    """
    stated, half = Fraction(str(percent)), Fraction(1, 2) / Fraction(10) ** decimals
    return range(math.ceil((stated - half) * n / 100), math.floor((stated + half) * n / 100) + 1)


def of_share(one: Statistic) -> Interval | None:
    """Return the 95% interval of a share of a random sample; None for everything else.

    It covers the Wilson interval of every count of cases that rounds to the stated share: 42% of 220 may be 92
    women or 93. Where no whole count gives the share, as after weighting, the share itself is taken.
    """
    if no_interval(one) is not None or one.value is None or one.n is None:
        return None
    counts = cases(one.value, one.n, one.decimals)
    counts = range(max(counts.start, 0), min(counts.stop, one.n + 1))
    shares = [counts[0] / one.n, counts[-1] / one.n] if counts else [one.value / 100] * 2
    return _wilson(shares[0], one.n)[0], _wilson(shares[1], one.n)[1]


def no_interval(one: Statistic) -> str | None:
    """Say why a statistic has no interval; None where it has one."""
    if one.unit != "percent" or one.value is None:
        return "it is no share"
    if one.sample != "random":
        return str(VOCABULARY["samples"][one.sample or "unknown"])
    if one.n is None:
        return "the number of cases is not known"
    stated = of_statistic(one)
    plain = stated and not one.qualifier and one.upper is None and one.kind not in {"fraction", "multiple"}
    return None if plain else "the words give no exact share"


def difference(a: tuple[float, int], b: tuple[float, int]) -> Interval:
    """Return the 95% interval of b less a, two shares in percent of n independent cases each.

    Newcombe (1998), method 10: the two Wilson intervals, put together.

    >>> low, high = difference((60, 80), (80, 70))
    >>> round(low, 2), round(high, 2)
    (5.24, 33.39)
    """
    (low_a, high_a), (low_b, high_b) = wilson(*a), wilson(*b)
    share_a, share_b = (100 * round(percent * n / 100) / n for percent, n in (a, b))
    middle = share_b - share_a
    below = math.hypot(share_b - low_b, high_a - share_a)
    return middle - below, middle + math.hypot(high_b - share_b, share_a - low_a)
