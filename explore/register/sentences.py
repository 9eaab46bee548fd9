"""Sentences that are filled in from rows: the braces of findings and titles, and what may stand outside them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from explore import numbers
from explore.register.schema import ID
from explore.terms import Mistake, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explore.register.reading import Library
    from explore.register.schema import Finding

_ID = rf"(?:{ID}/)?{ID}"
_BRACES = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(rf"(?P<a>{_ID})(?:\.\.(?P<b>{_ID})|\.(?P<field>n|period))?")


class Braces(NamedTuple):
    """What one pair of braces asks for: a number, the change from `a` to `b`, or a `field` of `a`."""

    start: int
    end: int
    a: str
    b: str | None = None
    field: str | None = None

    @property
    def keys(self) -> list[str]:
        """The ids that it names."""
        return [self.a, *([self.b] if self.b else [])]


def braces(sentence: str) -> Iterator[Braces]:
    """Yield what the braces of a sentence ask for; raise `ValueError` where one cannot be read.

    >>> [(one.a, one.b, one.field) for one in braces("From {x} to {a/y.n}: {x..a/y}")]
    [('x', None, None), ('a/y', None, 'n'), ('x', 'a/y', None)]
    """
    for found in _BRACES.finditer(sentence):
        inside = _INSIDE.fullmatch(found[1].strip())
        if inside is None:
            message = f"{found[0]} is not understood; write {{id}}, {{id.n}}, {{id.period}} or {{id..id}}"
            raise ValueError(message)
        yield Braces(*found.span(), inside["a"], inside["b"], inside["field"])
    if re.search("[{}]", _BRACES.sub("", sentence)):
        message = "holds a brace without its other half"
        raise ValueError(message)


def needed(one: Finding) -> list[str]:
    """List the ids of the rows that a finding stands on, each once."""
    pairs = [key for pair in (*one.rises, *one.falls) for key in pair]
    named = [key for each in braces(one.says) for key in each.keys]
    return list(dict.fromkeys([*one.needs, *one.verdict, *pairs, *one.lowest, *one.highest, *named]))


def check_sentences(library: Library, mistakes: list[Mistake]) -> None:
    """Check that titles hold no number, and that findings name known rows and hold none outside braces."""
    for register in library.registers.values():
        file = register.path.name
        for topic in register.topics:
            for words in _stated(topic.title):
                fix = "a title is true whatever the rows say: put numbers into a finding"
                mistakes.append(Mistake(file, f"topic {topic.id}", "title", words, fix))
        for one in register.findings:
            label = f"finding {one.id.partition('/')[2]}"
            mistakes += [Mistake(file, label, *fault) for fault in _faults(library, one)]


def _faults(library: Library, one: Finding) -> Iterator[tuple[str, object, str]]:
    try:
        keys = needed(one)
    except ValueError as error:
        yield "says", one.says, str(error)
        return
    known = library.statistics
    for key in keys:
        if key not in known:
            yield "needs", key, f"no register holds this statistic; {nearest(key, known)}"
    moved = [set(pair) for pair in (*one.rises, *one.falls)]
    for each in braces(one.says):
        if each.b and {each.a, each.b} not in moved:
            fix = f'write rises or falls = [["{each.a}", "{each.b}"]] too: it says which way the change goes'
            yield "says", one.says, fix
    periods = {part for key in keys if key in known for part in re.findall(r"\d+", known[key].period or "")}
    for words in _stated(_BRACES.sub("…", one.says)):
        digits = re.findall(r"\d+", words)
        if not digits or not periods.issuperset(digits):  # the years of its rows may be said
            yield "says", words, "a number stands in braces, such as {id}, so that it is said only while it is so"
    if not keys:
        yield "needs", None, "is missing; name the rows that the finding stands on"


@lru_cache(maxsize=10_000)
def _stated(sentence: str) -> list[str]:
    """List the numbers of a sentence that a scan would call statistics."""
    return [one.words for one in numbers.find(sentence) if one.suggested == "statistic"]
