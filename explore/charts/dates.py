"""Dates: the laws, studies and events that the statistics are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from explore import tables
from explore.display import (
    BLUE,
    GREEN,
    VERMILLION,
    figure,
    kept,
    quoted,
    source_line,
    tooltip,
)
from explore.terms import STATISTIC_COLUMNS, ExploreError

if TYPE_CHECKING:
    import pandas as pd


def timeline(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw the laws, studies and events that the statistics are about, in order of time.

    Args:
        frame: rows of `explore.statistics()` with topic "timeline"; all of them when left out.

    Returns:
        One row an event, on an axis of years.

    >>> import explore
    >>> explore.charts.timeline().to_dict()["width"]
    560
    """
    if frame is None:
        frame = tables.statistics()
        frame = frame[frame["topic"] == "timeline"]
    frame = tables.checked(frame, "timeline", STATISTIC_COLUMNS, "explore.statistics()")
    if other := sorted(set(frame["topic"]) - {"timeline"}):
        raise ExploreError(f'timeline: holds rows about {other[0]}; give it rows with topic "timeline"')
    rows = frame.assign(year=frame["period"].str[:4].astype(int)).sort_values(["period", "id"])
    text = rows["period"].str.replace("/", "–") + "  " + (rows["place"] + ": ").fillna("") + rows["measure"]
    rows = rows.assign(row=range(len(rows)), text=text, words=quoted(rows), kind=rows["group"])
    data = kept(rows, "row", "year", "text", "kind")
    kinds = ["law", "study", "event"]
    plain = alt.Chart(data).encode(y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.7)), tooltip=tooltip(data))
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[1920, 2020]),
        axis=alt.Axis(format="d", title="year", titleAnchor="start", tickCount=6),
    )
    points = plain.mark_point(filled=True, size=130, opacity=1).encode(
        x=x,
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=[VERMILLION, BLUE, GREEN]),
            legend=alt.Legend(title=None, orient="top", offset=10),
        ),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["diamond", "circle", "square"])),
    )
    early = plain.transform_filter("datum.year < 1970").mark_text(align="left", dx=12)
    late = plain.transform_filter("datum.year >= 1970").mark_text(align="right", dx=-12)
    early, late = (text.encode(x=x, text="text:N") for text in (early, late))
    return figure(
        points, early, late,
        title="Of the dates the article gives, all but 1927 fall between 1999 and 2014",
        subtitle="Laws, studies and events that the article dates, with the two dates of the policy from Amnesty itself.",  # noqa: E501
        source=source_line(rows),
        description=(
            "Timeline of laws, studies and events, from 1927, when selling sex became legal in Germany according "
            "to the article, to 2016, when the final policy was published."
        ),
        name="timeline",
        height=alt.Step(27),
    )  # fmt: skip
