"""How charts look and how a notebook shows them: the theme, the parts of a figure, tables."""

from __future__ import annotations

import re
import textwrap
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import altair as alt
import pandas as pd
from IPython.core.getipython import get_ipython

from explore import rendering
from explore.register import load
from explore.register.schema import UNKNOWN
from explore.register.wording import BEFORE, amount, when
from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Hashable

# Okabe and Ito’s palette: told apart with the three colour-vision deficiencies, 3:1 on white.
INK, GREY, PALE = "#1f2328", "#5d6670", "#d9dee3"
BLUE, VERMILLION, GREEN, PURPLE = "#0072b2", "#d55e00", "#007a5a", "#a5527f"
FONT = "Liberation Sans, Helvetica Neue, Helvetica, Arial, sans-serif"
WIDTH = 560
LABEL, SMALL = 14, 12  # sizes of letters in pixels: seven or more are left where a figure is shown 400 wide
MAX_STEPS = 500  # rows of a figure that has a line for each
ROLES = {"stated": "in the text", "source": "at the source", "computed": "computed here"}


TIPS = {
    "words": "words",
    "said": "number",
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


@alt.theme.register("explore", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """Return the theme of every chart: quiet axes, white ground, titles at the left."""
    text: Any = {"labelFont": FONT, "titleFont": FONT, "labelColor": GREY, "titleColor": GREY}
    config: Any = {
        "config": {
            "background": "white",
            "padding": 14,
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                **text,
                "labelFontSize": 13,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "titlePadding": 8,
                "gridColor": "#e8ebee",
                "domainColor": PALE,
                "tickColor": PALE,
                "labelLimit": 260,
            },
            "legend": {**text, "labelFontSize": 13, "titleFontSize": 13, "symbolSize": 90},
            "title": {
                "font": FONT,
                "subtitleFont": FONT,
                "fontSize": 18,
                "subtitleFontSize": LABEL,
                "color": INK,
                "subtitleColor": GREY,
                "anchor": "start",
                "frame": "group",
                "lineHeight": 23,
                "subtitleLineHeight": 18,
                "subtitlePadding": 8,
                "offset": 18,
            },
            "text": {"font": FONT, "fontSize": SMALL, "color": INK},
        }
    }
    return cast("alt.theme.ThemeConfig", config)


def setup() -> None:
    """Turn on the theme and the renderer: the first cell of every notebook.

    The charts then show themselves in JupyterLab without a network and before any cell is run, and
    tables show whole quotes instead of their first words. A chart of your own over more than 5,000 rows
    is worked out by VegaFusion before it is shown, where the extra `large` is installed.

    >>> import explore
    >>> explore.setup()
    >>> import altair
    >>> altair.renderers.active
    'explore'
    """
    alt.theme.enable("explore")
    alt.renderers.enable("explore")
    alt.data_transformers.register("explore", rendering.rows_of)
    if alt.data_transformers.active == "default":
        alt.data_transformers.enable("explore")
    pd.set_option("display.precision", 2)
    shell = get_ipython()
    if shell is not None and shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, table_html)


def table_html(frame: pd.DataFrame) -> str:
    """Show a table with whole quotes, words at the left and a dash for what is unknown.

    >>> "<td>42</td>" in table_html(pd.DataFrame({"percent": [42]}))
    True
    """
    if type(frame) is not pd.DataFrame:
        return str(frame._repr_html_())  # type: ignore[operator]  # a kind of table shows itself
    with pd.option_context("display.max_colwidth", None):
        html = frame.mask(frame.isna(), pd.NA).to_html(na_rep="–", max_rows=60, border=0).replace("&lt;NA&gt;", "–")
    return re.sub(r"<t([dh])>(?!-?[\d,.]+</t)", r'<t\1 style="text-align: left">', html)


