"""Apart: numbers that share no axis, each as words, with what it covered and how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.labels import own
from explore.charts.letters import width_of, wrapped
from explore.charts.rows import position
from explore.charts.theme import GREY, INK, LABEL, PALE, SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

_BIG, _GAP = 26, 20


def draw_apart(rows: pd.DataFrame, *, width: int, colors: Sequence[str] | None = None) -> tuple[list[alt.Chart], int]:
    """Draw each row’s number as words, beside what it counts and how its series was made."""
    room = max(width_of(str(said), _BIG, bold=True) for said in rows["said"]) + 22
    beside = room < width / 2
    left, inner = (room, width - room) if beside else (0, width)
    places, top = [], 0
    method = rows["method"] if "method" in rows else pd.Series(pd.NA, index=rows.index)
    for (first, *rest), how in zip(own(rows), method, strict=True):
        head = wrapped(first, inner, LABEL)
        small = wrapped("; ".join([*rest, *([str(how)] if pd.notna(how) else [])]), inner, SMALL)
        start = top + (0 if beside else _BIG + 6)
        middle = start + 18 * len(head)
        places.append((top, start, middle, "\n".join(head), "\n".join(small)))
        top = max(middle + 15 * len(small), top + _BIG) + _GAP
    height = top - _GAP // 2
    rules = [place[0] - _GAP // 2 for place in places[1:]]
    rows = rows.assign(**dict(zip(["_top", "_start", "_middle", "_label", "_small"], zip(*places, strict=True), strict=True)))
    data = parts.records(rows, "_top", "_start", "_middle", "_label", "_small")
    base = alt.Chart(data).encode(tooltip=parts.tooltip(rows))
    text: dict[str, Any] = {"align": "left", "baseline": "top", "lineBreak": "\n"}
    between = alt.Chart(parts.values(*({"_top": rule} for rule in rules))).mark_rule(color=PALE)
    return [
        *([between.encode(y=position("_top", height))] if rules else []),
        base.mark_text(**text, fontSize=_BIG, fontWeight="bold", color=(colors or [INK])[0], dy=-4).encode(
            x=alt.value(0), y=position("_top", height), text="said:N"
        ),
        base.mark_text(**text, fontSize=LABEL, lineHeight=18).encode(
            x=alt.value(left), y=position("_start", height), text="_label:N"
        ),
        base.mark_text(**text, fontSize=SMALL, lineHeight=15, color=GREY).encode(
            x=alt.value(left), y=position("_middle", height), text="_small:N"
        ),
    ], height  # fmt: skip
