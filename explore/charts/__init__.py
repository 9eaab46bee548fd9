"""The charts: `draw` for any rows, one function a topic or question, each a plain Altair chart."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from explore.charts.audits import audit
from explore.charts.draw import draw
from explore.charts.pairs import comparison, neighbours, sources
from explore.charts.samples import sample_size

if TYPE_CHECKING:
    from explore.article.charts import arrests, germany, national, reporting, solicitation, sweeps, timeline
    from explore.article.whatif import christchurch

_ARTICLE = dict.fromkeys(
    ("arrests", "germany", "national", "reporting", "solicitation", "sweeps", "timeline"), "explore.article.charts"
) | {"christchurch": "explore.article.whatif"}

__all__ = [
    "arrests",
    "audit",
    "christchurch",
    "comparison",
    "draw",
    "germany",
    "national",
    "neighbours",
    "reporting",
    "sample_size",
    "solicitation",
    "sources",
    "sweeps",
    "timeline",
]


def __getattr__(name: str) -> object:
    if name in _ARTICLE:
        return getattr(import_module(_ARTICLE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
