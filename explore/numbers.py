"""Find every number in a text: digits and spelled-out words, with what they count.

A table of patterns is tried in order and each claims the characters it understands, so the specific
(a date, a page number) comes before the general (a bare count). What no pattern understands but holds
a digit is an identifier: no digit of a text is ever lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from text_to_num import text2num


class Kind(NamedTuple):
    """What a kind of number means, and what it most likely is: a "statistic" or "dismissed"."""

    meaning: str
    suggested: str


KINDS = {
    "percent": Kind("A share or a change in hundredths, percentage and basis points included.", "statistic"),
    "count": Kind("How many, of a noun that follows or of nothing named.", "statistic"),
    "money": Kind("An amount in a currency.", "statistic"),
    "measure": Kind("An amount in a unit of time, length, weight and the like.", "statistic"),
    "multiple": Kind("How many times as much.", "statistic"),
    "fraction": Kind("A part of a whole, such as two-thirds, 2/3 or one in five.", "statistic"),
    "vague": Kind("A count that gives only its order of size, such as hundreds.", "statistic"),
    "extreme": Kind("A record low or high, without a number.", "statistic"),
    "year": Kind("One calendar year.", "dismissed"),
    "years": Kind("Several calendar years or a decade, from value to upper.", "dismissed"),
    "date": Kind("A day or a month; the value is its year, where stated.", "dismissed"),
    "time": Kind("A time of day.", "dismissed"),
    "ordinal": Kind("A place in an order, such as 3rd or second.", "dismissed"),
    "list": Kind("The number of a list item, at the start of a line.", "dismissed"),
    "identifier": Kind("A name, page, section, version, telephone number or code with digits.", "dismissed"),
    "word": Kind("The word one where it is a pronoun or a manner of speaking.", "dismissed"),
}


class Number(NamedTuple):
    """One number of a text: ``text[start:end] == words``, always.

    ``value`` is an int where it is whole and stated without decimals, None where the words give no
    number; ``upper`` is the end of a range. ``unit`` is "percent", "percentage points", "ratio",
    "year", an ISO currency (a bare $ is read as USD) or the noun that follows. ``decimals`` are the
    places stated; with a word of scale they are negative: 1.2 million has -5, known to the nearest
    hundred thousand. ``ambiguous`` says that the words can be read another way (12,5 or 1.234).
    """

    start: int
    end: int
    words: str
    kind: str
    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    qualifier: str | None = None
    decimals: int = 0
    ambiguous: bool = False


class _Stated(NamedTuple):
    value: Decimal
    decimals: int = 0
    ambiguous: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONGEST = 15  # digits; a longer run is a code, and a float would not hold it
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL_WORDS = (_SMALL + " seventeen eighteen nineteen").split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NTH = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_NTH += [f"{word}th" for word in _SMALL_WORDS[13:]]
_SCALES = {"hundred": 2, "thousand": 3, "k": 3, "lakh": 5, "million": 6, "m": 6, "mn": 6, "crore": 7,
           "billion": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "quarter": 4} | {word: n for n, word in enumerate(_NTH[:13]) if n > 2}
_CURRENCIES = {"$": "USD", "US$": "USD", "NZ$": "NZD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD",
               "HK$": "HKD", "S$": "SGD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "dollar": "USD",
               "us dollar": "USD", "new zealand dollar": "NZD", "australian dollar": "AUD",
               "canadian dollar": "CAD", "euro": "EUR", "pound": "GBP", "yen": "JPY"}  # fmt: skip
_CODES = "USD EUR GBP NZD AUD CAD CHF SEK NOK DKK JPY INR CNY"
_MEASURES = _words(
    "hour hours minute minutes min mins second seconds day days week weeks month months year years night "
    "nights decade decades century centuries km kg g mg m cm mm mi ft lb lbs oz ha l ml kwh mw gw gwh mb gb tb "
    "mph metres meters kilometres kilometers miles feet inches acres hectares litres liters tonnes tons grams "
    "kilograms kilos degrees °c °f °"
)
# Words that end a noun phrase: no unit is sought beyond them.
_STOPS = _words(
    "a about above after again against all also am an and another any are as at be became because been before "
    "being below between both but by came can could did do does down during each either else fell for from gave "
    "get got grew had has have he her here him his how i if in increased into is it its just last later least "
    "less like may me might more most must my never next no nor not now of off on only or our out over per rose "
    "said say says shall she should since so such than that the their them then there these they this those "
    "though through thus to told too under until up upon us versus via was we were what when where whether which "
    "while who whose why will with within without would yes yet you your remains remained dropped found decreased "
    "showed shows always perhaps ago earlier compared respectively whereas decided responded answered agreed"
)
_PEOPLE = _words("people women men children persons police staff youth clergy personnel media data wives lives")
_OF_A_YEAR = _words(
    "reports figures results elections olympics games levels prices estimates rates reforms guidelines hearings "
    "amendments protests riots budgets findings statistics rules surveys studies laws changes numbers sales"
)
_YEAR_CUES = _words("in since during until till by before after year the early late mid a an and from between than")
_NOT_A_COUNT = _words("no this that any every each some the which another only every")
_MANNER = _words("day thing point way hand side time word place day's else or another's off sided stop size")
_QUALIFIERS = {
    "about": "about|around|approximately|approx|approx.|roughly|some|circa|c.|ca.|close to|an estimated|estimated|~|≈",
    "over": "more than|over|at least|no fewer than|no less than|not less than|upwards of|in excess of|above|exceeding"
    "|greater than|>|≥",
    "under": "less than|fewer than|under|below|nearly|almost|up to|at most|no more than|not more than|as many as"
    "|as much as|<|≤",
}
_QUALIFIER = {phrase: name for name, phrases in _QUALIFIERS.items() for phrase in phrases.split("|")}
_YEAR_QUALIFIERS = _words("about around approximately circa c. ca. ~")
_MONTH = r"(?:(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\b\.?|(?:Mar|Apr|Jun|Jul)\b\.?|January|February|March|April|May|June"
_MONTH += r"|July|August|September|October|November|December)"
_DASH = "[-–‑]"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?(?:{_DASH}\d{{1,2}}(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>\d{4})(?!\w|[.,]\d)"
_GROUPS = "|".join(rf"(?:{mark}\d{{3}}(?!\d))+" for mark in (",", "[ \u00a0\u2009\u202f]", "['’٬]"))  # noqa: RUF001
_NUM = (
    rf"(?:\d{{1,3}}(?:{_GROUPS})(?:[.٫]\d++)?|\d{{1,2}}(?:,\d\d(?!\d))+,\d{{3}}(?!\d)"
    r"|\d{1,3}(?:\.\d{3}(?!\d))+,\d++|\d{1,3}(?:\.\d{3}(?!\d)){2,}|(?<!\d,)\d++,\d{1,2}(?!\d|,\d)"
    r"|(?<!\d,)0,\d++(?!,\d)|\d++(?:[.٫]\d++)?|[.٫]\d++)"
)
_CURRENCY = rf"(?:(?:US|NZ|AU?|CA?|HK|S)?\$|[€£¥₹]|(?:{_CODES.replace(' ', '|')}))\s?"
_ANY = "|".join([*_SMALL_WORDS[::-1], "hundred", "thousand", "million", "billion", "trillion"])
_NTHS = "|".join(_NTH[1:])
_SPELLED_WORD = rf"(?:(?:{_ANY})(?!\w)|(?:{'|'.join(_TENS)})(?!\w|[-‑](?:{_NTHS})(?!\w)))"
_BIG = r"(?:hundred|thousand|million|billion|trillion)(?!\w)"
_RUN = (
    rf"(?:an?\s(?:dozen(?!\w)|(?={_BIG}){_SPELLED_WORD})|{_SPELLED_WORD})"
    rf"(?:(?:[-‑]|\s{{1,2}}(?:and\s{{1,2}})?){_SPELLED_WORD}){{0,11}}"
)
_TAIL = re.compile(
    rf"""(?P<half>\s{{1,2}}and\sa\shalf(?!\w))?(?P<vulgar>[¼-¾⅐-⅞])?
    (?:[\s-]{{0,2}}(?P<scale>hundred|thousand|million|billion|trillion|dozen|lakh|crore|mn|bn|tn|(?-i:k|b|m))(?!\w))?
    (?:\s{{0,2}}(?P<points>[%％][\s-]points?|(?:[\s-]per\s?cent(?:age)?|(?<=\d)pp|[\s-]percentage)(?:[\s-]points?)(?!\w))
    |\s?(?P<basis>basis\spoints?(?!\w))
    |[\s-]{{0,2}}(?P<percent>[%％٪]|(?:per\s?cent|pct)(?!\w))
    |(?P<fold>[\s-]?fold(?!\w)|[x×](?!\w)|[\s-]{{1,2}}times(?!\w))
    |\s?(?P<money>€|£|(?:{_CODES.replace(' ', '|')})(?!\w)
      |(?:(?:US|New\sZealand|Australian|Canadian)\s)?(?:dollar|euro|pound|yen)(?=s?(?!\w)))s?
    |[\s-](?P<part>{'|'.join(_PARTS)})s?(?!\w)
    |(?P<si>\s?°[CF]?|(?-i:km|kg|mg|cm|mm|ml|ft|lbs?|ha|kWh|GWh|MW|GW|MB|GB|TB|mph|mins?|hrs?|h|g|m|s)(?!\w))
    |\s(?P<of>in|out\sof)\s(?:every\s)?(?P<whole>{_NUM}|{_RUN})(?![\w%/]|{_DASH}\d))?
    (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_FOLLOWING = re.compile(
    r"(?:\+|['’]?s)?(?:[ \u00a0]|[-‑](?=[a-z])|\n(?=[a-z]))(?:of\s)?"
    r"([^\W\d_]+(?:['’-][^\W\d_]+)*(?:[ \u00a0\n][^\W\d_]+(?:['’-][^\W\d_]+)*){0,3})"
)
_AFTER = re.compile(r"\s?(?P<over>\+(?!\d)|or\s(?:more|over|older|above))|\s?(?P<under>or\s(?:less|fewer|under))|"
                    r"(?P<about>\sor\sso(?!\w)|-odd(?!\w))")  # fmt: skip


def rounding_interval(value: float, decimals: int) -> tuple[float, float]:
    """Give the interval of numbers that round to a value stated with so many decimals.

    Negative ``decimals`` count places before the point: 1,200,000 with -5 is 1.15 to 1.25 million.
    ``value`` must be finite. The lower end belongs to the interval, the upper end does not.

    >>> rounding_interval(4.5, 1)
    (4.45, 4.55)
    """
    stated, half = Fraction(str(value)), Fraction(1, 2) * Fraction(10) ** -decimals
    return float(stated - half), float(stated + half)


def _read_digits(words: str) -> _Stated | None:
    """Read digits with their marks; None where they are a code and not a number."""
    if sum(char.isdecimal() for char in words) > _LONGEST:
        return None
    groups = words.split(" ")
    ambiguous = len(groups) > 1 and len(groups[0]) == 3 and "000" not in words
    plain = re.sub(r"[\s'’٬]", "", words).replace("٫", ".")  # noqa: RUF001
    head, comma, last = plain.rpartition(",")
    if comma and "." in last:
        plain = plain.replace(",", "")
    elif comma and "." in head:
        plain = plain.replace(".", "").replace(",", ".")
    elif comma and len(last) == 3 and head.lstrip("0"):
        plain = plain.replace(",", "")
    elif comma:
        plain, ambiguous = plain.replace(",", "."), True
    elif plain.count(".") > 1:
        plain, ambiguous = plain.replace(".", ""), True
    whole, _, places = plain.partition(".")
    if len(whole) > 1 and unicodedata.digit(whole[0]) == 0:
        return None
    loose = "," not in words and len(places) == 3 and 1 <= len(whole) <= 3 and unicodedata.digit(whole[0]) != 0
    return _Stated(Decimal(plain), len(places), ambiguous or loose)


def _read_spelled(words: str) -> tuple[_Stated, int] | None:
    """Read the longest run of number words at the start, and say where it ends.

    text2num is asked for values only: its idea of what belongs together is wider than ours.
    """
    ends = [match.end() for match in re.finditer(r"[^\W_]+", words)]
    for end in reversed(ends):
        said = re.sub(r"[\s‑-]+", " ", words[:end].lower())
        if re.search(r"(?<!hundred)(?<!thousand)(?<!million)(?<!billion) and\b|\band$", said):
            continue
        bare = re.sub(r"^an? (?!dozen)", "one ", said)
        try:
            value = 12 if bare.endswith(" dozen") else text2num(bare, "en")
        except ValueError:
            continue
        scale = _SCALES.get(bare.split()[-1], 0)
        return _Stated(Decimal(value), -scale if scale > 3 else 0), end
    return None


def _python(value: Decimal, decimals: int) -> float:
    return int(value) if decimals <= 0 and value == int(value) else float(value)


def _nouns(text: str, end: int) -> list[str]:
    """Give the words of the noun phrase that follows, up to four."""
    match = _FOLLOWING.match(text, end)
    found: list[str] = []
    for word in re.split(r"[ \u00a0\n]", match[1]) if match else []:
        first = word.split("-")[0] if text[end : end + 1] == "-" and not found else word
        if first.lower() in _STOPS:
            break
        found.append(first)
        if first != word:
            break
    return found


def _is_plural(word: str) -> bool:
    low = word.lower()
    return low in _PEOPLE or (low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "us", "is", "'s", "’s")))  # noqa: RUF001


