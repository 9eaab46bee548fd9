"""Views: a text as HTML, its numbers marked where they stand."""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from explore.texts.languages import VOCABULARY

_SHORT, _LARGEST, _PIECE = 8_000, 55_000, 1_200  # characters: shown whole; shown at most; of one paragraph
_SIGNS, _GAP = 150, "<p><small>…</small></p>"  # characters that a mark takes at least; where parts are left out
_MARKS = VOCABULARY["marks"]
_SETTLED = {"statistic", "dismissed", "holds"}  # what a reader need not look at first


def view(words: str, rows: list[dict[Any, Any]], statuses: Sequence[str], coverage: str, notes: Sequence[str]) -> str:
    """Show a text as HTML with its numbers marked; of a long one the parts with open numbers, then with others.

    Args:
        words: the text.
        rows: its numbers, each with `start`, `end`, `words`, `status` and `told`, what is said on hovering.
        statuses: those that the legend explains.
        coverage: how many numbers there are, by status.
        notes: what else a reader needs to know.
    """
    starts = [row["start"] for row in rows]
    cut = [(start, end, bisect_left(starts, start), bisect_left(starts, end)) for start, end in _pieces(words, rows)]
    pieces = {
        at: rows[first:last] for at, (_, _, first, last) in enumerate(cut) if first < last or len(words) <= _SHORT
    }
    shown, size = dict[int, str](), 0
    for at in sorted(pieces, key=lambda at: all(row["status"] in _SETTLED for row in pieces[at])):
        piece = _piece(words, *cut[at][:2], pieces[at]) if size + _SIGNS * len(pieces[at]) < _LARGEST else ""
        if piece and size + len(piece) <= _LARGEST:
            shown[at], size = piece, size + len(piece)
    parts = [f"{'' if at - 1 in shown or not at else _GAP}{shown[at]}" for at in sorted(shown)]
    left = len(rows) - sum(len(pieces[at]) for at in shown)
    rest = [f"{len(cut) - len(shown)} parts of the text are left out"] if len(shown) < len(cut) else []
    rest += [f"{left} numbers stand only in the table"] if left else []
    note = f"<p><small>{_safe('; '.join([*notes, *rest]))}.</small></p>" if notes or rest else ""
    legend = ", ".join(_mark(name, name, "") for name in statuses)
    return (
        '<div class="mathjax_ignore tex2jax_ignore" style="max-width:48em;line-height:1.6">'
        f"<p><small>{_safe(coverage)}. Marks: {legend}.</small></p>{''.join(parts)}{note}</div>"
    )


def _piece(words: str, start: int, end: int, held: list[dict[Any, Any]]) -> str:
    parts = []
    for row in held:
        parts += [_safe(words[start : row["start"]]), _mark(row["status"], row["words"], row["told"])]
        start = row["end"]
    return f'<p style="white-space:pre-wrap;margin:.6em 0">{"".join([*parts, _safe(words[start:end])])}</p>'


def _pieces(words: str, rows: list[dict[Any, Any]]) -> Iterator[tuple[int, int]]:
    """Cut a text at its blank lines, and what is still long at a space outside of numbers."""
    starts = [row["start"] for row in rows]
    ends = [match.span() for match in re.finditer(r"\n\s*\n", words)]
    ends = [(start, end) for start, end in ends if not _inside(start, rows, starts)]
    for start, stop in zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(words)], strict=True):
        at = start
        while stop - at > _PIECE:
            cut = words.rfind(" ", at + 1, at + _PIECE) + 1 or at + _PIECE
            across = bisect_left(starts, cut) - 1
            cut = min(max(cut, rows[across]["end"]) if across >= 0 else cut, stop)
            yield at, cut
            at = cut
        if words[at:stop].strip():
            yield at, stop


def _inside(at: int, rows: list[dict[Any, Any]], starts: list[int]) -> bool:
    before = bisect_left(starts, at) - 1
    return before >= 0 and bool(rows[before]["end"] > at)


def _safe(words: str) -> str:
    return html.escape(
        "".join(mark if mark >= " " or mark in "\n\t" else "\ufffd" for mark in words.replace("\r\n", "\n"))
    )


def _mark(status: str, words: str, told: str) -> str:
    title = f' title="{_safe(told)}"' if told else ""
    return f'<mark style="background:none;color:inherit;{_MARKS[status]}"{title}>{_safe(words)}</mark>'
