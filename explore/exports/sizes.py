"""Sizes and variants of pictures: what the places that show them ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from explore.exports import pictures
from explore.rendering import views
from explore.terms import ExploreError, nearest

if TYPE_CHECKING:
    from pathlib import Path

Spec = dict[str, Any]

VARIANTS = {
    "plain": "without its title, for a page that has its own",
    "dark": "on a dark ground",
    "transparent": "without a ground",
}
SIZES = {
    "column": "600 wide, for an article",
    "phone": "400 wide",
    "square": "1080 × 1080",
    "social": "1200 × 628, for a preview",
    "wide": "1920 × 1080, for a slide (16:9)",
    "print": "170 mm wide at 300 dpi; or write 85mm, or 120x80mm",
}
PICTURES = {".png", ".svg", ".pdf", ".zip"}
_SCALES = (0.1, 20)
_DOTS, _PIXELS, _POINTS, _INCH = 300, 96, 72, 25.4  # of an inch: printed, on a screen, in a PDF; and its millimetres
_MOST = 4 / 3  # times the width that a chart has, which it may get to fill its frame
_SIDES = {"column": (600, 0), "phone": (400, 0), "square": (1080, 1080), "social": (1200, 628), "wide": (1920, 1080)}
_MILLIMETRES = re.compile(r"(\d{1,4}(?:\.\d+)?)(?:x(\d{1,4}(?:\.\d+)?))?mm")
_HEAD = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="[^"]*"(><rect width="[^"]*" height="[^"]*")?')


class Shape(NamedTuple):
    """Sides of a picture in pixels on the screen (0: as they come), and how its PNG makes pixels of them."""

    width: float = 0
    height: float = 0
    scale: float = 2
    dpi: float = 144


def shape(size: str | None, scale: float, target: Path) -> Shape:
    """Read a size, with the pixels of a PNG for each on the screen."""
    if not isinstance(scale, int | float) or not _SCALES[0] <= scale <= _SCALES[1]:
        raise ExploreError(f"scale = {scale!r}: write a number from {_SCALES[0]} to {_SCALES[1]}, such as 2")
    if size is None:
        return Shape(scale=scale, dpi=_POINTS * scale)
    if target.suffix.lower() not in PICTURES:
        raise ExploreError(f"size = {size!r}: {target.name} has no size; write one of {', '.join(sorted(PICTURES))}")
    if size in _SIDES:
        sides = _SIDES[size]
        scale = 1 if all(sides) else scale  # such places ask for these pixels and no others
        return Shape(*sides, scale=scale, dpi=_POINTS * scale)
    found = _MILLIMETRES.fullmatch("170mm" if size == "print" else str(size))
    if not found or not float(found[1]) or (found[2] and not float(found[2])):
        fix = nearest(str(size), SIZES)
        raise ExploreError(f"size = {size!r}: is no size of a picture; {fix}, or millimetres such as 85mm or 120x80mm")
    inch = _POINTS if target.suffix.lower() == ".pdf" else _PIXELS
    width, height = (float(side or 0) / _INCH * inch for side in found.groups())
    return Shape(width, height, _DOTS / inch, _DOTS)


def varied(spec: Spec, variant: str | None) -> Spec:
    """Return a specification as a variant shows it; `dark` is its theme’s affair."""
    if variant == "plain":
        title = spec.get("title")
        below = title.get("subtitle") if isinstance(title, dict) else None
        kept = {"text": below, "fontSize": 14, "lineHeight": 18, "fontWeight": "normal"} if below else None
        return {name: one for name, one in spec.items() if name != "title"} | ({"title": kept} if kept else {})
    if variant == "transparent":
        return {**spec, "config": {**spec.get("config", {}), "background": None}}
    return spec


def check(variant: str | None) -> None:
    """Refuse a variant that there is not."""
    if variant is not None and variant not in VARIANTS:
        raise ExploreError(f"variant = {variant!r}: is no variant of a chart; {nearest(str(variant), VARIANTS)}")


def framed(spec: Spec, to: Shape) -> str:
    """Draw a chart as SVG in a frame: laid out wider where the frame is, then made as large as it fits."""
    svg = pictures.drawn(spec)
    if not to.width:
        return svg
    width, height = sides(svg)
    plot = spec.get("width")
    if to.height and isinstance(plot, int | float) and "layer" in spec and _stretches(spec):
        room = min(to.width / to.height * height, width * _MOST) - width
        if room > 0:
            svg = pictures.drawn({**spec, "width": plot + int(room)})
            width, height = sides(svg)
    scale = min(to.width / width, to.height / height) if to.height else to.width / width
    across, down = to.width / scale, (to.height or height * scale) / scale
    left, top = (width - across) / 2, (height - down) / 2
    box = f'width="{to.width:g}" height="{down * scale:g}" viewBox="{left:g} {top:g} {across:g} {down:g}"'
    ground = rf'{box}><rect x="{left:g}" y="{top:g}" width="{across:g}" height="{down:g}"'
    return _HEAD.sub(lambda head: ground if head[3] else box, svg, count=1)


def _stretches(spec: Spec) -> bool:
    """Say whether all that a chart shows moves with its width: nothing stands at a pixel but at the edges."""
    places = [view.get("encoding", {}).get(name) for view in views(spec) for name in ("x", "x2")]
    return all(place.get("value") in (None, 0, "width") for place in places if isinstance(place, dict))


def sides(svg: str) -> tuple[float, float]:
    """Return width and height of a drawn chart."""
    found = _HEAD.search(svg)
    if found is None:
        raise ExploreError("the chart is drawn without a size; give it a width and a height in pixels")
    return float(found[1]), float(found[2])
