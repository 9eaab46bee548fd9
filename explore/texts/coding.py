"""Coding: writing registers, from the skeleton of a new one to the places of its quotes."""

from __future__ import annotations

import codecs
import os
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, cast

import tomli
import tomlkit
from tomlkit.items import AoT, SingleKey, Table

from explore import files, numbers
from explore.register.schema import ID, MAX_WORDS, UNKNOWN, Span
from explore.terms import ExploreError, Mistake, refuse
from explore.texts.scans import sentences
from explore.texts.spans import Text, cuts, locate, read_text, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from explore.numbers import Number

_ROOMS = ("statistic", "series", "dismissed")


def fill(path: Path, text: Text) -> int:
    """Write the start and end of every quote into a register; give how many were missing or wrong.

    Comments, order and layout stay. The rows of a `[[table]]` and lists of `quotes` are left alone.
    """
    raw = path.read_bytes()
    mark = "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8"
    before = raw.decode(mark)
    mistakes: list[Mistake] = []
    # Entry by entry, because tomlkit would move interleaved [[statistic]] and [[series]] together.
    entries = list(_entries(before))
    filled = [_fill_entry(path.name, entry, text.words, mistakes) for entry in entries]
    refuse(mistakes)
    after = "".join(filled)
    if _without_places(after) != _without_places(before):
        raise ExploreError(f"{path.name}: its layout is not understood; write start and end by hand")
    files.write({path.resolve(): after.encode(mark)}, overwrite=True)
    return sum(one != other for one, other in zip(entries, filled, strict=True))


def _entries(toml: str) -> Iterator[str]:
    """Cut a register before each heading, but not where a text of several lines only holds one."""
    entry = ""
    for part in re.split(r"(?m)^(?=\[\[?\w+\]\]?)", toml):
        entry += part
        try:
            tomli.loads(entry)
        except tomli.TOMLDecodeError:
            continue
        yield entry
        entry = ""
    yield entry


def _fill_entry(file: str, entry: str, words: str, mistakes: list[Mistake]) -> str:
    """Give one entry's TOML with its start and end, lined up like its other keys."""
    parsed = tomlkit.parse(entry)
    room = next(iter(parsed), "")
    table = parsed[room][0] if isinstance(parsed.get(room), AoT) else {}
    if room not in _ROOMS or "quote" not in table:
        return entry
    span = Span.model_construct(**{name: table[name] for name in Span.model_fields if name in table})
    try:
        place = _place_again(words, span)
    except ExploreError as error:
        mistakes.append(Mistake(file, f"{room} {table.get('id', '')}".strip(), "quote", span.quote, str(error)))
        return entry
    if (span.start, span.end) == place:
        return entry
    body = cast("Table", table).value.body
    body[:] = [pair for pair in body if pair[0] is None or pair[0].key not in ("start", "end")]
    keys = [key.key if key else "" for key, _ in body]
    after = max(at for at, key in enumerate(keys) if key in ("quote", "number", "prefix", "suffix"))
    width = len(next(key.as_string() for key, _ in body if key and key.key == "quote"))
    for name, value in zip(("end", "start"), place[::-1], strict=True):
        item = tomlkit.integer(value)
        item.trivia.trail = "\r\n" if "\r\n" in entry else "\n"
        body.insert(after + 1, (SingleKey(name, original=name.ljust(width), sep="= "), item))
    return tomlkit.dumps(parsed)


def _place_again(words: str, span: Span) -> tuple[int, int]:
    """Find a span anew where its start and end are missing or wrong."""
    if span.start is not None and span.end is not None:
        try:
            return locate(words, span)
        except ExploreError:
            span = span.model_copy(update={"start": None, "end": None})
    return locate(words, span)


def _without_places(toml: str) -> dict[str, object]:
    parsed = tomli.loads(toml)
    for room in _ROOMS:
        for table in parsed.get(room, []):
            table.pop("start", None), table.pop("end", None)
    return parsed


# --- the skeleton of a new register ---------------------------------------------------------------

