"""Samples: how far a share reaches that was asked of so many people, and what it can be told from."""

from __future__ import annotations

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.draw import ready
from explore.charts.figure import WIDTH
from explore.charts.letters import wrapped
from explore.charts.theme import BLUE, GREY, INK, SMALL, TITLE, VERMILLION
from explore.columns import checked, ids
from explore.tables import statistics
from explore.terms import ExploreError

_SIZES = {0.25: "a quarter", 0.5: "half", 1: "as set", 2: "twice", 4: "four times"}


def wilson_in_vega(percent: str, n: str, prefix: str = "", share: str = "") -> dict[str, str]:
    """Write `explore.tables.wilson` as Vega expressions: the share, and the ends of its interval.

    The number of cases is rounded to the even neighbour at a half, as Python does. `share` is how the
    ends name the share: by its field, when left out.
    """
    cases, share = f"({percent} * {n} / 100)", share or f"datum.{prefix}share"
    z2 = "3.841458820694124"
    rounded = f"(floor({cases} + 0.5) - ({cases} % 1 == 0.5 && floor({cases}) % 2 == 0 ? 1 : 0))"
    below = f"(1 + {z2} / {n})"
    reach = f"1.959963984540054 / {below} * sqrt({share} * (1 - {share}) / {n} + {z2} / (4 * {n} * {n}))"
    middle = f"({share} + {z2} / (2 * {n})) / {below}"
    return {
        f"{prefix}share": f"{rounded} / {n}",
        f"{prefix}low": f"100 * max(0, {middle} - {reach})",
        f"{prefix}high": f"100 * min(1, {middle} + {reach})",
    }


def newcombe_in_vega(a: str, b: str) -> dict[str, str]:
    """Write `explore.intervals.difference` as Vega expressions over two results of `wilson_in_vega`."""

    def reach(up: str, down: str) -> str:
        below, above = f"100 * datum.{up}share - datum.{up}low", f"datum.{down}high - 100 * datum.{down}share"
        return f"sqrt(pow({below}, 2) + pow({above}, 2))"

    middle = f"100 * (datum.{b}share - datum.{a}share)"
    return {"least": f"{middle} - {reach(b, a)}", "most": f"{middle} + {reach(a, b)}"}


