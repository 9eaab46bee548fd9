"""Compare two statistics, or refuse: what may be set beside what, and what the change is."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explore.arithmetic import PerHead, interval_of, per_head, stands_for
from explore.register import load
from explore.terms import ExploreError, NotComparable, nearest
from explore.wording import amount, listed, say, signed, when

if TYPE_CHECKING:
    from collections.abc import Iterable

    from explore.register import Library
    from explore.register.schema import Statistic
    from explore.tables import Seeds

IDENTITY = ("measure", "unit", "population", "series")
"""What two statistics must agree in."""

DIMENSIONS = ("place", "group", "period")
"""What they may differ in."""


@dataclass(frozen=True)
class Comparison:
    """Two statistics set side by side, from `a` to `b`.

    `change` is in `unit` (percentage points for shares), `relative_change` in percent and missing
    where `a` is 0, `interval` the 95% interval of `change` where both are shares of a known number
    of cases. `allowed` names the fields that differ and were let through; `subject` says what is
    compared, `basis` what both agree in.
    """

    a: str
    b: str
    values: tuple[float, float]
    unit: str
    change: float
    relative_change: float | None
    interval: tuple[float, float] | None
    per_head: tuple[PerHead, ...]
    allowed: tuple[str, ...]
    subject: str
    basis: str

    @property
    def sentence(self) -> str:
        """Say the result in one sentence that can be printed."""
        parts = [f"{self.subject}, a difference of {signed(self.change, self.unit)}"]
        if self.relative_change is not None and self.unit != "percentage points":
            parts.append(f" ({signed(self.relative_change, '%')})")
        if self.interval:
            low, high = (signed(end, "") for end in self.interval)
            parts.append(f" (95% interval {low} to {high})")
        if self.per_head:
            changes = [one.change for one in self.per_head]
            ends = dict.fromkeys(signed(end, "%") for end in (min(changes), max(changes)))
            parts.append(f"; per resident {' to '.join(ends)}")
        if self.allowed:
            parts.append(f", although {listed(self.allowed)} {'does' if len(self.allowed) == 1 else 'do'} not agree")
        return "".join(parts) + "."

    @property
    def caption(self) -> str:
        """Say what both agree in, what was let through, and what the interval and the residents rest on."""
        parts = [self.basis]
        if self.interval:
            parts.append("Interval of the difference by Newcombe’s method 10.")
        elif self.unit == "percentage points":
            parts.append("No interval: it takes two exact shares of known, separate numbers of cases.")
        for one in self.per_head:
            growth, note = amount(one.growth, "percent", 2), f": {one.note.rstrip('.')}" if one.note else ""
            parts.append(f"Per resident {signed(one.change, '%')} if residents grew by {growth} ({one.basis}{note}).")
        return " ".join(parts)

    def __str__(self) -> str:
        return f"{self.sentence}\n{self.caption}"

    def _repr_html_(self) -> str:
        """Show the comparison as a small card that takes the notebook’s own colours."""
        percent = "missing: the first is 0" if self.relative_change is None else signed(self.relative_change, "%")
        rows = [("change", signed(self.change, self.unit)), ("relative change", percent)]
        if self.interval:
            rows.append(("95% interval", " to ".join(signed(end, self.unit) for end in self.interval)))
        rows += [
            (
                f"per resident, on {amount(one.growth, 'percent', 2)} more residents ({one.basis})",
                signed(one.change, "%"),
            )
            for one in self.per_head
        ]
        cells = "".join(
            f'<tr><td style="text-align:left">{html.escape(name)}</td>'
            f'<td style="text-align:right"><b>{html.escape(value)}</b></td></tr>'
            for name, value in rows
        )
        style = "border-left:4px solid #0072b2;padding:.2em 1em;max-width:52em"
        return (
            f'<div style="{style}"><p>{html.escape(self.sentence)}</p><table>{cells}</table>'
            f'<p style="opacity:.75"><small>{html.escape(self.caption)}</small></p></div>'
        )


def compare(a: str, b: str, allow: Iterable[str] = (), seeds: Seeds = None) -> Comparison:
    """Compare two statistics, from the first to the second, or refuse and say why not.

    They must agree in measure, unit, population and series, and they may differ in place, group
    and period. The interval of a difference of two shares is Newcombe’s hybrid score interval
    (Statistics in Medicine 17, 1998, 873–890, method 10). The change per resident is given for
    counts of people in one place and group, on every population growth over the same years.

    Args:
        a: id of a statistic, such as "autostraddle-2015/christchurch-1999".
        b: id of another.
        allow: fields that may differ all the same, all but the unit; the caption then says so.
        seeds: folder of registers; the shipped ones when left out.

    Raises:
        NotComparable: they differ in a field that is not allowed to, or one gives no number.
        ExploreError: an id or a field is not known.

    >>> import explore
    >>> growth = explore.compare("autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006")
    >>> growth.change, round(growth.relative_change, 1)
    (17, 4.5)
    >>> [round(one.change, 1) for one in growth.per_head]
    [-3.9, -3.7, -3.8]
    >>> explore.compare("plrc-2005/identified", "plrc-2008/five-centres")
    Traceback (most recent call last):
    explore.terms.NotComparable: plrc-2005/identified and plrc-2008/five-centres cannot be compared: ...
    """
    library = load(seeds)
    first, second = find(library, a), find(library, b)
    names = [allow] if isinstance(allow, str) else list(allow or ())
    for name in names:
        if name not in IDENTITY:
            raise ExploreError(f'allow: "{name}" is no field that must agree; {nearest(name, IDENTITY)}')
    differing = [name for name in IDENTITY if not _agree(first, second, name)]
    counted = first.value is not None and second.value is not None
    if refused := [name for name in differing if name not in names or (name == "unit" and counted)]:
        raise NotComparable(_refusal(library, first, second, refused, differing), refused)
    if first.value is None or second.value is None:
        silent = first if first.value is None else second
        raise NotComparable(f"{silent.key} states no number (“{silent.value_text}”), so there is no change", ["value"])
    change = second.value - first.value
    return Comparison(
        a=a,
        b=b,
        values=(first.value, second.value),
        unit="percentage points" if first.unit in {"percent", "percent change"} else first.unit or "",
        change=change,
        relative_change=100 * change / abs(first.value) if first.value else None,
        interval=interval_of(first, second),
        per_head=per_head(library, first, second),
        allowed=tuple(differing),
        subject=_subject(first, second),
        basis=_basis(library, first, second, differing),
    )


def moves(library: Library, a: str, b: str) -> tuple[float, float]:
    """Return the least and the most that a number moved by from one statistic to another, whatever was rounded.

    Raises:
        NotComparable: they may not be compared.
    """
    compare(a, b, seeds=library.folder)
    (low_a, high_a), (low_b, high_b) = (stands_for(library.statistics[key]) for key in (a, b))
    return low_b - high_a, high_b - low_a


def find(library: Library, key: str) -> Statistic:
    """Return the statistic with this id, or say which is meant."""
    if not isinstance(key, str) or key not in library.statistics:
        raise ExploreError(f'no register holds the statistic "{key}"; {nearest(key, library.statistics)}')
    return library.statistics[key]


def _agree(a: Statistic, b: Statistic, name: str) -> bool:
    """Say whether two statistics agree in a field; what is not known agrees with nothing."""
    value = getattr(a, name)
    return value is not None and value == getattr(b, name)


def _refusal(library: Library, a: Statistic, b: Statistic, refused: list[str], differing: list[str]) -> str:
    """Write what differs, both values, who says so, and how to compare all the same."""
    lines = [f"{a.key} and {b.key} cannot be compared:"]
    for name in refused:
        lines.append(f"  {name}: {_shown(a, name)} against {_shown(b, name)}")
        if name == "series":
            lines += [f"    {_declared(library, one)}" for one in (a, b)]
    for one in (a, b):
        words = [f"“{one.quote}”"] if one.quote else []
        words += [one.note] if one.note else []
        lines += [f"  {one.key} says: {' '.join(words)}"] if words else []
    if "unit" in differing:
        return "\n".join([*lines, "  Numbers in different units have no difference, whatever else is allowed."])
    names = ", ".join(f'"{name}"' for name in differing) + ("," if len(differing) == 1 else "")
    return "\n".join([*lines, f"  To compare them all the same: allow=({names}); the caption will say so."])


def _shown(one: Statistic, name: str) -> str:
    value = getattr(one, name)
    return f"“{value}”" if value is not None else "none declared"


def _declared(library: Library, one: Statistic) -> str:
    """Write how the numbers of a series were made, over what, and in whose words."""
    if one.series is None:
        return f"{one.key}: no series is declared, so nothing says that the two were counted the same way"
    series = library.series[one.series]
    words = f" (“{series.quote}”)" if series.quote else ""
    note = f". {series.note}" if series.note else ""
    return f"{series.id}: {series.method}; coverage: {series.coverage}{words}{note}"


def _subject(a: Statistic, b: Statistic) -> str:
    """Write what is compared: what both share once, then each with what is its own."""
    measure, people = (
        " / ".join(dict.fromkeys(getattr(one, name) or f"no {name} stated" for one in (a, b)))
        for name in ("measure", "population")
    )
    shared = [] if people in measure else [people]
    own: tuple[list[str], list[str]] = ([], [])
    for name in DIMENSIONS:
        values = [getattr(one, name) for one in (a, b)]
        told = [when(value) if value and name == "period" else value for value in values]
        if values[0] == values[1]:
            shared += told[:1] if told[0] else []
        else:
            for kept, value in zip(own, told, strict=True):
                kept.append(value or f"no {name} stated")
    sides = [say(one) + (f" ({', '.join(kept)})" if kept else "") for one, kept in zip((a, b), own, strict=True)]
    head = f"{measure} ({', '.join(shared)})" if shared else measure
    return f"{head[:1].upper()}{head[1:]}: {sides[0]} against {sides[1]}"


def _basis(library: Library, a: Statistic, b: Statistic, differing: list[str]) -> str:
    """Write what both agree in, and each field that differs and was let through."""
    same = [name for name in IDENTITY if name not in differing]
    agreed = f"{a.key} and {b.key} agree in {listed(same) or 'nothing'}."
    if "series" not in differing:
        agreed += f" Both were counted as {_declared(library, a)}."
    let = [
        f"Compared although {name} does not agree: {_shown(a, name)} against {_shown(b, name)}." for name in differing
    ]
    return " ".join([agreed, *let])
