"""Reading drafts: the text of a file, its prose part by part, and the way back from the prose to the file."""

import json
import re
from collections.abc import Iterator
from json.scanner import py_make_scanner  # type: ignore[attr-defined]  # the one that can be told how to read a text
from pathlib import Path
from typing import Any, NamedTuple

from explore import files
from explore.drafts.bindings import Prose
from explore.terms import ExploreError
from explore.texts.formats import decode, read_bytes, read_text

WRITTEN = (".md", ".markdown", ".txt", ".ipynb")
"""Drafts in which numbers are bound, and that may be written to."""

UNBOUND = (".docx", ".html", ".htm")
"""Drafts in which nothing can be bound and nothing is written: their words alone are read."""

_NAME = re.compile(r"[^\r\n<>|]{1,999}\.(?:md|markdown|txt|ipynb|docx|html?|png|svg|pdf|json|csv|xlsx)", re.IGNORECASE)
_HALVES = re.compile("[\ud800-\udfff]")  # of a character, which no file can hold
_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_LETTER = re.compile(rf"{_PAIR}|\\u[0-9a-fA-F]{{4}}|\\.|[^\\]", re.DOTALL)


class Part(NamedTuple):
    """A text of its own: a whole file, or a Markdown cell, whose `literals` say where its lines stand in the file."""

    words: str
    prose: Prose
    cell: int | None = None
    literals: tuple[tuple[int, int], ...] = ()

    def letters(self, text: str) -> list[tuple[int, int]]:
        """Return where in a notebook’s text each character of a cell stands."""
        return [one.span() for start, end in self.literals for one in _LETTER.finditer(text, start, end)]


class Draft(NamedTuple):
    """A draft as read: its bytes, its text and in what codec, "" where nothing may be written; and its parts."""

    path: Path | None
    raw: bytes
    text: str
    codec: str
    parts: list[Part]


class _Literal(str):
    """A text of a JSON file that knows where in the file it stands, quotation marks aside."""

    __slots__ = ("place",)
    place: tuple[int, int]


def as_path(draft: Path | str) -> Path | None:
    """Tell the path of a draft from its text."""
    if not isinstance(draft, Path | str):
        raise ExploreError(f"{type(draft).__name__} is no draft; give the path of a file, or the text itself")
    return files.named(draft) if isinstance(draft, Path) or _NAME.fullmatch(draft) else None


def read(draft: Path | str) -> Draft:
    """Read a draft: Markdown, a notebook’s Markdown cells, plain text; of Word and HTML the words alone."""
    path = as_path(draft)
    if path is None:
        return Draft(None, b"", str(draft), "", [_part(str(draft))])
    suffix = path.suffix.lower()
    if suffix in UNBOUND:
        return Draft(path, b"", "", "", [_part(read_text(path).words, indented_code=False)])
    raw = read_bytes(path)
    text, named = decode(path.name, raw)
    codec = next((name for name in (named, "utf-8-sig") if text.encode(name, "replace") == raw), "")
    if suffix != ".ipynb":
        return Draft(path, raw, text, codec, [_part(text, indented_code=suffix != ".txt")])
    try:
        return Draft(path, raw, text, codec, list(_cells(_json(text))))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ExploreError(f"{path.name}: is no notebook; open it in JupyterLab and save it anew") from None


def _part(words: str, *, indented_code: bool = True) -> Part:
    words = _HALVES.sub("\ufffd", words)
    return Part(words, Prose(words, indented_code=indented_code))


def _json(text: str) -> Any:  # noqa: ANN401  # JSON
    """Read JSON whose texts know their places, so that one can be changed and all else stay as it is."""

    def literal(words: str, start: int, strict: bool = True) -> tuple[str, int]:  # noqa: FBT001, FBT002  # called by json
        found, end = json.decoder.scanstring(words, start, strict)  # type: ignore[attr-defined]
        made = _Literal(found)
        made.place = (start, end - 1)
        return made, end

    reader = json.JSONDecoder()
    reader.parse_string = literal  # type: ignore[attr-defined]
    reader.scan_once = py_make_scanner(reader)  # type: ignore[attr-defined]
    return reader.decode(text)


def _cells(notebook: Any) -> Iterator[Part]:  # noqa: ANN401  # JSON
    for number, cell in enumerate(notebook["cells"], 1):
        if cell["cell_type"] == "markdown":
            lines = [cell["source"]] if isinstance(cell["source"], _Literal) else cell["source"]
            made = _part("".join(lines))
            yield made._replace(cell=number, literals=tuple(line.place for line in lines))
