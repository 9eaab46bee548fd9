"""Spans: where the words of a register stand in their text."""

import difflib
import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from explore.register import Library, Register
from explore.register.schema import Dismissed, Series, Span, Statistic
from explore.terms import ExploreError, Mistake, refuse
from explore.texts.formats import Text, read_text

_SHOWN, _TOLD = 80, 2  # characters and places that an error shows
_REACH = 40  # characters beyond a quote that may be spaces, or the words that tell it from another
_SIGNS = {
    '"': "“”„‟«»″",
    "'": "‘’‚‛′`´",
    "-": "‐‑",
    " ": "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000",
}
_SAME = str.maketrans({sign: plain for plain, signs in _SIGNS.items() for sign in signs})
_SAME |= dict.fromkeys(range(0x2000, 0x200B), " ")
_EDGE = re.compile(r"(?<=\d)(?:[\d%]|[.,:/–‑-]\d)|(?<=\d[.,:/–‑-])\d|(?<=\w)(?P<letter>\w)")
_DROPPED = re.compile("\u00ad *|[\u200b-\u200d\u2060\ufeff]+| +(?= )")


def text_path(register: Register, texts: Path | str | None = None) -> Path | None:
    """Find a register's text: in `texts`, in the folders of EXPLORE_TEXTS, or beside the register."""
    named = str(texts or "") or os.environ.get("EXPLORE_TEXTS", "")
    folders = [Path(name) for name in named.split(os.pathsep) if name]
    for folder in folders:
        if not folder.is_dir():
            raise ExploreError(f"{folder}: no such folder of texts; correct EXPLORE_TEXTS or texts=")
    paths = [folder / f"{register.id}.txt" for folder in [*folders, register.path.parent]]
    return next((path for path in paths if path.is_file()), None)


# --- spans --------------------------------------------------------------------------------------


def _plain(words: str) -> tuple[str, list[int], list[int]]:
    """Make quotes, spaces and hyphens plain; give also where characters fell out, and how many till there."""
    if words.isascii() and words.isprintable() and "  " not in words and "`" not in words:
        return words, [0], [0]
    even, pieces, last, length = words.translate(_SAME), list[str](), 0, 0
    places, fallen = [0], [0]
    for match in _DROPPED.finditer(even):
        pieces.append(even[last : match.start()])
        length, last = length + match.start() - last, match.end()
        places.append(length)
        fallen.append(last - length)
    return "".join([*pieces, even[last:]]), places, fallen


_plain_text = lru_cache(maxsize=2)(_plain)


def same(one: str, other: str) -> bool:
    """Tell whether words are the same, whatever their quotes, spaces and hyphens."""
    return one == other or _plain(one)[0] == _plain(other)[0]


def _places(words: str, quote: str) -> Iterator[tuple[int, int]]:
    """Give every place of a quote: as it is written, or else in other quotes, spaces, line ends."""
    length, at, exact = len(quote), words.find(quote) if quote else -1, False
    while at >= 0:
        if not (cuts(words, at) or cuts(words, at + length)):
            exact = True
            yield at, at + length
        at = words.find(quote, at + 1)
    if exact:
        return
    plain, places, fallen = _plain_text(words)
    wanted = _plain(quote)[0]
    at = plain.find(wanted) if wanted.strip() else -1
    while at >= 0:
        start, last = (to + fallen[bisect_right(places, to) - 1] for to in (at, at + len(wanted) - 1))
        if not (cuts(words, start) or cuts(words, last + 1)):
            yield start, last + 1
        at = plain.find(wanted, at + 1)


def cuts(words: str, at: int) -> bool:
    """Tell whether a place lies inside a word or a number."""
    edge = _EDGE.match(words, at)
    if edge is None or not edge["letter"]:
        return edge is not None
    # Scripts without capitals, such as Chinese, write words without spaces.
    return all(mark.isdecimal() or mark.lower() != mark.upper() for mark in words[at - 1 : at + 1])