def _unit(text: str, end: int, *, single: bool) -> str | None:
    """Name the noun that follows: the first plural, or for one thing the last word of a short phrase."""
    nouns = _nouns(text, end)
    if not nouns:
        return None
    if nouns[0].lower() in _MEASURES:
        return "years" if nouns[0].lower() == "year" else nouns[0]
    if single:
        return nouns[-1] if len(nouns) < 4 else nouns[0]
    plural = next((word for word in nouns if _is_plural(word)), None)
    alone = len(nouns) == 1 and not nouns[0].lower().endswith(("est", "ly", "ed", "ing"))
    return plural or (nouns[0] if alone else None)


def _said_before(text: str, start: int) -> list[str]:
    """Give the last three words before a number, longest phrase first, in lower case."""
    before = text[max(0, start - 40) : start].lower().replace("-", " ")
    words = [word.lstrip("(\"'“‘[") for word in before.split()[-3:]]  # noqa: RUF001
    return [" ".join(words[n:]) for n in range(len(words))]


def _qualifier(text: str, start: int, end: int) -> str | None:
    after = _AFTER.match(text, end)
    phrases = [*_said_before(text, start), text[max(0, start - 1) : start]]
    return next((_QUALIFIER[said] for said in phrases if said in _QUALIFIER), after and after.lastgroup)


