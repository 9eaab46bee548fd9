"""What a number of a text is: its kind, its value, and how far its rounding reaches."""

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import tomli


class Kind(NamedTuple):
    """What a kind of number means, and what it most likely is: a "statistic" or "dismissed"."""

    meaning: str
    suggested: str


KINDS = {
    name: Kind(**said)
    for name, said in tomli.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).items()
}


class Number(NamedTuple):
    """One number of a text: ``text[start:end] == words``, always.

    ``value`` is an int where it is whole and stated without decimals, None where the words give no
    number; ``upper`` is the end of a range. ``unit`` is "percent", "percentage points", "ratio",
    "year", an ISO currency (a bare $ is read as USD) or the noun that follows. ``decimals`` are the
    places stated; with a word of scale they are negative: 1.2 million has -5, known to the nearest
    hundred thousand. ``ambiguous`` says that the words can be read another way (12,5 or 1.234).
    ``suggested`` is what the number most likely is, a "statistic" or "dismissed": an age is a measure
    like any other, and yet it says of whom, not how many.
    """

    start: int
    end: int
    words: str
    kind: str
    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    qualifier: str | None = None
    decimals: int = 0
    ambiguous: bool = False
    suggested: str = ""


def rounding_interval(value: float, decimals: int) -> tuple[float, float]:
    """Give the interval of numbers that round to a value stated with so many decimals.

    Negative ``decimals`` count places before the point: 1,200,000 with -5 is 1.15 to 1.25 million.
    ``value`` must be finite. The lower end belongs to the interval, the upper end does not.

    >>> rounding_interval(4.5, 1)
    (4.45, 4.55)
    """
    stated, half = Fraction(str(value)), Fraction(1, 2) * Fraction(10) ** -decimals
    return float(stated - half), float(stated + half)
