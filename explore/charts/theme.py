"""The theme of every chart, and its colours and sizes."""

from __future__ import annotations

from typing import Any, cast

import altair as alt

# Okabe and Ito’s palette: told apart with the three colour-vision deficiencies, 3:1 on white.
INK, GREY, PALE = "#1f2328", "#5d6670", "#d9dee3"
BLUE, VERMILLION, GREEN, PURPLE = "#0072b2", "#d55e00", "#007a5a", "#a5527f"
TITLE, LABEL, SMALL = 18, 14, 12  # sizes of letters in pixels: seven or more are left where a figure is shown 400 wide
FONT = "Liberation Sans, Helvetica Neue, Helvetica, Arial, sans-serif"


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
