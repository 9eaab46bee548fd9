"""Notation: how a number is written, in digits or in words, and what value that is."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from unicodedata import digit

from text_to_num import text2num  # type: ignore[import-untyped]

from explore.numbers.languages import Language


class Stated(NamedTuple):
    """A value as stated, with its decimals, whether it can be read another way, and the zeros that its words give."""

    value: Decimal
    decimals: int = 0
    ambiguous: bool = False
    places: int = 0


LONGEST = 15  # digits; a longer run is a code, and a float would not hold it
_RAISED = str.maketrans("⁻−⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def read_power(words: str) -> int:
    """Give the power of ten that an exponent states."""
    return int(re.split(r"e|10\^?", words.lower().translate(_RAISED), maxsplit=1)[1])


def read_digits(words: str, *, comma: bool = False) -> Stated | None:
    """Read digits with their marks; None where they are a code and not a number.

    `comma` says that the language divides with a comma: 1.234 is a thousand and more, 12,345 is not.
    """
    if words.isdecimal() and len(words) <= LONGEST and digit(words[0]):
        return Stated(Decimal(words))
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


@lru_cache(maxsize=4096)
def read_spelled(said: str, words: Language) -> tuple[Stated, int] | None:
    """Read the longest run of number words at the start, and say where it ends.

    text2num is asked for values only: its idea of which words belong together is wider than ours.
    """
    point = words.regex("at_point").search(said)
    whole = said[: point.start()] if point else said
    for end in reversed([match.end() for match in re.finditer(r"[^\W_]+", whole)]):
        bare = re.sub(r"[\s‑-]+", " ", whole[:end].lower())
        if not words.set_of("joined_after").issuperset(words.regex("joined").findall(bare)):
            continue
        lead = words.regex("lead").match(bare)
        value = (lead and _value(bare[lead.end() :], words)) or _value(bare, words)
        if value is None:
            continue
        if point and end == len(whole):
            places = "".join(str(_value(word, words)) for word in said[point.end() :].lower().split())
            return Stated(Decimal(f"{value}.{places}"), len(places)), len(said)
        half = lead is not None and words.regex("halved").search(bare) is not None
        scale = words.table("scales").get(bare.split()[-1], 0)
        return Stated(Decimal(value) / (2 if half else 1), half - scale if scale > 3 else 0, places=scale), end
    return None


@lru_cache(maxsize=4096)
def _value(bare: str, words: Language) -> int | None:
    last = bare.split()[-1:]
    if last and last[0] in words.table("dozens"):
        return int(words.table("dozens")[last[0]])
    try:
        return int(text2num(re.sub("^nought$", "zero", re.sub("^eine[mnrs]?(?= |$)", "ein", bare)), words.code))
    except ValueError:
        return None
