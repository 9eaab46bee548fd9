"""All statistics as a panel: filters, a list, and the chosen one with its words and its neighbours."""

from __future__ import annotations

import unicodedata
from functools import lru_cache, partial
from itertools import compress

import ipywidgets as widgets  # type: ignore[import-untyped]
import pandas as pd

from explore import charts, tables, verdicts
from explore.charts.draw import library_of
from explore.claims import unchanged
from explore.columns import STATISTIC_COLUMNS, checked
from explore.panels.cards import of_statistic
from explore.panels.controls import WHOLE, button, control, labels, offer, row
from explore.panels.exports import exportable
from explore.panels.panel import Panel, View, call
from explore.register import Library
from explore.tables import Seeds
from explore.terms import ExploreError, nearest

ANY, TEXT = "", "all its words"
PART = 1000  # statistics that the list is sent at first, and with each press of its button
FILTERS = {
    "topic": ("Topic", "What the statistics are about"),
    "place": ("Place", "Where"),
    "stated_by": ("Said by", "Who states the number"),
    "evidence": ("How read", "How near to the document the number was read"),
    "verdict": ("Verdict", "What the audit found of numbers that the text states"),
}


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
    >>> panel.controls["words"].value = "signed petition 10,000"
    >>> panel.frame()["id"].tolist()
    ['autostraddle-2015/petition-signatures']
    """
    table = search(frame, seeds=seeds)
    library = library_of(table, seeds)
    judged = _judged(table, library)
    index, listed = _index(table, judged), labels(table)
    filters = {
        name: control(widgets.Dropdown, *FILTERS[name], "240px", options=[("any", ANY)])
        for name in FILTERS
        if name in index
    }
    tip, hint = "Show only statistics that hold every one of these words", "any words, in any order"
    words = control(widgets.Text, "Words", tip, "300px", placeholder=hint)
    tip = "The statistics that are left; choose one"
    first = int(table["value"].notna().to_numpy()[:PART].argmax())  # one that can be drawn
    chosen = control(widgets.Select, "Statistics", tip, WHOLE, options=listed[:PART], index=first, rows=9)

    asked, sent = None, PART
    holding = lru_cache(maxsize=1)(partial(_holding, index))

    def left(filters: dict[str, str]) -> pd.Series[bool]:
        return _fits(index, filters, holding(words.value))

    def picked() -> dict[str, str]:
        return {name: box.value for name, box in filters.items() if box.value != ANY}

    def arrange() -> None:
        """Offer in each filter what the others leave, and in the list, in parts, what all of them leave."""
        nonlocal asked, sent
        for name, box in filters.items():
            others = {other: value for other, value in picked().items() if other != name}
            many = index.loc[left(others), name].value_counts()
            held = sorted({*many.index, box.value} - {ANY}, key=str.casefold)
            offer(box, [("any", ANY), *((f"{one} ({many.get(one, 0)})", one) for one in held)], box.value)
        if asked != (asked := (picked(), words.value)):
            sent = PART
        offered = list(compress(listed, left(picked())))
        offer(chosen, offered[:sent], chosen.value)
        more.layout.display = "" if len(offered) > sent else "none"

    def send_more() -> None:
        nonlocal sent
        sent += PART
        arrange()

    def look() -> View:
        rows = table[left(picked())]
        code = call("explore.panels.search", frame=frame, words=words.value, seeds=seeds, **picked())
        if rows.empty:
            hint = "<p>Nothing is left. Take words away, set a filter to “any”, or reset them all.</p>"
            return View("No statistic fits these filters.", code, lambda: rows, None, card=hint)
        one = rows[rows["id"] == chosen.value]
        sentence = f"{len(rows)} statistic{'s' * (len(rows) > 1)}; shown: {chosen.label}."
        card = of_statistic(one, library, judged)
        if one["value"].isna().all():
            return View(sentence, code, lambda: rows, None, card=card)
        code = f"rows = {code}\n{call('explore.charts.neighbours', chosen.value, frame=frame, seeds=seeds)}"
        chart = partial(charts.neighbours, chosen.value, frame, seeds)
        return View(sentence, code, lambda: rows, chart, picture=chosen.value, card=card)

    names = [*filters, "words"]
    reset = button("Reset", "Set every filter back to “any”", lambda: panel.set(**dict.fromkeys(names, ANY)))
    tip = f"Show {PART:,} more of the statistics that are left in the list"
    more = button(f"{PART:,} more in the list", tip, send_more)
    above = [row(*filters.values(), words, reset), chosen, more]
    panel = Panel({**filters, "words": words, "chosen": chosen}, look, above=above, arrange=arrange)
    return exportable(panel)


def search(frame: pd.DataFrame | None = None, words: str = "", seeds: Seeds = None, **picked: str) -> pd.DataFrame:
    """Find statistics that hold every one of some words, in any order, and have the labels that are given.

    Capital letters and accents make no difference. Statistics with quoted words come first, each once.

    Args:
        frame: rows of `explore.statistics()`; all of them when left out.
        words: looked for in every column.
        seeds: folder of registers; that of the rows, or the shipped ones, when left out.
        picked: what a row must say in topic, place, stated_by or evidence; or the verdict of the audit.

    Raises:
        ExploreError: no such label, or a verdict on rows whose registers are not known.

    >>> import explore
    >>> explore.panels.search(words="10,000 SIGNATURES", verdict="untraced")["id"].tolist()
    ['autostraddle-2015/petition-signatures']
    """
    rows = tables.statistics(seeds) if frame is None else frame
    rows = checked(rows, "browse", STATISTIC_COLUMNS, "explore.statistics()").drop_duplicates("id")
    rows = rows.sort_values("quote", key=lambda quote: quote.isna(), kind="stable")
    if not words and not picked:
        return rows
    index = _index(rows, _judged(rows, library_of(rows, seeds)))
    if missing := [name for name in picked if name not in index]:
        known = "its registers are not known: give seeds=…" if missing[0] in FILTERS else nearest(missing[0], FILTERS)
        raise ExploreError(f'search: the rows cannot be picked by "{missing[0]}"; {known}')
    return rows[_fits(index, picked, _holding(index, words))]


def _judged(rows: pd.DataFrame, library: Library | None) -> pd.DataFrame | None:
    """Return the audit of the rows that still say what their register says; None where there is no register."""
    if library is None:
        return None
    audited = verdicts.audit(library.folder).set_index("id")
    return audited[audited.index.isin(list(unchanged(rows, library)))]


def _index(rows: pd.DataFrame, judged: pd.DataFrame | None) -> pd.DataFrame:
    """Return what the rows can be found by: their labels, the verdict where it is known, and all their words."""
    index = rows[[name for name in FILTERS if name != "verdict"]].astype("string")
    if judged is not None:
        index["verdict"] = rows["id"].map(judged["verdict"].astype("string"))
    return index.assign(**{TEXT: rows.astype("string").fillna("").agg(" ".join, axis=1).map(_plain)})


def _plain(words: str) -> str:
    """Write words in small letters without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", words).casefold() if not unicodedata.combining(sign))


def _holding(index: pd.DataFrame, words: str) -> pd.Series[bool]:
    """Say of each row whether it holds all the words."""
    wanted = _plain(words).split()
    return pd.Series([all(word in text for word in wanted) for text in index[TEXT]], index.index, dtype=bool)


def _fits(index: pd.DataFrame, picked: dict[str, str], fits: pd.Series[bool]) -> pd.Series[bool]:
    """Say of those rows that fit whether they have the labels as well."""
    for name, value in picked.items():
        fits = fits & (index[name] == value).fillna(value=False).astype(bool)
    return fits
