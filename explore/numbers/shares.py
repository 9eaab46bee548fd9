"""Shares, multiples and sizes that are said in words alone: "a third", "doubled", "hundreds", "a record low"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from explore.numbers.context import is_plural, nouns, qualifier, unit
from explore.numbers.families import Pattern, as_kind
from explore.numbers.languages import any_of

if TYPE_CHECKING:
    from explore.numbers.kinds import Number
    from explore.numbers.languages import Language

# Before these, "decades" is a stretch of history and no statement of how long.
_OF_HISTORY = re.compile(
    r"\b(?:the|these|those|past|recent|last|next|coming|early|middle|later?|earlier|previous)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(r"\s(?:of|de|der|des|von)\s|\s*(?:[(),.;:!?”\"–—-]\s?(?![a-z])|$)|\s[(\d–—]")
_STRONG = re.compile(
    r"\b(?:by|almost|nearly|about|around|roughly|over|under|than|least|some|up\sto|just|only|lost|to)\s$", re.IGNORECASE
)


def _share(
    match: re.Match[str], words: Language, value: float, unit_of_it: str | None = "ratio", kind: str = "fraction"
) -> Number:
    text = match.string
    said = qualifier(text, *match.span(), words)
    return as_kind(kind, match, value, unit=unit_of_it)._replace(qualifier=said)


def _half(match: re.Match[str], words: Language) -> Number:
    said = match[0].lower()
    return _share(match, words, next(value for name, value in words.table("shares").items() if said.endswith(name)))


def _part(match: re.Match[str], words: Language) -> Number | None:
    """Read "a third" where no noun follows that it would number: "a third (29%)", but not "a third party"."""
    text, end = match.string, match.end()
    following = nouns(text, end, words)
    next_word, part = (following[0].lower() if following else ""), match["part"].lower()
    verb = (
        next_word in words.set_of("part_verbs")
        or next_word.endswith("ly")
        or (next_word.endswith("ed") and len(following) == 1)
    )
    if part in words.set_of("only_part"):
        alone = next_word not in words.set_of("no_part_of")
    else:
        of_some = re.match(r"\sof\s", text[end : end + 4]) is not None  # the link is left out of what follows
        alone = not following or verb or of_some or _PART_AFTER.match(text, end) is not None
    if not alone and not _STRONG.search(text[max(0, match.start() - 12) : match.start()]):
        return None
    return _share(match, words, 1 / words.table("parts")[match["part"].lower()])


def _every(match: re.Match[str], words: Language) -> Number | None:
    """Read "every second household" but not "every second counts" and "every second day"."""
    following = nouns(match.string, match.end(), words)
    if not following or following[0].lower() in words.set_of("measures") or is_plural(following[0], words):
        return None
    nth = {name: n for name, n in words.table("ordinals").items() if match["nth"].lower().startswith(name)}
    return _share(match, words, 1 / max(nth.values())) if nth else None


def _of_a_point(match: re.Match[str], words: Language) -> Number | None:
    """Read "half a per cent", "a quarter-point" and "a quarter of a million"."""
    said = re.split(r"[\s-]", match["part"].lower())
    if match["scale"] and said == ["half"]:
        return None  # number words
    value = (3 if said[0] == "three" else 1) / words.table("parts")[said[-1].removesuffix("s")]
    if match["scale"]:
        counted = unit(match.string, match.end(), None, words)
        return _share(match, words, int(value * 10 ** words.table("scales")[match["scale"].lower()]), counted, "count")
    return _share(match, words, value, "percent" if match["percent"] else "percentage points", "percent")


def _multiple(match: re.Match[str], words: Language) -> Number:
    return _share(match, words, words.table("multiples")[match[0].lower()], kind="multiple")


def _ordinal(match: re.Match[str], words: Language) -> Number:
    said = match[0].lower().split("-")
    tens = {word: 10 * n for n, word in enumerate(words.listed("spelled")[-8:], 2)}
    return as_kind("ordinal", match, sum(tens.get(word, words.table("ordinals").get(word, 0)) for word in said))


def _vague(match: re.Match[str], words: Language) -> Number:
    text, end = match.string, match.end()
    named = unit(text, end, None, words)
    counted = named and (
        "plural" not in words.set_of("noun") or is_plural(named, words) or named.lower() in words.set_of("measures")
    )  # not in "hundreds slept"
    stretch = match[0].lower() in ("decades", "centuries")
    before = text[max(0, match.start() - 24) : match.start()]
    long_ago = stretch and (text[end : end + 4] == "-old" or _OF_HISTORY.search(before))
    found = as_kind("vague", match, unit=named if counted else None)._replace(qualifier="vague")
    return found._replace(suggested="dismissed") if long_ago else found


def _extreme(match: re.Match[str], _: Language) -> Number:
    return as_kind("extreme", match)


@cache
def before(words: Language) -> list[Pattern]:
    """Give the patterns that come before numbers, since they hold number words."""
    return [
        Pattern(_of_a_point, rf"(?i)(?<!\w){words.pattern('of_point')}(?!\w)", words.table("parts")),
        Pattern(_every, rf"(?i)(?<!\w){words.pattern('every_nth')}(?!\w)", words.set_of("every_words")),
        Pattern(_vague, rf"(?i)(?<!\w)(?:{words.pattern('vague_many')})(?!\w)", words.set_of("vague_words")),
    ]


@cache
def after(words: Language) -> list[Pattern]:
    """Give the patterns of what is said in words alone, where no number was read before."""
    tens = any_of(words.listed("spelled")[-8:])
    ordinals = any_of(words.table("ordinals"))
    return [
        Pattern(_half, rf"(?i)(?<!\w)(?:{words.pattern('shares')})(?!\w)", words.table("shares")),
        Pattern(
            _part,
            rf"(?i)(?<!\w){words.pattern('part_article')}\s(?P<part>{any_of(words.table('parts'))})(?!\w|-)",
            words.table("parts"),
        ),
        Pattern(_ordinal, rf"(?i)(?<!\w)(?:(?:{tens})-)?(?:{ordinals})(?!\w)", words.table("ordinals")),
        Pattern(
            _multiple,
            rf"(?i)(?<!\w){words.pattern('double')}(?:{any_of(words.table('multiples'))})(?!\w)",
            words.table("multiples"),
        ),
        Pattern(_vague, rf"(?i)(?<!\w)(?:{words.pattern('vague')})(?!\w)", words.set_of("vague_words")),
        Pattern(_extreme, rf"(?i)(?<!\w)(?:{words.pattern('extreme')})(?!\w)", words.set_of("extreme_words")),
    ]
