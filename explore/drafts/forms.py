"""Forms: the form that a number is written in, and another number written in it."""

from __future__ import annotations

import re
from math import log10
from typing import TYPE_CHECKING

from explore import numbers
from explore.drafts.truths import same_as
from explore.numbers.numerals import DECADES, SMALL, read_spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explore.drafts.truths import Truth
    from explore.numbers import Number

_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


def spelled(number: int) -> str:
    """Spell out a whole number below a thousand.

    >>> spelled(7), spelled(42), spelled(310)
    ('seven', 'forty-two', 'three hundred and ten')
    """
    if number >= 100:
        return f"{SMALL[number // 100]} hundred" + (f" and {spelled(number % 100)}" if number % 100 else "")
    if number >= len(SMALL):
        return DECADES[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    return SMALL[number]


def restated(number: Number, context: str, truth: Truth) -> str | None:
    """Write what the register says in the form of a number, where that can be done and reads as true; else None."""
    for words in _ways(number, truth):
        there = context[: number.start] + words + context[number.end :]
        place = number.start, number.start + len(words)
        found = next((one for one in numbers.find(there) if (one.start, one.end) == place), None)
        if found and same_as(found, there, truth):
            return words
    return None


def _ways(number: Number, truth: Truth) -> Iterator[str]:
    """Write a value in digits with the decimals of the number, then of the register; or in words."""
    if truth.values is None or number.value is None or number.kind == "fraction":
        return
    words, value = number.words, abs(float(truth.values.given))
    if numeral := _NUMERAL.search(words):
        plain = numeral[0].replace(",", "")
        scale = abs(number.value / float(plain)) if float(plain) and number.value else 1  # 1.2 million: a million
        most = truth.places + max(round(log10(scale)), 0)
        marked = "," in numeral[0] or len(plain.partition(".")[0]) < 4
        for places in (min(len(plain.partition(".")[2]), most), most):
            said = f"{value / scale:,.{places}f}" if marked else f"{value / scale:.{places}f}"
            yield words[: numeral.start()] + said + words[numeral.end() :]
    elif value < 1000 and value == int(value) and (read := read_spelled(words)):
        said = spelled(int(value))
        yield (said.capitalize() if words[0].isupper() else said) + words[read[1] :]
