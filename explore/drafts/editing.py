"""Editing drafts: numbers brought up to date and bound, and every other byte of the file as it was."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from explore import files
from explore.drafts.bindings import SCHEME
from explore.drafts.checking import Check, Held
from explore.drafts.reading import Draft, Part
from explore.terms import ExploreError


class Edit(NamedTuple):
    """Words of a part, from `start` to `end`, and what is to stand there instead; `told` says it to the writer."""

    part: Part
    start: int
    end: int
    words: str
    told: str = ""


def edits(found: Check, *, bind: bool) -> list[Edit]:
    """List what would bring a draft up to date: stale numbers anew, and open ones bound where one row alone fits."""
    made = []
    for one in found.held:
        if one.found.instead:
            made.append(_anew(one, one.found.instead))
        elif bind and one.found.status == "open" and len(one.found.fitting) == 1:
            made.append(_bound(one, one.found.fitting[0]))
    return [one for one in made if one]


def _anew(one: Held, words: str) -> Edit | None:
    """Change only the signs that differ, so that a number with marks inside keeps them."""
    old, number = one.number.words, one.number
    first, last, most = 0, 0, min(len(old), len(words)) - 1  # one sign at least is written
    while first < most and old[first] == words[first]:
        first += 1
    while last < most - first and old[-1 - last] == words[-1 - last]:
        last += 1
    return _placed(one, number.start + first, number.end - last, words[first : len(words) - last], f"{old} → {words}")


def _bound(one: Held, key: str) -> Edit | None:
    """Bind a number, unless it lies in a link already."""
    number = one.number
    if one.part.prose.linked(number.start, number.end):
        return None
    words = f"[{number.words}]({SCHEME}{key})"
    return _placed(one, number.start, number.end, words, f"{number.words} → {words}")


def _placed(one: Held, start: int, end: int, words: str, told: str) -> Edit | None:
    """Place an edit in the text; None where something that is no prose stands in between."""
    prose = one.part.prose
    first, last = prose.place(start), prose.place(end - 1) + 1
    same = one.part.words[first:last] == prose.words[start:end]
    return Edit(one.part, first, last, words, told) if same else None


def apply(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with other words at some places.

    >>> apply("42 of 99", [(0, 2, "47")])
    '47 of 99'
    """
    made, last = [], 0
    for start, end, words in sorted(changes):
        made += [text[last:start], words]
        last = end
    return "".join([*made, text[last:]])


def write(draft: Draft, wanted: list[Edit]) -> list[Edit]:
    """Write edits into the file of a draft, unless it changed since it was read; return those that were made.

    Raises:
        ExploreError: the file changed meanwhile, or is of a kind or an encoding that nothing is written into.
    """
    if draft.path is None or not draft.codec:
        raise ExploreError(f"{draft.path or 'a text'}: nothing can be written into it; save it as .md, in UTF-8")
    made = {one: place for one in wanted if (place := _in_file(draft, one))}
    if made:
        text = apply(draft.text, made.values())
        files.write({draft.path.resolve(): text.encode(draft.codec)}, overwrite=True, was=draft.raw)
    return list(made)


def _in_file(draft: Draft, one: Edit) -> tuple[int, int, str] | None:
    """Find the place of an edit in the file’s text; None in a notebook where the words go across two lines."""
    if one.part.cell is None:
        return one.start, one.end, one.words
    letters = one.part.letters(draft.text)
    start, end = letters[one.start][0], letters[one.end - 1][1]
    try:
        same = json.loads(f'"{draft.text[start:end]}"') == one.part.words[one.start : one.end]
    except ValueError:
        same = False
    return (start, end, json.dumps(one.words)[1:-1]) if same else None
