"""Samples: how far a share reaches that was asked of so many people, and what differs from it."""

from typing import Any

import altair as alt
import pandas as pd

from explore.charts import figure as parts
from explore.charts.draw import ready
from explore.charts.figure import WIDTH
from explore.charts.letters import wrapped
from explore.charts.theme import BLUE, INK, LINES, SMALL, VERMILLION
from explore.columns import checked, ids
from explore.tables import statistics
from explore.terms import ExploreError

_SIZES = {0.25: "a quarter", 0.5: "half", 1: "as set", 2: "twice", 4: "four times"}
_WIDE, _GAP, _AFTER = 480, 10, 130  # pixels: from here on labels stand beside; between rows; for words at the end


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
    table = ready(
        statistics() if frame is None else checked(frame, "sample_size", ("id", "unit", "n"), "explore.statistics()")
    )
    named = {key for cell in table["source"] for key in ids(cell)}
    exact = table["value"].notna() & table["n"].notna() & table["qualifier"].isna()
    known = table[exact & (table["unit"] == "percent").fillna(value=False)]
    if frame is None:
        homes = known["document"].astype("string")
        most = homes[homes.isin(set(homes[known["id"].isin(named)]))].value_counts()
        known = known[homes.isin(most.index[:1])]
    if known.empty:
        raise ExploreError("sample_size: no row is a share whose n is known; give it more rows of explore.statistics()")
    order = known.assign(later=~known["id"].isin(named), percent=known["value"].astype(float))
    order = order.sort_values(["later", "percent"], ascending=[True, False], kind="stable")
    return order.drop(columns="later").reset_index(drop=True)


def scales(shares: pd.DataFrame) -> tuple[tuple[float, int], tuple[tuple[int, int], ...], tuple[float, int]]:
    """Return what the two sliders, share and n, start at, where they end, and the steps that fit the start."""
    share, n = float(shares["percent"].iloc[0]), int(shares["n"].iloc[0])
    return (share, n), ((0, 100), (min(20, n), max(2000, n))), (1 if share % 1 == 0 else 0.1, 1 if n % 10 else 10)


