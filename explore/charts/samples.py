"""Samples: how far a share reaches that was asked of so many people, and what it can be told from."""

from __future__ import annotations

import altair as alt
import pandas as pd

from explore import tables
from explore.display import BLUE, GREY, INK, SMALL, VERMILLION, figure, kept, source_line, told, tooltip
from explore.intervals import wilson
from explore.register.wording import amount
from explore.terms import SHARE_COLUMNS, ExploreError

_SIZES = {0.25: "a quarter", 0.5: "half", 1: "as set", 2: "twice", 4: "four times"}


def wilson_in_vega(percent: str, n: str, prefix: str = "") -> dict[str, str]:
    """Write `explore.intervals.wilson` as Vega expressions: the share, and the ends of its interval.

    The number of cases is rounded to the even neighbour at a half, as Python does.
    """
    cases, share = f"({percent} * {n} / 100)", f"datum.{prefix}share"
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
    """Return the shares whose number of people asked is known: the one that the text repeats first."""
    if frame is None:
        frame = tables.solicitation()
    frame = tables.checked(frame, "sample_size", SHARE_COLUMNS, "explore.solicitation()")
    named = {key for row in frame["source"].dropna() for key in row.split(", ")}
    rows = frame[frame["n"].notna() & frame["percent"].notna() & frame["qualifier"].isna()]
    if rows.empty:
        raise ExploreError("sample_size: no row is a share whose n is known; give it more of explore.solicitation()")
    first = rows["id"].isin(named)
    order = rows.assign(later=~first).sort_values(["later", "percent"], ascending=[True, False], kind="stable")
    return order.drop(columns="later").reset_index(drop=True)


def scales(shares: pd.DataFrame) -> tuple[tuple[float, int], tuple[tuple[int, int], ...], tuple[float, int]]:
    """Return what the two sliders, share and n, start at, where they end, and the steps that fit the start."""
    share, n = float(shares["percent"].iloc[0]), int(shares["n"].iloc[0])
    return (share, n), ((0, 100), (min(20, n), max(2000, n))), (1 if share % 1 == 0 else 0.1, 1 if n % 10 else 10)


