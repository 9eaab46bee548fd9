"""The audit as a chart: each stated number with its verdict, what was found, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from explore import tables, verdicts
from explore.charts import figure as parts
from explore.charts.draw import library_of
from explore.charts.figure import WIDTH
from explore.charts.letters import width_of, wrapped
from explore.charts.figure import position
from explore.charts.theme import BLUE, FAINT as PALE, GREEN, GREY, INK, LABEL, PURPLE, SMALL, VERMILLION
from explore.columns import AUDIT_COLUMNS, checked, ids
from explore.terms import VERDICTS
from explore.wording import listed

if TYPE_CHECKING:
    from explore.tables import Seeds

_LOOK = {
    "agrees": (GREEN, "circle"),
    "rounds": (BLUE, "square"),
    "differs": (PURPLE, "triangle-up"),
    "mislabelled": (VERMILLION, "diamond"),
    "not read": (INK, "triangle-down"),
    "untraced": (GREY, "cross"),
}
_GAP = 14


def audit(frame: pd.DataFrame | None = None, seeds: Seeds = None, *, width: int = WIDTH) -> alt.LayerChart:
    """Draw the audit: each stated number, its verdict as shape, colour and word, and the reason under it.

    Args:
        frame: rows of `explore.audit()`; when left out, all but numbers that are years.
        seeds: folder of registers; the shipped ones when left out.
        width: of the plot in pixels.

    Returns:
        One row a statistic.

    >>> import explore
    >>> explore.charts.audit().to_dict()["width"]
    560
    """
    wide = parts.checked_width(width)
    if frame is None:
        frame = verdicts.audit(seeds)
        frame = frame[frame["unit"].fillna("") != "year"]
    rows = checked(frame, "audit", AUDIT_COLUMNS, "explore.audit()")
    library = library_of(frame, seeds)
    if library is not None:
        named = {key for cell in rows["source"] for key in ids(cell)}
        known = tables.frame_of(library, [one for key, one in library.statistics.items() if key in {*rows["id"], *named}])
        about = known.set_index("id")[["measure", "population", "place", "period", "evidence", "publisher"]]
        rows = rows.join(about, on="id")
    else:
        known = rows
        rows = rows.assign(measure=rows["quote"])
    rows = rows.assign(said=rows["stated"])
    places, top = [], 0
    for one in rows.to_dict("records"):
        what = f"{one['stated']}: {one['measure']}" if pd.notna(one["measure"]) else str(one["stated"])
        head = wrapped(what, wide, LABEL, bold=True)
        mark = top + 18 * len(head) + 9
        indent = 24 + width_of(str(one["verdict"]), SMALL, bold=True) + 10
        why = wrapped(str(one["reason"]), wide - 24, SMALL)
        places.append((top, mark, mark + 11, "\n".join(head), "\n".join(why), indent))
        top = mark + 11 + 15 * len(why) + _GAP
    height = int(top - _GAP / 2)
    names = ["_top", "_mark", "_why_at", "_head", "_why", "_indent"]
    rows = rows.assign(**dict(zip(names, zip(*places, strict=True), strict=True)))
    data = parts.records(rows, "verdict", "reason", *names)
    look = {name: _LOOK[name] for name in VERDICTS if name in set(rows["verdict"].astype(str))}
    colour = alt.Scale(domain=list(look), range=[one for one, _ in look.values()])
    shape = alt.Scale(domain=list(look), range=[form for _, form in look.values()])
    base = alt.Chart(data).encode(tooltip=parts.tooltip(rows))
    text: dict[str, Any] = {"align": "left", "baseline": "top", "lineBreak": "\n"}
    counted = rows["verdict"].astype(str).value_counts()
    told = [f"{counted[name]} {name}" for name in look]
    title = f"{len(rows)} stated numbers, checked: {listed(told)}"
    subtitle = "Each against its source, or against the numbers it follows from. Untraced does not mean wrong."
    return parts.figure(
        base.mark_rule(color=PALE).encode(x=alt.value(0), x2=alt.value(wide), y=position("_top", height)).transform_calculate(
            _top="datum._top - 7"
        ),
        base.mark_text(**text, fontSize=LABEL, fontWeight="bold", lineHeight=18).encode(
            x=alt.value(0), y=position("_top", height), text="_head:N"
        ),
        base.mark_point(filled=True, size=110, opacity=1).encode(
            x=alt.value(7), y=position("_mark", height),
            color=alt.Color("verdict:N", scale=colour, legend=None), shape=alt.Shape("verdict:N", scale=shape, legend=None),
        ),
        base.mark_text(align="left", baseline="middle", fontSize=SMALL, fontWeight="bold").encode(
            x=alt.value(24), y=position("_mark", height), text="verdict:N",
            color=alt.Color("verdict:N", scale=colour, legend=None),
        ),
        base.mark_text(**text, fontSize=SMALL, lineHeight=15, color=GREY).encode(
            x=alt.value(24), y=position("_why_at", height), text="_why:N"
        ),
        rows=known, title=title, subtitle=subtitle,
        alt_text=f"Each audited number with its verdict and the reason: {title}. "
        + "; ".join(f"{one['stated']}: {one['verdict']}" for one in rows.head(20).to_dict("records")) + ".",
        name="audit", width=wide, height=height, below=14,
    )  # fmt: skip
