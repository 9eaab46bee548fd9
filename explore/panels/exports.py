"""Exporting as a panel: format, size and file name, and the way to the file."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explore import exports, files
from explore.exports import evidence
from explore.panels.controls import button, card, choice, field, row, safe, slider, tick
from explore.panels.panel import Panel, View
from explore.terms import ExploreError

if TYPE_CHECKING:
    import altair as alt

FOLDER = Path("exports")
_CODE_SAYS = "pass overwrite=True to replace it"
FORMATS = {
    ".png": "PNG, a picture for any page",
    ".svg": "SVG, a picture of any size",
    ".pdf": "PDF, for printing",
    ".html": "HTML, one page that works offline, sliders too",
    ".xlsx": "XLSX, the rows behind the chart, for Excel",
    ".csv": "CSV, the rows behind the chart",
    ".json": "JSON, the Vega-Lite specification",
}


def export(chart: alt.TopLevelMixin) -> Panel:
    """Write a chart to a file in `exports/`, in a format of your choice, and offer it for download.

    Args:
        chart: a chart of `explore.charts`, or any Altair chart.

    Returns:
        A panel whose `controls` are format, scale (pixels of a PNG for each on the screen), name, replace.

    >>> import explore
    >>> panel = explore.panels.export(explore.charts.christchurch())
    >>> panel.code()
    "explore.export(chart, 'exports/explore-christchurch.png', scale=2)"
    """
    spec = exports.chart.spec_of(chart)
    suffix = choice("Format", [(words, name) for name, words in FORMATS.items()], "What kind of file to write")
    scale = slider("Size of a PNG", "Pixels of a PNG for each pixel on the screen", 2, (1, 4), 1)
    name = field("File name", "The name of the file, without its ending", _name(spec))
    replace = tick("replace a file of this name", "Write over a file that is already there")
    controls = {"format": suffix, "scale": scale, "name": name, "replace": replace}
    link = card()
    done: dict[str, str] = {}

    def target() -> Path:
        return FOLDER / f"{name.value.strip() or 'chart'}{suffix.value}"

    def look() -> View:
        scale.layout.visibility = "visible" if suffix.value == ".png" else "hidden"
        path, given = target(), _given(suffix.value, scale.value, replace=replace.value)
        return View(
            done.get(_key(controls), f"The file will be {path.as_posix()}."),
            {},
            f"explore.export(chart, {path.as_posix()!r}{given})",
            lambda: evidence.data(spec),
            lambda: chart,
        )

    def write() -> None:
        try:
            sentence, link.value = _write(chart, target(), scale.value, replace=replace.value)
        except ExploreError as error:
            sentence, link.value = f"Not written. {error}".replace(_CODE_SAYS, f"tick “{replace.description}”"), ""
        done.clear()
        done[_key(controls)] = sentence
        panel.live.sentence = sentence

    act = button("Write the file", "Write the chart to the folder exports", write, main=True)
    above = [row(suffix, name, scale), row(replace, act), link]
    panel = Panel(controls, look, above=above, parts={"write": act, "link": link})
    return panel


def _key(controls: dict[str, Any]) -> str:
    return str([control.value for control in controls.values()])


def _given(suffix: str, scale: int, *, replace: bool) -> str:
    return (f", scale={scale}" if suffix == ".png" else "") + (", overwrite=True" if replace else "")


def _name(spec: dict[str, Any]) -> str:
    """Take the chart’s own file name, with nothing in it that a folder’s name could hold."""
    options = (spec.get("usermeta") or {}).get("embedOptions") or {}
    return re.sub(r"[^\w-]+", "-", str(options.get("downloadFileName") or "chart")).strip("-") or "chart"


def _write(chart: alt.TopLevelMixin, path: Path, scale: int, *, replace: bool) -> tuple[str, str]:
    """Write the file; return what was done in words, and a link that downloads it."""
    if path.parent != FOLDER or path.name.startswith("."):
        raise ExploreError(f'{path.name}: write a plain file name, without "/" and without a dot at its start')
    files.make_folder(path.parent)
    exports.export(chart, path, scale=scale, overwrite=replace)
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    data = base64.b64encode(content).decode()
    size = f"{len(content) / 1000:,.0f} kB"
    label = safe(f"Download {path.name} ({size})")
    link = f'<a download="{safe(path.name)}" href="data:{kind};base64,{data}">{label}</a>'
    return f"Written: {path.as_posix()}, in the folder {Path.cwd().name}, {size}.", f"<p>{link}</p>"
