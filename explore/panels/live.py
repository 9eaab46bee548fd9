"""A live chart: drawn once in the notebook, moved by its parameters, with the words that go with it."""

from pathlib import Path
from typing import Any

import altair as alt
import anywidget
import traitlets

from explore.exports.chart import spec_of

_HERE = Path(__file__).parent


class Live(anywidget.AnyWidget):
    """A chart with its sentence and its card; setting `moves` moves the chart, without drawing it anew.

    What is set together is shown together: the page changes the words when the chart is drawn.
    Altair’s JupyterChart lets the browser overrule a parameter that was set before it was shown, and
    answers every move. This one only listens, so what Python holds is what is seen.
    Its script holds Vega and all it needs, so that nothing is loaded from the web. It is shipped as it
    was bundled from `live.js`: bundling takes longer than all else that a first panel does.
    """

    _esm = _HERE / "live.bundle.js"
    _css = _HERE / "live.css"
    spec = traitlets.Dict().tag(sync=True)
    moves = traitlets.Dict().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    card = traitlets.Unicode().tag(sync=True)  # HTML: whatever comes from a document has gone through `safe`
    options = traitlets.Dict({"actions": False, "renderer": "svg"}).tag(sync=True)


def without_inputs(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return a chart’s specification, its parameters without their input fields: a panel has its own."""
    spec = spec_of(chart)
    for one in spec.get("params", []):
        if isinstance(one.get("bind"), dict):  # else a legend that picks
            del one["bind"]
    return spec
