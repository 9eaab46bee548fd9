"""Say numbers, units and dates the way a sentence would."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from explore.register.schema import Statistic
from explore.terms import VOCABULARY

_PERCENT = {"percent", "percent change", "%"}
_MOST_DECIMALS = 6
_CURRENCY = re.compile(r"[€$£¥₹]|(?<!\w)(?:dollars?|euros?|pounds?|pence|cents?|yen|rand|naira|Rs)(?!\w)|\dp(?!\w)")
_BARE = {None, "", "ratio", "year", *_PERCENT}
BEFORE: dict[str, str] = VOCABULARY["qualifiers"]
_PERIOD = re.compile(r"\d+(-(0[1-9]|1[0-2])(-\d\d)?)?(/\d+(-(0[1-9]|1[0-2])(-\d\d)?)?)*", re.ASCII)
_MONTHS = "January February March April May June July August September October November December"


def amount(value: float, unit: str | None = None, decimals: int = 0) -> str:
    """Say a number with its unit.

    >>> amount(1266, "convictions"), amount(-3.917, "percent change", 1), amount(2006, "year")
    ('1,266 convictions', '−3.9%', '2006')
    """
    if abs(value) == 1:
        unit = {"percentage points": "percentage point", "people": "person"}.get(unit or "", unit)
    number = f"{value:.0f}" if unit == "year" else f"{value:,.{max(decimals, 0)}f}"
    mark = "%" if unit in _PERCENT else "" if unit in _BARE else f" {unit}"
    return number.replace("-", "−") + mark


def signed(value: float, unit: str | None = None, decimals: int | None = None) -> str:
    """Say a change with its unit and its sign, with as many decimals as show that it is one.

    >>> signed(17.0, "people"), signed(-3.917, "%"), signed(0.0012, "%"), signed(0.04, "", 2)
    ('+17 people', '−3.9%', '+0.001%', '+0.04')
    """
    if decimals is None:
        decimals = 1 if unit == "%" or value % 1 else 0
    while value and decimals < _MOST_DECIMALS and not round(value, decimals):
        decimals += 1
    return ("+" if value > 0 else "") + amount(value, unit, decimals)


def say(one: Statistic) -> str:
    """Say what a statistic states, in its own words as far as they go.

    >>> from explore.register import load
    >>> stated = load().registers["autostraddle-2015"].statistics
    >>> [say(one) for one in stated if one.topic in {"support", "sweden"}]
    ['threefold', 'hundreds of organizations']
    """
    text = one.value_text
    if one.value is not None and text is None:
        counted = one.unit not in _BARE
        value = round(one.value, min(one.decimals, 0)) if counted else one.value
        return ("about " if counted and one.value % 1 else "") + amount(value, one.unit, 0 if counted else 1)
    text = one.words or text or "not read"
    if one.value is not None and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return BEFORE.get(one.qualifier or "", "") + amount(one.value, one.unit, one.decimals)
    link = " of " if one.qualifier == "vague" else " "
    in_it = str(one.unit) in text or (_CURRENCY.search(text) and re.fullmatch("[A-Z]{3}", str(one.unit)))
    return text + ("" if one.unit in _BARE or in_it else f"{link}{one.unit}")


def when(period: str) -> str:
    """Say a period; what is no date stays as it is.

    >>> when("2008/2011"), when("2015-07-31"), when("2008-10")
    ('2008–2011', '31 July 2015', 'October 2008')
    """
    if not _PERIOD.fullmatch(period):
        return period
    told = []
    for part in period.split("/"):
        year, *rest = part.split("-")
        days, months = (
            [str(int(day)) for day in rest[1:]],
            [_MONTHS.split()[int(month) - 1] for month in rest[:1]],
        )
        told.append(" ".join([*days, *months, year]))
    return "–".join(told)


def capital(text: str) -> str:
    """Begin a sentence with a capital, and leave its other letters as they are."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence would.

    >>> listed(["measure", "place", "period"]), listed(["place"])
    ('measure, place and period', 'place')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def source_line(frame: pd.DataFrame) -> str:
    """Write the source line: who published a frame’s documents, when, and how values were read if not there.

    >>> import explore
    >>> source_line(explore.statistics().query("document == 'otago-2006'"))
    'Source: University of Otago 2006.'
    """
    years: dict[str, dict[str, None]] = {}
    read: dict[str, dict[str, None]] = {}
    names = ("publisher", "published", "document", "evidence")
    for row in frame[[name for name in names if name in frame]].drop_duplicates().to_dict("records"):
        publisher, published, document, evidence = (_or_none(row.get(name)) for name in names)
        if name := publisher or document:
            years.setdefault(name, {})[str(published or "")[:4] if publisher else ""] = None
            how = VOCABULARY["evidence"].get(evidence, {"told": evidence or ""})["told"]
            read.setdefault(name, {})[how] = None
    told = [
        " ".join(filter(None, [name, listed(sorted(filter(None, years[name]))), _in_brackets(list(read[name]))]))
        for name in years
    ]
    return f"Source{'s' if len(told) > 1 else ''}: {'; '.join(told) or 'not stated'}."


def _in_brackets(read: list[str]) -> str:
    partly = "partly " if len(read) > 1 else ""
    told = ", ".join(f"{partly}{how}" for how in read if how)
    return f"({told})" if told else ""


def _or_none(cell: Any) -> str | None:  # noqa: ANN401  # a cell
    return None if pd.isna(cell) else str(cell)
