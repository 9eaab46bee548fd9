"""Amounts: one quantity, or two that make a range, a share or a rate, and what kind of number that is."""

import re
from decimal import Decimal

from explore.numbers import plain, quantities, ranges
from explore.numbers.context import qualifier
from explore.numbers.kinds import Number
from explore.numbers.languages import Language
from explore.numbers.notation import read_digits, read_spelled
from explore.numbers.quantities import Quantity

_FAR = 66  # characters: the longest three nouns, and a link


def read(match: re.Match[str], words: Language) -> Number | None:
    """Read a number, a range, a share or a rate that begins where a number was found."""
    text = match.string
    first = quantities.read(match, words)
    if first is None:
        return None
    if found := _parted(text, first, words):
        return found
    if match["spelled"] and first.kind is None and words.regex("is_article").fullmatch(text, first.start, first.end):
        return None
    spread = words.regex("plus_minus").match(text, first.end)
    joined = spread and match.re.match(text, spread.end())
    rest = quantities.read(joined, words) if joined else None
    if rest and (first.kind is None or rest.kind in (None, first.kind)):
        last = rest if first.kind is None else first
        return _number(text, first._replace(end=rest.end, kind=last.kind, unit=last.unit), None, words)
    return _number(text, *ranges.join(match, first, words), words)


def _number(text: str, first: Quantity, second: Quantity | None, words: Language) -> Number:
    """Lay out what was read as a number; what nothing is attached to is left to `plain`."""
    last = second or first
    start, end, kind, unit = first.start, last.end, last.kind, last.unit
    stands = end - len(unit or "")
    if kind == "measure" and unit == text[stands:end] and text[stands - 1].isspace() and not re.search(r"\d", unit):
        end -= len(unit) + 1  # "5 kg" is 5, of which kg is the unit, as in "5 weeks"
    found = Number(
        start,
        end,
        text[start:end],
        kind or "count",
        None if kind == "identifier" else _value(first),
        None if kind == "identifier" or second is None else _value(second),
        unit,
        qualifier(text, start, end, words),
        last.decimals,
        first.ambiguous or last.ambiguous,
    )
    if kind == "percent" and plain.is_level(text, found, words):
        return found._replace(suggested="dismissed")
    if kind == "measure":
        return plain.age(text, found, words)
    return found if kind else plain.read(text, found, words)


def _value(stated: Quantity) -> float:
    whole = stated.decimals <= 0 and stated.value == int(stated.value)
    return int(stated.value) if whole else float(stated.value)


def _base(words_of_it: str, words: Language) -> tuple[Decimal, int] | None:
    """Read the whole that a share is of, and how many characters it takes."""
    if words_of_it[-1].isdecimal():
        stated = read_digits(words_of_it, comma=words.tables["comma"])
        return (stated.value, len(words_of_it)) if stated else None
    said = read_spelled(words_of_it, words)
    return (said[0].value, said[1]) if said else None


def _parted(text: str, first: Quantity, words: Language) -> Number | None:
    """Read "one in five", "one woman in six" and "3 deaths per 1,000"; "5 in 12 districts" stays two numbers."""
    bare = first.kind is None and first.places == 0 and first.value > 0
    if not (bare or first.kind == "money") or not words.regex("near_share").search(text, first.end, first.end + _FAR):
        return None
    if bare and (rate := words.regex("rate_of").match(text, first.end)):
        base = _base(rate["base"], words)
        if base and base[0] >= 1 and base[0] == int(base[0]):
            end = rate.start("base") + base[1]
            if not plain.is_measure(text, end, words) or base[0] >= 1000:
                found = first._replace(end=end, kind="fraction", unit=f"per {int(base[0]):,}")
                return _number(text, found, None, words)
    share = words.regex("share_of").match(text, first.end)
    if share is None:
        return None
    if not bare:
        return _coin_in_coins(text, first, share, words)
    group = next(name for name in ("base", "root", "under") if share[name])
    base = _base(share[group], words)
    if base is None:
        return None
    zeros = words.table("scales")[share["scale"].lower()] if share["scale"] else 0
    whole, end = base[0].scaleb(zeros), share.end("scale") if zeros else share.start(group) + base[1]
    if not 0 < first.value <= whole:
        return None
    if not (share["under"] or share["every"] or _is_share(first, share, whole, end, words)):
        return None
    return _ratio(text, first, whole, end, words)


def _ratio(text: str, first: Quantity, whole: Decimal, end: int, words: Language) -> Number:
    found = first._replace(end=end, kind="fraction", unit="ratio", decimals=0)
    return _number(text, found, None, words)._replace(value=float(first.value / whole))


def _coin_in_coins(text: str, first: Quantity, share: re.Match[str], words: Language) -> Number | None:
    """Read "£1 in every £12" and "1p of every 10p"."""
    at = share.start("cost" if share["cost"] else "base")
    other = words.regex("whole_amount").match(text, at) if at >= 0 else None
    whole = quantities.read(other, words) if other else None
    alike = whole and (whole.unit == first.unit or (whole.kind is None and share["every"]))
    if whole is None or not alike or not 0 < first.value <= whole.value:
        return None
    return _ratio(text, first, whole.value, whole.end, words)


def _is_share(first: Quantity, share: re.Match[str], base: Decimal, end: int, words: Language) -> bool:
    """Tell "one in 12" and "8 out of 10" from "5 in 12 districts", "3 in 1999" and "one in six months"."""
    link, said = (share["link"] or share["tight"] or "").lower(), share["base"] or ""
    if share["tight"]:
        return True
    if plain.is_year(said) or plain.is_measure(share.string, end, words):
        return False
    if " " in link:  # out of
        return True
    round_base = base <= 10 or str(base).rstrip("0") in {"1", "2", "25", "3", "4", "5"}
    if share["noun"]:
        told = link not in {"of", "de", "von"}  # not "one team of 10 nurses"
        return told and round_base and first.value <= 3 and not plain.is_place(share.string, end, words)
    if link == "of":
        return round_base and first.value > 1
    return round_base or first.value == 1
