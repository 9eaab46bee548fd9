"""Coding: writing the places of its quotes into a register."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import tomli
import tomlkit
from tomlkit.items import AoT, SingleKey, Table

from explore import files
from explore.register.schema import Span
from explore.terms import ExploreError, Mistake, refuse
from explore.texts.formats import Text
from explore.texts.spans import locate

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
    files.write({path.resolve(): after.encode(mark)}, overwrite=True, was=raw)
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
