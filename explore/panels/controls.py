"""Input fields that have a name, an explanation and room for both; words that are shown, never run."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets  # type: ignore[import-untyped]
import pandas as pd

from explore.wording import when

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_STYLE = {"description_width": "initial"}
_WHOLE = "calc(100% - 6px)"


def slider(
    name: str, tip: str, value: float, ends: tuple[float, float], step: float
) -> widgets.FloatSlider | widgets.IntSlider:
    """Make a slider with its label before it and its value behind it; whole numbers stay whole."""
    kind = widgets.IntSlider if isinstance(value, int) else widgets.FloatSlider
    decimals = len(str(step).partition(".")[2])
    form = "d" if isinstance(value, int) else f".{decimals}f"
    return kind(
        value=value, min=ends[0], max=ends[1], step=step, description=name, tooltip=tip, readout_format=form,
        style=_STYLE, layout=widgets.Layout(width="460px", max_width="100%"),
    )  # fmt: skip


def choice(
    name: str, options: Sequence[tuple[str, Any]], tip: str, width: str = "auto", value: object = None
) -> widgets.Dropdown:
    """Make a list to choose one of; the first, or the one with this value, is chosen."""
    given = {} if value is None else {"value": value}
    return widgets.Dropdown(
        options=list(options), description=name, tooltip=tip, style=_STYLE,
        layout=widgets.Layout(width=width, max_width="100%"), **given,
    )  # fmt: skip


def listing(name: str, options: Sequence[tuple[str, Any]], tip: str) -> widgets.Select:
    """Make a list that shows several lines; the first is chosen."""
    return widgets.Select(
        options=list(options), index=0 if options else None, rows=9, description=name, tooltip=tip, style=_STYLE,
        layout=widgets.Layout(width=_WHOLE),
    )  # fmt: skip


def offer(box: widgets.Dropdown | widgets.Select, options: Sequence[tuple[str, Any]], value: object) -> None:
    """Put other options into a list, and choose one of them, in one message; the first where it is not there."""
    values = [one for _, one in options]
    with box.hold_sync():
        if list(box.options) != list(options):
            box.options = list(options)
        box.value = value if value in values else values[0] if values else None


def tick(name: str, tip: str, value: bool = False) -> widgets.Checkbox:  # noqa: FBT001, FBT002  # what a box holds
    """Make a box to tick."""
    return widgets.Checkbox(
        value=value, description=name, tooltip=tip, indent=False, style=_STYLE, layout=widgets.Layout(width="auto")
    )


def field(name: str, tip: str, value: str = "", hint: str = "") -> widgets.Text:
    """Make a field to write in."""
    return widgets.Text(
        value=value, description=name, tooltip=tip, placeholder=hint, style=_STYLE,
        layout=widgets.Layout(width="300px", max_width="100%"),
    )  # fmt: skip


def button(name: str, tip: str, act: Callable[[], object], *, main: bool = False) -> widgets.Button:
    """Make a button that does one thing."""
    made = widgets.Button(
        description=name,
        tooltip=tip,
        button_style="primary" if main else "",
        layout=widgets.Layout(width="auto"),
    )
    made.on_click(lambda _: act())
    return made


def row(*parts: widgets.Widget, close: bool = False) -> widgets.HBox:
    """Set input fields side by side, in as many lines as the page needs; `close` where they are one."""
    made = widgets.HBox(list(parts))
    made.add_class("explore-close" if close else "explore-controls")
    return made


def safe(words: object) -> str:
    """Escape words, so that markup in them is seen and not run.

    >>> safe("<b>42%</b>")
    '&lt;b&gt;42%&lt;/b&gt;'
    """
    return html.escape(str(words))


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Set out names and what stands under them, one a line; what is missing is left out.

    >>> facts([("where", "Los Angeles"), ("when", None)])
    '<dl><dt>where</dt><dd>Los Angeles</dd></dl>'
    """
    told = [(name, safe(words).replace("\n", "<br>")) for name, words in pairs if words]
    return f"<dl>{''.join(f'<dt>{safe(name)}</dt><dd>{words}</dd>' for name, words in told)}</dl>"


def labels(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Offer statistics under what they say, what they count, where and when; ids tell the same ones apart."""
    made = []
    for one in frame.to_dict("records"):
        parts = [str(one[name]) for name in ("said", "measure", "group", "place") if pd.notna(one[name])]
        parts += [when(one["period"])] if pd.notna(one["period"]) else []
        made.append((f"{' · '.join(parts)}  [{one['id']}]", str(one["id"])))
    return made
