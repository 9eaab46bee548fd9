"""The themes of every chart, light and dark, and its colours and sizes."""

from __future__ import annotations

from typing import Any, cast

import altair as alt

# Okabe and Ito’s palette: told apart with the three colour-vision deficiencies, 3:1 on white.
GREY = "#5d6670"
BLUE, VERMILLION, GREEN, PURPLE = "#0072b2", "#d55e00", "#007a5a", "#a5527f"
BRIGHT = {
    BLUE: "#56b4e9",
    VERMILLION: "#f28e40",
    GREEN: "#3cc79c",
    PURPLE: "#d994bd",
    GREY: "#9aa4ae",
}  # on a dark ground
TITLE, LABEL, SMALL = 18, 14, 12  # sizes of letters in pixels: seven or more are left where a figure is shown 400 wide
LINES = {TITLE: 23, LABEL: 18, SMALL: 15}  # heights of their lines
# All but the last are made to one measure (that of letters.py), so that lines break alike in every viewer.
FONT = "Arial, Liberation Sans, Arimo, Helvetica, sans-serif"
_LIGHT = {"ground": "white", "ink": "#1f2328", "quiet": "#5d6670", "faint": "#d9dee3"}
_DARK = {"ground": "#16191d", "ink": "#f0f3f6", "quiet": "#b4bcc4", "faint": "#434b54"}


def shade(light: str, dark: str) -> alt.ExprRef:
    """Return a colour, given as expressions, that follows the ground of whatever theme the chart is shown under."""
    return alt.ExprRef(f"background && luminance(background) < 0.2 ? {dark} : {light}")


INK, QUIET, FAINT = (shade(f"'{_LIGHT[name]}'", f"'{_DARK[name]}'") for name in ("ink", "quiet", "faint"))
"""Of words, of lesser words, of rules between rows."""


@alt.theme.register("explore", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """Return the theme of every chart: quiet axes, white ground, titles at the left."""
    return _config(_LIGHT)


@alt.theme.register("explore-dark", enable=False)
def dark() -> alt.theme.ThemeConfig:
    """Return the same on a dark ground."""
    return _config(_DARK)


def _config(tones: dict[str, str]) -> alt.theme.ThemeConfig:
    quiet, faint = tones["quiet"], tones["faint"]
    text: Any = {"labelFont": FONT, "titleFont": FONT, "labelColor": quiet, "titleColor": quiet}
    axis = {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "titlePadding": 6,
        "gridColor": faint,
        "domainColor": faint,
        "tickColor": faint,
        "labelLimit": 260,
    }
    title = {
        "font": FONT,
        "subtitleFont": FONT,
        "fontSize": TITLE,
        "subtitleFontSize": LABEL,
        "color": tones["ink"],
        "subtitleColor": quiet,
        "anchor": "start",
        "frame": "group",
        "lineHeight": LINES[TITLE],
        "subtitleLineHeight": LINES[LABEL],
        "subtitlePadding": 8,
        "offset": 18,
    }
    config: Any = {
        "config": {
            "background": tones["ground"],
            "padding": 14,
            "font": FONT,
            "view": {"stroke": None},
            "axis": text | axis,
            "legend": {**text, "labelFontSize": 13, "titleFontSize": 13, "symbolSize": 90},
            "title": title,
            "text": {"font": FONT, "fontSize": SMALL},
        }
    }
    return cast("alt.theme.ThemeConfig", config)
