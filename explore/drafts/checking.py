"""Checking drafts: each number of a text of one's own, held to the row that it is bound to."""

from bisect import bisect_left
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, cast

import pandas as pd

from explore import numbers
from explore.columns import DRAFT_COLUMNS, table
from explore.drafts.bindings import SCHEME, Binding
from explore.drafts.forms import restated
from explore.drafts.reading import UNBOUND, WRITTEN, Draft, Part, as_path, read
from explore.drafts.truths import Truth, Truths, wrong_way
from explore.numbers import KINDS, Number
from explore.register import Library, load
from explore.tables import Seeds
from explore.terms import ExploreError
from explore.texts.languages import guess
from explore.texts.views import view
from explore.values import majority
from explore.wording import say

STATUSES = ("holds", "stale", "refused", "unknown", "open", "dismissed")
NO_STATISTIC = "-"
_BEFORE, _AFTER = 120, 60  # characters around a number that may qualify it, or say which way it went
_SHOWN = 3  # rows that an open number is said to fit


class Outcome(NamedTuple):
    """What came of holding a number to its row: what to write `instead`, or which rows it may be of."""

    status: str
    reason: str = ""
    truth: Truth | None = None
    instead: str | None = None
    fitting: tuple[str, ...] = ()


class Held(NamedTuple):
    """One number of a draft, where it stands in the prose of its part, what it is bound to, and what came of it."""

    part: Part
    number: Number
    binding: Binding | None
    found: Outcome

    @property
    def place(self) -> tuple[int, int]:
        """Where it starts and ends in its part."""
        prose = self.part.prose
        return prose.place(self.number.start), prose.place(self.number.end - 1) + 1


class Check(pd.DataFrame):
    """The table that `check` gives; a notebook shows it as the draft with its numbers marked."""

    _metadata = ["held", "draft"]  # noqa: RUF012
    held: list[Held]
    draft: Draft | None

    @property
    def coverage(self) -> str:
        """How many numbers there are, by status: the last line of `explore check`."""
        many = self["status"].value_counts()
        return f"{len(self)} numbers: {', '.join(f'{many[name]} {name}' for name in STATUSES if many[name]) or 'none'}"

    def _repr_html_(self) -> str | None:
        if not {*DRAFT_COLUMNS} <= {*self.columns} or not getattr(self, "held", None) or len(self.held) != len(self):
            return cast("str | None", super()._repr_html_())  # type: ignore[misc]
        rows, words, before, last = [], list[str](), 0, None
        for part, number, _, found in self.held:
            if part is not last:
                before, last = sum(map(len, words)), part
                words.append(part.prose.words)
            quotes = [
                f"“{one.quote}” ({one.stated_by})" for one in (found.truth.rows if found.truth else ()) if one.quote
            ]
            told = ": ".join(filter(None, [found.status, found.reason, *quotes]))
            row = {"start": before + number.start, "end": before + number.end, "words": number.words}
            rows.append(row | {"status": found.status, "told": told})
        return view("".join(words), rows, STATUSES, self.coverage, [])


def check(draft: Path | str, seeds: Seeds = None) -> Check:
    """Hold every number of a draft to the row that it is bound to: `[42%](explore:document/statistic)`.

    A change is bound to two ids, `[4.5%](explore:a..b)`, what is no statistic to a hyphen and a reason,
    `[seven](explore:- "how many notebooks there are")`. Code is left out. A number `holds`, is `stale` (the register
    says otherwise), `refused` (what it is bound to may not be said), `unknown` (no such id), `open` (bound to
    nothing) or `dismissed` (no statistic).

    Args:
        draft: the path of a `.md`, `.ipynb`, `.txt`, `.docx` or `.html` file, or the text itself; or a file that
            `explore.export` wrote, whose rows are then held to the registers.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a number, with the columns of `explore.columns.DRAFT_COLUMNS`; `coverage` counts them.
        In a notebook it shows itself as the draft with every number marked.

    Raises:
        ExploreError: the draft cannot be read, or a register holds a mistake.

    >>> import explore
    >>> found = explore.check("[42%](explore:autostraddle-2015/la-solicited), not [47%](explore:la-solicited)")
    >>> found["status"].tolist(), found.coverage
    (['holds', 'stale'], '2 numbers: 1 holds, 1 stale')
    """
    library, path = load(seeds), as_path(draft)
    suffix = path.suffix.lower() if path else ""
    if path and suffix not in {*WRITTEN, ".docx"}:
        try:
            return _laid_out(_exported(path, library))
        except ExploreError:
            if suffix not in UNBOUND:
                raise
    source, truths = read(draft), Truths(library)
    held = [one for part in source.parts for one in _of_part(part, truths)]
    found = _laid_out([_row(one) for one in held])
    found.held, found.draft = held, source
    return found


