"""The words that every module shares: errors, column names, and the fixed vocabularies."""

from __future__ import annotations

import difflib
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Kind = Literal["article", "report", "release", "table", "comment"]
Evidence = Literal[
    "primary text",
    "abstract",
    "council table",
    "relay",
    "compilation",
    "quotation",
    "arithmetic",
    "not read",
]
Qualifier = Literal["about", "nearly", "over", "at least", "under", "at most", "vague"]
Sample = Literal["random", "volunteers", "full count", "expert estimate"]

EVIDENCE = {
    "primary text": "read in the document itself",
    "abstract": "read in the document's abstract or landing page",
    "council table": "read in a city council's page that reprints official figures",
    "relay": "read in another publication that names the document",
    "compilation": "read in somebody's table put together from several publications",
    "quotation": "read only as words quoted in another document",
    "arithmetic": "computed by this package from values that have their own rows",
    "not read": "known to be there, but its page could not be read: no value is given",
}
"""How a value was read, from the nearest to the document to the farthest."""

DOCUMENT_COLUMNS = {
    "document": "id of the document: the name of its register without `.toml`",
    "title": "title as published",
    "publisher": "who published it",
    "published": "date of publication, as far as known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`",
    "kind": "article, report, release, table or comment",
    "language": "language of the document (BCP 47)",
    "statistics": "how many statistics its register holds",
    "url": "address of the document",
    "note": "what a reader needs to know about it",
}

STATISTIC_COLUMNS = {
    "id": "`document id/statistic id`, unique",
    "document": "id of the document that states it",
    "topic": "what it is about; each topic has its table and its chart",
    "measure": "what is counted",
    "population": "of whom, or of what",
    "place": "where (geographic)",
    "group": "which part of the population",
    "period": "when: ISO 8601 year, month, day, or interval `from/to`",
    "value": "the number, in `unit`; missing where the words give none (`hundreds`, `record low`)",
    "upper": "the upper end, where the words give a range and `value` is its lower end",
    "value_text": "the number as it is written in the source, decimals kept",
    "typed": "true where `value` was typed beside a quote, not read out of it",
    "qualifier": "about, nearly, over, at least, under, at most or vague, where the words say so",
    "unit": "percent (a share, 0 to 100), percent change, people, ratio, year, …",
    "n": "number of cases that a share is taken of",
    "sample": "what was asked or counted: random, volunteers, full count or expert estimate",
    "low": "lower end of the 95% interval of a share of a random sample with known n, percent",
    "high": "upper end of the 95% interval of a share of a random sample with known n, percent",
    "observation_status": "provisional, estimated or revised, where its publisher says so (as in SDMX)",
    "series": "id of the series: numbers made by one method over one coverage",
    "stated_by": "who says so",
    "source": "id of the statistic in another document that this one repeats",
    "source_is": "named: the document names that source; inferred: we take it to be the source",
    "evidence": "how the value was read: " + ", ".join(EVIDENCE),
    "quote": "the words of the document that state it",
    "start": "where the quote starts in the document's text (zero-based)",
    "end": "where the quote ends in the document's text (excluded)",
    "locator": "where in the document, or in whose relay of it, the value was read",
    "url": "address where the value was read",
    "note": "what a reader needs to know before using it",
}


_WHERE_FROM = {
    name: STATISTIC_COLUMNS[name]
    for name in ("source", "stated_by", "evidence", "quote", "locator", "url", "note", "document")
}

SHARE_COLUMNS = {
    "id": STATISTIC_COLUMNS["id"],
    "role": "stated: in the words of the text under examination; source: read at a source; computed: here",
    "measure": "what is counted",
    "population": "of whom, or of what",
    "group": "which part of the population",
    "place": "where",
    "period": "when",
    "percent": "the share, 0 to 100; missing where the row is a count",
    "low": "lower end of the 95% Wilson interval, percent; missing where n is not known",
    "high": "upper end of the 95% Wilson interval, percent; missing where n is not known",
    "n": "number of cases that the share is taken of",
    "count": "the count, in `unit`; missing where the row is a share",
    "value_text": STATISTIC_COLUMNS["value_text"],
    "unit": "what `percent` or `count` is counted in",
    "qualifier": STATISTIC_COLUMNS["qualifier"],
} | _WHERE_FROM

CHRISTCHURCH_COLUMNS = {
    "id": STATISTIC_COLUMNS["id"],
    "sector": "all, street, or rest (all less street)",
    "year": "year of the estimate",
    "people": "estimated number of sex workers, people",
    "derived": "true where the value is a subtraction, not a count that anybody published",
    "change": "people more (or fewer) than in the first year",
    "change_percent": "the same in percent of the first year, computed",
    "stated_change_percent": "the percentage that the text states for it; missing where it states none",
    "index": "people, first year = 100",
    "population_percent": "stated growth of the city's population since the first year, percent",
    "per_head_index": "people per resident on the stated growth, first year = 100",
    "per_head_change_percent": "change per resident since the first year, percent, computed",
} | _WHERE_FROM

