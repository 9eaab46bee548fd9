"""Quantities: one number with what is attached to it, its sign, currency, scale and unit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import numeric

from explore.numbers import currencies
from explore.numbers.context import is_plural, nouns
from explore.numbers.languages import WORD_END, any_of
from explore.numbers.notation import NUM, POWER, Stated, read_digits, read_power, read_spelled, run

if TYPE_CHECKING:
    from explore.numbers.languages import Language


class Quantity(NamedTuple):
    """One number of a text with what is attached to it; `kind` and `unit` are None where nothing is."""

    start: int
    end: int
    bare_end: int  # where its digits or number words end
    value: Decimal
    decimals: int
    ambiguous: bool
    places: int = 0  # the zeros that a word of scale gives
    kind: str | None = None
    unit: str | None = None


# A minus belongs to its number only where nothing stands before it: "10-15", "(3)-5" and "COVID-19" have none.
# An en dash is one after a space only. A plus is a sign, not the word "over".
SIGN = (
    r"(?P<sign>(?<![)\]%\w-])[-−]|(?<![^\s(])[–+]|(?<!\w)(?:±|\+/[-−]|plus\sor\sminus)\s?|(?<!\w)(?:minus|negative)\s)?"
)
# "Most -64%- were women": a second dash closes what the first opened.
_CLOSED = re.compile(r"(?:\s[^\W\d_]+){0,4}[-–](?=[\s,.;])")
_LETTERS = {"k": 3, "m": 6, "b": 9, "t": 12}
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
# Units in signs. One letter alone must touch its number: "5 g", "5 s" may be anything.
_RATIO = r"(?:[kcmµμn]?m|k?g|[mµμn]g|mcg|[mdµ]?l|m?mol|k?cal|[kM]?bit|GB|MB)/(?:s|h|[dm]?[lL]|kg|g|m[²³23]?|min|day)"
_LENGTH = r"(?:kilo|centi)?(?:met(?:re|er)s?)|feet|foot|miles?|yards?|inch(?:es)?|km|ft|m"
_AREA = rf"[kcm]?m[²³]|[kc]?m[23](?!\d)|(?:square|sq\.?|cubic)\s(?:{_LENGTH})"
_SIGNS = (
    r"k[mg]|[mµμ]g|mcg|[cmµμn]m|ml|ft|lbs?|ha|[kMGT]Wh|[kMG]W|[MGT]B|[MG]bps|[kMG]?Hz|dB|mmHg|bpm|ppm|[mk]ph|kcal|mins?"
    r"|hrs?|°\s?[CF]?|nautical\smiles|light[\s-]years"
)
_SI = rf"[\s-]?(?P<si>(?-i:{_RATIO}|{_AREA}|{_SIGNS}))|(?P<touching>(?-i:[hgslC]))"


@cache
def head(words: Language) -> re.Pattern[str]:
    """Give the pattern of a number with its sign and the currency before it."""
    return re.compile(
        rf"(?<!\w){SIGN}(?:(?P<currency>(?-i:{currencies.BEFORE}))?(?P<digits>{NUM})(?P<power>{POWER})?"
        rf"|(?P<spelled>{run(words)}))",
        re.IGNORECASE,
    )


@cache
def _tail(words: Language) -> re.Pattern[str]:
    """Give the pattern of what may be attached; the name of the group that matched says what the number is."""
    scale = rf"(?:{any_of([*words.table('scales'), *words.table('short')])})"
    dozens = rf"(?:{any_of(words.table('dozens'))})"
    return re.compile(
        rf"""(?P<mixed>[\s-]{{1,2}}{words.pattern("mixed")}(?!\w|\sof\s))?
        (?:(?P<vulgar>[¼-¾⅐-⅞])|[\s-](?P<over>\d)/(?P<under>\d)(?![\d/]))?
        (?:[\s-]{{0,2}}(?P<scale>{scale}(?:[\s-]{scale})?)s?(?!\w)|[\s-](?P<dozens>{dozens})(?!\w)
          |(?P<space>[\s-]?)(?P<letter>(?-i:[kKmMbBT]))(?!\w|/[a-z]))?
        (?:[\s-]{{0,2}}(?P<points>{words.pattern("points")}){WORD_END}
        |[\s-](?P<basis>{words.pattern("basis")}){WORD_END}
        |\s?(?P<permille>‰|{words.pattern("permille")}{WORD_END})
        |[\s-]{{0,2}}(?P<percent>[%％٪]|(?:{words.pattern("percent")}){WORD_END})
        |(?P<fold>(?:{words.pattern("fold")})(?!\w)|[x×](?!\w)|[\s-]{{1,2}}(?P<times>{words.pattern("times")})(?!\w))
        |{currencies.after(words)}
        |[\s-](?P<part>{any_of(words.table("parts"))})(?P<parts>{words.pattern("part_plural")})(?!\w)
        |{_SI})?
        (?:(?<=[%％٪])|{WORD_END})""",
        re.VERBOSE | re.IGNORECASE,
    )


def read(match: re.Match[str], words: Language, *, money: bool = False) -> Quantity | None:
    """Read the number that `head` found, with what is attached to it; `money` where an amount of money may follow."""
    text, bare_end = match.string, match.end()
    if match["digits"]:
        stated = read_digits(match["digits"], comma=words.has("comma"))
        power = read_power(match["power"]) if match["power"] else 0
        stated = stated and stated._replace(value=stated.value.scaleb(power), decimals=stated.decimals - power)
    else:
        mixed = re.search(rf"[\s-]{words.pattern('mixed')}(?!\w|\sof\s)", text[match.start("spelled") : bare_end + 12])
        said = read_spelled(match["spelled"][: mixed.start()] if mixed else match["spelled"], words)
        stated, length = said or (None, 0)
        bare_end = match.start("spelled") + length
    paragraph = _BLANK_LINE.search(text, bare_end, bare_end + 40)
    tail = _tail(words).match(text, bare_end, paragraph.start() if paragraph else len(text))
    if stated is None or tail is None:
        return None
    found = _attach(match, stated, bare_end, tail, words, money=money)
    if found is None or not match["sign"]:
        return found
    if match["sign"] in "-–" and _CLOSED.match(text, found.end):
        return found._replace(start=match.end("sign"))
    return found._replace(value=-found.value) if match["sign"][0].lower() in "-−–mn" else found


def _attach(
    match: re.Match[str], stated: Stated, bare_end: int, tail: re.Match[str], words: Language, *, money: bool
) -> Quantity | None:
    """Give a quantity its scale and its unit, where what follows is one."""
    alone = Quantity(match.start(), bare_end, bare_end, stated.value, stated.decimals, stated.ambiguous, stated.places)
    if tail.end() == bare_end and not match["currency"]:
        return alone
    letter = tail["letter"]
    if letter and not money and not _is_scale(match, tail, words):
        if letter == "m":
            return alone._replace(end=tail.end("letter"), kind="measure", unit="m", ambiguous=True)
        return alone if tail["space"] else None
    places = _LETTERS[letter.lower()] if letter else _places(tail["scale"], words)
    factor = Decimal(words.table("dozens")[tail["dozens"].lower()] if tail["dozens"] else 10**places)
    extra = _extra(tail, words) * (10**stated.places if tail["mixed"] and stated.places > 3 else 1)
    found = alone._replace(
        end=tail.end(),
        value=(stated.value + extra) * factor,
        decimals=stated.decimals - places + bool(extra),
        places=places + stated.places,
    )
    unit, smaller = currencies.currency(words, match["currency"], tail.groupdict())
    named = {"points": "percentage points", "basis": "basis points", "percent": "percent"}
    if hundredths := next((unit for group, unit in named.items() if tail[group]), None):
        return found._replace(kind="percent", unit=hundredths)
    if unit:
        value, decimals = found.value.scaleb(-smaller), found.decimals + smaller
        return found._replace(kind="money", unit=unit, value=value, decimals=decimals)
    if tail["permille"]:
        return found._replace(kind="fraction", unit="per 1,000")
    if tail["fold"]:
        often = tail["times"] and re.match(rf"\s{words.pattern('often')}", match.string[tail.end() : tail.end() + 8])
        return found._replace(kind="count" if often else "multiple", unit="times" if often else "ratio")
    if tail["part"]:
        return _part(match.string, found, alone, tail, words)
    si = tail["si"] or (tail["touching"] or "").replace("C", "°C")
    return found._replace(kind="measure", unit=si) if si else found


def _places(scale: str | None, words: Language) -> int:
    """Give the zeros of "million" and of "lakh crore"."""
    if not scale:
        return 0
    known = {word.lower(): zeros for word, zeros in (words.table("scales") | words.table("short")).items()}
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
    if any(is_plural(word, words) for word in after) or re.match(
        words.pattern("more"), text[tail.end() : tail.end() + 20]
    ):
        return True
    return not tail["space"] and (
        letter == "k" or (letter in "KMB" and "." in digits) or (letter == "M" and len(digits) > 1)
    )


def _part(text: str, found: Quantity, alone: Quantity, tail: re.Match[str], words: Language) -> Quantity:
    """Read "two-thirds"; "two third places" and "the past three quarters" hold a count and no share."""
    around = text[max(0, found.start - 15) : found.end + 20]
    single = words.pattern("part_plural") and not tail["parts"] and found.value != 1
    if single or re.search(words.pattern("no_part"), around, re.IGNORECASE):
        return alone
    return found._replace(kind="fraction", unit="ratio", value=found.value / words.table("parts")[tail["part"].lower()])
