"""Two statistics as a panel: may they be compared, why not, and what is the change."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import combinations, islice
from typing import TYPE_CHECKING

import ipywidgets as widgets  # type: ignore[import-untyped]

from explore import charts, comparison, display, tables
from explore.panels.controls import WHOLE, control, facts, labels, offer, row
from explore.panels.exports import exportable
from explore.panels.panel import Panel, View, call
from explore.register import load
from explore.terms import ExploreError, NotComparable
from explore.wording import amount, listed, say, signed

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
    library, table = load(seeds), tables.statistics(seeds)
    table = table[table["value"].notna() & (table["unit"] != "year").fillna(value=True)]
    table = table.sort_values("quote", key=lambda quote: quote.isna(), kind="stable")
    topics = dict(zip(table["id"], table["topic"].astype(str), strict=True))
    last = _start(library, list(topics), a, b)
    many = table["topic"].astype(str).value_counts().sort_index()
    held = [(EVERY, EVERY), *((f"{name} ({count})", name) for name, count in many.items() if count > 1)]
    start = topics[last[0]] if topics[last[0]] == topics[last[1]] else EVERY
    topic = control(widgets.Dropdown, "Topic", "Shortens the two lists to one topic", options=held, value=start)
    every = labels(table)
    one, other = (
        control(widgets.Dropdown, name, tip, WHOLE, options=every, value=key)
        for name, tip, key in zip(("From", "To"), ("The first statistic", "The second one"), last, strict=True)
    )
    names = [allow] if isinstance(allow, str) else list(allow)
    boxes = {
        name: control(widgets.Checkbox, name, f"Compare although {name} does not agree", indent=False, value=name in names)
        for name in comparison.IDENTITY
        if name != "unit"
    }

    def arrange() -> None:
        """Keep both lists to the topic, and a statistic from being compared with itself."""
        nonlocal last
        known = [key for key in topics if topic.value in (EVERY, topics[key])]
        first = one.value
        second = last[0] if other.value == first else other.value  # chosen where the other stood, they change places
        if not {first, second} <= set(known):
            first, second = _start(library, known, first if first in known else None, None)
        within = [(label, key) for label, key in every if key in set(known)]
        offer(one, within, first)
        offer(other, [(label, key) for label, key in within if key != first], second)
        last = first, second

    def look() -> View:
        return _view(one.value, other.value, tuple(name for name in boxes if boxes[name].value), seeds)

    above = [row(topic), one, other, row(widgets.Label("Allow to differ:"), *boxes.values())]
    return exportable(Panel({"topic": topic, "a": one, "b": other, **boxes}, look, above=above, arrange=arrange))


def _start(library: Library, keys: Sequence[str], a: str | None, b: str | None) -> tuple[str, str]:
    """Return the two to open on: those that are given, else the first that may be compared."""
    for one in (comparison.find(library, key) for key in (a, b) if key is not None):
        if one.value is None or one.unit == "year":
            what = f"is a date (“{say(one)}”)" if one.unit == "year" else f"states no number (“{one.value_text}”)"
            raise ExploreError(f"{one.key}: {what}, so there is nothing to compare")
    if a == b and a is not None:
        raise ExploreError(f"{a}: is the same statistic twice; give another one to compare it with")
    if a and b:
        return a, b
    pairs = [pair for pair in combinations(keys, 2) if {a, b} & {None, *pair} and (a or b or pair[0]) in pair]
    if not pairs:
        raise ExploreError("compare: takes two statistics with numbers, and there are fewer; add them to a register")
    said = {key: [getattr(library.statistics[key], name) for name in comparison.IDENTITY] for key in keys}
    alike = (pair for pair in pairs if said[pair[0]] == said[pair[1]] and None not in said[pair[0]])
    found = pairs[0]
    for pair in islice(alike, TRIES):
        with suppress(NotComparable):
            comparison.compare(*pair, seeds=library.folder)
            found = pair
            break
    return (found[1], found[0]) if found[1] == a or found[0] == b else found


def _view(a: str, b: str, allowed: tuple[str, ...], seeds: Seeds) -> View:
    """Say and show whether two statistics may be compared, and why not, or what the change is."""
    try:
        found = comparison.compare(a, b, allowed, seeds)
    except NotComparable as refusal:
        differ = refusal.fields and set(refusal.fields) <= set(comparison.IDENTITY)
        why = f": they differ in {listed(list(refusal.fields))}" if differ else ""
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
    interval = " to ".join(signed(end, found.unit) for end in found.interval or ())
    rows = [("change", signed(found.change, found.unit)), ("relative change", relative), ("95% interval", interval)]
    for one in found.per_head:
        growth = f"on a population growth of {amount(one.growth, 'percent', 2)} ({one.basis})"
        rows.append(("per resident", f"{signed(one.change, '%')} {growth}"))
    return facts(rows)
