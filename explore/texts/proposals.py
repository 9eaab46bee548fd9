"""Proposals: what the words around a number tell of it, for a reader to confirm."""

import re
import textwrap
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from explore.numbers import Number
from explore.texts.languages import VOCABULARY

_WHEN = ("year", "years", "date")
_EARLIEST, _LATEST = 1500, 2100
_FROM = re.compile(r"\b(?:between|from)\s$", re.IGNORECASE)
_TO = re.compile(r"\s(?:and|to|until|till)\s")
_IN = re.compile(r"[^.,;:()\d]{0,40}\b(?:in|for|during)\s(?:early\s|late\s|mid-)?")

# Who says so: "according to the Ministry", "Jane Doe, who leads it, said", "the police said", "said Jane Doe".
_NAME = r"[A-Z][\w’'&.-]*(?:\s(?:(?:of|for|the|and|on|de|in)\s)*[A-Z][\w’'&.-]*){0,7}"
_AGENT = r"[Tt]he\s(?:\w+\s){0,3}?\w+|[Pp]olice|[Oo]fficials|[Rr]esearchers|[Oo]rgani[sz]ers"
_SAYS = r"(?:says?|said|estimate[sd]?|report(?:s|ed)\sthat|finds?|found|told|claim(?:s|ed)|warn(?:s|ed))"
_STATED = re.compile(
    rf"\b[Aa]ccording\sto\s(?P<cited>(?:the\s)?{_NAME}|[^,.;:()\d]{{3,60}}?(?=[,.;:()]|\Z))"
    rf"|(?:^|[,;:“”\"]\s?|\bthat\s)(?:But\s|And\s)?(?P<before>{_NAME}|{_AGENT})(?:,[^,]{{1,60}},)?\s{_SAYS}\b"
    rf"|\b(?:said|says)\s(?P<after>(?:the\s)?{_NAME})",
)
_NO_NAME = re.compile(r"(?:He|She|They|It|We|I|You|Who|This|That|These|Those|There|Nobody|Some|Many|Most)\b|.*\d")

# Of whom, and what for: "of women in Leeds | said that they …". A verb ends the first and begins the second.
_DOES = rf"(?:{'|'.join(VOCABULARY['verbs'].split())})\b"
_POINTS = r"(?:of|in|on|for|or|and|to|from|them|these|those|us|you|whom|it|this|more|less|fewer|the|all)\b"
_WORD = r"[^\W\d][\w’'-]*"
_PHRASE = rf"(?!{_DOES}|{_POINTS}){_WORD}(?:\s(?!{_DOES}){_WORD}){{0,6}}?(?<!\sand)(?<!\sor)"
_ALL = r"(?:(?:all|the|its|their|these|those|our)\s){0,2}(?:\d[\d,]*\s)?"
_WHOM = re.compile(
    rf"\)?(?:\s(?:of\s)?{_ALL}(?P<population>{_PHRASE}))?\s(?P<does>{_DOES}(?:[^.,;:!?()\n]|[.,](?=\d))*)"
)
_AMONG = re.compile(
    rf"\b(?:[Aa]mong|[Oo]f)\s{_ALL}(?P<population>{_PHRASE})(?:\s(?:{_DOES}|aged|asked|surveyed)[^.;:]*)?,\s(?:\w+\s)?\Z"
)
_LONGEST = 100  # characters of a measure

# Of how many: "7% of the 220", "7% (n=220)", "of 220 asked, 7%"; "9,870 (35%)", "24,100 or 75 percent", "35% (9,870)".
_OF = re.compile(r"\s(?:of|among)\s(?:(?:the|all|its|their|some|about|more\sthan|nearly|over)\s){0,3}")
_CASES = re.compile(r"\s\(n\s?=\s?", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:[Oo]f|among|with|asked|surveyed|interviewed|polled)\s(?:(?:the|all|some|about)\s){0,2}\Z")
_PART = re.compile(r"[^.;()\d]{0,40}?(?:\s\(|,?\sor\s(?:about\s|some\s|nearly\s)?)", re.IGNORECASE)
_PARTS = re.compile(r"\s\((?:n\s?=\s?)?", re.IGNORECASE)
_NEAR = 12  # numbers on either side among which the whole of a share is looked for

