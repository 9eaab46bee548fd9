"""Skeletons: the register of a text as far as a program can write it, for a reader to put right and to finish."""

from __future__ import annotations

import os
import re
import textwrap
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

import tomlkit

from explore import files, numbers
from explore.numbers import Number
from explore.register.schema import MAX_WORDS, UNKNOWN, Span
from explore.terms import ExploreError
from explore.texts.formats import Text, locators, read_text
from explore.texts.languages import VOCABULARY, guess
from explore.texts.proposals import Place, propose
from explore.texts.scans import document_id, sentences
from explore.texts.spans import cuts, locate, same

PROPOSED = "# proposed"
_WHOLE = 100  # percent
_LONGEST = 1_000_000  # characters; more is coded by hand in parts
_TITLE, _SENTENCE, _HEAD = 120, 96, 24  # characters of a title, of a sentence in a comment, of words in an id
_WORDS = VOCABULARY["skeleton"]
_CHANGE = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|gr[eo]w\w*|(?:in|de)creas\w+|dropp\w+|declin\w+|up|down)\b"
    r"\s(?:(?!from\b|to\b)\w+\s)?(?:by\s)?(?:(?:about|some|over|nearly)\s)?[^\w\s]?\d",
    re.IGNORECASE,
)
# How many words to quote before and after a number, the first choice first.
_LONG = ((8, 12), (5, 7), (3, 4), (2, 2), (1, 1), (0, 1), (1, 0), (0, 0))
_TIGHT = ((1, 2), (2, 1), (2, 4), (4, 2), (0, 1), (1, 0), (0, 0))


def start(path: Path) -> Path:
    """Write the skeleton of a register beside a text, never over another; give its path.

    Where the text is no plain text of the register's name, the words that were read are written too,
    as `<id>.txt`: they are what the register counts in.
    """
    text, document = read_text(path), document_id(path)
    if not document:
        raise ExploreError(f"{path.name}: name it with letters or digits, such as my-text{path.suffix}")
    target, words = path.with_name(f"{document}.toml"), path.with_name(f"{document}.txt")
    for taken in (target, words):
        if os.path.lexists(taken) and not (taken == words and read_text(words).sha256 == text.sha256):
            raise ExploreError(f"{taken}: is there already; move it away first")
    written = {target: skeleton(text._replace(name=words.name), document).encode()}
    if not words.exists():
        written[words] = text.words.encode()
    files.write(written)
    return target


def skeleton(text: Text, document: str) -> str:
    """Write a register for a text: each likely statistic with what is proposed for it, the others dismissed by kind.

    It loads as it is; as long as the document holds a "?", every number without a word of its own is open.
    """
    if len(text.words) > _LONGEST:
        raise ExploreError(f"{text.name}: is longer than {_LONGEST:,} characters; make a register for each part of it")
    language = guess(text.words)
    given = {"name": text.name, "id": document, "title": _toml(_title(text, document)), "sha256": text.sha256}
    parts = [_WORDS["header"].format(**given, language=language, unknown=UNKNOWN, proposed=PROPOSED)]
    each = list(sentences(text.words, language))
    starts = [number.start for number, _, _ in each if number.suggested == "statistic"]
    likely, taken = [], dict[str, int]()
    dismissed, alone = defaultdict[str, list[str]](list), list[str]()
    for number, first, last in each:
        statistic = number.suggested == "statistic"
        found = _quoted(text.words, number, (first, last), starts, language)
        reason = _WORDS["reasons"].get(number.kind, "says of whom or how sure, not how many")
        if found is None:
            parts.append(f"# No short quote of {_comment(number.words)} was found; quote it by hand.\n")
        elif statistic:
            name = _id(text.words[number.start : min(number.end + _HEAD, last)], taken)
            read = cast("_Read", _read_alone(str(found.quote), number, language))
            likely.append(_Likely(Place(number, first, last, name, _unit(read.number, found)), found, read))
        elif found.prefix is None and found.suffix is None and _once(text.words, found):
            dismissed[reason].append(str(found.quote))
        else:
            alone.append(_entry("dismissed", {**_where(found), "reason": reason}))
    parts += _statistics(text.words, document, [number for number, _, _ in each], likely)
    for reason, quotes in dismissed.items():
        listed = "".join(f"    {_toml(quote)},\n" for quote in dict.fromkeys(quotes))
        parts.append(f"[[dismissed]]\nreason = {_toml(reason)}\nquotes = [\n{listed}]\n")
    return "\n".join([*parts, *alone])


def _title(text: Text, document: str) -> str:
    """Take the heading of a page, else the first line with words, without the signs of Markdown."""
    lines = [text.title, *text.words.splitlines()]
    clean = (" ".join(re.sub(r"^[^\w“\"‘'$£€]+|[*_`#]+", "", line).split()) for line in lines)
    title = next((line for line in clean if re.search(r"[^\W\d_]", line)), document)
    return textwrap.shorten(title, _TITLE, placeholder=" …")


def _statistics(words: str, document: str, found: list[Number], likely: list[_Likely]) -> list[str]:
    """Write the statistics in the order of the text, under their sentences."""
    pages, parts, sentence = list(locators(words)), list[str](), (-1, -1)
    proposed = propose(words, found, [one.place for one in likely])
    for one, fields in zip(likely, proposed, strict=True):
        place = one.place
        locator = pages[bisect_right(pages, (place.number.start, "~")) - 1][1]
        if sentence != (place.start, place.end):
            sentence = (place.start, place.end)
            parts.append(f"# --- {locator}: {_comment(words[slice(*sentence)])}\n")
        parts.append(_statistic(document, locator, one, fields))
    return parts


