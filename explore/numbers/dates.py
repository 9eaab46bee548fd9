"""Dates: days, months, years, decades and times of day."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from explore.numbers.families import Pattern, as_kind, time
from explore.numbers.languages import any_of
from explore.numbers.notation import read_digits

if TYPE_CHECKING:
    from explore.numbers.kinds import Number
    from explore.numbers.languages import Language

DASH = "[-–‑]"
CLOCK = r"(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}"
YEAR = r"(?:[12]\d{3}(?!\w|[.,]\d)|['’‘]\d\d(?!\w))"  # 2016 or ’16
# 2015-08-12T10:30Z
ISO = rf"(?<![\w.,-])\d{{4}}-[01]\d-[0-3]\d(?:[T ]{CLOCK}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])"
IN_DIGITS = r"(?<![\w.,/-])\d\d?([/.])\d\d?\1(?:\d{4}|(?<=/)\d\d)(?![\w/]|\.\d)"  # 12/08/2015, 12/08/15
TWELVE_HOURS = r"(?i)(?<![\w.:])\d\d?(?:[.:][0-5]\d)?\s?(?:[ap]\.m\.|(?:[ap]m|noon|midnight|o['’]clock|Uhr)(?!\w))"
MILITARY = (  # 1915 GMT, 0800 hours
    r"(?<![\w.,:])[0-2]\d[.:]?[0-5]\d\s?"
    r"(?:GMT|UTC|BST|CES?T|[ECMP][SD]?T|(?:hours|hrs|h)(?=\s(?:on|local|GMT)|[.,;]))(?!\w)"
)
_ZONES = ("gmt", "utc", "bst", "hours", "hrs", "h", "cest", *(f"{a}{b}" for a in "ecmp" for b in ("t", "st", "dt")))
CLOCK_ALONE = rf"(?<![\w.:]){CLOCK}(?![\w:])"
YEARS = r"(?<![\w.,])(\d{4})([-–/])(\d{4}|\d\d?)(?![\w%/]|[.,]\d)"  # 2006/2007, 1999–2003
SHORT_YEAR = r"(?:(?<=\b(?:of|in) )|(?<=\b(?:spring|summer|autumn|winter) ))['’‘]\d\d(?!\w|['’])"  # the class of ’92
ERA = r"(?<![\w.,])(?:AD\s\d{1,4}|\d{1,4}\s(?:BCE?|CE|AD))(?!\w)"
# 1990s, ’90s, the 90s, late 70s, mid-1980s
DECADE = (
    r"(?:(?<!\w)(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-](?:the\s)?(?=\d0s)|(?<!\w)['’‘]|(?<=[Tt]he )|(?<!\w)(?=[12]\d{3}))"
    r"(?P<decade>\d0|\d{3}0)['’]?s(?!\w)"
)
TWENTIES = (
    r"(?:(?<=\b(?:his|her|our) )|(?<=\btheir ))(?:(?:early|mid|late)[\s-])?(?P<age>[1-9]0)s(?!\w)"  # in her late 40s
)
ORDINAL = r"(?i)(?<![\w.])\d{1,3}(?:,?\d{3}){0,4}(?:st|nd|rd|th)(?!\w)"


def _date(match: re.Match[str], _: Language) -> Number:
    text = match[0]
    year = re.search(r"(?<!\d)\d{4}(?!\d)|(?<=['’‘])\d\d$|(?<=/)\d\d$", text)
    either = re.fullmatch(r"(?:0?\d|1[0-2])[/.](?:0?\d|1[0-2])[/.]\d{2,4}", text) is not None
    value = int(year[0]) if year else None
    if value is not None and value < 100:
        value += 2000 if value < 50 else 1900
    return as_kind("date", match, value, unit="year" if year else None, ambiguous=either)


def _years(match: re.Match[str], _: Language) -> Number:
    """Read 2006/2007, 2003/04 and 1999/00; 2015-08 is a month, 2006-07 may be one."""
    first, last = int(match[1]), int(match[3]) + int(match[1]) - int(match[1]) % 10 ** len(match[3])
    last += 100 if match[3] == "00" else 0
    month = match[2] != "/" and len(match[3]) == 2 and 1 <= int(match[3]) <= 12
    if 1800 <= first < last <= 2100:
        return as_kind("years", match, first, last, "year", ambiguous=month)
    return as_kind("date", match, first, unit="year") if month else as_kind("identifier", match)


def _decade(match: re.Match[str], _: Language) -> Number:
    said = match["decade"]
    first = int(said) + (0 if len(said) == 4 else 1900)
    return as_kind("years", match, first, first + 9, "year", ambiguous=first % 100 == 0)


def _twenties(match: re.Match[str], _: Language) -> Number:
    first = int(match["age"])
    return as_kind("measure", match, first, first + 9, "years")._replace(suggested="dismissed")


def _era(match: re.Match[str], _: Language) -> Number:
    value = int(next(iter(re.findall(r"\d+", match[0]))))
    return as_kind("year", match, -value if "B" in match[0] else value, unit="year")


def _ordinal(match: re.Match[str], _: Language) -> Number:
    stated = read_digits(match[0][:-2])
    return as_kind("ordinal", match, int(stated.value) if stated else None)


@cache
def family(words: Language) -> list[Pattern]:
    """Give the patterns of dates and times, the longest first."""
    suffix = words.pattern("day")
    day = rf"\d{{1,2}}{suffix}(?:(?:{DASH}|\s(?:to|and|or)\s)\d{{1,2}}{suffix})?(?!\w|[.,]\d(?!\d{{3}})|\s?%)"
    month = rf"(?:(?:{any_of(words.listed('months'))})(?!\w)|(?:{any_of(words.listed('short_months'))})(?!\w)\.?)"
    months, of_year = words.set_of("months") | words.set_of("short_months"), words.pattern("year_of")
    return [
        Pattern(_date, rf"(?<![\w.,]){day}[\s-]{words.pattern('month_of')}{month}(?:{of_year}[\s-]?{YEAR})?", months),
        Pattern(_date, rf"(?<!\w){month}(?:\s{day}(?:{of_year}\s?{YEAR})?|{of_year}\s?{YEAR})", months),
        Pattern(_date, ISO, "-"),
        Pattern(_date, IN_DIGITS, "/."),
        Pattern(time, TWELVE_HOURS, ("am", "pm", "m", "noon", "midnight", "clock", "uhr")),
        Pattern(time, MILITARY, _ZONES),
        Pattern(time, rf"(?i)(?<!\w){words.pattern('clock')}(?!\w)", ("past", "to")),
        Pattern(time, CLOCK_ALONE, ":"),
    ]


@cache
def years(_: Language) -> list[Pattern]:
    """Give the patterns of years and decades, which come after the names and codes that look like them."""
    return [
        Pattern(_years, YEARS, "-–/"),
        Pattern(_date, SHORT_YEAR, "'’‘"),
        Pattern(_era, ERA, ("ad", "ce", "bc", "bce")),
        Pattern(_twenties, TWENTIES, "s"),
        Pattern(_decade, DECADE, "s"),
        Pattern(_ordinal, ORDINAL, ("st", "nd", "rd", "th")),
    ]