def _is_year(words: str, value: float | None) -> bool:
    return len(words) == 4 and words.isdecimal() and value is not None and 1800 <= value <= 2100


def _is_counted(text: str, start: int, end: int, qualifier: str | None) -> bool:
    """Tell "2000 people signed" from "in 2000 people signed"."""
    said = _said_before(text, start)
    if qualifier and not {"over", "about", "around", "up to", "some", "c.", "circa", "under"} & set(said):
        return True
    near = [word.lower() for word in _nouns(text, end)[:2] if _is_plural(word)]
    cued = bool(said) and said[-1] in _YEAR_CUES and not (qualifier and said[-1] == "than")
    return bool(near) and near[0] not in _OF_A_YEAR and not cued


def _plain(text: str, number: Number) -> Number:
    """Decide what a number with nothing attached to it is."""
    start, end, words, value = number[:3] + (number.value,)
    line = text[max(0, start - 40) : start].rpartition("\n")
    opens = not line[2].strip() and (bool(line[1]) or start < 40)
    if opens and words.isdecimal() and len(words) < 4 and re.match(r"[.)]\s", text[end : end + 2]):
        return number._replace(kind="list")
    if number.upper is not None and _is_year(words[:4], value) and _is_year(words[-4:], number.upper):
        return number._replace(kind="years", unit="year")
    if _is_year(words, value) and not _is_counted(text, start, end, number.qualifier):
        about = set(_said_before(text, start)) & _YEAR_QUALIFIERS
        return number._replace(kind="year", unit="year", qualifier="about" if about else None)
    unit = _unit(text, end, single=value == 1)
    if words.lower() == "one":
        said = [phrase.split()[-1] for phrase in _said_before(text, start)[:1]]
        if unit is None or unit.lower() in _MANNER or set(said) & _NOT_A_COUNT or text[end : end + 1] in "'’":  # noqa: RUF001
            return number._replace(kind="word", qualifier=None)
    return number._replace(kind="measure" if unit and unit.lower() in _MEASURES else "count", unit=unit)


