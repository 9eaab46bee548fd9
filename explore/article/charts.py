"""The charts of the article’s topics: which rows are drawn when none are given, and in which form."""

import altair as alt
import pandas as pd

from explore.article import tables
from explore.charts.draw import draw
from explore.charts.figure import WIDTH
from explore.columns import checked, ids
from explore.tables import statistics
from explore.terms import ExploreError

COUNTS = ("police-survey-2003", "csom-2006", "csom-christchurch")
CASES = "bka-victims"
SWEEPS = ("all arrests", "adult sellers arrested", "“pimps” arrested", "minors “recovered”")
_SWEEP = r"^Operation Cross Country (?:0|[IVX]+)(?: \(precursor\))?$"


def solicitation(frame: pd.DataFrame | None = None, *, width: int = WIDTH, title: str | None = None) -> alt.LayerChart:
    """Draw the Los Angeles shares: what the text states, and what its source measured of whom.

    Args:
        frame: rows of `explore.solicitation()`; when left out, what is stated and every share
            asked of all respondents.
        width: of the plot in pixels.
        title: your own, as in `explore.charts.draw`.

    Returns:
        Bars in percent from 0 to 100.

    >>> import explore
    >>> explore.charts.solicitation().to_dict()["width"]
    560
    """
    if frame is None:
        rows = tables.solicitation()
        frame = cited_first(rows[rows["n"].notna() | (rows["role"] == "stated")])
    return _shares("solicitation", frame, width, title)


def arrests(frame: pd.DataFrame | None = None, *, width: int = WIDTH, title: str | None = None) -> alt.LayerChart:
    """Draw the shares of arrests and convictions: what the text states, and what its sources split.

    Args:
        frame: rows of `explore.arrests()`; all its shares when left out. Counts are drawn by `sweeps`.
        width: of the plot in pixels.
        title: your own, as in `explore.charts.draw`.

    Returns:
        Bars in percent from 0 to 100.

    >>> import explore
    >>> "97%" in str(explore.charts.arrests().to_dict()["title"])
    True
    """
    return _shares("arrests", cited_first(tables.arrests()) if frame is None else frame, width, title)


def reporting(frame: pd.DataFrame | None = None, *, width: int = WIDTH, title: str | None = None) -> alt.LayerChart:
    """Draw the New Zealand shares on reporting violence, rights and refusing clients.

    Args:
        frame: rows of `explore.reporting()`; all its shares when left out.
        width: of the plot in pixels.
        title: your own, as in `explore.charts.draw`.

    Returns:
        Bars in percent from 0 to 100.

    >>> import explore
    >>> explore.charts.reporting().to_dict()["width"]
    560
    """
    return _shares("reporting", cited_first(tables.reporting()) if frame is None else frame, width, title)


def _shares(topic: str, frame: pd.DataFrame, width: int, title: str | None) -> alt.LayerChart:
    rows = of_topic(topic, frame)
    known = rows[rows["percent"].notna()]
    if known.empty:
        raise ExploreError(f"{topic}: no row has a number to draw; give it rows whose percent is known")
    return draw(known, form="bars", width=width, title=title, name=topic)


def of_topic(topic: str, frame: object, needs: str = "percent", source: str = "") -> pd.DataFrame:
    """Return rows of one topic; refuse those of another, and a table without the column that is drawn."""
    rows = checked(frame, topic, ("id", "topic", needs), source or f"explore.{topic}()")
    if other := sorted(set(map(str, rows["topic"])) - {topic}):
        raise ExploreError(f"{topic}: holds rows about {other[0]}; draw them with explore.charts.draw(rows)")
    return rows


