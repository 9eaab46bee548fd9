"""Registers: one TOML file a document, checked whole, its values read out of the quoted words."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli
from pydantic import ValidationError

from explore import numbers
from explore.register.derivation import derive, full
from explore.register.schema import (
    ID,
    UNKNOWN,
    Dismissed,
    Document,
    Entry,
    Series,
    Statistic,
    Written,
    explain,
    leave_out,
    name_of,
)
from explore.terms import ExploreError, Mistake, nearest, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 8_000_000
_BLANK = Statistic.model_construct()  # copied, it makes a statistic in a third of the time


class Register(NamedTuple):
    """One document's register, read and checked; `broken` are the ids of entries left out for a mistake."""

    id: str
    path: Path
    document: Document
    statistics: list[Statistic]
    series: list[Series]
    dismissed: list[Dismissed]
    broken: frozenset[str]


class Library(NamedTuple):
    """All registers of a folder, with every statistic and series under its id."""

    registers: dict[str, Register]
    statistics: dict[str, Statistic]
    series: dict[str, Series]


def shipped() -> Path:
    """Return the folder of registers that come with the package, in a checkout or in the wheel."""
    package = Path(__file__).parents[1]
    inside = package / "seeds"
    return inside if inside.is_dir() else package.with_name("seeds")


def load(seeds: Path | str | None = None) -> Library:
    """Read every register of a folder; raise one `ExploreError` that lists every mistake in them.

    Registers that have not changed since the last call are not read again.

    >>> library = load()
    >>> library.statistics["autostraddle-2015/la-solicited"].value
    42
    """
    if not isinstance(seeds, str | Path | None):
        raise ExploreError(f"seeds = {seeds!r}: is no folder; give its path, or leave it out")
    folder = shipped() if seeds is None else Path(seeds)
    if not folder.is_dir():
        message = f"{folder}: no such folder of registers; give a folder that holds <document id>.toml files"
        raise ExploreError(message)
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        message = f"{folder}: holds no register; write one with `explore scan TEXT --new`"
        raise ExploreError(message)
    return _load(tuple(_stat(path) for path in paths))


def _stat(path: Path) -> tuple[Path, int, int]:
    try:
        return path, path.stat().st_mtime_ns, path.stat().st_size
    except OSError as error:
        raise ExploreError(f"{path.name}: cannot be read: {error.strerror}") from None


@lru_cache(maxsize=4)
def _load(files: tuple[tuple[Path, int, int], ...]) -> Library:
    mistakes: list[Mistake] = []
    library = Library({}, {}, {})
    for path, _, _ in files:
        register = read(path, mistakes)
        if register is None:
            continue
        library.registers[register.id] = register
        library.statistics.update((one.key, one) for one in register.statistics)
        for series in register.series:
            if series.id in library.series:
                fix = "another register declares this series; keep one, or give it another id"
                mistakes.append(Mistake(path.name, f"series {series.id}", "id", series.id, fix))
            library.series[series.id] = series
    _check_references(library, mistakes)
    derive(library, mistakes)
    refuse(mistakes)
    return library


