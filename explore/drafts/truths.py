"""Truths: what the registers say of the target of a binding, and whether written words say the same."""

from typing import NamedTuple

from explore import numbers
from explore.claims import spoken
from explore.comparison import Comparison, compare
from explore.numbers import Number
from explore.register import Library
from explore.register.schema import Statistic
from explore.register.sentences import Braces, braces
from explore.terms import ExploreError, NotComparable, nearest
from explore.units import is_change
from explore.values import direction
from explore.verdicts import matches
from explore.wording import amount, say

_HINTS = 200  # targets that are looked up before no more is said of which known one may be meant


class Truth(NamedTuple):
    """What the registers say of a target, and its rows; or, where nothing can be said, the status and why."""

    status: str
    said: str
    target: Statistic | Comparison | None = None
    rows: tuple[Statistic, ...] = ()

    @property
    def way(self) -> int | None:
        """1 or −1 where it surely rose or fell, 0 where rounding leaves that open, None where it is no change."""
        if isinstance(self.target, Comparison):
            one, other = self.target.sets
            return (other.low > one.high) - (other.high < one.low)
        value = self.target.value if self.target and is_change(self.target.unit) else None
        return None if value is None else (value > 0) - (value < 0)


class Truths:
    """What targets say in one library; each is looked up once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[tuple[str, bool], Truth] = {}
        self._by_value: dict[float, list[Statistic]] = {}
        for one in library.statistics.values():
            if one.value is not None:
                self._by_value.setdefault(abs(one.value), []).append(one)

    def of(self, target: str, *, in_percent: bool) -> Truth:
        """Return what a target says: a row, its n or period, or the change between two, in percent or not."""
        key = (target, in_percent)
        if key not in self._known:
            self._known[key] = self._look_up(target, in_percent=in_percent)
        return self._known[key]

    def fitting(self, number: Number, context: str) -> tuple[str, ...]:
        """List the ids of the rows that a number may be of: those with that very number, in its unit."""
        value = abs(number.value or 0)
        near = [
            *self._by_value.get(value, ()),
            *(self._by_value.get(100 * value, ()) if number.unit == "ratio" else ()),
        ]
        return tuple(one.key for one in near if matches(number, context, one, self._library) != "differs")

    def same(self, number: Number, context: str, truth: Truth) -> bool:
        """Say whether a number, placed in its context, stands for what the registers say."""
        if truth.target:
            return bool(number.words) and matches(number, context, truth.target, self._library) != "differs"
        said = {end for one in numbers.find(truth.said) for end in (one.value, one.upper)}
        return number.value is not None and number.value in said

    def _look_up(self, target: str, *, in_percent: bool) -> Truth:
        try:
            (each,) = braces("{" + target + "}")
            a = self._full(each.a, "")
            b = each.b and self._full(each.b, a.partition("/")[0])
        except ValueError:
            return Truth(
                "unknown", f"“{target}” is no target; write explore:document/statistic, or two ids with .. between"
            )
        except ExploreError as error:
            return Truth("unknown", str(error))
        try:
            return self._say(each._replace(a=a, b=b), in_percent=in_percent)
        except NotComparable as error:
            why = [f"{one.field}: {one.a} against {one.b}" for one in error.differences]
            return Truth("refused", f"{str(error).splitlines()[0].rstrip(':')}: {'; '.join(why)}")
        except ExploreError as error:
            return Truth("refused", " ".join(str(error).split()))

    def _full(self, key: str, document: str) -> str:
        """Return an id in full: as written, of the same document, or of the one register that has it."""
        known = self._library.statistics
        here = [one for one in (key, f"{document}/{key}") if one in known]
        found = here or [one for one in known if "/" not in key and one.endswith(f"/{key}")]
        if len(found) == 1:
            return found[0]
        hint = f"; {nearest(key, found or known)}" if len(self._known) < _HINTS else ""
        raise ExploreError(f"{'more than one register has' if found else 'no register has'} “{key}”{hint}")

    def _say(self, each: Braces, *, in_percent: bool) -> Truth:
        known = dict(self._library.statistics)
        one = known[each.a]
        if each.b:
            found = compare(each.a, each.b, seeds=self._library.folder)
            said = amount(abs(found.change), found.unit, found.decimals or 0)
            if found.relative_change is None:
                said = found.changed
            elif in_percent or found.unit == "percentage points":
                said = spoken(self._library, known, each)
            return Truth("holds", said, found, (one, known[each.b]))
        if each.field:
            return Truth("holds", spoken(self._library, known, each), None, (one,))
        if one.evidence == "not read":
            return Truth("refused", f"the page with {one.key} could not be read, so nothing can be said of it")
        return Truth("holds", say(one), one, (one,))


def wrong_way(number: Number, context: str, truth: Truth) -> str:
    """Say that words such as “rose” stand beside a number that did not; an empty text where they do not."""
    way = -1 if (number.value or 0) < 0 else direction(context, number)
    if truth.way is None or way in {0, truth.way}:
        return ""
    told = {1: "it rose", -1: "it fell", 0: "rounding leaves open which way it went"}[truth.way]
    return f"the words say that it {'rose' if way > 0 else 'fell'}; {told}"
