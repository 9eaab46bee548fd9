"""Proposals: what the words around a number tell of it, for a reader to confirm."""

import re
import textwrap
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from explore.numbers import Number
from explore.texts.languages import VOCABULARY

_WHEN = ("year", "years", "date")
_EARLIEST, _LATEST = 1500, 2100
_LONGEST = 100  # characters of a measure
_NEAR = 12  # numbers on either side among which the whole of a share is looked for
_GIVEN = tomli.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_PIECES = {"verbs": rf"(?:{'|'.join(VOCABULARY['verbs'].split())})\b", **_GIVEN["pieces"]}


def _filled(pattern: str) -> str:
    """Put the pieces that a pattern names in their places."""
    return re.sub(r"\{([a-z]+)\}", lambda piece: _filled(_PIECES[piece[1]]), pattern.replace("\n", ""))


_PATTERNS = {name: re.compile(_filled(pattern)) for name, pattern in _GIVEN["patterns"].items()}


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
    told = [one for one in inside if _PATTERNS["in"].fullmatch(words, number.end, one.start)]
    nearest = (told or sorted(inside, key=lambda one: max(one.start - number.end, number.start - one.end)))[0]
    for first, last in pairwise(inside):
        both = _PATTERNS["to"].fullmatch(words, first.end, last.start) and _PATTERNS["from"].search(
            words[max(0, first.start - 9) : first.start]
        )
        if both and nearest in (first, last) and (first.value or 0) < (last.value or 0):
            return f"{first.value:.0f}/{last.value:.0f}"
    return _said(nearest)


def _said(year: Number) -> object:
    return int(year.value or 0) if year.upper is None else f"{year.value:.0f}/{year.upper:.0f}"


def _stated_by(sentence: str) -> str | None:
    for match in _PATTERNS["stated"].finditer(" ".join(sentence.split())):
        named = str(match[match.lastgroup or 0]).strip().removesuffix("’s").removesuffix("'s").rstrip(".")
        if named and not _PATTERNS["no_name"].match(named):
            return named
    return None


def _whom(words: str, place: Place) -> dict[str, str]:
    """Read "of women in the city said that …" and "among women, 7% said": whom, and what they are counted for."""
    number = place.number
    if number.kind not in ("percent", "fraction", "count") or place.unit == "percent change":
        return {}
    match, before = (
        _PATTERNS["whom"].match(words, number.end, place.end),
        _PATTERNS["among"].search(words[place.start : number.start]),
    )
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
    parts = [one for one in before if _PATTERNS["part"].fullmatch(words, one.number.end, number.start)]
    parts += [one for one in after if _PATTERNS["parts"].fullmatch(words, number.end, one.number.start)]
    for part in parts:
        for whole in sorted(
            places[max(0, at - _NEAR) : at + _NEAR], key=lambda one: abs(one.number.start - number.start)
        ):
            if _is_share(part.number, whole.number, number):
                return {"derived": {"share": [part.id, whole.id]}, "n": whole.number.value}
    between = [(one.number, words[number.end : one.number.start]) for one in after]
    sizes = [one for one, link in between if _PATTERNS["of"].fullmatch(link) or _PATTERNS["cases"].fullmatch(link)]
    if not sizes and not words.startswith(" of ", number.end):  # "of 220 women, 7%", but not "7% of the men"
        asked = [one.number for one in places[max(0, at - _NEAR) : at] if one.start == places[at].start]
        sizes = [one for one in asked if _PATTERNS["asked"].search(words[places[at].start : one.start])]
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
        begun = _PATTERNS["first"].search(words[max(0, first.number.start - 20) : first.number.start])
        if (
            begun
            and first.number.kind == last.number.kind
            and _PATTERNS["then"].fullmatch(words, first.number.end, last.number.start)
        ):
            return {"derived": {"percent_change": [first.id, last.id]}}
    return {}