def _amount(text: str, start: int, end: int, stated: list[_Stated], currency: str | None) -> Number | None:
    """Read what is attached to a number (percent, million, times, dollars, -thirds, in five)."""
    tail = _TAIL.match(text, end)
    if tail is None:
        return None
    low, part, scale = stated[0], tail["part"], (tail["scale"] or "").lower()
    metres = scale in ("m", "b") and not currency and text[tail.start("scale") - 1].isdecimal()
    factor = Decimal(12) if scale == "dozen" else Decimal(10) ** _SCALES.get(scale, 0)
    extra = Decimal("0.5") if tail["half"] else Decimal(0)
    extra += Decimal(str(unicodedata.numeric(tail["vulgar"]))) if tail["vulgar"] else 0
    decimals = low.decimals - _SCALES.get(scale, 0) + bool(extra)
    ends = [_python((one.value + extra) * factor, decimals) for one in stated]
    stop = tail.end()
    found = Number(start, stop, text[start:stop], "count", ends[0], ends[1] if len(ends) > 1 else None, None,
                   None, decimals, any(one.ambiguous for one in stated))  # fmt: skip
    if metres:
        return None if scale == "b" else found._replace(
            kind="measure", value=_python(low.value, low.decimals), decimals=low.decimals, unit="m", ambiguous=True
        )
    if tail["of"]:
        return _share(text, found, end, tail)
    found = found._replace(qualifier=_qualifier(text, start, stop))
    if tail["points"] or tail["basis"] or tail["percent"]:
        unit = "percentage points" if tail["points"] else "basis points" if tail["basis"] else "percent"
        return found._replace(kind="percent", unit=unit)
    if currency or tail["money"]:
        mark = (currency or tail["money"]).strip()
        return found._replace(kind="money", unit=_CURRENCIES.get(mark, _CURRENCIES.get(mark.lower(), mark.upper())))
    if tail["fold"]:
        often = tail["fold"].endswith("times") and re.match(r"\s(?:a|an|per|each|every|in|this|last)\b", text[stop : stop + 7])
        return found._replace(kind="count" if often else "multiple", unit="times" if often else "ratio")
    if part:
        return found._replace(kind="fraction", value=float(low.value) / _PARTS[part.lower()], unit="ratio")
    if tail["si"]:
        return found._replace(kind="measure", unit=tail["si"].strip())
    return _plain(text, found)