def _statistic(document: str, locator: str, likely: _Likely, proposed: dict[str, object]) -> str:
    (place, span, read), unit = likely, likely.place.unit
    counted = f"number of {unit}" if unit and unit != "number" else "number"
    measure = "growth" if unit == "percent change" else _WORDS["measures"].get(read.number.kind, counted)
    if unit != "percent":
        proposed.pop("n", None)
    fields: dict[str, object] = {
        "id": place.id,
        "topic": document,
        **_where(span),
        "number": read.number.words if read.several else None,
        "measure": measure,
        "unit": None if unit == read.number.unit else unit,
        "locator": locator,
    }
    return _entry("statistic", fields, proposed)


def _unit(picked: Number, span: Span) -> str | None:
    """Choose the unit of a statistic: what the reader of numbers says, but a change is no share."""
    outside = picked.value is not None and not 0 <= picked.value <= _WHOLE
    if picked.unit == "percent" and (outside or _CHANGE.search(str(span.quote))):
        return "percent change"
    return "number" if picked.unit == "year" or (picked.unit is None and picked.kind != "extreme") else picked.unit


def _id(words: str, taken: dict[str, int]) -> str:
    """Make an id of a number and the words after it."""
    slug = "-".join(re.findall(r"[a-z0-9]+", words.lower())[:4]) or "number"
    found = slug
    while found in taken:
        taken[slug] += 1
        found = f"{slug}-{taken[slug]}"
    taken[found] = 1
    return found


def _where(found: Span) -> dict[str, object]:
    return {name: getattr(found, name) for name in ("quote", "prefix", "suffix", "start", "end")}


def _entry(room: str, fields: dict[str, object], proposed: dict[str, object] | None = None) -> str:
    """Write an entry, its lines lined up; what is proposed stands in the place of a guess by kind."""
    given = {name: value for name, value in (fields | (proposed or {})).items() if value is not None}
    width = max(map(len, given))
    ends = dict.fromkeys(given, "\n") | dict.fromkeys(proposed or {}, f"   {PROPOSED}\n")
    return f"[[{room}]]\n" + "".join(f"{name:{width}} = {_toml(given[name])}{ends[name]}" for name in given)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update(value)
        return table.as_string()
    return tomlkit.item(value).as_string()


def _comment(words: str) -> str:
    return _toml(textwrap.shorten(words, _SENTENCE, placeholder=" …"))


class _Read(NamedTuple):
    """The number that a register reads out of a quote, and whether there are several, so that it must be named."""

    number: Number
    several: bool


class _Likely(NamedTuple):
    """A number that is likely a statistic, the words to quote, and what a register reads out of them."""

    place: Place
    span: Span
    read: _Read


def _quoted(words: str, number: Number, sentence: tuple[int, int], statistics: list[int], language: str) -> Span | None:
    """Choose words of the sentence to quote; with what is no statistic none that starts at one of `statistics`."""
    widths, avoid = (_LONG, []) if number.suggested == "statistic" else (_TIGHT, statistics)
    tokens = [match.span() for match in re.compile(r"\S+").finditer(words, *sentence)]
    first = next(at for at, (_, right) in enumerate(tokens) if right > number.start)
    last = max(at for at, (left, _) in enumerate(tokens) if left < number.end)
    sides = [(tokens[max(0, first - more)][0], tokens[min(len(tokens) - 1, last + most)][1]) for more, most in widths]
    second = None
    for left, right in dict.fromkeys([*sides, (number.start, number.end)]):
        if bisect_left(avoid, left) == bisect_left(avoid, right) and (
            span := _usable(words, number, left, right, language)
        ):
            if span.prefix is None and span.suffix is None:
                return span
            second = second or span
    return second


def _usable(words: str, number: Number, left: int, right: int, language: str) -> Span | None:
    """Make a span that a register takes and that reads the same number; None where that cannot be."""
    quote = words[left:right]
    if re.search(r"[^\S ]", quote):
        quote = " ".join(quote.split())
    if len(quote.split()) > MAX_WORDS or quote != quote.strip() or not same(words[left:right], quote):
        return None
    if cuts(words, left) or cuts(words, right):
        return None
    if number.suggested == "statistic":
        there = _read_alone(words[left:right], number, language)
        if there is None or there.number.start != number.start - left or _read_alone(quote, number, language) is None:
            return None
    span = Span.model_construct(quote=quote, start=left, end=right)
    for reach in (0, 24, 48, 96):
        prefix = " ".join(words[max(0, left - reach) : left].split()[1:]) if reach else ""
        suffix = " ".join(words[right : right + reach].split()[:-1]) if reach else ""
        told = span.model_copy(update={"prefix": prefix or None, "suffix": suffix or None})
        if _once(words, told):
            return told
    return span


def _once(words: str, span: Span) -> bool:
    """Tell whether a span is found by its words alone, and there."""
    try:
        found = locate(words, span.model_copy(update={"start": None, "end": None}))
    except ExploreError:
        return False
    return found == (span.start, span.end)


@lru_cache(maxsize=4)  # a quote is mostly the words themselves, and what was read of the last is asked for again
def _read_alone(quote: str, number: Number, language: str) -> _Read | None:
    """Read a quote as a register does."""
    found = numbers.find(quote, language)
    wanted = [one for one in found if same(one.words, number.words) and one[3:5] == number[3:5]]
    likely = [one for one in found if one.suggested == "statistic"] or found
    if len(wanted) != 1 or sum(one.words == wanted[0].words for one in found) > 1:
        return None
    return _Read(wanted[0], likely != wanted)
