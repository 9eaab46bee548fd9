"""Derived statistics: computed from others, in order, and never in a circle."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from explore.terms import Mistake
from explore.units import is_change, standard
from explore.values import Real, Values, exact, of_statistic, plain

if TYPE_CHECKING:
    from explore.register.reading import Library
    from explore.register.schema import Operation, Statistic

AnyReal = TypeVar("AnyReal", Fraction, float, Real)


def parts_of(one: Statistic) -> tuple[Operation, tuple[str, ...]]:
    """Return the operation that a derived statistic names, and the ids of its parts."""
    return cast("tuple[Operation, tuple[str, ...]]", one.derived)


def derive(library: Library, mistakes: list[Mistake]) -> dict[str, Statistic]:
    """Compute the derived statistics, each after its parts; give them under their ids."""
    made: dict[str, Statistic] = {}
    waiting = {key: one.derived[1] for key, one in library.statistics.items() if one.derived}
    waiting = {key: parts for key, parts in waiting.items() if library.statistics.keys() >= {*parts}}
    try:
        order = [key for key in TopologicalSorter(waiting).static_order() if key in waiting]
    except CycleError as error:
        circle = cast("list[str]", error.args[1])
        register = library.registers[circle[0].partition("/")[0]]
        fix = f"goes round in a circle: {' → '.join(circle)}; take one of them out"
        mistakes.append(Mistake(register.path.name, f"statistic {circle[0]}", "derived", None, fix))
        return made
    for key in order:
        one, parts = library.statistics[key], waiting[key]
        found = _computed(one, [made.get(name, library.statistics[name]) for name in parts])
        if isinstance(found, str):
            file = library.registers[one.document].path.name
            mistakes.append(Mistake(file, f"statistic {one.id}", "derived", list(parts), found))
        else:
            made[key] = one._replace(**found)
    return made


def _computed(one: Statistic, parts: list[Statistic]) -> dict[str, Any] | str:
    """Compute one derived statistic; say what is wrong where that cannot be done."""
    operation = parts_of(one)[0]
    missing = [part.key for part in parts if part.value is None]
    if missing:
        return f"has no value to compute with: {', '.join(missing)}"
    years = [int(each.period[:4]) if each.period else 0 for each in (one, *parts)]
    try:
        found = compute(operation, [exact(cast("float", part.value)) for part in parts], years)
        value = plain(found)
    except (ZeroDivisionError, OverflowError):
        value = math.inf
    if not math.isfinite(value):
        return "divides by nothing; take a part that is not 0 (interpolate needs two years)"
    if one.evidence != "arithmetic":
        return {"computed": value}
    unit = one.unit or unit_of(operation, [part.unit for part in parts])
    if unit == "percent" and not 0 <= value <= 100:
        return f"comes to {value:g}, and a share lies between 0 and 100; take other parts, or another unit"
    return {"computed": value, "value": value, "unit": unit, "decimals": _kept(operation, parts, years)}


def _kept(operation: Operation, parts: list[Statistic], years: list[int]) -> int:
    """Return the decimals that rounded parts leave to what is computed of them: below 0 for tens and hundreds."""
    sets = [found for part in parts if (found := of_statistic(part))]
    found = reach(operation, sets, [part.unit for part in parts], years)
    width = found.high - found.low
    return min(0, -math.ceil(math.log10(width))) if 0 < width < math.inf else 0


def unit_of(operation: Operation, parts: list[str | None]) -> str | None:
    """Return the unit of what is computed from parts in these units.

    >>> unit_of("difference", ["percent", "%"]), unit_of("difference", ["people", "people"])
    ('percentage points', 'people')
    """
    if operation == "difference" and all(standard(unit) == "percent" for unit in parts):
        return "percentage points"
    return {"percent_change": "percent change", "share": "percent", "ratio": "ratio"}.get(operation, parts[0])


def compute(operation: Operation, values: list[AnyReal], years: list[int]) -> AnyReal:
    """Compute a derived value; `years` (its own, then its parts') serve interpolation only.

    >>> round(compute("percent_change", [375, 392], []), 4)
    4.5333
    >>> compute("interpolate", [100, 200], [1999, 1996, 2001])
    160.0
    """
    if operation == "sum":
        return sum(values[1:], values[0])
    first, second = values
    match operation:
        case "percent_change":
            return 100 * (second - first) / first
        case "difference":
            return first - second
        case "ratio":
            return first / second
        case "share":
            return 100 * first / second
        case "before_change":
            return first / (1 + second / 100)
        case "interpolate":
            return first + (second - first) * (years[0] - years[1]) / (years[2] - years[1])


def reach(operation: Operation, sets: list[Values], of: list[str | None], years: list[int]) -> Values:
    """Return the set that an operation gives of sets in these units."""
    given = compute(operation, [each.given for each in sets], years)
    ends = [_ends(each, unit) for each, unit in zip(sets, of, strict=True)]
    # A sum has many parts, and its extremes where all are lowest and all are highest.
    whole = ([each[0] for each in ends], [each[-1] for each in ends])
    picked = whole if operation == "sum" else map(list, itertools.product(*ends))
    corners = [_at(operation, corner, years) for corner in picked]
    if any(math.isnan(corner) for corner in corners):
        return Values(given, -math.inf, math.inf, bound=True)
    low, high = min(corners), max(corners)
    closed = all(each.low == each.high for each in sets)
    return Values(given, low, high, (closed, closed), bound=math.inf in {high, -low})


def _ends(found: Values, unit: str | None) -> tuple[Fraction | float, ...]:
    """Return the ends of a part; a share or a count that is rounded to nothing is not below nothing."""
    low = max(found.low, Fraction(0)) if found.given >= 0 and not is_change(unit) else found.low
    return (low,) if low == found.high else (low, found.high)


def _at(operation: Operation, values: list[Fraction | float], years: list[int]) -> Fraction | float:
    try:
        return compute(operation, values, years)
    except ZeroDivisionError:  # the divisor may be as close to nothing as one likes
        return math.inf
