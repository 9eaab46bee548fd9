"""The charts, one function a topic: each takes an optional frame and returns a plain Altair chart."""

from explore.charts.audits import audit
from explore.charts.counts import christchurch, national
from explore.charts.dates import timeline
from explore.charts.pairs import comparison, neighbours
from explore.charts.samples import sample_size
from explore.charts.series import germany, sweeps
from explore.charts.shares import arrests, reporting, solicitation, sources

__all__ = [
    "arrests",
    "audit",
    "christchurch",
    "comparison",
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
