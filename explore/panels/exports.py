"""Exporting as a panel: a chart, and the fields that write it to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explore.exports import evidence
from explore.exports.chart import spec_of
from explore.panels.panel import Panel, View
from explore.panels.writer import FORMATS, Writer, name_of

if TYPE_CHECKING:
    import altair as alt


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
    spec = spec_of(chart)
    writer = Writer(lambda: chart, name_of(spec))

    def look() -> View:
        path = writer.target()
        sentence = f"The file is to be {path.as_posix()}: {FORMATS[path.suffix]}."
        return View(sentence, writer.code(), lambda: evidence.data(spec), lambda: chart)

    return Panel(writer.controls, look, above=[writer.box], writer=writer)
