"""Say numbers, units and dates the way a sentence would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explore.register.schema import Statistic

_PERCENT = {"percent", "percent change", "%"}
_BARE = {None, "", "ratio", "year", *_PERCENT}
BEFORE = {"about": "about ", "over": "more than ", "under": "nearly "}
_MONTHS = "January February March April May June July August September October November December"


def amount(value: float, unit: str | None = None, decimals: int = 0) -> str:
    """Say a number with its unit.

    >>> amount(1266, "convictions"), amount(-3.917, "percent change", 1), amount(2006, "year")
    ('1,266 convictions', '−3.9%', '2006')
    """
    number = f"{value:.0f}" if unit == "year" else f"{value:,.{max(decimals, 0)}f}"
    mark = "%" if unit in _PERCENT else "" if unit in _BARE else f" {unit}"
    return number.replace("-", "−") + mark


def signed(value: float, unit: str | None = None) -> str:
    """Say a change with its unit: always with its sign, with a decimal where it is not whole.

    >>> signed(17.0, "people"), signed(-3.917, "%")
    ('+17 people', '−3.9%')
    """
    return ("+" if value > 0 else "") + amount(value, unit, 1 if unit == "%" or value % 1 else 0)


def say(one: Statistic) -> str:
    """Say what a statistic states, in its own words as far as they go.

    >>> from explore.register import load
    >>> stated = load().registers["autostraddle-2015"].statistics
    >>> [say(one) for one in stated if one.topic in {"support", "petition"}]
    ['hundreds of organizations', 'about 10,000 signatures']
    """
    text = one.value_text
    if one.value is not None and text is None:
        counted = one.unit not in _BARE
        return ("about " if counted and one.value % 1 else "") + amount(one.value, one.unit, 0 if counted else 1)
    text = text or ""
    plain = re.fullmatch(r"-?\d+(\.\d+)?", text) is not None
    before = BEFORE.get(one.qualifier or "", "") if one.quote or plain else ""
    if one.value is not None and plain:
        return before + amount(one.value, one.unit, one.decimals)
    link = " of " if one.qualifier == "vague" else " "
    return before + text + ("" if one.unit in _BARE else f"{link}{one.unit}")


def when(period: str) -> str:
    """Say a period.

    >>> when("2008/2011"), when("2015-07-31"), when("2008-10")
    ('2008–2011', '31 July 2015', 'October 2008')
    """
    told = []
    for part in period.split("/"):
        year, *rest = part.split("-")
        days, months = (
            [str(int(day)) for day in rest[1:]],
            [_MONTHS.split()[int(month) - 1] for month in rest[:1]],
        )
        told.append(" ".join([*days, *months, year]))
    return "–".join(told)


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence would.

    >>> listed(["measure", "place", "period"]), listed(["place"])
    ('measure, place and period', 'place')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def source_line(frame: pd.DataFrame) -> str:
    """Write the source line: the publisher and year of every document in the frame, and how its values were read.

    >>> import explore
    >>> source_line(explore.statistics().query("topic == 'support'"))
    'Source: Autostraddle 2015 (primary text).'
    """
    parts: dict[str, list[str]] = {}
    names = ("publisher", "published", "document", "evidence")
    for row in frame[[name for name in names if name in frame]].drop_duplicates().to_dict("records"):
        publisher, published, document, evidence = (_or_none(row.get(name)) for name in names)
        name = " ".join(filter(None, (publisher, str(published or "")[:4]))) if publisher else document
        if name:
            parts.setdefault(name, []).extend([evidence] if evidence else [])
    told = [f"{name} ({', '.join(dict.fromkeys(how))})" if how else name for name, how in parts.items()]
    return f"Source{'s' if len(told) > 1 else ''}: {'; '.join(told) or 'not stated'}."


def _or_none(cell: Any) -> str | None:  # noqa: ANN401  # a cell
    return None if pd.isna(cell) else str(cell)
