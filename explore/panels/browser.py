"""All statistics as a panel: filters, a list, and the chosen one with its words and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explore import charts, tables, verdicts
from explore.panels.cards import of_statistic
from explore.panels.controls import card, choice, field, labels, listing, pairs, row
from explore.panels.panel import Panel, View
from explore.terms import STATISTIC_COLUMNS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt
    import pandas as pd

ANY = "any"
FILTERS = {
    "topic": ("Topic", "What the statistics are about"),
    "place": ("Place", "Where"),
    "stated_by": ("Said by", "Who states the number"),
    "evidence": ("How read", "How near to the document the number was read"),
}


def browse(frame: pd.DataFrame | None = None) -> Panel:
    """Look through the statistics: filter them, pick one, see its words, its source and its neighbours.

    Args:
        frame: rows of `explore.statistics()`; all of them when left out.

    Returns:
        A panel whose `controls` are topic, place, stated_by, evidence, verdict, words and chosen.

    >>> import explore
    >>> panel = explore.panels.browse()
    >>> panel.controls["topic"].value = "petition"
    >>> panel.controls["words"].value = "signed"
    >>> panel.frame()["id"].tolist()
    ['autostraddle-2015/petition-signatures']
    """
    if frame is None:
        table = tables.statistics()
    else:
        table = tables.checked(frame, "browse", STATISTIC_COLUMNS, "explore.statistics()").drop_duplicates("id")
    table = table.sort_values("quote", key=lambda quote: quote.isna(), kind="stable")  # what is quoted, first
    audited = verdicts.audit().set_index("id")
    start = "explore.statistics()" if frame is None else "frame"
    filters = {
        name: choice(label, pairs([ANY, *sorted(map(str, table[name].dropna().unique()))]), tip, "240px")
        for name, (label, tip) in FILTERS.items()
    }
    filters["verdict"] = choice(
        "Verdict", pairs([ANY, *VERDICTS]), "What the audit found of numbers that the text states", "240px"
    )
    words = field("Words", "Show only statistics with these words anywhere", hint="police, Auckland, 2006 …")
    chosen = listing("Statistics", labels(table), "The statistics that are left; choose one")
    shown = card()
    rows_of: dict[str, pd.DataFrame] = {}

    def left() -> pd.DataFrame:
        picked = {name: box.value for name, box in filters.items() if box.value != ANY}
        key = f"{picked} {words.value}"
        if key not in rows_of:
            rows_of.clear()
            rows_of[key] = _filtered(table, picked, words.value, audited)
        return rows_of[key]

    def narrow(_: object) -> None:
        """Put into the list what the filters leave, keeping the chosen one where it is still there."""
        kept, options = chosen.value, labels(left())
        keys = [key for _, key in options]
        with panel.held():
            chosen.options = options
            chosen.value = kept if kept in keys else keys[0] if keys else None

    def look() -> View:
        rows = left()
        code = start + _code({name: box.value for name, box in filters.items() if box.value != ANY}, words.value)
        if rows.empty:
            shown.value = "<p>Nothing is left. Set a filter back to “any”, or shorten the words.</p>"
            return View("No statistic fits these filters.", {}, code, lambda: rows, None)
        one = rows[rows["id"] == chosen.value]
        shown.value = of_statistic(one, _verdict(audited, chosen.value))
        chart = _neighbours(chosen.value, table) if one["value"].notna().any() else None
        return View(_sentence(rows, one), {}, code, lambda: rows, chart, chosen.value)

    for box in (*filters.values(), words):
        box.observe(narrow, "value")
    above = [row(*filters.values(), words), chosen]
    panel = Panel({**filters, "words": words, "chosen": chosen}, look, above=above, beside=shown, parts={"card": shown})
    return panel


def _neighbours(key: str, table: pd.DataFrame) -> Callable[[], alt.TopLevelMixin]:
    return lambda: charts.neighbours(key, table)


def _verdict(audited: pd.DataFrame, key: str) -> tuple[str, str] | None:
    """Return the verdict on a statistic with its reason, where there is one."""
    if key not in audited.index:
        return None
    return str(audited.loc[key, "verdict"]), str(audited.loc[key, "reason"])


def _filtered(table: pd.DataFrame, picked: dict[str, str], words: str, audited: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that fit; words are looked for in every column, in either case."""
    rows = table
    for name, value in picked.items():
        if name == "verdict":
            rows = rows[rows["id"].isin(audited.index[audited["verdict"] == value])]
        else:
            rows = rows[(rows[name] == value).fillna(value=False)]
    if words.strip():
        cells = rows.astype("string")
        rows = rows[cells.apply(lambda c: c.str.contains(words.strip(), case=False, regex=False, na=False)).any(axis=1)]
    return rows


def _code(picked: dict[str, str], words: str) -> str:
    """Write the same filters as Python."""
    code = ""
    for name, value in picked.items():
        if name == "verdict":
            code += f'[lambda t: t["id"].isin(explore.audit()[lambda a: a["verdict"] == {value!r}]["id"])]'
        else:
            code += f'[lambda t: (t["{name}"] == {value!r}).fillna(False)]'
    if words.strip():
        test = f"c.str.contains({words.strip()!r}, case=False, regex=False, na=False)"
        code += f'[lambda t: t.astype("string").apply(lambda c: {test}).any(axis=1)]'
    return code


def _sentence(rows: pd.DataFrame, one: pd.DataFrame) -> str:
    """Say how many are left and which is shown."""
    many = "1 statistic" if len(rows) == 1 else f"{len(rows)} statistics"
    ((label, _),) = labels(one)
    return f"{many}; shown: {label}."
