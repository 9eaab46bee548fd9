"""Lines: a series over time, with a gap where its way of counting changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.labels import FIELDS
from explore.charts.letters import width_of, wrapped
from explore.charts.theme import BLUE, GREEN, GREY, INK, LABEL, PURPLE, SMALL, VERMILLION

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLORS = (BLUE, VERMILLION, GREEN, PURPLE, INK, GREY)
_SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down")
_DAYS, _HEIGHT, _APART = 366, 300, 17


def moment(period: str) -> float:
    """Return where a period stands on an axis of years: a year at its number, a span in its middle.

    >>> moment("2003"), moment("2008/2010"), round(moment("2003-07-02"), 1)
    (2003.0, 2009.0, 2003.5)
    """
    ends = []
    for part in str(period).split("/"):
        year, month, day = (*map(int, part.split("-")), 1, 1)[:3]
        ends.append(year + (dt.date(year, month, day).timetuple().tm_yday - 1) / _DAYS)
    return sum(ends) / len(ends)


def draw_lines(rows: pd.DataFrame, *, width: int, colors: Sequence[str] | None = None) -> tuple[list[alt.Chart], int]:
    """Draw rows as points over time; lines join those that count the same in the same way."""
    rows = rows.assign(_at=[moment(period) for period in rows["period"]])
    names = [name for name in FIELDS if name in ("measure", "group", "place") and rows[name].nunique() > 1]
    keys = rows[names].astype("string").fillna("").agg(", ".join, axis=1) if names else pd.Series("", index=rows.index)
    whose = rows["document"].astype("string").fillna("") if "document" in rows else pd.Series("", index=rows.index)
    side = rows["segment"].fillna(0).astype(int).astype(str) if "segment" in rows else pd.Series("0", index=rows.index)
    rows = rows.assign(_line=keys, _joined=keys + whose.where(_repeated(rows, keys), "") + side)
    lines = list(dict.fromkeys(keys))
    top = float(rows["value"].max()) * 1.08 or 1.0
    least = min(0.0, float(rows["value"].min()))
    labels = _labels(rows, lines, least, top, width)
    side_room = max((width_of(line, SMALL) for label in labels for line in label["text"].split("\n")), default=0)
    first, last = float(rows["_at"].min()), float(rows["_at"].max())
    room = max(width - side_room - 22, width / 2)
    span = max(last - first, 1.0)
    x = alt.X(
        "_at:Q",
        scale=alt.Scale(domain=[first - span * 0.03, first + span * (width / room)], nice=False, zero=False),
        axis=alt.Axis(format="d", title=None, grid=False, values=_years(first, last, room)),
    )
    unit = str(rows["unit"].iloc[0]) if rows["unit"].notna().any() else ""
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[least, top], nice=False),
        axis=alt.Axis(title=unit, tickCount=5, titleAngle=0, titleAlign="left", titleAnchor="end", titleY=-12, titleX=-34,
                      domain=False, ticks=False, format=",~r"),
    )  # fmt: skip
    data = parts.records(rows, "_at", "_line", "_joined", "value")
    colours = list(colors or _COLORS)[: len(lines)] if len(lines) <= len(colors or _COLORS) else [BLUE] * len(lines)
    shade = alt.Color("_line:N", scale=alt.Scale(domain=lines, range=colours), legend=None)
    shapes = [_SHAPES[at % len(_SHAPES)] for at in range(len(lines))]
    base = alt.Chart(data).encode(x=x, y=y, color=shade)
    line = base.mark_line(strokeWidth=2).encode(detail="_joined:N")
    computed = rows["evidence"].eq("arithmetic").any() if "evidence" in rows else False
    hollow: Any = {"fillOpacity": alt.condition("datum.evidence == 'arithmetic'", alt.value(0), alt.value(1))}
    points = base.mark_point(size=60, opacity=1, strokeWidth=2).encode(
        shape=alt.Shape("_line:N", scale=alt.Scale(domain=lines, range=shapes), legend=None),
        fill=alt.Fill("_line:N", scale=alt.Scale(domain=lines, range=colours), legend=None),
        tooltip=parts.tooltip(rows),
        **(hollow if computed else {}),
    )
    said = base.mark_text(dy=-13, fontSize=LABEL, fontWeight="bold", color=INK).transform_filter(
        {"field": "id", "oneOf": _marked(rows)} if "id" in rows else "true"
    )
    ends = alt.Chart(parts.values(*labels)).mark_text(
        align="left", baseline="middle", dx=12, lineBreak="\n", lineHeight=14, fontSize=SMALL
    ).encode(x=x, y=y, text="text:N", color=shade) if labels else None  # fmt: skip
    return [line, points, said.encode(text="said:N", color=alt.value(INK)), *([ends] if ends else [])], _HEIGHT


def _repeated(rows: pd.DataFrame, keys: pd.Series[Any]) -> pd.Series[bool]:
    """Say of each row whether its line has two values for one period: then each document has a line of its own."""
    twice = pd.DataFrame({"key": keys, "at": rows["_at"]}).duplicated(keep=False)
    return keys.isin(set(keys[twice]))


def _marked(rows: pd.DataFrame) -> list[str]:
    """Name the rows whose number is written: of each line the first, the last, the lowest and the highest."""
    found: dict[str, None] = {}
    for _, line in rows.sort_values("_at", kind="stable").groupby("_line", sort=False):
        value = line["value"].astype(float)
        picked = [line.index[0], line.index[-1]]
        picked += [value.idxmin(), value.idxmax()] if rows["_line"].nunique() == 1 else []
        found |= dict.fromkeys(rows.loc[picked, "id"])
    return list(found)


def _labels(rows: pd.DataFrame, lines: list[str], least: float, top: float, width: int) -> list[dict[str, Any]]:
    """Place the name of each line at its end, pushed apart where two would meet."""
    if len(lines) < 2:
        return []
    scale, placed = _HEIGHT / (top - least), list[dict[str, Any]]()
    ends = [rows[rows["_line"] == line].sort_values("_at").iloc[-1] for line in lines]
    lowest = float("-inf")
    for end in sorted(ends, key=lambda end: float(end["value"])):
        text = wrapped(str(end["_line"]), max(width / 4, 90), SMALL)
        at = max(float(end["value"]), lowest + _APART * (len(text) + 1) / 2 / scale)
        lowest = at + _APART * (len(text) - 1) / 2 / scale
        placed.append({"_at": float(end["_at"]), "value": at, "_line": end["_line"], "text": "\n".join(text)})
    return placed


def _years(first: float, last: float, room: float) -> list[int]:
    """Choose the years that the axis names: so many as have room."""
    years = list(range(int(first), int(last) + 1))
    step = next((step for step in (1, 2, 5, 10, 20, 50) if len(years) / step * 44 <= room), 100)
    return [year for year in years if year % step == 0] or years[:1]
