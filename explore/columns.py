"""The columns of the tables, each described once: what it means, its type, its unit, and how a reader is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import tomli

from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Iterable


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
        ExploreError: not a table, a column is missing, or there is no row.

    >>> checked(5, "arrests", ["id"], "explore.arrests()")
    Traceback (most recent call last):
    explore.terms.ExploreError: arrests: int is no table; give it rows of explore.arrests()
    """
    fault = ""
    if not isinstance(frame, pd.DataFrame) and hasattr(frame, "__dataframe__"):
        import narwhals as nw  # noqa: PLC0415  # only for tables of other libraries

        frame = pd.DataFrame(nw.from_native(frame, eager_only=True).to_dict(as_series=False)).convert_dtypes()
    if not isinstance(frame, pd.DataFrame):
        fault = f"{type(frame).__name__} is no table"
    elif missing := [column for column in columns if column not in frame]:
        fault = f"the table has no column {', '.join(missing)}"
    elif frame.empty:
        fault = "the table has no row"
    if fault or not isinstance(frame, pd.DataFrame):
        raise ExploreError(f"{name}: {fault}; give it rows of {source}")
    return frame.reset_index(drop=True)  # attrs, which name the folder of registers, go along