def _numbers(words: str, bindings: list[Binding]) -> Iterator[tuple[Number, Binding | None]]:
    """Give every number of a part with what it is bound to, and bound words that hold no number, such as “most”."""
    starts, empty = [one.start for one in bindings], set(bindings)
    for number in numbers.find(words, guess(words)):
        near = bindings[max(bisect_left(starts, number.start) - 1, 0) : bisect_left(starts, number.end)]
        over = [one for one in near if one.end > number.start]
        edges = [edge for one in over for edge in (one.start, one.end) if number.start < edge < number.end]
        # "[375](…) to [392](…)" is no range: each is bound to its own row.
        ends = sorted({number.start, number.end, *(edges if number.upper is not None else ())})
        for start, end in pairwise(ends):
            found = numbers.find(words[start:end]) if len(ends) > 2 else [number._replace(start=0, end=end - start)]
            for one in found:
                placed = one._replace(start=start + one.start, end=start + one.end)
                binding = next((each for each in over if each.start < placed.end and placed.start < each.end), None)
                empty -= {binding} if binding else set()
                yield placed, binding
    for binding in empty:
        bound = words[binding.start : binding.end]
        number = majority(bound) or Number(0, len(bound), bound, "word")
        yield number._replace(start=binding.start + number.start, end=binding.start + number.end), binding


def _of_part(part: Part, truths: Truths) -> Iterator[Held]:
    words = part.prose.words
    found = _numbers(words, part.prose.bindings)
    for number, binding in sorted(found, key=lambda pair: pair[0].start):
        first = max(0, number.start - _BEFORE)
        context = words[first : number.end + _AFTER]
        there = number._replace(start=number.start - first, end=number.end - first)
        outcome = _bound(there, context, binding, truths) if binding else _unbound(there, context, truths)
        yield Held(part, number, binding, outcome)


def _unbound(number: Number, context: str, truths: Truths) -> Outcome:
    if number.suggested == "dismissed":
        return Outcome("dismissed", KINDS[number.kind].meaning)
    fitting = truths.fitting(number, context)
    more = f" and {len(fitting) - _SHOWN} more" if len(fitting) > _SHOWN else ""
    reason = f"may be {', '.join(fitting[:_SHOWN])}{more}" if fitting else "no row has this number"
    if number.words.casefold() == "one":  # in nearly every sentence it counts nothing
        return Outcome(
            "dismissed", f"{KINDS['word'].meaning} {f'If it counts, it {reason}.' if fitting else ''}".strip()
        )
    return Outcome("open", f"bound to nothing; {reason}", fitting=fitting)


def _bound(number: Number, context: str, binding: Binding, truths: Truths) -> Outcome:
    target = binding.target.removeprefix(SCHEME)
    if target == NO_STATISTIC:
        if binding.title.strip():
            return Outcome("dismissed", binding.title)
        return Outcome("open", f'say why it is no statistic: [{number.words}](explore:- "why")')
    truth = truths.of(target, in_percent=number.unit in {"percent", "ratio"})
    if truth.status != "holds":
        return Outcome(truth.status, truth.said)
    way = wrong_way(number, context, truth)
    if truths.same(number, context, truth):
        return Outcome("stale" if way else "holds", way, truth=truth)
    instead = None if way else restated(number, context, truth, truths)
    reasons = [f"the register says {truth.said}", way, f"write {instead}" if instead else "write it anew by hand"]
    return Outcome("stale", "; ".join(filter(None, reasons)), truth=truth, instead=instead)


def _row(one: Held) -> dict[str, Any]:
    start, end = one.place
    row = {"cell": one.part.cell, "line": one.part.prose.line(start), "start": start, "end": end}
    target = one.binding.target.removeprefix(SCHEME) if one.binding else None
    said = one.found.truth.said if one.found.truth else None
    status, reason = one.found.status, one.found.reason or None
    return row | {"words": one.number.words, "target": target, "said": said, "status": status, "reason": reason}


def _exported(path: Path, library: Library) -> list[dict[str, Any]]:
    """Hold the rows that an exported file carries to the registers."""
    rows = []
    read_file = import_module("explore.exports.evidence").read_file  # with what draws charts, which no draft needs
    for key, said, value, quote in read_file(path).rows[["id", "said", "value", "quote"]].itertuples(index=False):
        one = library.statistics.get(key)
        now = None if one is None else (say(one), one.value, one.quote)
        then = tuple(None if pd.isna(cell) else cell for cell in (said, value, quote))
        status = "unknown" if now is None else "holds" if now == then else "stale"
        reason = None if status == "holds" else "no register has it any more" if now is None else f"was “{said}”"
        rows.append({"words": said, "target": key, "said": now and now[0], "status": status, "reason": reason})
    return rows


def _laid_out(rows: list[dict[str, Any]]) -> Check:
    found = Check(table(rows, DRAFT_COLUMNS))
    found["status"] = pd.Categorical(found["status"], categories=STATUSES)
    found.held, found.draft = [], None
    return found