def _share(text: str, found: Number, end: int, tail: re.Match[str]) -> Number:
    """Read "one in five" and "3 out of 4"; "5 in 12 districts" stays two numbers."""
    whole = tail["whole"]
    spelled = None if whole[-1].isdecimal() else _read_spelled(whole)
    base = spelled[0] if spelled else _read_digits(whole)
    usual = base is not None and (base.value <= 10 or base.value in (12, 15, 20, 25, 30, 40, 50) or
                                  str(base.value).strip("0") == "1")
    fits = base is not None and found.value is not None and 0 < found.value < base.value
    if base is None or not fits or not (usual or tail["of"].lower() != "in"):
        alone = found._replace(end=end, words=text[found.start : end])
        return _plain(text, alone._replace(qualifier=_qualifier(text, found.start, end)))
    stop = tail.start("whole") + (spelled[1] if spelled else len(whole))
    return Number(found.start, stop, text[found.start : stop], "fraction", float(Decimal(str(found.value)) / base.value),
                  None, "ratio", _qualifier(text, found.start, stop))


def _digits(match: re.Match[str]) -> Number | None:
    """Read a number or a range in digits."""
    text, sign = match.string, -1 if match["sign"] else 1
    stated = [_read_digits(match[name]) for name in ("low", "high") if match[name]]
    read = [one for one in stated if one]
    if len(read) < len(stated) or (len(read) > 1 and read[1].value <= read[0].value * sign):
        return _as("identifier", match)
    read[0] = read[0]._replace(value=read[0].value * sign)
    found = _amount(text, match.start(), match.end(), read, match["currency"])
    if found and len(read) > 1 and found.kind != "years":
        return found._replace(decimals=found.decimals - read[0].decimals + read[-1].decimals)
    return found


