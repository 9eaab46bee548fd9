"""Registers: one TOML file a document, checked whole, its values read out of the quoted words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import tomli
from pydantic import ValidationError

from explore.files import named
from explore.register.derivation import derive, full
from explore.register.entries import check, complete, find_value
from explore.register.schema import (
    ID,
    Dismissed,
    Document,
    Finding,
    Series,
    Span,
    Statistic,
    Topic,
    Written,
    explain,
    leave_out,
    name_of,
)
from explore.register.sentences import check_sentences, settle
from explore.terms import ExploreError, Mistake, nearest, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES = 8_000_000


class Register(NamedTuple):
    """One document's register, read and checked; `broken` are the ids of entries left out for a mistake."""

    id: str
    path: Path
    document: Document
    statistics: list[Statistic]
    series: list[Series]
    dismissed: list[Dismissed]
    topics: list[Topic]
    findings: list[Finding]
    broken: frozenset[str]


@dataclass(frozen=True)
class Library:
    """All registers of a folder, with every statistic, series and topic under its id. It cannot be changed."""

    folder: Path
    registers: Mapping[str, Register]
    statistics: Mapping[str, Statistic]
    series: Mapping[str, Series]
    topics: Mapping[str, str]

    @property
    def findings(self) -> list[Finding]:
        """The findings of all registers, in the order written."""
        return [one for register in self.registers.values() for one in register.findings]


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
    folder = shipped() if seeds is None else named(seeds)
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
    registers = [register for path, _, _ in files if (register := read(path, mistakes))]
    statistics = {one.key: one for register in registers for one in register.statistics}
    series = _declared(registers, "series", mistakes)
    topics = {key: one.title for key, one in _declared(registers, "topics", mistakes).items()}
    known = {register.id: register for register in registers}
    library = Library(files[0][0].parent, known, statistics, series, topics)
    _check_references(library, mistakes)
    _fill_in_samples(library, statistics)
    check_sentences(library, mistakes)
    statistics |= derive(library, mistakes)
    refuse(mistakes)
    for register in registers:
        held = [statistics[one.key] for one in register.statistics]
        known[register.id] = register._replace(statistics=held)
    frozen = (MappingProxyType(one) for one in (known, statistics, series, topics))
    return Library(library.folder, *frozen)


def _declared(registers: list[Register], room: str, mistakes: list[Mistake]) -> dict[str, Any]:
    """Gather the series, or the topics, of all registers; each is declared once."""
    found: dict[str, Any] = {}
    name = {"topics": "topic"}.get(room, room)
    for register in registers:
        for one in getattr(register, room):
            if one.id in found:
                fix = f"another register declares this {name}; keep one, or give it another id"
                mistakes.append(Mistake(register.path.name, f"{name} {one.id}", "id", one.id, fix))
            found[one.id] = one
    return found


def read(path: Path, mistakes: list[Mistake]) -> Register | None:
    """Read one register, adding what is wrong in it to `mistakes`; None when nothing could be read."""
    document = path.stem
    if not re.fullmatch(ID, document):
        fix = "name the file with lower-case letters, digits and hyphens, such as who-2015.toml"
        mistakes.append(Mistake(path.name, "file", "name", document, fix))
    raw = _toml(path, mistakes)
    if raw is None:
        return None
    _set_aside(raw)
    entries, given = raw.get("statistic", []), raw.pop("table", [])
    if isinstance(entries, list):
        rows = list(_rows(path.name, given, mistakes))
        labels = [f"statistic {name_of(entry, at)}" for at, entry in enumerate(entries)]
        labels += [label for label, _ in rows]
        raw["statistic"] = entries + [entry for _, entry in rows]
        _keep_decimals(raw["statistic"])
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
        header = written.document
        one = complete(document, header, *find_value(path.name, label, entry, header, mistakes))
        if len(mistakes) > known:
            broken.add(one.id)
            continue
        statistics.append(one)
        if one.id in seen:
            mistakes.append(Mistake(path.name, label, "id", one.id, "is used twice; give each statistic its own"))
        seen.add(one.id)
        check(path.name, label, one, mistakes)
    return Register(
        document,
        path,
        written.document,
        statistics,
        written.series,
        written.dismissed,
        written.topic,
        [settle(document, one) for one in written.finding],
        frozenset(full(document, one) for one in broken) | broken,
    )


def _toml(path: Path, mistakes: list[Mistake]) -> dict[str, Any] | None:
    fix = ""
    try:
        if path.stat().st_size > MAX_BYTES:
            fix = f"is larger than {MAX_BYTES:,} bytes; a register holds short quotes, not texts"
        else:
            raw = tomli.loads(path.read_bytes().decode("utf-8-sig"), parse_float=_Written)
            repr(raw)  # a whole number of thousands of digits, as hexadecimals can give, cannot be said
            return raw
    except UnicodeDecodeError as error:
        fix = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
    except (ValueError, RecursionError) as error:
        fix = f"is not valid TOML: {str(error).partition('; use')[0]}"
    except OSError as error:
        fix = f"cannot be read: {error.strerror}"
    mistakes.append(Mistake(path.name, "file", "text", None, fix))
    return None


class _Written(float):
    """A number that remembers how it is written: 12.50 states two decimals."""

    def __new__(cls, text: str) -> Self:
        one = super().__new__(cls, text)
        one.text = text
        return one

    text: str


def _keep_decimals(entries: list[Any]) -> None:
    """Keep the last zeros of a value, which a float forgets, as the words that it is written in."""
    for entry in entries:
        value = entry.get("value") if isinstance(entry, dict) else None
        if isinstance(value, _Written) and re.fullmatch(r"-?\d+\.\d*0", value.text):
            entry.setdefault("value_text", value.text)


def _set_aside(raw: dict[str, Any]) -> None:
    """Move each statistic that holds a line `dismissed = "why"` to what is dismissed."""
    entries, there = raw.get("statistic", []), raw.get("dismissed", [])
    if isinstance(entries, list) and isinstance(there, list):
        aside = [one for one in entries if isinstance(one, dict) and "dismissed" in one]
        raw["statistic"] = [one for one in entries if not (isinstance(one, dict) and "dismissed" in one)]
        moved = [{name: one[name] for name in Span.model_fields if name in one} for one in aside]
        raw["dismissed"] = there + [span | {"reason": one["dismissed"]} for span, one in zip(moved, aside, strict=True)]


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


def _fill_in_samples(library: Library, statistics: dict[str, Statistic]) -> None:
    """Give each statistic what its series, or else its document, says of how its cases were come by."""
    for key, one in statistics.items():
        series = library.series.get(one.series or "")
        said = (series.sample if series else None) or library.registers[one.document].document.sample
        if said and not one.sample:
            statistics[key] = one.model_copy(update={"sample": said})


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
