"""Bindings: the prose of a Markdown text as it is read, where each of its signs stands, and what is bound to what.

Blocks are told apart by markdown-it, which knows code from prose, but not where in a line a link stands. What
stands inside a block is read here, from left to right, so that each number keeps its place to the byte.
"""

import html
import re
from bisect import bisect_left, bisect_right
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference

SCHEME = "explore:"
_DEEPEST, _LONGEST = 100, 999  # blocks inside blocks; characters of a label
FRONT = re.compile(r"---[ \t]*\r?\n(?:(?!---|\.\.\.).*\n)*+(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LINE = re.compile(r"\r\n|\r|\n")
_SIGN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<hidden>(?<!`)(`+)(?!`)[^\0]{1,9999}?(?<!`)\3(?!`)|<!--(?:(?!<!--|-->)[^\0])*+-->"
    r"|<((?i:script|style|pre|code))\b(?:(?!<(?i:/?\4\b))[^\0])*+</(?i:\4)\b[^<>]*>)"
    r"|(?P<run>`+)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)"
    r"|(?P<inline></?(?i:a|abbr|b|del|em|i|ins|mark|s|small|span|strong|u)\b[^<>]*>)"
    r"|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<note>\[\^[^\[\]\s]+\]:?)"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<mark>(?<!\w)(?:[*_]+|~~)|(?:(?<![*_])[*_]++|~~)(?!\w)|(?m:^)[ \t]*(?:>[ \t]?)+)"
)
_TITLE = r"(?P<title>\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))"
_TARGET = re.compile(rf"\(\s*+(?P<target><[^<>\r\n]*>|(?:[^\s()<>]|\([^\s()]*\))*+)(?:\s++{_TITLE})?\s*+\)", re.DOTALL)
_LABEL = re.compile(rf"\[([^\[\]]{{0,{_LONGEST}}})\]")


class Binding(NamedTuple):
    """Words bound to a target: where they stand in the prose; and in the text `[`, `]` and the end of it all."""

    start: int
    end: int
    target: str
    title: str
    opens: int
    closes: int
    after: int


class Prose:
    r"""What a reader sees of a Markdown text: no code, comments, tags, link targets or front matter.

    `words` is that prose, `bindings` are its links that bind something, in order; `definitions` are the lines of the
    text that only say what bindings are bound to.

    >>> found = Prose("It is [42%](explore:a/b), `7` aside.")
    >>> found.words, found.bindings[0].target, found.place(6)
    ('It is 42%,   aside.\n\n', 'explore:a/b', 7)
    """

    def __init__(self, text: str, *, indented_code: bool = True) -> None:
        front = FRONT.match(text)
        base = front.end() if front else 0
        self._lines = [0, *(match.end() for match in _LINE.finditer(text)), len(text)]
        above = bisect_left(self._lines, base)
        reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).disable([] if indented_code else ["code"])
        reader.core.ruler.enableOnly(["normalize", "block"])
        found: dict[str, Any] = {}
        blocks = reader.parse(text[base:], found)
        self._text, self._known = text, found.get("references", {})
        self._parts: list[str] = []
        self._places: list[tuple[int, int]] = [(0, 0)]
        links: list[Binding] = []
        size = 0
        for block in blocks:
            if block.map and block.type in {"inline", "html_block"}:
                size = self._lay(size, *self._read(*self._between(block.map, above)), links)
        self.words = "".join(self._parts)
        self.bindings = sorted(one for one in links if one.target.startswith(SCHEME))
        self._links: list[tuple[int, int]] = []
        for start, end in sorted((one.start, one.end) for one in links if not one.target.startswith(SCHEME)):
            if not self._links or start >= self._links[-1][1]:  # of nested ones the outermost
                self._links.append((start, end))
        defined = [one["map"] for one in self._known.values() if one["href"].startswith(SCHEME)]
        self.definitions = [self._between(each, above) for each in defined]

    def line(self, at: int) -> int:
        """Return the line of the text, counted from 1, that a place in it lies on."""
        return bisect_right(self._lines, at)

    def place(self, at: int) -> int:
        """Return where in the text the sign at a position of the prose stands."""
        known, there = self._places[bisect_right(self._places, at, key=lambda pair: pair[0]) - 1]
        return there + at - known

    def linked(self, start: int, end: int) -> bool:
        """Say whether a part of the prose lies in a link or a picture that is no binding."""
        at = bisect_left(self._links, (end,)) - 1
        return at >= 0 and self._links[at][1] > start

    def _between(self, lines: list[int], above: int) -> tuple[int, int]:
        first, last = (self._lines[min(at + above, len(self._lines) - 1)] for at in lines)
        return first, last

    def _lay(self, size: int, parts: list[tuple[str, int]], found: list[Binding], links: list[Binding]) -> int:
        starts = []
        for words, at in parts:
            starts.append(size)
            if words:
                self._places.append((size, at))
                self._parts.append(words)
                size += len(words)
        links += [one._replace(start=starts[one.start], end=starts[one.end]) for one in found]
        return size

    def _read(self, at: int, end: int) -> tuple[list[tuple[str, int]], list[Binding]]:
        """Cut one block into words with their places, and find its links, told by the numbers of their parts.

        Each sign is looked at once, however deep brackets are nested.
        """
        text, parts, links, opened = self._text, list[tuple[str, int]](), list[Binding](), list[int]()
        bracket, spent = -1, 0
        while sign := _SIGN.search(text, at, end):
            kind, first = str(sign.lastgroup), sign.start()
            parts.append((text[at:first], at))
            at = sign.end()
            if kind == "open":
                bracket = len(parts)
                opened.append(bracket)
                parts.append((sign[0], first))
            elif kind == "close":
                number = opened.pop() if opened else -1
                image = number >= 0 and parts[number][0] == "!["
                opens = first if number < 0 else parts[number][1] + image
                # A link holds no other link: what was opened before an inner one is none.
                found = self._target(opens, first, end, alone=bracket == number) if image or number >= spent else None
                if found:
                    links.append(Binding(number, len(parts), found[0], found[1], opens, first, found[2]))
                    parts[number], at, spent = ("", opens), found[2], spent if image else number
                else:
                    parts.append(("]", first))
                bracket = -1
            elif kind == "escaped":
                parts.append((sign["escaped"], at - 1))
            elif kind in {"entity", "run"}:
                parts.append((html.unescape(sign[0]), first))
            elif kind in {"hidden", "tag"}:
                parts.append((" ", first))
        return [*parts, (text[at:end], at), ("\n\n", end)], links

    def _target(self, opens: int, closes: int, end: int, *, alone: bool) -> tuple[str, str, int] | None:
        """Return what a bracket is linked to, the title, and where that ends: written there, or defined elsewhere."""
        if found := _TARGET.match(self._text, closes + 1, end):
            title = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", (found["title"] or "")[1:-1])
            return found["target"].strip("<>"), title, found.end()
        label = _LABEL.match(self._text, closes + 1, end)
        own = self._text[opens + 1 : closes] if alone and closes - opens <= _LONGEST else ""
        one = self._known.get(normalizeReference(label[1] if label and label[1] else own)) if label or own else None
        return (one["href"], one["title"], label.end() if label else closes + 1) if one else None