def _spelled(match: re.Match[str]) -> Number | None:
    read = _read_spelled(match[0])
    return read and _amount(match.string, match.start(), match.start() + read[1], [read[0]], None)


def _as(kind: str, match: re.Match[str], **fields: object) -> Number:
    found = Number(match.start(), match.end(), match[0], kind)
    return found._replace(**fields)  # type: ignore[arg-type]


def _identifier(match: re.Match[str]) -> Number | None:
    return _as("identifier", match) if re.search(r"\d", match[0]) else None


def _prefixed(match: re.Match[str]) -> Number | None:
    """Leave mid-1990s, under-18 and pre-2003 to the patterns for years and counts."""
    return None if match["word"].lower() in _PREFIXES or _is_year(match["code"], int(match["code"][:4])) else _identifier(match)


def _chain(match: re.Match[str]) -> Number | None:
    """Leave 1.234.567 to the counts: it is a version of no thing."""
    return None if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2}", match[0]) else _identifier(match)


def _ratio(match: re.Match[str]) -> Number:
    low, high = int(match["low"]), int(match["high"])
    if not 0 < low <= high or match["high"].startswith("0"):
        return _as("identifier", match)
    return _as("fraction", match, value=low / high, unit="ratio", qualifier=_qualifier(match.string, *match.span()))


def _date(match: re.Match[str]) -> Number | None:
    year = match.groupdict().get("year")
    if not match[0][-1].isalnum() or not re.search(r"\d", match[0]) or (year and not 1000 <= int(year) <= 2999):
        return None
    numeric = re.fullmatch(r"(\d\d?)[/.](\d\d?)[/.]\d{4}", match[0])
    either = bool(numeric) and numeric is not None and max(int(numeric[1]), int(numeric[2])) <= 12
    return _as("date", match, value=int(year) if year else None, unit="year" if year else None, ambiguous=either)


def _years(match: re.Match[str]) -> Number | None:
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) < 4:
        last += first // 100 * 100 + (100 if match["last"] == "00" else 0)
    if not (1800 <= first <= 2100 and first < last <= 2100):
        return _date_or_identifier(match)
    month = match["mark"] != "/" and len(match["last"]) == 2 and 1 <= int(match["last"]) <= 12
    return _as("years", match, value=first, upper=last, unit="year", ambiguous=month)


def _date_or_identifier(match: re.Match[str]) -> Number:
    month = len(match["last"]) == 2 and 1 <= int(match["last"]) <= 12 and 1800 <= int(match["first"]) <= 2100
    return _as("date", match, value=int(match["first"]), unit="year") if month else _as("identifier", match)


def _decade(match: re.Match[str]) -> Number | None:
    first = int(match["tens"]) if len(match["tens"]) == 4 else 1900 + int(match["tens"])
    return _as("years", match, value=first, upper=first + 9, unit="year", ambiguous=first % 100 == 0) if 1700 <= first <= 2100 else None


def _ordinal(match: re.Match[str]) -> Number:
    words = match[0].lower()
    if words[0].isdecimal():
        stated = _read_digits(words[:-2])
        return _as("ordinal", match, value=stated and int(stated.value))
    tens, _, last = words.rpartition("-")
    value = (_TENS.index(tens) * 10 + 20 if tens else 0) + _NTH.index(last)
    return _as("ordinal", match, value=value)


def _half(match: re.Match[str]) -> Number | None:
    text, big = match.string, match["big"]
    if re.search(r"(?:first|second|latter|other)\s$", text[max(0, match.start() - 8) : match.start()].lower()):
        return None
    share = 1 / _PARTS[(match["part"] or match["of"]).lower()]
    found = _as("fraction", match, value=share, unit="ratio", qualifier=_qualifier(text, match.start(), match.end()))
    if big is None:
        return found
    factor = 12 if big.lower() == "dozen" else 10 ** _SCALES[big.lower()]
    return found._replace(kind="count", value=int(share * factor), unit=_unit(text, match.end(), single=False))


def _multiple(match: re.Match[str]) -> Number:
    words = match[0].lower()
    times = next((n for n, stems in _TIMES.items() if words.startswith(stems)), None)
    value = times if times is not None else text2num(re.sub(r"-?fold$", "", words), "en")
    return _as("multiple", match, value=value, unit="ratio", qualifier=_qualifier(match.string, *match.span()))


