"""Axes of numbers and of years: where their ticks stand, and how a tick is said."""

import datetime as dt
import json
import math
from collections.abc import Iterable
from typing import Any

from explore.charts.letters import width_of
from explore.terms import ExploreError
from explore.wording import when

_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_SHARES = {"percent", "percent change"}
_STEPS = (1, 2, 5, 10)
_DAYS, _LETTERS = 366, 13


def ticks(low: float, high: float, most: float) -> list[float]:
    """Return round numbers from low to high, no more of them than `most`.

    >>> ticks(0, 1240, 6)
    [0.0, 500.0, 1000.0]
    """
    span = (high - low) or 1.0
    size = 10 ** math.floor(math.log10(span / max(most, 1)))
    step = next(size * step for step in (*_STEPS, 20) if span / (size * step) <= most - 1 or step == 20)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{step * at:.12g}") for at in range(first, last + 1)]


def said_axis(unit: str | None, low: float, high: float, most: float) -> dict[str, Any]:
    """Say an axis of numbers: its ticks, what stands at each, and the unit where the ticks do not say it."""
    size, word = next(((size, word) for size, word in _LARGE if max(abs(low), abs(high)) >= 2 * size), (1, ""))
    number = f"format(datum.value / {size}, ',~r')"
    share = unit in _SHARES and not word
    return {
        "values": ticks(low, high, most),
        "labelExpr": f"{number} + '%'" if share else f"replace({number}, '-', '−')",
        "title": None if share else ", ".join(filter(None, [unit, word])) or None,
    }


def moment(period: str) -> float:
    """Return where a period stands on an axis of years: a year at its number, a span in its middle.

    >>> moment("2003"), moment("2008/2010"), round(moment("2003-07-02"), 1)
    (2003.0, 2009.0, 2003.5)
    """
    ends = []
    for part in period.split("/"):
        try:
            year, month, day = (*map(int, part.split("-")), 1, 1)[:3]
            ends.append(year + (dt.date(year, month, day).timetuple().tm_yday - 1) / _DAYS)
        except ValueError:
            fix = "write a year, 2012-03, 2012-03-01, or two of them with / between"
            raise ExploreError(f'period = "{period}": is no time that an axis of years can hold; {fix}') from None
    return sum(ends) / len(ends)


def said_years(periods: Iterable[str], room: float) -> dict[str, Any]:
    """Say an axis of years, or where it holds less than two of them, of the periods themselves."""
    known = {moment(period): when(period) for period in periods}
    first, last = min(known), max(known)
    years = [year for year in ticks(first, last, max(room / 50, 2)) if year % 1 == 0]
    if len(years) > 1:
        return {"values": years, "format": "d"}
    wide = max(width_of(word, _LETTERS) for word in known.values()) + 12
    shown, free = dict[str, str](), -wide
    for at in sorted(known):
        place = (at - first) / (last - first or 1.0) * room
        if place - free >= wide:
            shown[f"{at:.12g}"], free = known[at], place
    return {"values": [float(at) for at in shown], "labelExpr": f"{json.dumps(shown)}[format(datum.value, '.12~g')]"}
