"""What if: the Christchurch counts, moved by the growth of the city and by the way the street was counted."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from explore.article import tables
from explore.article.tables import CHRISTCHURCH_COLUMNS
from explore.charts import figure as parts
from explore.charts.draw import library_of
from explore.charts.figure import WIDTH
from explore.charts.letters import wrapped
from explore.charts.theme import BLUE, GREEN, GREY, INK, LABEL, SMALL, TITLE, VERMILLION
from explore.columns import checked
from explore.terms import ExploreError

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
    width: int = WIDTH,
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
    wide = parts.checked_width(width)
    frame = whole(frame)
    ends = frame.sort_values("year").groupby("sector", observed=True)["people"].agg(["first", "last"])
    rows = frame[frame["year"] > frame["year"].min()]
    rows = rows.assign(
        name=rows["sector"].astype(str).map(SECTORS),
        before=rows["sector"].astype(str).map(ends["first"]).astype(int),
        row=range(len(rows)),
    )
    stated = float(rows["population_percent"].iloc[0])
    counts = street_counts(frame)
    years = int(frame["year"].min()), int(frame["year"].max())
    params = [
        alt.param(
            name="growth",
            value=stated if growth is None else growth,
            bind=alt.binding_range(min=0, max=15, step=0.1, name=f"Population growth {years[0]} to {years[1]}, percent "),
        ),
        alt.param(
            name="street",
            value=counts[0] if street is None else street,
            bind=alt.binding_select(
                options=list(counts),
                labels=[STREET[at] % n for at, n in enumerate(counts)],
                name=f"Street count of {years[1]} ",
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
    values = parts.records(rows, "row", "name", "sector", "before", "people")
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
            title=f"percent change, {years[0]} to {years[1]}", titleAnchor="start", grid=False, values=[-40, -30, -20, -10, 0, 10, 20]
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
        tooltip=parts.tooltip(rows),
    )
    join = plain.mark_rule(color=GREY, strokeWidth=1.5).encode(
        x=alt.X("number:Q"), x2="resident:Q", y=at(0.72), opacity=opacity
    )
    one = alt.Chart(parts.values({})).transform_calculate(
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
    subtitle = (
        f"Sex workers in Christchurch, {years[0]} to {years[1]}, by sector. Left of the dashed line, the number grew less "
        "than the city. The street count of the last year can be the published one, or only those seen."
    )
    total = ends.loc["all"]
    return parts.figure(
        zero.add_params(*params), city, join, points, *numbers_said, label, even, above,
        rows=frame,
        title=alt.ExprRef(_title(int(total["first"]), int(total["last"]), counts[0], wide)),
        subtitle=subtitle,
        alt_text=f"Dot chart of the change in number, and per resident, that follows the sliders. {subtitle} "
        + "; ".join(f"{one['said']}, {one['sector']}, {one['year']}" for one in frame.to_dict("records")) + ".",
        name="christchurch",
        width=wide,
        height=86 * len(rows),
    )  # fmt: skip


def _title(before: int, after: int, street: int, width: int) -> str:
    """Write the title as an expression that gives its lines and follows the sliders."""
    number = f"({after} - ({street} - street)) / {before}"
    said = {
        "A": f"' + format({number} - 1, '+.1%') + '",
        "B": f"' + format({number} / (1 + growth / 100) - 1, '+.1%') + '",
        "G": "' + format(growth, '.2~f') + '",
    }
    lines = wrapped("All sex workers: {A} in number, and {B} per resident if the city grew by {G}%", width, TITLE, bold=True)
    return "[" + ", ".join(f"'{line.format(**said)}'" for line in lines) + "]"


def whole(frame: pd.DataFrame | None) -> pd.DataFrame:
    """Return the counts given, or all; refuse a part in which a sector or a year is missing."""
    if frame is None:
        return tables.christchurch()
    frame = checked(frame, "christchurch", CHRISTCHURCH_COLUMNS, "explore.christchurch()")
    held = {str(name): list(years) for name, years in frame.groupby("sector", observed=True)["year"]}
    if missing := [name for name in SECTORS if len(held.get(name, [])) != 2 or len(set(held[name])) != 2]:
        raise ExploreError(
            f"christchurch: needs two years of every sector; {', '.join(missing)} lacks one, or has more"
        )
    return frame


def street_counts(frame: pd.DataFrame) -> tuple[int, ...]:
    """Return the last street count of a table of counts: as published, and, where known, only those seen."""
    last = frame[frame["sector"] == "street"].sort_values("year").iloc[-1]
    library = library_of(frame)
    wanted = ("Christchurch", "street", _SEEN, str(last["year"]))
    seen = [
        int(one.value)
        for one in (library.statistics.values() if library else ())
        if one.value is not None and (one.place, one.group, one.measure, one.period) == wanted
    ]
    return tuple(dict.fromkeys([int(last["people"]), *seen]))[: len(STREET)]
