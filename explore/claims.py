"""Findings: sentences that are said only while the rows they stand on are there and say so."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from explore.columns import FINDING_COLUMNS, table
from explore.comparison import compare, moves
from explore.register import Library
from explore.register.schema import Finding, Statistic
from explore.register.sentences import Braces, braces, needed
from explore.tables import Seeds, checked_library
from explore.terms import ExploreError, NotComparable, nearest
from explore.values import of_statistic
from explore.verdicts import verdict_on
from explore.wording import amount, capital, listed, say, when


class Judged(NamedTuple):
    """What a finding comes to: its sentence, filled in, and why it does not hold, where it does not."""

    text: str | None
    fault: str


def findings(seeds: Seeds = None) -> pd.DataFrame:
    """List the findings of the registers, and whether they hold: one row each.

    A finding is a sentence that a chart may say. It holds while every row that it needs is there, its
    verdicts are what they were, and its numbers rise, fall, or are the lowest, as it says.

    Args:
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        One row a finding, with the columns of `explore.columns.FINDING_COLUMNS`.

    Raises:
        ExploreError: a register holds a mistake; the message lists all of them.

    >>> import explore
    >>> bool(explore.findings()["holds"].all())
    True
    """
    library = checked_library(seeds)
    known = library.statistics
    rows = []
    for one in library.findings:
        keys = needed(one)
        drawn = {key: each for key, each in known.items() if each.topic == one.topic or key in keys}
        text, fault = judge(library, one, drawn)
        rests = f"rests on {listed(keys)}"
        rows.append({"id": one.id, "topic": one.topic, "text": text, "holds": not fault, "reason": fault or rests})
    return table(rows, FINDING_COLUMNS)


def said_of(rows: pd.DataFrame, library: Library | None) -> str:
    """Return what may be said over drawn rows: the first finding that holds of them, or else the neutral title.

    Args:
        rows: the rows that are drawn, with the columns of `explore.statistics()` or some of them.
        library: the registers that the rows are of, where they are known.
    """
    topics = list(dict.fromkeys(rows["topic"].dropna())) if "topic" in rows else []
    if library is not None and "id" in rows:
        ids = set(rows["id"])
        near = [one for one in library.findings if one.topic in topics and ids.issuperset(needed(one))]
        drawn = unchanged(rows, library) if near else {}
        for one in near:
            text, fault = judge(library, one, drawn)
            if text and not fault:
                return text
    titles = list(dict.fromkeys(rows["about"].dropna())) if "about" in rows else topics
    if titles:
        return listed(list(map(str, titles[:3])))
    measures = list(dict.fromkeys(rows["measure"].dropna()))
    return listed(list(map(str, measures[:2]))) if measures else "Numbers"


def unchanged(rows: pd.DataFrame, library: Library) -> dict[str, Statistic]:
    """Return the statistics among drawn rows whose number is still the one in their register."""
    values = rows["value"] if "value" in rows else pd.Series(pd.NA, index=rows.index)
    found = {}
    for key, value, words in zip(rows["id"], values, rows["said"], strict=True):
        one = library.statistics.get(str(key))
        if one and say(one) == words and (one.value is None if pd.isna(value) else value == one.value):
            found[one.key] = one
    return found


def judge(library: Library, one: Finding, drawn: dict[str, Statistic]) -> Judged:
    """Judge one finding over the rows that are drawn; only what it names is looked at."""
    if absent := [key for key in needed(one) if key not in drawn]:
        return Judged(None, f"{listed(absent)}: not among the rows, or changed")
    try:
        text = fill(one.says, lambda each: spoken(library, drawn, each))
    except ExploreError as error:
        return Judged(None, " ".join(str(error).split()))
    return Judged(text, next(filter(None, _faults(library, one, drawn)), ""))


def _faults(library: Library, one: Finding, drawn: dict[str, Statistic]) -> Iterator[str]:
    """Yield, claim by claim, why it is not so; an empty text where it is."""
    for key, wanted in one.verdict.items():
        found = verdict_on(library, key)
        yield "" if found == wanted else f"{key}: the verdict is {found}, not {wanted}"
    for pairs, sign, word in ((one.rises, 1, "rises"), (one.falls, -1, "falls")):
        for a, b in pairs:
            yield _moved(library, a, b, sign, word)
    for keys, sign, word in ((one.lowest, -1, "lowest"), (one.highest, 1, "highest")):
        for key in keys:
            yield _extreme(library, drawn, key, sign, word)


def fill(sentence: str, put: Callable[[Braces], str]) -> str:
    """Fill the braces of a sentence; a sentence that begins with one begins with a capital.

    Raises:
        ExploreError: a brace cannot be read, or has nothing to put in.
    """
    try:
        asked = list(braces(sentence))
    except ValueError as error:
        raise ExploreError(f"“{sentence}”: {error}") from None
    for each in reversed(asked):
        sentence = sentence[: each.start] + put(each) + sentence[each.end :]
    return capital(sentence)


def fill_from(sentence: str, rows: pd.DataFrame, library: Library | None) -> str:
    """Fill the braces of a title that a user gives, from the drawn rows; short ids are found among them."""

    def put(each: Braces) -> str:
        keys = [_among(rows, key, sentence) for key in each.keys]
        whole = each._replace(a=keys[0], b=keys[1] if each.b else None)
        row = rows[rows["id"] == keys[0]].iloc[0]
        if whole.b is None and whole.field is None:
            return str(row["said"])
        if whole.b is None:
            return _field(row.get(str(whole.field)), whole)
        if library is None:
            raise ExploreError(f"“{sentence}”: a change is looked up in registers; give their folder, seeds=…")
        return spoken(library, dict(library.statistics), whole)

    return fill(sentence, put)


def _among(rows: pd.DataFrame, key: str, sentence: str) -> str:
    ids = [str(one) for one in rows["id"]] if "id" in rows else []
    found = [one for one in dict.fromkeys(ids) if key == one or ("/" not in key and one.endswith(f"/{key}"))]
    if len(found) != 1:
        fault = "more than one drawn row has the id" if found else "no drawn row has the id"
        raise ExploreError(f'“{sentence}”: {fault} "{key}"; {nearest(key, ids)}')
    return found[0]


def spoken(library: Library, drawn: dict[str, Statistic], each: Braces) -> str:
    """Say what one pair of braces asks for: a number, its n or period, or the size of a change without its sign."""
    one = drawn[each.a]
    if each.field:
        return _field(getattr(one, each.field), each)
    if each.b is None:
        return say(one)
    found = compare(each.a, each.b, seeds=library.folder)
    if found.qualifier or found.upper is not None:
        raise ExploreError(f"from {each.a} to {each.b} the change is {found.changed}, which gives no one size to say")
    size = found.change if found.unit == "percentage points" else found.relative_change
    if size is None:
        raise ExploreError(f"{each.a} is 0, so no change from it can be said in percent")
    shown = round(abs(size), 1)
    return amount(shown, found.unit if found.unit == "percentage points" else "percent", int(shown % 1 > 0))


def _field(value: Any, each: Braces) -> str:  # noqa: ANN401  # a cell
    if pd.isna(value):
        raise ExploreError(f"{each.a} has no {each.field} to say")
    return when(str(value)) if each.field == "period" else f"{int(value):,}"


def _moved(library: Library, a: str, b: str, sign: int, word: str) -> str:
    """Say why a number cannot be said to rise or to fall from one row to another."""
    try:
        low, high = moves(library, a, b)
    except NotComparable as refusal:
        return f"from {a} to {b}: may not be compared ({', '.join(refusal.fields)})"
    least = low if sign > 0 else -high
    return "" if least > 0 else f"from {a} to {b} it {word} by no more than rounding could make, if at all"


def _extreme(library: Library, drawn: dict[str, Statistic], key: str, sign: int, word: str) -> str:
    """Say why a row is not the lowest, or the highest, of those drawn that count the same, on its side of a break."""
    one, side = library.statistics[key], library.segment(library.statistics[key])
    alike = {
        each.key: found
        for each in drawn.values()
        if each is not one and (each.measure, each.unit, each.series) == (one.measure, one.unit, one.series)
        and library.segment(each) == side and (found := of_statistic(each))
    }  # fmt: skip
    own = of_statistic(one)
    if own is None or side is None or not alike:
        return f"{key}: no other drawn row of its measure and unit to be the {word} of"
    for other, found in alike.items():
        if not (found.low > own.high if sign < 0 else own.low > found.high):
            return f"{key} is not the {word}, or by no more than rounding could make: {other}"
    return ""
