"""Find every number in a text: digits and spelled-out words, with what they count.

A table of patterns is tried in order and each claims the characters it understands, so the specific
(a date, a page number) comes before the general (a bare count). What no pattern understands but holds
a digit is an identifier: no digit of a text is ever lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from unicodedata import numeric

from explore.numbers.kinds import Number
from explore.numbers.numerals import (  # fmt: skip
    ABOUT_A_YEAR,
    AFTER,
    BIG,
    BLANK_LINE,
    CLOCK,
    CLOCK_WORDS,
    CURRENCY,
    DASH,
    DAY,
    DOUBLE,
    EXTREME_WORDS,
    FOLLOWING,
    HALF,
    HUNDREDTHS,
    IN,
    LABEL,
    LABELS,
    LISTED,
    MANNER,
    MEASURES,
    MONTH,
    MONTHS,
    MULTIPLES,
    NAME,
    NOT_A_COUNT,
    NTHS,
    NUM,
    OF_A_YEAR,
    PARTS,
    PEOPLE,
    PREFIX,
    QUALIFIER,
    RUN,
    SCALES,
    SHARES,
    SHORT,
    SIGN,
    SIGNS,
    SMALL,
    STOPS,
    SUPER,
    TAIL,
    TENS,
    UP_TO,
    VAGUE,
    VAGUE_WORDS,
    WEAK,
    YEAR,
    Stated,
    any_of,
    listed,
    read_digits,
    read_spelled,
)


def _nouns(text: str, end: int) -> list[str]:
    """Give the words of the noun phrase that follows, up to four."""
    match = FOLLOWING.match(text, end)
    found: list[str] = []
    for word in re.split(r"[ \u00a0\n]", match[1]) if match else []:
        first = word.split("-")[0] if text[end] == "-" and not found else word
        if first.lower() in STOPS or first.lower().endswith(("'t", "’t")):
            break
        found.append(first)
        if first != word:
            break
    return found


def _is_plural(word: str) -> bool:
    low = word.lower()
    return low in PEOPLE or bool(re.fullmatch(r".{2,}[^sui'’]s", low))


def _unit(text: str, end: int, value: float | None) -> str | None:
    """Name the noun that follows: the first plural, or for one thing the last word of a short phrase."""
    nouns = _nouns(text, end)
    if not nouns or nouns[0].lower() in MEASURES:
        return "years" if nouns[:1] == ["year"] else next(iter(nouns), None)
    if value == 1:
        return nouns[-1] if len(nouns) < 4 else nouns[0]
    alone = len(nouns) == 1 and not nouns[0].lower().endswith(("est", "ly", "ed", "ing"))
    return next(filter(_is_plural, nouns), nouns[0] if alone else None)


def _said_before(text: str, start: int) -> list[str]:
    """Give the last three words before a number as phrases, the longest first, in lower case."""
    before = text[max(0, start - 40) : start].lower().replace("-", " ").split()[-3:]
    words = [word.lstrip("(\"'“‘[") for word in before]
    return [" ".join(words[n:]) for n in range(len(words))]


def _qualifier(text: str, start: int, end: int, said: list[str]) -> str | None:
    """Find what qualifies a number: the words said before it, the sign before it, or what follows."""
    for phrase in (*said, text[start - 1 : start]):
        if phrase in QUALIFIER:
            return QUALIFIER[phrase]
    after = AFTER.match(text, end)
    return after and after.lastgroup


def _is_year(words: str) -> bool:
    return len(words) == 4 and words.isdecimal() and 1800 <= int(words) <= 2100


def _is_counted(text: str, number: Number, said: list[str]) -> bool:
    """Tell "2000 people signed" from "in 2000 people signed"."""
    if number.qualifier and not WEAK.intersection(said):
        return True
    near = [word.lower() for word in _nouns(text, number.end)[:2] if _is_plural(word)]
    return bool(near) and near[0] not in OF_A_YEAR and not IN.intersection(said[-1:])


def _plain(text: str, number: Number, said: list[str]) -> Number:
    """Decide what a number with nothing attached to it is."""
    start, end, words = number[:3]
    if len(words) < 4 and words.isdecimal() and LISTED.match(text, end):
        blank, line, before = text[max(0, start - 40) : start].rpartition("\n")
        if not before.strip() and (line or len(blank + before) == start):
            return number._replace(kind="list")
    if number.upper is not None and _is_year(words[:4]) and _is_year(words[-4:]):
        return number._replace(kind="years", unit="year")
    if _is_year(words) and not _is_counted(text, number, said):
        about = "about" if ABOUT_A_YEAR.intersection(said) else None
        return number._replace(kind="year", unit="year", qualifier=about)
    unit = _unit(text, end, number.value)
    noun = unit.lower() if unit else "day"
    if words.lower() == "one" and (noun in MANNER or NOT_A_COUNT.intersection(said[-1:])):
        return number._replace(kind="word", qualifier=None)
    return number._replace(kind="measure" if unit and unit.lower() in MEASURES else "count", unit=unit)


def _amount(text: str, start: int, end: int, stated: list[Stated], currency: str | None) -> Number | None:
    """Read what is attached to a number (percent, million, times, dollars, -thirds, in five)."""
    paragraph = BLANK_LINE.search(text, end, end + 40)
    tail = TAIL.match(text, end, paragraph.start() if paragraph else len(text))
    if tail is None:
        return None
    scale, stop, said = (tail["scale"] or "").lower(), tail.end(), _said_before(text, start)
    metres = scale == "m" and not currency
    places = 0 if metres else (SCALES | SHORT).get(scale, 0) if scale else 0
    factor = Decimal(12 if scale == "dozen" else 10**places)
    extra = Decimal(str(numeric(tail["vulgar"]))) if tail["vulgar"] else Decimal("0.5") if tail["half"] else Decimal(0)
    exact = [(one.value + extra) * factor for one in stated]
    whole = [one.decimals <= places and value == int(value) for one, value in zip(stated, exact, strict=True)]
    ends = [int(value) if is_whole else float(value) for value, is_whole in zip(exact, whole, strict=True)]
    found = Number(
        start,
        stop,
        text[start:stop],
        "count",
        value=ends[0],
        upper=ends[1] if ends[1:] else None,
        qualifier=_qualifier(text, start, stop, said),
        decimals=stated[-1].decimals - places + bool(extra),
        ambiguous=any(one.ambiguous for one in stated),
    )
    if metres:
        return found._replace(kind="measure", unit="m", ambiguous=True)
    if tail["of"]:
        return _share(text, found, end, tail, said)
    if unit := next((name for group, name in HUNDREDTHS.items() if tail[group]), None):
        return found._replace(kind="percent", unit=unit)
    if mark := (currency or tail["money"] or "").strip():
        return found._replace(kind="money", unit=SIGNS.get(mark) or SIGNS.get(mark.lower()) or mark.upper())
    if tail["fold"]:
        often = tail["times"] and re.match(r"\s(?:an?|per|each|every|in|this|last)\b", text[stop : stop + 7])
        return found._replace(kind="count" if often else "multiple", unit="times" if often else "ratio")
    if tail["part"]:
        return found._replace(kind="fraction", value=ends[0] / PARTS[tail["part"].lower()], unit="ratio")
    return found._replace(kind="measure", unit=tail["si"].strip()) if tail["si"] else _plain(text, found, said)


def _share(text: str, found: Number, end: int, tail: re.Match[str], said: list[str]) -> Number:
    """Read "one in five" and "3 out of 4"; "5 in 12 districts" stays two numbers."""
    whole, start = tail["whole"], found.start
    spelled = None if whole[-1].isdecimal() else read_spelled(whole)
    base = spelled[0] if spelled else read_digits(whole)
    round_base = base and (base.value <= 10 or str(base.value).rstrip("0") in listed("1 2 25 3 4 5"))
    usual = round_base or tail["of"].strip().lower() != "in"
    if base is None or not usual or not 0 < (found.value or 0) <= base.value:
        alone = found._replace(end=end, words=text[start:end], qualifier=_qualifier(text, start, end, said))
        return _plain(text, alone, said)
    stop = tail.start("whole") + (spelled[1] if spelled else len(whole))
    share = float(Decimal(str(found.value)) / base.value)
    return found._replace(end=stop, words=text[start:stop], kind="fraction", value=share, unit="ratio")


_Reader = Callable[[re.Match[str]], Number | None]


def _as(
    kind: str, match: re.Match[str], value: float | None = None, upper: float | None = None,
    unit: str | None = None, *, ambiguous: bool = False,
) -> Number:  # fmt: skip
    found = Number(*match.span(), match[0], kind, value, upper, unit, ambiguous=ambiguous)
    if unit != "ratio":
        return found
    said = _said_before(match.string, match.start())
    return found._replace(qualifier=_qualifier(match.string, *match.span(), said))


def _kind(kind: str) -> _Reader:
    return lambda match: _as(kind, match) if re.search(r"\d", match[0]) else None


def _known(kind: str, values: Mapping[str, float], unit: str | None) -> _Reader:
    return lambda match: _as(kind, match, values[match[0].lower().split()[-1]], None, unit)


def _digits(match: re.Match[str]) -> Number | None:
    """Read a number or a range in digits; a "range" that falls is a score or a code."""
    stated = [read_digits(match[name]) for name in ("low", "high") if match[name]]
    read = [one for one in stated if one]
    if read and match["sign"]:
        read[0] = read[0]._replace(value=-read[0].value)
    if len(read) < len(stated) or (read[1:] and read[1].value <= read[0].value):
        return _as("identifier", match)
    return _amount(match.string, match.start(), match.end(), read, match["currency"])


def _spelled(match: re.Match[str]) -> Number | None:
    read = read_spelled(match[0])
    return read and _amount(match.string, match.start(), match.start() + read[1], [read[0]], None)


def _extreme(match: re.Match[str]) -> Number:
    return _as("extreme", match)


def _date(match: re.Match[str]) -> Number:
    year = re.search(r"(?<!\d)\d{4}(?!\d)", match[0])
    either = re.fullmatch(r"(?:0?\d|1[0-2])[/.](?:0?\d|1[0-2])[/.]\d{4}", match[0]) is not None
    return _as("date", match, year and int(year[0]), None, year and "year", ambiguous=either)


def _years(match: re.Match[str]) -> Number:
    """Read 2006/2007, 2003/04 and 1999/00; 2015-08 is a month, 2006-07 may be one."""
    first, last = int(match[1]), int(match[3]) + int(match[1]) - int(match[1]) % 10 ** len(match[3])
    last += 100 if match[3] == "00" else 0
    month = match[2] != "/" and len(match[3]) == 2 and 1 <= int(match[3]) <= 12
    if 1800 <= first < last <= 2100:
        return _as("years", match, first, last, "year", ambiguous=month)
    return _as("date", match, first, None, "year") if month else _as("identifier", match)


def _decade(match: re.Match[str]) -> Number:
    first = int(match[1]) + (0 if len(match[1]) == 4 else 1900)
    return _as("years", match, first, first + 9, "year", ambiguous=first % 100 == 0)


def _ordinal(match: re.Match[str]) -> Number:
    stated = read_digits(match[0][:-2])
    return _as("ordinal", match, int(stated.value) if stated else None)


def _vague(match: re.Match[str]) -> Number:
    unit = _unit(match.string, match.end(), None)
    counted = unit and (_is_plural(unit) or unit.lower() in MEASURES)  # in "hundreds slept" nothing is
    return _as("vague", match, None, None, unit if counted else None)._replace(qualifier="vague")


_PART = rf"a\s(?:{any_of(PARTS)})(?=\s(?:of|more|less|fewer)\s)|(?<=by\s)a\s(?:{any_of(PARTS)})(?!-)"
_CODE, _TIME = _kind("identifier"), _kind("time")
# A reader, what it reads, and the words or signs of which a text must hold one ("" when it needs none).
# fmt: off
_TABLE: list[tuple[_Reader, str, Iterable[str]]] = [
    (_CODE, r"(?i)(?:https?://|(?<!\w)www\.|(?<!\w)10\.\d{4,9}/)[^\s<>\"]*[^\W_]", ("/", "www")),
    (_CODE, rf"\[\d{{1,3}}(?:(?:, ?|{DASH})\d{{1,3}}){{0,20}}\]", "["),
    (_date, rf"(?<![\w.,]){DAY}\s(?:of\s)?{MONTH}(?:,?\s{YEAR})?", MONTHS),
    (_date, rf"(?<!\w){MONTH}(?:\s{DAY}(?:,?\s{YEAR})?|,?\s{YEAR})", MONTHS),
    (_date, rf"(?<![\w.,-])\d{{4}}-[01]\d-[0-3]\d(?:[T ]{CLOCK}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])", "-"),
    (_date, r"(?<![\w.,/-])\d\d?([/.])\d\d?\1\d{4}(?![\w/]|\.\d)", "/."),
    (_TIME, r"(?i)(?<![\w.:])\d\d?(?:[.:][0-5]\d)?\s?(?:[ap]m(?!\w)|[ap]\.m\.|o['’]clock(?!\w))", CLOCK_WORDS),
    (_TIME, rf"(?<![\w.:]){CLOCK}(?![\w:])", ":"),
    (_CODE, rf"(?i){LABEL}\d++(?:(?:[./]|{DASH})\d++){{0,9}}(?:\(\w{{1,3}}\)){{0,3}}[a-z]?(?!\w|\s?%)", LABELS),
    (_CODE, r"(?<!\w)\+(?:\d{8,15}|\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5})(?!\w)", "+"),
    (_CODE, r"(?<![\w.])(?:\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|0\d{1,4} \d{3,4} \d{3,4}|\d{3}-\d{4})(?!\w)", ""),
    (_CODE, r"(?<![\w,])(?!\d{1,3}\.\d{3}\.\d{3}(?![\w.]))\d++(?:(?:[-–]\d++){2,}|(?:[/.]\d++){2,})\w*+", "-–/."),
    (_CODE, r"(?<!\w)(?:9/11|24/7|\d\d?/0\d)(?!\w)", "/"),
    (_years, r"(?<![\w.,])(\d{4})([-–/])(\d{4}|\d\d?)(?![\w%/]|[.,]\d)", "-–/"),
    (_decade, r"(?:(?<!\w)['’‘]|(?<=[Tt]he )|(?<!\w)(?=[12]\d{3}))(\d0|\d{3}0)['’]?s(?!\w)", "s"),
    (_ordinal, r"(?i)(?<![\w.])\d{1,3}(?:,?\d{3})*(?:st|nd|rd|th)(?!\w)", ("st", "nd", "rd", "th")),
    (_CODE, rf"(?<!\w)(?:{NAME}){{0,2}}(?!{PREFIX}){NAME}(?!(?:1[89]|20)\d\ds?(?!\w))\d++(?!%)\w*+", "-‑"),
    (_digits, rf"(?<!\w){SIGN}(?P<currency>{CURRENCY})?(?P<low>{NUM}){UP_TO}", ""),
    (_vague, rf"(?i)(?<!\w)(?:several|a\sfew|many)\s(?:dozen|{BIG})(?!\w)", ("several", "few", "many")),
    (_spelled, rf"(?i)(?<!\w){RUN}", (*SMALL, *TENS, *SCALES, "dozen")),
    (_known("fraction", SHARES, "ratio"), rf"(?i)(?<!\w)(?:{HALF}|{_PART})(?!\w)", PARTS),
    (_known("ordinal", NTHS, None), rf"(?i)(?<!\w)(?:{any_of(NTHS)})(?!\w)", NTHS),
    (_known("multiple", MULTIPLES, "ratio"), rf"(?i)(?<!\w)(?!{DOUBLE})(?:{any_of(MULTIPLES)})(?!\w)", MULTIPLES),
    (_vague, rf"(?i)(?<!\w)(?:{VAGUE})(?!\w)", VAGUE_WORDS),
    (_extreme, rf"(?i)(?<!\w)(?:(?:record|all-time)[\s-](?:low|high|number)s?|{SUPER})(?!\w)", EXTREME_WORDS),
    (_CODE, r"(?<!\w)\w*?\d\w*+(?:[-‑:]\w*\d\w*+)*", ""),
    (_CODE, r"\d++", ""),
]
# fmt: on
_PATTERNS = [(read, re.compile(pattern), frozenset(cues)) for read, pattern, cues in _TABLE]
_CUE = re.compile(r"[^\W\d_]+|[^\w\s]")


def find(text: str) -> list[Number]:
    """Find every number in a text, in order and never overlapping.

    Every run of digits lies in exactly one of them. The time taken grows with the length of the text.

    >>> [(number.words, number.kind) for number in find("from 375 in 1999, to 392 workers")]
    [('375', 'count'), ('1999', 'year'), ('392', 'count')]
    """
    taken, found = bytearray(len(text)), list[Number]()
    cues = set(_CUE.findall(text.lower()))
    for read, pattern, needed in _PATTERNS:
        if needed and needed.isdisjoint(cues):
            continue
        position = 0
        while match := pattern.search(text, position):
            claimed = taken.rfind(1, *match.span())
            position = claimed + 1 if claimed >= 0 else match.end()
            number = None if claimed >= 0 else read(match)
            if number and taken.find(1, number.start, number.end) < 0:
                found.append(number)
                taken[number.start : number.end] = b"\1" * len(number.words)
                position = number.end
    return _settle(text, sorted(found))


def _settle(text: str, found: list[Number]) -> list[Number]:
    """Give "10 to 15 percent" one unit, and drop a vague "decades" that is the unit of "two decades"."""
    settled: list[Number] = []
    for number in found:
        last = settled[-1] if settled else number
        between = text[last.end : number.start].lower()
        if number.kind == "vague" and last.unit == number.words and between == " ":
            continue
        if last.kind == "count" and number.kind == "percent" and between in (" to ", " and ", " or "):
            settled[-1] = last._replace(kind="percent", unit=number.unit)
        settled.append(number)
    return settled
