"""Two statistics as a panel: may they be compared, why not, and what is the change."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

import ipywidgets as widgets  # type: ignore[import-untyped]

from explore import charts, comparison, display, tables
from explore.panels.controls import choice, facts, labels, offer, row, tick
from explore.panels.panel import Panel, View, call
from explore.register import load
from explore.terms import ExploreError, NotComparable
from explore.wording import amount, listed, signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from explore.register import Library
    from explore.tables import Seeds

EVERY = "every topic"
TRIES = 500  # pairs that are looked at for one to open on


def compare(a: str | None = None, b: str | None = None, allow: Iterable[str] = (), seeds: Seeds = None) -> Panel:
    """Pick two statistics: see whether they may be compared, and what the change is.

    Args:
        a: id of the statistic to start from; when left out, of the first that may be compared with another.
        b: id of the other; when left out, of the first that may be compared with `a`.
        allow: fields that may differ all the same, as in `explore.compare`.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        A panel whose `controls` are topic, a, b, and one box for each field that must agree.

    Raises:
        ExploreError: an id that no register holds or that names no quantity, or no two to choose from.

    >>> import explore
    >>> panel = explore.panels.compare("plrc-2005/identified", "plrc-2008/five-centres")
    >>> panel.sentence
    'These two may not be compared: they differ in measure and series.'
    >>> panel.controls["measure"].value = panel.controls["series"].value = True
    >>> panel.sentence
    'Number of sex workers...a difference of −3,600 people...although measure and series do not agree.'
    """
    library = load(seeds)
    table = tables.statistics(seeds)
    table = table[table["value"].notna() & (table["unit"] != "year").fillna(value=True)]
    table = table.sort_values("quote", key=lambda quote: quote.isna(), kind="stable")
    keys, topics = list(table["id"]), dict(zip(table["id"], table["topic"].astype(str), strict=True))
    a, b = _start(library, keys, a, b)
    many = table["topic"].astype(str).value_counts()
    held = [(f"{name} ({count})", name) for name, count in many.sort_index().items() if count > 1]
    start = topics[a] if topics[a] == topics[b] else EVERY
    topic = choice("Topic", [(EVERY, EVERY), *held], "Shortens the two lists to one topic", value=start)
    options = labels(table)
    one = choice("From", options, "The first statistic", "calc(100% - 6px)", a)
    other = choice("To", options, "The second statistic, compared with the first", "calc(100% - 6px)", b)
    allowed = {allow} if isinstance(allow, str) else set(allow)
    fields = [name for name in comparison.IDENTITY if name != "unit"]
    boxes = {name: tick(name, f"Compare although {name} does not agree", name in allowed) for name in fields}
    last = [a, b]

    def arrange() -> None:
        """Keep both lists to the topic, and a statistic from being compared with itself."""
        known = [key for key in keys if topic.value in (EVERY, topics[key])]
        first, second = one.value, other.value
        if first == second:  # chosen where the other stood, it leaves its own place to that one
            second = last[0]
        if not {first, second} <= set(known):
            first, second = _start(library, known, *((first, None) if first in known else (None, None)))
        within = [(label, key) for label, key in options if key in set(known)]
        offer(one, within, first)
        offer(other, [(label, key) for label, key in within if key != first], second)
        last[:] = first, second

    def look() -> View:
        return _view(one.value, other.value, tuple(name for name in fields if boxes[name].value), seeds)

    arrange()
    ticks = row(widgets.Label("Allow to differ:"), *boxes.values())
    controls = {"topic": topic, "a": one, "b": other, **boxes}
    return Panel(controls, look, above=[row(topic), one, other, ticks], arrange=arrange)


def _start(library: Library, keys: Sequence[str], a: str | None, b: str | None) -> tuple[str, str]:
    """Return the two to open on: those that are given, else the first that may be compared."""
    for key in filter(None, (a, b)):
        found = comparison.find(library, key)
        if found.value is None:
            raise ExploreError(f"{key}: states no number (“{found.value_text}”), so there is nothing to compare")
        if found.unit == "year":
            raise ExploreError(f"{key}: is a date, and dates have no difference to show; give a statistic that counts")
    if a == b and a is not None:
        raise ExploreError(f"{a}: is the same statistic twice; give another one to compare it with")
    if a and b:
        return a, b
    pairs = [(a or b, key) for key in keys if key not in (a, b)] if a or b else list(combinations(keys, 2))
    if not pairs:
        raise ExploreError("compare: takes two statistics with numbers, and there are fewer; add them to a register")
    first, second = next((pair for pair in _alike(library, pairs) if _comparable(library, *pair)), pairs[0])
    return (first, second) if b is None else (second, first)


def _alike(library: Library, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return pairs that agree in all that must agree: few enough to be looked at one by one."""
    said = {key: tuple(getattr(one, name) for name in comparison.IDENTITY) for key, one in library.statistics.items()}
    return [(a, b) for a, b in pairs if said[a] == said[b] and None not in said[a]][:TRIES]


def _comparable(library: Library, a: str, b: str) -> bool:
    try:
        comparison.compare(a, b, seeds=library.folder)
    except NotComparable:
        return False
    return True


def _view(a: str, b: str, allowed: tuple[str, ...], seeds: Seeds) -> View:
    """Say and show whether two statistics may be compared, and why not, or what the change is."""
    try:
        found = comparison.compare(a, b, allowed, seeds)
    except NotComparable as refusal:
        differ = set(refusal.fields) <= set(comparison.IDENTITY)
        why = f": they differ in {listed(list(refusal.fields))}" if differ and refusal.fields else ""
        sentence, card = f"These two may not be compared{why}.", display.refusal(refusal)
    else:
        sentence, card = found.sentence, _compared(found)

    def frame() -> pd.DataFrame:
        return tables.statistics(seeds).set_index("id", drop=False).loc[[a, b]].reset_index(drop=True)

    code = call("explore.charts.comparison", a, b, allow=allowed, seeds=seeds)
    chart = partial(charts.comparison, a, b, allowed, seeds)
    return View(sentence, code, frame, chart, picture=f"{a} {b} {allowed}", card=card)


def _compared(found: comparison.Comparison) -> str:
    """Set out the change, its interval and the change per resident."""
    relative = "missing: the first is 0" if found.relative_change is None else signed(found.relative_change, "%")
    rows = [("change", signed(found.change, found.unit)), ("relative change", relative)]
    if found.interval:
        rows.append(("95% interval", " to ".join(signed(end, found.unit) for end in found.interval)))
    for one in found.per_head:
        growth = f"on a population growth of {amount(one.growth, 'percent', 2)} ({one.basis})"
        rows.append(("per resident", f"{signed(one.change, '%')} {growth}"))
    return facts(rows)