def sample_size(
    frame: pd.DataFrame | None = None, *, share: float | None = None, n: int | None = None
) -> alt.LayerChart:
    """Draw how far a share of n people reaches, and which other shares it can be told from.

    Two sliders under the chart, the share and n, need no Python: they work in a reopened notebook and
    in an exported page. The intervals are Wilson’s (1927); two shares can be told apart when
    Newcombe’s interval of their difference (1998, method 10) leaves out 0, as if each came from a
    sample of its own.

    Args:
        frame: rows of `explore.solicitation()`; the first share that another repeats is the one that
            moves, the others stay. All of them when left out.
        share: the share to start with, percent; that of the first row when left out.
        n: the number of people to start with; that of the first row when left out.

    Returns:
        Intervals in percent: of the share for n from a quarter to four times as many, then of the others.

    >>> import explore
    >>> [one["name"] for one in explore.charts.sample_size().to_dict()["params"]]
    ['share', 'n']
    """
    shares = shares_with_n(frame)
    first, others = shares.iloc[0], told(shares.iloc[1:], "percent")
    data = kept(
        others.assign(row=range(len(_SIZES) + 1, len(_SIZES) + 1 + len(others))),
        "row",
        "percent",
        "measure",
        "n",
    )
    sizes = pd.DataFrame({"row": range(len(_SIZES)), "times": list(_SIZES), "many": list(_SIZES.values())})
    low, high = wilson(float(first["percent"]), int(first["n"]))
    (own_share, own_n), limits, steps = scales(shares)
    start = own_share if share is None else share, own_n if n is None else n
    params = [
        alt.param(
            name="share",
            value=start[0],
            bind=alt.binding_range(min=limits[0][0], max=limits[0][1], step=steps[0], name="Share, percent "),
        ),
        alt.param(
            name="n",
            value=start[1],
            bind=alt.binding_range(min=limits[1][0], max=limits[1][1], step=steps[1], name="People asked "),
        ),
    ]
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(title="percent", titleAnchor="start", tickCount=5),
    )

    def at(position: float) -> alt.Y:
        return alt.Y("row:O", axis=None, bandPosition=position, scale=alt.Scale(type="band", padding=0))

    set_here = wilson_in_vega("share", "n", "set_")
    band = alt.Chart(alt.InlineData(values=[{}])).transform_calculate(**set_here)
    band = band.mark_rect(color=BLUE, opacity=0.1).encode(x=alt.X("set_low:Q"), x2="set_high:Q")
    many = alt.Chart(sizes).transform_calculate(asked="max(1, round(n * datum.times))")
    many = many.transform_calculate(**wilson_in_vega("share", "datum.asked")).transform_calculate(
        value="100 * datum.share",
        label="format(datum.asked, ',') + ' asked (' + datum.many + '): ' + format(datum.low, '.1f') "
        "+ '% to ' + format(datum.high, '.1f') + '%'",
    )
    other = alt.Chart(data).transform_calculate(**set_here).transform_calculate(
        **wilson_in_vega("datum.percent", "datum.n")
    )  # fmt: skip
    other = other.transform_calculate(**newcombe_in_vega("set_", "")).transform_calculate(
        apart="datum.least > 0 || datum.most < 0 ? 'told apart' : 'not told apart'",
    )
    other = other.transform_calculate(
        value="datum.percent",
        label="datum.measure + ': ' + datum.said + ' of ' + datum.n + '; ' + datum.apart",
    )
    heading = alt.Chart(alt.InlineData(values=[{"row": len(_SIZES)}])).mark_text(
        align="left", x=0, fontSize=SMALL, color=GREY, text="Other shares of the same study"
    )
    layers: list[alt.Chart] = [band.add_params(*params), heading.encode(y=at(0.75))]
    for rows, colour in ((many, BLUE), (other, VERMILLION)):
        rule = rows.mark_rule(color=colour if rows is many else INK, strokeWidth=1.6).encode(
            x=x, x2="high:Q", y=at(0.68)
        )
        ends = [
            rows.mark_point(
                shape="stroke",
                angle=90,
                size=80,
                strokeWidth=1.6,
                opacity=1,
                color=colour if rows is many else INK,
            ).encode(x=f"{end}:Q", y=at(0.68))
            for end in ("low", "high")
        ]
        label = rows.mark_text(align="left", x=0, fontSize=SMALL).encode(y=at(0.26), text="label:N")
        layers += [rule, *ends, label]
    layers.append(
        many.mark_point(filled=True, color=BLUE, opacity=1).encode(
            x="value:Q", y=at(0.68), size=alt.condition("datum.times == 1", alt.value(170), alt.value(60))
        )
    )
    layers.append(
        other.mark_point(size=90, shape="diamond", color=VERMILLION, strokeWidth=1.8, opacity=1).encode(
            x="value:Q",
            y=at(0.68),
            fill=alt.condition("datum.apart == 'told apart'", alt.value(VERMILLION), alt.value("white")),
            tooltip=tooltip(data),
        )
    )
    return figure(
        *layers,
        title=f"Asked of {first['n']}, {amount(float(first['percent']), 'percent')} stands for "
        f"{amount(low, 'percent', 1)} to {amount(high, 'percent', 1)}; fewer people, a wider interval",
        subtitle="Percent, with 95% interval (Wilson). Blue: the share that is set, at several sizes. "
        "Below: other shares of the same study, filled where they can be told from it, as if each came "
        "from a sample of its own.",
        source=source_line(shares),
        description=(
            f"Interval chart. {first['measure']}, {first['percent']:g} percent of {first['n']} people: "
            f"the interval from {low:.1f} to {high:.1f} percent, narrower for more people and wider for "
            f"fewer, and {len(others)} other shares with theirs. Two sliders set the share and the number."
        ),
        name="sample-size",
        height=alt.Step(42),
    )  # fmt: skip
