"""Texts: where words stand in them, and whether a register accounts for their numbers."""

from explore.texts.scans import Scan, resolve, scan, scan_of, web_annotations
from explore.texts.spans import check, locate, read_text, text_path

__all__ = [
    "Scan",
    "check",
    "locate",
    "read_text",
    "resolve",
    "scan",
    "scan_of",
    "text_path",
    "web_annotations",
]
