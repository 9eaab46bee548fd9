"""Panels: move things and see. Each shows a chart, says what changed, and reads back as Python."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from explore.panels.browser import browse, search
from explore.panels.comparison import compare
from explore.panels.exports import export
from explore.panels.samples import sample_size

if TYPE_CHECKING:
    from explore.article.panel import christchurch

_ARTICLE = {"christchurch": "explore.article.panel"}

__all__ = ["browse", "christchurch", "compare", "export", "sample_size", "search"]


def __getattr__(name: str) -> object:
    if name in _ARTICLE:
        return getattr(import_module(_ARTICLE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
