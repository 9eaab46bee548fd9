"""What if: the Christchurch counts, moved by the growth of the city and by the way the street was counted."""

from typing import Any

import altair as alt
import pandas as pd

from explore.article import tables
from explore.article.tables import CHRISTCHURCH_COLUMNS
from explore.charts import figure as parts
from explore.charts.draw import library_of
from explore.charts.figure import WIDTH
from explore.charts.letters import width_of, wrapped
from explore.charts.theme import BLUE, BRIGHT, GREEN, GREY, LABEL, LINES, QUIET, SMALL, TITLE, VERMILLION, shade
from explore.columns import checked
from explore.terms import ExploreError

SECTORS = {
    "all": "All sex workers",
    "street": "On the street",
    "rest": "Not on the street (all less street)",
}
STREET = ("%d, as published", "%d, only those seen")
MOST = 15  # percent: the end of the slider of growth
_HEAD, _ROW, _COLUMN, _ROOMY = 24, 78, 96, 480  # pixels: above the rows, of a row, of a column of numbers
_TITLED = (", only those seen", ", 1,000 on the street")
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
        width: of the plot in pixels.
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
        _name=rows["sector"].astype(str).map(SECTORS),
        before=rows["sector"].astype(str).map(ends["first"]).astype(int),
    )
    stated = float(rows["population_percent"].iloc[0])
    counts = street_counts(frame)
    years = int(frame["year"].min()), int(frame["year"].max())
    labels = [STREET[at] % n for at, n in enumerate(counts)]
    streets = alt.binding_select(options=list(counts), labels=labels, name=f"Street count of {years[1]} ")
    sectors = alt.binding_radio(
        options=["every", *SECTORS], labels=["none", "all", "street", "not street"], name="Stands out "
    )
    told = f"Population growth {years[0]} to {years[1]}, percent"
    params = [
        parts.slider("growth", stated if growth is None else growth, (0, MOST), 0.1, told),
        alt.param(name="street", value=counts[0] if street is None else street, bind=streets),
        alt.param(name="sector", value=sector, bind=sectors),
    ]
    rows, height = _laid_out(rows)
    base = alt.Chart(parts.records(rows, "sector", "before", "people"))
    base = base.transform_calculate(
        after=f"datum.people - (datum.sector == 'rest' ? 0 : {counts[0]} - street)",
        number="100 * (datum.after / datum.before - 1)",
        resident="100 * (datum.after / datum.before / (1 + growth / 100) - 1)",
        shade="sector == 'every' || sector == datum.sector ? 1 : 0.4",
        label=f"datum._name + ': ' + format(datum.before, ',') + ' → ' + format(datum.after, ',')"
        f" + (datum.sector == 'rest' ? '' : {_counting(counts)})",
        even="datum.number > 0 ? 'no change per resident at a growth of ' + format(datum.number, '.2f') + '%'"
        " : datum.number < 0 ? 'fewer people: fewer per resident at any growth' : 'as many people as before'",
        **{f"said_{name}": _change(f"datum.{name}") for name in ("number", "resident")},
    ).encode(opacity=alt.Opacity("shade:Q", scale=None, legend=None))
    x, at = _across(rows, counts, wide), parts.position(height)
    marked = base.encode(y=at, tooltip=parts.tooltip(rows))
    join = marked.mark_rule(color=GREY, strokeWidth=1.5).encode(x=x, x2="resident:Q")
    head = alt.Chart(parts.values({"_at": _HEAD / 2}))
    ending: dict[str, Any] = {"baseline": "middle", "align": "right", "fontWeight": "bold"}
    drawn: list[Any] = []
    for name, words, right, colour, shape in (
        ("number", "in number", wide - _COLUMN, BLUE, "circle"),
        ("resident", "per resident", wide, VERMILLION, "diamond"),
    ):
        point: dict[str, Any] = {"filled": True, "size": 130, "opacity": 1, "color": colour, "shape": shape}
        drawn += [
            marked.mark_point(**point).encode(x=f"{name}:Q"),
            parts.words(base, f"said_{name}", LABEL, **ending).encode(x=alt.value(right), y=at),
            head.mark_point(**point).encode(x=alt.value(right - width_of(words, SMALL, bold=True) - 8), y=at),
            parts.words(head.transform_calculate(words=f"'{words}'"), "words", SMALL, **ending).encode(
                x=alt.value(right), y=at
            ),
        ]
    # Lines stand beside the marks only, so that none strikes through words.
    stretch = base.transform_calculate(growth="growth", _from="datum._at - 13", _to="datum._at + 13").encode(
        y=parts.position(height, "_from"), y2="_to:Q"
    )
    zero = stretch.mark_rule(color=QUIET).encode(x=alt.datum(0))
    city = stretch.mark_rule(color=GREEN, strokeDash=[5, 3], strokeWidth=1.6).encode(x="growth:Q")
    named = head.transform_calculate(growth="growth", city="'the city: +' + format(growth, '.2~f') + '%'")
    green = shade(f"'{GREEN}'", f"'{BRIGHT[GREEN]}'")
    city_said = parts.words(named, "city", SMALL, dx=4, color=green, **ending)
    label = parts.words(base, "label", LABEL, dy=parts.off("_label_at")).encode(x=alt.value(0), y=at)
    even = parts.words(base, "even", SMALL, quiet=True, dy=parts.off("_even_at")).encode(x=alt.value(0), y=at)
    subtitle = (
        f"Percent change of estimates from {years[0]} to {years[1]}; how far they may be off is not known. Residents"
        " are all, children too. Left of the dashed line, a number grew less than the city."
    )
    return parts.figure(
        join.add_params(*params), zero, city, *drawn, label, even, city_said.encode(x="growth:Q", y=at),
        rows=frame,
        title=alt.ExprRef(_title(int(ends["first"]["all"]), int(ends["last"]["all"]), counts, wide)),
        subtitle=subtitle,
        alt_text=f"Dot chart of the change in number, and per resident, that follows the sliders. {subtitle} "
        + "; ".join(f"{one['said']}, {one['sector']}, {one['year']}" for one in frame.to_dict("records")) + ".",
        name="christchurch",
        width=wide,
        height=height,
    )  # fmt: skip


