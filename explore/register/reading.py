"""Registers: one TOML file a document, checked whole, its values read out of the quoted words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Self

import tomli
from pydantic import ValidationError

from explore.files import named
from explore.register.derivation import derive
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
from explore.register.sentences import check_sentences
from explore.terms import ExploreError, Mistake, nearest, refuse

MAX_BYTES = 8_000_000


class Register(NamedTuple):
    """One document's register, read and checked; `broken` are the ids of entries left out for a mistake."""

    id: str
    path: Path
    document: Document
    statistics: tuple[Statistic, ...]
    series: tuple[Series, ...]
    dismissed: tuple[Dismissed, ...]
    topics: tuple[Topic, ...]
    findings: tuple[Finding, ...]
    broken: frozenset[str]


@dataclass(frozen=True)
class Library:
    """All registers of a folder, with every statistic, series and topic under its id. It cannot be changed."""

    folder: Path
    registers: Mapping[str, Register]
    statistics: Mapping[str, Statistic]
    series: Mapping[str, Series]
    topics: Mapping[str, str]

    def segment(self, one: Statistic) -> int | None:
        """Count the breaks of its series that a statistic lies behind; None where it lies across one."""
        series = self.series.get(one.series or "")
        return series.segment(one.period) if series else 0

    @cached_property
    def _years(self) -> dict[tuple[object, ...], dict[str, tuple[Statistic, Statistic]]]:
        """The lowest and the highest number of each year, by what is counted in one way."""
        found: dict[tuple[object, ...], dict[str, tuple[Statistic, Statistic]]] = {}
        for one in self.statistics.values():
            if one.series and one.period and one.value is not None:
                years = found.setdefault(self._counted(one), {})
                low, high = years.setdefault(one.period[:4], (one, one))
                years[one.period[:4]] = min(low, one, key=_value), max(high, one, key=_value)
        return found

    def _counted(self, one: Statistic) -> tuple[object, ...]:
        return one.series, self.segment(one), one.measure, one.unit, one.population, one.place, one.group

    def record(self, one: Statistic, extreme: str) -> tuple[Statistic, list[str]] | None:
        """Return the lowest or the highest number counted like this one up to its year, and the years looked at.

        Only one series, on one side of a break, makes a record; None where there is no other year.
        """
        known = self._years.get(self._counted(one), {}) if self.segment(one) is not None else {}
        years = sorted(year for year in known if year <= (one.period or "")[:4])
        if len(years) <= 1 or one.value is None:
            return None
        at, pick = (0, min) if extreme == "lowest" else (1, max)
        return pick([one, *(known[year][at] for year in years)], key=_value), years

    @cached_property
    def larger(self) -> dict[str, str]:
        """The place that each place lies in, where a register says so."""
        return {one.place: one.part_of for one in self.statistics.values() if one.place and one.part_of}

    @property
    def findings(self) -> list[Finding]:
        """The findings of all registers, in the order written."""
        return [one for register in self.registers.values() for one in register.findings]


def _value(one: Statistic) -> float:
    return one.value or 0.0


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
    return _load(tuple(map(_stamp, paths)))


Stamp = tuple[Path, int, int, int]
"""What tells one state of a file from another: when it was changed, its size, and which file it is."""


def _stamp(path: Path) -> Stamp:
    try:
        known = path.stat()
    except OSError as error:
        raise ExploreError(f"{path.name}: cannot be read: {error.strerror}") from None
    return path, known.st_mtime_ns, known.st_size, known.st_ino


Read = tuple[Register | None, list[Mistake]]


@lru_cache(maxsize=4)
def _held(folder: Path) -> dict[Stamp, Read]:  # noqa: ARG001  # what it is kept for
    """Give the place where what was read of a folder is kept, so that only what was changed is read again."""
    return {}


def _read_once(stamp: Stamp, held: dict[Stamp, Read]) -> Read:
    kept = held.get(stamp)
    if kept is None:
        mistakes: list[Mistake] = []
        kept = held[stamp] = read(stamp[0], mistakes), mistakes
    return kept


