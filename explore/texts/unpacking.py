"""Unpacking: the words of web pages, PDF files and Word documents, and the guess at an encoding."""

import io
import logging
import re
import warnings
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import charset_normalizer
import pypdf
from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString

from explore.terms import ExploreError
from explore.texts.formats import PAGE, Text, decode, made

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a file that is broken is said to be so, once
_LARGEST_PART = 100_000_000  # bytes of one part of a Word document, unpacked
_SAMPLE = 200_000  # bytes that the encoding is guessed from
_CONTROL = re.compile(r"[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def encoding(raw: bytes) -> str | None:
    """Guess an encoding from the part around the first byte beyond ASCII: the rest tells nothing."""
    first = next((match.start() for match in re.finditer(rb"[\0\x80-\xff]", raw)), 0) // _SAMPLE * _SAMPLE
    best = charset_normalizer.from_bytes(raw[first : first + _SAMPLE]).best()
    return best.encoding if best else None


def _clean(words: str) -> str:
    """Take out what a plain text cannot hold, so that the text written of a file is read as the same again."""
    words = _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    words = re.sub(r"[ \t]+(?=\n)|(?<=\n)[ \t]+|(?<=[ \t])[ \t]+", "", words)
    return re.sub(r"\n{3,}", "\n\n", words).strip("\ufeff \t\n")


# --- web pages ----------------------------------------------------------------------------------

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # a footnote mark is no digit of the number before it
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_UNSEEN = {"title", "script", "style", "template", "noscript", "head", "svg", "iframe", "object", "select"}
_GAPS = {"br": "\n", "td": "\t", "th": "\t"}
_BLOCK = re.compile(
    r"address|article|aside|blockquote|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6r]"
    r"|header|li|main|nav|ol|p|pre|section|summary|table|tr|ul"
)


def html(name: str, raw: bytes) -> Text:
    """Read what a web page shows."""
    words, read_as = decode(name, raw, EncodingDetector.find_declared_encoding(raw, is_html=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it may be XML, or look like the name of a file
        soup = BeautifulSoup(words, "html.parser")
    heads = [tag.get_text(" ") for tag in (soup.find("h1"), soup.find("title")) if tag]
    title = next((head for head in map(_line, heads) if head), "")
    words = _clean("".join(_shown(soup)))
    if not words:
        raise ExploreError(
            f"{name}: shows no words of its own; open it in a browser and save the whole page, or its text"
        )
    return made(name, words, f"HTML in {read_as}", title)


def _shown(soup: BeautifulSoup) -> Iterator[str]:
    """Give what a page shows, piece by piece; without recursion, because a page may nest without end."""
    waiting: list[object] = [soup]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _UNSEEN or node.has_attr("hidden"):
                continue
            if node.name in ("sup", "sub"):
                yield _line(node.get_text()).translate(_RAISED if node.name == "sup" else _LOWERED)
                continue
            gap = "\n\n" if _BLOCK.fullmatch(node.name) else ""
            waiting += [gap, *reversed(node.contents), gap or _GAPS.get(node.name, "")]
        elif type(node) is NavigableString:
            kept = node.parent is not None and node.parent.name == "pre"
            yield str(node) if kept else re.sub(r"[ \t\r\n\f]+", " ", node)
        elif type(node) is str:
            yield node


def _line(words: str) -> str:
    return " ".join(words.split())


# --- PDF ----------------------------------------------------------------------------------------


_SMALL = 0.9  # times as high as what stands before it


def pdf(name: str, raw: bytes) -> Text:
    """Read the text of a PDF, page by page."""
    locked = f"{name}: is encrypted; open it with its password and print it into a PDF without one"
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ExploreError(locked)
    except pypdf.errors.DependencyError:  # a cipher that needs one more library
        raise ExploreError(locked) from None
    pages = [_clean(_printed(page)) for page in reader.pages]
    words = "".join(page + PAGE for page in pages)
    signs = "".join(words.split())
    if sum(map(str.isalnum, signs)) * 3 < len(signs) or not signs:
        fix = "run a text recognition (OCR) over it, or save its words as plain text"
        raise ExploreError(f"{name}: holds no text that can be read, perhaps only pictures of pages; {fix}")
    bare = sum(not page for page in pages)
    without = f", without text: {bare}" if bare else ""
    return made(name, words, f"PDF, pages: {len(pages)}{without}")


def _printed(page: pypdf.PageObject) -> str:
    """Read a page; small digits right after larger signs are marks of footnotes or indices, and become such signs."""
    pieces, last = [""], (0.0, 0.0)

    def visit(text: str, across: list[float], place: list[float], _font: object, size: float) -> None:
        nonlocal last
        height, up = abs(size * place[3] * across[3]), place[5] * across[3] + across[5]
        if re.fullmatch(r"\d{1,3}", text) and not pieces[-1].endswith((" ", "\n")) and height < _SMALL * last[0]:
            text = text.translate(_RAISED if up > last[1] else _LOWERED)
        elif text.strip():
            last = (height, up)
        if text:
            pieces.append(text)

    page.extract_text(visitor_text=visit)
    return "".join(pieces)


# --- Word ---------------------------------------------------------------------------------------

_PARTS = re.compile(r"word/(?:document\d*|footnotes|endnotes)\.xml")
_SKIPPED = {"Fallback", "pPr", "delText", "instrText"}  # Fallback says again what stands before it
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def docx(name: str, raw: bytes) -> Text:
    """Read a Word document: its paragraphs, then its footnotes."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = sorted({*filter(_PARTS.fullmatch, archive.namelist())})  # the document comes first
        if not any("document" in part for part in parts):
            raise ExploreError(f"{name}: is no Word document; save its words as .docx, .html, .pdf or plain text")
        words = "\n\n".join("".join(_typed(_xml(name, archive, part))) for part in parts)
    words = _clean(words)
    if not words:
        raise ExploreError(f"{name}: holds no words, perhaps only pictures; save its words as plain text")
    return made(name, words, "Word document")


def _xml(name: str, archive: zipfile.ZipFile, part: str) -> ET.Element:
    with archive.open(part) as file:
        data = file.read(_LARGEST_PART + 1)
    if len(data) > _LARGEST_PART or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ExploreError(f"{name}: is no plain Word document; open it and save it anew as .docx")
    return ET.fromstring(data)  # noqa: S314 - without entities, which were refused, nothing expands


def _typed(root: ET.Element) -> Iterator[str]:
    """Give the words of a part of a Word document, piece by piece: a blank line after each paragraph."""
    waiting: list[ET.Element | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag.rpartition("}")[2]
        if tag == "t":
            yield node.text or ""
        elif tag == "r" and (raised := _raised(node)):
            yield "".join(part.text or "" for part in node if part.tag.endswith("}t")).translate(raised)
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag not in _SKIPPED:
            waiting += ["\n\n" if tag == "p" else "", *reversed(node)]


def _raised(run: ET.Element) -> dict[int, int] | None:
    where = {value for mark in run.iterfind("{*}rPr/{*}vertAlign") for value in mark.attrib.values()}
    return _RAISED if "superscript" in where else _LOWERED if "subscript" in where else None
