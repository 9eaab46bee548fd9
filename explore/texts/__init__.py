"""Texts: the words of any file, where quotes stand in them, and whether a register accounts for their numbers."""

from explore.texts.formats import Text, read_text
from explore.texts.scans import GIVEN, Scan, resolve, scan, scan_of
from explore.texts.spans import check, locate, text_path

__all__ = [
    "GIVEN",
    "Scan",
    "Text",
    "check",
    "locate",
    "read_text",
    "resolve",
    "scan",
    "scan_of",
    "text_path",
]
