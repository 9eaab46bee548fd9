"""Formats: the words of any file, as plain text: text in any encoding, web page, PDF, Word document."""

import codecs
import hashlib
import re
import stat
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, cast

from explore.terms import ExploreError

MAX_BYTES = 20_000_000  # of words
_LARGEST_FILE = 200_000_000  # bytes; a report with pictures is far larger than its words
PAGE = "\n\f"  # after a page, as other tools write it; it ends no sentence
ADDRESS = re.compile(r"(?:(?:https?|ftps?|file):/|www\.)\S+", re.IGNORECASE)


class Text(NamedTuple):
    """A document's text as read: positions count the code points of `words`.

    A form feed ends a page. `sha256` is that of the words in UTF-8, so it is the same for a PDF and for
    the text that was written of it. `read_as` says what the file was taken for.
    """

    name: str
    words: str
    sha256: str
    read_as: str = "UTF-8"
    title: str = ""


def read_text(path: Path | str) -> Text:
    """Read the words of a file: plain text in any encoding, Markdown, HTML, PDF or Word (.docx).

    Line ends of a plain text stay as they are; a byte-order mark is left out. Pages are kept as form feeds.

    Raises:
        ExploreError: it cannot be read, or holds no words (a scanned PDF); the message says what to do.

    >>> read_text("no such file.pdf")
    Traceback (most recent call last):
    explore.terms.ExploreError: no such file.pdf: there is no such file
    """
    if ADDRESS.fullmatch(str(path)):
        raise ExploreError(f"{path}: is an address; save the page as .html or .pdf, and name that file")
    path = Path(path)
    raw = read_bytes(path)
    if not raw.strip():
        raise ExploreError(f"{path.name}: is empty; save the text of the document in it")
    for sign, what in _NOT_READ.items():
        if raw.startswith(sign):
            raise ExploreError(f"{path.name}: is {what}")
    read = _reader(path, raw)
    if read is None:
        words, read_as = decode(path.name, raw)
        return made(path.name, words, read_as)
    try:
        # Loaded only now: most texts are plain, and a first chart should not wait for what reads the others.
        return cast("Text", getattr(import_module("explore.texts.unpacking"), read)(path.name, raw))
    except ExploreError:
        raise
    except Exception as error:  # whatever a library stumbles over, the file is what is broken
        why = " ".join(str(error).split())[:120] or type(error).__name__
        fix = "open it in its own program and save it anew, or save its words as plain text"
        raise ExploreError(f"{path.name}: is broken ({why}); {fix}") from error


def made(name: str, words: str, read_as: str = "UTF-8", title: str = "") -> Text:
    """Make a text of words; refuse too many, none, and half characters."""
    if not words.replace("\ufeff", "").strip():
        raise ExploreError(f"{name}: is empty; give a text with words in it")
    try:
        raw = words.encode()
    except UnicodeEncodeError as error:
        raise ExploreError(f"{name}: holds half a character at {error.start}; decode it as UTF-8") from None
    if len(raw) > MAX_BYTES:
        raise ExploreError(f"{name}: is {len(raw):,} bytes long; take a text of {MAX_BYTES:,} at most, or a part of it")
    return Text(name, words, hashlib.sha256(raw).hexdigest(), read_as, title)


def locators(words: str) -> Iterator[tuple[int, str]]:
    r"""Give the places where a page or, in a text without pages, a paragraph begins, with its name.

    >>> list(locators("One.\n\nTwo."))
    [(0, 'paragraph 1'), (6, 'paragraph 2')]
    >>> list(locators("One.\n\fTwo."))
    [(0, 'page 1'), (6, 'page 2')]
    """
    name, gap = ("page", r"\f") if "\f" in words else ("paragraph", r"\n[^\S\n]*\n\s*")
    for number, start in enumerate([0, *(match.end() for match in re.finditer(gap, words))], 1):
        yield start, f"{name} {number}"


def read_bytes(path: Path) -> bytes:
    """Read the bytes of one file; raise `ExploreError` where that cannot be done, or there are too many."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = "a folder; name one text" if stat.S_ISDIR(found.st_mode) else "no file; name a text"
            raise ExploreError(f"{path}: is {what}")
        if found.st_size > _LARGEST_FILE:
            raise ExploreError(
                f"{path.name}: is {found.st_size:,} bytes long; take a file of {_LARGEST_FILE:,} at most"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ExploreError(f"{path}: there is no such file") from None
    except (OSError, ValueError) as error:
        raise ExploreError(f"{path}: cannot be read: {error}") from None


_WORD = "open it in Word or LibreOffice and save it as .docx, without a password"
_PICTURE = "a picture; save the document’s words as plain text"
_NOT_READ = {
    b"\xd0\xcf\x11\xe0": f"an old or an encrypted Office file; {_WORD}",
    b"{\\rtf": f"a rich text file; {_WORD}",
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
}


def _reader(path: Path, raw: bytes) -> str | None:
    """Name what unpacks a file: by what is in it, and of web pages by its name, as a text may speak of HTML."""
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK\3\4"):
        return "docx"
    suffix = path.suffix.lower()
    page = re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", raw[:1024], re.IGNORECASE)
    if suffix in (".html", ".htm", ".xhtml") or (page and suffix not in (".txt", ".md")):
        return "html"
    return None


# --- plain text ---------------------------------------------------------------------------------

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_AS_IN_BROWSERS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
_WESTERN = re.compile(r"[\0-\x7f\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*")
# Signs within a word, as Polish has, or words of such letters, as Russian has, when read as Windows-1252.
_NOT_WESTERN = re.compile(r"[^\W\d_][¡-¬®-¶¸-¿÷×][^\W\d_]|[À-ÿ]{4}")
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1b\x7f]")
_RARE, _FEW = 0.2, 5  # share and number of signs beyond ASCII that a Western text stays below


def decode(name: str, raw: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode a text, and say from what: a mark, UTF-8, what it declares, Windows-1252, or the best guess."""
    mark = next((codec for sign, codec in _MARKS.items() if raw.startswith(sign)), None)
    declared = declared and _AS_IN_BROWSERS.get(declared.lower(), declared)
    for codec in [mark] if mark else ["utf-8", *filter(None, [declared])]:
        words = _decoded(raw, codec)
        if words is not None and "\0" not in words:
            return words, _named(codec)
    words = None if b"\0" in raw else _decoded(raw, "cp1252")
    western = words and _WESTERN.fullmatch(words) and not _NOT_WESTERN.search(words)
    if words and western and sum(sign > "\x7f" for sign in words) < max(_RARE * len(words), _FEW):
        return words, _named("cp1252")
    guessed: str | None = import_module("explore.texts.unpacking").encoding(raw)
    words = _decoded(raw, guessed) if guessed else None
    if guessed is None or not words or "\0" in words or len(_CONTROL.findall(words)) * 100 > len(words):
        raise ExploreError(f"{name}: is no text; save the document’s words as plain UTF-8 text")
    return words, _named(guessed)


def _decoded(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (LookupError, ValueError):
        return None


def _named(codec: str) -> str:
    known = codec.lower().replace("_", "-").removesuffix("-sig")
    return known.replace("cp125", "Windows-125") if known.startswith("cp125") else known.upper()
