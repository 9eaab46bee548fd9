"""Reading drafts: the text of a file, its prose part by part, and back from a place in the prose to the file."""

from __future__ import annotations

import hashlib
import json
import re
from json.scanner import py_make_scanner  # type: ignore[attr-defined]  # the one that can be told how to read a text
from pathlib import Path
from typing import Any, NamedTuple

from explore.drafts.bindings import Prose
from explore.terms import ExploreError
from explore.texts.spans import read_text

_NAME = re.compile(r"[^\r\n<>|]{1,999}\.(?:md|markdown|txt|ipynb|docx|html?|png|svg|pdf|json|csv|xlsx)", re.IGNORECASE)
_HALVES = re.compile("[\ud800-\udfff]")  # of a character
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPED = re.compile(rf"{_PAIR}|\\u[0-9a-fA-F]{{4}}|\\.|[^\\]", re.DOTALL)


class Part(NamedTuple):
    """A text of its own: a whole file, or a Markdown cell; `pieces` say where in the file each line of a cell begins."""

    words: str
    prose: Prose
    cell: int | None = None
    pieces: tuple[tuple[int, int], ...] = ()


class Draft(NamedTuple):
    """A draft as read: its text in `codec`, none where nothing may be written, and its parts."""

    name: str
    path: Path | None
    text: str
    codec: str
    parts: list[Part]
    sha256: str = ""


class _Literal(str):
    """A text of a JSON file that knows where in the file it stands, quotation marks aside."""

    place: tuple[int, int]


def as_path(draft: Path | str) -> Path | None:
    """Tell a path from a text."""
    if isinstance(draft, Path):
        return draft
    if not isinstance(draft, str):
        raise ExploreError(f"{type(draft).__name__} is no draft; give the path of a file, or the text itself")
    return Path(draft) if _NAME.fullmatch(draft) else None


def read(draft: Path | str) -> Draft:
    """Read a draft: Markdown, a notebook’s Markdown cells, plain text; of Word and HTML the words alone."""
    path = as_path(draft)
    if path is None:
        return Draft("text", None, str(draft), "", [_part(str(draft))])
    suffix = path.suffix.lower()
    if suffix in {".docx", ".html", ".htm"}:
        return Draft(path.name, path, "", "", [_part(read_text(path).words, plain=True)])
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ExploreError(f"{path}: cannot be read: {error.strerror}") from None
    text, codec = _decoded(path.name, raw)
    parts = _cells(path.name, text) if suffix == ".ipynb" else [_part(text, plain=suffix == ".txt")]
    return Draft(path.name, path, text, codec, parts, hashlib.sha256(raw).hexdigest())
