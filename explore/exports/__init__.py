"""Exports: files that carry their own evidence."""

from explore.exports.chart import SUFFIXES, export
from explore.exports.folder import export_all

__all__ = ["SUFFIXES", "export", "export_all"]
