"""Series over time: the FBI’s sweeps, and trafficking cases registered in Germany."""

from __future__ import annotations

import altair as alt
import pandas as pd

from explore import tables
from explore.display import (
    BLUE,
    GREY,
    INK,
    LABEL,
    PURPLE,
    VERMILLION,
    figure,
    kept,
    source_line,
    told,
    tooltip,
)
from explore.terms import SHARE_COLUMNS, STATISTIC_COLUMNS, ExploreError


def sweeps(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw what is published of each FBI sweep: arrests, pimps arrested, minors recovered.

    Sources that disagree stay side by side: where two give different numbers, both points are drawn.

    Args:
        frame: rows of `explore.arrests()`; the national counts of each sweep when left out.

    Returns:
        Lines over the sweeps in order of time, people on a logarithmic axis.

    >>> import explore
    >>> explore.charts.sweeps().to_dict()["height"]
    330
    """
    frame = tables.arrests() if frame is None else tables.checked(frame, "sweeps", SHARE_COLUMNS, "explore.arrests()")
    sweep = frame["population"].str.extract(r"^Operation Cross Country (0|[IVX]+)(?: \(precursor\))?$", expand=False)
    kinds = ["all arrests", "adult sellers arrested", "pimps arrested", "minors recovered"]
    colours = [INK, VERMILLION, PURPLE, BLUE]
    national = frame["place"].str.startswith("United States").fillna(value=False)
    wanted = sweep.notna() & frame["measure"].isin(kinds) & national & frame["count"].notna()
    rows = frame.assign(sweep=sweep, unit="people")[wanted]
    if rows.empty:
        raise ExploreError("sweeps: no row is a national count of a sweep; give it rows of explore.arrests()")
    rows = told(rows, "count").assign(value=rows["count"], year=rows["period"].str[:4])
    rows["sweep"] = rows["sweep"] + " (" + rows["year"] + ")"
    rows["how"] = (rows["evidence"] == "compilation").map({True: "compiled table", False: "release or press"})
    order = list(dict.fromkeys(rows.sort_values("period")["sweep"]))
    data = kept(rows, "sweep", "value", "measure", "how")
    plain = alt.Chart(data).encode(
        x=alt.X(
            "sweep:N",
            sort=order,
            axis=alt.Axis(
                title="sweep (year)",
                labelAngle=0,
                titleAnchor="start",
                grid=False,
                labelExpr="split(datum.label, ' ')",
            ),
        ),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(type="log", domain=[10, 1200]),
            axis=alt.Axis(title="people, logarithmic axis", values=[10, 30, 100, 300, 1000]),
        ),
        color=alt.Color(
            "measure:N",
            scale=alt.Scale(domain=kinds, range=colours),
            legend=alt.Legend(title=None, orient="top", offset=12, symbolOpacity=1),
        ),
    )
    lines = plain.mark_line(strokeWidth=1.6, opacity=0.6).transform_filter("datum.how == 'compiled table'")
    points = plain.mark_point(size=85, opacity=1, strokeWidth=1.8).encode(
        shape=alt.Shape(
            "measure:N", scale=alt.Scale(domain=kinds, range=["circle", "triangle-up", "square", "diamond"])
        ),
        fill=alt.Fill("measure:N", scale=alt.Scale(domain=kinds, range=colours)),
        fillOpacity=alt.condition("datum.how == 'compiled table'", alt.value(1), alt.value(0)),
        tooltip=tooltip(data),
    )
    return figure(
        lines, points,
        title="The sweeps count arrests; only one has a published count of adult sellers",
        subtitle="FBI’s Operation Cross Country. Filled: compiled table. White: release or press report, where it could be read.",  # noqa: E501
        source=source_line(rows),
        description=(
            "Line chart of all arrests, pimps arrested and minors recovered in ten FBI sweeps from 2005 to 2015. "
            "Where the compiled table and the FBI’s release differ, both are drawn: 49 and 47 minors in sweep II."
        ),
        name="sweeps",
        below=68,
        height=330,
    )  # fmt: skip


def germany(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw the victims of trafficking that German police registered, year by year.

    Args:
        frame: rows of `explore.statistics()` of series "bka-victims"; all of them when left out.

    Returns:
        A line from zero, the lowest year marked, the computed year hollow.

    >>> import explore
    >>> explore.charts.germany().to_dict()["width"]
    560
    """
    if frame is None:
        frame = tables.statistics()
        frame = frame[frame["series"] == "bka-victims"]
    frame = tables.checked(frame, "germany", STATISTIC_COLUMNS, "explore.statistics()")
    frame = frame[(frame["series"] == "bka-victims") & frame["value"].notna()]
    rows = told(frame, "value").assign(year=frame["period"].str[:4].astype(int)).sort_values("year")
    rows = rows.assign(computed=(rows["evidence"] == "arithmetic").map({True: "computed", False: "stated"}))
    published = str(tables.documents().set_index("document").loc["autostraddle-2015", "published"])
    article = int(published[:4]) + int(published[5:7]) / 12
    before = rows[rows["year"] < int(article) - 1].sort_values("value")
    if before.empty:
        raise ExploreError('germany: no row of the series "bka-victims" is older than the article; give it those too')
    least = before.iloc[0]
    rows = rows.assign(
        mark=[
            f"{v:,.0f}" if y in {rows["year"].min(), 2003, least["year"], rows["year"].max()} else ""
            for v, y in zip(rows["value"], rows["year"], strict=True)
        ]
    )
    data = kept(rows, "year", "value", "computed", "mark")
    plain = alt.Chart(data).encode(
        x=alt.X(
            "year:Q",
            scale=alt.Scale(domain=[1999.5, 2016], nice=False),
            axis=alt.Axis(format="d", title="year", titleAnchor="start", grid=False, tickCount=8),
        ),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(domain=[0, 1400]),
            axis=alt.Axis(title="registered victims", tickCount=5),
        ),
    )
    line = plain.mark_line(color=BLUE, strokeWidth=2)
    points = plain.mark_point(size=70, opacity=1, color=BLUE, strokeWidth=2).encode(
        fill=alt.Fill("computed:N", scale=alt.Scale(domain=["stated", "computed"], range=[BLUE, "white"]), legend=None),
        tooltip=tooltip(data),
    )
    texts = plain.mark_text(dy=-14, fontSize=LABEL, fontWeight="bold").encode(text="mark:N")
    day = alt.Chart(pd.DataFrame({"year": [article]})).encode(x="year:Q")
    rule = day.mark_rule(color=GREY, strokeDash=[4, 3])
    note = day.mark_text(align="right", dx=-6, y=8, color=GREY, text=f"article, {int(article)}")
    return figure(
        line, points, texts, rule, note,
        title=f"“A record low”: true of cases that police registered, from 2000 to {least['year']}",
        subtitle=(
            f"Victims of trafficking for sexual exploitation in concluded police investigations, Germany. The hollow point "  # noqa: E501
            f"({least['year']}, about {least['value']:,.0f}) is computed from the next year’s change. The 2014 report warns that low counts do not mean less trafficking."  # noqa: E501
        ),
        source=source_line(rows),
        description=(
            "Line chart of victims of trafficking for sexual exploitation registered by German police, 2000 to 2014. "
            f"The lowest value before the article is about {least['value']:,.0f} in {least['year']}; 2014 is higher."
        ),
        name="germany",
        height=300,
    )  # fmt: skip
