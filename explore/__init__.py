"""Explore statistics stated in documents: tidy tables, charts, and the words they came from.

Names are loaded when they are first used, so that `import explore` costs and changes nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explore import charts
    from explore.display import setup
    from explore.tables import arrests, christchurch, documents, reporting, solicitation, statistics

_HOME = {
    "setup": "display",
    "documents": "tables",
    "statistics": "tables",
    "solicitation": "tables",
    "arrests": "tables",
    "reporting": "tables",
    "christchurch": "tables",
}
_MODULES = ("charts",)

__all__ = [
    "arrests",
    "charts",
    "christchurch",
    "documents",
    "reporting",
    "setup",
    "solicitation",
    "statistics",
]


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"explore.{name}")
    if name in _HOME:
        return getattr(import_module(f"explore.{_HOME[name]}"), name)
    message = f"module 'explore' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
