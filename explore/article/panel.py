"""The Christchurch counts as a panel: what the growth of the city, and the way of counting, do to them."""

from functools import partial
from typing import Any

import ipywidgets as widgets  # type: ignore[import-untyped]
import pandas as pd

from explore import charts
from explore.article.whatif import STREET, street_counts, whole
from explore.charts.draw import library_of
from explore.panels.controls import button, control, row, slider
from explore.panels.exports import exportable
from explore.panels.panel import Panel, View, call
from explore.wording import amount

MOST = 15  # percent: the end of the slider, as in the chart
SMALLEST = 0.05  # percent; less than this rounds to 0.0
_WHO = {
    "all": "the number of sex workers",
    "street": "the number on the street",
    "rest": "the number not on the street",
}
_SECTORS = [
    ("every sector", "every"),
    ("all sex workers", "all"),
    ("on the street", "street"),
    ("not on the street", "rest"),
]


def christchurch(frame: pd.DataFrame | None = None) -> Panel:
    """Show what the growth of the city, and the way the street was counted, do to the Christchurch counts.

    Args:
        frame: rows of `explore.christchurch()`; all of them when left out.

    Returns:
        A panel whose `controls` are growth (percent), street (people) and sector.

    >>> import explore
    >>> panel = explore.panels.christchurch()
    >>> panel.set(growth=5, sector="all")
    >>> panel.sentence
    'With 5% more residents in 2006 than in 1999, the number of sex workers rose by 4.5%, from 375 to 392, and fell...
    >>> panel.code()
    "explore.charts.christchurch(growth=5.0, street=100, sector='all')"
    """
    table = whole(frame)
    streets = street_counts(table)
    years = int(table["year"].min()), int(table["year"].max())
    tip = "How much the city’s population grew from the first count to the second"
    start = float(table["population_percent"].max())
    growth = slider("Population growth, percent", tip, start, (0, MOST), 0.01)
    counts = [(STREET[at] % count, count) for at, count in enumerate(streets)]
    tip = "Whether workers who were known but not seen are counted"
    street = control(widgets.Dropdown, f"Street count of {years[1]}", tip, options=counts)
    tip = "Who is spoken of, and stands out in the chart"
    sector = control(widgets.Dropdown, "Sector", tip, options=_SECTORS)

    def even() -> float:
        who = "all" if sector.value == "every" else sector.value
        return _changes(_ends(table, who, street.value - streets[0]), 0)[0]

    def arrange() -> None:
        balance.layout.display = "" if 0 <= even() <= MOST else "none"

    def look() -> View:
        moves: dict[str, Any] = {"growth": round(growth.value, 2), "street": street.value, "sector": sector.value}
        missing, sectors = street.value - streets[0], list(_WHO) if sector.value == "every" else [sector.value]
        ends = {who: _ends(table, who, missing) for who in sectors}
        return View(
            _sentence(ends, years, moves["growth"], street.value if missing and sectors != ["rest"] else None),
            call("explore.charts.christchurch", frame=frame, **moves),
            partial(_rows, ends, years, moves["growth"]),
            partial(charts.christchurch, frame, **moves),
            moves,
        )

    starts = [
        button(f"{name}: {amount(value, 'percent', 1)}", tip, partial(setattr, growth, "value", value))
        for name, value, tip in _growths(table, years)
    ]
    tip = "Set the growth at which the number per resident stays the same"
    balance = button("Break-even", tip, lambda: setattr(growth, "value", even()))
    above = [row(growth, row(*starts, balance, close=True)), row(street, sector)]
    return exportable(Panel({"growth": growth, "street": street, "sector": sector}, look, above=above, arrange=arrange))


def _growths(table: pd.DataFrame, years: tuple[int, int]) -> list[tuple[str, float, str]]:
    """List the known growths of the population over the same years, the stated one first."""
    library = library_of(table)
    wanted = ("population", "percent change", f"{years[0]}/{years[1]}")
    known = [
        one for one in (library.statistics.values() if library else ()) if (one.topic, one.unit, one.period) == wanted
    ]
    known.sort(key=lambda one: one.quote is None)
    told = [("Stated" if one.quote else "Census", one.value, one.note or one.quote or "") for one in known]
    return [(name, float(value), tip) for name, value, tip in told if value is not None]


def _ends(table: pd.DataFrame, sector: str, missing: int) -> tuple[int, int]:
    """Return a sector’s people in the first and last year; those not seen were never part of the rest."""
    people = table[table["sector"] == sector].sort_values("year")["people"]
    return int(people.iloc[0]), int(people.iloc[-1]) + (0 if sector == "rest" else missing)


def _changes(ends: tuple[int, int], growth: float) -> tuple[float, float]:
    """Return the change in number and the change per resident, in percent."""
    ratio = ends[1] / ends[0]
    return 100 * (ratio - 1), 100 * (ratio / (1 + growth / 100) - 1)


def _rows(ends: dict[str, tuple[int, int]], years: tuple[int, int], growth: float) -> pd.DataFrame:
    """Give each sector’s two years as they are set; what was said of the published numbers is left out."""
    rows = []
    for sector, (first, last) in ends.items():
        number, resident = _changes((first, last), growth)
        rows.append((sector, years[0], first, 0, 0.0, 0.0, 0.0))
        rows.append((sector, years[1], last, last - first, number, growth, resident))
    columns = ["sector", "year", "people", "change", "change_percent", "population_percent", "per_head_change_percent"]
    return pd.DataFrame(rows, columns=columns)


def _sentence(ends: dict[str, tuple[int, int]], years: tuple[int, int], growth: float, seen: int | None) -> str:
    """Say what the growth, the street count and the sectors that are set give."""
    before, after = years
    more = f"{growth:g}% more residents in {after} than" if growth else f"as many residents in {after} as"
    counting = f"Counting in {after} only the {seen} seen on the street, and with" if seen else "With"
    told = "; ".join(_moved(_WHO[who], pair, growth) for who, pair in ends.items())
    doubt = f" Whether everybody counted in {before} was seen is not said." if seen else ""
    return f"{counting} {more} in {before}, {told}.{doubt}"


def _moved(who: str, ends: tuple[int, int], growth: float) -> str:
    """Say how a number moved, and how it moved per resident, naming a direction that both share once."""
    number, resident = (_verb(change) for change in _changes(ends, growth))
    resident = resident.removeprefix(f"{number.split(' by ')[0]} ") if " by " in resident else resident
    return f"{who} {number}, from {ends[0]:,} to {ends[1]:,}, and {resident} per resident"


def _verb(percent: float) -> str:
    if abs(percent) < SMALLEST:
        return "stayed the same"
    return f"{'rose' if percent > 0 else 'fell'} by {amount(abs(percent), 'percent', 1)}"