# A change: "from 400 in 2012 to 460 …, up 15%".
_FIRST = re.compile(r"\bfrom\s(?:\w+\s)?\Z")
_THEN = re.compile(r"(?:[^.;\d]{0,40}?\b\d{4})?[^.;\d]{0,60}?\sto\s(?:(?:about|some|over|nearly|almost|just)\s)?")


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
    proposed = list[dict[str, object]]()
    whose = dict[object, object]()  # the population of each id: a share is of those whom its part counts
    for at, place in enumerate(places):
        fields: dict[str, Any] = {
            **_whom(words, place),
            "period": _period(words, place, years, starts),
            "stated_by": _stated_by(words[place.start : place.end]),
            **_from_neighbours(words, places, at),
        }
        part = next(iter(fields.get("derived", {}).get("share", [])), None)
        whose[place.id] = fields.setdefault("population", whose.get(part))
        proposed.append({name: value for name, value in fields.items() if value is not None})
    return proposed


def _period(words: str, place: Place, years: list[Number], starts: list[int]) -> object:
    inside = years[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
    if not inside:
        before = bisect_right(starts, place.start) - 1
        return _said(years[before]) if before >= 0 else None
    number = place.number
    told = [one for one in inside if _IN.fullmatch(words, number.end, one.start)]
    nearest = (told or sorted(inside, key=lambda one: max(one.start - number.end, number.start - one.end)))[0]
    for first, last in pairwise(inside):
        both = _TO.fullmatch(words, first.end, last.start) and _FROM.search(
            words[max(0, first.start - 9) : first.start]
        )
        if both and nearest in (first, last) and (first.value or 0) < (last.value or 0):
            return f"{first.value:.0f}/{last.value:.0f}"
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
    """Read "of women in the city said that …" and "among women, 7% said": whom, and what they are counted for."""
    number = place.number
    if number.kind not in ("percent", "fraction", "count") or place.unit == "percent change":
        return {}
    match, before = _WHOM.match(words, number.end, place.end), _AMONG.search(words[place.start : number.start])
    counted = place.unit if number.kind == "count" and place.unit != "number" else None
    named = (match and match["population"]) or (before and before["population"]) or counted
    told = {"population": " ".join(named.split())} if named else {}
    if match:
        link = "" if match["does"].startswith(("who ", "that ", "which ")) else "that "
        measure = f"{'number' if number.kind == 'count' else 'share'} {link}{match['does']}"
        told["measure"] = textwrap.shorten(measure, _LONGEST, placeholder="")
    return told


def _from_neighbours(words: str, places: Sequence[Place], at: int) -> dict[str, object]:
    """Propose the whole that a share is taken of, and the numbers that it was computed from."""
    number = places[at].number
    if number.kind != "percent" or number.value is None:
        return {}
    if places[at].unit == "percent change":
        return _change(words, places, at)
    before, after = places[max(0, at - 1) : at], places[at + 1 : at + 2]
    parts = [one for one in before if _PART.fullmatch(words, one.number.end, number.start)]
    parts += [one for one in after if _PARTS.fullmatch(words, number.end, one.number.start)]
    for part in parts:
        for whole in sorted(
            places[max(0, at - _NEAR) : at + _NEAR], key=lambda one: abs(one.number.start - number.start)
        ):
            if _is_share(part.number, whole.number, number):
                return {"derived": {"share": [part.id, whole.id]}, "n": whole.number.value}
    between = [(one.number, words[number.end : one.number.start]) for one in after]
    sizes = [one for one, link in between if _OF.fullmatch(link) or _CASES.fullmatch(link)]
    if not sizes and not words.startswith(" of ", number.end):  # "of 220 women, 7%", but not "7% of the men"
        asked = [one.number for one in places[max(0, at - _NEAR) : at] if one.start == places[at].start]
        sizes = [one for one in asked if _ASKED.search(words[places[at].start : one.start])]
    return next(({"n": one.value} for one in sizes[::-1] if _is_whole(one)), {})


def _is_whole(number: Number) -> bool:
    return number.kind == "count" and isinstance(number.value, int) and bool(number.value > 0)


def _is_share(part: Number, whole: Number, share: Number) -> bool:
    if not (_is_whole(part) and _is_whole(whole) and (part.value or 0) < (whole.value or 0)):
        return False
    return abs(100 * (part.value or 0) / (whole.value or 1) - (share.value or 0)) <= 0.5 * 10.0**-share.decimals


def _change(words: str, places: Sequence[Place], at: int) -> dict[str, object]:
    """Read "from A to B, up C%" and "C% from A to B"."""
    near = [one for one in places[max(0, at - 3) : at + 4] if one.start == places[at].start and one != places[at]]
    for first, last in pairwise(near):
        begun = _FIRST.search(words[max(0, first.number.start - 20) : first.number.start])
        if (
            begun
            and first.number.kind == last.number.kind
            and _THEN.fullmatch(words, first.number.end, last.number.start)
        ):
            return {"derived": {"percent_change": [first.id, last.id]}}
    return {}
