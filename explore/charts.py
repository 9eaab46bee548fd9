"""The charts, one function a topic: each takes an optional frame and returns a plain Altair chart."""

from __future__ import annotations

import altair as alt
import pandas as pd

from explore import tables
from explore.display import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PALE,
    PURPLE,
    SOURCE,
    STATED,
    VERMILLION,
    WIDTH,
    figure,
)

_ROLE = alt.Scale(domain=[STATED, SOURCE], range=[VERMILLION, BLUE])
_TIPS = {
    "words": "words",
    "number": "number",
    "measure": "measure",
    "population": "of whom",
    "place": "where",
    "period": "when",
    "n": "out of",
    "stated_by": "said by",
    "evidence": "how read",
    "locator": "read in",
    "note": "note",
}
_BEFORE = {"about": "about ", "over": "more than ", "under": "nearly "}


def _tooltip(frame: pd.DataFrame, *more: str) -> list[alt.Tooltip]:
    known = [alt.Tooltip(f"{name}:N", title=title) for name, title in _TIPS.items() if name in frame]
    return [*known, *(alt.Tooltip(f"{name}:N") for name in more)]


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    """Add what tooltips show: the words, and the number as one would say it."""
    words = "“" + frame["quote"] + "”"
    return frame.assign(words=words.fillna("no words kept; see where it was read"))


def _say(value: float, unit: str | None, qualifier: str | None) -> str:
    """Say a number with its unit and qualifier.

    >>> _say(42.0, "percent", None), _say(10000, "signatures", "about")
    ('42%', 'about 10,000 signatures')
    """
    number = f"{value:,.1f}".removesuffix(".0")
    unit = {"percent": "%", "percent change": "%"}.get(unit or "", f" {unit}" if unit else "")
    return f"{_BEFORE.get(qualifier or '', '')}{number}{unit}"


def _sources(frame: pd.DataFrame, *, more: str = "") -> str:
    """Write the source line: every document in the frame, and how its values were read."""
    about = tables.documents().set_index("document")
    parts = []
    for document, rows in frame.groupby("document", observed=True, sort=False):
        row = about.loc[document] if document in about.index else None
        name = f"{row['publisher']} {row['published'][:4]}" if row is not None else str(document)
        how = ", ".join(dict.fromkeys(rows["evidence"].dropna()))
        parts.append(f"{name} ({how})")
    return f"Sources: {'; '.join(parts)}. {more}".strip()


def _shares(frame: pd.DataFrame, name: str, title: str, subtitle: str, description: str) -> alt.LayerChart:
    """Draw shares as bars from 0 to 100, each under the words that say of whom and where."""
    shares = _told(frame[frame["percent"].notna()]).reset_index(drop=True)
    qualifier = shares["qualifier"].astype(object).where(shares["qualifier"].notna(), None)
    asked = [f", {group}" if pd.notna(group) else "" for group in shares["group"]]
    when = [f", {period.replace('/', '–')}" if pd.notna(period) else "" for period in shares["period"]]
    base = [f", n = {n:,}" if pd.notna(n) else "" for n in shares["n"]]
    parts = zip(shares["population"], asked, shares["place"].fillna("place not stated"), when, base, strict=True)
    shares = shares.assign(
        row=range(len(shares)),
        number=[_say(v, "percent", q) for v, q in zip(shares["percent"], qualifier, strict=True)],
        whom=[f"{who}{group}; {where}{year}{n}" for who, group, where, year, n in parts],
        drawn=shares["role"].map({"stated": STATED, "source": SOURCE}).astype(str),
        end=shares[["percent", "high"]].max(axis=1),
    )
    columns = ["row", "percent", "low", "high", "end", "whom", "drawn", *(c for c in _TIPS if c in shares)]
    base_chart = alt.Chart(shares[columns]).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0)), tooltip=_tooltip(shares)
    )
    low_band = alt.Y("row:O", axis=None, bandPosition=0.74)
    bars = base_chart.mark_bar(height=13, strokeWidth=1.5).encode(
        x=alt.X(
            "percent:Q",
            scale=alt.Scale(domain=[0, 100]),
            axis=alt.Axis(title="percent", values=[0, 25, 50, 75, 100], titleAnchor="start"),
        ),
        y=low_band,
        color=alt.Color("drawn:N", scale=_ROLE, legend=alt.Legend(title=None, orient="top", offset=4)),
        stroke=alt.Stroke("drawn:N", scale=_ROLE, legend=None),
        fillOpacity=alt.condition(alt.datum.drawn == STATED, alt.value(1), alt.value(0.3)),
    )
    interval = base_chart.mark_rule(strokeWidth=1.6, color=INK).encode(x="low:Q", x2="high:Q", y=low_band)
    ends = [
        base_chart.mark_tick(thickness=1.6, size=9, color=INK).encode(x=f"{edge}:Q", y=low_band)
        for edge in ("low", "high")
    ]
    value = base_chart.mark_text(align="left", dx=7, fontSize=13, fontWeight="bold").encode(
        x="end:Q", y=low_band, text="number:N"
    )
    label = base_chart.mark_text(align="left", x=0, fontSize=13, limit=WIDTH).encode(
        y=alt.Y("row:O", axis=None, bandPosition=0.18), text="measure:N"
    )
    whom = base_chart.mark_text(align="left", x=0, fontSize=11, color=GREY, limit=WIDTH).encode(
        y=alt.Y("row:O", axis=None, bandPosition=0.44), text="whom:N"
    )
    chart = figure(
        bars, interval, *ends, value, label, whom,
        title=title,
        subtitle=subtitle,
        source=_sources(shares),
        description=description,
        name=name,
    )
    return chart.properties(width=WIDTH, height=alt.Step(62))


def solicitation(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw the Los Angeles shares: what the text states, and what its source measured of whom.

    Args:
        frame: rows of `explore.solicitation()`; all of them when left out.

    Returns:
        Bars in percent from 0 to 100, with the 95% interval where n is known.

    >>> import explore
    >>> explore.charts.solicitation().to_dict()["width"]
    620
    """
    frame = tables.solicitation() if frame is None else frame
    return _shares(
        frame,
        "solicitation",
        title="The 42% were women interviewed, not sex workers",
        subtitle="Percent. Thin line: 95% interval, drawn where the number of people asked is known.",
        description=(
            "Bar chart of shares of Latina transgender women in Los Angeles who report solicitation, "
            "harassment or arrest by police, beside the share that the text states of sex workers. "
            "The stated 42 percent equals the source’s share of all 220 women interviewed."
        ),
    )
