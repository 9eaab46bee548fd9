"""How fast a panel answers when it holds very many rows."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

import speed

FILTER = """
import sys, explore
panel = explore.panels.browse(explore.statistics(*sys.argv[1:]))
_s = _t.perf_counter()
for words in ("people 1", "town 2012", "police", "solicited"):
    panel.controls["words"].value = words
"""


def browse() -> tuple[float, dict[str, float]]:
    """Compare four filters over 30,000 rows with the same over the shipped ones."""
    with tempfile.TemporaryDirectory() as folder:
        speed.registers(Path(folder), 1000)
        runs = [(speed.seconds(FILTER, folder), speed.seconds(FILTER)) for _ in range(3)]
    many, few = (statistics.median(side) for side in zip(*runs, strict=True))
    return many / few, {"milliseconds a filter": round(250 * many)}


BENCHES = {"browse": (5.0, browse)}
