"""Exports."""
from explore.exports.chart import SUFFIXES, export