_WHOLE = 100  # percent
_LONGEST = 1_000_000  # characters; more is coded by hand in parts
_HEADER = """\
# Every number of {name}. Where a statistic holds "{unknown}", `explore scan {id}.toml` finds its number open.
# Write the population, the place and the period of each. The population is always needed; delete the line
# of a place or a period that the text does not give. What is no statistic belongs under [[dismissed]].

[document]
title     = {title}
publisher = "{unknown}"
published = "{unknown}"
kind      = "article"
language  = "en"
sha256    = "{sha256}"
evidence  = "primary text"
"""
_CHANGE = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|gr[eo]w\w*|(?:in|de)creas\w+|dropp\w+|declin\w+|up|down)\b"
    r"\s(?:(?!from\b|to\b)\w+\s)?(?:by\s)?(?:(?:about|some|over|nearly)\s)?[^\w\s]?\d",
    re.IGNORECASE,
)
_MEASURES = {
    "percent": "share",
    "fraction": "share",
    "multiple": "growth",
    "money": "amount of money",
    "measure": "amount of time or size",
    "extreme": "record",
}


def start(path: Path) -> Path:
    """Write the skeleton of a register beside a text, never over another; give its path."""
    document = path.stem
    if path.suffix != ".txt" or not re.fullmatch(ID, document):
        slug = "-".join(re.findall(r"[a-z0-9]+", document.lower())) or "my-text"
        raise ExploreError(
            f"{path.name}: name the text with lower-case letters, digits and hyphens, such as {slug}.txt"
        )
    written = skeleton(read_text(path), document)
    target = path.with_suffix(".toml")
    if os.path.lexists(target):
        raise ExploreError(f"{target}: is there already; move it away first")
    files.write({target: written.encode()})
    return target


_REASONS = {
    "year": "a year: when, not how many",
    "years": "years: when, not how many",
    "date": "a date",
    "time": "a time of day",
    "ordinal": "a place in an order",
    "list": "the number of a list item",
    "identifier": "a name or a code with digits, such as a page, a section or a telephone number",
    "measure": "an age: of whom, not how many",
    "percent": "a level of confidence",
    "count": "a p-value",
    "vague": "how long ago, not how many",
    "word": "the word “one” for a thing or a person, not a count",
}
# How many words to quote before and after a number, the first choice first.
_LONG = ((8, 12), (5, 7), (3, 4), (2, 2), (1, 1), (0, 1), (1, 0), (0, 0))
_TIGHT = ((1, 2), (2, 1), (2, 4), (4, 2), (0, 1), (1, 0), (0, 0))


def skeleton(text: Text, document: str) -> str:
    """Write a register for a text: each likely statistic to fill in, the other numbers dismissed by kind.

    It loads as it is; a statistic with a "?" leaves its number open.
    """
    if len(text.words) > _LONGEST:
        raise ExploreError(f"{text.name}: is longer than {_LONGEST:,} characters; make a register for each part of it")
    title = next((line.strip() for line in text.words.splitlines() if line.strip()), document)
    parts = [_HEADER.format(name=text.name, id=document, title=_toml(title[:200]), sha256=text.sha256, unknown=UNKNOWN)]
    taken: dict[str, int] = {}
    dismissed: defaultdict[str, list[str]] = defaultdict(list)
    alone = []
    each = list(sentences(text.words))
    blanks = [match.end() for match in re.finditer(r"\n\s*\n", text.words)]
    likely = [number for number, _, _ in each if number.suggested == "statistic"]
    starts = [number.start for number in likely]
    for number, start, end in each:
        statistic = number.suggested == "statistic"
        found = _quoted(text.words, number, (start, end), _LONG if statistic else _TIGHT, [] if statistic else starts)
        if found is None:
            parts.append(f"# No short quote of {_comment(number.words)} was found; quote it by hand.\n")
        elif statistic:
            name = _id(text.words[number.start : min(number.end + 24, end)], taken)
            locator = f"paragraph {bisect_right(blanks, number.start) + 1}"
            parts.append(_statistic(name, locator, number, found))
        elif found.prefix is None and found.suffix is None and _once(text.words, found):
            dismissed[number.kind].append(str(found.quote))
        else:
            alone.append(_entry("dismissed", {**_place(found), "reason": _REASONS[number.kind]}))
    for kind, quotes in dismissed.items():
        listed = "".join(f"    {_toml(quote)},\n" for quote in dict.fromkeys(quotes))
        parts.append(f"[[dismissed]]\nquotes = [\n{listed}]\nreason = {_toml(_REASONS[kind])}\n")
    return "\n".join([*parts, *alone])


