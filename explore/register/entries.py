"""One entry of a register: its value read out of its words, completed by its document, and checked."""

import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from explore import numbers, units, values
from explore.register.schema import DEFAULTS, UNKNOWN, Document, Entry, Statistic
from explore.terms import VOCABULARY, Sample

_SHARED: tuple[str, ...] = (
    "topic",
    "measure",
    "population",
    "place",
    "part_of",
    "group",
    "period",
    "unit",
    "series",
    "stated_by",
)
_SHARED += ("evidence", "locator", "url", "note")
"""Fields in which many statistics say the same: each text is kept once."""

_ONE = Fraction(1)
Fault = tuple[str, object, str]


def find_value(entry: Entry, header: Document) -> tuple[numbers.Number | None, Fault | None]:
    """Find the number that an entry's words state, in the language of its document, and what speaks against it."""
    quote = entry.quote or ""
    found = numbers.find(quote, header.language)
    said = values.majority(quote)
    if said and (not found or entry.number == said.words):
        found = [said]
    if entry.number is not None:
        chosen = [one for one in found if one.words == entry.number]
    else:
        chosen = [one for one in found if one.suggested == "statistic"] or found
    unread = (entry.evidence or header.evidence) == "not read" and entry.derived is None
    fault = _not_read(entry) if unread else _fault(entry, found, len(chosen))
    return (chosen[0] if len(chosen) == 1 and not fault else None), fault


def _not_read(entry: Entry) -> Fault | None:
    """Say what speaks against a page that could not be read."""
    for field in ("value", "quote", "value_text"):
        if (given := getattr(entry, field)) is not None:
            return field, given, 'was read, so evidence cannot be "not read"; leave one of them out'
    return None


def _fault(entry: Entry, found: list[numbers.Number], chosen: int) -> Fault | None:
    """Say what is missing where an entry gives no value, or its words several."""
    if entry.quote is None:
        if entry.value is None and entry.derived is None:
            return "quote", None, "is missing; write the words, or value with locator, or derived"
        if entry.number is not None:
            return "number", entry.number, "picks a number of a quote; write the quote too, or leave it out"
        return None
    typed = entry.value is not None and (entry.number is None or entry.number in entry.quote)
    if typed or chosen == 1:
        return None
    if not found:
        return "quote", entry.quote, "states no number; quote the words that do, or write the value too"
    if chosen > 1 and entry.number is not None:
        return "number", entry.number, "stands in the quote more than once; shorten the quote"
    listed = ", ".join(f'"{one.words}"' for one in found)
    return "number", entry.number, f"write number = one of the quote’s numbers: {listed}"


def complete(
    document: str, header: Document, entry: Entry, number: numbers.Number | None, samples: dict[str, Sample | None]
) -> Statistic:
    """Add to an entry what its words, its id and its register give; `samples` are those of the register's series."""
    given = _defaulted(header, entry, samples) | {"key": f"{document}/{entry.id}", "document": document}
    for operation, parts in (entry.derived or {}).items():
        given["derived"] = operation, tuple(parts)
    if entry.derived and entry.quote is None and entry.value is None:
        given["evidence"] = "arithmetic"
    if entry.quote is not None and number is not None:
        given |= _stated(entry, entry.quote, number)
    if entry.value is not None:
        given |= _typed(entry, entry.value, given["value_text"]) | _read_again(entry, header.language)
    if units.standard(given["unit"]) in units.HUNDREDTHS:
        given["unit"] = units.standard(given["unit"])  # one spelling, so that every table can look for it
    if UNKNOWN in given.values():
        given["unfinished"] = tuple(name for name, value in given.items() if value == UNKNOWN)
        given |= dict.fromkeys(given["unfinished"])
    for name in _SHARED:
        if given[name] is not None:
            given[name] = sys.intern(given[name])
    return Statistic(**given)


def _defaulted(header: Document, entry: Entry, samples: dict[str, Sample | None]) -> dict[str, Any]:
    """Give the fields of an entry, and where it leaves one out what its document or its series says of it."""
    given = entry.__dict__.copy()
    for name in DEFAULTS:
        if given[name] is None:
            given[name] = getattr(header, name)
    given["stated_by"] = entry.stated_by or header.stated_by or header.publisher
    given["source_is"] = (entry.source_is or "inferred") if entry.source else None  # a table may say it of all its rows
    if entry.sample is None and (given["series"] is None or given["series"] in samples):
        given["sample"] = samples.get(given["series"]) or header.sample
    return given


