"""Exporting: a chart of its own as a panel, and a fold under every other panel that writes what it shows."""

import base64
import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import altair as alt
import ipywidgets as widgets  # type: ignore[import-untyped]

from explore import exports, files
from explore.exports import evidence
from explore.exports.chart import spec_of
from explore.exports.sizes import PICTURES, SIZES, VARIANTS
from explore.panels.controls import button, control, row, safe, slider
from explore.panels.panel import Panel, View
from explore.rendering import file_name
from explore.terms import ExploreError, FileExists
from explore.wording import listed

FOLDER = Path("exports")
FORMATS = {
    ".png": "PNG, a picture for any page",
    ".svg": "SVG, a picture of any size",
    ".pdf": "PDF, for printing",
    ".html": "HTML, one page that works offline, sliders too",
    ".xlsx": "XLSX, the rows behind the chart, for Excel",
    ".csv": "CSV, the rows behind the chart",
    ".zip": "ZIP, all of it with citation and the code that embeds it",
    ".json": "JSON, the Vega-Lite specification",
}


def export(chart: alt.TopLevelMixin) -> Panel:
    """Write a chart to a file in `exports/`, in a format of your choice, and offer it for download.

    Args:
        chart: a chart of `explore.charts`, or any Altair chart; its own sliders and lists become those of the
            panel, and what is written is what they are set to.

    Returns:
        A panel whose `controls` are format, name, size, variant, scale (of a PNG), replace, and the chart’s own.

    >>> import explore
    >>> panel = explore.panels.export(explore.charts.christchurch())
    >>> panel.set(growth=5.0)
    >>> panel.code()
    "explore.export(explore.panels.exports.moved(chart, growth=5.0), 'exports/explore-christchurch.png', scale=2)"
    """
    spec = spec_of(chart)
    inputs = {one["name"]: made for one in spec.get("params", []) if (made := _input(one))}
    fixed = [one["name"] for one in spec.get("params", []) if isinstance(one.get("bind"), dict)]
    fixed = [name for name in fixed if name not in inputs]
    starts = {one["name"]: one.get("value") for one in spec.get("params", [])}

    def moves() -> dict[str, Any]:
        return {name: each.value for name, each in inputs.items() if each.value != starts[name]}

    def code() -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in moves().items())
        return f"explore.panels.exports.moved(chart, {given})" if given else "chart"

    writer = Writer(lambda: moved(chart, **moves()), file_name(spec), code)

    def look() -> View:
        path = writer.target()
        sentence = f"The file is to be {path.as_posix()}: {FORMATS[path.suffix]}."
        sentence += f" Written as at the start: {listed(fixed)}, for which there is no field here." if fixed else ""
        now = moved(chart, **moves())
        shown = {name: each.value for name, each in inputs.items()}
        return View(sentence, writer.code(), lambda: evidence.data(spec_of(now)), lambda: now, shown)

    own = {f"chart_{name}" if name in writer.controls else name: each for name, each in inputs.items()}
    panel = Panel({**writer.controls, **own}, look, above=[*([row(*own.values())] if own else []), writer.box])
    panel.writer = writer
    return panel


def moved(chart: alt.TopLevelMixin, **values: object) -> alt.TopLevelMixin:
    """Return a copy of a chart whose sliders and lists start at other values.

    >>> import explore
    >>> moved(explore.charts.christchurch(), growth=5.0).to_dict()["params"][0]["value"]
    5.0
    """
    made: Any = cast("alt.LayerChart", chart).copy(deep=True)
    for one in made.params if values else ():
        one.value = values.get(one.name, one.value)
    return cast("alt.TopLevelMixin", made)


def _input(parameter: dict[str, Any]) -> Any:  # noqa: ANN401  # any input field
    """Make the input field of a chart’s parameter anew; None where it has none, or one of another kind."""
    bind, value = parameter.get("bind"), parameter.get("value")
    if not isinstance(bind, dict) or value is None:
        return None
    label, tip = str(bind.get("name") or parameter["name"]).strip(), "A field of the chart, written as it is set"
    if bind["input"] == "range":
        step = bind.get("step", 1)
        start = value if isinstance(step, int) else float(value)
        return slider(label, tip, start, (bind.get("min", 0), bind.get("max", 100)), step)
    if bind["input"] == "checkbox":
        return control(widgets.Checkbox, label, tip, value=value, indent=False)
    if value in bind.get("options", []):
        options = list(zip(bind.get("labels") or map(str, bind["options"]), bind["options"], strict=True))
        return control(widgets.Dropdown, label, tip, options=options, value=value)
    return None


