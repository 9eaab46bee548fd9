"""What a stated number stands for: the one place where words become a set of values.

A number in a text is seldom one number. 4.5% is whatever rounds to it, "more than half" whatever lies above
a half, "two-thirds" what nobody would call by another fraction. Each rule below says why it is so.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

from explore import numbers, units
from explore.numbers import Number
from explore.numbers.languages import LANGUAGES, language

Real = Fraction | float  # a float only where it is infinite: all else is exact

NEAR = Fraction(5, 100)
"""How far "about" and "nearly" reach, as a share of the number: what readers allow of a round number."""

MOST_TIMES = 10
"""Up to here half steps are told apart in words of multiplication; "30 times" is a rounded number."""

REACH = 60
"""Characters before a number in which the words that qualify it stand."""

BOUNDS = {"over": (False, True), "at least": (True, True), "under": (True, False), "at most": (True, True)}
"""The qualifiers that name one end of a set, and whether its lower and its upper end belong to it."""

_EN = language("en")


def _pattern(words: list[tuple[str, str]], frame: str) -> re.Pattern[str]:
    """Make one pattern of all the ways to qualify a number; the group that matches is named by the qualifier."""
    spaced = [(name.replace(" ", "_"), way.replace(" ", r"[\s-]+")) for name, way in words]
    ways = "|".join(f"(?P<{name}_{at}>{way})" for at, (name, way) in enumerate(spaced))
    return re.compile(frame.format(ways), re.IGNORECASE)


_SAID_BEFORE = _pattern(sorted(_EN.table("said_before").items()), r"(?<!\w)(?:{})\s?[(“\"‘]?$")
_SAID_AFTER = _pattern([*_EN.table("said_after").items()], r"\s?(?:{})")
# Heeded where a number is qualified at all: "fast" is no German in an English text.
_SAID_ABROAD = _pattern(
    sorted(pair for code in LANGUAGES[1:] for pair in language(code).table("said_before").items()),
    r"(?<!\w)(?:{})\s?$",
)
_MAJORITY = re.compile(rf"(?<!\w){_EN.pattern('majority')}(?!\w)", re.IGNORECASE)
_MOVES = re.compile(r"(?<!\w)(?:(?P<fall>{fall})|(?P<rise>{rise}))(?!\w)".format(**_EN.table("moves")), re.IGNORECASE)
_MOVES_AFTER = re.compile(
    r"(?:\W+\w+)?\W+(?:(?P<fall>{fall}|{fall_after})|(?P<rise>{rise}|{rise_after}))(?!\w)".format(**_EN.table("moves")),
    re.IGNORECASE,
)
_ARTICLE, _LEVEL = (
    re.compile(rf"(?<!\w)(?:{_EN.pattern(name)})\s*$", re.IGNORECASE) for name in ("moved_noun", "level")
)


class Values(NamedTuple):
    """A set of numbers: all from `low` to `high`, each end in it or not, and the number as it is given.

    `bound` says that the words name one end only; such a set is held against numbers as they are given.
    """

    given: Fraction
    low: Real
    high: Real
    ends: tuple[bool, bool] = (True, True)
    bound: bool = False
    upper: Fraction | None = None

    def moved(self, factor: Fraction | int, shift: Fraction | int = 0) -> Values:
        """Return the set with every number taken times `factor`, plus `shift`: in another unit."""
        low, high = (end * factor + shift for end in (self.low, self.high))
        upper = None if self.upper is None else self.upper * factor + shift
        there = Values(self.given * factor + shift, low, high, self.ends, self.bound, upper)
        return there if factor > 0 else there._replace(low=high, high=low, ends=self.ends[::-1])

    def as_given(self) -> Values:
        """Return the number itself, or a range between its ends: what a bound is held against."""
        ends = sorted((self.given, self.given if self.upper is None else self.upper))
        return self._replace(low=ends[0], high=ends[1], ends=(True, True))

    def rounded(self) -> Values:
        """Return the set of a number found at a source: the ends of its own rounding do not belong to it.

        Text may round 12.5 down to 12%. But where a source says 43%, it is not also 42%.
        """
        return self if self.bound or self.low == self.high else self._replace(ends=(False, False))


def exact(value: float) -> Fraction:
    """Return a number as it is written, not as a computer stores it: 0.1 is a tenth."""
    return Fraction(str(value))


def plain(value: Real) -> float:
    """Return an exact number as a computer says it: a whole one without a point."""
    return int(value) if value == int(value) else float(value)


# --- what the words say ------------------------------------------------------------------------


def qualified(text: str, number: Number) -> tuple[str | None, str]:
    """Return what qualifies a number of a text, and the number in the text's own words with it.

    >>> for text in ("at most 50% of them", "nearly 50% of them", "500 or more", "more than half"):
    ...     qualified(text, numbers.find(text)[0])
    ('at most', 'at most 50%')
    ('nearly', 'nearly 50%')
    ('at least', '500 or more')
    ('over', 'more than half')
    """
    start, end = number.start, number.end
    near = text[max(0, start - REACH) : start]
    ways = (_SAID_BEFORE, _SAID_ABROAD) if number.qualifier else (_SAID_BEFORE,)
    if before := [found for way in ways if (found := way.search(near))]:
        first = min(before, key=re.Match.start)  # the first word of "no more than" counts, not that of "more than"
        return _name(first), " ".join((near[first.start() :] + text[start:end]).split())
    if after := _SAID_AFTER.match(text, end):
        return _name(after), " ".join(text[start : after.end()].split())
    return number.qualifier, number.words


def _name(found: re.Match[str]) -> str:
    return str(found.lastgroup).rpartition("_")[0].replace("_", " ")


def direction(text: str, number: Number) -> int:
    """Return the sign that the words give to a change: 1, −1, or 0 where they give none.

    >>> [direction(text, numbers.find(text)[0]) for text in ("fell by 20%", "a 20% rise", "fell to 40", "20% of them")]
    [-1, 1, 0, 0]
    """
    clause = re.split(r"[.;:!?](?!\d)", text[max(0, number.start - 2 * REACH) : number.start])[-1]
    clause = _SAID_BEFORE.sub("", clause)
    if _LEVEL.search(clause):
        return 0
    before = next(reversed(list(_MOVES.finditer(clause))), None)
    after = _MOVES_AFTER.match(text, number.end)
    found = after or before if _ARTICLE.search(clause) else before or after
    return 0 if not found else -1 if found["fall"] else 1


def moves(text: str) -> bool:
    """Say whether words speak of a rise or a fall, so that a share in them may be meant as a change."""
    return _MOVES.search(text) is not None


def majority(text: str) -> Number | None:
    """Read "a majority", "most" and "a minority" as what they say: above half, or below it.

    >>> found = majority("a majority of workers")
    >>> found.words, found.value, found.qualifier
    ('a majority', 0.5, 'over')
    """
    found = _MAJORITY.search(text)
    if not found:
        return None
    below = "minority" in found[0].lower()
    return numbers.Number(*found.span(), found[0], "fraction", 0.5, None, "ratio", "under" if below else "over")


# --- the sets ----------------------------------------------------------------------------------


def of_statistic(one: Any) -> Values | None:  # noqa: ANN401  # a `Statistic`, whose room comes after this one
    """Return the set of values that a statistic stands for, in its unit; None where its words give no number.

    >>> from explore.register import load
    >>> found = of_statistic(load().statistics["autostraddle-2015/la-solicited"])
    >>> float(found.low), float(found.high)
    (41.5, 42.5)
    """
    if one.value is None:
        return None
    value, upper = exact(one.value), None if one.upper is None else exact(one.upper)
    # "Fell by more than 20%" is below −20: the words qualify the size of a change, its sign comes after.
    sign = -1 if value < 0 and (one.derived or units.is_change(one.unit)) else 1
    if one.fraction is not None:
        factor = units.factor("ratio", one.unit) or Fraction(100 if units.is_change(one.unit) else 1)
        words = one.value_text or ""
        found = _of(exact(one.fraction), None, one.qualifier, kind="fraction", unit="ratio", words=words)
        return found.moved(sign * factor)
    upper = None if upper is None else sign * upper
    found = _of(sign * value, upper, one.qualifier, kind=one.kind, unit=one.unit, places=one.decimals)
    return found.moved(sign)


def of_number(number: Number, text: str) -> Values | None:
    """Return the set of values that a number of a text stands for, in its own unit."""
    if number.value is None:
        return None
    upper = None if number.upper is None else exact(number.upper)
    value, qualifier, places = exact(number.value), qualified(text, number)[0], decimals(number)
    return _of(value, upper, qualifier, kind=number.kind, unit=number.unit, places=places, words=number.words)


def decimals(number: Number) -> int:
    """Return the places that a number states; "two and a half times" states none, though 2.5 has one."""
    return number.decimals if re.search(r"\d", number.words) else min(number.decimals, 0)


def converted(found: Values, unit: str | None, other: str | None) -> Values | None:
    """Return a set in another unit; None where the units do not convert.

    A multiple is a change too: doubled is +100%, halved −50%.
    """
    if (factor := units.factor(unit, other)) is not None:
        return found.moved(factor)
    match units.standard(unit), units.standard(other):
        case "ratio", "percent change":
            return found.moved(100, -100)
        case "percent change", "ratio":
            return found.moved(Fraction(1, 100), 1)
    return None


def _of(
    value: Fraction,
    upper: Fraction | None,
    qualifier: str | None,
    *,
    kind: str | None,
    unit: str | None,
    places: int = 0,
    words: str = "",
) -> Values:
    """Make the set: from the kind of number first, then from what qualifies it."""
    if qualifier in BOUNDS:
        # From the number as it is given: 90 is not "more than 90", though 90.4 is.
        above = qualifier in {"over", "at least"}
        end = value if above or upper is None else upper
        return Values(end, end if above else -inf, inf if above else end, BOUNDS[qualifier], bound=True)
    if kind == "fraction" and 0 <= value <= 1 and units.standard(unit) == "ratio":
        low, high = _fraction(value, words)
    elif kind == "multiple" and 0 < value <= MOST_TIMES and places <= 0:
        low, high = _multiple(value)
    else:
        half = Fraction(1, 2) * Fraction(10) ** -places
        if places == 0 and kind != "multiple" and units.is_counted(unit):
            half = Fraction(0)  # a whole count is what it says: 375 people are neither 374 nor 376
        low, high = value - half, (value if upper is None else upper) + half
    if qualifier == "about":
        low, high = min(low, value - NEAR * abs(value)), max(high, (upper or value) + NEAR * abs(upper or value))
    elif qualifier == "nearly":
        low, high = min(low, value - NEAR * abs(value)), value
        return Values(value, low, high, (True, False))
    return Values(value, low, high, upper=upper)


_TINY, _LARGEST_SIMPLE = Fraction(1, 10**6), 10

# Fractions that people say: up to tenths. Below one in ten the next is one in twelve, and so above nine in ten.
_SIMPLE = sorted({Fraction(k, n) for n in range(1, 11) for k in range(n + 1)} | {Fraction(1, 12), Fraction(11, 12)})
_NEIGHBOURS = {
    one: ((below + one) / 2, (one + above) / 2)
    for (below, one), (_, above) in pairwise(pairwise([Fraction(0), *_SIMPLE, Fraction(1)]))
}


def _fraction(value: Fraction, words: str) -> tuple[Fraction, Fraction]:
    """Give the reach of a fraction: to the middle between it and the next simple fraction on either side.

    Two-thirds is from 64.6% to 68.3%: beyond, 5/8 or 7/10 is nearer. In "1 in 40" the 40 is a rounded number
    (35 to 45), and in "3 in 20" the 3 is one (2.5 to 3.5).
    """
    simple, digits = value.limit_denominator(10), re.findall(r"\d+", words.replace(",", ""))
    stated = int(digits[-1]) if digits else 0
    if abs(simple - value) < _TINY and stated <= _LARGEST_SIMPLE:
        return _NEIGHBOURS[simple]
    n = stated or round(1 / value)
    if abs(value * n - 1) < _TINY:
        half = Fraction(10 ** (len(str(n)) - len(str(n).rstrip("0"))), 2)
        return 1 / (n + half), 1 / (n - half)
    half = Fraction(1, 2 * (stated or value.limit_denominator(1000).denominator))
    return value - half, value + half


def _multiple(value: Fraction) -> tuple[Fraction, Fraction]:
    """Give the reach of "doubled" or "threefold": to the middle between it and the next half step.

    Doubled is 1.75 to 2.25. Halved is doubled the other way round: 1/2.25 to 1/1.75.
    """
    if value < 1:
        low, high = _multiple(1 / value)
        return 1 / high, 1 / low
    return value - Fraction(1, 4), value + Fraction(1, 4)
