"""Quantities: one number with what is attached to it, its sign, currency, scale and unit."""

import re
from decimal import Decimal
from typing import NamedTuple
from unicodedata import numeric

from explore.numbers.context import is_plural, nouns
from explore.numbers.languages import Language
from explore.numbers.notation import Stated, read_digits, read_power, read_spelled


class Quantity(NamedTuple):
    """One number of a text with what is attached to it; `kind` and `unit` are None where nothing is."""

    start: int
    end: int
    value: Decimal
    decimals: int
    ambiguous: bool
    places: int = 0  # the zeros that a word of scale gives
    kind: str | None = None
    unit: str | None = None


def read(match: re.Match[str], words: Language, *, money: bool = False) -> Quantity | None:
    """Read the number that `head` found, with what is attached to it; `money` where an amount of money may follow."""
    text, end = match.string, match.end()
    if match["digits"]:
        stated = read_digits(match["digits"], comma=words.tables["comma"])
        if stated and match["power"]:
            power = read_power(match["power"])
            stated = stated._replace(value=stated.value.scaleb(power), decimals=stated.decimals - power)
    else:
        start = match.start("spelled")
        mixed = words.regex("of_mixed").search(text, start, end + 12)
        said = read_spelled(text[start : mixed.start()] if mixed else match["spelled"], words)
        stated, length = said or (None, 0)
        end = start + length
    if stated is None:
        return None
    paragraph = words.regex("blank_line").search(text, end, end + 40)
    tail = words.regex("tail").match(text, end, paragraph.start() if paragraph else len(text))
    found = tail and _attach(match, stated, tail, words, money=money)
    if not found or not match["sign"]:
        return found
    if match["sign"] in "-–" and words.regex("closed").match(text, found.end):
        return found._replace(start=match.end("sign"))
    return found._replace(value=-found.value) if match["sign"][0].lower() in "-−–mn" else found


def _attach(
    match: re.Match[str], stated: Stated, tail: re.Match[str], words: Language, *, money: bool
) -> Quantity | None:
    """Give a quantity its scale and its unit, where what follows is one."""
    start, letter = match.start(), tail["letter"]
    alone = Quantity(start, tail.start(), *stated)
    if tail.end() == tail.start() and not match["currency"]:
        return alone
    if letter and not money and not _is_scale(match, tail, words):
        if letter == "m":
            return alone._replace(end=tail.end("letter"), kind="measure", unit="m", ambiguous=True)
        return alone if tail["space"] else None
    places = words.table("letters")[letter.lower()] if letter else _places(tail["scale"], words)
    factor = Decimal(words.table("dozens")[tail["dozens"].lower()] if tail["dozens"] else 10**places)
    extra = _extra(tail, words) * (10**stated.places if tail["mixed"] and stated.places > 3 else 1)
    value, decimals = (stated.value + extra) * factor, stated.decimals - places + bool(extra)
    kind, unit, smaller = _unit(match, tail, words)
    if kind == "part":
        if not _is_part(stated.value, start, tail, words):
            return alone
        kind, value = "fraction", value / words.table("parts")[tail["part"].lower()]
    value, decimals = (value.scaleb(-smaller), decimals + smaller) if smaller else (value, decimals)
    return Quantity(start, tail.end(), value, decimals, stated.ambiguous, places + stated.places, kind, unit)


def _unit(match: re.Match[str], tail: re.Match[str], words: Language) -> tuple[str | None, str | None, int]:
    """Name the kind and the unit of what is attached, and how many places a coin is smaller: 412p is 4.12 pounds."""
    if tail["percent"]:
        return "percent", "percent", 0
    if tail["points"] or tail["basis"]:
        return "percent", "percentage points" if tail["points"] else "basis points", 0
    unit, smaller = _currency(match["currency"] or tail["money"], tail, words)
    if unit:
        return "money", unit, smaller
    if tail["permille"]:
        return "fraction", "per 1,000", 0
    if tail["fold"]:
        often = tail["times"] and words.regex("of_times").match(match.string, tail.end())
        return ("count", "times", 0) if often else ("multiple", "ratio", 0)
    if tail["part"]:
        return "part", "ratio", 0
    si = tail["si"] or (tail["touching"] or "").replace("C", "°C")
    return ("measure", si, 0) if si else (None, None, 0)


def _currency(sign: str | None, tail: re.Match[str], words: Language) -> tuple[str | None, int]:
    """Name a currency; a coin that many countries have is named as the text does: "pesos", "cents"."""
    if sign:
        mark = sign.strip().lower()
        return words.table("signs").get(mark) or mark.upper(), 0
    coin, small = (tail["coin"] or "").lower(), (tail["small"] or "").lower()
    nation = words.table("nations").get((tail["nation"] or tail["whose"] or "").lower())
    if coin:
        return nation or words.table("coins")[coin] or (coin if coin.endswith(("r", "s")) else f"{coin}s"), 0
    if small:
        whose = nation or ("GBP" if small == "p" else words.table("small_coins").get(small))
        return (whose, 2) if whose else (small if small.endswith("s") else "cents", 0)
    return None, 0


def _places(scale: str | None, words: Language) -> int:
    """Give the zeros of "million" and of "lakh crore"."""
    if not scale:
        return 0
    known = words.table("scales") | words.table("short")
    said = re.sub(r"[\s-]+", " ", scale.lower())
    return known[said] if said in known else sum(known[word] for word in said.split())


def _extra(tail: re.Match[str], words: Language) -> Decimal:
    """Give what "½", "1/2" and "and three quarters" add."""
    if tail["vulgar"]:
        return Decimal(str(numeric(tail["vulgar"])))
    if tail["over"]:
        return Decimal(tail["over"]) / Decimal(tail["under"]) if tail["under"] != "0" else Decimal(0)
    if not tail["mixed"]:
        return Decimal(0)
    said, parts = tail.groupdict(), words.table("parts")
    many = {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4}.get((said.get("many") or "").lower(), 1)
    return Decimal(many) / Decimal(parts[(said.get("nth") or next(iter(parts))).lower()])  # the first is the half


def _is_scale(match: re.Match[str], tail: re.Match[str], words: Language) -> bool:
    """Tell "310m euros", "7m people" and "5.7M" from "a 100m race", "4K" and "a 3M spokesman"."""
    if match["currency"] or tail["money"] or tail["coin"]:
        return True
    text, letter, digits = match.string, tail["letter"], match["digits"] or ""
    after = nouns(text, tail.end(), words)[:3]
    if after and after[0].lower() in words.set_of("lengths"):
        return False
    if any(is_plural(word, words) for word in after) or words.regex("more").match(text, tail.end()):
        return True
    return not tail["space"] and (
        letter == "k" or (letter in "KMB" and "." in digits) or (letter == "M" and len(digits) > 1)
    )


def _is_part(value: Decimal, start: int, tail: re.Match[str], words: Language) -> bool:
    """Tell "two-thirds" from "two third places" and "the past three quarters", which hold a count and no share."""
    single = words.pattern("part_plural") and not tail["parts"] and value != 1
    around = tail.string[max(0, start - 15) : tail.end() + 20]
    return not single and words.regex("of_parts").search(around) is None
