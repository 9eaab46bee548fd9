"""The columns of the tables, each described once: what it means, its type, its unit, and how a reader is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from explore.terms import EVIDENCE, VERDICTS, ExploreError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Column(NamedTuple):
    """One column: its meaning, its pandas type, its unit where it is a number, its name in a tooltip."""

    meaning: str
    type: str = "string"
    unit: str = ""
    label: str = ""


_PERCENT, _PEOPLE, _INDEX = "percent", "people", "first year = 100"

DOCUMENT_COLUMNS = {
    "document": Column("id of the document: the name of its register without `.toml`"),
    "title": Column("title as published"),
    "publisher": Column("who published it", label="published by"),
    "published": Column("date of publication, as far as known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`"),
    "kind": Column("article, report, release, table or comment", "category"),
    "language": Column("language of the document (BCP 47)", "category"),
    "statistics": Column("how many statistics its register holds", "Int64", "statistics"),
    "url": Column("address of the document"),
    "note": Column("what a reader needs to know about it", label="note"),
}

STATISTIC_COLUMNS = {
    "id": Column("`document id/statistic id`, unique"),
    "document": Column("id of the document that states it", "category"),
    "topic": Column("what it is about; each topic has its table and its chart", "category"),
    "measure": Column("what is counted", label="measure"),
    "population": Column("of whom, or of what", label="of whom"),
    "place": Column("where (geographic)", label="where"),
    "group": Column("which part of the population", label="group"),
    "period": Column("when: ISO 8601 year, month, day, or interval `from/to`", label="when"),
    "value": Column(
        "the number, in `unit`; missing where the words give none (`hundreds`, `record low`)",
        "Float64",
        "see column unit",
    ),
    "upper": Column("upper end of a stated range, whose lower end is `value`", "Float64", "see column unit"),
    "value_text": Column("the number as it is written in the source, decimals kept"),
    "said": Column(
        "the number as a reader is told it: decimals and qualifier as stated, the unit once", label="number"
    ),
    "qualifier": Column("about, nearly, over, at least, under, at most or vague, where the words say so", "category"),
    "unit": Column("percent (a share, 0 to 100), percent change, people, ratio, year, …", "category"),
    "n": Column("number of cases that a share is taken of", "Int64", "cases", "out of"),
    "low": Column(
        "lower end of the 95% Wilson interval of a share of a random sample with known n", "Float64", _PERCENT
    ),
    "high": Column(
        "upper end of the 95% Wilson interval of a share of a random sample with known n", "Float64", _PERCENT
    ),
    "sample": Column(
        "whom was asked or counted: random, volunteers, full count or expert estimate", "category", label="sample"
    ),
    "observation_status": Column("provisional, estimated or revised, where the document says so", "category"),
    "series": Column("id of the series: numbers made by one method over one coverage"),
    "segment": Column(
        "how many breaks of its series lie at or before its period; only the same side may be compared",
        "Int64",
        "breaks",
    ),
    "method": Column("how the numbers of its series were made, and over what"),
    "stated_by": Column("who says so", label="said by"),
    "source": Column("ids of the statistics in other documents that this one repeats, joined by a comma"),
    "source_is": Column("named: the document names its source; inferred: we take it to be this one", "category"),
    "evidence": Column("how the value was read: " + ", ".join(EVIDENCE), "category", label="how read"),
    "typed": Column("true where the value was typed beside the quoted words, not read out of them", "boolean"),
    "quote": Column("the words of the document that state it", label="words"),
    "start": Column("where the quote starts in the document’s text (zero-based)", "Int64", "characters"),
    "end": Column("where the quote ends in the document’s text (excluded)", "Int64", "characters"),
    "locator": Column("where in the document, or in whose relay of it, the value was read", label="read in"),
    "url": Column("address where the value was read"),
    "note": Column("what a reader needs to know before using it", label="note"),
    "publisher": DOCUMENT_COLUMNS["publisher"],
    "published": DOCUMENT_COLUMNS["published"],
    "about": Column("what its topic is about, in words that are true whatever the rows say"),
}

SHARE_COLUMNS = {
    "id": STATISTIC_COLUMNS["id"],
    "role": Column(
        "stated: in the words of the text under examination; source: read at a source; computed: here", "category"
    ),
    "percent": Column("the share, 0 to 100; missing where the row is a count", "Float64", _PERCENT),
    "count": Column("the count, in `unit`; missing where the row is a share", "Float64", "see column unit"),
    **STATISTIC_COLUMNS,
}

AUDIT_COLUMNS = {
    "id": STATISTIC_COLUMNS["id"],
    "stated": Column("what is stated: the number with its unit"),
    "found": Column("what the source or recomputing gives, in words; missing where nothing was found"),
    "stated_value": Column("the stated number, in `unit`; missing where the words give none", "Float64"),
    "found_value": Column(
        "the number found, in `unit`; missing where the sources differ, or nothing was found", "Float64"
    ),
    "found_low": Column("the smallest number found, in `unit`", "Float64"),
    "found_high": Column("the largest number found, in `unit`", "Float64"),
    "unit": Column(STATISTIC_COLUMNS["unit"].meaning),
    "verdict": Column(", ".join(VERDICTS), "category"),
    "reason": Column("why, in one or two plain sentences"),
    "fields": Column("which labels differ from the source’s: measure, unit, population, place, group, period"),
    "source": STATISTIC_COLUMNS["source"],
    "candidates": Column("ids of statistics that may lie behind it but are not shown to"),
    "note": Column("what the source’s register, or else the candidates’ or its own, adds"),
    "quote": STATISTIC_COLUMNS["quote"],
    "stated_by": STATISTIC_COLUMNS["stated_by"],
}

FINDING_COLUMNS = {
    "id": Column("`document id/finding id`, unique"),
    "topic": Column("the topic that it speaks of", "category"),
    "text": Column("the sentence, its numbers filled in; missing where they cannot be"),
    "holds": Column("whether all that it claims is so", "boolean"),
    "reason": Column("why it does not hold, or what it rests on"),
}

SCAN_COLUMNS = {
    "start": Column("where the number starts in the text (zero-based, in characters)", "Int64", "characters"),
    "end": Column("where it ends (excluded)", "Int64", "characters"),
    "words": Column("the number as it is written: `text[start:end]`"),
    "kind": Column("percent, count, money, year, ordinal, list, …: see `explore.numbers.KINDS`", "category"),
    "value": Column("the number, or the lower end of a range; missing where the words give none", "Float64"),
    "upper": Column("the upper end of a range", "Float64"),
    "unit": Column("what is counted, as far as the words beside it tell"),
    "qualifier": STATISTIC_COLUMNS["qualifier"],
    "ambiguous": Column("true where the words can be read another way (`12,5` or `1.234`)", "boolean"),
    "sentence": Column("the sentence around it, or the nearest part of a long one"),
    "status": Column("statistic, dismissed or open: what the register says", "category"),
    "suggested": Column("statistic or dismissed: what a number of its kind usually is", "category"),
    "statistic": Column("id of the statistic that it is the value, the period or the n of"),
    "reason": Column("why it is dismissed; of a statistic whose value was typed beside its words, that value"),
}

DRAFT_COLUMNS = {
    "cell": Column("number of the notebook’s cell, counted from 1; missing in other files", "Int64"),
    "line": Column("line of the file, or of the cell, counted from 1", "Int64"),
    "start": Column("where the number starts in the file, or in the cell (zero-based, in characters)", "Int64"),
    "end": Column("where it ends (excluded)", "Int64"),
    "words": Column("the number as it is written"),
    "target": Column("what it is bound to: an id, two ids for a change, or - for what is no statistic"),
    "said": Column("what the register says now, as a reader is told it"),
    "status": Column("holds, stale, refused, unknown, open or dismissed", "category"),
    "reason": Column("why; of an open number, the ids of the rows that it may be"),
}

COLUMNS = {**DOCUMENT_COLUMNS, **STATISTIC_COLUMNS}
"""Every column of the two tables that the others are made of, by name."""


def table(columns: dict[str, list[object]] | pd.DataFrame, kinds: dict[str, Column]) -> pd.DataFrame:
    """Lay columns out as a table whose types are those described."""
    frame = pd.DataFrame(columns)
    return frame[list(kinds)].astype({name: kind.type for name, kind in kinds.items()})


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
