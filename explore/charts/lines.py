"""Lines: a series over time, with a gap where its way of counting changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.axes import moment, said_axis, said_years
from explore.charts.labels import FIELDS
from explore.charts.letters import width_of, wrapped
from explore.charts.places import POINT, Box, Label, Place, obstacles, placed
from explore.charts.theme import BLUE, BRIGHT, GREEN, GREY, LABEL, PURPLE, SMALL, VERMILLION, shade

_COLORS = (BLUE, VERMILLION, GREEN, PURPLE, GREY)
_SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down")
_HEIGHT, _ROW = 300, 42
_FEW, _MANY = 10, 12  # points whose numbers are all written; lines that are all named
_TICK = 13  # size of the letters of an axis


def draw_lines(rows: pd.DataFrame, *, width: int, colors: Sequence[str] | None = None) -> tuple[list[alt.Chart], int]:
    """Draw rows as points over time; lines join those that count the same in the same way.

    Each line carries its name and last number at its end; a line that is alone, other numbers too.
    """
    unit = str(rows["unit"].iloc[0]) if rows["unit"].notna().any() else None
    names = [name for name in FIELDS if name in ("measure", "group", "place") and len(set(rows[name].dropna())) > 1]
    keys = rows[names].astype("string").fillna("").agg(", ".join, axis=1) if names else pd.Series("", index=rows.index)
    rows = rows.assign(_at=[moment(period) for period in rows["period"]], _line=keys)
    whose = rows["document"].astype("string").fillna("").where(_repeated(rows), "")
    apart = rows["id"].where(rows["series"].notna(), "0")  # across a break: joined to neither side
    rows["_joined"] = keys + whose + rows["segment"].astype("string").fillna(apart)
    lines, used = list(dict.fromkeys(keys)), list(colors or _COLORS)
    look = {line: (used[at % len(used)], _SHAPES[at % len(_SHAPES)]) for at, line in enumerate(lines)}
    rows["_color"], rows["_shape"] = ([look[line][at] for line in keys] for at in (0, 1))
    rows["_bright"] = [BRIGHT.get(one, one) for one in rows["_color"]]
    low, high = min(0.0, float(rows["value"].min())), max(float(rows["value"].max()), 0.0) or 1.0
    high += (high - low) * 0.1
    axis = said_axis(unit, low, high, _HEIGHT / _ROW)
    texts = _texts(rows, unit, alone=len(lines) == 1, width=width)
    first, last = float(rows["_at"].min()), float(rows["_at"].max())
    left = 16 + max(width_of(f"{tick:,g}%", _TICK) for tick in axis["values"])
    right = min(_room(rows, texts, last - (last - first) / 6), width * 0.45)
    span = (last - first or 1.0) / (width - left - right)
    years = [first - span * left, last + span * right]

    def seen(row: Any) -> tuple[float, float]:  # noqa: ANN401  # a named tuple of pandas
        return (row["_at"] - years[0]) / span, _HEIGHT * (high - row["value"]) / (high - low)

    spots = [seen(row) for row in rows.to_dict("records")]
    drawn = [[spots[at] for at in _in_time(rows, group)] for group in rows.groupby("_joined").indices.values()]
    grid = [_HEIGHT * (high - tick) / (high - low) for tick in axis["values"]]
    taken = obstacles(drawn, grid, width) + [Box(0, at - 16, left - 12, at) for at in grid]
    labels = [Label(*spots[at], *text) for at, text in texts.items()]
    found = dict(zip(texts, placed(labels, taken, width, _HEIGHT), strict=True))
    rows["_text"] = ["\n".join(texts[at][0]) if found.get(at) else None for at in range(len(rows))]
    for name in Place._fields:
        rows[f"_{name}"] = [getattr(found.get(at), name, None) for at in range(len(rows))]
    base = alt.Chart(parts.records(rows)).encode(
        x=alt.X(
            "_at:Q", scale=alt.Scale(domain=years, nice=False, zero=False),
            axis=alt.Axis(title=None, grid=False, **said_years(rows["period"], width - left - right)),
        ),
        y=alt.Y("value:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=alt.Axis(
            **axis | {"title": None}, domain=False, ticks=False, labelAlign="left", labelBaseline="bottom",
            labelPadding=0, labelOffset=-2,
        )),
    )  # fmt: skip
    colour = shade("datum._color", "datum._bright")
    line = base.mark_line(strokeWidth=2, color=colour).encode(detail="_joined:N")
    points = base.mark_point(size=60, opacity=1, strokeWidth=2, color=colour, fill=colour).encode(
        shape=alt.Shape("_shape:N", scale=None),
        fillOpacity=alt.condition("datum.evidence == 'arithmetic'", alt.value(0), alt.value(1)),
        tooltip=parts.tooltip(rows),
    )
    size = LABEL if len(lines) == 1 else SMALL
    moved: dict[str, Any] = {name: alt.ExprRef(f"datum._{name}") for name in Place._fields}
    said = parts.words(base, "_text", size, fontWeight="bold", **moved)
    if len(lines) > 1:
        said = said.copy()
        said.mark.color = colour
    unit_said = parts.words(
        alt.Chart(parts.values({"_unit": axis["title"] or ""})), "_unit", SMALL, quiet=True, baseline="bottom", dy=-6
    ).encode(x=alt.value(0), y=alt.value(0))
    return [line, points, said.transform_filter("datum._text != null"), unit_said], _HEIGHT


def _texts(rows: pd.DataFrame, unit: str | None, *, alone: bool, width: int) -> dict[int, tuple[list[str], int]]:
    """Choose the rows beside which words stand, the weightiest first: the words in lines, and their size."""
    said = [_bare(str(one), unit) for one in rows["said"]]
    found: dict[int, tuple[list[str], int]] = {}
    for group in rows.groupby("_line", sort=False).indices.values():
        inside = _in_time(rows, group)
        if alone:
            by_value = sorted(inside, key=lambda at: float(rows["value"].iloc[at]))
            wanted = [inside[-1], by_value[-1], inside[0], by_value[0], *(inside if len(rows) <= _FEW else [])]
            found |= {at: ([said[at]], LABEL) for at in dict.fromkeys(wanted)}
        elif len(found) < _MANY:
            words = f"{said[inside[-1]]} {rows['_line'].iloc[inside[-1]]}"
            found[inside[-1]] = (wrapped(words, max(width / 4, 90), SMALL, bold=True), SMALL)
    return found


def _in_time(rows: pd.DataFrame, places: Any) -> list[int]:  # noqa: ANN401  # an array
    """Return places of rows in order of time."""
    return sorted(map(int, places), key=lambda at: float(rows["_at"].iloc[at]))


def _room(rows: pd.DataFrame, texts: dict[int, tuple[list[str], int]], late: float) -> float:
    """Return the pixels that the words of the last points take at their right."""
    ends = [text for at, text in texts.items() if rows["_at"].iloc[at] >= late]
    return max((width_of(line, size, bold=True) for lines, size in ends for line in lines), default=0) + POINT + 4


def _repeated(rows: pd.DataFrame) -> pd.Series[bool]:
    """Say of each row whether its line has unlike values for one period: then each document has a line of its own."""
    unlike = rows.drop_duplicates(["_line", "_at", "value"])
    return rows["_line"].isin(unlike["_line"][unlike.duplicated(["_line", "_at"])])


def _bare(said: str, unit: str | None) -> str:
    """Leave out the unit that the axis says.

    >>> _bare("about 541 people", "people"), _bare("42%", "percent")
    ('about 541', '42%')
    """
    return said.removesuffix(f" {unit}").removesuffix(" of") if unit else said
