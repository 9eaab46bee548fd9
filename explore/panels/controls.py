"""Input fields that have a name, an explanation and room for both; words that are shown, never run."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ipywidgets as widgets  # type: ignore[import-untyped]
import pandas as pd
from markupsafe import escape

from explore.wording import when

WHOLE = "calc(100% - 6px)"  # the width of a panel, less the line round a field


def control(kind: type[widgets.Widget], name: str, tip: str, width: str = "auto", **traits: object) -> Any:  # noqa: ANN401
    """Make an input field with its label, and its explanation for whoever rests on it or hears the page."""
    layout = widgets.Layout(width=width, max_width="100%")
    return kind(description=name, tooltip=tip, style={"description_width": "initial"}, layout=layout, **traits)


def slider(name: str, tip: str, value: float, ends: tuple[float, float], step: float) -> Any:  # noqa: ANN401
    """Make a slider with its label before it and its value behind it; whole numbers stay whole."""
    whole = isinstance(value, int)
    form = "d" if whole else f".{len(str(step).partition('.')[2])}f"
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    return control(kind, name, tip, "460px", value=value, min=ends[0], max=ends[1], step=step, readout_format=form)


def button(name: str, tip: str, act: Callable[[], object], style: str = "") -> widgets.Button:
    """Make a button that does one thing."""
    made = widgets.Button(description=name, tooltip=tip, button_style=style, layout=widgets.Layout(width="auto"))
    made.on_click(lambda _: act())
    return made


def row(*parts: widgets.Widget, close: bool = False) -> widgets.HBox:
    """Set input fields side by side, in as many lines as the page needs; `close` where they are one."""
    made = widgets.HBox(list(parts))
    made.add_class("explore-close" if close else "explore-controls")
    return made


def offer(box: widgets.Widget, options: Sequence[tuple[str, Any]], value: object) -> None:
    """Put other options into a list, and choose one of them, in one message; the first where it is not there."""
    values = [one for _, one in options]
    with box.hold_sync():
        if list(box.options) != list(options):
            box.options = list(options)
        box.value = value if value in values else values[0] if values else None


def safe(words: object) -> str:
    """Escape words, so that markup in them is seen and not run.

    >>> safe("<b>42%</b>")
    '&lt;b&gt;42%&lt;/b&gt;'
    """
    return str(escape(str(words)))


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Set out names and what stands under them, escaped, one a line; what is missing is left out.

    >>> facts([("where", "Los Angeles"), ("when", None)])
    '<dl><dt>where</dt><dd>Los Angeles</dd></dl>'
    """
    told = [f"<dt>{safe(name)}</dt><dd>{safe(words)}</dd>" for name, words in pairs if words]
    return f"<dl>{''.join(told)}</dl>".replace("\n", "<br>")


def labels(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Offer statistics under what they say, what they count, of whom, where and when; ids tell the same ones apart."""
    made = []
    for one in frame.to_dict("records"):
        parts = [str(one[name]) for name in ("said", "measure", "population", "group", "place") if pd.notna(one[name])]
        parts += [when(one["period"])] if pd.notna(one["period"]) else []
        made.append((f"{' · '.join(parts)}  [{one['id']}]", str(one["id"])))
    return made
