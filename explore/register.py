"""Registers: one TOML file a document, checked whole, its values read out of the quoted words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple, cast

from pydantic import BaseModel, ValidationError

from explore import numbers
from explore.schema import ID, Dismissed, Document, Entry, Operation, Series, Statistic, Written
from explore.terms import ExploreError, Mistake, nearest, refuse

MAX_BYTES = 8_000_000


class Register(NamedTuple):
    """One document's register, read and checked."""

    id: str
    path: Path
    document: Document
    statistics: list[Statistic]
    series: list[Series]
    dismissed: list[Dismissed]


class Library(NamedTuple):
    """All registers of a folder, with every statistic and series under its id."""

    registers: dict[str, Register]
    statistics: dict[str, Statistic]
    series: dict[str, Series]


def shipped() -> Path:
    """Return the folder of registers that come with the package, in a checkout or in the wheel."""
    inside = Path(__file__).with_name("seeds")
    return inside if inside.is_dir() else Path(__file__).parents[1] / "seeds"


def load(seeds: Path | str | None = None) -> Library:
    """Read every register of a folder; raise one `ExploreError` that lists every mistake in them.

    Registers that have not changed since the last call are not read again.

    >>> library = load()
    >>> library.statistics["autostraddle-2015/la-solicited"].value
    42
    """
    folder = shipped() if seeds is None else Path(seeds)
    if not folder.is_dir():
        message = f"{folder}: no such folder of registers; give a folder that holds <document id>.toml files"
        raise ExploreError(message)
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        message = f"{folder}: holds no register; write one with `explore scan TEXT --new`"
        raise ExploreError(message)
    return _load(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


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
    refuse(mistakes)
    _derive(library, mistakes)
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
    labels = [f"statistic {_name(entry, at)}" for at, entry in enumerate(_tables(raw, "statistic"))]
    entries = list(_tables(raw, "statistic"))
    for label, entry in _rows(path.name, raw.pop("table", []), mistakes):
        labels.append(label)
        entries.append(entry)
    if entries or isinstance(raw.get("statistic"), list):
        raw["statistic"] = entries
    try:
        written = Written.model_validate(raw)
    except ValidationError as error:
        mistakes.extend(_explain(path.name, raw, labels, error))
        return None
    found = [_value(path.name, label, entry, mistakes) for label, entry in zip(labels, written.statistic, strict=True)]
    statistics = [_complete(document, written.document, *pair) for pair in found]
    seen: set[str] = set()
    for one, label in zip(statistics, labels, strict=True):
        if one.id in seen:
            mistakes.append(Mistake(path.name, label, "id", one.id, "is used twice; give each statistic its own"))
        seen.add(one.id)
        _check(path.name, label, one, mistakes)
    return Register(document, path, written.document, statistics, written.series, written.dismissed)


def _toml(path: Path, mistakes: list[Mistake]) -> dict[str, Any] | None:
    fix = ""
    try:
        if path.stat().st_size > MAX_BYTES:
            fix = f"is larger than {MAX_BYTES:,} bytes; a register holds short quotes, not texts"
        else:
            return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        fix = f"is not valid TOML: {error}"
    except UnicodeDecodeError as error:
        fix = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
    except OSError as error:
        fix = f"cannot be read: {error.strerror}"
    mistakes.append(Mistake(path.name, "file", "text", None, fix))
    return None


def _tables(raw: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    found = raw.get(name, [])
    return (one for one in found if isinstance(one, dict)) if isinstance(found, list) else iter(())


def _name(entry: object, at: int) -> str:
    return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else f"number {at + 1}"


def _rows(file: str, tables: object, mistakes: list[Mistake]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield one statistic a row: the table's shared fields, and the row's own."""
    for at, table in enumerate(tables if isinstance(tables, list) else []):
        shared = dict(table)
        columns, rows = shared.pop("columns", None), shared.pop("rows", None)
        label = f"table number {at + 1}"
        if not isinstance(columns, list) or not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
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


def _explain(
    file: str, raw: dict[str, Any], labels: list[str], error: ValidationError
) -> Iterator[Mistake]:
    """Turn what pydantic found into mistakes in a reader's words."""
    known: dict[str, type[BaseModel]] = {
        "document": Document, "statistic": Entry, "series": Series, "dismissed": Dismissed
    }
    for one in error.errors(include_url=False, include_context=False):
        where = one["loc"]
        room = str(where[0])
        at = where[1] if len(where) > 1 and isinstance(where[1], int) else None
        if at is None:
            entry = "document" if room == "document" else "file"
        elif room == "statistic":
            entry = labels[at]
        else:
            entry = f"{room} {_name(raw[room][at], at)}"
        rest = where[1:] if at is None and room == "document" else where[2:]
        field = str(rest[0]) if rest else room
        value: object = one["input"]
        message = one["msg"].removeprefix("Value error, ")
        if one["type"] == "missing":
            value, message = None, f'is missing; write {field} = "…"' if rest else f"is missing; write [{field}]"
        elif one["type"] == "extra_forbidden":
            names = known[room].model_fields if room in known else {**known, "table": None}
            value, message = None, f"is no field of a register; {nearest(field, names)}"
        elif one["type"] == "string_pattern_mismatch" and field in {"id", "series", "source", "candidates", "derived"}:
            message = "write an id of lower-case letters, digits and hyphens"
        elif one["type"] == "string_pattern_mismatch":
            message = "is empty; leave out what is unknown" if not str(value).strip() else "is not 64 hexadecimal digits"
        elif one["type"] == "string_too_short":
            message = "is empty; leave out what is unknown"
        yield Mistake(file, entry, field, value, message)


def _value(
    file: str, label: str, entry: Entry, mistakes: list[Mistake]
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
    found = numbers.find(entry.quote)
    if entry.number is not None:
        chosen = [one for one in found if one.words == entry.number]
    else:
        chosen = [one for one in found if numbers.KINDS[one.kind].suggested == "statistic"] or found
    if len(chosen) == 1:
        return entry, chosen[0]
    listed = ", ".join(f'"{one.words}"' for one in found) or "none"
    if not found:
        return wrong("quote", entry.quote, "states no number; quote the words that do")
    if len(chosen) > 1 and entry.number is not None:
        return wrong("number", entry.number, "stands in the quote more than once; shorten the quote")
    return wrong("number", entry.number, f"write number = one of the quote’s numbers: {listed}")


def _complete(
    document: str, header: Document, entry: Entry, number: numbers.Number | None
) -> Statistic:
    """Add to an entry what its words, its register and its own id give."""
    given = entry.__dict__ | {
        "key": f"{document}/{entry.id}",
        "document": document,
        "stated_by": entry.stated_by or header.stated_by or header.publisher,
        "locator": entry.locator or header.locator,
        "url": entry.url or header.url,
        "evidence": entry.evidence or header.evidence,
        "source": [_full(document, one) for one in entry.source],
        "candidates": [_full(document, one) for one in entry.candidates],
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
    return Statistic.model_construct(**given)


def _full(document: str, reference: str) -> str:
    return reference if "/" in reference else f"{document}/{reference}"


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
    for register in library.registers.values():
        for one in register.statistics:
            parts = next(iter(one.derived.values())) if one.derived else []
            derived = [_full(one.document, part) for part in parts]
            for field, keys in (("source", one.source), ("candidates", one.candidates), ("derived", derived)):
                for key in keys:
                    if key not in library.statistics:
                        fix = f"no register holds this statistic; {nearest(key, library.statistics)}"
                        mistakes.append(Mistake(register.path.name, f"statistic {one.id}", field, key, fix))
            if one.series is not None and one.series not in library.series:
                fix = f"no register declares this series; {nearest(one.series, library.series)}"
                mistakes.append(Mistake(register.path.name, f"statistic {one.id}", "series", one.series, fix))


def parts_of(one: Statistic) -> tuple[Operation, list[str]]:
    """Return the operation that a derived statistic names, and the full ids of its parts."""
    assert one.derived is not None
    ((operation, parts),) = one.derived.items()
    return operation, [_full(one.document, part) for part in parts]


def _derive(library: Library, mistakes: list[Mistake]) -> None:
    """Compute the derived statistics, each after its parts."""
    waiting = {key: parts_of(one)[1] for key, one in library.statistics.items() if one.derived}
    try:
        order = [key for key in TopologicalSorter(waiting).static_order() if key in waiting]
    except CycleError as error:
        circle = cast("list[str]", error.args[1])
        register = library.registers[circle[0].partition("/")[0]]
        fix = f"goes round in a circle: {' → '.join(circle)}; take one of them out"
        mistakes.append(Mistake(register.path.name, f"statistic {circle[0]}", "derived", None, fix))
        return
    for key in order:
        one = library.statistics[key]
        operation, names = parts_of(one)
        parts = [library.statistics[name] for name in names]
        file = library.registers[one.document].path.name
        missing = [part.key for part in parts if part.value is None]
        if missing:
            fix = f"has no value to compute with: {', '.join(missing)}"
            mistakes.append(Mistake(file, f"statistic {one.id}", "derived", None, fix))
            continue
        try:
            one.computed = compute(operation, [cast("float", part.value) for part in parts], _years(one, parts))
        except (ZeroDivisionError, OverflowError):
            fix = "divides by nothing; take a part that is not 0 (interpolate needs two years)"
            mistakes.append(Mistake(file, f"statistic {one.id}", "derived", names, fix))
            continue
        if one.evidence == "arithmetic":
            one.value = one.computed
            units = {"percent_change": "percent change", "share": "percent", "ratio": "ratio"}
            one.unit = one.unit or units.get(operation, parts[0].unit)


def _years(one: Statistic, parts: list[Statistic]) -> list[int]:
    return [int(each.period[:4]) if each.period else 0 for each in (one, *parts)]


def compute(operation: Operation, values: list[float], years: list[int]) -> float:
    """Compute a derived value; `years` (its own, then its parts') serve interpolation only.

    >>> round(compute("percent_change", [375, 392], []), 4)
    4.5333
    >>> compute("interpolate", [100, 200], [1999, 1996, 2001])
    160.0
    """
    if operation == "sum":
        return sum(values)
    first, second = values
    match operation:
        case "percent_change":
            return 100 * (second - first) / first
        case "difference":
            return first - second
        case "ratio":
            return first / second
        case "share":
            return 100 * first / second
        case "before_change":
            return first / (1 + second / 100)
        case "interpolate":
            return first + (second - first) * (years[0] - years[1]) / (years[2] - years[1])
