"""Ranges: two quantities that are the ends of one, and what tells them from a change and from a list."""

import re

from explore.numbers import plain, quantities
from explore.numbers.context import REACH
from explore.numbers.languages import Language
from explore.numbers.quantities import Quantity


def join(match: re.Match[str], first: Quantity, words: Language) -> tuple[Quantity, Quantity | None]:
    """Join "2.5 to 4 million", "between $4 and $5 million" and "11 – 14%"; give a scale and a unit to both ends."""
    text = match.string
    link = words.regex("between_ends").match(text, first.end)
    other = link and match.re.match(text, link.end())
    if link is None or other is None or (other["sign"] and link["dash"]):
        return first, None
    second = quantities.read(other, words, money=first.kind == "money")
    if second is None:
        return first, None
    if plain.is_year(text[first.start : first.end]) and link["dash"] is None:
        return first, None
    pair = _alike(first, second, signed=bool(other["currency"]))
    before = text[max(0, first.start - REACH) : first.start]
    if pair is None or not _carries(pair, link, before, words):
        return first, None
    if _joins((first, second), link, before, words):
        if pair[0].value < pair[1].value:
            return pair
        if len(link[0]) == 1 and second.kind is None:
            return pair[0]._replace(kind="identifier"), pair[1]._replace(kind="identifier")
    return pair[0], None


def _alike(first: Quantity, second: Quantity, *, signed: bool) -> tuple[Quantity, Quantity] | None:
    """Give two ends one scale and one unit, as "2.5 to 4 million" and "£5–10m" mean; None where units differ."""
    if first.unit == "m" and second.unit != "m":
        first = first._replace(kind=None, unit=None)
    if first.places == 0 and second.places and first.value < second.value.scaleb(-second.places):
        scaled = first.value.scaleb(second.places)
        first = first._replace(value=scaled, decimals=first.decimals - second.places, places=second.places)
    if first.kind == "money" and second.kind is None:
        second = second._replace(kind="money", unit=first.unit)
    if first.kind is None and not signed:
        first = first._replace(kind=second.kind, unit=second.unit)
    return (first, second) if (first.kind, first.unit) == (second.kind, second.unit) else None


def _carries(pair: tuple[Quantity, Quantity], link: re.Match[str], before: str, words: Language) -> bool:
    """Tell "5 or 6 percent" and "20 and 30 percent" from "(2,350 or 62 percent)" and "5,600 and 14 percent"."""
    first, second = pair
    if link["comma"]:
        return words.regex("interval_before").search(before) is not None
    if link["or"]:
        return not before.endswith("(") and first.value <= second.value <= 2 * first.value
    if link["and"] and not words.regex("between_before").search(before):
        listed = words.regex("listing_before").search(before) is not None
        return second.kind == "percent" and first.value <= 100 and listed
    return second.kind != "percent" or first.value <= 100 or first.value <= second.value


def _joins(pair: tuple[Quantity, Quantity], link: re.Match[str], before: str, words: Language) -> bool:
    """Tell a range from a change ("from 5 to 10", "rose 5% to 60%"), two years, and two numbers of a list."""
    text, (first, second) = link.string, pair
    years = [plain.is_year(text[one.start : one.end]) for one in (first, second)]
    if any(years) and (all(years) or not link["dash"] or " " in link[0]):
        return False
    if link["to"]:
        if second.kind is None and words.regex("no_range_behind").match(text, second.end):
            return False
        if second.kind in {None, "measure"} and plain.is_measure(text, second.end, words):
            return words.regex("moved_before").search(before) is None
        changed = first.kind and words.regex("changed_before").search(before)
        return bool(words.regex("ranging_before").search(before)) or not (
            changed or words.regex("from_before").search(before)
        )
    between = link["and"] and words.regex("between_before").search(before)
    return bool(link["dash"] or link["comma"] or between)
