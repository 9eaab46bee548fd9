"""Forms: the form that a number is written in, and another number written in it."""

import re
from collections.abc import Iterator
from math import log10

from explore import numbers
from explore.comparison import Comparison
from explore.drafts.truths import Truth, Truths
from explore.numbers import Number

_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()  # noqa: SIM905
_SMALL += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ANY = 6  # decimals of what is computed


def spelled(number: int) -> str:
    """Spell out a whole number below a hundred.

    >>> spelled(7), spelled(40), spelled(42)
    ('seven', 'forty', 'forty-two')
    """
    if number < len(_SMALL):
        return _SMALL[number]
    return _TENS[number // 10 - 2] + (f"-{_SMALL[number % 10]}" if number % 10 else "")


def restated(number: Number, context: str, truth: Truth, truths: Truths) -> str | None:
    """Write what the register says in the form of a number, where that can be done and reads as true; else None."""
    for words in _ways(number, truth):
        there = context[: number.start] + words + context[number.end :]
        place = number.start, number.start + len(words)
        found = next((one for one in numbers.find(there) if (one.start, one.end) == place), None)
        if found and truths.same(found, there, truth):
            return words
    return None


def _ways(number: Number, truth: Truth) -> Iterator[str]:
    """Write a value in digits, with the decimals of the number or else of the register; or in words."""
    row, words = truth.target, number.words
    value, places = (row.value, max(row.decimals, 0)) if row and not isinstance(row, Comparison) else (None, _ANY)
    if isinstance(row, Comparison):
        value = row.relative_change if number.kind == "percent" and number.unit == "percent" else row.change
    if value is None or number.value is None:
        return
    value = abs(value)
    if numeral := _NUMERAL.search(words):
        plain = numeral[0].replace(",", "")
        scale = abs(number.value / float(plain)) if float(plain) and number.value else 1  # of 1.2 million, a million
        most = places + max(round(log10(scale)), 0)
        marked = "," in numeral[0] or len(plain.partition(".")[0]) < 4
        for many in (min(len(plain.partition(".")[2]), most), most):
            said = f"{value / scale:,.{many}f}" if marked else f"{value / scale:.{many}f}"
            yield words[: numeral.start()] + said + words[numeral.end() :]
    elif 0 <= number.value < 100 and value < 100 and value == int(value):
        old, new = spelled(int(number.value)), spelled(int(value))
        if words.lower().startswith(old):
            yield (new.capitalize() if words[0].isupper() else new) + words[len(old) :]
