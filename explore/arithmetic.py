"""The arithmetic of checking: what a source gives, what parts give when computed again, and change per resident."""

from typing import NamedTuple

from explore.register import Library, parts_of
from explore.register.derivation import reach, unit_of
from explore.register.schema import Statistic
from explore.values import Values, of_statistic

_ALL_LEFT = -100  # a growth that leaves nobody to divide by


class PerHead(NamedTuple):
    """A change per resident, on one known growth of the population.

    `basis` is the id of the statistic that gives the growth, from the earlier year to the later;
    `growth` and `change` are in percent, `change` from the first statistic to the second.
    """

    basis: str
    growth: float
    change: float
    note: str | None


def found_in(library: Library, one: Statistic) -> Values | None:
    """Return the set of values that a source or a part gives, in its unit; None where it gives no number.

    What was computed reaches as far as its parts allow. What is itself rounded does not reach its own ends.
    """
    if one.evidence == "arithmetic" and one.value is not None:
        return recomputed(library, one)[0]
    found = of_statistic(one)
    return found and found.rounded()


def recomputed(library: Library, one: Statistic) -> tuple[Values, str]:
    """Return what a derived number may be over all that its parts stand for, and the unit of that.

    Each operation rises or falls in each of its parts, so its extremes lie at corners. 12 and 13 per 1,000 are a
    rise of anything from 0 to 17%.
    """
    operation, keys = parts_of(one)
    parts = [library.statistics[key] for key in keys]
    sets = [found for part in parts if (found := found_in(library, part)) is not None]
    years = [int(each.period[:4]) if each.period else 0 for each in (one, *parts)]
    of = [part.unit for part in parts]
    return reach(operation, sets, of, years), unit_of(operation, of) or ""


def per_head(library: Library, a: Statistic, b: Statistic) -> tuple[PerHead, ...]:
    """Relate a change in people to every known growth of the place’s population over the same years."""
    years = _year(a.period), _year(b.period)
    same = a.place == b.place and a.group == b.group and a.place is not None and years[0] != years[1]
    if a.unit != "people" or b.unit != "people" or not same or not a.value or b.value is None or None in years:
        return ()
    span = sorted(map(str, years))
    found = []
    for one in library.statistics.values():
        of_all = one.population.casefold() == "residents" and (one.group or "all").casefold() == "all"
        fits = of_all and one.unit == "percent change" and one.place == a.place and "growth" in one.measure.casefold()
        if (
            fits
            and one.value is not None
            and one.value > _ALL_LEFT
            and [part[:4] for part in (one.period or "").split("/")] == span
        ):
            factor = (1 + one.value / 100) ** (1 if years[0] == span[0] else -1)
            found.append(PerHead(one.key, one.value, 100 * (b.value / a.value / factor - 1), one.note))
    return tuple(found)


def _year(period: str | None) -> str | None:
    """Return the one year that a period lies in; None where it spans several, or is not known."""
    years = {part[:4] for part in period.split("/")} if period else set()
    return years.pop() if len(years) == 1 else None
