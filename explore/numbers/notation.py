"""Notation: how a number is written, in digits or in words, and what value that is."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import digit

from text_to_num import text2num  # type: ignore[import-untyped]

from explore.numbers.languages import any_of

if TYPE_CHECKING:
    from explore.numbers.languages import Language


class Stated(NamedTuple):
    """A value as stated, with its decimals, whether it can be read another way, and the zeros that its words give."""

    value: Decimal
    decimals: int
    ambiguous: bool = False
    places: int = 0


LONGEST = 15  # digits; a longer run is a code, and a float would not hold it
# No repeat below is unbounded but that of digits, so that the time grows with the length of a text.
COMMAS = r"\d{1,3}(?:,\d{3}(?!\d)){1,5}(?:[.٫·]\d++)?"  # 1,234.5
SPACES = r"\d{1,3}(?:[ \u00a0\u2009\u202f'’٬]\d{3}(?!\d)){1,5}(?:[.٫·]\d++|,\d{1,2}(?!\d|,\d))?"  # 1 234,5
INDIAN = r"\d{1,2}(?:,\d\d(?!\d)){1,5},\d{3}(?!\d)"  # 12,34,567
POINTS = r"\d{1,3}(?:\.\d{3}(?!\d)){1,5}(?:,\d++|\.\d{1,2}(?![\d.]))|\d{1,3}(?:\.\d{3}(?!\d)){2,5}"  # 1.234,5
COMMA_DECIMALS = r"(?<!\d,)(?:\d++,\d{1,2}(?!\d|,\d)|0,\d++(?!,\d))"  # 12,5 but not 1,2,3
PLAIN = r"\d++(?:[.٫·]\d++)?|[.٫·]\d++"
NUM = f"(?:{COMMAS}|{SPACES}|{INDIAN}|{POINTS}|{COMMA_DECIMALS}|{PLAIN})"
# 2.5e-3, 3.1 × 10⁻⁶, 3.1 x 10^6
POWER = r"(?:e[-−+]?\d{1,2}(?!\w)|\s?[x×·]\s?10(?:\^?[-−]\d{1,2}|\^\d{1,2}|[⁻⁺]?[⁰¹²³⁴-⁹]{1,2})(?!\w))"
_RAISED = str.maketrans("⁻−⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def read_power(words: str) -> int:
    """Give the power of ten that an exponent states."""
    return int(re.split(r"e|10\^?", words.lower().translate(_RAISED), maxsplit=1)[1])


def read_digits(words: str, *, comma: bool = False) -> Stated | None:
    """Read digits with their marks; None where they are a code and not a number.

    `comma` says that the language divides with a comma: 1.234 is a thousand and more, 12,345 is not.
    """
    groups = words.split(" ")
    ambiguous = len(groups) > 1 and len(groups[0]) == 3 and "000" not in groups
    plain = re.sub(r"[\s'’٬]", "", words).replace("٫", ".").replace("·", ".")
    if comma and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    head, mark, last = plain.rpartition(",")
    if mark and not comma and ("." in last or (len(last) == 3 and "." not in head and head != "0")):
        plain = plain.replace(",", "")
    elif mark:
        ambiguous = "." not in head and (not comma or len(last) == 3)
        plain = plain.replace(".", "").replace(",", ".") if head.count(",") == 0 else plain.replace(",", "")
    elif plain.count(".") > 1:
        head, _, last = plain.rpartition(".")
        plain, ambiguous = head.replace(".", "") + ("." if len(last) < 3 else "") + last, True
    whole, _, places = plain.partition(".")
    padded = bool(whole) and digit(whole[0]) == 0
    if len(plain) > LONGEST or (padded and len(whole) > 1):
        return None
    loose = "," not in words and len(places) == 3 and 1 <= len(whole) <= 3 and not padded
    return Stated(Decimal(plain), len(places), ambiguous or loose)


def _lead(words: Language) -> str:
    """Give the pattern of "a", "half a" and the like before a dozen or a million."""
    half, article = words.pattern("half"), words.pattern("article")
    return rf"(?:(?:{half}[\s-])?{article}|{article}\s{half})[\s-]"


@cache
def run(words: Language) -> str:
    """Give the pattern of a number in words: more than what is one, since `read_spelled` decides."""
    big, nth = rf"(?:{any_of(words.table('scales'))})(?!\w)", any_of(words.table("ordinals"))
    small = rf"(?:{any_of(words.listed('spelled'))})"
    if words.has("compound"):
        one = rf"(?:(?!und){small}{{1,14}}(?!\w)|{big})"
    else:
        one = rf"(?:{small}(?!\w|(?<=ty)[-‑](?:{nth})(?!\w))|{big})"  # twenty-first is no number
    dozens = rf"(?:{any_of(words.table('dozens'))})(?!\w)"
    first = rf"(?:{_lead(words)}(?:{dozens}|(?={big}){one})|{one})"
    joiner = f"(?:{words.pattern('joiner')})"
    more = rf"(?:(?:[-‑](?:{joiner}[-‑])?|(?!\s*?\n\s*?\n)\s{{1,2}}(?:{joiner}\s)?){one}){{0,11}}"
    return rf"{first}{more}(?:\s{words.pattern('point')}(?:\s{small}(?!\w)){{1,6}})?"


def read_spelled(said: str, words: Language) -> tuple[Stated, int] | None:
    """Read the longest run of number words at the start, and say where it ends.

    text2num is asked for values only: its idea of which words belong together is wider than ours.
    """
    point = re.search(rf"\s{words.pattern('point')}\s", said, re.IGNORECASE)
    whole = said[: point.start()] if point else said
    for end in reversed([match.end() for match in re.finditer(r"[^\W_]+", whole)]):
        bare = re.sub(r"[\s‑-]+", " ", whole[:end].lower())
        joined = re.findall(rf"(\S+) (?:{words.pattern('joiner')})(?!\w)", bare)
        if not words.set_of("joined_after").issuperset(joined):
            continue
        half = re.match(_lead(words), bare) is not None and re.search(rf"\b{words.pattern('half')}\b", bare) is not None
        value = _value(re.sub(f"^{_lead(words)}", "", bare), words) or _value(bare, words)
        if value is None:
            continue
        if point and end == len(whole):
            places = "".join(str(_value(word, words)) for word in said[point.end() :].lower().split())
            return Stated(Decimal(f"{value}.{places}"), len(places)), len(said)
        scale = {word.lower(): size for word, size in words.table("scales").items()}.get(bare.split()[-1], 0)
        return Stated(Decimal(value) / (2 if half else 1), half - scale if scale > 3 else 0, places=scale), end
    return None


@cache
def _value(bare: str, words: Language) -> int | None:
    last = bare.split()[-1:]
    if last and last[0] in words.table("dozens"):
        return int(words.table("dozens")[last[0]])
    try:
        return int(text2num(re.sub("^nought$", "zero", re.sub("^eine[mnrs]?(?= |$)", "ein", bare)), words.code))
    except ValueError:
        return None