def figure(
    *layers: alt.Chart | alt.LayerChart,
    title: str,
    subtitle: str,
    source: str,
    description: str,
    name: str,
    height: int | alt.Step,
    below: int = 50,
) -> alt.LayerChart:
    """Lay layers over each other as one figure: title, subtitle, source line, alt text, file name, size.

    The source line is drawn inside the chart, `below` pixels under its plot.

    Raises:
        ExploreError: the height is a step a row, and there are more rows than a figure holds.
    """
    rows = max((len(layer.data) for layer in layers if isinstance(layer.data, pd.DataFrame)), default=0)
    if rows > MAX_STEPS and isinstance(height, alt.Step):
        message = f"{name}: has a line for each row, and {rows:,} rows are more than a figure holds"
        raise ExploreError(f"{message}; give it a part of the table, {MAX_STEPS} rows at most")
    line = alt.Chart(alt.InlineData(values=[{}])).mark_text(
        align="left",
        baseline="top",
        fontSize=SMALL,
        lineHeight=16,
        color=GREY,
        x=0,
        y=alt.expr(f"height + {below}"),
        text=wrapped(source, 94),
    )
    layered = alt.layer(
        *layers,
        line,
        title=alt.TitleParams(wrapped(title, 58), subtitle=wrapped(subtitle, 80)),
        description=f"{description} {source}",
        usermeta={"embedOptions": {"downloadFileName": f"explore-{name}"}},
        width=WIDTH,
        height=height,
    )
    return cast("alt.LayerChart", layered)


def wrapped(text: str, columns: int) -> list[str]:
    """Break a text into lines of even length, which Vega does not do by itself.

    >>> wrapped("one two three four five", 20)
    ['one two three', 'four five']
    """
    wrap = partial(textwrap.wrap, text, break_on_hyphens=False, break_long_words=False)
    lines = wrap(columns)
    while len(lines) > 1 and len(wrap(columns - 1)) == len(lines):
        columns -= 1
    return wrap(columns)


def say(value: float, unit: str | None = None, qualifier: str | None = None) -> str:
    """Say a number with its unit and qualifier, as a sentence would.

    >>> say(42.0, "percent"), say(10000, "signatures", "about"), say(93.02)
    ('42%', 'about 10,000 signatures', '93.0')
    """
    return BEFORE.get(qualifier or "", "") + amount(value, unit, int(value % 1 != 0))


def told(frame: pd.DataFrame, values: str) -> pd.DataFrame:
    """Add what a reader sees: the words, and the number as one would say it."""
    texts = frame["value_text"] if "value_text" in frame else pd.Series(pd.NA, index=frame.index)
    said = [
        (text if pd.notna(text) else "not read")
        if pd.isna(value) or (pd.notna(text) and not any(map(str.isdigit, text)))
        else say(value, unit, qualifier)
        for value, unit, qualifier, text in zip(
            frame[values],
            *(frame[c].astype(object).where(frame[c].notna(), None) for c in ("unit", "qualifier")),
            texts,
            strict=True,
        )
    ]
    return frame.assign(words=quoted(frame), said=said)


def whom(frame: pd.DataFrame) -> list[str]:
    """Say of each row of whom it is, where and when, and out of how many, in one line."""

    def line(row: dict[Hashable, Any]) -> str:
        known = {str(name): value for name, value in row.items() if pd.notna(value)}
        parts = [", ".join(str(known[name]) for name in ("population", "group") if name in known)]
        parts += [str(known.get("place", "place not stated"))]
        parts += [when(known["period"])] if "period" in known else []
        parts += [f"n = {known['n']:,}"] if "n" in known else []
        return "; ".join(filter(None, parts))

    return [line(row) for row in frame.to_dict("records")]


def quoted(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the words of each row in quotation marks, or say that none were kept."""
    return ("“" + frame["quote"] + "”").fillna("not quoted: see where it was read")


def tooltip(frame: pd.DataFrame) -> list[alt.Tooltip]:
    """Return the tooltip that leads a mark back to its words: what the frame holds of it."""
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in TIPS.items() if name in frame]


def kept(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Keep what the chart draws and its tooltips show, so that a notebook stays small."""
    kept = frame[[*columns, *(name for name in TIPS if name in frame and name not in columns)]]
    return kept.astype({name: object for name in kept if isinstance(kept[name].dtype, pd.CategoricalDtype)})


def source_line(frame: pd.DataFrame) -> str:
    """Write the source line: every document in the frame, and how its values were read."""
    registers = load().registers
    parts = []
    for document, rows in frame.groupby("document", observed=True, sort=False):
        name = str(document)
        if name in registers:
            about = registers[name].document
            name = " ".join(word for word in (about.publisher, about.published[:4]) if word != UNKNOWN) or name
        parts.append(f"{name} ({', '.join(dict.fromkeys(rows['evidence'].dropna()))})")
    return f"Sources: {'; '.join(parts)}."
