"""Compare two statistics, or refuse: what may be set beside what, and what the change is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import cast

from explore import units
from explore.arithmetic import PerHead, per_head
from explore.differences import DIMENSIONS, IDENTITY, declared, differences, overlap, part_and_whole
from explore.intervals import difference, no_interval
from explore.register import Library, load
from explore.register.schema import Statistic
from explore.tables import Seeds
from explore.terms import Difference, ExploreError, NotComparable, nearest
from explore.values import Real, Values, of_statistic, plain
from explore.wording import BEFORE, amount, capital, listed, say, signed, when

ALLOWED = IDENTITY + DIMENSIONS
"""The fields that `allow` takes; that of the unit changes nothing, for no one can take people from percent."""

_CARD = Path(__file__).with_suffix(".html.j2")


@dataclass(frozen=True)
class Comparison:
    """Two statistics set side by side, from `a` to `b`.

    `change` is in `unit` (percentage points for shares). Where the words give a bound, `change` is the end that
    is known and `qualifier` says which; where they give a range, `change` is its lower end and `upper` its upper.
    `relative_change` is in percent, and missing where `a` is not above 0 or not exact. `interval` is the 95%
    interval of `change`, for shares of two separate random samples only; `no_interval` says why there is none.
    `allowed` names the fields that differ and were let through; `subject` says what is compared, `basis`
    what both agree in, and `notes` what a reader needs to know of either.
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
    qualifier: str | None = None
    upper: float | None = None
    decimals: int | None = None
    no_interval: str | None = None
    notes: tuple[str, ...] = ()
    sets: tuple[Values, ...] = ()

    @property
    def changed(self) -> str:
        """Say the change: with its sign and unit, and with what qualifies it."""
        if self.upper is not None:
            return f"{signed(self.change, '', self.decimals)} to {signed(self.upper, self.unit, self.decimals)}"
        return BEFORE.get(self.qualifier or "", "") + signed(self.change, self.unit, self.decimals)

    @property
    def sentence(self) -> str:
        """Say the result in one sentence that can be printed."""
        parts = [f"{self.subject}, a difference of {self.changed}"]
        if self.relative_change and self.unit != "percentage points":
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
        elif self.no_interval:
            parts.append(f"No interval: {self.no_interval}.")
        for one in self.per_head:
            growth, note = amount(one.growth, "percent", 2), f": {one.note.rstrip('.')}" if one.note else ""
            parts.append(f"Per resident {signed(one.change, '%')} if residents grew by {growth} ({one.basis}{note}).")
        return " ".join([*parts, *self.notes])

    def __str__(self) -> str:
        return f"{self.sentence}\n{self.caption}"

    def _repr_html_(self) -> str:
        """Show the comparison as a small card that takes the notebook’s own colours."""
        return _card(found=self, signed=signed, amount=amount)


def _card(**parts: object) -> str:
    """Write a card; every word in it is escaped."""
    import jinja2  # noqa: PLC0415  # only for what is shown

    return str(jinja2.Template(_CARD.read_text("utf-8"), autoescape=True).render(parts))


