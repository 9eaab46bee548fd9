"""What every panel is: controls, and a sentence, a card and a chart that change together."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import altair as alt
import ipywidgets as widgets  # type: ignore[import-untyped]
import pandas as pd

from explore.exports.chart import spec_of
from explore.panels.controls import row
from explore.panels.live import Live, without_inputs
from explore.rendering import render
from explore.terms import ExploreError

VIEW = "application/vnd.jupyter.widget-view+json"


class View(NamedTuple):
    """What a panel shows with its controls as they stand.

    `code` is Python that makes the same chart without a panel; `frame` and `chart` are made when they
    are asked for; there is no chart where nothing is left to draw. `moves` holds the parameters of a
    live chart; another chart is drawn only when `picture`, its name, is another. `card` is HTML.
    """

    sentence: str
    code: str
    frame: Callable[[], pd.DataFrame]
    chart: Callable[[], alt.TopLevelMixin] | None
    moves: dict[str, object] = {}  # noqa: RUF012  # a named tuple’s field, never changed
    picture: str = ""
    card: str = ""


def call(function: str, *values: object, frame: pd.DataFrame | None = None, **named: object) -> str:
    """Write a call as Python; rows that a panel was given are called `frame` in it.

    >>> call("explore.charts.neighbours", "a/b", seeds=None)
    "explore.charts.neighbours('a/b')"
    """
    given = {name: str(value) if isinstance(value, Path) else value for name, value in named.items()}
    parts = [*map(repr, values), *([] if frame is None else ["frame"])]
    parts += [f"{name}={value!r}" for name, value in given.items() if value not in (None, "", ())]
    note = "" if frame is None else "  # frame: the rows that the panel was given"
    return f"{function}({', '.join(parts)}){note}"


class Panel(widgets.VBox):  # type: ignore[misc]
    """Controls, a sentence and a chart in a notebook; what is shown can be read back as Python.

    `controls` holds the input fields under their names: setting `.value` does what a hand would do, and
    `set` sets several at once. `writer` exports what is shown.
    A notebook keeps the chart of a panel beside it, live and as a picture, so that it shows something
    before anything is run.
    """

    def __init__(
        self,
        controls: dict[str, Any],
        look: Callable[[], View],
        *,
        above: Sequence[widgets.Widget] = (),
        arrange: Callable[[], None] | None = None,
    ) -> None:
        self.controls = controls
        self.live = Live()
        self.live.add_class("explore-live")
        self._look, self._arrange = look, arrange
        self._held = False
        self._picture: str | None = None
        self._show()
        super().__init__([*(above or [row(*controls.values())]), self.live])
        self.add_class("explore-panel")
        for control in controls.values():
            control.observe(self._show, "value")

    def set(self, **values: object) -> None:
        """Set several controls by their names, and show what they come to once."""
        with self._holding():
            for name, value in values.items():
                self.controls[name].value = value
        self._show()

    @contextmanager
    def _holding(self) -> Iterator[None]:
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def _show(self, _: object = None) -> None:
        """Fit the controls to each other, then change sentence, card and chart in one message."""
        if self._held:
            return
        if self._arrange:
            with self._holding():
                self._arrange()
        view = self._look()
        with self.live.hold_sync():
            self.live.sentence, self.live.card, self.live.moves = view.sentence, view.card, view.moves
            if view.picture != self._picture:
                self._picture = view.picture
                self.live.spec = without_inputs(view.chart()) if view.chart else {}

    @property
    def sentence(self) -> str:
        """What the panel shows, in a sentence or two."""
        return self._look().sentence

    def frame(self) -> pd.DataFrame:
        """Give the rows that are shown, as a table of one’s own."""
        return self._look().frame().copy()

    def code(self) -> str:
        """Give the Python that makes the same view without a panel."""
        return self._look().code

    def chart(self) -> alt.TopLevelMixin:
        """Give what is shown as a chart of its own; raise `ExploreError` where nothing is left to draw."""
        view = self._look()
        if view.chart is None:
            raise ExploreError(f"{view.sentence} So there is no chart.")
        return view.chart()

    def _repr_mimebundle_(self, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        """Give the panel, and for where no panel can be: its chart, a picture of it, one sentence."""
        view = self._look()
        data, metadata = render(spec_of(view.chart())) if view.chart else ({}, {})
        shown = super()._repr_mimebundle_(**given) or {}
        return {**data, "text/plain": view.sentence, VIEW: shown[VIEW]}, metadata
