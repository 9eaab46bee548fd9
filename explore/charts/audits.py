"""The audit as a chart: each stated number with its verdict, what was found, and why."""

import re
from typing import Any

import altair as alt
import pandas as pd

from explore import tables, verdicts
from explore.charts import figure as parts
from explore.charts.draw import library_of
from explore.charts.figure import WIDTH
from explore.charts.letters import width_of, wrapped
from explore.charts.theme import BLUE, BRIGHT, GREEN, GREY, LABEL, LINES, PURPLE, SMALL, VERMILLION, shade
from explore.columns import AUDIT_COLUMNS, checked, ids
from explore.tables import Seeds
from explore.terms import VERDICTS
from explore.wording import listed

_LOOK = {
    "agrees": (GREEN, "circle"),
    "rounds": (BLUE, "square"),
    "differs": (PURPLE, "triangle-up"),
    "mislabelled": (VERMILLION, "diamond"),
    "not read": (GREY, "triangle-down"),
    "untraced": (GREY, "cross"),
}
# One, and several, of each verdict, as a sentence says it.
_SAID = {
    "agrees": ("agrees", "agree"),
    "rounds": ("agrees once rounded", "agree once rounded"),
    "differs": ("differs", "differ"),
    "mislabelled": ("is mislabelled", "are mislabelled"),
    "not read": ("has a source that could not be read", "have a source that could not be read"),
    "untraced": ("is untraced", "are untraced"),
}
_GAP, _WIDE, _LINES = 14, 480, 3  # pixels between rows; from here on in columns; lines of a reason


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
    rows = parts.few(checked(frame, "audit", AUDIT_COLUMNS, "explore.audit()"), "audit")
    library = library_of(frame, seeds)
    if library is not None:
        named = {key for cell in rows["source"] for key in ids(cell)}
        known = tables.frame_of(
            library, [one for key, one in library.statistics.items() if key in {*rows["id"], *named}]
        )
        about = known.set_index("id")[["measure", "population", "place", "period", "evidence", "publisher"]]
        rows = rows.join(about, on="id")
    else:
        known = rows
        rows = rows.assign(measure=rows["quote"])
    rows = rows.assign(said=rows["stated"], value=rows["stated_value"])
    layers, height = _rows(rows, wide)
    counted = rows["verdict"].astype(str).value_counts()
    told = [f"{counted[name]} {_SAID[name][int(counted[name] > 1)]}" for name in VERDICTS if name in counted]
    title = f"{len(rows)} stated number{'s' * (len(rows) > 1)}, checked: {listed(told)}"
    subtitle = "Each against its source, or against the numbers it follows from. Untraced does not mean wrong."
    return parts.figure(
        *layers, rows=known, title=title, subtitle=subtitle,
        alt_text=f"Each audited number with its verdict and the reason: {title}. "
        + "; ".join(f"{one['stated']}: {one['verdict']}" for one in rows.head(20).to_dict("records")) + ".",
        name="audit", width=wide, height=height, below=parts.NO_AXIS,
    )  # fmt: skip


def _rows(rows: pd.DataFrame, width: int) -> tuple[list[alt.Chart], int]:
    """Set each number, its verdict and the reason: in three columns, or under each other where it is narrow."""
    beside = width >= _WIDE
    verdict = 24 + max(width_of(name, SMALL, bold=True) for name in rows["verdict"].astype(str)) + 14
    what = (width - verdict) * 0.42 if beside else width
    starts = (0, what, what + verdict) if beside else (0, 0, 24)
    inner = width - starts[2]
    places, top = [], 0
    for one in rows.to_dict("records"):
        measure = one["measure"] if pd.notna(one["measure"]) else None
        head = wrapped(": ".join(filter(None, [str(one["stated"]), measure])), what - 16 * beside, LABEL)
        why = _short(one, inner)
        mark = top + (9 if beside else LINES[LABEL] * len(head) + 9)
        why_at = top + 2 if beside else mark + 10
        places.append((top, mark, why_at, "\n".join(head), "\n".join(why)))
        top = max(top + LINES[LABEL] * len(head), why_at + LINES[SMALL] * len(why)) + _GAP
    height = int(top - _GAP / 2)
    names = ["_at", "_mark", "_why_at", "_head", "_why"]
    rows = rows.assign(**dict(zip(names, zip(*places, strict=True), strict=True)))
    look = {name: _LOOK[name] for name in VERDICTS}
    kinds = rows["verdict"].astype(str)
    rows = rows.assign(_color=kinds.map({name: one for name, (one, _) in look.items()}))
    rows = rows.assign(
        _bright=rows["_color"].map(BRIGHT), _shape=kinds.map({name: form for name, (_, form) in look.items()})
    )
    base = alt.Chart(parts.records(rows, "verdict", "reason"))
    base = base.encode(
        y=parts.position(height),
        tooltip=[*parts.tooltip(rows), alt.Tooltip("verdict:N"), alt.Tooltip("reason:N", title="why")],
    )
    colour = shade("datum._color", "datum._bright")
    word = parts.words(
        base, "verdict", SMALL, baseline="middle", fontWeight="bold", color=colour, dy=parts.off("_mark")
    )
    return [
        parts.between(height, width, [place[0] - _GAP / 2 for place in places]),
        parts.words(base, "_head", LABEL).encode(x=alt.value(0)),
        base.mark_point(filled=True, size=110, opacity=1, color=colour).encode(
            x=alt.value(starts[1] + 7), y=parts.position(height, "_mark"), shape=alt.Shape("_shape:N", scale=None)
        ),
        word.encode(x=alt.value(starts[1] + 20)),
        parts.words(base, "_why", SMALL, quiet=True, dy=parts.off("_why_at")).encode(x=alt.value(starts[2])),
    ], height  # fmt: skip


def _short(one: dict[Any, Any], width: float) -> list[str]:
    """Return the reason in lines: as many of its sentences as a row holds; of a long first one, what it comes to."""
    fields = str(one["fields"]).split(", ") if pd.notna(one["fields"]) else []
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z0-9“])", str(one["reason"]))
    lines = wrapped(sentences[0], width, SMALL)
    if len(lines) > _LINES and fields:
        return wrapped(f"The source gives {one['found']}, but of another {listed(fields)}.", width, SMALL)
    for at in range(2, len(sentences) + 1):
        longer = wrapped(" ".join(sentences[:at]), width, SMALL)
        lines = longer if len(longer) <= _LINES else lines
    return lines
