"""Apart: numbers that share no axis, each as words, with what it covered and how it was made."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.labels import own
from explore.charts.letters import width_of, wrapped
from explore.charts.theme import INK, LABEL, LINES, SMALL

_BIG, _BIG_LINE, _GAP = 26, 30, 20


def draw_apart(rows: pd.DataFrame, *, width: int, colors: Sequence[str] | None = None) -> tuple[list[alt.Chart], int]:
    """Draw each row’s number as words, beside what it counts and how its series was made."""
    room = max(width_of(str(said), _BIG, bold=True) for said in rows["said"]) + 22
    beside = room < width / 2
    left, inner = (room, width - room) if beside else (0, width)
    places: list[tuple[int, int, int, str, str, str]] = []
    top = 0
    for (first, *rest), how, said in zip(own(rows), rows["method"], rows["said"], strict=True):
        big = wrapped(str(said), width, _BIG, bold=True)
        head = wrapped(first, inner, LABEL)
        more = wrapped("; ".join([*rest, *([str(how)] if pd.notna(how) else [])]), inner, SMALL)
        start = top + (0 if beside else _BIG_LINE * len(big))
        middle = start + LINES[LABEL] * len(head)
        places.append((top, start, middle, "\n".join(big), "\n".join(head), "\n".join(more)))
        top = max(middle + LINES[SMALL] * len(more), top + _BIG_LINE * len(big)) + _GAP
    height = top - _GAP // 2
    names = ["_at", "_start", "_middle", "_number", "_label", "_small"]
    rows = rows.assign(**dict(zip(names, zip(*places, strict=True), strict=True)))
    base = alt.Chart(parts.records(rows)).encode(y=parts.position(height), tooltip=parts.tooltip(rows))
    colour = colors[0] if colors else INK
    number = parts.words(
        base, "_number", LABEL, fontSize=_BIG, lineHeight=_BIG_LINE, fontWeight="bold", color=colour, dy=-4
    )  # fmt: skip
    label = parts.words(base, "_label", LABEL, dy=parts.off("_start"))
    small = parts.words(base, "_small", SMALL, quiet=True, dy=parts.off("_middle"))
    return [
        parts.between(height, width, [place[0] - _GAP // 2 for place in places]),
        number.encode(x=alt.value(0)),
        label.encode(x=alt.value(left)),
        small.encode(x=alt.value(left)),
    ], height
