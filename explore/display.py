"""How charts look and how a notebook shows them: the theme, the parts of a figure, the renderer."""

from __future__ import annotations

import base64
import textwrap
from typing import Any

import altair as alt
import vl_convert

# Okabe and Ito’s palette: told apart with the three colour-vision deficiencies, 3:1 on white.
INK, GREY, PALE = "#1f2328", "#5d6670", "#d9dee3"
BLUE, VERMILLION, GREEN, PURPLE = "#0072b2", "#d55e00", "#007a5a", "#a5527f"
FONT = "Liberation Sans, Helvetica Neue, Helvetica, Arial, sans-serif"
WIDTH = 620
STATED, SOURCE = "in the text", "at the source"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


@alt.theme.register("explore", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """Return the theme of every chart: quiet axes, white ground, titles at the left."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelColor": GREY, "titleColor": GREY}
    return {
        "config": {
            "background": "white",
            "padding": 14,
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                **text,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "titlePadding": 8,
                "gridColor": "#e8ebee",
                "domainColor": PALE,
                "tickColor": PALE,
                "labelLimit": 260,
            },
            "legend": {**text, "labelFontSize": 12, "titleFontSize": 12, "symbolSize": 90},
            "title": {
                "font": FONT,
                "subtitleFont": FONT,
                "fontSize": 19,
                "subtitleFontSize": 13,
                "color": INK,
                "subtitleColor": GREY,
                "anchor": "start",
                "frame": "group",
                "lineHeight": 24,
                "subtitleLineHeight": 18,
                "subtitlePadding": 8,
                "offset": 18,
            },
            "text": {"font": FONT, "fontSize": 12, "color": INK},
        }
    }


def setup() -> None:
    """Turn on the theme and the renderer: the first cell of every notebook.

    The charts then show themselves in JupyterLab without a network and before any cell is run.

    >>> import explore
    >>> explore.setup()
    >>> import altair
    >>> altair.renderers.active
    'explore'
    """
    alt.theme.enable("explore")
    alt.renderers.enable("explore")


def figure(
    *layers: alt.Chart | alt.LayerChart,
    title: str,
    subtitle: str,
    source: str,
    description: str,
    name: str,
    below: int = 46,
) -> alt.LayerChart:
    """Lay layers over each other as one figure: title, subtitle, source line, alt text, file name.

    The source line is drawn inside the chart, `below` pixels under its plot.
    """
    line = (
        alt.Chart(alt.InlineData(values=[{}]))
        .mark_text(
            align="left",
            baseline="top",
            fontSize=11,
            lineHeight=15,
            color=GREY,
            x=0,
            y=alt.expr(f"height + {below}"),
            text=wrapped(source, 108),
        )
    )
    return alt.layer(*layers, line).properties(
        title=alt.TitleParams(wrapped(title, 62), subtitle=wrapped(subtitle, 92)),
        description=f"{description} {source}",
        usermeta={"embedOptions": {"downloadFileName": f"explore-{name}"}},
    )


def wrapped(text: str, columns: int) -> list[str]:
    """Break a text into lines, which Vega does not do by itself."""
    return [line for part in text.split("\n") for line in textwrap.wrap(part, columns)]


def render(spec: dict[str, Any], **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the bundle that JupyterLab draws live, other viewers as a picture, the rest as words.

    The live part names Vega-Lite 5, which JupyterLab carries; Altair’s own label (6) it does not know.
    """
    live = {**spec, "$schema": SCHEMA}
    words = str(spec.get("description") or "A chart without a description.")
    options = {"actions": {"export": True, "source": False, "compiled": False, "editor": False}}
    options |= spec.get("usermeta", {}).get("embedOptions", {})
    bundle = {
        "application/vnd.vegalite.v5+json": live,
        "image/png": base64.b64encode(picture(live)).decode(),
        "text/plain": words,
    }
    return bundle, {"application/vnd.vegalite.v5+json": {"embed_options": options}}


def picture(spec: dict[str, Any], scale: float = 1) -> bytes:
    """Draw a Vega-Lite 5 specification as PNG."""
    return vl_convert.vegalite_to_png(spec, vl_version="5.8", scale=scale, show_warnings=False)
