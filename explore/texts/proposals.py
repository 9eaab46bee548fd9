"""Proposals: what the words around a number tell of it, for a reader to confirm."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explore.numbers import Number

_WHEN = ("year", "years", "date")
_EARLIEST, _LATEST = 1500, 2100
_FROM = re.compile(r"\b(?:between|from)\s$", re.IGNORECASE)
_TO = re.compile(r"\s(?:and|to|until|till)\s")
_SAYS = (
    r"(?:says?|said|sa(?:ys|id) that|estimate[sd]?|reports|reported that|found|finds|told|claim(?:s|ed)|warn(?:s|ed))"
)
_NAME = r"[A-Z][\w’'&.-]*(?:\s(?:(?:of|for|the|and|on|de|in)\s)*[A-Z][\w’'&.-]*){0,7}"
_AGENT = r"[Tt]he\s(?:\w+\s){0,3}?\w+|[Pp]olice|[Oo]fficials|[Rr]esearchers|[Oo]rgani[sz]ers"
_STATED = re.compile(
    rf"\b[Aa]ccording\sto\s(?P<cited>(?:the\s)?{_NAME}|[^,.;:()\d]{{3,60}}?(?=[,.;:()]|\Z))"
    rf"|(?:^|[,;:“”\"]\s?|\bthat\s)(?:But\s|And\s)?(?P<before>{_NAME}|{_AGENT})(?:,[^,]{{1,60}},)?\s{_SAYS}\b"
    rf"|\b(?:said|says)\s(?P<after>(?:the\s)?{_NAME})",
)
_NO_NAME = re.compile(r"(?:He|She|They|It|We|I|You|Who|This|That|These|Those|There|Nobody|Some|Many|Most)\b|.*\d")
_DOES = (
    r"(?:(?:who|that|which)|(?:are|were|is|was|have|had|has|do|did|does|would|will|could|can|may|might|must|should|said"
    r"|say|says|report|reported|reporting|think|thought|believe|believed|want|wanted|live|lived|work|worked|work(?:ing)?"
    r"|use|used|felt|feel|knew|know|took|take|went|go|died|told|found|agreed|agree|voted|called|support|supported|oppose"
    r"|opposed|experienced|received|lost|left|made|paid|got|signed|came|come|killed|injured|arrested|convicted)\b)"
)
_POINTS = r"(?:of|in|on|for|or|and|to|from|them|these|those|us|you|whom|it|this|that|more|less|fewer|the|all)"
_WORD = r"[^\W\d][\w’'-]*"
_WHOM = re.compile(
    r"\s(?:of\s)?(?:(?:all|the|its|their|these|those|our)\s){0,2}(?:\d[\d,]*\s)?"
    rf"(?P<population>(?!{_DOES}|{_POINTS}\b){_WORD}(?:\s(?!{_DOES}){_WORD}){{0,6}}?)\s(?P<does>{_DOES}[^.,;:!?()\n]*)"
)
_LONGEST = 100  # characters of a measure
_OF = re.compile(r"\s(?:of|among)\s(?:(?:the|all|its|their|some|about|more\sthan|nearly|over)\s){0,3}")
_CASES = re.compile(r"\bn\s?=\s?", re.IGNORECASE)
_PART = re.compile(r"[^.;()\d]{0,40}?(?:\s\(|,?\sor\s(?:about\s|some\s|nearly\s)?)", re.IGNORECASE)
_WHOLE = re.compile(r"\s\((?:n\s?=\s?)?", re.IGNORECASE)
_RISE = re.compile(r"[^.;\d]{0,60}?\sto\s(?:(?:about|some|over|nearly|almost|just)\s)?", re.IGNORECASE)
_NEAR = 12  # numbers on either side among which the whole of a share is looked for


class Place(NamedTuple):
    """A number of a text that may be a statistic: its id in the register, its sentence, whether it is a change."""

    number: Number
    start: int
    end: int
    id: str
    unit: str | None


def propose(words: str, found: Sequence[Number], places: Sequence[Place]) -> list[dict[str, object]]:
    """Give what can be proposed for each number, by field of a register. Nothing here is sure.

    The period is a year of its sentence, else the last one named before; `stated_by` whom the sentence names;
    `population` and `measure` what follows the number; `n` and `derived` what its neighbours say.
    """
    years = [one for one in found if one.kind in _WHEN and one.value and _EARLIEST <= one.value <= _LATEST]
    starts = [one.start for one in years]
    proposed = []
    for at, place in enumerate(places):
        fields = {
            **_whom(words, place),
            "period": _period(words, place, years, starts),
            "stated_by": _stated_by(words[place.start : place.end]),
            **_from_neighbours(words, places, at),
        }
        proposed.append({name: value for name, value in fields.items() if value is not None})
    return proposed


def _period(words: str, place: Place, years: list[Number], starts: list[int]) -> object:
    inside = years[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
    if not inside:
        before = bisect_right(starts, place.start) - 1
        return _said(years[before]) if before >= 0 else None
    number = place.number
    nearest = min(inside, key=lambda one: max(one.start - number.end - 1, number.start - one.end))
    for first, last in pairwise(inside):
        both = _TO.fullmatch(words, first.end, last.start) and _FROM.search(
            words[max(0, first.start - 9) : first.start]
        )
        if both and nearest in (first, last) and number.kind not in _WHEN:
            return f"{first.value:.0f}/{last.value:.0f}" if (first.value or 0) < (last.value or 0) else None
    return _said(nearest)


def _said(year: Number) -> object:
    return int(year.value or 0) if year.upper is None else f"{year.value:.0f}/{year.upper:.0f}"


def _stated_by(sentence: str) -> str | None:
    for match in _STATED.finditer(" ".join(sentence.split())):
        named = str(match[match.lastgroup or 0]).strip().removesuffix("’s").removesuffix("'s").rstrip(".")
        if named and not _NO_NAME.match(named):
            return named
    return None


def _whom(words: str, place: Place) -> dict[str, str]:
    """Read "of women in the city said that …": whom, and what they are counted for."""
    number = place.number
    match = _WHOM.match(words, number.end, place.end) if number.kind in ("percent", "fraction", "count") else None
    if match is None or place.unit == "percent change":
        return {}
    population, does = (" ".join(match[name].split()) for name in ("population", "does"))
    counted = "number" if number.kind == "count" else "share"
    link = "" if does.startswith(("who ", "that ", "which ")) else "that "
    return {"measure": f"{counted} {link}{does}"[:_LONGEST].strip(), "population": population}


def _from_neighbours(words: str, places: Sequence[Place], at: int) -> dict[str, object]:
    """Propose the whole that a share is taken of, and the numbers that it was computed from."""
    number = places[at].number
    before, after = places[at - 1 : at] if at else [], places[at + 1 : at + 2]
    if number.kind != "percent" or number.value is None:
        return {}
    if places[at].unit == "percent change":
        return _change(words, places, at)
    parts = [one for one in before if _PART.fullmatch(words, one.number.end, number.start)]
    parts += [one for one in after if _WHOLE.fullmatch(words, number.end, one.number.start)]
    parts = [one for one in parts if one.number.kind == "count" and one.number.value]
    near = sorted({*range(at - _NEAR, at + _NEAR)} & {*range(len(places))}, key=lambda one: abs(one - at))
    for part in parts:
        for whole in (places[one] for one in near):
            if whole.number.kind == "count" and _is_share(part.number, whole.number, number):
                return {"derived": {"share": [part.id, whole.id]}, "n": whole.number.value}
    for one in after:
        of = _OF.fullmatch(words, number.end, one.number.start) or _CASES.search(words[number.end : one.number.start])
        if of and one.number.kind == "count" and isinstance(one.number.value, int) and one.number.value > 0:
            return {"n": one.number.value}
    return {}


def _is_share(part: Number, whole: Number, share: Number) -> bool:
    if not part.value or not isinstance(whole.value, int) or whole.value <= part.value:
        return False
    return abs(100 * part.value / whole.value - (share.value or 0)) <= 0.5 * 10**-share.decimals


def _change(words: str, places: Sequence[Place], at: int) -> dict[str, object]:
    """Read "from A to B, up C%" and "C% from A to B"."""
    near = [one for one in places[max(0, at - 3) : at + 4] if one.start == places[at].start]
    for first, last in pairwise(near):
        if places[at] in (first, last) or first.number.kind != last.number.kind:
            continue
        before = words[max(0, first.number.start - 20) : first.number.start]
        if re.search(r"\bfrom\s(?:\w+\s)?$", before) and _RISE.fullmatch(words, first.number.end, last.number.start):
            return {"derived": {"percent_change": [first.id, last.id]}}
    return {}
