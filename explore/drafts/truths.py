"""Truths: what the registers say of the target of a binding, and whether written words say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from explore import units
from explore.claims import spoken
from explore.comparison import compare, moves
from explore.register.sentences import braces
from explore.relations import relate, within
from explore.terms import ExploreError, NotComparable, nearest
from explore.values import Values, converted, direction, exact, of_number, of_statistic
from explore.wording import amount, say

if TYPE_CHECKING:
    from explore.numbers import Number
    from explore.register import Library
    from explore.register.schema import Statistic

_HINTS = 200  # targets that are looked up before no more is said of which known one may be meant
_NEAR = re.compile(r"(?:\S+\s+){0,4}\S*\Z")  # the words that may say which way a number went
_ANY = 6  # decimals of what is computed


class Truth(NamedTuple):
    """What the registers say of a target: in which set it lies and how it is said, or why nothing can be said.

    `way` is 1 or −1 where it surely rose or fell, 0 where rounding leaves that open, None where nothing moved.
    """

    status: str = "holds"
    said: str = ""
    values: Values | None = None
    unit: str | None = None
    places: int = 0
    way: int | None = None
    rows: tuple[Statistic, ...] = ()

    @property
    def quotes(self) -> list[str]:
        """The words of its rows, each with who said them."""
        return [f"“{one.quote}” ({one.stated_by})" for one in self.rows if one.quote]


class Truths:
    """What targets say in one library; each is looked up once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[tuple[str, bool], Truth] = {}
        self._by_value: dict[float, list[Statistic]] = {}
        for one in library.statistics.values():
            if one.value is not None:
                self._by_value.setdefault(abs(float(one.value)), []).append(one)

    def of(self, target: str, *, in_percent: bool) -> Truth:
        """Return what a target says: a row, its n or period, or the change between two, in percent or not."""
        key = (target, in_percent)
        if key not in self._known:
            self._known[key] = self._look_up(target, in_percent=in_percent)
        return self._known[key]

    def fitting(self, number: Number, context: str) -> list[str]:
        """List the ids of the rows that a number may be of: those with that very number, in its unit."""
        value = abs(float(number.value or 0))
        near = [
            *self._by_value.get(value, ()),
            *(self._by_value.get(100 * value, ()) if number.unit == "ratio" else ()),
        ]
        return [one.key for one in near if same_as(number, context, of_row(one))]

    def _look_up(self, target: str, *, in_percent: bool) -> Truth:
        try:
            (each,) = braces("{" + target + "}")
            a = self._full(each.a, "")
            each = each._replace(a=a, b=self._full(each.b, a.partition("/")[0]) if each.b else None)
        except ValueError:
            return Truth(
                "unknown", f"“{target}” is no target; write explore:document/statistic, or two ids with .. between"
            )
        except ExploreError as error:
            return Truth("unknown", str(error))
        try:
            if each.b:
                return self._change(each.a, each.b, in_percent=in_percent)
            one = self._library.statistics[each.a]
            if not each.field:
                return of_row(one)
            said = spoken(self._library, dict(self._library.statistics), each)
            n = exact(one.n or 0)
            return Truth("holds", said, Values(n, n, n) if each.field == "n" else None, rows=(one,))
        except NotComparable as error:
            pairs = [f"{one.field}: {one.a} against {one.b}" for one in error.differences]
            return Truth("refused", f"{str(error).splitlines()[0].rstrip(':')}: {'; '.join(pairs)}")
        except ExploreError as error:
            return Truth("refused", " ".join(str(error).split()))

    def _full(self, key: str, document: str) -> str:
        """Return an id in full: as written, of the same document, or of the one register that has it."""
        known = self._library.statistics
        here = [one for one in (key, f"{document}/{key}") if one in known]
        found = here or [one for one in known if "/" not in key and one.endswith(f"/{key}")]
        if len(found) == 1:
            return found[0]
        hint = nearest(key, found or known) if len(self._known) < _HINTS else ""
        raise ExploreError(
            f"{'more than one register has' if found else 'no register has'} “{key}”; {hint}".rstrip("; ")
        )

    def _change(self, a: str, b: str, *, in_percent: bool) -> Truth:
        found = compare(a, b, seeds=self._library.folder)
        if found.qualifier or found.upper is not None:
            raise ExploreError(f"from {a} to {b} the change is {found.changed}, which is no one number")
        points = found.unit == "percentage points"
        size = found.relative_change if in_percent and not points else found.change
        said = amount(abs(found.change), found.unit, found.decimals or 0)
        if in_percent or points:
            (each,) = braces(f"{{{a}..{b}}}")
            said = spoken(self._library, dict(self._library.statistics), each)
        value, (low, high) = exact(abs(size or 0)), moves(self._library, a, b)
        rows = self._library.statistics[a], self._library.statistics[b]
        unit = "percent change" if in_percent and not points else found.unit
        return Truth("holds", said, Values(value, value, value), unit, _ANY, (low > 0) - (high < 0), rows)


