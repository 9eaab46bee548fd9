"""A live chart: drawn once in the notebook, moved by its parameters, with the words that go with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import anywidget
import traitlets
import vl_convert

from explore.exports.chart import spec_of

_HERE = Path(__file__).parent


class Live(anywidget.AnyWidget):
    """A chart with its sentence and its card; setting `moves` moves the chart, without drawing it anew.

    What is set together is shown together: the page changes the words when the chart is drawn.
    Altair’s JupyterChart lets the browser overrule a parameter that was set before it was shown, and
    answers every move. This one only listens, so what Python holds is what is seen.
    """

    _css = _HERE / "live.css"
    spec = traitlets.Dict().tag(sync=True)
    moves = traitlets.Dict().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    card = traitlets.Unicode().tag(sync=True)  # HTML: whatever comes from a document has gone through `safe`
    options = traitlets.Dict({"actions": False, "renderer": "svg"}).tag(sync=True)

    def __init__(self) -> None:
        super().__init__(_esm=script())


@cache
def script() -> str:
    """Return the script with Vega and all it needs: nothing is loaded from the web."""
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return vl_convert.javascript_bundle((_HERE / "live.js").read_text("utf-8"), vl_version=version)


def without_inputs(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return a chart’s specification, its parameters without their input fields: a panel has its own."""
    spec = spec_of(chart)
    for one in spec.get("params", []):
        if isinstance(one.get("bind"), dict):  # else a legend that picks
            del one["bind"]
    return spec
