"""The Christchurch counts as a panel: what the growth of the city, and the way of counting, do to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from explore import charts
from explore.article.whatif import STREET, street_counts, whole
from explore.charts.draw import library_of
from explore.panels.controls import button, choice, row, slider
from explore.panels.panel import Panel, View, call
from explore.wording import amount

MOST = 15  # percent: the end of the slider, as in the chart
SMALLEST = 0.05  # percent; less than this rounds to 0.0
_WHO = {"all": "the number of sex workers", "street": "the number on the street", "rest": "the number not on the street"}
_SECTORS = [("every sector", "every"), ("all sex workers", "all"), ("on the street", "street"), ("not on the street", "rest")]


class Counts(NamedTuple):
    """The counts that are moved: the table, its two years, and the last street count as published."""

    table: pd.DataFrame
    years: tuple[int, int]
    published: int

    def ends(self, sector: str, street: int) -> tuple[int, int]:
        """Return a sector’s people in the first and last year; those not seen were never part of the rest."""
        rows = self.table[self.table["sector"] == sector].sort_values("year")
        missing = 0 if sector == "rest" else self.published - street
        return int(rows["people"].iloc[0]), int(rows["people"].iloc[-1]) - missing


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
    'With 5% more residents in 2006 than in 1999, the number of sex workers rose by 4.5%, from 375 to 392, and fell by 0.4% per resident...
    >>> panel.code()
    "explore.charts.christchurch(growth=5.0, street=100, sector='all')"
    """
    table = whole(frame)
    streets = street_counts(table)
    counts = Counts(table, (int(table["year"].min()), int(table["year"].max())), streets[0])
    growth = slider(
        "Population growth, percent",
        "How much the city’s population grew from the first count to the second",
        float(table["population_percent"].max()),
        (0, MOST),
        0.01,
    )
    street = choice(
        f"Street count of {counts.years[1]}",
        [(STREET[at] % count, count) for at, count in enumerate(streets)],
        "Whether workers who were known but not seen are counted",
    )
    sector = choice("Sector", _SECTORS, "Who is spoken of, and stands out in the chart")

    def even() -> float:
        before, after = counts.ends("all" if sector.value == "every" else sector.value, street.value)
        return 100 * (after / before - 1)

    def arrange() -> None:
        balance.layout.display = "" if 0 <= even() <= MOST else "none"

    starts = [
        button(f"{name}: {amount(value, 'percent', 1)}", tip, partial(setattr, growth, "value", value))
        for name, value, tip in _growths(table, counts.years)
    ]
    balance = button(
        "Break-even",
        "Set the growth at which the number per resident stays the same",
        lambda: setattr(growth, "value", even()),
    )

    def look() -> View:
        return _view(frame, counts, round(growth.value, 2), street.value, sector.value)  # the slider’s own steps

    above = [row(growth, row(*starts, balance, close=True)), row(street, sector)]
    return Panel({"growth": growth, "street": street, "sector": sector}, look, above=above, arrange=arrange)


def _growths(table: pd.DataFrame, years: tuple[int, int]) -> list[tuple[str, float, str]]:
    """List the known growths of the population over the same years, the stated one first."""
    library = library_of(table)
    period = f"{years[0]}/{years[1]}"
    known = [
        one
        for one in (library.statistics.values() if library else ())
        if (one.topic, one.unit, one.period) == ("population", "percent change", period) and one.value is not None
    ]
    known.sort(key=lambda one: one.quote is None)
    return [("Stated" if one.quote else "Census", float(one.value or 0), one.note or one.quote or "") for one in known]


def _view(frame: pd.DataFrame | None, counts: Counts, growth: float, street: int, sector: str) -> View:
    """Say and show what the chosen growth, street count and sector give."""
    before, after = counts.years
    sectors = list(_WHO) if sector == "every" else [sector]
    seen = street != counts.published and sector != "rest"
    more = f"{growth:g}% more residents in {after} than" if growth else f"as many residents in {after} as"
    counting = f"Counting in {after} only the {street} seen on the street, and with" if seen else "With"
    told = "; ".join(_moved(_WHO[one], counts.ends(one, street), growth) for one in sectors)
    sentence = f"{counting} {more} in {before}, {told}."
    even = _changes(counts.ends(sectors[0], street), growth)[0]
    if len(sectors) == 1 and 0 < even <= MOST:
        sentence += f" The number per resident would have stayed the same at a growth of {amount(even, 'percent', 2)}."
    if seen:
        sentence += f" Whether everybody counted in {before} was seen is not said."
    moves: dict[str, object] = {"growth": growth, "street": street, "sector": sector}
    return View(
        sentence,
        call("explore.charts.christchurch", frame=frame, **moves),
        lambda: pd.concat([_rows(counts, one, growth, street) for one in sectors], ignore_index=True),
        lambda: charts.christchurch(frame, growth=growth, street=street, sector=sector),
        moves,
    )


def _moved(who: str, ends: tuple[int, int], growth: float) -> str:
    """Say how a number moved, and how it moved per resident, naming a direction that both share once."""
    number, resident = (_verb(change) for change in _changes(ends, growth))
    resident = resident.removeprefix(f"{number.split(' by ')[0]} ") if " by " in resident else resident
    return f"{who} {number}, from {ends[0]:,} to {ends[1]:,}, and {resident} per resident"


def _verb(percent: float) -> str:
    if abs(percent) < SMALLEST:
        return "stayed the same"
    return f"{'rose' if percent > 0 else 'fell'} by {amount(abs(percent), 'percent', 1)}"


def _changes(ends: tuple[int, int], growth: float) -> tuple[float, float]:
    """Return the change in number and the change per resident, in percent."""
    ratio = ends[1] / ends[0]
    return 100 * (ratio - 1), 100 * (ratio / (1 + growth / 100) - 1)


def _rows(counts: Counts, sector: str, growth: float, street: int) -> pd.DataFrame:
    """Give a sector’s two years as they are set; what was said of the published numbers is left out."""
    rows = counts.table[counts.table["sector"] == sector].sort_values("year")[["sector", "year"]]
    people = pd.Series(counts.ends(sector, street), index=rows.index, dtype="Int64")
    index = 100 * people.astype("Float64") / people.iloc[0]
    per_head = index / pd.Series([1, 1 + growth / 100], index=rows.index, dtype="Float64")
    return rows.assign(
        people=people,
        change=people - people.iloc[0],
        change_percent=index - 100,
        population_percent=[0.0, growth],
        per_head_change_percent=per_head - 100,
    )
