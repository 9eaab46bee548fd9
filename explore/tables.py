"""The tidy tables: documents, statistics, and one table a topic."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pandas as pd

from explore.intervals import of_share
from explore.register import Library, load
from explore.register.schema import UNKNOWN
from explore.terms import (
    CHRISTCHURCH_COLUMNS,
    DOCUMENT_COLUMNS,
    SHARE_COLUMNS,
    STATISTIC_COLUMNS,
    ExploreError,
)
from explore.texts.spans import check

if TYPE_CHECKING:
    from explore.register.schema import Statistic

Seeds = Path | str | None
Table = Callable[..., pd.DataFrame]
AnyTable = TypeVar("AnyTable", bound=Table)  # keeps a function’s own signature


class Topic(NamedTuple):
    """A topic: the function that gives its table, what it is about, and its columns with their meanings."""

    table: Table
    title: str
    columns: Mapping[str, str]


TOPICS: dict[str, Topic] = {}
"""The topics by name. What lists topics, such as the report and the data package, reads this."""


def topic(title: str, columns: Mapping[str, str]) -> Callable[[AnyTable], AnyTable]:
    """Enter a function that gives a topic’s table into `TOPICS`, under its own name."""

    def enter(table: AnyTable) -> AnyTable:
        TOPICS[table.__name__] = Topic(table, title, columns)
        return table

    return enter


_FLOATS = ("value", "upper", "low", "high")
_INTEGERS = ("n", "start", "end")
_BOOLEANS = ("typed",)
_CATEGORIES = ("document", "topic", "qualifier", "unit", "evidence")
_PLAIN = [name for name in STATISTIC_COLUMNS if name not in {"id", "low", "high", "source"}]


def documents(seeds: Seeds = None) -> pd.DataFrame:
    """List the documents whose statistics are coded, one row each, in order of their ids.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a document, with the columns of `explore.terms.DOCUMENT_COLUMNS`.

    Raises:
        ExploreError: a register holds a mistake; the message lists all of them.

    >>> import explore
    >>> explore.documents().set_index("document").loc["autostraddle-2015", "publisher"]
    'Autostraddle'
    """
    registers = load(seeds).registers.values()
    rows = [
        {
            **{name: getattr(one.document, name, None) for name in DOCUMENT_COLUMNS},
            "document": one.id,
            "statistics": len(one.statistics),
        }
        for one in registers
    ]
    frame = pd.DataFrame(rows, columns=list(DOCUMENT_COLUMNS)).astype("string").replace(UNKNOWN, pd.NA)
    return frame.astype({"kind": "category", "language": "category", "statistics": "Int64"})


def statistics(seeds: Seeds = None) -> pd.DataFrame:
    """List every statistic of every document, one row each: the tidy table behind everything.

    Unknown is missing (`pd.NA`), never 0 and never an empty text. `low` and `high` are the 95%
    Wilson score interval (Wilson 1927) of a share whose n is known.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a statistic, with the columns of `explore.terms.STATISTIC_COLUMNS`.

    Raises:
        ExploreError: a register holds a mistake, or EXPLORE_TEXTS is set and a quote is not in its
            document's text; the message lists all of them.

    >>> import explore
    >>> table = explore.statistics().set_index("id")
    >>> table.loc["autostraddle-2015/la-solicited", ["value_text", "unit", "place"]].tolist()
    ['42%', 'percent', 'Los Angeles']
    """
    return frame_of(list(_checked(seeds).statistics.values()))


def _checked(seeds: Seeds) -> Library:
    """Load the registers, and look up their quotes where the texts are at hand."""
    library = load(seeds)
    if os.environ.get("EXPLORE_TEXTS"):
        check(library)
    return library


def frame_of(found: list[Statistic]) -> pd.DataFrame:
    """Lay statistics out as the table of `statistics`."""
    columns: dict[str, list[Any]] = {"id": [one.key for one in found]}
    columns |= {name: [getattr(one, name) for one in found] for name in _PLAIN}
    columns["source"] = [", ".join(one.source) or None for one in found]
    ends = [of_share(one) or (None, None) for one in found]
    columns["low"], columns["high"] = ([pair[at] for pair in ends] for at in (0, 1))
    kinds: dict[str, Any] = dict.fromkeys(STATISTIC_COLUMNS, "string")
    kinds |= dict.fromkeys(_FLOATS, "Float64") | dict.fromkeys(_INTEGERS, "Int64")
    kinds |= dict.fromkeys(_BOOLEANS, "boolean")
    typed = {name: pd.Series(columns[name], dtype=kinds[name]) for name in STATISTIC_COLUMNS}
    return pd.DataFrame(typed).astype(dict.fromkeys(_CATEGORIES, "category"))


@topic("What people report of the police", SHARE_COLUMNS)
def solicitation(seeds: Seeds = None) -> pd.DataFrame:
    """Give the shares of people who report being solicited, harassed or arrested by police.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a share, with the columns of `explore.terms.SHARE_COLUMNS`; stated ones first.

    >>> import explore
    >>> explore.solicitation().loc[0, ["measure", "place"]].tolist()
    ['solicited for sex by police', 'Los Angeles']
    """
    return _shares("solicitation", seeds)


@topic("Arrests and convictions", SHARE_COLUMNS)
def arrests(seeds: Seeds = None) -> pd.DataFrame:
    """Give the shares and counts of arrests and convictions.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a share or count, with the columns of `explore.terms.SHARE_COLUMNS`; stated ones first.

    >>> import explore
    >>> explore.arrests().loc[:1, "percent"].tolist()
    [97.0, 93.0]
    """
    return _shares("arrests", seeds)


@topic("Reporting violence, and rights", SHARE_COLUMNS)
def reporting(seeds: Seeds = None) -> pd.DataFrame:
    """Give the shares of New Zealand sex workers on reporting violence and on their rights.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a share, with the columns of `explore.terms.SHARE_COLUMNS`; stated ones first.

    >>> import explore
    >>> explore.reporting().loc[0, "percent"]
    np.float64(70.0)
    """
    return _shares("reporting", seeds)


def _shares(topic: str, seeds: Seeds) -> pd.DataFrame:
    table = statistics(seeds)
    table = table[table["topic"] == topic]
    if table.empty:
        message = f'no register holds a statistic with topic = "{topic}"'
        raise ExploreError(message)
    share = table["unit"] == "percent"
    table = table.assign(
        role=role(table),
        percent=table["value"].where(share),
        count=table["value"].where(~share),
    )
    table = table.sort_values("quote", key=lambda quote: quote.isna(), kind="stable")
    return table.reset_index(drop=True)[list(SHARE_COLUMNS)]


def checked(frame: object, name: str, columns: Mapping[str, str], source: str) -> pd.DataFrame:
    """Return the rows that a chart or panel was given, numbered anew; refuse what it cannot draw.

    Raises:
        ExploreError: not a table, a column is missing, or there is no row.

    >>> checked(5, "arrests", SHARE_COLUMNS, "explore.arrests()")
    Traceback (most recent call last):
    explore.terms.ExploreError: arrests: int is no table; give it rows of explore.arrests()
    """
    fault = ""
    if not isinstance(frame, pd.DataFrame):
        fault = f"{type(frame).__name__} is no table"
    elif missing := [column for column in columns if column not in frame]:
        fault = f"the table has no column {', '.join(missing)}"
    elif frame.empty:
        fault = "the table has no row"
    if fault or not isinstance(frame, pd.DataFrame):
        raise ExploreError(f"{name}: {fault}; give it rows of {source}")
    return frame.reset_index(drop=True)


def role(table: pd.DataFrame) -> pd.Series[Any]:
    """Say of each row whether it is stated in the text, read at a source, or computed here."""
    read = table["quote"].isna().map({True: "source", False: "stated"})
    return read.mask(table["evidence"] == "arithmetic", "computed").astype("category")


@topic("Christchurch, 1999 and 2006", CHRISTCHURCH_COLUMNS)
def christchurch(seeds: Seeds = None) -> pd.DataFrame:
    """Give the Christchurch counts of 1999 and 2006, by sector, with their change per resident.

    The rest (all less street) is a subtraction and marked `derived`. The change per resident takes
    the population growth that the text states, 8.8%: 100 (1 + change) / (1 + growth) − 100.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a sector and year, with the columns of `explore.terms.CHRISTCHURCH_COLUMNS`.

    Raises:
        ExploreError: the counts or the population growth are not in the registers.

    >>> import explore
    >>> table = explore.christchurch()
    >>> table.loc[table["sector"] == "all", "people"].tolist()
    [375, 392]
    >>> table.loc[table["sector"] == "all", "per_head_change_percent"].round(1).tolist()
    [0.0, -3.9]
    """
    library = _checked(seeds)
    home = _home(library)
    stated = frame_of([one for one in library.statistics.values() if one.document == home])
    counts = stated[(stated["series"] == "csom-christchurch") & (stated["unit"] == "people")].copy()
    growth = stated[(stated["topic"] == "population") & (stated["unit"] == "percent change")]
    if counts.empty or growth.empty:
        message = 'no register holds both the counts of series "csom-christchurch" and the population growth'
        raise ExploreError(message)
    counts["year"] = counts["period"].str[:4].astype("Int64")
    order = ["all", "street", "rest"]
    counts["sector"] = pd.Categorical(counts["group"], categories=order)
    counts = counts.sort_values(["sector", "year"]).reset_index(drop=True)
    counts["people"] = counts["value"].astype("Int64")
    first = counts.groupby("sector", observed=True)["people"].transform("first")
    start = counts.groupby("sector", observed=True)["year"].transform("first")
    counts["derived"] = [library.statistics[key].derived is not None for key in counts["id"]]
    counts["change"] = counts["people"] - first
    counts["index"] = 100 * (counts["people"] / first).astype("Float64")
    counts["change_percent"] = counts["index"] - 100
    counts["population_percent"] = growth["value"].iloc[0] * (counts["year"] > start).astype("Float64")
    counts["per_head_index"] = counts["index"] / (1 + counts["population_percent"] / 100)
    counts["per_head_change_percent"] = counts["per_head_index"] - 100
    changes = stated[(stated["topic"] == "christchurch") & (stated["unit"] == "percent change")]
    said = dict(zip(zip(changes["group"], changes["period"].str[-4:], strict=True), changes["value"], strict=True))
    pairs = zip(counts["sector"], counts["period"], strict=True)
    counts["stated_change_percent"] = pd.Series([said.get(pair) for pair in pairs], dtype="Float64")
    return counts[list(CHRISTCHURCH_COLUMNS)]


def _home(library: Library) -> str:
    """Return the document that declares the Christchurch series."""
    for register in library.registers.values():
        if any(series.id == "csom-christchurch" for series in register.series):
            return register.id
    return ""