VERDICTS = {
    "agrees": "the number and what it is said to count are the same at the source, or when recomputed",
    "rounds": "the source’s number, or the recomputed one, is the stated one once it is rounded",
    "differs": "the source, or recomputing, gives another number",
    "mislabelled": "the source gives the same number, but of something, of somebody or of somewhere else",
    "not read": "its source is known, and the page with the number could not be read",
    "untraced": "no source for it is coded, so it could not be checked",
}
"""What `audit` can say of a stated number. A verdict speaks of numbers and labels only."""

AUDIT_COLUMNS = {
    "id": STATISTIC_COLUMNS["id"],
    "stated": "what is stated: the number with its unit",
    "found": "what the source or recomputing gives, in words; missing where nothing was found",
    "stated_value": "the stated number, in `unit`; missing where the words give none",
    "found_value": "the number found, in `unit`; missing where the sources differ, or nothing was found",
    "found_low": "the smallest number found, in `unit`",
    "found_high": "the largest number found, in `unit`",
    "unit": STATISTIC_COLUMNS["unit"],
    "verdict": ", ".join(VERDICTS),
    "reason": "why, in one or two plain sentences",
    "fields": "which labels differ from the source’s: measure, unit, population, place, group, period",
    "source": STATISTIC_COLUMNS["source"],
    "candidates": "ids of statistics that may lie behind it but are not shown to",
    "note": "what the source’s register, or else the candidates’ or its own, adds",
    "quote": STATISTIC_COLUMNS["quote"],
    "stated_by": STATISTIC_COLUMNS["stated_by"],
}

SCAN_COLUMNS = {
    "start": "where the number starts in the text (zero-based, in characters)",
    "end": "where it ends (excluded)",
    "words": "the number as it is written: `text[start:end]`",
    "kind": "percent, count, money, year, ordinal, list, …: see `explore.numbers.KINDS`",
    "value": "the number, or the lower end of a range; missing where the words give none",
    "upper": "the upper end of a range",
    "unit": "what is counted, as far as the words beside it tell",
    "qualifier": STATISTIC_COLUMNS["qualifier"],
    "ambiguous": "true where the words can be read another way (`12,5` or `1.234`)",
    "sentence": "the sentence around it, or the nearest part of a long one",
    "status": "statistic, dismissed or open: what the register says",
    "suggested": "statistic or dismissed: what a number of its kind usually is",
    "statistic": "id of the statistic that it is the value, the period or the n of",
    "reason": "why it is dismissed; of a statistic whose value was typed beside its words, that value",
}


class ExploreError(Exception):
    """Something is wrong with what was given; the message says what, where, and what to write instead.

    `fix` is what to do instead, as data, where the message is made of parts.
    """

    fix: str = ""

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook: IPython asks for this, and `%debug` still finds the rest."""
        return [f"{type(self).__name__}: {self}"]


class Difference(NamedTuple):
    """One reason not to compare: the field, what each side says of it, and the words that say more.

    `final` differences stay, whatever is allowed.
    """

    field: str
    a: str
    b: str
    says: tuple[str, ...] = ()
    final: bool = False


class NotComparable(ExploreError):  # noqa: N818
    """Two statistics count different things; the message says what differs and who says so.

    `differences` are the reasons as data, `fix` the way round them, `card` the message as HTML.
    """

    def __init__(self, message: str, differences: Sequence[Difference], fix: str, card: str) -> None:
        super().__init__(message)
        self.differences = tuple(differences)
        self.fix = fix
        self.card = card

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ, each once."""
        return tuple(dict.fromkeys(one.field for one in self.differences))

    def _repr_html_(self) -> str:
        return self.card

    def _render_traceback_(self) -> list[str]:
        """Show the card in a notebook, as a comparison that is allowed shows its own; elsewhere the message."""
        ipython = sys.modules.get("IPython")  # where a notebook runs it is loaded; elsewhere it costs half a second
        if not self.card or ipython is None or not hasattr(ipython.get_ipython(), "kernel"):
            return super()._render_traceback_()
        import_module("IPython.display").display(self)
        return [f"{type(self).__name__}: {str(self).splitlines()[0].rstrip(':')}."]


class Mistake(NamedTuple):
    """One mistake in a register: where it is, what stands there, and what to write instead."""

    file: str
    entry: str
    field: str
    value: object
    fix: str

    def __str__(self) -> str:
        shown = "" if self.value is None else f" = {_short(self.value)}"
        return f"{self.file}: {self.entry}: {self.field}{shown}: {self.fix}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:76]} …{text[-1]}"


def refuse(mistakes: Sequence[Mistake]) -> None:
    """Raise one `ExploreError` that lists all the mistakes; do nothing when there is none.

    >>> refuse([])
    >>> refuse([Mistake("a.toml", "statistic x", "unit", None, 'missing; write unit = "people"')])
    Traceback (most recent call last):
    explore.terms.ExploreError: 1 mistake:
      a.toml: statistic x: unit: missing; write unit = "people"
    """
    if mistakes:
        many = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        raise ExploreError("\n  ".join([f"{many}:", *map(str, mistakes)]))


def nearest(word: object, known: Iterable[str]) -> str:
    """Say which known word is meant, or which there are: the last part of an error message.

    >>> nearest("populaton", ["population", "place"])
    'did you mean "population"?'
    >>> nearest("zzz", ["population", "place"])
    'known: place, population'
    """
    names = sorted(set(known))
    close = difflib.get_close_matches(str(word), names, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"known: {listed}" if names else "there is none to choose from"
