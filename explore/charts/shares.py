"""Shares as bars: what is stated beside what the source measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from explore import tables
from explore.display import (
    BLUE,
    GREY,
    INK,
    LABEL,
    ROLES,
    SMALL,
    VERMILLION,
    figure,
    kept,
    say,
    source_line,
    told,
    tooltip,
    whom,
)
from explore.register import load
from explore.terms import SHARE_COLUMNS, ExploreError, nearest

if TYPE_CHECKING:
    from explore.tables import Seeds

# Fill and edge of what is in the text, at the source, computed here: told apart in grey as well.
_LOOK = ((VERMILLION, VERMILLION), ("#b3d5e8", BLUE), ("#eff0f1", GREY))


def _bars(
    frame: pd.DataFrame, values: str, *, name: str, title: str, subtitle: str, description: str
) -> alt.LayerChart:
    """Draw bars from zero, each under the words that say what it counts, of whom and where."""
    rows = told(frame[frame[values].notna()], values).reset_index(drop=True)
    if rows.empty:
        raise ExploreError(f"{name}: no row has a number to draw; give it rows whose {values} is known")
    percent = bool((rows["unit"] == "percent").all())
    drawn = rows["role"].astype(str).map(ROLES)
    roles = [role for role in ROLES.values() if role in set(drawn)]
    look = dict(zip(ROLES.values(), _LOOK, strict=True))
    fills, strokes = (alt.Scale(domain=roles, range=[look[role][at] for role in roles]) for at in (0, 1))
    rows = rows.assign(
        row=range(len(rows)),
        value=rows[values],
        whom=whom(rows),
        drawn=drawn,
        end=rows[[values, "high"]].max(axis=1),
    )
    data = kept(rows, "row", "value", "low", "high", "end", "whom", "drawn")

    def band(at: float) -> alt.Y:
        return alt.Y("row:O", axis=None, bandPosition=at, scale=alt.Scale(padding=0))

    picked = alt.selection_point(name="picked", fields=["drawn"], bind="legend")
    plain = alt.Chart(data).encode(y=band(0.5), tooltip=tooltip(data))
    bars = plain.mark_bar(height=13, strokeWidth=1.5).encode(
        x=alt.X(
            "value:Q",
            scale=alt.Scale(domain=[0, 100]) if percent else alt.Scale(zero=True),
            axis=alt.Axis(title=rows["unit"].iloc[0], tickCount=5, titleAnchor="start", grid=True),
        ),
        color=alt.Color(
            "drawn:O", scale=fills, legend=alt.Legend(title=None, orient="top", offset=14, symbolStrokeWidth=1.5)
        ),
        stroke=alt.Stroke("drawn:O", scale=strokes),
    )
    bars = bars.encode(opacity=alt.condition(picked, alt.value(1), alt.value(0.15))).add_params(picked)
    tick = plain.mark_tick(thickness=1.6, size=9, color=INK)
    interval = [
        plain.mark_rule(strokeWidth=1.6, color=INK).encode(x="low:Q", x2="high:Q"),
        *(tick.encode(x=f"{edge}:Q") for edge in ("low", "high")),
    ]
    interval = interval if rows["low"].notna().any() else []  # Vega warns of an interval without ends
    said = plain.mark_text(align="left", dx=7, fontSize=LABEL, fontWeight="bold").encode(x="end:Q", text="said:N")
    label = plain.mark_text(align="left", x=0, fontSize=LABEL).encode(y=band(0.02), text="measure:N")
    small = plain.mark_text(align="left", x=0, fontSize=SMALL, color=GREY).encode(y=band(0.27), text="whom:N")
    return figure(
        bars, *interval, said, label, small,
        title=title, subtitle=subtitle, source=source_line(rows), description=description, name=name,
        height=alt.Step(64),
    )  # fmt: skip


def solicitation(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw the Los Angeles shares: what the text states, and what its source measured of whom.

    Args:
        frame: rows of `explore.solicitation()`; when left out, what is stated and every share
            asked of all respondents.

    Returns:
        Bars in percent from 0 to 100, with the 95% interval where n is known.

    >>> import explore
    >>> explore.charts.solicitation().to_dict()["width"]
    560
    """
    if frame is None:
        shares = tables.solicitation()
        shares = _cited_first(shares[shares["n"].notna() | (shares["role"] == "stated")])
    else:
        shares = _checked(frame, "solicitation")
    return _bars(
        shares,
        "percent",
        name="solicitation",
        title="The 42% is a share of all the women interviewed, not of sex workers",
        subtitle="Percent. Thin line: 95% interval, drawn where the number of people asked is known.",
        description=(
            "Bar chart of shares of Latina transgender women in Los Angeles County who report solicitation, "
            "harassment or assault by law enforcement, under the share that the text states of sex workers. "
            "The stated 42 percent is the source’s share of all 220 women interviewed."
        ),
    )