def exportable(panel: Panel) -> Panel:
    """Put the fields that write what a panel shows under it, behind a button."""
    panel.writer = writer = Writer(panel.chart)
    tip = "Show or hide the fields that write what is shown to a file"
    fold = control(widgets.ToggleButton, "Export this view", tip)
    fold.layout.align_self = "flex-start"
    writer.box.layout.display = "none"
    fold.observe(lambda _: setattr(writer.box.layout, "display", "" if fold.value else "none"), "value")
    panel.live.observe(writer.forget, ["sentence", "spec", "moves"])
    panel.children = [*panel.children, fold, writer.box]
    return panel


def _words(options: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(f"{name}: {words}", name) for name, words in options.items()]


class Writer:
    """Fields that say how to write a chart, a button that writes it, and what came of it (`said`, HTML).

    `chart` gives what is shown when it is asked, and `of` the Python that makes it; an empty name is the chart’s own.
    """

    def __init__(
        self, chart: Callable[[], alt.TopLevelMixin], name: str = "", of: Callable[[], str] = lambda: "chart"
    ) -> None:
        self._chart, self._of = chart, of
        formats = [(words, suffix) for suffix, words in FORMATS.items()]
        self.controls: dict[str, Any] = {
            "format": control(widgets.Dropdown, "Format", "What kind of file to write", options=formats),
            "name": control(
                widgets.Text, "File name", "The name of the file, without its ending", "300px",
                value=name, placeholder="the chart’s own name",
            ),
            "size": control(
                widgets.Dropdown, "Size", "How large a picture is", options=[("as on the screen", ""), *_words(SIZES)]
            ),
            "variant": control(
                widgets.Dropdown, "Variant", "How the chart looks", options=[("as it is", ""), *_words(VARIANTS)]
            ),
            "scale": slider("Size of a PNG", "Pixels of a PNG for each pixel on the screen", 2, (1, 4), 1),
            "replace": control(
                widgets.Checkbox, "replace a file of this name", "Write over a file that is there", indent=False
            ),
        }  # fmt: skip
        self.button = button("Write the file", "Write the chart to the folder exports", self.write, "primary")
        self.said = widgets.HTML().add_class("explore-card").add_class("explore-status")
        *first, replace = self.controls.values()
        self.box = widgets.VBox([row(*first), row(replace, self.button), self.said])
        for each in self.controls.values():
            each.observe(self.forget, "value")

    def forget(self, _: object) -> None:
        """Take back what was said of a file, since what would be written now is another."""
        self.said.value = ""
        suffix = self.controls["format"].value
        for name, shown in {"scale": suffix == ".png", "size": suffix in PICTURES}.items():
            self.controls[name].layout.visibility = "visible" if shown else "hidden"

    def _given(self) -> dict[str, Any]:
        """Give what the export is asked for beside its path."""
        suffix, set_to = self.controls["format"].value, {name: one.value for name, one in self.controls.items()}
        given = {"size": set_to["size"]} if suffix in PICTURES and set_to["size"] else {}
        given |= {"variant": set_to["variant"]} if set_to["variant"] else {}
        given |= {"scale": set_to["scale"]} if suffix == ".png" else {}
        return given | ({"overwrite": True} if set_to["replace"] else {})

    def target(self) -> Path:
        """Return the path of the file that would be written."""
        name = self.controls["name"].value.strip() or file_name(spec_of(self._chart()))
        return FOLDER / f"{name}{self.controls['format'].value}"

    def code(self) -> str:
        """Give the Python that writes the same file."""
        path = self.target()
        given = "".join(f", {name}={value!r}" for name, value in self._given().items())
        return f"explore.export({self._of()}, {path.as_posix()!r}{given})"

    def write(self) -> None:
        """Write the file, and say what was done, with a link that downloads it."""
        try:
            self.said.value = self._written(self.target())
        except FileExists as error:
            fix = f"tick “{self.controls['replace'].description}”"
            self.said.value = f"<p>Not written. {safe(error.message)}; {fix}.</p>"
        except ExploreError as error:
            self.said.value = f"<p>Not written. {safe(error)}</p>"

    def _written(self, path: Path) -> str:
        if path.parent != FOLDER or path.name.startswith("."):
            raise ExploreError(f'{path.name}: write a plain file name, without "/" and without a dot at its start')
        files.make_folder(path.parent)
        exports.export(self._chart(), path, **self._given())
        content = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        data = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        words = f"Download {path.name} ({len(content) / 1000:,.0f} kB)"
        link = f'<a download="{safe(path.name)}" href="{data}">{safe(words)}</a>'
        return f"<p>Written: {safe(path.as_posix())}, in the folder {safe(Path.cwd().name)}.</p><p>{link}</p>"
