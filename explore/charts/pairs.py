"""Statistics side by side: one among its neighbours, and two that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import altair as alt
import pandas as pd

from explore import tables
from explore.comparison import compare, find
from explore.display import (
    BLUE,
    GREY,
    INK,
    LABEL,
    SMALL,
    VERMILLION,
    WIDTH,
    figure,
    kept,
    source_line,
    told,
    tooltip,
    whom,
    wrapped,
)
from explore.register import load
from explore.wording import say, signed
from explore.terms import STATISTIC_COLUMNS, ExploreError, NotComparable
from explore.terms import nearest as nearest_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from explore.tables import Seeds

MANY = 4
_LINES: tuple[tuple[str, int, int, str, Literal["bold", "normal"]], ...] = (
    ("said", 30, -14, INK, "bold"),
    ("measure", LABEL, 14, INK, "normal"),
    ("whom", SMALL, 33, GREY, "normal"),
)
_ALIKE = {"series": 8, "measure": 4, "population": 2, "place": 1, "document": 1}


def neighbours(statistic: str, frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw one statistic among those nearest to it: the same topic and unit, most alike in what they count.

    Standing in one chart does not make numbers comparable: `explore.compare` says which are.

    Args:
        statistic: id of a statistic, such as `"autostraddle-2015/la-solicited"`.
        frame: rows of `explore.statistics()`; all of them when left out.

    Returns:
        One row a statistic, on an axis from zero; the 95% interval where n is known.

    >>> import explore
    >>> explore.charts.neighbours("autostraddle-2015/la-solicited").to_dict()["width"]
    560
    """
    if frame is not None:
        frame = tables.checked(frame, "neighbours", STATISTIC_COLUMNS, "explore.statistics()")
    rows = near(statistic, tables.statistics() if frame is None else frame)
    if rows["value"].isna().all():
        raise ExploreError(f"{statistic}: states no number to draw; see its words in explore.panels.browse()")
    one = labelled(rows[rows["id"] == statistic]).iloc[0]
    unit = one["unit"] if pd.notna(one["unit"]) else "no unit"
    rows = rows.assign(kind=(rows["id"] == statistic).map({True: "chosen", False: "neighbour"}))
    others = len(rows) - 1
    many = f"{others} nearest of the same topic and unit" if others else "no other of its topic and unit"
    return _values(
        rows,
        title=f"{one['said']}: {one['measure']}",
        subtitle=f"{unit[0].upper()}{unit[1:]}. Filled: the chosen one. Hollow: {many}. "
        "Not all of them may be compared.",
        description=f"Dot chart of {one['said']}, {one['measure']}, among {many}.",
        name=f"neighbours-{statistic.replace('/', '-')}",
        source=source_line(rows),
    )


