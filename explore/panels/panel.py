"""What every panel is: controls, a sentence and a chart that move together."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import ipywidgets as widgets  # type: ignore[import-untyped]

from explore.panels.controls import row, sides
from explore.panels.live import Live, specification
from explore.rendering import render
from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import altair as alt
    import pandas as pd

VIEW = "application/vnd.jupyter.widget-view+json"


class View(NamedTuple):
    """What a panel shows with its controls as they stand.

    `moves` holds the parameters of its live chart. Where it is empty the chart is drawn anew whenever
    `picture`, its name, is another. `code` is Python that shows the same without a panel; `frame` and
    `chart` are made when they are asked for; there is no chart where nothing is left to draw.
    """

    sentence: str
    moves: dict[str, object]
    code: str
    frame: Callable[[], pd.DataFrame]
    chart: Callable[[], alt.TopLevelMixin] | None
    picture: str = ""


class Panel(widgets.VBox):  # type: ignore[misc]
    """Controls, a sentence and a chart in a notebook; what is shown can be read back as Python.

    `controls` holds the input fields under their names: setting `.value` does what a hand would do.
    `parts` holds what else a panel has, such as its card or its button.
    A notebook keeps the chart of a panel beside it, live and as a picture, so that it shows something
    before anything is run.
    """

    def __init__(
        self,
        controls: dict[str, Any],
        look: Callable[[], View],
        *,
        above: Sequence[widgets.Widget] = (),
        beside: widgets.Widget | None = None,
        below: Sequence[widgets.Widget] = (),
        parts: dict[str, Any] | None = None,
    ) -> None:
        self.controls = controls
        self.parts = parts or {}
        self._look = look
        view = look()
        self._picture = view.picture
        self._held = False
        self.live = Live(view.chart() if view.chart else None, view.moves, view.sentence)
        self.live.add_class("explore-live")
        middle = sides(beside, self.live) if beside else self.live
        super().__init__([*(above or [row(*controls.values())]), middle, *below])
        self.add_class("explore-panel")
        for control in controls.values():
            control.observe(self._moved, "value")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Change several controls, and show nothing in between."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def _moved(self, _: object) -> None:
        if self._held:
            return
        view = self._look()
        with self.live.hold_sync():
            self.live.sentence = view.sentence
            self.live.moves = view.moves
            if view.picture != self._picture:
                self._picture = view.picture
                self.live.draw(view.chart() if view.chart else None)

    @property
    def sentence(self) -> str:
        """What the panel shows, in one sentence."""
        return self._look().sentence

    def frame(self) -> pd.DataFrame:
        """Give the rows that are shown."""
        return self._look().frame()

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
        data, metadata = render(specification(view.chart())) if view.chart else ({}, {})
        shown = super()._repr_mimebundle_(**given) or {}
        return {**data, "text/plain": view.sentence, VIEW: shown[VIEW]}, metadata