def _checked(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return tables.checked(frame, name, SHARE_COLUMNS, f"explore.{name}()")


def _cited_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Order rows: each stated one with the sources it names under it, then the others by size."""
    stated = frame[frame["role"] == "stated"]
    first = []
    for key, source in zip(stated["id"], stated["source"], strict=True):
        first += [key, *(str(source).split(", ") if pd.notna(source) else [])]
    others = frame[~frame["id"].isin(first)].sort_values("percent", ascending=False, kind="stable")["id"]
    order = {key: at for at, key in enumerate([*first, *others])}
    return frame.sort_values("id", key=lambda ids: ids.map(order))


def arrests(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw the shares of arrests and convictions: what the text states, and what its sources split.

    Args:
        frame: rows of `explore.arrests()`; all its shares when left out.

    Returns:
        Bars in percent from 0 to 100, with the 95% interval where n is known.

    >>> import explore
    >>> "97%" in str(explore.charts.arrests().to_dict()["title"])
    True
    """
    return _bars(
        _cited_first(tables.arrests()) if frame is None else _checked(frame, "arrests"),
        "percent",
        name="arrests",
        title="The 97% splits sellers from buyers, not women from men; no source was found for the 93%",
        subtitle="Percent. Grey: sums that come near the 93%, computed here from counts. Nobody documents them.",
        description=(
            "Bar chart of shares of arrests and convictions. The text states 97 percent for women in Chicago; "
            "the source states 97 percent for sellers of sex in Cook County. The text states 93 percent for "
            "the FBI’s sweeps; sums that come near it are drawn below, and nobody documents them."
        ),
    )


def reporting(frame: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw the New Zealand shares on reporting violence, rights and refusing clients.

    Args:
        frame: rows of `explore.reporting()`; all its shares when left out.

    Returns:
        Bars in percent from 0 to 100; no interval, since the items’ own n was not seen.

    >>> import explore
    >>> explore.charts.reporting().to_dict()["usermeta"]["embedOptions"]["downloadFileName"]
    'explore-reporting'
    """
    return _bars(
        _cited_first(tables.reporting()) if frame is None else _checked(frame, "reporting"),
        "percent",
        name="reporting",
        title="No source was found for the 70%; other shares of the surveys were",
        subtitle="Percent of the sex workers asked. “More than” is a bound, not an estimate: it gets no interval.",
        description=(
            "Bar chart of shares of New Zealand sex workers. The text states that 70 percent are more likely to "
            "report violence to the police; below it stand the shares that could be read in relays of the surveys, "
            "none of which is about reporting violence."
        ),
    )


def sources(statistic: str, seeds: Seeds = None) -> alt.LayerChart:
    """Draw one stated number among the neighbours of the source it cites.

    Args:
        statistic: id of a statistic that names a `source` or `candidates`, such as
            `"autostraddle-2015/la-solicited"`.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        Bars from zero: the number, and what its source’s register holds in the same unit and topic.

    >>> import explore
    >>> chart = explore.charts.sources("autostraddle-2015/street-2006")
    >>> chart.to_dict()["width"]
    560
    """
    library = load(seeds)
    one = library.statistics.get(statistic)
    if one is None:
        raise ExploreError(f"{statistic}: no register holds this statistic; {nearest(statistic, library.statistics)}")
    named = [*one.source, *one.candidates]
    if one.value is None or not named:
        raise ExploreError(f"{statistic}: has no number or names no source to draw; see `explore.audit()`")
    homes = {key.partition("/")[0] for key in named}
    table = tables.statistics(seeds)
    near = (
        table["document"].isin(homes)
        & (table["unit"] == one.unit)
        & (table["topic"] == library.statistics[named[0]].topic)
    )
    rows = table[near | (table["id"] == statistic)]
    rows = rows.assign(
        role=tables.role(rows).astype(str).mask(rows["id"] == statistic, "stated"), percent=rows["value"]
    )
    cited = rows["id"].isin([statistic, *named])
    stated = say(one.value, one.unit, one.qualifier)
    return _bars(
        _cited_first(rows[cited | rows["n"].notna() | (one.unit != "percent")]),
        "percent",
        name=f"sources-{one.id}",
        title=f"{stated[0].upper()}{stated[1:]}: what the text states, and what its source holds",
        subtitle=f"In the text: {one.measure}; {one.population}.",
        description=f"Bar chart of the stated number {one.value_text} among the numbers of the source it cites.",
    )
