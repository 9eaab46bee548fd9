"""Writing what is shown to a file: format, size and file name, and the way to the file."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets  # type: ignore[import-untyped]

from explore import files
from explore.charts.figure import SOURCE
from explore.panels.controls import button, choice, field, row, safe, slider, tick
from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import altair as alt

FOLDER = Path("exports")
FORMATS = {
    ".png": "PNG, a picture for any page",
    ".svg": "SVG, a picture of any size",
    ".pdf": "PDF, for printing",
    ".html": "HTML, one page that works offline, sliders too",
    ".xlsx": "XLSX, the rows behind the chart, for Excel",
    ".csv": "CSV, the rows behind the chart",
    ".json": "JSON, the Vega-Lite specification",
}


class Writer:
    """Fields that say how to write a chart, a button that writes it, and what came of it (`said`, HTML).

    `chart` gives what is shown when it is asked; `controls` are format, scale (pixels of a PNG for each
    on the screen), name (the chart’s own where it is empty) and replace.
    """

    def __init__(self, chart: Callable[[], alt.TopLevelMixin], name: str = "") -> None:
        self._chart = chart
        suffix = choice("Format", [(words, end) for end, words in FORMATS.items()], "What kind of file to write")
        scale = slider("Size of a PNG", "Pixels of a PNG for each pixel on the screen", 2, (1, 4), 1)
        called = field("File name", "The name of the file, without its ending", name, "the chart’s own name")
        replace = tick("replace a file of this name", "Write over a file that is already there")
        self.controls: dict[str, Any] = {"format": suffix, "scale": scale, "name": called, "replace": replace}
        self.button = button("Write the file", "Write the chart to the folder exports", self.write, main=True)
        self.said = widgets.HTML()
        for name_, part in (("explore-card", self.said), ("explore-status", self.said)):
            part.add_class(name_)
        self.box = widgets.VBox([row(suffix, called, scale), row(replace, self.button), self.said])
        for control in self.controls.values():
            control.observe(self.forget, "value")

    def folded(self) -> widgets.VBox:
        """Return the fields behind a button that shows them."""
        fold = widgets.ToggleButton(
            description="Export this view", tooltip="Show or hide the fields that write what is shown to a file"
        )

        def show(_: object = None) -> None:
            self.box.layout.display = "" if fold.value else "none"

        show()
        fold.observe(show, "value")
        return widgets.VBox([fold, self.box])

    def forget(self, _: object = None) -> None:
        """Take back what was said of a file, since what would be written now is another."""
        self.said.value = ""
        self.controls["scale"].layout.visibility = "visible" if self.controls["format"].value == ".png" else "hidden"

    def target(self) -> Path:
        """Return the path of the file that would be written."""
        called = self.controls["name"].value.strip() or name_of(self._chart())
        return FOLDER / f"{called}{self.controls['format'].value}"

    def code(self) -> str:
        """Give the Python that writes the same file."""
        path, given = self.target(), ""
        given += f", scale={self.controls['scale'].value}" if path.suffix == ".png" else ""
        given += ", overwrite=True" if self.controls["replace"].value else ""
        return f"explore.export(chart, {path.as_posix()!r}{given})"

    def write(self) -> None:
        """Write the file, and say what was done, with a link that downloads it."""
        try:
            self.said.value = self._written(self.target())
        except ExploreError as error:
            self.said.value = f"<p>Not written. {safe(error)}</p>"

    def _written(self, path: Path) -> str:
        if path.parent != FOLDER or path.name.startswith("."):
            raise ExploreError(f'{path.name}: write a plain file name, without "/" and without a dot at its start')
        replace = self.controls["replace"]
        if "\0" not in path.name and path.exists() and not replace.value:
            raise ExploreError(f"{path.as_posix()} is there already; tick “{replace.description}”")
        files.make_folder(path.parent)
        from explore.exports import export  # noqa: PLC0415  # what nobody writes needs no library for it

        export(self._chart(), path, scale=self.controls["scale"].value, overwrite=replace.value)
        content = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        size = f"{len(content) / 1000:,.0f} kB"
        data = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        link = f'<a download="{safe(path.name)}" href="{data}">{safe(f"Download {path.name} ({size})")}</a>'
        return f"<p>Written: {safe(path.as_posix())}, in the folder {safe(Path.cwd().name)}.</p><p>{link}</p>"


def name_of(chart: alt.TopLevelMixin) -> str:
    """Take the chart’s own file name, with nothing in it that a folder’s name could hold."""
    from explore.exports.chart import spec_of  # noqa: PLC0415  # likewise

    named = [str(row["file"]) for row in _rows(spec_of(chart)) if SOURCE in row and "file" in row]
    return re.sub(r"[^\w-]+", "-", named[0] if named else "chart").strip("-") or "chart"


def _rows(part: object) -> Iterator[dict[str, Any]]:
    """Yield every row of data in a specification, however its charts are put together."""
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _rows(inner)
    if isinstance(part, dict):
        yield part
