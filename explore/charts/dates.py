"""Dates: what happened when, one line an event, beside an axis of years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from explore.charts import figure as parts
from explore.charts.letters import width_of, wrapped
from explore.charts.lines import moment
from explore.charts.rows import position
from explore.charts.theme import BLUE, GREY, LABEL, PALE, SMALL
from explore.wording import when

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_LINE, _GAP = 17, 9


def draw_dates(rows: pd.DataFrame, *, width: int, colors: Sequence[str] | None = None) -> tuple[list[alt.Chart], int]:
    """Draw each row as a point on an axis of years, with its date and what it counts beside it."""
    periods = rows["period"].fillna(rows["value"].map(lambda year: f"{year:.0f}"))
    dates = [when(str(period)) for period in periods]
    side = max(width_of(date, LABEL, bold=True) for date in dates) + 14
    band = min(max(width * 0.25, 80), width - side - 140)
    events = (rows["place"].astype("string") + ": ").fillna("") + rows["measure"].astype("string")
    lines = [wrapped(str(event), width - side - band - 20, LABEL) for event in events]
    tops, top = [], 4
    for each in lines:
        tops.append(top)
        top += _LINE * len(each) + _GAP
    rows = rows.assign(
        _at=[moment(str(period)) for period in periods],
        _y=[at + _LINE / 2 for at in tops],
        _event=["\n".join(each) for each in lines],
        _date=dates,
    )
    first, last = float(rows["_at"].min()), float(rows["_at"].max())
    span = max(last - first, 1.0)
    data = parts.records(rows, "_at", "_y", "_event", "_date")
    x = alt.X(
        "_at:Q",
        scale=alt.Scale(domain=[first - 0.04 * span, first - 0.04 * span + 1.08 * span * width / band], nice=False, zero=False),
        axis=alt.Axis(format="d", title=None, grid=False, values=sorted({int(first), int(last)}), domain=False),
    )
    base = alt.Chart(data).encode(y=position("_y", top), tooltip=parts.tooltip(rows))
    text = {"align": "left", "baseline": "middle", "fontSize": LABEL}
    return [
        base.mark_rule(color=PALE).encode(x=alt.value(0), x2=alt.value(band + side - 8)),
        base.mark_point(filled=True, size=110, opacity=1, color=(colors or [BLUE])[0]).encode(x=x),
        base.mark_text(**text, fontWeight="bold").encode(x=alt.value(band + 14), text="_date:N"),
        base.mark_text(**text, lineBreak="\n", lineHeight=_LINE, dy=0).encode(
            x=alt.value(band + side + 14), text="_event:N"
        ),
    ], top  # fmt: skip