def _statistic(name: str, locator: str, number: Number, found: Span) -> str:
    picked, several = cast("tuple[Number, bool]", _read_alone(str(found.quote), number))
    unit = picked.unit
    outside = picked.value is not None and not 0 <= picked.value <= _WHOLE
    if unit == "percent" and (outside or _CHANGE.search(str(found.quote))):
        unit = "percent change"
    elif unit == "year" or (unit is None and picked.kind != "extreme"):
        unit = "number"
    measure = f"number of {unit}" if (unit or "").endswith("s") else "number"
    measure = "growth" if unit == "percent change" else _MEASURES.get(picked.kind, measure)
    fields: dict[str, object] = {
        "id": name,
        "topic": "to sort",
        **_place(found),
        "number": picked.words if several else None,
        "measure": measure,
        "population": UNKNOWN,
        "place": UNKNOWN,
        "period": UNKNOWN,
        "unit": None if unit == picked.unit else unit,
        "locator": locator,
    }
    return _entry("statistic", fields)


def _id(words: str, taken: dict[str, int]) -> str:
    """Make an id of a number and the words after it."""
    slug = "-".join(re.findall(r"[a-z0-9]+", words.lower())[:4]) or "number"
    found = slug
    while found in taken:
        taken[slug] += 1
        found = f"{slug}-{taken[slug]}"
    taken[found] = 1
    return found


def _place(found: Span) -> dict[str, object]:
    return {name: getattr(found, name) for name in ("quote", "prefix", "suffix", "start", "end")}


def _entry(room: str, fields: dict[str, object]) -> str:
    given = {name: value for name, value in fields.items() if value is not None}
    width = max(map(len, given))
    return "\n".join([f"[[{room}]]", *(f"{name:{width}} = {_toml(value)}" for name, value in given.items()), ""])


def _toml(value: object) -> str:
    return tomlkit.item(value).as_string()


def _comment(words: str) -> str:
    return _toml(" ".join(words.split())[:80])


def _quoted(
    words: str,
    number: Number,
    sentence: tuple[int, int],
    widths: tuple[tuple[int, int], ...],
    avoid: list[int],
) -> Span | None:
    """Choose words of the sentence to quote, with no number in them that starts at a place to avoid."""
    tokens = [match.span() for match in re.compile(r"\S+").finditer(words, *sentence)]
    first = next(at for at, (_, right) in enumerate(tokens) if right > number.start)
    last = max(at for at, (left, _) in enumerate(tokens) if left < number.end)
    sides = [(tokens[max(0, first - more)][0], tokens[min(len(tokens) - 1, last + most)][1]) for more, most in widths]
    second = None
    for left, right in dict.fromkeys([*sides, (number.start, number.end)]):
        if bisect_left(avoid, left) == bisect_left(avoid, right) and (span := _usable(words, number, left, right)):
            if span.prefix is None and span.suffix is None:
                return span
            second = second or span
    return second


def _usable(words: str, number: Number, left: int, right: int) -> Span | None:
    """Make a span that a register takes and that reads the same number; None where that cannot be."""
    quote = words[left:right]
    if re.search(r"[^\S ]", quote):
        quote = " ".join(quote.split())
    if len(quote.split()) > MAX_WORDS or quote != quote.strip() or not same(words[left:right], quote):
        return None
    if cuts(words, left) or cuts(words, right):
        return None
    if number.suggested == "statistic":
        there = _read_alone(words[left:right], number)
        if there is None or there[0].start != number.start - left or _read_alone(quote, number) is None:
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


def _read_alone(quote: str, number: Number) -> tuple[Number, bool] | None:
    """Read a quote as a register does: the number that is picked, and whether it must be named."""
    found = numbers.find(quote)
    wanted = [one for one in found if same(one.words, number.words) and one[3:5] == number[3:5]]
    likely = [one for one in found if one.suggested == "statistic"] or found
    if len(wanted) != 1 or sum(one.words == wanted[0].words for one in found) > 1:
        return None
    return wanted[0], likely != wanted
