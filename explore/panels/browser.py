"""All statistics as a panel: filters, a list, and the chosen one with its words and its neighbours."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from explore import charts, tables, verdicts
from explore.charts.draw import library_of
from explore.claims import unchanged
from explore.columns import STATISTIC_COLUMNS, checked
from explore.panels.cards import of_statistic
from explore.panels.controls import button, choice, field, labels, listing, offer, row
from explore.panels.panel import Panel, View, call
from explore.terms import ExploreError, nearest

if TYPE_CHECKING:
    import pandas as pd

    from explore.register import Library
    from explore.tables import Seeds

FILTERS = {
    "topic": ("Topic", "What the statistics are about"),
    "place": ("Place", "Where"),
    "stated_by": ("Said by", "Who states the number"),
    "evidence": ("How read", "How near to the document the number was read"),
    "verdict": ("Verdict", "What the audit found of numbers that the text states"),
}
ANY = ""


def browse(frame: pd.DataFrame | None = None, seeds: Seeds = None) -> Panel:
    """Look through the statistics: filter them, pick one, see its words, its source and its neighbours.

    Verdicts and the words around a quote are shown where the folder of the registers is known.

    Args:
        frame: rows of `explore.statistics()`; all of them when left out.
        seeds: folder of registers; that of the rows, or the shipped ones, when left out.

    Returns:
        A panel whose `controls` are topic, place, stated_by, evidence, verdict, words and chosen.

    >>> import explore
    >>> panel = explore.panels.browse()
    >>> panel.controls["words"].value = "signed petition"
    >>> panel.frame()["id"].tolist()
    ['autostraddle-2015/petition-signatures']
    """
    table = search(frame, seeds=seeds)
    library = library_of(table, seeds)
    judged = _judged(table, library)
    labelled, texts = _labels(table, judged), _texts(table)
    named = [name for name in FILTERS if name in labelled]
    filters = {name: choice(FILTERS[name][0], [("any", ANY)], FILTERS[name][1], "240px") for name in named}
    words = field("Words", "Show only statistics that hold every one of these words", hint="police, Auckland, 2006 …")
    chosen = listing("Statistics", labels(table), "The statistics that are left; choose one")

    def picked() -> dict[str, str]:
        return {name: box.value for name, box in filters.items() if box.value != ANY}

    def left() -> pd.DataFrame:
        return table[_fits(labelled, texts, picked(), words.value)]

    def arrange() -> None:
        """Offer in each filter what the others leave, and in the list what all of them leave."""
        for name, box in filters.items():
            others = {other: value for other, value in picked().items() if other != name}
            many = labelled.loc[_fits(labelled, texts, others, words.value), name].value_counts()
            held = sorted({*many.index[many > 0], *([box.value] if box.value != ANY else [])}, key=str.casefold)
            options = [(f"{value} ({many.get(value, 0)})", value) for value in held]
            offer(box, [("any", ANY), *options], box.value)
        offer(chosen, labels(left()), chosen.value)

    def reset() -> None:
        panel.set(**dict.fromkeys([*filters, "words"], ANY))

    def look() -> View:
        rows = left()
        found = call("explore.panels.search", frame=frame, words=words.value, seeds=seeds, **picked())
        if rows.empty:
            hint = "<p>Nothing is left. Take words away, set a filter to “any”, or reset them all.</p>"
            return View("No statistic fits these filters.", found, lambda: rows, None, card=hint)
        one = rows[rows["id"] == chosen.value]
        many = "1 statistic" if len(rows) == 1 else f"{len(rows)} statistics"
        sentence = f"{many}; shown: {labels(one)[0][0]}."
        card = of_statistic(one, library, judged)
        if one["value"].isna().all():
            return View(sentence, found, lambda: rows, None, card=card)
        code = f"rows = {found}\n{call('explore.charts.neighbours', chosen.value, frame=frame, seeds=seeds)}"
        chart = partial(charts.neighbours, chosen.value, frame, seeds)
        return View(sentence, code, lambda: rows, chart, picture=chosen.value, card=card)

    arrange()
    again = button("Reset", "Set every filter back to “any”", reset)
    controls = {**filters, "words": words, "chosen": chosen}
    panel = Panel(controls, look, above=[row(*filters.values(), words, again), chosen], arrange=arrange)
    return panel


def search(frame: pd.DataFrame | None = None, words: str = "", seeds: Seeds = None, **picked: str) -> pd.DataFrame:
    """Find statistics that hold every one of some words, in any order, and have the labels that are given.

    Capital letters and accents make no difference. Statistics with quoted words come first, each once.

    Args:
        frame: rows of `explore.statistics()`; all of them when left out.
        words: looked for in every column.
        seeds: folder of registers; that of the rows, or the shipped ones, when left out.
        picked: what a row must say in topic, place, stated_by or evidence; or the verdict of the audit.

    Returns:
        The rows that fit, with the columns of `explore.statistics()`.

    Raises:
        ExploreError: no such label, or a verdict on rows whose registers are not known.

    >>> import explore
    >>> explore.panels.search(words="SIGNATURES petition", verdict="untraced")["id"].tolist()
    ['autostraddle-2015/petition-signatures']
    """
    rows = tables.statistics(seeds) if frame is None else checked(
        frame, "browse", STATISTIC_COLUMNS, "explore.statistics()"
    )  # fmt: skip
    rows = rows.drop_duplicates("id").sort_values("quote", key=lambda quote: quote.isna(), kind="stable")
    if not words and not picked:
        return rows
    labelled = _labels(rows, _judged(rows, library_of(rows, seeds)))
    for name in picked:
        if name not in FILTERS:
            raise ExploreError(f'search: "{name}" is no label to pick by; {nearest(name, FILTERS)}')
        if name not in labelled:
            raise ExploreError("search: the rows do not know their registers, which verdicts take; give seeds=…")
    return rows[_fits(labelled, _texts(rows), picked, words)]


def _judged(rows: pd.DataFrame, library: Library | None) -> pd.DataFrame | None:
    """Return the audit of the rows that still say what their register says; None where there is no register."""
    if library is None:
        return None
    audited = verdicts.audit(library.folder).set_index("id")
    return audited[audited.index.isin(list(unchanged(rows, library)))]


def _labels(rows: pd.DataFrame, judged: pd.DataFrame | None) -> pd.DataFrame:
    """Return what the rows can be picked by; the verdict only where the registers are known."""
    labelled = rows[[name for name in FILTERS if name != "verdict"]].astype("string")
    return labelled if judged is None else labelled.assign(verdict=rows["id"].map(judged["verdict"].astype("string")))


def _texts(rows: pd.DataFrame) -> pd.Series[str]:
    """Return all that a row says, as it is searched: small letters without accents."""
    cells = rows.astype("string").fillna("")
    return cells.agg(" ".join, axis=1).map(_plain)


def _plain(words: str) -> str:
    spread = unicodedata.normalize("NFKD", words).casefold()
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def _fits(labelled: pd.DataFrame, texts: pd.Series[str], picked: dict[str, str], words: str) -> pd.Series[bool]:
    """Say of each row whether it has the labels and holds all the words."""
    wanted = _plain(words).split()
    fits = texts.map(lambda text: all(word in text for word in wanted)).astype(bool)
    for name, value in picked.items():
        fits &= (labelled[name] == value).fillna(value=False).astype(bool)
    return fits