def compare(a: str, b: str, allow: Iterable[str] = (), seeds: Seeds = None) -> Comparison:
    """Compare statistics, from the first to the second, or refuse and say why not.

    They must agree in measure, unit, population and series, and they may differ in place, group and
    period, where both name theirs. Units that convert are one unit. A count and a part of it, periods that
    overlap, and the two sides of a break of a series are refused. The interval of a difference of two shares is
    Newcombe’s hybrid score interval (Statistics in Medicine 17, 1998, 873–890, method 10), given for two separate
    random samples only. The change per resident is given for counts of people in one place and group, on every
    growth of its residents over the same years.

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
        if name not in ALLOWED:
            raise ExploreError(f'allow: "{name}" is no field that must agree; {nearest(name, ALLOWED)}')
    sets = _sets(first, second)
    found = differences(library, first, second)
    if any(one.final or one.field not in names for one in found):
        raise _refusal(first, second, [one for one in found if one.final or one.field not in names], found)
    return _compared(library, first, second, sets, found)


def moves(library: Library, a: str, b: str) -> tuple[float, float]:
    """Return the least and the most that a number moved by from one statistic to another, whatever was rounded.

    Raises:
        NotComparable: they may not be compared.
    """
    compare(a, b, seeds=library.folder)
    one, other = _sets(library.statistics[a], library.statistics[b])
    return float(other.low - one.high), float(other.high - one.low)


def find(library: Library, key: str) -> Statistic:
    """Return the statistic with this id, or say which is meant."""
    if not isinstance(key, str) or key not in library.statistics:
        raise ExploreError(f'no register holds the statistic "{key}"; {nearest(key, library.statistics)}')
    return library.statistics[key]


def _refusal(a: Statistic, b: Statistic, refused: Sequence[Difference], found: Sequence[Difference]) -> NotComparable:
    """Write what differs, both values, who says so, and how to compare all the same."""
    head = f"{a.key} and {b.key} cannot be compared:"
    lines: list[str] = []
    for one in refused:
        lines += [f"  {one.field}: {one.a} against {one.b}", *(f"    {line}" for line in one.says)]
    words = [
        f"{one.key} says: {' '.join(part for part in (one.quote and f'“{one.quote}”', one.note) if part)}"
        for one in (a, b)
        if one.quote or one.note
    ]
    names = list(dict.fromkeys(one.field for one in found))
    quoted = ", ".join(f'"{name}"' for name in names) + ("," if len(names) == 1 else "")
    fix = f"To compare them all the same: allow=({quoted}); the caption will say so."
    if any(one.final for one in found):
        fix = "No field that may be allowed to differ makes them comparable: choose another pair."
    card = _card(
        sentence=head,
        rows=[(one.field, f"{one.a} against {one.b}") for one in refused],
        words=[*(line for one in refused for line in one.says), *words, fix],
    )
    message = "\n".join([head, *lines, *(f"  {line}" for line in words), f"  {fix}"])
    return NotComparable(message, refused, fix, card)


def _compared(
    library: Library, a: Statistic, b: Statistic, sets: tuple[Values, Values], found: Sequence[Difference]
) -> Comparison:
    """Set two statistics side by side that may be compared."""
    change, upper, qualifier = _change(a, b, *sets)
    exact = qualifier is None and upper is None
    places = max(a.decimals, b.decimals, 0)
    shares = units.standard(a.unit) in {"percent", "percent change"}
    one, other = (plain(each.given) for each in sets)
    scaled = exact and one > 0 and units.standard(a.unit) not in units.NO_SCALE
    part = part_and_whole(library, a, b)
    interval, why = _interval(a, b, part)
    return Comparison(
        a=a.key,
        b=b.key,
        values=(one, other),
        unit="percentage points" if shares else a.unit or "",
        change=plain(change),
        upper=None if upper is None else plain(upper),
        qualifier=qualifier,
        decimals=places if change * 10**places == int(change * 10**places) else None,
        relative_change=float(100 * change / sets[0].given) if scaled else None,
        interval=interval,
        no_interval=why,
        per_head=per_head(library, a, b) if exact else (),
        allowed=tuple(dict.fromkeys(one.field for one in found)),
        subject=_subject(a, b),
        basis=_basis(library, a, b, found),
        notes=_notes(a, b, part),
        sets=(sets[0].rounded(), sets[1].rounded()),
    )


def _sets(a: Statistic, b: Statistic) -> tuple[Values, Values]:
    """Return what both stand for, in the unit of the first; refuse one that states no number."""
    sets = [of_statistic(one) for one in (a, b)]
    for one, found in zip((a, b), sets, strict=True):
        if found is None:
            words = f"“{one.value_text}”" if one.value_text else "its page could not be read"
            says = (f"{one.key} states no number ({words}), so there is no change.",)
            why = Difference("value", say(a), say(b), says, final=True)
            raise _refusal(a, b, [why], [why])
    first, second = cast("list[Values]", sets)
    return first, second.moved(units.factor(b.unit, a.unit) or 1)


def _change(a: Statistic, b: Statistic, one: Values, other: Values) -> tuple[Real, Real | None, str | None]:
    """Return the change from one set to the other: a number, its two ends, or the one end that bounds give."""
    if not one.bound and not other.bound:
        near = "about" if a.qualifier or b.qualifier else None
        first, second = one.as_given(), other.as_given()
        if first.low != first.high or second.low != second.high:
            return second.low - first.high, second.high - first.low, near
        return other.given - one.given, None, near
    first, second = (each if each.bound else each.as_given() for each in (one, other))
    low, high = second.low - first.high, second.high - first.low
    if low > -inf:
        return low, None, "at least" if second.ends[0] and first.ends[1] else "over"
    if high < inf:
        return high, None, "at most" if second.ends[1] and first.ends[0] else "under"
    why = Difference("value", say(a), say(b), ("The words leave open which of the two is larger.",), final=True)
    raise _refusal(a, b, [why], [why])


def _interval(a: Statistic, b: Statistic, part: Difference | None) -> tuple[tuple[float, float] | None, str | None]:
    """Return the interval of the difference of two shares, or why there is none.

    Newcombe’s interval takes two samples that have nothing to do with each other. Groups of one survey, its items,
    and one survey told by two documents share their cases: only another place or time makes another sample.
    """
    if units.standard(a.unit) != "percent" or units.standard(b.unit) != "percent":
        return None, None
    if why := no_interval(a) or no_interval(b):
        return None, why
    if part is not None:
        return None, "one is a part of the other"
    elsewhere = a.place is not None and b.place is not None and a.place.casefold() != b.place.casefold()
    if not elsewhere and (a.period is None or b.period is None or overlap(a.period, b.period)):
        return None, "both may be of the same cases, and it takes two separate samples"
    if a.value is None or b.value is None or a.n is None or b.n is None:
        return None, "the number of cases is not known"
    return difference((a.value, a.n), (b.value, b.n)), None


def _notes(a: Statistic, b: Statistic, part: Difference | None) -> tuple[str, ...]:
    """Gather what qualifies either number, so that it stays with the comparison."""
    told = list(part.says) if part else []
    told += [f"{one.key} is {one.observation_status}." for one in (a, b) if one.observation_status]
    if a.sample == b.sample == "expert estimate":
        told.append("Both are estimates; how far either may be off is not known.")
    for note in dict.fromkeys(one.note for one in (a, b) if one.note):
        told.append(f"{listed([one.key for one in (a, b) if one.note == note])}: {note}")
    return tuple(told)


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
    return f"{capital(head)}: {sides[0]} against {sides[1]}"


def _basis(library: Library, a: Statistic, b: Statistic, found: Sequence[Difference]) -> str:
    """Write what both agree in, and each field that differs and was let through."""
    let = {one.field: one for one in found}
    same = [name for name in IDENTITY if name not in let]
    agreed = f"{a.key} and {b.key} agree in {listed(same) or 'nothing'}."
    if "series" not in let:
        agreed += f" Both were counted as {declared(library, a)}."
    through = [f"Compared although {name} does not agree: {one.a} against {one.b}." for name, one in let.items()]
    return " ".join([agreed, *through])