def _vague(match: re.Match[str]) -> Number:
    return _as("vague", match, unit=_unit(match.string, match.end(), single=False), qualifier="vague")


def _extreme(match: re.Match[str]) -> Number:
    return _as("extreme", match)


_PREFIXES = _words("mid pre post non under over sub early late to plus and of age aged around circa about a all top up")
_TIMES: dict[float, tuple[str, ...]] = {
    2: ("twice", "doubl"), 3: ("thrice", "tripl", "trebl"), 4: ("quadrupl",), 5: ("quintupl",), 0.5: ("halv",)
}  # fmt: skip
_LABEL = (
    r"(?:§§?|№|#(?=\d)|(?<!\w)(?:(?-i:Article|Table|Figure|Annex|Part|Volume|Resolution|Schedule|Rule|Title|Directive"
    r"|Note|Box|Question|Version|Item|No\.|Number)|(?:sub)?sections?|chapters?|clauses?|paragraphs?|footnotes?|appendix"
    r"|pages?|pp?\.|nos?\.|vol\.|para\.|fig\.|sec\.|art\.|isbn|issn|phone|tel\.?:?)\s)"
)
_Reader = Callable[[re.Match[str]], Number | None]
_PATTERNS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(pattern, flags), reader)
    for pattern, flags, reader in (
        (r"(?:https?://|(?<!\w)www\.|(?<!\w)10\.\d{4,9}/)[^\s<>\"]*[^\W_]", re.IGNORECASE, _identifier),
        (rf"\[\d{{1,3}}(?:(?:, ?|{_DASH})\d{{1,3}}){{0,20}}\]", 0, _identifier),
        (rf"(?<![\w.,]){_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?(?!\w)", 0, _date),
        (rf"(?<!\w){_MONTH}(?=,?\s\d)(?:\s{_DAY}(?!\w|[.,]\d|\s?%))?(?:,?\s{_YEAR})?", 0, _date),
        (r"(?<![\w.,-])(?P<year>\d{4})-\d\d-\d\d(?:T\d\d(?::\d\d){1,2}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\w|-\d)", 0, _date),
        (r"(?<![\w.,/-])\d\d?(?P<mark>[/.])\d\d?(?P=mark)(?P<year>\d{4})(?![\w/]|\.\d)", 0, _date),
        (r"(?<![\w.:])\d\d?(?:[.:][0-5]\d)?\s?(?:[ap]m(?!\w)|[ap]\.m\.|o['’]clock(?!\w))", re.IGNORECASE,  # noqa: RUF001
         lambda match: _as("time", match)),
        (r"(?<![\w.:])(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}(?![\w:])", 0, lambda match: _as("time", match)),
        (rf"{_LABEL}\s?\d++(?:(?:[.]|{_DASH}|/)\d++){{0,9}}(?:\(\w{{1,3}}\)){{0,3}}[a-z]?(?!\w|\s?%)", re.IGNORECASE, _identifier),
        (r"(?<!\w)\+\d{1,3}(?:[\s.-]?\(?\d{2,4}\)?){2,5}(?!\w)|\+\d{8,15}(?!\w)", 0, _identifier),
        (r"(?<![\w.])\(?\d{3}\)?[\s.-]\d{3}[.\s-]\d{4}(?!\w)|(?<![\w.])0\d{1,4}\s\d{3,4}\s\d{3,4}(?!\w)", 0, _identifier),
        (r"(?<![\w.,])\d{3}-\d{4}(?!\w)", 0, _identifier),
        (r"(?<![\w,])\d++(?:(?:[-–]\d++){2,}|(?:/\d++){2,}|(?:\.\d++){2,})\w*+", 0, _chain),
        (r"(?<!\w)(?:9/11|24/7)(?!\w)", 0, _identifier),
        (r"(?<![\w.,])(?P<first>\d{4})(?P<mark>[-–/])(?P<last>\d{4}|\d\d?)(?![\w%/]|[.,]\d)", 0, _years),
        (r"(?:(?<!\w)['’‘]|(?<=[Tt]he )|(?<!\w)(?=\d{4}))(?P<tens>\d0|\d{3}0)['’]?s(?!\w)", 0, _decade),  # noqa: RUF001
        (r"(?<![\w.])\d{1,3}(?:,?\d{3})*(?:st|nd|rd|th)(?!\w)", re.IGNORECASE, _ordinal),
        (r"(?<!\w)(?:[^\W\d_]{1,20}[-‑]){0,2}(?P<word>[^\W\d_]{1,20})[-‑](?P<code>\d++)(?![%])\w*+", 0, _prefixed),
        (r"(?<![\w/.,])(?P<low>\d{1,3})/(?P<high>\d{1,3})(?![\w/]|[.,]\d)", 0, _ratio),
        (rf"(?<!\w)(?P<sign>(?<![)\]%-])[-−])?(?P<currency>{_CURRENCY})?(?P<low>{_NUM})"
         rf"(?:[%％]?{_DASH}(?:{_CURRENCY})?(?P<high>{_NUM}))?", 0, _digits),
        (r"(?P<digit>\d++:\d++)(?!\w)", 0, _identifier),
        (rf"(?<!\w){_RUN}", re.IGNORECASE, _spelled),
        (rf"(?<!\w)(?:(?P<part>half)(?:\s(?:of\s)?an?\s(?P<big>dozen|{_BIG}))?(?!\w)"
         rf"|a\s(?P<of>{'|'.join(_PARTS)})(?=\sof(?!\w)))", re.IGNORECASE, _half),
        (rf"(?<!\w)(?:(?:{'|'.join(_TENS)})-)?(?:{_NTHS})(?!\w)", re.IGNORECASE, _ordinal),
        (rf"(?<!\w)(?:(?:{_ANY})fold|twice|thrice|(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|ing)|double(?=\s(?:the|that|what)\s))"
         r"(?!\w)", re.IGNORECASE, _multiple),
        (r"(?<!\w)(?:(?:(?:tens|hundreds|thousands)\sof\s)?(?:hundreds|thousands|millions|billions)|dozens|tens(?=\sof\s)"
         r"|scores(?=\sof\s)|tons(?=\sof\s)|decades|centuries|a\scouple|(?:several|a\sfew|many)\s"
         r"(?:dozen|hundred|thousand|million|billion))(?!\w)", re.IGNORECASE, _vague),
        (r"(?<!\w)(?:(?:record|all-time)[\s-](?:low|high|number)s?|(?:lowest|highest|fewest|most|largest|smallest)"
         r"(?:\s[^\W\d_]{1,20}){0,2}\s(?:on\srecord|ever\srecorded))(?!\w)", re.IGNORECASE, _extreme),
        (r"(?<!\w)\w*?\d\w*+(?:[-‑]\w*\d\w*+)*", 0, _identifier),
        (r"\d++", 0, _identifier),
    )
]


