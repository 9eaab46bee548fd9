"""What a chart looks like: its picture as SVG, and the boxes of its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET  # our own pictures

import altair as alt
import vl_convert

from explore.charts.letters import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_SVG = "{http://www.w3.org/2000/svg}"
_SHIFT = re.compile(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)")


class Words(NamedTuple):
    """A line of words in a picture, and the box that it takes, in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    fill: str

    def meets(self, other: Words) -> bool:
        """Say whether two lines of words overlap by more than a hair."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 1 and high > 1


def spec_of(chart: alt.TopLevelMixin, theme: str = "explore") -> dict[str, Any]:
    """Give a chart’s specification under a theme."""
    with alt.theme.enable(theme):
        spec: dict[str, Any] = chart.to_dict()
    return spec


def svg_of(spec: dict[str, Any], version: str = "5.8") -> str:
    """Draw a specification."""
    schema = f"https://vega.github.io/schema/vega-lite/v{version[0]}.json"
    return str(vl_convert.vegalite_to_svg({**spec, "$schema": schema}, vl_version=version, show_warnings=True))


def words_of(svg: str) -> list[Words]:
    """List the lines of words that a picture shows, each with its box."""
    return list(_walk(ET.fromstring(svg), 0.0, 0.0))  # our own pictures


def overlaps(svg: str) -> list[tuple[str, str]]:
    """List the pairs of words that stand over each other."""
    found = words_of(svg)
    return [(one.text, other.text) for at, one in enumerate(found) for other in found[at + 1 :] if one.meets(other)]


def _walk(node: ET.Element, x: float, y: float) -> Iterator[Words]:
    if shift := _SHIFT.search(node.get("transform", "")):
        x, y = x + float(shift[1]), y + float(shift[2])
    if node.tag == f"{_SVG}text" and node.get("opacity") != "0":
        size = float(node.get("font-size", "10").removesuffix("px"))
        bold = node.get("font-weight", "") in {"bold", "600", "700"}
        lines = [(y, node.text or "")] if node.text else []
        down = y
        for part in node:
            down += float(part.get("dy", 0))
            lines.append((down, part.text or ""))
        for base, text in lines:
            wide = width_of(text, size, bold=bold) / 1.03
            left = x - wide * {"end": 1.0, "middle": 0.5}.get(node.get("text-anchor", ""), 0.0)
            if text.strip():
                yield Words(text, left, base - 0.72 * size, left + wide, base + 0.2 * size, node.get("fill", ""))
        return
    for part in node:
        yield from _walk(part, x, y)


def linear(colour: str) -> list[float]:
    """Turn a colour of CSS into linear RGB."""
    if colour.startswith("rgb"):
        parts = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    else:
        long = {"white": "ffffff", "black": "000000"}.get(colour, colour.removeprefix("#"))
        long = "".join(letter * 2 for letter in long) if len(long) == 3 else long
        parts = [int(long[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)
