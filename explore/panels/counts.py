"""The Christchurch counts as a panel: what the growth of the city does to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from explore import charts, tables
from explore.charts.counts import STREET, street_counts, whole
from explore.panels.controls import button, choice, row, slider
from explore.panels.panel import Panel, View
from explore.wording import amount, signed

if TYPE_CHECKING:
    import pandas as pd

SMALLEST = 0.05  # percent; less than this rounds to 0.0
_WHO = {"all": "sex workers", "street": "sex workers on the street", "rest": "sex workers not on the street"}


def christchurch(frame: pd.DataFrame | None = None) -> Panel:
    """Show what the growth of the city, and the way the street was counted, do to the Christchurch counts.

    Args:
        frame: rows of `explore.christchurch()`; all of them when left out.

    Returns:
        A panel whose `controls` are growth (percent), street (people) and sector.

    >>> import explore
    >>> panel = explore.panels.christchurch()
    >>> panel.controls["growth"].value = 5
    >>> panel.sentence
    'With 5% more residents, ... 392 in 2006 ...+4.5% in number and −0.4% per resident...
    >>> panel.code()
    'explore.charts.christchurch(growth=5.0, street=100, sector="all")'
    """
    table = whole(frame)
    counts = street_counts(table)
    ends = {
        str(sector): (int(rows["people"].iloc[0]), int(rows["people"].iloc[-1]))
        for sector, rows in table.sort_values("year").groupby("sector", observed=True)
    }
    years = int(table["year"].min()), int(table["year"].max())
    growth = slider(
        "Population growth, percent",
        "How much the city’s population grew from the first count to the second",
        float(table["population_percent"].max()),
        (0, 15),
        0.01,
    )
    street = choice(
        f"Street count of {years[1]}",
        [(STREET[at] % count, count) for at, count in enumerate(counts)],
        "Whether workers who were known but not seen are counted",
    )
    sector = choice("Sector", [("all", "all"), ("street", "street"), ("not street", "rest")], "Who is counted")
    controls = {"growth": growth, "street": street, "sector": sector}

    def look() -> View:
        return _view(table, ends, counts[0], years, (growth.value, street.value, sector.value))

    def even() -> None:
        before, after = _counted(ends, counts[0], street.value, sector.value)
        growth.value = 100 * (after / before - 1)

    starts = [
        button(f"{name}: {amount(value, 'percent', 1)}", tip, partial(setattr, growth, "value", value))
        for name, value, tip in _growths(table)
    ]
    balance = button("Break-even", "Set the growth at which the number per resident stays the same", even)
    above = [row(growth, row(*starts, balance, close=True)), row(street, sector)]
    return Panel(controls, look, above=above)


def _counted(ends: dict[str, tuple[int, int]], published: int, street: int, sector: str) -> tuple[int, int]:
    """Return a sector’s people in the first and last year; those not seen were never part of the rest."""
    before, after = ends[sector]
    return before, after - (0 if sector == "rest" else published - street)


def _growths(table: pd.DataFrame) -> list[tuple[str, float, str]]:
    """List the known growths of the population over the same years, the stated one first."""
    known = tables.statistics()
    years = f"{table['year'].min()}/{table['year'].max()}"
    same = (known["topic"] == "population") & (known["unit"] == "percent change") & (known["period"] == years)
    known = known[same & known["value"].notna()].sort_values("quote", key=lambda quote: quote.isna(), kind="stable")
    named = known["quote"].isna().map({True: "Census", False: "Stated"})
    tips = known["note"].fillna(known["quote"]).fillna("")
    return list(zip(named, known["value"].astype(float), tips, strict=True))


def _view(
    table: pd.DataFrame,
    ends: dict[str, tuple[int, int]],
    published: int,
    years: tuple[int, int],
    chosen: tuple[float, int, str],
) -> View:
    """Say and show what the chosen growth, street count and sector give."""
    growth, street, sector = round(chosen[0], 2), *chosen[1:]  # the slider’s own steps
    before, after = _counted(ends, published, street, sector)
    number = 100 * (after / before - 1)
    resident = 100 * (after / before / (1 + growth / 100) - 1)
    even = (
        f"The number per resident would stay the same at a growth of {number:.2f}%."
        if number > 0
        else "With fewer people than before, the number per resident falls at any growth."
    )
    share = "unchanged" if abs(resident) < SMALLEST else signed(resident, "%")
    seen = f", counting only the {street} seen on the street" if street != published and sector != "rest" else ""
    sentence = (
        f"With {growth:g}% more residents, {before:,} {_WHO[sector]} in {years[0]} and {after:,} in "
        f"{years[1]}{seen} are {signed(number, '%')} in number and {share} per resident. "
        f"{even}"
    )
    given = f'growth={growth!r}, street={street}, sector="{sector}"'

    def frame() -> pd.DataFrame:
        """Give the sector's rows, with the chosen growth and street count put in."""
        rows = table[table["sector"] == sector].sort_values("year").copy()
        rows["people"] = [before, after]
        rows["change"] = rows["people"] - before
        rows["index"] = 100 * rows["people"].astype("Float64") / before
        rows["change_percent"] = rows["index"] - 100
        rows["population_percent"] = [0.0, growth]
        rows["per_head_index"] = rows["index"] / (1 + rows["population_percent"] / 100)
        rows["per_head_change_percent"] = rows["per_head_index"] - 100
        return rows.reset_index(drop=True)

    return View(
        sentence,
        {"growth": growth, "street": street, "sector": sector},
        f"explore.charts.christchurch({given})",
        frame,
        lambda: charts.christchurch(table, growth=growth, street=street, sector=sector),
    )
