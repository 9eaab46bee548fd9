"""Units: which spellings are one unit, and which units convert into each other."""

import re
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path

import tomli

from explore.numbers.languages import LANGUAGES, language

_TABLES = tomli.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SPELLINGS: dict[str, str] = _TABLES["spellings"]
_SCALES: dict[str, int] = _TABLES["scales"]
_HUNDREDTHS: dict[str, str] = _TABLES["hundredths"]
NO_SCALE = frozenset(_TABLES["no_scale"])
"""Units without a zero to divide by."""

HUNDREDTHS = frozenset({"percent", "percent change", "percentage points"})
"""Units that are alike in words and sign, and yet not one unit."""

_RATE = re.compile(r"per ([1-9][\d,. ]*\d)\b(.*)")
_SCALE = re.compile(rf"({'|'.join(_SCALES)})s? (?:of )?(.+)")


@lru_cache(maxsize=10_000)
def standard(unit: str | None) -> str:
    """Return the one spelling of a unit, "" where none is known.

    >>> standard("%"), standard(" Per  1000"), standard("Percent")
    ('percent', 'per 1,000', 'percent')
    """
    text = " ".join((unit or "").casefold().split())
    text = _SPELLINGS.get(text, text)
    if rate := _RATE.fullmatch(text):
        return f"per {int(re.sub(r'[,. ]', '', rate[1])):,}{rate[2]}"
    return text


def _parts(unit: str | None) -> tuple[str, Fraction]:
    """Split a unit into what it is a multiple of, and how many of that."""
    text = standard(unit)
    if rate := _RATE.fullmatch(text):
        return f"ratio{rate[2]}", Fraction(1, int(rate[1].replace(",", "")))
    if scale := _SCALE.fullmatch(text):
        base, factor = _parts(scale[2])
        return base, factor * _SCALES[scale[1]]
    return (_HUNDREDTHS[text], Fraction(1, 100)) if text in _HUNDREDTHS else (text, Fraction(1))


@lru_cache(maxsize=10_000)
def factor(unit: str | None, other: str | None) -> Fraction | None:
    """Return what a number in one unit is to be taken times to be in the other; None where it cannot be.

    Percentage points are not percent: they are the difference of two shares, not a share.

    >>> factor("percent", "ratio"), factor("per 1,000", "per 100,000"), factor("percent", "percentage points")
    (Fraction(1, 100), Fraction(100, 1), None)
    """
    (base, one), (known, two) = _parts(unit), _parts(other)
    return one / two if base == known else None


@cache
def _measured() -> frozenset[str]:
    """Give the units of what is measured, not counted: a whole number of them is a rounded one."""
    return frozenset(_TABLES["measured"]).union(*(language(code).set_of("measures") for code in LANGUAGES)) - {"year"}


def is_change(unit: str | None) -> bool:
    """Say whether a unit is that of a change: percent change, or points between two shares."""
    return standard(unit) in _TABLES["changes"]


@lru_cache(maxsize=10_000)
def is_counted(unit: str | None) -> bool:
    """Say whether a unit counts whole things: neither shares, rates, changes nor what is measured or paid.

    >>> is_counted("people"), is_counted("percent"), is_counted("hours"), is_counted("cases a year")
    (True, False, False, False)
    """
    text = standard(unit)
    if re.fullmatch("[A-Z]{3}", unit or "") or re.search(r"\bper\b|\ba(?:n|) (?:year|month|week|day|hour)\b|/", text):
        return False
    return _parts(unit)[1] == 1 and text not in {*_TABLES["shares"], *_TABLES["changes"]} | _measured()
