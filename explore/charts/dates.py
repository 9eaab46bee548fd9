"""Dates: what happened when, one line an event, its point in proportion beside an axis of years."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.axes import moment, ticks
from explore.charts.letters import width_of, wrapped
from explore.charts.theme import BLUE, FAINT, LABEL, LINES
from explore.wording import when

_GAP, _YEAR = 12, 38


def draw_dates(rows: pd.DataFrame, *, width: int, colors: Sequence[str] | None = None) -> tuple[list[alt.Chart], int]:
    """Draw each row as a point on an axis of years, with its date and what it counts beside it."""
    periods = rows["period"].fillna(rows["value"].map(lambda year: f"{year:.0f}"))
    dates = [when(period) for period in periods]
    side = max(width_of(date, LABEL, bold=True) for date in dates) + 14
    band = min(width * 0.3, max(width - side - 180, 60))
    events = (rows["place"].astype("string") + ": ").fillna("") + rows["measure"].astype("string").fillna("")
    lines = [wrapped(event, width - side - band - 24, LABEL) for event in events]
    tops, top = [], 4
    for each in lines:
        tops.append(top)
        top += LINES[LABEL] * max(len(each), 1) + _GAP
    rows = rows.assign(
        _when=[moment(period) for period in periods],
        _at=[at + LINES[LABEL] / 2 for at in tops],
        _top=[at + 2 for at in tops],
        _event=["\n".join(each) for each in lines],
        _date=dates,
    )
    first, last = float(rows["_when"].min()), float(rows["_when"].max())
    span = max(last - first, 1.0)
    start = first - 0.06 * span
    x = alt.X(
        "_when:Q",
        scale=alt.Scale(domain=[start, start + 1.12 * span * width / band], nice=False, zero=False),
        axis=alt.Axis(
            format="d", title=None, domain=False, gridDash=[2, 3],
            values=[year for year in ticks(first, last, max(band / _YEAR, 2)) if year % 1 == 0] or [int(first)],
        ),
    )  # fmt: skip
    base = alt.Chart(parts.records(rows))
    base = base.encode(y=parts.position(top), tooltip=parts.tooltip(rows))
    return [
        base.mark_rule(color=FAINT).encode(x=x, x2=alt.value(band + 16)),
        base.mark_point(filled=True, size=110, opacity=1, color=(colors or [BLUE])[0]).encode(x=x),
        parts.words(base, "_date", LABEL, fontWeight="bold", dy=parts.off("_top")).encode(x=alt.value(band + 24)),
        parts.words(base, "_event", LABEL, dy=parts.off("_top")).encode(x=alt.value(band + side + 24)),
    ], top
