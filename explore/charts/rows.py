"""Rows: bars or dots on one axis from zero, each under the words that say what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.labels import laid_out
from explore.charts.letters import width_of
from explore.charts.theme import BLUE, GREY, INK, LABEL, SMALL, VERMILLION

if TYPE_CHECKING:
    from collections.abc import Sequence

ROLES = {"stated": "in the text", "source": "at the source", "computed": "computed here"}
# Fill and edge of what is in the text, at the source, computed here: told apart in grey as well.
_LOOK = {"stated": (VERMILLION, VERMILLION), "source": ("#b3d5e8", BLUE), "computed": ("#eff0f1", GREY)}
_BAR, _DOT = 14, 12


def position(field: str, height: int) -> alt.Y:
    """Place a mark at a height in pixels; where the user sets another height, all marks move with it."""
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False))


def texts(data: alt.InlineData, height: int, **shown: Any) -> list[alt.Chart]:  # noqa: ANN401  # Altair’s own
    """Set each row’s label, and its smaller line, above its mark."""
    base = alt.Chart(data).mark_text(align="left", baseline="top", lineBreak="\n")
    label = base.copy()
    label.mark = alt.MarkDef("text", align="left", baseline="top", lineBreak="\n", lineHeight=18, fontSize=LABEL)
    small = base.copy()
    small.mark = alt.MarkDef(
        "text", align="left", baseline="top", lineBreak="\n", lineHeight=15, fontSize=SMALL, color=GREY
    )
    return [
        label.encode(x=alt.value(0), y=position("_top", height), text="_label:N", **shown),
        small.encode(x=alt.value(0), y=position("_middle", height), text="_small:N", **shown),
    ]


def across(rows: pd.DataFrame, width: int) -> alt.X:
    """Return the axis of the values: from zero, and wide enough for the number that stands after each mark."""
    unit = str(rows["unit"].iloc[0]) if rows["unit"].notna().any() else ""
    ends = rows[["value", *(name for name in ("upper", "high") if name in rows)]].astype("Float64").max(axis=1)
    least = min(0.0, float(rows["value"].min()))
    top = 100.0 if unit == "percent" else max(float(ends.max()), 0.0) or 1.0
    for end, said in zip(ends, rows["said"], strict=True):
        room = width - width_of(str(said), LABEL, bold=True) - 14
        top = max(top, least + (float(end) - least) * width / max(room, width / 4))
    shown = {"values": [0, 20, 40, 60, 80, 100]} if unit == "percent" else {"tickCount": 5}
    return alt.X(
        "value:Q",
        scale=alt.Scale(domain=[least, top], nice=False),
        axis=alt.Axis(title=unit or None, titleAnchor="start", grid=False, format=",~r", **shown),
    )


def draw_rows(
    rows: pd.DataFrame, *, bars: bool, width: int, colors: Sequence[str] | None = None, chosen: Sequence[str] = ()
) -> tuple[list[alt.Chart], int]:
    """Draw rows as bars or as dots; give the layers and the height.

    `chosen` are the ids that stand out; where it is empty the roles do, with a legend that picks one.
    """
    rows, height = laid_out(rows, width, _BAR if bars else _DOT)
    ends = rows[["value", *(name for name in ("upper", "high") if name in rows)]].astype("Float64").max(axis=1)
    kinds = rows["role"].astype(str) if "role" in rows else pd.Series("source", index=rows.index)
    if len(chosen):
        kinds = rows["id"].isin(list(chosen)).map({True: "stated", False: "source"})
    present = [kind for kind in ROLES if kind in set(kinds)]
    look = dict(zip(present, ((one, one) for one in colors), strict=False)) if colors else _LOOK
    if len(present) == 1 and not colors:
        look = {present[0]: (BLUE, BLUE)}
    names = {kind: ROLES[kind] for kind in present}
    rows = rows.assign(_end=ends, _kind=kinds.map(names))
    data = parts.records(rows, "value", "upper", "low", "high", *(name for name in rows if str(name).startswith("_")))
    scales = [alt.Scale(domain=list(names.values()), range=[look[kind][at] for kind in names]) for at in (0, 1)]
    legend = alt.Legend(title=None, orient="top", offset=8, symbolStrokeWidth=1.5, symbolType="square")
    shown = {} if len(names) == 1 or len(chosen) else {"legend": legend}
    picked = alt.selection_point(name="picked", fields=["_kind"], bind="legend") if shown else None
    fades: Any = {"opacity": alt.condition(picked, alt.value(1), alt.value(0.2))} if picked else {}
    x, at = across(rows, width), position("_at", height)
    base = alt.Chart(data).encode(y=at, tooltip=parts.tooltip(rows), **fades)
    coloured: Any = {
        "fill": alt.Fill("_kind:N", scale=scales[0], **(shown or {"legend": None})),
        "stroke": alt.Stroke("_kind:N", scale=scales[1], legend=None),
    }
    mark = base.mark_bar(orient="horizontal", size=_BAR, strokeWidth=1.5) if bars else base.mark_point(
        shape="circle", size=120, strokeWidth=1.8, opacity=1
    )  # fmt: skip
    layers = [mark.encode(x=x, **coloured)]
    if picked:
        layers[0] = layers[0].add_params(picked)
    spans = [names for names in (("low", "high"), ("value", "upper")) if set(names) <= set(rows) and rows[names[1]].notna().any()]
    for low, high in spans:
        tick = base.mark_tick(orient="vertical", thickness=1.6, size=10, color=INK)
        layers.append(base.mark_rule(strokeWidth=1.6, color=INK).encode(x=alt.X(f"{low}:Q"), x2=f"{high}:Q"))
        layers += [tick.encode(x=f"{edge}:Q") for edge in (low, high)]
    said = base.mark_text(align="left", baseline="middle", dx=8, fontSize=LABEL, fontWeight="bold")
    return [*layers, said.encode(x="_end:Q", text="said:N"), *texts(data, height, **fades)], height
