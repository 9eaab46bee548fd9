"""explore.values and explore.relations: what words stand for, and how two sets of values are related."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explore import units, values
from explore.numbers import find
from explore.relations import overlap, relate, within
from explore.values import Values, converted, exact, of_number, qualified


@cache  # the finder takes longer than all that is tried here
def said(words: str) -> Values:
    """Return the set of the one number that these words state."""
    (number,) = find(words)
    stood = of_number(number, words)
    assert stood is not None
    return stood


# The words, the ends of what they stand for, and whether each end belongs to it. The rules are those of the plan.
SETS = [
    ("4.5%", 4.45, 4.55, "[]"),  # a half may have been rounded up, down or to even
    ("12.50%", 12.495, 12.505, "[]"),
    ("12%", 11.5, 12.5, "[]"),
    ("375 people", 375, 375, "[]"),  # a whole count is exact
    ("4 per 1,000", 3.5, 4.5, "[]"),  # nor a rate
    ("12 hours", 11.5, 12.5, "[]"),  # a measure is not
    ("1.2 million people", 1_150_000, 1_250_000, "[]"),
    ("50–70%", 49.5, 70.5, "[]"),
    ("100–200 people", 100, 200, "[]"),
    ("more than 90%", 90, inf, "(]"),
    ("at least 90%", 90, inf, "[]"),
    ("no fewer than 90 people", 90, inf, "[]"),
    ("90% or more", 90, inf, "[]"),
    ("500+ people", 500, inf, "[]"),
    ("less than 90%", -inf, 90, "[)"),
    ("fewer than 90 people", -inf, 90, "[)"),
    ("at most 90%", -inf, 90, "[]"),
    ("no more than 90%", -inf, 90, "[]"),
    ("up to 90 people", -inf, 90, "[]"),
    ("nearly 60%", 57, 60, "[)"),
    ("almost 5%", 4.5, 5, "[)"),
    ("about 60%", 57, 63, "[]"),
    ("about 5%", 4.5, 5.5, "[]"),  # its own rounding is wider
    ("close to 10,000 people", 9500, 10500, "[]"),
    ("about 500–600 people", 475, 630, "[]"),
]


@pytest.mark.parametrize(("words", "low", "high", "ends"), SETS, ids=[row[0] for row in SETS])
def test_words_stand_for_a_set(words: str, low: float, high: float, ends: str) -> None:
    """Rounding, ranges, bounds, nearness and scales: one model for all of them."""
    found = said(words)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert found.ends == (ends[0] == "[", ends[1] == "]")


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("two-thirds of them", 0.6458, 0.6833),
        ("half of them", 0.4722, 0.5278),
        ("one in five", 0.1833, 0.2111),
        ("one in ten", 0.0917, 0.1056),  # the next below is one in twelve
        ("nine out of ten", 0.8944, 0.9083),  # and the next above eleven in twelve
        ("12 in 100", 0.115, 0.125),
        ("1 in 40", 1 / 45, 1 / 35),  # 40 is rounded to its last digit that is not 0
        ("doubled", 1.75, 2.25),
        ("threefold", 2.75, 3.25),
        ("halved", 1 / 2.25, 1 / 1.75),  # doubled, the other way round
        ("twice as many", 1.75, 2.25),
        ("2.4 times as many", 2.35, 2.45),
    ],
)
def test_fractions_and_multiples_reach_to_the_middle_of_their_neighbours(words: str, low: float, high: float) -> None:
    """Nobody says two-thirds of what is nearer to 5/8 or 7/10."""
    found = said(words)
    assert (float(found.low), float(found.high)) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_simple_fractions_leave_no_gap() -> None:
    """Every share is within the reach of a fraction that people say; neighbours meet at one point."""
    reach = [values._fraction(one, "") for one in values._SIMPLE]  # noqa: SLF001
    kept = [ends for one, ends in zip(values._SIMPLE, reach, strict=True) if one.denominator <= 10]  # noqa: SLF001
    assert (kept[0][0], kept[-1][1]) == (0, 1)
    for (_, above), (below, _) in pairwise(kept):
        assert above == below or Fraction(1, 24) in (above, below) or Fraction(23, 24) in (above, below)


@pytest.mark.parametrize(
    ("text", "qualifier", "words"),
    [
        ("at most 50% of them", "at most", "at most 50%"),
        ("no more than 50% of them", "at most", "no more than 50%"),
        ("more than 50% of them", "over", "more than 50%"),
        ("nearly 50% of them", "nearly", "nearly 50%"),
        ("just under 50% of them", "nearly", "just under 50%"),
        ("under 50% of them", "under", "under 50%"),
        ("50% or more of them", "at least", "50% or more"),
        ("close to\n10,000 people", "about", "close to 10,000"),
        ("more than half of them", "over", "more than half"),
        ("it was 50% of them", None, "50%"),
    ],
)
def test_a_qualifier_is_read_in_the_texts_own_words(text: str, qualifier: str | None, words: str) -> None:
    """Bounds are never merged with nearness, and what is said is what was written."""
    (number,) = find(text)
    assert qualified(text, number) == (qualifier, words)


FALLS = ["fell by 20%", "a drop of 20%", "down 20%", "a 20% decline", "20% fewer people", "declined, by 20%"]
RISES = ["rose by 20%", "a growth of 20%", "up 20%", "a 20% rise", "20% more people", "after a fall, a 20% increase"]
NONE = ["fell to 20%", "up to 20%", "20% of them", "from 20%", "more than 20%", "It fell. Then 20% left"]


@pytest.mark.parametrize(("text", "sign"), [(t, -1) for t in FALLS] + [(t, 1) for t in RISES] + [(t, 0) for t in NONE])
def test_direction_words_give_the_sign_of_a_change(text: str, sign: int) -> None:
    """A fall is below nothing, a rise above; what is left of something is no change."""
    (number,) = find(text)
    assert values.direction(text, number) == sign


# Stated words, what was found, and the verdict.
RELATED = [
    ("42%", "42%", "agrees"), ("42%", "42.4%", "rounds"), ("42%", "43%", "differs"), ("12%", "12.5%", "rounds"),
    ("more than 90%", "90%", "differs"), ("more than 90%", "90.4%", "agrees"), ("more than 10%", "95%", "agrees"),
    ("at least 90%", "90%", "agrees"), ("90%", "more than 90%", "differs"), ("95%", "more than 90%", "rounds"),
    ("more than 90%", "more than 92%", "agrees"), ("more than 92%", "more than 90%", "rounds"),
    ("nearly 60%", "59.3%", "rounds"), ("nearly 60%", "60.4%", "differs"), ("nearly 60%", "nearly 60%", "agrees"),
    ("about 60%", "63%", "rounds"), ("50–70%", "65%", "rounds"), ("50–70%", "80%", "differs"),
    ("50–70%", "50–70%", "agrees"), ("under 50%", "20%", "agrees"), ("at most 50%", "50%", "agrees"),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "found", "verdict"), RELATED)
def test_a_verdict_is_a_relation_of_two_sets(stated: str, found: str, verdict: str) -> None:
    """The same number agrees, sets that overlap round, others differ; a bound agrees with what it contains."""
    assert relate(said(stated), said(found)) == verdict


PERCENTS = st.decimals(40, 45, places=2) | st.decimals(40, 45, places=1) | st.integers(40, 45)  # close, to meet often
WORDS = st.builds("{}{}%".format, st.sampled_from(["", "", "", "about ", "nearly ", "over ", "at most "]), PERCENTS)


@given(WORDS, WORDS)
def test_a_difference_is_the_same_from_both_sides(one: str, other: str) -> None:
    """Whether two numbers differ does not hang on which of them is the source; nor does agreeing, bounds aside."""
    a, b = said(one), said(other)
    there, back = relate(a, b), relate(b, a)
    if a.bound or b.bound or a.low == a.high or b.low == b.high:
        assert (there == "differs") == (back == "differs") or not (a.bound or b.bound)
    else:
        assert there == back


@given(WORDS, WORDS, st.integers(0, 20), st.integers(0, 20))
def test_widening_a_set_never_makes_a_difference(one: str, other: str, below: int, above: int) -> None:
    """What fits still fits where either side allows more."""
    a, b = said(one), said(other)
    if a.bound or b.bound or relate(a, b) == "differs":
        return
    wide = [each._replace(low=each.low - below, high=each.high + above) for each in (a, b)]
    assert relate(wide[0], b) != "differs"
    assert relate(a, wide[1]) != "differs"


@given(st.floats(-1e6, 1e6, allow_subnormal=False), st.integers(0, 4))
def test_what_was_rounded_does_not_differ_from_what_it_came_of(value: float, places: int) -> None:
    """Whatever Python prints of a number, with or without marks, the number is in the set of the words."""
    rounded = round(abs(value), places or None)
    for words in (f"{abs(value):.{places}f}%", f"{abs(value):,.{places}f} percent", f"{rounded}%"):
        if "e" not in words:
            number = exact(abs(value))
            assert relate(said(words), Values(number, number, number)) != "differs", words


@given(st.integers(1, 10**9), st.integers(1, 3))
def test_a_scaled_count_does_not_differ_from_what_it_came_of(count: int, places: int) -> None:
    """1.2 million is said of what rounds to it."""
    stood = said(f"{count / 10**6:.{places}f} million people")
    assert relate(stood, Values(Fraction(count), Fraction(count), Fraction(count))) != "differs"


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_bound_holds_exactly_where_the_number_is_beyond_it(bound: int, found: int) -> None:
    """The four bounds are the four comparisons of arithmetic."""
    point = Values(Fraction(found), Fraction(found), Fraction(found))
    holds = {
        "more than": found > bound,
        "at least": found >= bound,
        "fewer than": found < bound,
        "at most": found <= bound,
    }
    for words, right in holds.items():
        assert relate(said(f"{words} {bound} people"), point) == ("agrees" if right else "differs")


@given(WORDS, st.sampled_from(["percent", "ratio", "per 1,000", "per 100,000"]))
def test_a_unit_that_converts_changes_no_verdict(words: str, unit: str) -> None:
    """A share is the same share in any unit, there and back."""
    found = said(words)
    there = converted(found, "percent", unit)
    assert there is not None
    assert converted(there, unit, "percent") == found
    assert within(found, found)
    assert overlap(found, found)


def test_units_that_only_sound_alike_do_not_convert() -> None:
    """Points are a difference of shares, a percent change is of a number; neither is a share."""
    names = ["percent", "percent change", "percentage points", "people"]
    assert [[units.factor(one, other) is not None for other in names] for one in names] == [
        [one == other for other in names] for one in names
    ]
    assert units.factor("%", "per cent") == units.factor("persons", "people") == 1
    assert converted(said("doubled"), "ratio", "percent change") == Values(Fraction(100), Fraction(75), Fraction(125))


def test_a_majority_is_above_half_and_a_minority_below() -> None:
    """That is all the words say."""
    for text, qualifier in (("most workers", "over"), ("a clear majority of them", "over"), ("a minority", "under")):
        number = values.majority(text)
        assert number is not None
        assert (number.value, number.qualifier) == (0.5, qualifier)
    assert values.majority("the most dangerous work") is None