def _typed(entry: Entry, value: float, words: str | None) -> dict[str, Any]:
    """Give what a value says that is written in the register."""
    text = str(value)
    return {
        "value": value,
        "value_text": entry.value_text or words or entry.number or text,
        "decimals": max(0, -int(Decimal(text).as_tuple().exponent)),
        "upper": None,
        "kind": None,
        "fraction": None,
        "typed": entry.quote is not None,
    }


def _stated(entry: Entry, text: str, number: numbers.Number) -> dict[str, Any]:
    """Give what the words of a quote state, in the unit that the entry names."""
    qualifier, words = values.qualified(text, number)
    given: dict[str, Any] = {"value_text": number.words, "words": words, "kind": number.kind}
    given["qualifier"] = entry.qualifier or qualifier
    given["fraction"] = number.value if _is_fraction(number) else None
    operation = next(iter(entry.derived or {}), None)
    hundredths = units.standard(number.unit) == "percent" or _is_fraction(number)
    change = "percent change" if operation == "percent_change" and hundredths else None
    given["unit"] = unit = entry.unit or change or number.unit
    moves = operation in {"percent_change", "difference"} or units.is_change(unit)
    factor = _factor(number, unit)
    if moves and values.direction(text, number) < 0 and (number.value or 0) > 0:
        factor = -factor
    given["decimals"] = values.decimals(number)
    given["value"], given["upper"] = number.value, number.upper
    if factor is not _ONE and factor != 1:
        given["decimals"] += 2 if abs(factor) == Fraction(1, 100) else 0
        for end in ("value", "upper"):
            given[end] = None if given[end] is None else values.plain(values.exact(given[end]) * factor)
    if number.kind == "extreme":
        low = re.search(r"low|fewest|least|small", number.words, re.IGNORECASE)
        given["extreme"] = "lowest" if low else "highest"
    return given


def _factor(number: numbers.Number, unit: str | None) -> Fraction:
    """Return what a share or multiple is to be taken times to be in the unit that the entry names."""
    if _is_fraction(number) and units.is_change(unit):
        return Fraction(100)
    shares = {"percent", "fraction", "multiple"}
    return (units.factor(number.unit, unit) if number.kind in shares else None) or _ONE


def _is_fraction(number: numbers.Number) -> bool:
    """Tell two-thirds from 3 per 1,000, which is a rate."""
    return number.kind == "fraction" and number.unit == "ratio"


def _read_again(entry: Entry, language: str) -> dict[str, Any]:
    """Read what `value_text` adds to a value: its decimals, the end of a range, a qualifier, a fraction.

    The words count only where they state the value: 66.7 and "two-thirds" are one number.
    """
    text = entry.value_text or ""
    found = numbers.find(f"{text} of them", language)  # by itself "a third" would be the one after the second
    found = found or [one for one in [values.majority(text)] if one]
    if len(found) != 1 or found[0].value is None or entry.value is None:
        return {}
    number = found[0]
    stated = float(values.exact(found[0].value) * _factor(number, entry.unit))
    if abs(stated - entry.value) > (0.05 if _is_fraction(number) else 1e-9 * abs(stated)):
        return {}
    qualifier, words = values.qualified(text, number)
    given = {"upper": number.upper, "qualifier": entry.qualifier or qualifier, "kind": number.kind, "words": words}
    return given | ({"fraction": number.value} if _is_fraction(number) else {"decimals": number.decimals})


def check(one: Statistic) -> Iterator[Fault]:
    """Yield what is wrong with the value and what the register gives, now that both are known."""
    for field, fix in VOCABULARY["needed"].items():
        if getattr(one, field) is None and field not in one.unfinished:
            yield field, None, fix
    if one.unit is None and one.extreme is None and one.evidence not in {"arithmetic", "not read"}:
        yield "unit", None, 'the words do not say it; write unit = "people", "hours", …'
    if one.evidence == "arithmetic" and not one.derived:
        yield "evidence", one.evidence, "is said of what is computed here; write derived, or how the value was read"
    if one.unit == "percent" and one.value is not None and not 0 <= one.value <= 100:
        yield "value", one.value, 'a share lies between 0 and 100; for a change write unit = "percent change"'
    if one.unit == "year" and one.value is not None and not 1000 <= one.value <= 2100:
        yield "value", one.value, "is no year"
    if one.n is not None and one.unit != "percent" and "share" not in (one.derived or ()):
        yield "n", one.n, 'belongs to a share; leave it out, or write unit = "percent"'
    if (one.start is None) != (one.end is None):
        yield "start", one.start, "start and end go together; `explore scan --write` fills them in"
