"""Counts of people: Christchurch, and the New Zealand counts that share no axis."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from explore import numbers, tables
from explore.display import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LABEL,
    SMALL,
    VERMILLION,
    figure,
    kept,
    say,
    source_line,
    told,
    tooltip,
    wrapped,
)
from explore.register import load
from explore.terms import CHRISTCHURCH_COLUMNS, STATISTIC_COLUMNS, ExploreError

SECTORS = {
    "all": "All sex workers",
    "street": "On the street",
    "rest": "Not on the street (all less street)",
}
STREET = ("%d, as published", "%d, only those seen")
_SEEN = "number of sex workers, seen in the count"


def christchurch(
    frame: pd.DataFrame | None = None,
    *,
    growth: float | None = None,
    street: int | None = None,
    sector: str = "every",
) -> alt.LayerChart:
    """Draw how the Christchurch counts changed, in number and per resident; what-ifs move it.

    Three input fields under the chart need no Python, so they work in a reopened notebook and in an
    exported page: the growth of the city’s population, how the street count of 2006 was made, and
    which sector stands out.

    Args:
        frame: rows of `explore.christchurch()`; all of them when left out.
        growth: population growth 1999 to 2006 to start with, percent; the stated one when left out.
        street: street count of 2006 to start with, people: the published one, or only those seen.
            People not seen are then missing from the total as well, not from the rest.
        sector: the sector that stands out to start with: every, all, street or rest.

    Returns:
        One row a sector: percent change since 1999 of the number, and of the number per resident.

    >>> import explore
    >>> [one["name"] for one in explore.charts.christchurch().to_dict()["params"]]
    ['growth', 'street', 'sector']
    """
    frame = whole(frame)
    ends = frame.sort_values("year").groupby("sector", observed=True)["people"].agg(["first", "last"])
    rows = frame[frame["year"] > frame["year"].min()]
    rows = rows.assign(value=rows["people"], unit="people", qualifier=pd.NA)
    rows = told(rows, "value").assign(
        name=rows["sector"].astype(str).map(SECTORS),
        before=rows["sector"].astype(str).map(ends["first"]).astype(int),
        row=range(len(rows)),
    )
    stated = float(rows["population_percent"].iloc[0])
    counts = street_counts(frame)
    data = kept(rows, "row", "name", "sector", "before", "people").drop(columns="said")
    params = [
        alt.param(
            name="growth",
            value=stated if growth is None else growth,
            bind=alt.binding_range(min=0, max=15, step=0.1, name="Population growth 1999 to 2006, percent "),
        ),
        alt.param(
            name="street",
            value=counts[0] if street is None else street,
            bind=alt.binding_select(
                options=list(counts),
                labels=[STREET[at] % n for at, n in enumerate(counts)],
                name="Street count of 2006 ",
            ),
        ),
        alt.param(
            name="sector",
            value=sector,
            bind=alt.binding_radio(
                options=["every", *SECTORS],
                labels=["none", "all", "street", "not street"],
                name="Stands out ",
            ),
        ),
    ]
    kinds = ["change in number", "change per resident"]
    # Eight layers draw these rows: as plain values they are made ready once, not once a layer.
    values = alt.InlineData(values=alt.to_values(data)["values"])
    plain = alt.Chart(values).transform_calculate(
        after=f"datum.people - (datum.sector == 'rest' ? 0 : {counts[0]} - street)",
        number="100 * (datum.after / datum.before - 1)",
        resident="100 * (datum.after / datum.before / (1 + growth / 100) - 1)",
        said="format(datum.after, ',') + ' people'",
        shade="sector == 'every' || sector == datum.sector ? 1 : 0.4",
        label="datum.name + ': ' + format(datum.before, ',') + ' → ' + format(datum.after, ',') + ' people'"
        f" + (street == {counts[0]} || datum.sector == 'rest' ? '' : ', counting only those seen')",
        even="datum.number > 0 ? 'no change per resident at a growth of ' + format(datum.number, '.2f') + '%'"
        " : 'fewer people: fewer per resident at any growth'",
    )
    opacity = alt.Opacity("shade:Q", scale=None, legend=None)
    x = alt.X(
        "change:Q",
        scale=alt.Scale(domain=[-48, 22], nice=False),
        axis=alt.Axis(
            title="percent change, 1999 to 2006", titleAnchor="start", values=[-40, -30, -20, -10, 0, 10, 20]
        ),
    )

    def at(position: float) -> alt.Y:
        return alt.Y("row:O", axis=None, bandPosition=position, scale=alt.Scale(padding=0))

    folded = plain.transform_fold(["number", "resident"], as_=["key", "change"]).transform_calculate(
        kind=f"datum.key == 'number' ? '{kinds[0]}' : '{kinds[1]}'",
        words_change="abs(datum.change) < 0.05 ? '0.0%' : format(datum.change, '+.1f') + '%'",
        shift="((datum.key == 'number') == (datum.number >= datum.resident)) ? 12 : -12",
    )
    points = folded.mark_point(filled=True, size=170, opacity=1).encode(
        x=x,
        y=at(0.72),
        opacity=opacity,
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=[BLUE, VERMILLION]),
            legend=alt.Legend(title=None, orient="top", offset=30, symbolOpacity=1),
        ),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"])),
        tooltip=tooltip(data.assign(said="")),
    )
    join = plain.mark_rule(color=GREY, strokeWidth=1.5).encode(
        x=alt.X("number:Q"), x2="resident:Q", y=at(0.72), opacity=opacity
    )
    one = alt.Chart(alt.InlineData(values=[{}])).transform_calculate(
        growth="growth", city="'the city: +' + format(growth, '.2~f') + '%'"
    )
    zero = one.mark_rule(color=INK).encode(x=alt.datum(0))
    city = one.mark_rule(color=GREEN, strokeDash=[5, 4], strokeWidth=1.6).encode(x="growth:Q")
    above = one.mark_text(color=GREEN, fontWeight="bold", y=-9).encode(x="growth:Q", text="city:N")
    # Each number stands twice: first as a white edge, so that no line strikes it through.
    shown: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"stroke": "white", "strokeWidth": 5}, {}),
        ({}, {"opacity": opacity}),
    ]
    numbers_said = [
        folded.transform_filter(f"datum.shift {'<' if dx < 0 else '>'} 0")
        .mark_text(align="right" if dx < 0 else "left", dx=dx, fontSize=LABEL, fontWeight="bold", **edge)
        .encode(x=x, y=at(0.72), text="words_change:N", **shade)
        for dx in (-12, 12)
        for edge, shade in shown
    ]
    label, even = (
        plain.mark_text(align="left", x=0, fontSize=size, color=colour).encode(
            y=at(where), text=f"{text}:N", opacity=opacity
        )
        for text, where, size, colour in (("label", 0.16, LABEL, INK), ("even", 0.38, SMALL, GREY))
    )
    total = rows[rows["sector"] == "all"].iloc[0]
    rounded, share = float(total["stated_change_percent"]), float(total["per_head_change_percent"])
    return figure(
        zero.add_params(*params), city, join, points, *numbers_said, label, even, above,
        title=f"As published, the total rose {say(rounded, 'percent')}; "
        f"per resident, on the stated growth, it fell {say(-share, 'percent')}",
        subtitle=f"Sex workers in Christchurch, 1999 to 2006. Stated population growth: {say(stated)}%. "
        "Left of the dashed line, the number grew less than the city.",
        source=source_line(frame),
        description=(
            "Dot chart of the change in the number of sex workers in Christchurch from 1999 to 2006, in "
            f"number and per resident: all {say(float(total['change_percent']))} and {say(share)} percent. "
            "A slider sets the population growth."
        ),
        name="christchurch",
        height=alt.Step(86),
    )  # fmt: skip


def whole(frame: pd.DataFrame | None) -> pd.DataFrame:
    """Return the counts given, or all; refuse a part in which a sector or a year is missing."""
    if frame is None:
        return tables.christchurch()
    frame = tables.checked(frame, "christchurch", CHRISTCHURCH_COLUMNS, "explore.christchurch()")
    held = {str(name): list(years) for name, years in frame.groupby("sector", observed=True)["year"]}
    if missing := [name for name in SECTORS if len(held.get(name, [])) != 2 or len(set(held[name])) != 2]:
        raise ExploreError(
            f"christchurch: needs two years of every sector; {', '.join(missing)} lacks one, or has more"
        )
    return frame


def street_counts(frame: pd.DataFrame) -> tuple[int, ...]:
    """Return the last street count of a table of counts: as published, and, where known, only those seen."""
    last = frame[frame["sector"] == "street"].sort_values("year").iloc[-1]
    wanted = ("Christchurch", "street", _SEEN, str(last["year"]))
    seen = [
        int(one.value)
        for one in load().statistics.values()
        if one.value is not None and (one.place, one.group, one.measure, one.period) == wanted
    ]
    return tuple(dict.fromkeys([int(last["people"]), *seen]))[: len(STREET)]


def national(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw why the New Zealand counts cannot share an axis: what each one covered, and how.

    Args:
        frame: rows of `explore.statistics()` that count sex workers, one a series; when left out,
            the largest count of each of the three New Zealand series.

    Returns:
        One row a count: the number as words, and a square for each district or centre covered.

    >>> import explore
    >>> explore.charts.national().to_dict()["usermeta"]["embedOptions"]["downloadFileName"]
    'explore-national'
    """
    series = load().series
    if frame is None:
        table = tables.statistics()
        counted = table[table["series"].isin(["police-survey-2003", "csom-2006", "csom-christchurch"])]
        counted = counted[(counted["unit"] == "people") & (counted["group"] == "all")]
        frame = counted.sort_values("value", ascending=False).drop_duplicates("series")
    frame = tables.checked(frame, "national", STATISTIC_COLUMNS, "explore.statistics()")
    if unknown := list(frame.loc[~frame["series"].isin(list(series)), "id"]):
        raise ExploreError(f"national: {unknown[0]} belongs to no declared series; leave it out")
    rows = told(frame, "value").reset_index(drop=True)
    about = [series[key] for key in rows["series"]]
    areas = [next((int(one.value or 1) for one in numbers.find(each.coverage)), 1) for each in about]
    rows = rows.assign(
        row=range(len(rows)),
        big=[f"{value:,.0f}" for value in rows["value"]],
        where=rows["place"] + ", " + rows["period"].str[:4],
        method=["\n".join(wrapped(f"{one.method[0].upper()}{one.method[1:]}; {one.coverage}", 66)) for one in about],
    )
    data = kept(rows, "row", "big", "where", "method")
    squares = data.merge(
        pd.DataFrame([(row, at) for row, n in enumerate(areas) for at in range(n)], columns=["row", "at"])
    )

    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.5))

    plain = alt.Chart(data).encode(y=y, tooltip=tooltip(data))
    big = plain.mark_text(align="left", x=0, fontSize=34, fontWeight="bold").encode(text="big:N")
    where = plain.mark_text(align="left", x=130, dy=-28, fontSize=LABEL, fontWeight="bold").encode(text="where:N")
    method = plain.mark_text(
        align="left", baseline="top", x=130, dy=17, color=GREY, lineBreak="\n", lineHeight=16
    ).encode(text="method:N")

    areas_drawn = (
        alt.Chart(squares)
        .mark_square(size=190, opacity=1)
        .encode(
            x=alt.X("at:Q", axis=None, scale=alt.Scale(domain=[0, 11], range=[137, 400])),
            y=y,
            color=alt.Color("row:O", legend=None, scale=alt.Scale(range=[BLUE, GREEN, VERMILLION])),
            tooltip=tooltip(data),
        )
    )
    return figure(
        big,
        where,
        areas_drawn,
        method,
        title="Three counts, three coverages: no axis holds them together",
        subtitle="People counted or estimated. One square: one district or centre that the count covered.",
        source=source_line(rows),
        description=(
            "Three counts of sex workers in New Zealand as words, each with one square a district or centre that it "
            "covered: 12 for the police survey, 5 for the field counts, 1 for Christchurch. They are not comparable."
        ),
        name="national",
        below=8,
        height=alt.Step(108),
    )  # fmt: skip