def read(path: Path, mistakes: list[Mistake]) -> Register | None:
    """Read one register, adding what is wrong in it to `mistakes`; None when nothing could be read."""
    document = path.stem
    if not re.fullmatch(ID, document):
        fix = "name the file with lower-case letters, digits and hyphens, such as who-2015.toml"
        mistakes.append(Mistake(path.name, "file", "name", document, fix))
    raw = _toml(path, mistakes)
    if raw is None:
        return None
    entries, given = raw.get("statistic", []), raw.pop("table", [])
    if isinstance(entries, list):
        rows = list(_rows(path.name, given, mistakes))
        labels = [f"statistic {name_of(entry, at)}" for at, entry in enumerate(entries)]
        labels += [label for label, _ in rows]
        raw["statistic"] = entries + [entry for _, entry in rows]
    else:
        labels = []
    broken: set[str] = set()
    try:
        written = Written.model_validate(raw)
    except ValidationError as error:
        mistakes.extend(explain(path.name, raw, labels, error))
        broken = leave_out(raw, labels, error)
        written = Written.model_validate(raw)
    statistics, seen = list[Statistic](), set[str]()
    for label, entry in zip(labels, written.statistic, strict=True):
        known = len(mistakes)
        one = _complete(
            document, written.document, *_value(path.name, label, entry, mistakes, written.document.language)
        )
        if len(mistakes) > known:
            broken.add(one.id)
            continue
        statistics.append(one)
        if one.id in seen:
            mistakes.append(Mistake(path.name, label, "id", one.id, "is used twice; give each statistic its own"))
        seen.add(one.id)
        _check(path.name, label, one, mistakes)
    return Register(
        document,
        path,
        written.document,
        statistics,
        written.series,
        written.dismissed,
        frozenset(full(document, one) for one in broken) | broken,
    )


def _toml(path: Path, mistakes: list[Mistake]) -> dict[str, Any] | None:
    fix = ""
    try:
        if path.stat().st_size > MAX_BYTES:
            fix = f"is larger than {MAX_BYTES:,} bytes; a register holds short quotes, not texts"
        else:
            return tomli.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        fix = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
    except (ValueError, RecursionError) as error:
        fix = f"is not valid TOML: {error}"
    except OSError as error:
        fix = f"cannot be read: {error.strerror}"
    mistakes.append(Mistake(path.name, "file", "text", None, fix))
    return None


