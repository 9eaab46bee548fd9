"""Exporting as a panel: a chart, and the fields that write it to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explore.panels.panel import Panel, View
from explore.panels.writer import FORMATS, Writer, name_of

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


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
    writer = Writer(lambda: chart, name_of(chart))

    def rows() -> pd.DataFrame:
        from explore.exports import chart as one, evidence  # noqa: PLC0415  # what nobody writes needs no library

        return evidence.data(one.spec_of(chart))

    def look() -> View:
        path = writer.target()
        sentence = f"The file is to be {path.as_posix()}: {FORMATS[path.suffix]}."
        return View(sentence, writer.code(), rows, lambda: chart)

    return Panel(writer.controls, look, above=[writer.box], writer=writer)