def near(statistic: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a statistic and its nearest neighbours, the largest value first."""
    table = frame if (frame["id"] == statistic).any() else tables.statistics()
    if not (table["id"] == statistic).any():
        raise ExploreError(f'no row has the id "{statistic}"; {nearest_word(statistic, table["id"])}')
    one = table[table["id"] == statistic].iloc[0]
    alike = (table["topic"] == one["topic"]) & (table["unit"] == one["unit"]).fillna(value=False)
    rows = table[(alike & table["value"].notna()) | (table["id"] == statistic)]
    named = {key for field in rows.loc[rows["id"] == statistic, "source"].dropna() for key in field.split(", ")}
    score = rows["id"].isin({statistic}) * 100 + rows["id"].isin(named) * 20
    score = score + rows["source"].fillna("").str.contains(statistic, regex=False) * 20
    for name, weight in _ALIKE.items():
        score = score + (rows[name] == one[name]).fillna(value=False).astype(int) * weight
    nearest = score.astype(float).sort_values(ascending=False, kind="stable").index[: MANY + 1]
    found: pd.DataFrame = rows.loc[list(nearest)].sort_values("value", ascending=False, kind="stable")
    return found.reset_index(drop=True)


def comparison(a: str, b: str, allow: Iterable[str] = (), seeds: Seeds = None) -> alt.LayerChart:
    """Draw two statistics on one axis where they may be compared; as bare numbers where they may not.

    Args:
        a: id of a statistic, such as `"autostraddle-2015/christchurch-1999"`.
        b: id of another.
        allow: fields that may differ all the same, as in `explore.compare`; the caption then says so.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        Two rows on an axis from zero; two numbers without an axis where `explore.compare` refuses.

    >>> import explore
    >>> chart = explore.charts.comparison("plrc-2005/identified", "plrc-2008/five-centres")
    >>> chart.to_dict()["title"]["text"]
    ['These two may not be compared']
    """
    library = load(seeds)
    pair = [find(library, a), find(library, b)]
    table = tables.statistics(seeds).set_index("id", drop=False)
    rows = table.loc[[a, b]].reset_index(drop=True).assign(kind="chosen")
    name = f"comparison-{pair[0].id}-{pair[1].id}"
    try:
        found = compare(a, b, allow, seeds)
    except NotComparable as refusal:
        names = " and ".join(refusal.fields)
        subtitle = f"They differ in {names}, so no axis holds them together."
        return _words(rows, "These two may not be compared", subtitle, source_line(rows), name)
    title = f"{say(pair[0])} against {say(pair[1])}: {signed(found.change, found.unit)}"
    return _values(
        rows,
        title=title,
        subtitle=found.sentence,
        description=f"Dot chart of two statistics. {found.sentence}",
        name=name,
        source=f"{found.caption} {source_line(rows)}",
    )


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """Add to each row what it counts, and of whom, where and when, as a reader would say it."""
    known = load().statistics
    rows = told(frame, "value")
    rows["said"] = [
        say(known[key]) if key in known and known[key].value_text == (None if pd.isna(text) else text) else said
        for key, text, said in zip(rows["id"], rows["value_text"], rows["said"], strict=True)
    ]
    said_by = rows["stated_by"].fillna("nobody named")
    return rows.assign(row=range(len(rows)), whom=[f"{one}; {by}" for one, by in zip(whom(rows), said_by, strict=True)])


def _values(
    frame: pd.DataFrame, *, title: str, subtitle: str, description: str, name: str, source: str
) -> alt.LayerChart:
    """Draw values as dots on one axis, each under the words that say what it counts."""
    rows = labelled(frame)
    rows = rows.assign(
        end=rows[["value", "high"]].max(axis=1),
        whom=["\n".join(wrapped(text, 90)) for text in rows["whom"]],
    )
    data = kept(rows, "row", "value", "low", "high", "end", "whom", "kind")
    unit = str(rows["unit"].iloc[0])
    scale = {"percent": alt.Scale(domain=[0, 100]), "year": alt.Scale(zero=False, padding=20)}
    chosen = "datum.kind == 'chosen'"

    def at(position: float) -> alt.Y:
        return alt.Y("row:O", axis=None, bandPosition=position, scale=alt.Scale(type="band", padding=0))

    plain = alt.Chart(data).encode(y=at(0.78), tooltip=tooltip(data))
    x = alt.X(
        "value:Q",
        scale=scale.get(unit, alt.Scale(zero=True)),
        axis=alt.Axis(title=unit, tickCount=5, titleAnchor="start", format="d" if unit == "year" else ",~r"),
    )
    interval = [plain.mark_rule(strokeWidth=1.6, color=INK).encode(x=alt.X("low:Q"), x2="high:Q")]
    interval += [
        plain.mark_point(shape="stroke", angle=90, size=80, strokeWidth=1.6, color=INK, opacity=1).encode(x=f"{end}:Q")
        for end in ("low", "high")
    ]
    points = plain.mark_point(shape="circle", strokeWidth=1.8, opacity=1).encode(
        x=x,
        size=alt.condition(chosen, alt.value(170), alt.value(90)),
        fill=alt.condition(chosen, alt.value(VERMILLION), alt.value("white")),
        stroke=alt.condition(chosen, alt.value(VERMILLION), alt.value(BLUE)),
    )
    # Where there is no room to the right of a value its number stands to the left.
    room = float("inf") if unit == "percent" else 0.8 * float(rows["end"].max() or 1)
    numbers = [
        plain.transform_filter(f"datum.end {test} {min(room, 1e300)}")
        .mark_text(align="left" if dx > 0 else "right", dx=dx, fontSize=LABEL, fontWeight="bold")
        .encode(x=f"{edge}:Q", text="said:N")
        for test, dx, edge, there in (
            ("<=", 11, "end", rows["end"] <= room),
            (">", -11, "value", rows["end"] > room),
        )
        if there.any()
    ]
    label = plain.mark_text(align="left", x=0, limit=WIDTH, fontSize=LABEL).encode(y=at(0.14), text="measure:N")
    small = plain.mark_text(align="left", baseline="top", x=0, dy=10, color=GREY, lineBreak="\n", lineHeight=15).encode(
        y=at(0.14), text="whom:N"
    )
    return figure(
        *(interval if rows["low"].notna().any() else []), points, *numbers, label, small,
        title=title, subtitle=subtitle, source=source, description=description, name=name,
        height=alt.Step(86 if rows["whom"].str.contains("\n").any() else 72),
    )  # fmt: skip


def _words(frame: pd.DataFrame, title: str, subtitle: str, source: str, name: str) -> alt.LayerChart:
    """Set numbers as words, without an axis that would invite comparing them."""
    data = kept(labelled(frame), "row", "whom")
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.5))

    said, measure, whom = (
        alt.Chart(data)
        .mark_text(
            align="left",
            x=0,
            dy=dy,
            limit=WIDTH,
            fontSize=size,
            fontWeight=weight,
            color=colour,
        )
        .encode(y=y, text=f"{field}:N", tooltip=tooltip(data))
        for field, size, dy, colour, weight in _LINES
    )
    return figure(
        said,
        measure,
        whom,
        title=title,
        subtitle=subtitle,
        source=source,
        description=f"Two numbers as words, without an axis. {title}. {subtitle}",
        name=name,
        below=14,
        height=alt.Step(92),
    )
