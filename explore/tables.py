"""The tidy tables: documents, statistics, and the table of a topic of shares."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd

from explore.columns import DOCUMENT_COLUMNS, SHARE_COLUMNS, STATISTIC_COLUMNS, table
from explore.intervals import of_share
from explore.register import Library, load
from explore.register.schema import UNKNOWN, Statistic
from explore.terms import ExploreError, nearest
from explore.texts.spans import check
from explore.wording import say

Seeds = Path | str | None


def documents(seeds: Seeds = None) -> pd.DataFrame:
    """List the documents whose statistics are coded, one row each, in order of their ids.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a document, with the columns of `explore.columns.DOCUMENT_COLUMNS`.

    Raises:
        ExploreError: a register holds a mistake; the message lists all of them.

    >>> import explore
    >>> explore.documents().set_index("document").loc["autostraddle-2015", "publisher"]
    'Autostraddle'
    """
    rows = [
        {
            **{name: getattr(one.document, name, None) for name in DOCUMENT_COLUMNS},
            "document": one.id,
            "statistics": len(one.statistics),
        }
        for one in load(seeds).registers.values()
    ]
    return table(pd.DataFrame(rows, columns=list(DOCUMENT_COLUMNS)).replace(UNKNOWN, pd.NA), DOCUMENT_COLUMNS)


def statistics(seeds: Seeds = None) -> pd.DataFrame:
    """List every statistic of every document, one row each: the tidy table behind everything.

    Unknown is missing (`pd.NA`), never 0 and never an empty text. `low` and `high` are the 95%
    Wilson score interval (Wilson 1927) of a share of a random sample whose n is known.
    `attrs["seeds"]` names the folder.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a statistic, with the columns of `explore.columns.STATISTIC_COLUMNS`.

    Raises:
        ExploreError: a register holds a mistake, or EXPLORE_TEXTS is set and a quote is not in its
            document's text; the message lists all of them.

    >>> import explore
    >>> table = explore.statistics().set_index("id")
    >>> table.loc["autostraddle-2015/la-solicited", ["value_text", "unit", "place"]].tolist()
    ['42%', 'percent', 'Los Angeles']
    """
    library = checked_library(seeds)
    return frame_of(library, list(library.statistics.values()))


def checked_library(seeds: Seeds) -> Library:
    """Load the registers, and look up their quotes where the texts are at hand."""
    library = load(seeds)
    if os.environ.get("EXPLORE_TEXTS"):
        check(library)
    return library


def frame_of(library: Library, found: list[Statistic]) -> pd.DataFrame:
    """Lay statistics out as the table of `statistics`, with what their documents, series and topics say."""
    given = dict(zip(Statistic._fields, zip(*found, strict=True), strict=False))
    columns: dict[str, Any] = {name: given.get(name, ()) for name in STATISTIC_COLUMNS}
    columns["id"] = [one.key for one in found]
    columns["source"] = [", ".join(one.source) or None for one in found]
    columns["said"] = [say(one) for one in found]
    ends = [of_share(one) or (None, None) for one in found]
    columns["low"], columns["high"] = ([pair[at] for pair in ends] for at in (0, 1))
    for name in ("publisher", "published", "title"):
        of = {key: _known(getattr(register.document, name)) for key, register in library.registers.items()}
        columns[name] = [of[one.document] for one in found]
    columns["about"] = [library.topics.get(one.topic, one.topic) for one in found]
    series = [library.series.get(one.series or "") for one in found]
    columns["method"] = [each and f"{each.method}; {each.coverage}" for each in series]
    columns["segment"] = [each and each.segment(one.period) for each, one in zip(series, found, strict=True)]
    frame = table(columns, STATISTIC_COLUMNS)
    frame.attrs["seeds"] = str(library.folder)
    return frame


def _known(words: str) -> str | None:
    return None if words == UNKNOWN else words


def topic(name: str, seeds: Seeds = None) -> pd.DataFrame:
    """Give the rows of one topic: stated ones first, with their role, and shares apart from counts.

    Args:
        name: the topic, as the registers write it.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a share or count, with the columns of `explore.columns.SHARE_COLUMNS`.

    Raises:
        ExploreError: no register holds a statistic of this topic.
    """
    library = checked_library(seeds)
    found = [one for one in library.statistics.values() if one.topic == name]
    if not found:
        known = {one.topic for one in library.statistics.values()}
        raise ExploreError(f'no register holds a statistic with topic = "{name}"; {nearest(name, known)}')
    found.sort(key=lambda one: one.quote is None)
    rows = frame_of(library, found)
    share = rows["unit"] == "percent"
    rows = rows.assign(role=role(rows), percent=rows["value"].where(share), count=rows["value"].where(~share))
    return rows[list(SHARE_COLUMNS)]


def role(table: pd.DataFrame) -> pd.Series[Any]:
    """Say of each row whether it is stated in the text, read at a source, or computed here."""
    read = table["quote"].isna().map({True: "source", False: "stated"})
    return read.mask(table["evidence"] == "arithmetic", "computed").astype("category")
