"""Footnotes: a draft as a text for publication, each of its numbers with the words that it rests on."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from explore.comparison import Comparison
from explore.drafts.bindings import FRONT
from explore.drafts.editing import apply
from explore.terms import EVIDENCE, ExploreError
from explore.texts.languages import guess
from explore.verdicts import audit
from explore.wording import say, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explore.drafts.checking import Check, Held
    from explore.drafts.truths import Truth
    from explore.tables import Seeds

    Notes = dict[tuple[str, ...], tuple[int, Truth]]  # the number of a footnote, and what it tells

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~$&!])")  # that Markdown reads as more than themselves
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def with_footnotes(found: Check, seeds: Seeds = None, *, as_html: bool = False) -> str:
    """Return a draft without its bindings, each number with a footnote: the words, who said them, of whom and when.

    Args:
        found: what `explore.check` gave; every number of it must hold.
        seeds: folder of registers; the shipped ones when left out.
        as_html: whether to return a web page instead of Markdown.

    Raises:
        ExploreError: a number does not hold, or the file is none in which numbers are bound.
    """
    if not found["status"].isin(["holds", "dismissed"]).all():
        raise ExploreError(f"not every number holds, so nothing is written for publication ({found.coverage})")
    if found.draft is None:
        raise ExploreError("a chart has its source line already; footnotes are for drafts")
    truths: Notes = {}
    texts = []
    for part in found.draft.parts:
        held = {one.binding: one for one in found.held if one.part is part and one.binding}
        changes = [(start, end, "") for start, end in part.prose.definitions]
        changes += [change for one in held.values() for change in _unbound(one, truths, as_html=as_html)]
        text = apply(part.words, changes)
        texts.append(FRONT.sub("", text, count=1) if as_html else text)
    checked = audit(seeds)
    verdicts = dict(zip(checked["id"], checked["verdict"].astype(str) + ": " + checked["reason"], strict=True))
    notes = [" ".join(_told(truth, verdicts)) for _, truth in truths.values()]
    text = "\n\n".join(texts)
    if not as_html:
        return text + "".join(f"\n\n[^explore-{number}]: {note}" for number, note in enumerate(notes, 1)) + "\n"
    reader = MarkdownIt("commonmark").enable("table")
    listed = "".join(
        f'<li id="note-{number}">{reader.renderInline(note)}</li>\n' for number, note in enumerate(notes, 1)
    )
    title = html.escape(found.draft.path.stem if found.draft.path else "draft")
    head = f'<!doctype html>\n<html lang="{guess(text)}">\n<meta charset="utf-8">\n<title>{title}</title>\n'
    return f"{head}{reader.render(text)}<ol>\n{listed}</ol>\n</html>\n"


def _unbound(one: Held, truths: Notes, *, as_html: bool) -> Iterator[tuple[int, int, str]]:
    """Take a binding out of the text; put the mark of its footnote behind the number, but not in a picture's words."""
    binding = one.binding
    if binding is None:
        return
    yield binding.opens, binding.opens + 1, ""
    yield binding.closes, binding.after, ""
    if one.found.truth and not one.part.prose.linked(binding.start, binding.end):
        key = one.found.truth.said, *(row.key for row in one.found.truth.rows)
        number, _ = truths.setdefault(key, (len(truths) + 1, one.found.truth))
        mark = f'<sup><a href="#note-{number}">{number}</a></sup>' if as_html else f"[^explore-{number}]"
        after = max(binding.after, one.place[1])
        yield after, after, mark


def _told(truth: Truth, verdicts: dict[str, str]) -> Iterator[str]:
    """Tell what a number rests on, in Markdown: of a change what is compared, then row by row."""
    if isinstance(truth.target, Comparison):
        yield _plain(truth.target.sentence)
    for one in truth.rows:
        words = f"“{one.quote}”" if one.quote else f"{one.measure}: {say(one)}"
        of = [one.population, one.group, one.place, one.period and when(one.period)]
        read = EVIDENCE[one.evidence] if one.evidence else "how it was read is not said"
        yield _plain(f"{words}, said by {one.stated_by}; of {', '.join(filter(None, of))}; {read}.")
        if one.key in verdicts:
            yield _plain(f"Checked: {verdicts[one.key]}")
        if one.url and _ADDRESS.fullmatch(one.url):
            yield f"<{one.url}>"


def _plain(words: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))