def shares_with_n(frame: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the shares whose number of people asked is known: one that another document repeats comes first.

    When no rows are given, those of the document with the most of them that is repeated.
    """
    table = statistics() if frame is None else checked(frame, "sample_size", ("id", "unit", "n"), "explore.statistics()")
    if frame is None:
        known = table[(table["unit"] == "percent") & table["n"].notna() & table["value"].notna()]
        named = {key for cell in table["source"] for key in ids(cell)}
        homes = known[known["id"].isin(named)]["document"].astype(str)
        most = known["document"].astype(str).where(lambda one: one.isin(homes)).value_counts()
        table = table[(table["document"] == (most.index[0] if len(most) else "")) | table["source"].notna()]
    rows = ready(table)
    named = {key for cell in rows["source"] for key in ids(cell)}
    rows = rows if frame is not None else rows[(rows["document"] == most.index[0]) if len(most) else rows["id"].isna()]
    rows = rows[rows["n"].notna() & rows["value"].notna() & (rows["unit"] == "percent") & rows["qualifier"].isna()]
    if rows.empty:
        raise ExploreError("sample_size: no row is a share whose n is known; give it more rows of explore.statistics()")
    order = rows.assign(later=~rows["id"].isin(named), percent=rows["value"].astype(float))
    order = order.sort_values(["later", "percent"], ascending=[True, False], kind="stable")
    return order.drop(columns="later").reset_index(drop=True)


def scales(shares: pd.DataFrame) -> tuple[tuple[float, int], tuple[tuple[int, int], ...], tuple[float, int]]:
    """Return what the two sliders, share and n, start at, where they end, and the steps that fit the start."""
    share, n = float(shares["percent"].iloc[0]), int(shares["n"].iloc[0])
    return (share, n), ((0, 100), (min(20, n), max(2000, n))), (1 if share % 1 == 0 else 0.1, 1 if n % 10 else 10)


def sample_size(
    frame: pd.DataFrame | None = None, *, share: float | None = None, n: int | None = None, width: int = WIDTH
) -> alt.LayerChart:
    """Draw how far a share of n people would reach had they been drawn at random, and what it could be told from.

    Two sliders under the chart, the share and n, need no Python: they work in a reopened notebook and
    in an exported page, and the title follows them. The intervals are Wilson’s (1927); two shares can be
    told apart when Newcombe’s interval of their difference (1998, method 10) leaves out 0, as if each
    came from a random sample of its own.

    Args:
        frame: rows of `explore.statistics()` or of a topic; the first share that another repeats is the
            one that moves, the others stay. Those of the document with the most when left out.
        share: the share to start with, percent; that of the first row when left out.
        n: the number of people to start with; that of the first row when left out.
        width: of the plot in pixels.

    Returns:
        Intervals in percent: of the share for n from a quarter to four times as many, then of the others.

    >>> import explore
    >>> [one["name"] for one in explore.charts.sample_size().to_dict()["params"]]
    ['share', 'n']
    """
    wide = parts.checked_width(width)
    shares = shares_with_n(frame)
    first = shares.iloc[0]
    others = shares.iloc[1:].assign(row=range(len(_SIZES) + 1, len(_SIZES) + len(shares)))
    sizes = parts.values(*({"row": at, "times": times, "many": many} for at, (times, many) in enumerate(_SIZES.items())))
    (own_share, own_n), limits, steps = scales(shares)
    start = own_share if share is None else share, own_n if n is None else n
    names = ("Share, percent ", "People asked ")
    params = [
        alt.param(name=name, value=value, bind=alt.binding_range(min=ends[0], max=ends[1], step=step, name=label))
        for name, value, ends, step, label in zip(("share", "n"), start, limits, steps, names, strict=True)
    ]
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(title="percent", titleAnchor="start", tickCount=5, grid=False),
    )

    def at(position: float) -> alt.Y:
        return alt.Y("row:O", axis=None, bandPosition=position, scale=alt.Scale(type="band", padding=0))

    set_here = wilson_in_vega("share", "n", "set_")
    band = alt.Chart(parts.values({})).transform_calculate(**set_here)
    band = band.mark_rect(color=BLUE, opacity=0.1).encode(x=alt.X("set_low:Q"), x2="set_high:Q")
    many = alt.Chart(sizes).transform_calculate(asked="max(1, round(n * datum.times))")
    many = many.transform_calculate(**wilson_in_vega("share", "datum.asked")).transform_calculate(
        value="100 * datum.share",
        label="format(datum.asked, ',') + ' asked (' + datum.many + '): ' + format(datum.low, '.1f') "
        "+ '% to ' + format(datum.high, '.1f') + '%'",
    )
    other = alt.Chart(parts.records(others, "row")).transform_calculate(**set_here)
    other = other.transform_calculate(**wilson_in_vega("datum.value", "datum.n"))
    other = other.transform_calculate(**newcombe_in_vega("set_", "")).transform_calculate(
        apart="datum.least > 0 || datum.most < 0 ? 'differs' : 'could be the same'",
    )
    other = other.transform_calculate(label="datum.measure + ': ' + datum.said + ' of ' + datum.n + '; ' + datum.apart")
    heading = alt.Chart(parts.values({"row": len(_SIZES)})).mark_text(
        align="left", x=0, fontSize=SMALL, color=GREY, text="Other shares, each as if of a random sample of its own"
    )
    layers: list[alt.Chart] = [band.add_params(*params)]
    layers += [heading.encode(y=at(0.75))] if len(others) else []
    for rows, colour, drawn in ((many, BLUE, True), (other, INK, len(others) > 0)):
        if not drawn:
            continue
        rule = rows.mark_rule(color=colour, strokeWidth=1.6).encode(x=x, x2="high:Q", y=at(0.68))
        tick = rows.mark_point(shape="stroke", angle=90, size=80, strokeWidth=1.6, opacity=1, color=colour)
        label = rows.mark_text(align="left", x=0, fontSize=SMALL).encode(y=at(0.26), text="label:N")
        layers += [rule, *(tick.encode(x=f"{end}:Q", y=at(0.68)) for end in ("low", "high")), label]
    layers.append(
        many.mark_point(filled=True, color=BLUE, opacity=1).encode(
            x="value:Q", y=at(0.68), size=alt.condition("datum.times == 1", alt.value(170), alt.value(60))
        )
    )
    if len(others):
        layers.append(
            other.mark_point(size=90, shape="diamond", color=VERMILLION, strokeWidth=1.8, opacity=1).encode(
                x="value:Q",
                y=at(0.68),
                fill=alt.condition("datum.apart == 'differs'", alt.value(VERMILLION), alt.value("white")),
                tooltip=parts.tooltip(others),
            )
        )
    subtitle = (
        f"{first['measure']}; {first['population']}. Percent, with the 95% interval that a random sample would have (Wilson). "
        "Filled: a share that would differ from the one set."
    )
    return parts.figure(
        *layers,
        rows=shares,
        title=alt.ExprRef(_title(wide)),
        subtitle=subtitle,
        alt_text=f"Intervals of a share for several numbers of people asked at random, and {len(others)} other shares. "
        f"{subtitle} Two sliders set the share and the number.",
        name="sample-size",
        width=wide,
        height=42 * (len(_SIZES) + 1 + len(others)),
    )  # fmt: skip


def _title(width: int) -> str:
    """Write the title as an expression that gives its lines and follows the sliders."""
    ends = wilson_in_vega("share", "n", share=f"({wilson_in_vega('share', 'n')['share']})")
    said = {
        "N": "' + format(n, ',') + '",
        "S": "' + format(share, '.1~f') + '",
        "L": f"' + format({ends['low']}, '.1f') + '",
        "H": f"' + format({ends['high']}, '.1f') + '",
    }
    lines = wrapped("If {N} people had been drawn at random, {S}% would stand for {L}% to {H}%", width, TITLE, bold=True)
    return "[" + ", ".join(f"'{line.format(**said)}'" for line in lines) + "]"
