"""The columns of the tables, each described once: what it means, its type, its unit, and how a reader is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import tomli
from pandas.api import types as api

from explore.terms import ExploreError


class Column(NamedTuple):
    """One column: its meaning, its pandas type, its unit where it is a number, its name in a tooltip."""

    meaning: str
    type: str = "string"
    unit: str = ""
    label: str = ""


def described(path: Path) -> dict[str, dict[str, Column]]:
    """Read the columns of each table from a TOML file; a text names the column of another table."""
    tables: dict[str, dict[str, Column]] = {}
    for table_name, columns in tomli.loads(path.read_text("utf-8")).items():
        tables[table_name] = made = {}
        for name, about in columns.items():
            other, _, column = about.partition(".") if isinstance(about, str) else ("", "", "")
            made[name] = tables[other][column] if other else Column(**about)
    return tables


_TABLES = described(Path(__file__).with_suffix(".toml"))
DOCUMENT_COLUMNS, STATISTIC_COLUMNS = _TABLES["documents"], _TABLES["statistics"]
SHARE_COLUMNS = {"id": STATISTIC_COLUMNS["id"], **_TABLES["shares"], **STATISTIC_COLUMNS}
AUDIT_COLUMNS, FINDING_COLUMNS = _TABLES["audit"], _TABLES["findings"]
SCAN_COLUMNS, DRAFT_COLUMNS = _TABLES["scan"], _TABLES["drafts"]
COLUMNS = {**DOCUMENT_COLUMNS, **STATISTIC_COLUMNS}
"""Every column of the two tables that the others are made of, by name."""
_KNOWN = {**AUDIT_COLUMNS, **SHARE_COLUMNS}
_CLOCK = r"[ T]\d\d:\d\d.*$|\.0$"  # what days and years carry along in a table that holds them as times or floats


def table(rows: Any, columns: dict[str, Column]) -> pd.DataFrame:  # noqa: ANN401  # whatever pandas makes a frame of
    """Lay rows, or columns, out as a table with the columns and types described."""
    return pd.DataFrame(rows, columns=list(columns)).astype({name: one.type for name, one in columns.items()})


def ids(cell: object) -> list[str]:
    """Read a cell of `source` or `candidates` back as the ids that it lists.

    >>> ids("a/x, a/x-2"), ids(None)
    (['a/x', 'a/x-2'], [])
    """
    return [key.strip() for key in cell.split(",")] if isinstance(cell, str) else []


def checked(frame: Any, name: str, columns: Iterable[str], source: str) -> pd.DataFrame:  # noqa: ANN401  # whatever was given
    """Return the rows that a chart or panel was given, numbered anew; refuse what it cannot draw.

    A table of another library (polars, Arrow) is taken over as pandas.

    Raises:
        ExploreError: not a table, a column is missing, there is no row, or no number where numbers stand.

    >>> checked(5, "arrests", ["id"], "explore.arrests()")
    Traceback (most recent call last):
    explore.terms.ExploreError: arrests: int is no table; give it rows of explore.arrests()
    """
    fault = ""
    if not isinstance(frame, pd.DataFrame):
        import narwhals as nw  # noqa: PLC0415  # only for tables of other libraries

        table = nw.from_native(frame, pass_through=True)
        table = table.collect() if isinstance(table, nw.LazyFrame) else table
        if isinstance(table, nw.DataFrame):
            frame = pd.DataFrame(table.to_dict(as_series=False)).convert_dtypes()
    if not isinstance(frame, pd.DataFrame):
        fault = f"{type(frame).__name__} is no table"
    elif missing := [column for column in columns if column not in frame]:
        fault = f"the table has no column {', '.join(missing)}"
    elif frame.empty:
        fault = "the table has no row"
    elif twice := list(frame.columns[frame.columns.duplicated()]):
        fault = f"the table has two columns {twice[0]}"
    if fault or not isinstance(frame, pd.DataFrame):
        raise ExploreError(f"{name}: {fault}; give it rows of {source}")
    types = {one: about.type for one, about in {**_KNOWN, **(columns if isinstance(columns, dict) else {})}.items()}
    known = [one for one, kind in types.items() if kind != "boolean" and one in frame]
    return frame.reset_index(drop=True).assign(**{one: _typed(name, frame[one], types[one]) for one in known})


def _typed(table_name: str, cells: pd.Series[Any], kind: str) -> pd.Series[Any]:
    """Give a column the type that it has in our tables, whatever a file or another library made of it."""
    name, cells = str(cells.name), cells.reset_index(drop=True)
    if kind in {"Float64", "Int64"}:
        return cells if api.is_integer_dtype(cells.dtype) else _numbers(table_name, cells)
    values = cells.cat.categories if isinstance(cells.dtype, pd.CategoricalDtype) else cells
    if values.dtype == "string" or (values is not cells and api.is_string_dtype(values.dtype)):
        return cells
    texts = cells.astype("object").map(str, na_action="ignore").astype("string")
    return texts.str.replace(_CLOCK, "", regex=True) if name in {"period", "published"} else texts


def _numbers(table_name: str, cells: pd.Series[Any]) -> pd.Series[Any]:
    """Read a column as numbers: what is not finite is missing, and what is no number is refused."""
    found = []
    for cell in cells:
        try:
            number = None if pd.isna(cell) or cell == "" else float(cell)
        except (TypeError, ValueError, OverflowError):
            fault = f"the column {cells.name} holds {str(cell)[:40]!r}, which is no number"
            raise ExploreError(f"{table_name}: {fault}; write numbers in it") from None
        found.append(number if number is not None and isfinite(number) else None)
    return pd.Series(pd.array(found, dtype="Float64"), name=cells.name)
