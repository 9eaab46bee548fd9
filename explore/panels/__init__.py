"""Panels: move things and see. Each shows a chart, says what changed, and reads back as Python."""

from explore.panels.browser import browse
from explore.panels.comparison import compare
from explore.panels.counts import christchurch
from explore.panels.exports import export
from explore.panels.samples import sample_size

__all__ = ["browse", "christchurch", "compare", "export", "sample_size"]
