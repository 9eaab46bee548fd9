"""What the tests of panels share: the words a chart draws, and the code of a panel held to its view."""

from __future__ import annotations

import html
import html.parser
import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import vl_convert

import explore

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

    from explore.panels.panel import Panel


MAKERS: dict[str, Callable[[], Panel]] = {
    "browse": explore.panels.browse,
    "compare": explore.panels.compare,
    "christchurch": explore.panels.christchurch,
    "sample_size": explore.panels.sample_size,
    "export": lambda: explore.panels.export(explore.charts.christchurch()),
}


def svg_texts(chart: alt.LayerChart) -> list[str]:
    """Give every text that a chart draws."""
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version="5.8")
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    return [html.unescape(re.sub(r"<[^>]+>", " ", text)).strip() for text in texts]


def run(code: str, **given: object) -> tuple[Any, dict[str, Any]]:
    """Run what a panel gives as code, as a cell would; give what the cell shows, and its names."""
    names: dict[str, Any] = {"explore": explore, **given}
    *lines, last = code.splitlines()
    exec("\n".join(lines), names)  # noqa: S102  # our own code
    return eval(last, names), names


def assert_reads_back(panel: Panel, **given: object) -> None:
    """Hold a panel's code to its view: the same chart, and the same rows where they are named."""
    shown, names = run(panel.code(), **given)
    assert shown.to_dict() == panel.chart().to_dict()
    if "rows" in names:
        pd.testing.assert_frame_equal(names["rows"], panel.frame())
