"""Explore statistics stated in documents: tidy tables, charts, and the words they came from.

Names are loaded when they are first used, so that `import explore` costs and changes nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explore import charts, panels
    from explore.article.tables import arrests, christchurch, reporting, solicitation
    from explore.claims import findings
    from explore.comparison import compare
    from explore.display import setup
    from explore.drafts import check
    from explore.exports import export
    from explore.tables import documents, statistics
    from explore.texts import scan
    from explore.verdicts import audit

_HOME = {
    "setup": "display",
    "documents": "tables",
    "statistics": "tables",
    "solicitation": "article.tables",
    "arrests": "article.tables",
    "reporting": "article.tables",
    "christchurch": "article.tables",
    "scan": "texts",
    "compare": "comparison",
    "audit": "verdicts",
    "findings": "claims",
    "check": "drafts",
    "export": "exports",
}
_MODULES = ("charts", "panels")

__all__ = [
    "arrests",
    "audit",
    "charts",
    "check",
    "christchurch",
    "compare",
    "documents",
    "export",
    "findings",
    "panels",
    "reporting",
    "scan",
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