def _rows(file: str, tables: object, mistakes: list[Mistake]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield one statistic a row: the table's shared fields, and the row's own."""
    for at, table in enumerate(tables if isinstance(tables, list) else [None]):
        shared = dict(table) if isinstance(table, dict) else {}
        columns, rows = shared.pop("columns", None), shared.pop("rows", None)
        label = f"table number {at + 1}"
        if not all(isinstance(one, list) for one in (columns, rows, *(rows if isinstance(rows, list) else []))):
            fix = 'write columns = ["id", "period", "value"] and rows = [["x", 2001, 7], …]'
            mistakes.append(Mistake(file, label, "columns, rows", None, fix))
            continue
        for line, row in enumerate(rows):
            if len(row) != len(columns):
                fix = f"holds {len(row)} values for {len(columns)} columns"
                mistakes.append(Mistake(file, label, f"row {line + 1}", row, fix))
                continue
            own = {str(name): value for name, value in zip(columns, row, strict=True) if value != ""}
            yield f"{label}, row {line + 1}, {own.get('id', 'no id')}", shared | own


def _value(
    file: str, label: str, entry: Entry, mistakes: list[Mistake], language: str
) -> tuple[Entry, numbers.Number | None]:
    """Find the number that an entry's words state."""

    def wrong(field: str, value: object, fix: str) -> tuple[Entry, None]:
        mistakes.append(Mistake(file, label, field, value, fix))
        return entry, None

    if entry.quote is None:
        if entry.value is None and entry.derived is None:
            return wrong("quote", None, "is missing; write the words, or value with locator, or derived")
        if entry.number is not None:
            return wrong("number", entry.number, "picks a number of a quote; write the quote too, or leave it out")
        return entry, None
    if entry.value is not None:
        return wrong("value", entry.value, "leave it out: the value is read out of the quote")
    found = numbers.find(entry.quote, language)
    if entry.number is not None:
        chosen = [one for one in found if one.words == entry.number]
    else:
        chosen = [one for one in found if one.suggested == "statistic"] or found
    if len(chosen) == 1:
        return entry, chosen[0]
    listed = ", ".join(f'"{one.words}"' for one in found) or "none"
    if not found:
        return wrong("quote", entry.quote, "states no number; quote the words that do")
    if len(chosen) > 1 and entry.number is not None:
        return wrong("number", entry.number, "stands in the quote more than once; shorten the quote")
    return wrong("number", entry.number, f"write number = one of the quote’s numbers: {listed}")


def _complete(document: str, header: Document, entry: Entry, number: numbers.Number | None) -> Statistic:
    """Add to an entry what its words, its register and its own id give."""
    given = entry.__dict__ | {
        "key": f"{document}/{entry.id}",
        "document": document,
        "stated_by": entry.stated_by or header.stated_by or header.publisher,
        "locator": entry.locator or header.locator,
        "url": entry.url or header.url,
        "evidence": entry.evidence or header.evidence,
        "source": [full(document, one) for one in entry.source],
        "candidates": [full(document, one) for one in entry.candidates],
    }
    if entry.derived and entry.quote is None and entry.value is None:
        given["evidence"] = "arithmetic"
    if entry.value is not None:
        text = str(entry.value)
        given["value_text"] = entry.value_text or text
        given["decimals"] = len(text.partition(".")[2]) if "e" not in text else 0
    if number is not None:
        given["value"] = number.value
        given["value_text"] = number.words
        given["decimals"] = number.decimals
        given["unit"] = entry.unit or number.unit
        given["qualifier"] = entry.qualifier or number.qualifier
        if number.kind == "extreme":
            low = re.search(r"low|fewest|least|small", number.words, re.IGNORECASE)
            given["extreme"] = "lowest" if low else "highest"
    if UNKNOWN in given.values():
        given |= {name: None for name, value in given.items() if value == UNKNOWN}
        given["unfinished"] = [name for name, value in entry.__dict__.items() if value == UNKNOWN]
    return _BLANK.model_copy(update=given)


def _check(file: str, label: str, one: Statistic, mistakes: list[Mistake]) -> None:
    """Check what needs the value and the defaults."""

    def wrong(field: str, value: object, fix: str) -> None:
        mistakes.append(Mistake(file, label, field, value, fix))

    if one.evidence is None:
        wrong("evidence", None, 'is missing; write evidence = "primary text" here or in [document]')
    if one.locator is None:
        wrong("locator", None, "is missing; say where in the document it stands, here or in [document]")
    if one.unit is None and one.extreme is None and one.evidence != "arithmetic":
        wrong("unit", None, 'the words do not say it; write unit = "people", "hours", …')
    if one.unit == "percent" and one.value is not None and not 0 <= one.value <= 100:
        wrong("value", one.value, 'a share lies between 0 and 100; for a change write unit = "percent change"')
    if one.unit == "year" and one.value is not None and not 1000 <= one.value <= 2100:
        wrong("value", one.value, "is no year")
    if one.n is not None and one.unit != "percent":
        wrong("n", one.n, 'belongs to a share; leave it out, or write unit = "percent"')
    if (one.start is None) != (one.end is None):
        wrong("start", one.start, "start and end go together; `explore scan --write` fills them in")


def _check_references(library: Library, mistakes: list[Mistake]) -> None:
    """Check that every id that a register refers to exists."""
    broken = {key for register in library.registers.values() for key in register.broken}
    for register in library.registers.values():
        for one in register.statistics:
            parts = next(iter(one.derived.values())) if one.derived else []
            derived = [full(one.document, part) for part in parts]
            for field, keys in (("source", one.source), ("candidates", one.candidates), ("derived", derived)):
                for key in keys:
                    if key not in library.statistics and key not in broken:
                        fix = f"no register holds this statistic; {nearest(key, library.statistics)}"
                        mistakes.append(Mistake(register.path.name, f"statistic {one.id}", field, key, fix))
            if one.series is not None and one.series not in library.series and one.series not in broken:
                fix = f"no register declares this series; {nearest(one.series, library.series)}"
                mistakes.append(Mistake(register.path.name, f"statistic {one.id}", "series", one.series, fix))
