"""Two statistics as a panel: may they be compared, why not, and what is the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets  # type: ignore[import-untyped]

from explore import charts, comparison, tables
from explore.differences import IDENTITY
from explore.panels.controls import card, choice, labels, pairs, row, safe, tick
from explore.panels.panel import Panel, View
from explore.register import load
from explore.wording import amount, listed, signed
from explore.terms import ExploreError, NotComparable

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from explore.tables import Seeds

A, B = "autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006"
EVERY = "every topic"


def compare(a: str = A, b: str = B, allow: Iterable[str] = (), seeds: Seeds = None) -> Panel:
    """Pick two statistics: see whether they may be compared, and what the change is.

    Args:
        a: id of the statistic to start from.
        b: id of the other.
        allow: fields that may differ all the same, as in `explore.compare`.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        A panel whose `controls` are topic, a, b, and one box for each field that must agree.

    >>> import explore
    >>> panel = explore.panels.compare("plrc-2005/identified", "plrc-2008/five-centres")
    >>> panel.sentence
    'These two may not be compared: they differ in measure and series.'
    >>> panel.controls["measure"].value = panel.controls["series"].value = True
    >>> panel.sentence
    'Number of sex workers...a difference of −3,600 people...although measure and series do not agree.'
    """
    library = load(seeds)
    first, second = comparison.find(library, a), comparison.find(library, b)
    for one in (first, second):
        if one.value is None:
            raise ExploreError(f"{one.key}: states no number (“{one.value_text}”), so there is nothing to compare")
    table = tables.statistics(seeds)
    table = table[table["value"].notna()].sort_values(["topic", "id"], kind="stable")
    start = first.topic if first.topic == second.topic else EVERY
    topic = choice(
        "Topic", pairs([EVERY, *table["topic"].unique()]), "Shortens the two lists to one topic", value=start
    )
    listed_now = labels(_of(table, start))
    one = choice("From", listed_now, "The first statistic", "calc(100% - 6px)", a)
    other = choice("To", listed_now, "The second statistic, compared with the first", "calc(100% - 6px)", b)
    allow = {allow} if isinstance(allow, str) else set(allow)
    fields = [name for name in IDENTITY if name != "unit"]
    boxes = {name: tick(name, f"Compare although {name} does not agree") for name in fields}
    for name, box in boxes.items():
        box.value = name in allow
    shown = card()

    def narrow(_: object) -> None:
        """Shorten both lists to the topic, keeping what is chosen where it is still there."""
        options = labels(_of(table, topic.value))
        keys = [key for _, key in options]
        with panel.held():
            for box, otherwise in ((one, 0), (other, 1)):
                kept = box.value if box.value in keys else keys[min(otherwise, len(keys) - 1)]
                box.options = options
                box.value = kept

    def look() -> View:
        allowed = tuple(name for name, box in boxes.items() if box.value)
        view, words = _view(one.value, other.value, allowed, seeds)
        shown.value = words
        return view

    topic.observe(narrow, "value")
    ticks = row(widgets.Label("Allow to differ:"), *boxes.values())
    controls = {"topic": topic, "a": one, "b": other, **boxes}
    panel = Panel(controls, look, above=[row(topic), one, other, ticks], below=[shown], parts={"card": shown})
    return panel


def _of(table: pd.DataFrame, topic: str) -> pd.DataFrame:
    return table if topic == EVERY else table[table["topic"] == topic]


def _view(a: str, b: str, allowed: tuple[str, ...], seeds: Seeds) -> tuple[View, str]:
    """Say and show whether two statistics may be compared; give also the card with the reasons."""
    try:
        found = comparison.compare(a, b, allowed, seeds)
    except NotComparable as refusal:
        sentence = f"These two may not be compared: they differ in {listed(list(refusal.fields))}."
        if list(refusal.fields) == ["value"]:
            sentence = f"These two may not be compared: {refusal}."
        words = _refused(str(refusal))
    else:
        sentence, words = found.sentence, _compared(found)
    given = f", allow={allowed!r}" if allowed else ""
    given += f", seeds={str(seeds)!r}" if seeds else ""

    def frame() -> pd.DataFrame:
        return tables.statistics(seeds).set_index("id", drop=False).loc[[a, b]].reset_index(drop=True)

    view = View(
        sentence,
        {},
        f"explore.compare({a!r}, {b!r}{given})",
        frame,
        lambda: charts.comparison(a, b, allowed, seeds),
        f"{a} {b} {allowed}",
    )
    return view, words


def _refused(message: str) -> str:
    """Set out each field that differs, with both values and the words that say so."""
    *lines, last = message.splitlines()[1:]
    parts = [
        f'<p style="padding-left:{"2em" if line.startswith("    ") else "0"}">{safe(line.strip())}</p>'
        for line in lines
    ]
    if last.strip().startswith("To compare"):
        last = "To compare them all the same, tick what may differ; the caption will say so."
    return "".join([*parts, f"<p>{safe(last.strip())}</p>"])


def _compared(found: comparison.Comparison) -> str:
    """Set out the change, its interval and the change per resident."""
    relative = "missing: the first is 0" if found.relative_change is None else signed(found.relative_change, "%")
    rows = [("change", signed(found.change, found.unit)), ("relative change", relative)]
    if found.interval:
        rows.append(("95% interval", " to ".join(signed(end, found.unit) for end in found.interval)))
    for one in found.per_head:
        growth = f"on a population growth of {amount(one.growth, 'percent', 2)} ({one.basis})"
        rows.append(("per resident", f"{signed(one.change, '%')} {growth}"))
    cells = "".join(f"<dt>{safe(name)}</dt><dd>{safe(value)}</dd>" for name, value in rows)
    return f"<dl>{cells}</dl>"