def _laid_out(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Give each sector the heights at which its words and its marks stand, and the height of all."""
    tops = [_HEAD + _ROW * at + 6 for at in range(len(rows))]
    middle = LINES[LABEL] + LINES[SMALL]
    rows = rows.assign(
        _label_at=tops, _even_at=[top + LINES[LABEL] for top in tops], _at=[top + middle + 14 for top in tops]
    )
    return rows, _HEAD + _ROW * len(rows)


def _across(rows: pd.DataFrame, counts: tuple[int, ...], width: int) -> alt.X:
    """Return the axis: as far as the growth can push each change, and room for the two columns of numbers."""
    ends = []
    for count in counts:
        missing = (rows["sector"] != "rest").astype(int) * (counts[0] - count)
        ratio = (rows["people"] - missing) / rows["before"]
        ends.append(
            (5 * float(100 * ratio.min() / (1 + MOST / 100) - 100) // 5, max(float(100 * ratio.max() - 100), MOST))
        )
    low, high = (f"(street < {counts[0]} ? {ends[-1][at]} : {ends[0][at]})" for at in (0, 1))
    share = 2 * _COLUMN / (width - 2 * _COLUMN)
    domain: list[Any] = [alt.ExprRef(f"{low} - 5"), alt.ExprRef(f"{high} + 3 + ({high} - {low} + 6) * {share:.3f}")]
    values = [*range(-100, 101, 10)] if width >= _ROOMY else [*range(-100, 101, 20)]
    signs = "datum.value > 0 ? '+' + datum.value + '%' : replace(datum.value + '%', '-', '−')"
    return alt.X(
        "number:Q",
        scale=alt.Scale(domain=domain, nice=False),
        axis=alt.Axis(
            title=None,
            grid=False,
            values=values,
            labelExpr=f"datum.value > {high} + 3 ? '' : {signs}",
            ticks=False,
            domain=False,
        ),
    )


def _change(percent: str) -> str:
    """Write a change in percent, with its sign, as an expression."""
    return f"abs({percent}) < 0.05 ? '0.0%' : format({percent}, '+.1f') + '%'"


def _counting(counts: tuple[int, ...]) -> str:
    """Say how the street was counted, as an expression that says nothing of the published count."""
    seen = f"street == {counts[-1]} ? ', counting only those seen' : " if len(counts) > 1 else ""
    return f"(street == {counts[0]} ? '' : {seen}', counting ' + street + ' on the street')"


def _title(before: int, after: int, counts: tuple[int, ...], width: int) -> str:
    """Write the title as an expression that gives its lines and follows the sliders."""
    people = f"({after} - ({counts[0]} - street))"
    number = f"100 * ({people} / {before} - 1)"
    said = {
        "P": f"format({people}, ',')",
        "A": f"({_change(number)})",
        "B": f"({_change(f'(100 * ({people} / {before} / (1 + growth / 100) - 1))')})",
        "G": "format(growth, '.2~f')",
        "C": f"replace({_counting(counts)}, 'counting ', '')",
    }
    template = f"Sex workers in Christchurch: {before:,} → {{P}}, {{A}}; per resident {{B}} if the city grew by {{G}}%"
    # Where the street count does not fit, the rows alone say it: a line more would push the title out of the picture.
    longest = wrapped(template, width - 2 * TITLE, TITLE, bold=True)[-1] + max(_TITLED, key=len)
    if width_of(longest, TITLE, bold=True) <= width - TITLE:
        template += "{C}"
    return parts.following(template, said, width)


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