def of_row(one: Statistic) -> Truth:
    """Return what one row says."""
    moved = one.value is not None and units.is_change(one.unit)
    way = ((one.value or 0) > 0) - ((one.value or 0) < 0) if moved else None
    if one.evidence == "not read":
        return Truth("refused", f"the page with {one.key} could not be read, so nothing can be said of it")
    return Truth("holds", say(one), of_statistic(one), one.unit, max(one.decimals, 0), way, (one,))


def same_as(number: Number, context: str, truth: Truth) -> bool:
    """Say whether a number of a text stands for the same as what the registers say.

    The relation is that of the audit; and what is written must hold what the row gives: 40% is not 42%, nor is
    45.3% where the row gives no decimal, while “more than 40%” holds 42%. The size of a fall needs no sign.

    Args:
        number: the number, placed in its context.
        context: the text around it, which may qualify it.
        truth: what it is held to.
    """
    stated, found = of_number(number, context), truth.values
    if found is None:  # the register gives words alone, such as “hundreds”, or a period
        digits = set(re.findall(r"\d+", number.words))
        alike = number.words.casefold() in truth.said.casefold()
        return bool(number.words) and (alike or bool(digits) and digits <= set(re.findall(r"\d+", truth.said)))
    if stated is None:
        return False
    stated, found = (one.moved(-1) if one.given < 0 else one for one in (stated, found))
    there = _in_unit(stated, number, truth.unit)
    relation = relate(there, found) if there else "differs"
    return there is not None and (
        relation == "agrees" or (relation == "rounds" and not found.bound and within(found.as_given(), there))
    )


def _in_unit(stated: Values, number: Number, unit: str | None) -> Values | None:
    """Return what a number stands for in the unit of a row; None where the two say different units."""
    if number.unit is None or unit is None:
        return stated
    shares = {number.unit, units.standard(unit)} <= {"percent", "percent change"}
    if shares or (number.kind == "count" and units.is_counted(unit)) or number.unit.rstrip("s") == unit.rstrip("s"):
        return stated
    if number.kind == "fraction" and units.is_change(unit):
        return stated.moved(100)
    return converted(stated, number.unit, unit)


def wrong_way(number: Number, context: str, truth: Truth) -> str:
    """Say that words such as “rose” stand beside a number that did not; an empty text where they do not."""
    if truth.way is None:
        return ""
    before = _NEAR.search(context[: number.start])
    first = before.start() if before else 0
    after = " ".join(context[number.end :].split(" ")[:4])
    placed = number._replace(start=number.start - first, end=number.end - first)
    way = -1 if (number.value or 0) < 0 else direction(context[first : number.end] + after, placed)
    if not way or way == truth.way:
        return ""
    told = {1: "it rose", -1: "it fell", 0: "rounding leaves open which way it went"}[truth.way]
    return f"the words say that it {'rose' if way > 0 else 'fell'}; {told}"
