"""The themes of every chart, light and dark, and its colours and sizes."""

from pathlib import Path
from typing import Any

import altair as alt
import tomli

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
_THEME = tomli.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def shade(light: str, dark: str) -> alt.ExprRef:
    """Return a colour, given as expressions, that follows the ground of whatever theme the chart is shown under."""
    return alt.ExprRef(f"background && luminance(background) < 0.2 ? {dark} : {light}")


INK, QUIET, FAINT = (
    shade(f"'{_THEME['light'][name]}'", f"'{_THEME['dark'][name]}'") for name in ("ink", "quiet", "faint")
)
"""Of words, of lesser words, of rules between rows."""


@alt.theme.register("explore", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """Return the theme of every chart: quiet axes, white ground, titles at the left."""
    return _config("light")


@alt.theme.register("explore-dark", enable=False)
def dark() -> alt.theme.ThemeConfig:
    """Return the same on a dark ground."""
    return _config("dark")


def _config(ground: str) -> alt.theme.ThemeConfig:
    """Put the tones of a ground, and the font, where the theme names them."""
    tones = {**_THEME[ground], "font": _THEME["font"]}

    def toned(part: Any) -> Any:  # noqa: ANN401  # any part of the theme
        if isinstance(part, dict):
            return {name: toned(value) for name, value in part.items()}
        return tones.get(part, part) if isinstance(part, str) else part

    config: Any = {**toned(_THEME["config"]), "view": {"stroke": None}}
    return {"config": config}