def find(text: str) -> list[Number]:
    """Find every number in a text, in order and never overlapping.

    Every run of digits lies in exactly one of them. The time taken grows with the length of the text.

    >>> [(number.words, number.kind) for number in find("from 375 in 1999, to 392 workers")]
    [('375', 'count'), ('1999', 'year'), ('392', 'count')]
    """
    taken = bytearray(len(text))
    found: list[Number] = []
    for pattern, read in _PATTERNS:
        position = 0
        while match := pattern.search(text, position):
            position = max(match.end(), match.start() + 1)
            claimed = taken.rfind(1, *match.span())
            if claimed >= 0:
                position = claimed + 1
                continue
            number = read(match)
            if number is None or taken.find(1, number.start, number.end) >= 0 or _cuts(text, number):
                continue
            found.append(number)
            taken[number.start : number.end] = b"\1" * (number.end - number.start)
            position = number.end
    return _pair(text, sorted(found))


def _cuts(text: str, number: Number) -> bool:
    """Tell whether a span would split a run of digits."""
    return any(text[at - 1 : at].isdecimal() and text[at : at + 1].isdecimal() for at in (number.start, number.end))


def _pair(text: str, found: list[Number]) -> list[Number]:
    """Give the first of "10 to 15 percent" the unit of the second."""
    for at, (one, two) in enumerate(zip(found, found[1:], strict=False)):
        between = text[one.end : two.start].lower()
        if two.kind == "percent" and one.kind == "count" and between in (" to ", " and ", " or "):
            found[at] = one._replace(kind="percent", unit=two.unit)
    return found
