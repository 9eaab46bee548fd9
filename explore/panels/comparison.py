"""Two statistics as a panel: may they be compared, why not, and what is the change."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from itertools import combinations, islice

import ipywidgets as widgets  # type: ignore[import-untyped]

from explore import charts, comparison, tables
from explore.differences import IDENTITY
from explore.panels.controls import WHOLE, control, labels, offer, row, safe
from explore.panels.exports import exportable
from explore.panels.panel import Panel, View, call
from explore.register import Library, load
from explore.tables import Seeds
from explore.terms import ExploreError, NotComparable
from explore.wording import listed, say

EVERY = "every topic"
TRIES = 500  # pairs that are looked at for one to open on
FIELDS = [name for name in comparison.ALLOWED if name != "unit"]


def compare(a: str | None = None, b: str | None = None, allow: Iterable[str] = (), seeds: Seeds = None) -> Panel:
    """Pick statistics: see whether they may be compared, and what the change is.

    Args:
        a: id of the statistic to start from; when left out, of the first that may be compared with another.
        b: id of the other; when left out, of the first that may be compared with `a`.
        allow: fields that may differ all the same, as in `explore.compare`.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        A panel whose `controls` are topic, a, b, and one box for each field that may be allowed to differ.

    Raises:
        ExploreError: an id that no register holds or that names no quantity, or no two to choose from.

    >>> import explore
    >>> panel = explore.panels.compare("plrc-2005/identified", "plrc-2008/five-centres")
    >>> panel.sentence
    'These two may not be compared, because of their measure and series.'
    >>> panel.set(measure=True, series=True)
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
    one = control(widgets.Dropdown, "From", "The first statistic", WHOLE, options=every, value=last[0])
    other = control(widgets.Dropdown, "To", "The second statistic", WHOLE, options=every, value=last[1])
    names = [allow] if isinstance(allow, str) else list(allow)
    boxes = {
        name: control(
            widgets.Checkbox, name, f"Compare although {name} speaks against it", indent=False, value=name in names
        )
        for name in FIELDS
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
    panel = Panel({"topic": topic, "a": one, "b": other, **boxes}, look, above=above, arrange=arrange)
    panel.add_class("explore-card-says")  # the card begins with the sentence, so that one is only heard
    return exportable(panel)


def _start(library: Library, keys: list[str], a: str | None, b: str | None) -> tuple[str, str]:
    """Return the two to open on: those that are given, else the first that may be compared."""
    for one in (comparison.find(library, key) for key in (a, b) if key is not None):
        if one.value is None or one.unit == "year":
            what = f"is a date (“{say(one)}”)" if one.unit == "year" else f"states no number (“{one.value_text}”)"
            raise ExploreError(f"{one.key}: {what}, so there is nothing to compare")
    if a is not None and a == b:
        raise ExploreError(f"{a}: is the same statistic twice; give another one to compare it with")
    if a and b:
        return a, b
    pairs = [(a or key, b or key) for key in keys if key not in (a, b)] if a or b else list(combinations(keys, 2))
    if not pairs:
        raise ExploreError("compare: takes two statistics with numbers, and there are fewer; add them to a register")
    said = {key: [getattr(one, name) for name in IDENTITY] for key, one in library.statistics.items()}
    for pair in islice((pair for pair in pairs if said[pair[0]] == said[pair[1]]), TRIES):
        with suppress(NotComparable):
            comparison.compare(*pair, seeds=library.folder)
            return pair
    return pairs[0]


def _view(a: str, b: str, allowed: tuple[str, ...], seeds: Seeds) -> View:
    """Say and show whether two statistics may be compared, and why not, or what the change is."""
    try:
        found = comparison.compare(a, b, allowed, seeds)
    except NotComparable as refusal:
        sentence = f"These two may not be compared, because of their {listed(refusal.fields)}."
        card = refusal.card
        if not any(one.final for one in refusal.differences):
            ticks = f"To compare them all the same, tick {listed(refusal.fields)}; the caption will say so."
            card = card.replace(safe(refusal.fix), ticks)
    else:
        sentence, card = found.sentence, found._repr_html_()  # IPython’s protocol
    return View(
        sentence,
        call("explore.charts.comparison", a, b, allow=allowed, seeds=seeds),
        lambda: tables.statistics(seeds).set_index("id", drop=False).loc[[a, b]].reset_index(drop=True),
        partial(charts.comparison, a, b, allowed, seeds),
        picture=f"{a} {b} {allowed}",
        card=card,
    )
