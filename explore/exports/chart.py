"""One chart into one file: the suffix picks the format."""

from __future__ import annotations

import json
import os
from threading import RLock
from typing import TYPE_CHECKING, Any

import altair as alt

from explore import files
from explore.exports import archive, evidence, packages, pages, pictures, sheets, sizes
from explore.rendering import file_name, values_of, views
from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from explore.exports.evidence import Evidence
    from explore.exports.sizes import Shape

Spec = dict[str, Any]

_WRITERS: dict[str, Callable[[Spec, Evidence, Shape], bytes]] = {
    ".png": lambda spec, about, to: pictures.png(sizes.framed(spec, to), about, to.scale, to.dpi),
    ".svg": lambda spec, about, to: pictures.svg(sizes.framed(spec, to), about),
    ".pdf": lambda spec, about, to: pictures.pdf(sizes.framed(spec, to), about),
    ".html": lambda spec, about, _: pages.chart(spec, about),
    ".json": lambda spec, about, _: _json(spec, about),
    ".csv": lambda _, about, __: sheets.csv(about.rows),
    ".xlsx": lambda _, about, __: sheets.xlsx(about),
    ".zip": archive.archive,
}
SUFFIXES = tuple(_WRITERS)
_ALONE = RLock()  # Altair’s theme and transformer are those of the whole process


def export(
    chart: alt.TopLevelMixin,
    path: str | os.PathLike[str],
    *,
    size: str | None = None,
    variant: str | None = None,
    scale: float = 2,
    overwrite: bool = False,
) -> Path:
    """Write one chart to a file that carries its own evidence; the suffix picks the format.

    Title, alt text, source line, quoted words and licence note are inside every format. A file is
    written whole or not at all. The look is that of `explore.setup()`, called or not, unless another
    theme is on.

    Args:
        chart: a chart of `explore.charts`, or any Altair chart.
        path: `.png`, `.svg`, `.pdf`, `.html` (one page, works offline, sliders too), `.json`
            (Vega-Lite), `.csv` (UTF-8; `NAME.datapackage.json` beside it tells its columns and
            sources), `.xlsx` (sheets `Data` and `About`) or `.zip` (picture, page, CSV as a data package, a README
            in words, citations, and the code that embeds it). In `.csv` and `.xlsx` a text that a
            spreadsheet would take for a formula gets an apostrophe before it.
        size: of a picture: `column` (600 pixels wide), `phone` (400), `square` (1080 × 1080), `social`
            (1200 × 628), `wide` (1920 × 1080), `print` (170 mm at 300 dpi), or millimetres such as `85mm` and
            `120x80mm`. The chart is laid out wider where the frame is, and made as large as it fits.
        variant: `plain` (without the title, for a page that has its own; what is measured and the source stay),
            `dark`, or `transparent` (without a ground). The words that the file carries stay.
        scale: pixels of a PNG for each pixel on the screen; a size with both sides, or in millimetres, has its own.
        overwrite: whether to replace a file that exists.

    Returns:
        The path of the file.

    Raises:
        ExploreError: not a chart, an unknown suffix, size or variant, a file that exists, a missing or read-only
            folder, a full disk; no file has changed then.

    >>> import explore, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> explore.export(explore.charts.christchurch(), f"{folder.name}/christchurch.svg").name
    'christchurch.svg'
    """
    target = _target(path)
    files.check(beside(target), overwrite=overwrite)
    to = sizes.shape(size, scale, target)
    spec = spec_of(chart, variant)
    about = evidence.read(spec, target.stem)
    files.write(contents(sizes.varied(spec, variant), about, target, to), overwrite=overwrite)
    return target


def contents(spec: Spec, about: Evidence, target: Path, to: Shape) -> dict[Path, bytes]:
    """Make what is to be written for one target: the file, and for CSV its descriptor beside it."""
    suffix = target.suffix.lower()
    if suffix in {".csv", ".xlsx"}:
        sheets.required(about, suffix)
    data = _WRITERS[suffix](spec, about, to)
    made = dict.fromkeys(beside(target), data)
    if suffix == ".csv":
        made[beside(target)[1]] = packages.of_chart(about, target.name, data)
    return made


def spec_of(chart: object, variant: str | None = None) -> Spec:
    """Return a chart’s specification with our theme, or the user’s own, and with all its rows."""
    sizes.check(variant)
    if not isinstance(chart, alt.TopLevelMixin):
        kind = type(chart).__name__
        raise ExploreError(f"{kind}: is no Altair chart; give one, such as explore.charts.arrests()")
    alt.data_transformers.register("explore-export", values_of)
    with _ALONE:
        name = "explore" if alt.theme.active == "default" else alt.theme.active
        name = "explore-dark" if variant == "dark" else name
        with alt.theme.enable(name), alt.data_transformers.enable("explore-export"):
            # Vega-Lite finds what is wrong as well, and checking the schema takes as long as drawing.
            try:
                spec: Spec = chart.to_dict(validate=False, context={"pre_transform": False})
            except (ValueError, TypeError) as error:
                raise ExploreError(f"the chart cannot be drawn: {' '.join(str(error).split())}") from error
    marks = [view["mark"] for view in views(spec) if "mark" in view]
    if any((mark["type"] if isinstance(mark, dict) else mark) == "image" for mark in marks):
        pictures.drawn(spec)  # refuses a picture that lies outside
    return spec


def _target(path: str | os.PathLike[str]) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise ExploreError(f"{path!r}: is no path; write one such as 'chart.png'")
    target = files.named(path)
    if target.suffix.lower() not in _WRITERS:
        fault = f"unknown suffix {target.suffix}" if target.suffix else "no suffix"
        raise ExploreError(f"{target}: {fault}; write one of {', '.join(SUFFIXES)}")
    return target


def beside(target: Path) -> list[Path]:
    """List the target and what is written with it."""
    table = target.suffix.lower() == ".csv"
    return [target, *([target.with_suffix(".datapackage.json")] if table else [])]


def _json(spec: Spec, about: Evidence) -> bytes:
    """Write the specification, with what the chart does not say itself filled in."""
    usermeta = {"embedOptions": {"downloadFileName": file_name(spec)}, **(spec.get("usermeta") or {})}
    usermeta["evidence"] = about.packed()
    whole = {**spec, "description": about.alt, "usermeta": usermeta}
    return f"{json.dumps(whole, ensure_ascii=False, indent=2, default=str)}\n".encode(errors="replace")