def locate(text: str, span: Span | Statistic) -> tuple[int, int]:
    """Give where a span's words stand in a text: `text[start:end]`.

    A prefix and a suffix choose among several places. Curly and straight quotes, the kinds of space
    and of hyphen, and line breaks count as the same; soft hyphens as nothing.

    Raises:
        ExploreError: the words are not there (the nearest are shown), or more than once, or not at
            the span's own `start` and `end`.

    >>> locate("Of 375, “only 392” stayed.", Span(quote='"only 392"'))
    (8, 18)
    """
    quote = span.quote or ""
    if span.start is not None and span.end is not None:
        there = text[span.start : min(span.end, span.start + 4 * len(quote) + _REACH)]
        whole = not cuts(text, span.start) and not cuts(text, span.end)
        if whole and same(there, quote) and span.end <= len(text):
            return span.start, span.end
        raise ExploreError(f"start and end mark {_shown(there)} instead; correct them with `explore scan … --write`")
    plainly = not span.prefix and not span.suffix
    at = text.find(quote) if plainly and quote else -1
    if at >= 0 and text.find(quote, at + 1) < 0 and not cuts(text, at) and not cuts(text, at + len(quote)):
        return at, at + len(quote)  # as nearly always: written once, as it is quoted
    found = []
    for start, end in _places(text, quote):
        if plainly or (_beside(text, start, span.prefix, -1) and _beside(text, end, span.suffix, 1)):
            found.append((start, end))
            if len(found) == _TOLD + 1:
                break
    if len(found) == 1:
        return found[0]
    if found:
        told = " or ".join(
            f"prefix = {_shown(' '.join(text[max(0, at - _REACH) : at].split()[-3:]))}" for at, _ in found[:_TOLD]
        )
        raise ExploreError(f"stands in the text more than once; say which with a prefix or suffix: {told}")
    if (span.prefix or span.suffix) and next(_places(text, quote), None):
        raise ExploreError("is in the text, but not after this prefix and before this suffix; correct them")
    raise ExploreError(f"is not in the text; {_nearest(text, quote)}")


def _beside(text: str, at: int, wanted: str | None, side: int) -> bool:
    """Tell whether a prefix stands right before a place, or a suffix right after it; spaces aside."""
    if not wanted or not (plain := _plain(wanted)[0].strip()):
        return True
    reach = 2 * len(wanted) + _REACH
    if side < 0:
        return _plain(text[max(0, at - reach) : at])[0].rstrip().endswith(plain)
    return _plain(text[at : at + reach])[0].lstrip().startswith(plain)


def _shown(words: str) -> str:
    short = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 2]} …"
    return '"' + short.replace("\n", "\\n").replace("\r", "\\r") + '"'


def _nearest(text: str, quote: str) -> str:
    """Show the words of the text most like a quote: only around its longest words, so that it stays fast."""
    longest = sorted(set(re.findall(r"\w+", quote)), key=lambda word: (-len(word), word))[:6]
    starts = set()
    for word in longest:
        for match, _ in zip(re.finditer(re.escape(word), text), range(12), strict=False):
            starts.add(max(0, match.start() - quote.find(word) - 10) // 20 * 20)
    best, close = 0.0, ""
    for start in sorted(starts):
        window = text[start : start + len(quote) + _REACH]
        blocks = difflib.SequenceMatcher(None, window, quote, autojunk=False).get_matching_blocks()
        size = sum(block.size for block in blocks)
        if size > best and size > len(quote) / 2:
            first = min(window.rfind(" ", 0, blocks[0].a + 1) + 1, blocks[0].a)
            stop = re.compile(r"\w*").match(window, blocks[-2].a + blocks[-2].size)
            best, close = size, window[first : stop.end() if stop else None]
    return f"the nearest words there: {_shown(close)}" if close else "nothing like it is there"


class Found(NamedTuple):
    """A span of a register with its place in the text."""

    start: int
    end: int
    entry: Statistic | Series | Dismissed


def spans(register: Register, text: Text, mistakes: list[Mistake]) -> list[Found]:
    """Find every quote of a register in its text, adding to `mistakes` what is not found."""
    file, known = register.path.name, register.document.sha256
    if known is not None and known != text.sha256:
        fix = f"{text.name} is not the text that was coded, its sha256 is {text.sha256};"
        fix += " bring the old text back, or"
        mistakes.append(Mistake(file, "document", "sha256", known, f"{fix} write this sha256 and check every quote"))
        return []
    entries: list[Statistic | Series | Dismissed] = [
        *register.statistics,
        *register.series,
        *register.dismissed,
    ]
    found = []
    for entry in entries:
        wanted: list[Span | Statistic] = [entry]
        if isinstance(entry, Dismissed):
            wanted += [Span(quote=quote) for quote in entry.quotes]
        for span in wanted:
            if span.quote is None:
                continue
            try:
                found.append(Found(*locate(text.words, span), entry))
            except ExploreError as error:
                label = f"{type(entry).__name__.lower()} {getattr(entry, 'id', '')}".strip()
                mistakes.append(Mistake(file, label, "quote", span.quote, str(error)))
    return found


_CHECKED: dict[tuple[object, ...], list[Mistake]] = {}


def check(library: Library, texts: Path | str | None = None) -> None:
    """Find every quote of every register whose text is at hand; one `ExploreError` lists all mistakes.

    What has not changed since the last call is not read again.

    >>> from explore.register import load
    >>> check(load())
    """
    mistakes: list[Mistake] = []
    for register in library.registers.values():
        path = text_path(register, texts)
        if path is None:
            continue
        stats = [(one.st_mtime_ns, one.st_size) for one in (path.stat(), register.path.stat())]
        key = (path, register.path, *stats)
        if key not in _CHECKED:
            found: list[Mistake] = []
            spans(register, read_text(path), found)
            _CHECKED[key] = found
        mistakes += _CHECKED[key]
    refuse(mistakes)
