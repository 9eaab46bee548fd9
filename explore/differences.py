"""What speaks against setting two statistics side by side: each reason, in whose words, and the way round it."""

import re
from collections.abc import Iterator
from math import inf

from explore import units
from explore.register import Library, parts_of
from explore.register.schema import Statistic
from explore.terms import Difference
from explore.wording import say, when

IDENTITY = ("measure", "unit", "population", "series")
"""What two statistics must agree in."""

DIMENSIONS = ("place", "group", "period")
"""What they may differ in."""

_AGES = re.compile(r"(?<![\w.])(\d{1,3})\s?(?:[-–‑]|to|and)\s?(\d{1,3})(?![\w%])", re.IGNORECASE)
_UNDER = re.compile(r"(?:under|below|younger than)\s(\d{1,3})(?!\w)", re.IGNORECASE)
_OVER = re.compile(
    r"(?:over|above|older than)\s(\d{1,3})(?!\w)|(?<!\w)(\d{1,3})\s?(?:\+|(?:and|or)\s(?:over|older))", re.IGNORECASE
)


def differences(library: Library, a: Statistic, b: Statistic) -> list[Difference]:
    """List every reason why two statistics cannot be compared; none is left out because another suffices."""
    found = list(_plain(a, b))
    if a.key == b.key:
        return [Difference("id", a.key, b.key, ("A statistic has no difference from itself.",), final=True)]
    found += _unlike_series(library, a, b)
    found += [one for name in DIMENSIONS if (one := _known_once(a, b, name))]
    if overlap(a.period, b.period) and a.period != b.period:
        says = ("Periods that overlap count the same days twice.",)
        found.append(Difference("period", when(a.period or ""), when(b.period or ""), says))
    bands = _ages(a.group), _ages(b.group)
    if a.group != b.group and bands[0] and bands[1] and max(bands[0][0], bands[1][0]) <= min(bands[0][1], bands[1][1]):
        found.append(Difference("group", f"“{a.group}”", f"“{b.group}”", ("These ages overlap.",)))
    if units.is_counted(a.unit) and units.is_counted(b.unit) and (whole := part_and_whole(library, a, b)):
        found.append(whole)
    if not found and all(agree(a, b, name) for name in DIMENSIONS if getattr(a, name) or getattr(b, name)):
        says = ("They are two readings of one number: nothing sets them apart but who says so.",)
        found.append(Difference("value", f"{say(a)} ({a.stated_by})", f"{say(b)} ({b.stated_by})", says, final=True))
    return found


def agree(a: Statistic, b: Statistic, name: str) -> bool:
    """Say whether two statistics agree in a field; what is not known agrees with nothing.

    Capitals and spaces are no difference, nor is the unit where one converts into the other.
    """
    one, other = (getattr(each, name) for each in (a, b))
    if one is None or other is None:
        return False
    same = " ".join(one.casefold().split()) == " ".join(other.casefold().split())
    return same or (name == "unit" and units.factor(one, other) is not None)


def _plain(a: Statistic, b: Statistic) -> Iterator[Difference]:
    for name in ("measure", "unit", "population"):
        if not agree(a, b, name):
            says = (
                ("Numbers in different units have no difference, whatever else is allowed.",) if name == "unit" else ()
            )
            yield Difference(name, _shown(a, name), _shown(b, name), says, final=name == "unit")
    if units.standard(a.unit) == units.standard(b.unit) == "year":
        says = ("Years are dates: the time between them is no change of a number.",)
        yield Difference("unit", "year", "year", says, final=True)


def _unlike_series(library: Library, a: Statistic, b: Statistic) -> list[Difference]:
    """Say where two numbers were not made in one way: in unlike series, or on two sides of a break."""
    if not agree(a, b, "series"):
        says = tuple(declared(library, one) for one in (a, b))
        return [Difference("series", _shown(a, "series"), _shown(b, "series"), says)]
    found = []
    for each in library.series[a.series or ""].breaks:
        sides = [each.side(one.period) for one in (a, b)]
        if sides[0] != sides[1] or sides[0] == "across":
            words = {"before": f"before {when(each.at)}", "since": f"since {when(each.at)}", "across": "on both sides"}
            says = (f"{a.series} was counted another way before {when(each.at)}: {each.why}",)
            shown = [words.get(side, "not known") for side in sides]
            found.append(Difference("series", shown[0], shown[1], says))
    return found