@lru_cache(maxsize=4)
def _load(files: tuple[Stamp, ...]) -> Library:
    folder = files[0][0].parent
    held = _held(folder)
    found = [_read_once(stamp, held) for stamp in files]
    for gone in held.keys() - set(files):
        held.pop(gone, None)
    registers = [register for register, _ in found if register]
    mistakes = [mistake for _, wrong in found for mistake in wrong]
    statistics = {one.key: one for register in registers for one in register.statistics}
    series = _declared(registers, "series", mistakes)
    topics = {key: one.title for key, one in _declared(registers, "topics", mistakes).items()}
    known = {register.id: register for register in registers}
    library = Library(folder, known, statistics, series, topics)
    _check_references(library, mistakes)
    _fill_in_samples(library, statistics)
    check_sentences(library, mistakes)
    statistics |= derive(library, mistakes)
    refuse(mistakes)
    for register in registers:
        held_now = tuple([statistics[one.key] for one in register.statistics])
        known[register.id] = register._replace(statistics=held_now)
    frozen = (MappingProxyType(one) for one in (known, statistics, series, topics))
    return Library(folder, *frozen)


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
    context = {"document": document}
    try:
        written = Written.model_validate(raw, context=context)
    except ValidationError as error:
        mistakes.extend(explain(path.name, raw, labels, error))
        broken = leave_out(raw, labels, error)
        written = Written.model_validate(raw, context=context)
    header, samples = written.document, {one.id: one.sample for one in written.series}
    statistics: dict[str, Statistic] = {}
    for label, entry in zip(labels, written.statistic, strict=True):
        number, fault = find_value(entry, header)
        faults = [fault] if fault else []
        if fault is None:
            one = complete(document, header, entry, number, samples)
            faults = list(check(one))
            if one.id in statistics:
                faults.append(("id", one.id, "is used twice; give each statistic its own"))
            statistics[one.id] = one
        else:
            broken.add(entry.id)
        mistakes += [Mistake(path.name, label, *each) for each in faults]
    return Register(
        document,
        path,
        header,
        tuple(statistics.values()),
        written.series,
        written.dismissed,
        written.topic,
        written.finding,
        frozenset(f"{document}/{one}" for one in broken) | broken,
    )


def _toml(path: Path, mistakes: list[Mistake]) -> dict[str, Any] | None:
    fix = ""
    try:
        if path.stat().st_size > MAX_BYTES:
            fix = f"is larger than {MAX_BYTES:,} bytes; a register holds short quotes, not texts"
        else:
            words = path.read_bytes().decode("utf-8-sig")
            raw = tomli.loads(words, parse_float=_Written)
            if re.search("0[xob]", words):
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
    """Give each statistic of a series that another register declares what it says of how its cases were come by."""
    for key, one in statistics.items():
        if one.series is not None and one.sample is None and one.series in library.series:
            said = library.series[one.series].sample or library.registers[one.document].document.sample
            if said:
                statistics[key] = one._replace(sample=said)


def _check_references(library: Library, mistakes: list[Mistake]) -> None:
    """Check that every id that a register refers to exists."""
    broken = {key for register in library.registers.values() for key in register.broken}

    def wrong(one: Statistic, field: str, key: str, fix: str) -> None:
        if key not in broken:
            file = library.registers[one.document].path.name
            mistakes.append(Mistake(file, f"statistic {one.id}", field, key, fix))

    for one in library.statistics.values():
        parts = one.derived[1] if one.derived else ()
        for field, keys in (("source", one.source), ("candidates", one.candidates), ("derived", parts)):
            for key in keys:
                if key not in library.statistics:
                    wrong(one, field, key, f"no register holds this statistic; {nearest(key, library.statistics)}")
        if one.series is not None and one.series not in library.series:
            wrong(one, "series", one.series, f"no register declares this series; {nearest(one.series, library.series)}")
