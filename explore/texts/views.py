"""Views: a text as HTML, its numbers marked where they stand."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORT, _LARGEST, _PIECE = 8_000, 55_000, 1_200  # characters: shown whole; shown at most; of one paragraph
_MARKS = {
    "statistic": "border-bottom:3px solid #0072B2",
    "dismissed": "border-bottom:2px dotted #888",
    "open": "outline:2px dashed #D55E00",
    "holds": "border-bottom:3px solid #0072B2",
    "stale": "outline:3px solid #D55E00",
    "refused": "outline:3px double #D55E00",
    "unknown": "outline:3px dotted #D55E00",
}  # signs and colours that read on light and on dark ground; no status is told by colour alone


def view(words: str, rows: list[dict[Any, Any]], statuses: Sequence[str], coverage: str, notes: Sequence[str]) -> str:
    """Show a text as HTML with its numbers marked; of a long one the paragraphs that hold numbers.

    Args:
        words: the text.
        rows: its numbers, each with `start`, `end`, `words`, `status` and `told`, what is said on hovering.
        statuses: those that the legend explains.
        coverage: how many numbers there are, by status.
        notes: what else a reader needs to know.
    """
    starts = [row["start"] for row in rows]
    legend = ", ".join(_mark(name, name, "") for name in statuses)
    shown, size, dropped, marked = list[str](), 0, 0, 0
    for start, end in _pieces(words, rows):
        held = rows[bisect_left(starts, start) : bisect_left(starts, end)]
        if size > _LARGEST or (not held and len(words) > _SHORT):
            dropped += 1
            continue
        parts, last = [], start
        for row in held:
            parts += [_safe(words[last : row["start"]]), _mark(row["status"], row["words"], row["told"])]
            last = row["end"]
        piece = f'<p style="white-space:pre-wrap;margin:.6em 0">{"".join([*parts, _safe(words[last:end])])}</p>'
        if size + len(piece) > _LARGEST:
            size, dropped = _LARGEST + 1, dropped + 1
            continue
        shown.append(piece)
        size, marked = size + len(piece), marked + len(held)
    rest = [f"{dropped} parts of the text are left out"] if dropped else []
    rest += [f"{len(rows) - marked} numbers stand only in the table"] if marked < len(rows) else []
    rest = [*notes, *rest]
    note = f"<p><small>{_safe('; '.join(rest))}.</small></p>" if rest else ""
    return (
        '<div class="mathjax_ignore tex2jax_ignore" style="max-width:48em;line-height:1.6">'
        f"<p><small>{_safe(coverage)}. Marks: {legend}.</small></p>{''.join(shown)}{note}</div>"
    )


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