def _known_once(a: Statistic, b: Statistic, name: str) -> Difference | None:
    """Say where only one of two statistics names its place, group or period; a period must always be known."""
    one, other = getattr(a, name), getattr(b, name)
    if (one is None) == (other is None) and not (name == "period" and one is None):
        return None
    return Difference(name, _shown(a, name), _shown(b, name), (f"Without its {name} a number may be of another one.",))


def overlap(one: str | None, other: str | None) -> bool:
    """Say whether two periods have a day in common; what is not known has none."""
    if one is None or other is None:
        return False
    (first, last), (start, end) = ((part.split("/")[0], part.split("/")[-1] + "-99") for part in (one, other))
    return first <= end and start <= last


def _ages(text: str | None) -> tuple[float, float] | None:
    """Read a band of ages out of a label: 18–24, under 18, 65 and over."""
    if found := _AGES.search(text or ""):
        return int(found[1]), int(found[2])
    if found := _UNDER.search(text or ""):
        return 0, int(found[1]) - 1
    if found := _OVER.search(text or ""):
        return (int(found[1]) + 1 if found[1] else int(found[2])), inf
    return None


# --- a part and its whole ----------------------------------------------------------------------


def part_and_whole(library: Library, a: Statistic, b: Statistic) -> Difference | None:
    """Say where one of two statistics counts a part of what the other counts."""
    groups = [(one.group or "").casefold() for one in (a, b)]
    whole = [re.match(r"all\b", group) is not None for group in groups]
    if groups[0] != groups[1] and any(whole) and all(groups):
        return _part("group", a, b) if whole[1] else _part("group", b, a)
    for part, of in ((a, b), (b, a)):
        if part.place and of.place and of.place in _larger(library, part.place):
            return _part("place", part, of)
        if part.key in _smaller(library, of) or of.key in _whole_of(part):
            return _part("derived", part, of)
    return None


def _part(name: str, part: Statistic, whole: Statistic) -> Difference:
    shown = [f"“{getattr(one, name)}”" if name != "derived" else one.key for one in (part, whole)]
    says = (f"{part.key} is a part of {whole.key}: a whole is no second count.",)
    return Difference("part", shown[0], shown[1], says, final=True)


def _larger(library: Library, place: str) -> set[str]:
    """Return the places that a place lies in, as the registers say."""
    found: set[str] = set()
    at: str | None = place
    while (at := library.larger.get(at or "")) and at not in found:
        found.add(at)
    return found


def _smaller(library: Library, one: Statistic) -> set[str]:
    """Return the parts of a sum, and theirs."""
    if not one.derived or parts_of(one)[0] != "sum":
        return set()
    keys = parts_of(one)[1]
    return set(keys).union(*(_smaller(library, library.statistics[key]) for key in keys))


def _whole_of(one: Statistic) -> set[str]:
    """Return what a difference was taken from: what is left of it is a part of it."""
    return {parts_of(one)[1][0]} if one.derived and parts_of(one)[0] == "difference" else set()


# --- the words of a reason ---------------------------------------------------------------------


def _shown(one: Statistic, name: str) -> str:
    value = getattr(one, name)
    return f"“{value}”" if value is not None else "none declared"


def declared(library: Library, one: Statistic) -> str:
    """Write how the numbers of a series were made, over what, and in whose words."""
    if one.series is None:
        return f"{one.key}: no series is declared, so nothing says that the two were counted the same way"
    series = library.series[one.series]
    words = f" (“{series.quote}”)" if series.quote else ""
    note = f". {series.note}" if series.note else ""
    return f"{series.id}: {series.method}; coverage: {series.coverage}{words}{note}"
