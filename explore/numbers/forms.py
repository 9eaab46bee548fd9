"""Forms: how a number is read that is known by its form, such as a date, a code, "a third" or "hundreds"."""

import re
from collections.abc import Callable

from explore.numbers import amounts
from explore.numbers.context import is_plural, nouns, qualifier, unit
from explore.numbers.kinds import Number
from explore.numbers.languages import Language
from explore.numbers.notation import read_digits


def _whole(match: re.Match[str], _: Language, kind: str = "identifier") -> Number | None:
    """Read a name, a code or a time: what counts nothing. A name without a digit is none of ours."""
    return Number(*match.span(), match[0], kind) if kind != "identifier" or re.search(r"\d", match[0]) else None


def _date(match: re.Match[str], _: Language) -> Number:
    text = match[0]
    year = re.search(r"(?<!\d)\d{4}(?!\d)|(?<=['’‘])\d\d$|(?<=/)\d\d$", text)
    either = re.fullmatch(r"(?:0?\d|1[0-2])[/.](?:0?\d|1[0-2])[/.]\d{2,4}", text) is not None
    value = int(year[0]) if year else None
    if value is not None and value < 100:
        value += 2000 if value < 50 else 1900
    return Number(*match.span(), match[0], "date", value, unit="year" if year else None, ambiguous=either)


def _years(match: re.Match[str], _: Language) -> Number:
    """Read 2006/2007, 2003/04 and 1999/00; 2015-08 is a month, 2006-07 may be one."""
    first, last = int(match[1]), int(match[3]) + int(match[1]) - int(match[1]) % 10 ** len(match[3])
    last += 100 if match[3] == "00" else 0
    month = match[2] != "/" and len(match[3]) == 2 and 1 <= int(match[3]) <= 12
    if 1800 <= first < last <= 2100:
        return Number(*match.span(), match[0], "years", first, last, "year", ambiguous=month)
    return (
        Number(*match.span(), match[0], "date", first, unit="year")
        if month
        else Number(*match.span(), match[0], "identifier")
    )


def _decade(match: re.Match[str], _: Language) -> Number:
    """Read "the 90s", years, and "in her 40s", an age."""
    first = int(match["tens"])
    if match.re.groupindex.get("age"):
        return Number(*match.span(), match[0], "measure", first, first + 9, "years")._replace(suggested="dismissed")
    first += 1900 if first < 100 else 0
    return Number(*match.span(), match[0], "years", first, first + 9, "year", ambiguous=first % 100 == 0)


def _era(match: re.Match[str], _: Language) -> Number:
    value = int(re.sub(r"\D", "", match[0]))
    return Number(*match.span(), match[0], "year", -value if "B" in match[0] else value, unit="year")


def _ordinal(match: re.Match[str], words: Language) -> Number:
    """Read "3rd" and "twenty-first"."""
    said = match[0].lower()
    if said[0].isdecimal():
        stated = read_digits(match["digits"])
        return Number(*match.span(), match[0], "ordinal", int(stated.value) if stated else None)
    known = words.table("tens") | words.table("ordinals")
    return Number(*match.span(), match[0], "ordinal", sum(known[word] for word in said.split("-")))


def _share(
    match: re.Match[str], words: Language, value: float, unit: str | None = "ratio", kind: str = "fraction"
) -> Number:
    return Number(*match.span(), match[0], kind, value, None, unit, qualifier(match.string, *match.span(), words))


def _named(match: re.Match[str], words: Language, kind: str, table: str) -> Number:
    """Read a word that says a value: "half", "doubled"."""
    said = match[0].lower()
    return _share(
        match, words, next(value for name, value in words.table(table).items() if said.endswith(name)), kind=kind
    )


def _part(match: re.Match[str], words: Language) -> Number | None:
    """Read "a third" where no noun follows that it would number: "a third (29%)", but not "a third party"."""
    text, end, part = match.string, match.end(), match["part"].lower()
    following = nouns(text, end, words)
    next_word = following[0].lower() if following else ""
    if part in words.set_of("only_part"):
        alone = next_word not in words.set_of("no_part_of")
    else:
        verb = next_word in words.set_of("part_verbs") or next_word.endswith("ly")
        verb = verb or (next_word.endswith("ed") and len(following) == 1)
        # "of" is left out of what follows
        alone = not following or verb or words.regex("part_behind").match(text, end) is not None
    if not alone and not words.regex("part_strong").search(text[max(0, match.start() - 12) : match.start()]):
        return None
    return _share(match, words, 1 / words.table("parts")[part])


def _every(match: re.Match[str], words: Language) -> Number | None:
    """Read "every second household" but not "every second counts" and "every second day"."""
    following = nouns(match.string, match.end(), words)
    if not following or following[0].lower() in words.set_of("measures") or is_plural(following[0], words):
        return None
    nth = [n for name, n in words.table("ordinals").items() if match["nth"].lower().startswith(name)]
    return _share(match, words, 1 / max(nth)) if nth else None


def _of_point(match: re.Match[str], words: Language) -> Number | None:
    """Read "half a per cent", "a quarter-point" and "a quarter of a million"."""
    said, scale = re.split(r"[\s-]", match["part"].lower()), match["scale"]
    value = (3 if said[0] == "three" else 1) / words.table("parts")[said[-1].removesuffix("s")]
    if not scale:
        return _share(match, words, value, "percent" if match["percent"] else "percentage points", "percent")
    if said == ["half"]:
        return None  # number words
    counted = unit(match.string, match.end(), None, words)
    return _share(match, words, int(value * 10 ** words.table("scales")[scale.lower()]), counted, "count")


def _vague(match: re.Match[str], words: Language) -> Number:
    text, end = match.string, match.end()
    named = unit(text, end, None, words)
    counted = named and (
        "plural" not in words.set_of("noun") or is_plural(named, words) or named.lower() in words.set_of("measures")
    )  # not in "hundreds slept"
    before = text[max(0, match.start() - 24) : match.start()]
    long_ago = match[0].lower() in ("decades", "centuries") and (
        text[end : end + 4] == "-old" or words.regex("of_history").search(before)
    )
    found = Number(*match.span(), match[0], "vague", None, None, named if counted else None, "vague")
    return found._replace(suggested="dismissed") if long_ago else found


READERS: dict[str, Callable[..., Number | None]] = {
    "amount": amounts.read,
    "date": _date,
    "decade": _decade,
    "era": _era,
    "every": _every,
    "named": _named,
    "of_point": _of_point,
    "ordinal": _ordinal,
    "part": _part,
    "vague": _vague,
    "whole": _whole,
    "years": _years,
}
