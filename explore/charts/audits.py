"""The audit as a chart: what is stated, what was found, and the verdict between them."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from explore import tables, verdicts
from explore.display import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LABEL,
    PURPLE,
    VERMILLION,
    WIDTH,
    figure,
    kept,
    quoted,
    source_line,
    tooltip,
    whom,
    wrapped,
)
from explore.terms import AUDIT_COLUMNS

_VERDICT, _FOUND = 230, 360  # where the columns begin, in pixels
_LOOK = {
    "agrees": (GREEN, "circle"),
    "rounds": (BLUE, "square"),
    "differs": (PURPLE, "triangle-up"),
    "mislabelled": (VERMILLION, "diamond"),
    "not read": (INK, "triangle-down"),
    "untraced": (GREY, "cross"),
}


def audit(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw the audit: the stated number at the left, what was found at the right, the verdict between.

    The reason is in the tooltip of each row, with the words.

    Args:
        frame: rows of `explore.audit()`; when left out, all but the dates of the timeline.

    Returns:
        One row a statistic; the verdict as colour, shape and word.

    >>> import explore
    >>> explore.charts.audit().to_dict()["usermeta"]["embedOptions"]["downloadFileName"]
    'explore-audit'
    """
    table = tables.statistics()
    about = table.set_index("id")[
        ["topic", "measure", "population", "group", "place", "period", "evidence", "document"]
    ]
    audited = verdicts.audit() if frame is None else tables.checked(frame, "audit", AUDIT_COLUMNS, "explore.audit()")
    rows = audited.join(about, on="id")
    if frame is None:
        rows = rows[rows["topic"] != "timeline"]
    rows = rows.assign(
        row=range(len(rows)),
        words=quoted(rows),
        whom=whom(rows),
        found=["\n".join(wrapped(text, 34)) for text in rows["found"].fillna("not found")],
    )
    named = [key for keys in rows["source"].dropna() for key in keys.split(", ")]
    counted = rows["verdict"].astype(str).value_counts()
    data = kept(rows, "row", "stated", "found", "verdict", "reason", "whom", "measure")
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.6))
    plain = alt.Chart(data).encode(
        y=y,
        tooltip=[
            *tooltip(data),
            *(alt.Tooltip(f"{name}:N") for name in ("stated", "found", "verdict", "reason")),
        ],
    )
    verdict = alt.Scale(domain=list(_LOOK), range=[colour for colour, _ in _LOOK.values()])
    shape = alt.Scale(domain=list(_LOOK), range=[form for _, form in _LOOK.values()])
    heads = alt.Chart(pd.DataFrame({"x": [0, _VERDICT, _FOUND], "head": ["stated", "verdict", "found"]}))
    words: dict[str, Any] = {"align": "left", "baseline": "top", "lineBreak": "\n", "lineHeight": 17}
    return figure(
        plain.mark_text(align="left", x=0, dy=-19, fontSize=LABEL, limit=WIDTH).encode(text="measure:N"),
        plain.mark_text(align="left", x=0, dy=-1, color=GREY, limit=WIDTH).encode(text="whom:N"),
        plain.mark_text(**words, x=0, dy=11, fontSize=LABEL, fontWeight="bold").encode(text="stated:N"),
        plain.mark_point(filled=True, size=120, opacity=1, x=_VERDICT + 6, yOffset=18).encode(
            color=alt.Color("verdict:N", scale=verdict, legend=None),
            shape=alt.Shape("verdict:N", scale=shape, legend=None),
        ),
        plain.mark_text(**words, x=_VERDICT + 18, dy=11, fontSize=LABEL).encode(text="verdict:N"),
        plain.mark_text(**words, x=_FOUND, dy=11, fontSize=LABEL).encode(text="found:N"),
        heads.mark_text(align="left", baseline="bottom", y=-2, color=GREY).encode(
            x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH])), text="head:N"
        ),
        title=f"{counted.get('mislabelled', 0)} of {len(rows)} numbers stand in their source under another label; "
        f"{counted.get('untraced', 0)} could not be traced",
        subtitle="Each stated number against its source, or against the numbers it follows from. "
        "Untraced does not mean wrong. The reason is in the tooltip.",
        source=source_line(table[table["id"].isin({*rows["id"], *named})]),
        description=(
            "Table-like chart of every audited number: what is stated, the verdict, and what was found. "
            + "; ".join(f"{name}: {counted[name]}" for name in _LOOK if name in counted) + "."
        ),
        name="audit",
        below=14,
        height=alt.Step(74),
    )  # fmt: skip
