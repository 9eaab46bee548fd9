"""Rows: bars or dots on one axis, each under the words that say what it counts."""

import re
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.axes import said_axis
from explore.charts.labels import laid_out
from explore.charts.letters import width_of
from explore.charts.theme import BLUE, FAINT, GREY, INK, LABEL, SMALL, VERMILLION
from explore.units import is_counted

ROLES = {"stated": "stated in the text", "source": "read at the source", "computed": "computed here"}
# Fill and edge of each role: told apart in grey as well, and an interval is seen on each, on any ground.
_LOOK = {
    "stated": (VERMILLION, VERMILLION),
    "source": ("rgba(0, 114, 178, 0.3)", BLUE),
    "computed": ("rgba(128, 128, 128, 0.1)", GREY),
}
_BAR, _DOT, _TICK = 14, 12, 90
_ALL, _SOME = 100.0, 25.0  # percent: shares that reach past the second are drawn against the first


def draw_rows(
    rows: pd.DataFrame, *, bars: bool, width: int, colors: Sequence[str] | None = None, chosen: Sequence[str] = ()
) -> tuple[list[alt.Chart], int]:
    """Draw rows as bars or as dots; give the layers and the height.

    `chosen` are the ids that stand out; where it is empty the roles do, with a legend that picks one.
    """
    rows, height = laid_out(rows, width, _BAR if bars else _DOT)
    kinds = rows["role"].astype(str)
    if len(chosen):
        kinds = rows["id"].isin(list(chosen)).map({True: "stated", False: "source"})
    names = [ROLES[kind] for kind in ROLES if kind in set(kinds)]
    looks = [_LOOK[kind] for kind in ROLES if kind in set(kinds)] if len(names) > 1 else [(BLUE, BLUE)]
    if colors and len(names) == 1:
        names, looks = list(map(str, range(len(rows)))), [(one, one) for one in colors]
    elif colors:
        looks = [(one, one) for one in colors]
    ends = rows[["value", "upper", "high"]].astype("Float64")
    rows = rows.assign(
        _end=ends["value"].where(ends["value"] < 0, ends.max(axis=1)),
        _kind=kinds.map(ROLES) if len(names) < len(rows) or not colors else names,
    )
    data = parts.records(rows, "upper", "low", "high")
    told = len(names) > 1 and not len(chosen) and names[0] in ROLES.values()
    legend = _legend(names, width) if told else None
    # Named after its rows: beside another chart each legend picks among its own.
    named = re.sub(r"\W", "_", str(rows["id"].iloc[0]))
    picked = alt.selection_point(name=f"picked_{named}", fields=["_kind"], bind="legend") if told else None
    fades: Any = {"opacity": alt.condition(picked, alt.value(1), alt.value(0.2))} if picked else {}
    scales = [alt.Scale(domain=names, range=[look[at] for look in looks]) for at in (0, 1)]
    coloured: Any = {
        "fill": alt.Fill("_kind:N", scale=scales[0], legend=legend),
        "stroke": alt.Stroke("_kind:N", scale=scales[1], legend=legend),
    }
    x = across(rows, width, bars=bars)
    base = alt.Chart(data).encode(y=parts.position(height), tooltip=parts.tooltip(rows), **fades)
    lead = base.mark_rule(color=FAINT).encode(x=x, x2=alt.value(0))
    mark = base.mark_bar(orient="horizontal", size=_BAR, strokeWidth=1.5) if bars else base.mark_point(
        shape="circle", size=_DOT**2, strokeWidth=1.8, opacity=1
    )  # fmt: skip
    layers = [*([] if bars else [lead]), mark.encode(x=x, **coloured)]
    if picked:
        layers[-1] = layers[-1].add_params(picked)
    for low, high in (("low", "high"), ("value", "upper")):
        if rows[high].notna().any():
            ends_of = base.transform_filter(f"isValid(datum.{high})")
            tick = ends_of.mark_tick(orient="vertical", thickness=1.6, size=10, color=INK)
            layers.append(ends_of.mark_rule(strokeWidth=1.6, color=INK).encode(x=alt.X(f"{low}:Q"), x2=f"{high}:Q"))
            layers += [tick.encode(x=f"{edge}:Q") for edge in (low, high)]
    left = "datum._end < 0" if bars else "false"
    said = parts.words(
        base, "said", LABEL, baseline="middle", fontWeight="bold",
        align=alt.ExprRef(f"{left} ? 'right' : 'left'"), dx=alt.ExprRef(f"{left} ? -8 : 9"),
    ).encode(x="_end:Q")  # fmt: skip
    words = alt.Chart(data).encode(x=alt.value(0), y=parts.position(height), **fades)
    label = parts.words(words, "_label", LABEL, dy=parts.off("_top"))
    small = parts.words(words, "_small", SMALL, quiet=True, dy=parts.off("_middle"))
    return [*layers, said, label, *([small] if rows["_small"].ne("").any() else [])], height


def _legend(names: list[str], width: int) -> alt.Legend:
    """Name the roles in one line, or where that is too long, each in its own."""
    beside = sum(width_of(name, 13) + 34 for name in names) <= width
    columns = len(names) if beside else 1
    return alt.Legend(
        title=None, orient="top", offset=8, columns=columns, symbolStrokeWidth=1.5, symbolType="square"
    )  # fmt: skip


def across(rows: pd.DataFrame, width: int, *, bars: bool) -> alt.X:
    """Return the axis of the values: from zero under bars, with room for the number beside each mark."""
    unit = str(rows["unit"].iloc[0]) if rows["unit"].notna().any() else None
    low, high = _reach(rows)
    if bars or not is_near(rows):
        low, high = min(low, 0.0), max(high, 0.0)
    else:
        pad = (high - low) / 4 or abs(high) / 10
        low, high = low - pad, high + pad
    if unit == "percent" and low == 0 and _SOME < high <= _ALL:
        high = _ALL
    high = high if high > low else low + 1
    least, most = low, high
    for end, said in zip(rows["_end"].astype(float), rows["said"], strict=True):
        room = (width_of(str(said), LABEL, bold=True) + 14) / width
        share = max(1 - room, 0.25)
        if end < 0 and bars:
            least = min(least, most - (most - end) / share)
        else:
            most = max(most, least + (end - least) / share)
    return alt.X(
        "value:Q",
        scale=alt.Scale(domain=[least, most], nice=False, zero=False),
        axis=alt.Axis(titleAnchor="start", grid=False, **said_axis(unit, low, high, max(width / _TICK, 2))),
    )


def is_near(rows: pd.DataFrame) -> bool:
    """Say whether measured values lie so close that an axis from 0 would hide what sets them apart; counts never."""
    low, high = _reach(rows)
    counted = rows["unit"].isna().all() or is_counted(str(rows["unit"].dropna().iloc[0]))
    return high / 2 < low < high and not counted


def _reach(rows: pd.DataFrame) -> tuple[float, float]:
    known = [float(cell) for name in ("value", "upper", "low", "high") for cell in rows[name].dropna()]
    return min(known), max(known)
