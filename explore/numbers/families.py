"""Families: what a pattern is, and the number that it makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from explore.numbers.kinds import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from explore.numbers.languages import Language


class Pattern(NamedTuple):
    """How a form of number is found and read; `cues` are words or signs of which a text must hold one, if any."""

    read: Callable[[re.Match[str], Language], Number | None]
    pattern: str | re.Pattern[str]
    cues: Iterable[str] = ()


def as_kind(
    kind: str, match: re.Match[str], value: float | None = None, upper: float | None = None, unit: str | None = None,
    *, ambiguous: bool = False,
) -> Number:  # fmt: skip
    """Make the number that a match as a whole is."""
    return Number(*match.span(), match[0], kind, value, upper, unit, ambiguous=ambiguous)


def code(match: re.Match[str], _: Language) -> Number | None:
    """Read a name or a code: digits that count nothing."""
    return as_kind("identifier", match) if re.search(r"\d", match[0]) else None


def time(match: re.Match[str], _: Language) -> Number:
    """Read a time of day."""
    return as_kind("time", match)