def cited_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Order rows: each stated one with the sources it names under it, then the others by size."""
    stated = frame[frame["role"] == "stated"]
    first = [key for one, source in zip(stated["id"], stated["source"], strict=True) for key in (one, *ids(source))]
    others = frame[~frame["id"].isin(first)].sort_values("percent", ascending=False, kind="stable")["id"]
    order = {key: at for at, key in enumerate(dict.fromkeys([*first, *others]))}
    return frame.sort_values("id", key=lambda keys: keys.map(order))


def sweeps(frame: pd.DataFrame | None = None, *, width: int = WIDTH, title: str | None = None) -> alt.LayerChart:
    """Draw what is published of each FBI sweep: arrests, “pimps” and minors, as the FBI calls them.

    Sources that disagree stay side by side: where two give different numbers, both points are drawn.

    Args:
        frame: rows of `explore.arrests()`; the national counts of each sweep when left out.
        width: of the plot in pixels.
        title: your own, as in `explore.charts.draw`.

    Returns:
        Lines over the sweeps in order of time, people from zero.

    >>> import explore
    >>> explore.charts.sweeps().to_dict()["height"]
    300
    """
    rows = of_topic("arrests", tables.arrests() if frame is None else frame)
    national = rows["place"].str.startswith("United States").fillna(value=False)
    sweep = rows["population"].str.contains(_SWEEP).fillna(value=False)
    rows = rows[sweep & national & rows["measure"].isin(SWEEPS) & rows["count"].notna()]
    if rows.empty:
        raise ExploreError("sweeps: no row is a national count of a sweep; give it rows of explore.arrests()")
    return draw(rows.sort_values("period"), form="line", width=width, title=title, name="sweeps")


def germany(frame: pd.DataFrame | None = None, *, width: int = WIDTH, title: str | None = None) -> alt.LayerChart:
    """Draw the victims of trafficking that German police registered, year by year.

    Args:
        frame: rows of `explore.statistics()` of series "bka-victims"; all of them when left out.
        width: of the plot in pixels.
        title: your own, as in `explore.charts.draw`.

    Returns:
        A line from zero; a computed year is hollow.

    >>> import explore
    >>> explore.charts.germany().to_dict()["width"]
    560
    """
    if frame is None:
        frame = statistics()
        frame = frame[frame["series"] == CASES]
    rows = checked(frame, "germany", ("series", "value", "period"), "explore.statistics()")
    rows = rows[(rows["series"] == CASES).fillna(value=False)]
    if rows.empty:
        raise ExploreError(f'germany: no row is of the series "{CASES}"; give it rows of explore.statistics()')
    return draw(rows.sort_values("period"), form="line", width=width, title=title, name="germany")


def national(frame: pd.DataFrame | None = None, *, width: int = WIDTH, title: str | None = None) -> alt.LayerChart:
    """Draw why the New Zealand counts cannot share an axis: what each one covered, and how.

    Args:
        frame: rows of `explore.statistics()` that count sex workers; when left out, the largest count
            of each of the three New Zealand series.
        width: of the plot in pixels.
        title: your own, as in `explore.charts.draw`.

    Returns:
        One row a count: the number as words, and how its series was made.

    >>> import explore
    >>> explore.charts.national().to_dict()["width"]
    560
    """
    if frame is None:
        rows = statistics()
        rows = rows[rows["series"].isin(COUNTS) & (rows["unit"] == "people") & (rows["group"] == "all")]
        frame = rows.sort_values("value", ascending=False, kind="stable").drop_duplicates("series")
    return draw(frame, form="apart", width=width, title=title, name="national")


def timeline(frame: pd.DataFrame | None = None, *, width: int = WIDTH, title: str | None = None) -> alt.LayerChart:
    """Draw the laws, studies and events that the statistics are about, in order of time.

    Args:
        frame: rows of `explore.statistics()` with topic "timeline"; when left out all of them, each event once.
        width: of the plot in pixels.
        title: your own, as in `explore.charts.draw`.

    Returns:
        One line an event, beside an axis of years.

    >>> import explore
    >>> explore.charts.timeline().to_dict()["width"]
    560
    """
    if frame is None:
        frame = statistics()
        frame = frame[frame["topic"] == "timeline"].sort_values("period").drop_duplicates(["place", "measure"])
    rows = of_topic("timeline", frame, "period", "explore.statistics()")
    return draw(rows.sort_values(["period", "id"]), form="dates", width=width, title=title, name="timeline")