def sample_size(
    frame: pd.DataFrame | None = None, *, share: float | None = None, n: int | None = None, width: int = WIDTH
) -> alt.LayerChart:
    """Draw how far a share of n people would reach had they been drawn at random, and what would differ from it.

    Two sliders under the chart, the share and n, need no Python: they work in a reopened notebook and
    in an exported page, and the title follows them. The intervals are Wilson’s (1927); two shares
    differ when Newcombe’s interval of their difference (1998, method 10) leaves out 0, as if each
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
    first, others = shares.iloc[0], shares.iloc[1:]
    (own_share, own_n), limits, steps = scales(shares)
    start = own_share if share is None else share, own_n if n is None else n
    params = map(parts.slider, ("share", "n"), start, limits, steps, ("Share, percent", "People asked"))
    beside = wide >= _WIDE
    left = wide * 0.35 if beside else 0
    measures = [wrapped(str(one), left - 16 if beside else wide, SMALL) for one in others["measure"]]
    places, top = [], 0
    for lines in [["sizes"], *[["one"]] * len(_SIZES), *([["others"], *measures] if len(others) else [])]:
        tall = LINES[SMALL] * len(lines)
        places.append((top, top + LINES[SMALL] / 2 if beside else top + tall + 8))
        top += tall + _GAP + (0 if beside or lines in (["sizes"], ["others"]) else 16)
    tops, middles = (list(each) for each in zip(*places, strict=True))
    many_at = slice(1, 1 + len(_SIZES))
    sizes = [
        {"_top": up, "_at": at, "times": times, "many": many}
        for up, at, (times, many) in zip(tops[many_at], middles[many_at], _SIZES.items(), strict=True)
    ]
    after = len(_SIZES) + 2
    others = others.assign(_top=tops[after:], _at=middles[after:], _measure=["\n".join(lines) for lines in measures])
    reach = 100 / (wide - left - _AFTER)
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[-reach * left, 100 + reach * _AFTER], nice=False),
        axis=alt.Axis(title=None, values=[0, 25, 50, 75, 100], labelExpr="datum.value + '%'", grid=False, domain=False),
    )
    at, label_off = parts.position(top), parts.off("_top")
    set_here = wilson_in_vega("share", "n", "set_")
    band = alt.Chart(parts.values({})).transform_calculate(**set_here)
    band = band.mark_rect(color=BLUE, opacity=0.12).encode(x=x, x2="set_high:Q").encode(x=alt.X("set_low:Q"))
    many = alt.Chart(parts.values(*sizes)).transform_calculate(asked="max(1, round(n * datum.times))")
    many = many.transform_calculate(**wilson_in_vega("share", "datum.asked")).transform_calculate(
        value="100 * datum.share",
        label="format(datum.asked, ',') + ' people (' + datum.many + ')'",
        result="format(datum.low, '.1f') + '% to ' + format(datum.high, '.1f') + '%'",
    )
    other = alt.Chart(parts.records(others)).transform_calculate(**set_here)
    other = other.transform_calculate(**wilson_in_vega("datum.value", "datum.n"))
    other = other.transform_calculate(**newcombe_in_vega("set_", "")).transform_calculate(
        label="datum._measure",
        differs="datum.least > 0 || datum.most < 0",
        result="datum.said + (datum.differs ? ', differs' : ', may be equal')",
    )
    heads = [
        {"_at": up, "_head": words}
        for up, words in zip(
            (tops[0], *tops[after - 1 : after]), ("The same share, asked of", "Other shares, as asked"), strict=False
        )
    ]
    head = parts.words(alt.Chart(parts.values(*heads)), "_head", SMALL, fontWeight="bold")
    layers: list[Any] = [band, head.encode(x=alt.value(0), y=at)]
    shown_rows: list[tuple[alt.Chart, Any]] = [(many, BLUE), *([(other, INK)] if len(others) else [])]
    for rows, colour in shown_rows:
        rule = rows.mark_rule(color=colour, strokeWidth=1.6).encode(x=x, x2="high:Q", y=at)
        tick = rows.mark_tick(orient="vertical", thickness=1.6, size=9, color=colour).encode(y=at)
        layers += [rule, *(tick.encode(x=f"{end}:Q") for end in ("low", "high"))]
        layers += [parts.words(rows, "label", SMALL, dy=label_off).encode(x=alt.value(0), y=at)]
        layers += [parts.words(rows, "result", SMALL, baseline="middle", dx=8).encode(x="high:Q", y=at)]
    layers.append(
        many.mark_point(filled=True, color=BLUE, opacity=1).encode(
            x="value:Q", y=at, size=alt.condition("datum.times == 1", alt.value(130), alt.value(50))
        )
    )
    if len(others):
        mark = other.mark_point(size=80, shape="diamond", color=VERMILLION, fill=VERMILLION, strokeWidth=1.8, opacity=1)
        shown = alt.condition("datum.differs", alt.value(1), alt.value(0))
        layers.append(mark.encode(x="value:Q", y=at, fillOpacity=shown, tooltip=parts.tooltip(others)))
    subject = f"{first['measure']}; {first['population']}".removesuffix("; <NA>")
    subtitle = f"{subject[:1].upper()}{subject[1:]}. Lines: 95% intervals as if drawn at random (Wilson)."
    subtitle += " A hollow mark could be the share that is set." if len(others) else ""
    # First the lines: what has both axes is what can be zoomed.
    return parts.figure(
        *(layers[2].add_params(*params), *layers[:2], *layers[3:]),
        rows=shares,
        title=alt.ExprRef(_title(wide)),
        subtitle=subtitle,
        alt_text=f"Intervals of a share for several numbers of people asked at random, and {len(others)} other shares. "
        f"{subtitle} Two sliders set the share and the number.",
        name="sample-size",
        width=wide,
        height=top,
    )  # fmt: skip


def _title(width: int) -> str:
    """Write the title as an expression that gives its lines and follows the sliders."""
    ends = wilson_in_vega("share", "n", share=f"({wilson_in_vega('share', 'n')['share']})")
    said = {
        "N": "format(n, ',')",
        "S": "format(share, '.1~f')",
        "L": f"format({ends['low']}, '.1f')",
        "H": f"format({ends['high']}, '.1f')",
    }
    return parts.following(
        "What if {N} people had been drawn at random? {S}% would stand for {L}% to {H}%", said, width
    )
