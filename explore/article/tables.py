"""The four topics of the article by name, and the table of its Christchurch counts."""

from pathlib import Path

import pandas as pd

from explore.columns import STATISTIC_COLUMNS, described
from explore.register import Library
from explore.tables import Seeds, checked_library, frame_of, topic
from explore.terms import ExploreError

SERIES = "csom-christchurch"

_ADDED = described(Path(__file__).with_name("columns.toml"))["christchurch"]
CHRISTCHURCH_COLUMNS = {"id": STATISTIC_COLUMNS["id"], **_ADDED, **STATISTIC_COLUMNS}


def solicitation(seeds: Seeds = None) -> pd.DataFrame:
    """Give the shares of people who report being solicited, harassed or arrested by police.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a share, with the columns of `explore.columns.SHARE_COLUMNS`; stated ones first.

    >>> import explore
    >>> explore.solicitation().loc[0, ["measure", "place"]].tolist()
    ['solicited for sex by police', 'Los Angeles']
    """
    return topic("solicitation", seeds)


def arrests(seeds: Seeds = None) -> pd.DataFrame:
    """Give the shares and counts of arrests and convictions.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a share or count, with the columns of `explore.columns.SHARE_COLUMNS`; stated ones first.

    >>> import explore
    >>> explore.arrests().loc[:1, "percent"].tolist()
    [97.0, 93.0]
    """
    return topic("arrests", seeds)


def reporting(seeds: Seeds = None) -> pd.DataFrame:
    """Give the shares of New Zealand sex workers on reporting violence and on their rights.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a share, with the columns of `explore.columns.SHARE_COLUMNS`; stated ones first.

    >>> import explore
    >>> explore.reporting().loc[0, "percent"]
    np.float64(70.0)
    """
    return topic("reporting", seeds)


def christchurch(seeds: Seeds = None) -> pd.DataFrame:
    """Give the Christchurch counts of 1999 and 2006, by sector, with their change per resident.

    The rest (all less street) is a subtraction and marked `derived`. The change per resident takes
    the population growth that the text states, 8.8%: 100 (1 + change) / (1 + growth) − 100.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a sector and year, with the columns of `explore.article.tables.CHRISTCHURCH_COLUMNS`.

    Raises:
        ExploreError: the counts or the population growth are not in the registers.

    >>> import explore
    >>> table = explore.christchurch()
    >>> table.loc[table["sector"] == "all", "people"].tolist()
    [375, 392]
    >>> table.loc[table["sector"] == "all", "per_head_change_percent"].round(1).tolist()
    [0.0, -3.9]
    """
    library = checked_library(seeds)
    home = _home(library)
    stated = frame_of(library, [one for one in library.statistics.values() if one.document == home])
    counts = stated[(stated["series"] == SERIES) & (stated["unit"] == "people")].copy()
    growth = stated[(stated["topic"] == "population") & (stated["unit"] == "percent change")]
    if counts.empty or growth.empty:
        message = f'no register holds both the counts of series "{SERIES}" and the population growth'
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
        if any(series.id == SERIES for series in register.series):
            return register.id
    return ""
