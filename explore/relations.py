"""How two sets of values are related: the one place where a stated number meets what was found."""

from typing import Literal

from explore.values import Values

Relation = Literal["agrees", "rounds", "differs"]


def relate(stated: Values, found: Values) -> Relation:
    """Relate what stated words stand for to what a source or the arithmetic gives, in one unit.

    The same number agrees, sets that overlap round, sets without a number in common differ. A bound agrees with
    what it contains. It is held against the number as it is given, not against what may round to that number:
    otherwise "more than 90%" would be no more than a way to say 90%.

    >>> from explore.numbers import find
    >>> from explore.values import of_number
    >>> def said(words):
    ...     return of_number(find(words)[0], words)
    >>> relate(said("42%"), said("42.4%")), relate(said("42%"), said("43%")), relate(said("more than 90%"), said("92%"))
    ('rounds', 'differs', 'agrees')
    """
    if stated.bound or found.bound:
        one, other = (each if each.bound else each.as_given() for each in (stated, found))
        if stated.bound and within(other, one):
            return "agrees"
        return "rounds" if overlap(one, other) else "differs"
    same = (stated.given, stated.upper) == (found.given, found.upper)
    if stated == found or (same and all(overlap(each, each.as_given()) for each in (stated, found))):
        return "agrees"  # but "nearly 60" is not 60: the number itself is outside its set
    return "rounds" if overlap(stated, found.rounded()) else "differs"


def overlap(one: Values, other: Values) -> bool:
    """Say whether two sets have a number in common; ends that touch count where they belong to both."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    return low < high or (low == high and all(_holds(each, low) for each in (one, other)))


def within(one: Values, other: Values) -> bool:
    """Say whether all of a set lies in another."""
    below = one.low < other.low or (one.low == other.low and one.ends[0] and not other.ends[0])
    above = one.high > other.high or (one.high == other.high and one.ends[1] and not other.ends[1])
    return not (below or above)


def _holds(one: Values, end: float | object) -> bool:
    return all(belongs for belongs, at in zip(one.ends, (one.low, one.high), strict=True) if at == end)
