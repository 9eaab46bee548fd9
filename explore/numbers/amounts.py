"""Amounts: one quantity, or two that make a range, a share or a rate, and what kind of number that is."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from explore.numbers import plain, quantities, ranges
from explore.numbers.context import qualifier
from explore.numbers.currencies import BEFORE
from explore.numbers.kinds import Number
from explore.numbers.languages import WORD_END
from explore.numbers.notation import NUM, read_digits, read_spelled, run

if TYPE_CHECKING:
    from decimal import Decimal

    from explore.numbers.languages import Language
    from explore.numbers.quantities import Quantity

_NOUNS = r"(?:\s[^\W\d_]{2,20}){1,3}?"
_FAR = 66  # characters: the longest three nouns, and a link
_PLUS_MINUS = re.compile(rf"\s?(?:±|\+/?[-−])\s?{NUM}{WORD_END}")


@cache
def _share(words: Language) -> re.Pattern[str]:
    """Give the pattern of "in five", "women in every ten", "-in-200", "/3" after a number."""
    base = rf"(?P<cost>(?-i:{BEFORE}))?(?P<base>{NUM}|{run(words)})"
    link = rf"(?P<link>{words.pattern('share')})"
    return re.compile(
        rf"(?:/(?P<under>{NUM})|[-‑]{link.replace('link', 'tight')}[-‑](?P<root>{NUM}|{run(words)})"
        rf"|(?P<noun>{_NOUNS})??\s{link}\s(?:(?P<every>{words.pattern('every')})\s)?{base})(?!(?!p\b)\w|[%/]|[-–‑]\d)",
        re.IGNORECASE,
    )


@cache
def _near(words: Language) -> re.Pattern[str]:
    """Give the pattern of what every share and rate holds, which is quickly looked for."""
    return re.compile(rf"/\d|[\s-](?:{words.pattern('share')}|{words.pattern('rate')})[\s-]", re.IGNORECASE)


@cache
def _rate(words: Language) -> re.Pattern[str]:
    """Give the pattern of "deaths per 1,000" after a number."""
    return re.compile(
        rf"(?:{_NOUNS})?[\s-]{words.pattern('rate')}[\s-](?P<base>{NUM}|{run(words)})(?![\w%/]|[-–‑]\w)", re.IGNORECASE
    )


def read(match: re.Match[str], words: Language) -> Number | None:
    """Read a number, a range, a share or a rate that begins where a number was found."""
    text = match.string
    first = quantities.read(match, words)
    if first is None:
        return None
    article = first.kind is None and re.fullmatch(
        words.pattern("article"), text[first.start : first.end], re.IGNORECASE
    )
    if found := _parted(text, first, words):
        return found
    if article and words.code != "en":
        return None
    if spread := _PLUS_MINUS.match(text, first.bare_end):
        joined = match.re.match(text, spread.end() - len(spread[0].lstrip(" ±+/-−")))
        rest = joined and quantities.read(joined, words)
        if rest:
            return _number(
                text, rest._replace(start=first.start, value=first.value, decimals=first.decimals), None, words
            )
    first, second = ranges.join(match, first, words)
    return _number(text, first, second, words)


def _number(text: str, first: Quantity, second: Quantity | None, words: Language) -> Number:
    """Lay out what was read as a number; what nothing is attached to is left to `plain`."""
    values = [one.value for one in (first, second) if one]
    last = second or first
    whole = [one.decimals <= 0 and one.value == int(one.value) for one in (first, second) if one]
    ends = [int(value) if is_whole else float(value) for value, is_whole in zip(values, whole, strict=True)]
    start, end = first.start, last.end
    unit = last.unit or ""
    if last.kind == "measure" and text[end - len(unit) - 1].isspace() and not re.search(r"\d", unit):
        end -= len(unit) + 1  # "5 kg" is 5, of which kg is the unit, as in "5 weeks"
    found = Number(
        start,
        end,
        text[start:end],
        last.kind or "count",
        value=ends[0],
        upper=ends[1] if second else None,
        unit=last.unit,
        qualifier=qualifier(text, start, end, words),
        decimals=last.decimals,
        ambiguous=any(one.ambiguous for one in (first, second) if one),
    )
    if last.kind == "measure":
        return plain.age(text, found, words)
    if last.kind == "percent" and plain.CONFIDENCE.match(text, end):
        return found._replace(suggested="dismissed")
    if last.kind == "identifier":
        return found._replace(value=None, upper=None)
    return found if last.kind else plain.read(text, found, words)


def _base(words_of_it: str, words: Language) -> tuple[Decimal, int] | None:
    """Read the whole that a share is of, and how many characters it takes."""
    if words_of_it[-1].isdecimal():
        stated = read_digits(words_of_it, comma=words.has("comma"))
        return (stated.value, len(words_of_it)) if stated else None
    said = read_spelled(words_of_it, words)
    return (said[0].value, said[1]) if said else None


def _parted(text: str, first: Quantity, words: Language) -> Number | None:
    """Read "one in five", "one woman in six" and "3 deaths per 1,000"; "5 in 12 districts" stays two numbers."""
    bare = first.kind is None and first.places == 0 and first.value > 0
    if not _near(words).search(text, first.end, first.end + _FAR):
        return None
    if bare and (rate := _rate(words).match(text, first.end)):
        base = _base(rate["base"], words)
        if base and base[0] >= 1 and base[0] == int(base[0]):
            end = rate.start("base") + base[1]
            if not plain.is_measure(text, end, words) or base[0] >= 1000:
                found = first._replace(end=end, kind="fraction", unit=f"per {int(base[0]):,}")
                return _number(text, found, None, words)
    share = _share(words).match(text, first.end)
    if share and first.kind == "money":
        return _coin_in_coins(text, first, share, words)
    if share is None or not bare:
        return None
    group = next(name for name in ("base", "root", "under") if share[name])
    base = _base(share[group], words)
    if base is None or not 0 < first.value <= base[0]:
        return None
    end = share.start(group) + base[1]
    if not (share["under"] or share["every"] or _is_share(first, share, base[0], end, words)):
        return None
    number = _number(text, first._replace(end=end, kind="fraction", unit="ratio", decimals=0), None, words)
    return number._replace(value=float(first.value / base[0]))


def _coin_in_coins(text: str, first: Quantity, share: re.Match[str], words: Language) -> Number | None:
    """Read "£1 in every £12" and "1p of every 10p"."""
    at = share.start("cost" if share["cost"] else "base")
    other = quantities.head(words).match(text, at) if at >= 0 else None
    whole = quantities.read(other, words) if other else None
    alike = whole and (whole.unit == first.unit or (whole.kind is None and share["every"]))
    if whole is None or not alike or not 0 < first.value <= whole.value:
        return None
    found = first._replace(end=whole.end, kind="fraction", unit="ratio", decimals=0)
    return _number(text, found, None, words)._replace(value=float(first.value / whole.value))


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
        return round_base and first.value <= 3 and not plain.is_place(share.string, end, words)
    if link == "of":
        return round_base and first.value > 1
    return round_base or first.value == 1
