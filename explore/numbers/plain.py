"""Plain numbers: what a number with no unit of its own is, a count, a year, an age, the number of a list item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from explore.numbers.context import is_plural, nouns, said_before, unit

if TYPE_CHECKING:
    from explore.numbers.kinds import Number
    from explore.numbers.languages import Language

_LISTED = re.compile(r"[.)]\s")
CONFIDENCE = re.compile(r"\s?(?:C[Ir]?Is?\b|UIs?\b|HDI\b|confiden|credib|uncertainty\sinterval|prediction\sinterval)")
_P_VALUE = re.compile(r"(?<!\w)p(?:[\s-]?values?)?\s?(?:[=<>≤≥]|of|was|is)\s?$", re.IGNORECASE)
# "The owner, 58, declined" and "said Roe, 34."
_APPOSED = re.compile(r"[^\W\d_](?<!number)(?<!figure)(?<!total)(?<!score)(?<!share)(?<!rate),\s$")
_APPOSED_AFTER = re.compile(r"[,;]\s(?!\d)(?!and\s\d)|\.(?!\d)")
_PERSONS = r"\b(?:people|adults|children|kids|women|men|girls|boys|patients|voters|those|anyone|workers|drivers)"
_AGE_BEFORE = re.compile(
    r"(?<!\w)(?:aged|turn(?:ed|s|ing)|ages?(?:,|\s(?:of|is|was|at|to|from))?|(?:boy|girl|man|woman|teenager)\sof)\s"
    rf"(?:(?:between|from|about|around|over|under|at\sleast)\s){{0,2}}$|{_PERSONS}\s(?:over|under)\s$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"[\s-](?:year|month|week|day)s?[\s-]olds?\b|[\s-]years?\sof\sage\b|\sor\solder\b", re.IGNORECASE
)
_AGES_BEFORE = re.compile(rf"{_PERSONS}\s$", re.IGNORECASE)  # and a range
_AGES_AFTER = re.compile(r"\s(?:age\s)?(?:group|bracket|cohort)s?\b")  # likewise
_OVER_TENS = re.compile(r"(?<!\w)(?:under|over)-$", re.IGNORECASE)  # under-25s
_MEAN_AGE = re.compile(r"\b(?:average|mean|median)\b[^.;]{0,25}$", re.IGNORECASE)


def is_year(words: str) -> bool:
    """Tell whether digits are those of a year."""
    return len(words) == 4 and words.isdecimal() and 1800 <= int(words) <= 2100


def is_measure(text: str, end: int, words: Language) -> bool:
    """Tell whether a unit of measure follows."""
    found = nouns(text, end, words)[:1]
    return bool(found) and found[0].lower() in words.set_of("measures")


def is_place(text: str, end: int, words: Language) -> bool:
    """Tell whether places follow, as in "one clinic in five towns"."""
    return not words.set_of("places").isdisjoint(word.lower() for word in nouns(text, end, words)[:2])


def is_counted(text: str, end: int, words: Language) -> bool:
    """Tell whether things to count follow."""
    near = [word.lower() for word in nouns(text, end, words)[:2] if is_plural(word, words)]
    return bool(near) and near[0] not in words.set_of("of_a_year")


def _is_counted(text: str, number: Number, said: list[str], words: Language) -> bool:
    """Tell "2000 people signed" from "in 2000 people signed", and "at least 2000" from "until at least 2031"."""
    near = is_counted(text, number.end, words)
    if number.qualifier and not words.phrases("weak").intersection(said):
        return near or not words.set_of("since").intersection(
            text[max(0, number.start - 30) : number.start].lower().split()[-3:]
        )
    return near and not words.set_of("when").intersection(said[-1:])


def age(text: str, number: Number, words: Language) -> Number:
    """Mark an age: it says of whom, and is no statistic; an average age is one."""
    before, highest = text[max(0, number.start - 40) : number.start], number.upper or number.value or 0
    after = _AGE_AFTER.match(text, number.end)
    young = after and re.search("month|week|day", after[0])
    other = words.set_of("measures") - {"years", "year", (number.unit or "") if young else ""}
    said = _AGE_BEFORE.search(before) or after
    tens = _OVER_TENS.search(before) and (number.unit == "s" or text[number.end : number.end + 1] == "s")
    group = number.upper is not None and (_AGES_AFTER.match(text, number.end) or _AGES_BEFORE.search(before))
    plain = number.unit is None and number.words.isdecimal() and 4 < highest < 100
    apposed = plain and _APPOSED.search(before) and _APPOSED_AFTER.match(text, number.end)
    if not (said or tens or group or apposed) or not 0 <= highest <= 115 or (number.unit or "").lower() in other:
        return number
    mean = "" if _MEAN_AGE.search(before) else "dismissed"
    return number._replace(kind="measure", unit=number.unit if young else "years", suggested=mean)


def read(text: str, number: Number, words: Language) -> Number:
    """Decide what a number with nothing attached to it is."""
    start, end, as_said = number[:3]
    said = said_before(text, start)
    if len(as_said) < 4 and as_said.isdecimal() and _LISTED.match(text, end):
        blank, line, before = text[max(0, start - 40) : start].rpartition("\n")
        if not before.strip() and (line or len(blank + before) == start):
            return number._replace(kind="list")
    if number.upper is not None and is_year(as_said[:4]) and is_year(as_said[-4:]):
        return number._replace(kind="years", unit="year")
    if is_year(as_said) and not _is_counted(text, number, said, words):
        about = "about" if words.set_of("about_a_year").intersection(said) else None
        return number._replace(kind="year", unit="year", qualifier=about)
    if _P_VALUE.search(text[max(0, start - 14) : start]):
        return number._replace(suggested="dismissed")
    named = unit(text, end, number.value, words)
    noun = named.lower() if named else "day"
    if text[end : end + 1] == "-" and (tied := nouns(text, end, words)[:1]) and tied[0] in words.set_of("tied"):
        return number._replace(unit=tied[0], suggested="dismissed")
    if as_said.lower() == "one":
        if (
            noun in words.set_of("manner")
            or words.set_of("not_a_count").intersection(said[-1:])
            or re.match(r"\s(?:of|more)\s", text[end : end + 6])
            or text[end : end + 1] in ("'", "’")
        ):
            return number._replace(kind="word", qualifier=None)
        number = number if number.qualifier == "about" else number._replace(qualifier=None)
    kind = "measure" if named and noun in words.set_of("measures") else "count"
    return age(text, number._replace(kind=kind, unit=named), words)
