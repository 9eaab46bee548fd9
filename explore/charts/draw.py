"""Any rows as a chart: the form follows from what they are, the title from what holds of them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args

import altair as alt
import pandas as pd

from explore.charts.apart import draw_apart
from explore.charts.dates import draw_dates
from explore.charts.figure import AXIS, NO_AXIS, TITLED_AXIS, WIDTH, checked_width, few, figure, told
from explore.charts.labels import subtitle as said_of_all
from explore.charts.lines import draw_lines
from explore.charts.rows import ROLES, draw_rows, is_near
from explore.claims import fill_from, said_of, unchanged
from explore.columns import STATISTIC_COLUMNS, checked
from explore.register import Library, load
from explore.tables import Seeds, role
from explore.terms import ExploreError, nearest
from explore.wording import amount

Form = Literal["bars", "dots", "line", "dates", "apart"]
SHARE, DIGITS = "percent", 6  # the unit of shares; digits of a number that nobody said
_SPELLINGS = {"%": SHARE, "per cent": SHARE, "pct": SHARE}
_INTERVAL = "Thin line: 95% interval of a share of a random sample."
_GAP = "At the gap the way of counting changed."
_ZOOMED = "The axis does not begin at 0."
_RANGE = "Thin line: the stated range."
_LAYERS: dict[str, Callable[..., tuple[list[alt.Chart], int]]] = {
    "line": draw_lines,
    "dates": draw_dates,
    "apart": draw_apart,
}
_KINDS = {
    "bars": "Bar chart",
    "dots": "Dot chart",
    "line": "Line chart",
    "dates": "Timeline",
    "apart": "Numbers as words",
}


def draw(
    rows: pd.DataFrame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    form: Form | None = None,
    width: int = WIDTH,
    colors: Sequence[str] | None = None,
    seeds: Seeds = None,
    name: str | None = None,
) -> alt.LayerChart:
    """Draw any rows, in the order given, under a title that holds of them.

    Args:
        rows: rows of `explore.statistics()` or of a topic, filtered, sorted or put together, from any
            registers; or a table of your own with the columns `value`, `unit` and `measure`.
        title: your own; `{id}`, `{id.n}`, `{id.period}` and `{id..id}` in it are filled in from the rows.
            When left out, the first finding of the registers that holds of the rows, or else what the
            topic is about.
        subtitle: your own; what is counted, of whom and in what unit, when left out.
        form: `bars`, `dots`, `line`, `dates` or `apart` (numbers without a common axis). When left out:
            years as dates; one series over three periods or more as a line; percent as bars; counts of
            unlike series apart; else dots.
        width: of the plot in pixels: text is broken anew to fit.
        colors: of the bars, dots or lines, in their order.
        seeds: folder of the registers, where the rows do not know it (after CSV, or a concat of unlike tables).
        name: of the file that the chart is saved as.

    Returns:
        A plain Altair chart with its source line.

    Raises:
        ExploreError: no number to draw, several units, an unknown form, a brace that nothing fills.

    >>> import explore
    >>> numbers = explore.statistics()
    >>> explore.charts.draw(numbers[numbers["topic"] == "support"])
    Traceback (most recent call last):
    explore.terms.ExploreError: draw: no row has a number to draw...
    """
    wide = checked_width(width)
    table = ready(rows)
    library = library_of(rows, seeds)
    if library is not None:  # a number that was changed in the table is no longer said as its register says it
        kept = unchanged(table, library)
        changed = table["id"].isin([key for key in library.statistics if key not in kept])
        table["said"] = table["said"].mask(changed, pd.Series(said_anew(table), index=table.index))
    left_out = len(table) - int(table["value"].notna().sum())
    table = table[table["value"].notna()].reset_index(drop=True)
    if table.empty:
        raise ExploreError("draw: no row has a number to draw; give it rows whose value is known")
    kind = checked_form(form, few(table, "draw"))
    layers, height = laid(kind, table, wide, colors)
    notes = [_INTERVAL] if kind in {"bars", "dots"} and table["low"].notna().any() else []
    notes += [_ZOOMED] if kind == "dots" and is_near(table) else []
    notes += [_RANGE] if kind in {"bars", "dots"} and table["upper"].notna().any() else []
    segments = table[["series", "segment"]].drop_duplicates()["series"].dropna()
    notes += [_GAP] if kind == "line" and segments.duplicated().any() else []
    notes += ["They share no axis: each was counted in its own way."] if kind == "apart" else []
    notes += [f"Not drawn: {left_out} row{'s' * (left_out > 1)} without a number."] if left_out else []
    below = said_of_all(table, *notes) if subtitle is None else subtitle
    head = said_of(table, library) if title is None else fill_from(title, table, library)
    below = "" if below.removesuffix(".") == head else below
    topics = list(table["topic"].dropna().unique())
    return figure(
        *layers,
        rows=table,
        title=head,
        subtitle=below,
        alt_text=told(table, _KINDS[kind], head, below),
        name=name or (str(topics[0]) if len(topics) == 1 else "chart"),
        width=wide,
        height=height,
        below=room_below(kind, table),
    )  # fmt: skip


def laid(
    kind: str, table: pd.DataFrame, width: int, colors: Sequence[str] | None = None, chosen: Sequence[str] = ()
) -> tuple[list[alt.Chart], int]:
    """Draw the marks of a form, those of the ids `chosen` standing out; give them with their height."""
    if kind in _LAYERS:
        return _LAYERS[kind](table, width=width, colors=colors)
    return draw_rows(table, bars=kind == "bars", width=width, colors=colors, chosen=chosen)


def room_below(kind: str, table: pd.DataFrame) -> int:
    """Return the pixels that an axis takes under the plot: an axis of people says so under its ticks."""
    if kind == "apart":
        return NO_AXIS
    titled = kind in {"bars", "dots"} and not table["unit"].isin([SHARE, "percent change"]).all()
    return TITLED_AXIS if titled else AXIS


def ready(rows: object) -> pd.DataFrame:
    """Return the rows with every column that drawing asks for; what a table of one's own does not say is missing."""
    table = checked(rows, "draw", ["measure", "unit"], "explore.statistics(), or a table with value, unit and measure")
    if "value" not in table:
        if "percent" not in table and "count" not in table:
            raise ExploreError("draw: the table has no column value; give it a number in each row")
        table = table.assign(value=table.get("percent", table.get("count")))
    for column in STATISTIC_COLUMNS:
        if column not in table:
            table[column] = pd.Series(pd.NA, index=table.index, dtype="object")
    for column in ("value", "upper", "low", "high", "n"):
        table[column] = table[column].astype("Float64")
    for column in ("measure", "population", "group", "place", "stated_by", "period", "unit"):
        table[column] = table[column].astype("string").str.strip().replace({"": pd.NA})
    table["unit"] = table["unit"].replace(_SPELLINGS)
    kinds = role(table)
    table["role"] = table["role"].where(table["role"].isin(ROLES), kinds) if "role" in table else kinds
    table["said"] = table["said"].astype("object").where(table["said"].notna(), said_anew(table))
    return table


def said_anew(table: pd.DataFrame) -> list[str | None]:
    """Say each number of a table, and both ends of a range."""
    said = []
    for value, upper, unit in zip(table["value"], table["upper"], table["unit"], strict=True):
        whole = amount_of(value, unit if pd.isna(upper) else None)
        said.append(f"{whole}–{amount_of(upper, unit)}" if whole and pd.notna(upper) else whole)
    return said


def amount_of(value: Any, unit: Any) -> str | None:  # noqa: ANN401  # cells
    """Say a number of a table that does not say it itself."""
    if pd.isna(value):
        return None
    places = len(f"{Decimal(f'{value:.{DIGITS}g}'):f}".partition(".")[2])
    return amount(float(value), None if pd.isna(unit) else str(unit), places)


def library_of(rows: object, seeds: Seeds = None) -> Library | None:
    """Return the registers that rows are of: of the folder given, or of the one that the rows name."""
    folder = seeds if seeds is not None else getattr(rows, "attrs", {}).get("seeds")
    return load(folder) if folder is not None and (seeds is not None or Path(folder).is_dir()) else None


def checked_form(form: str | None, table: pd.DataFrame) -> str:
    """Return the form that was asked for, or that rows ask for; refuse what it cannot hold."""
    if form is not None and form not in get_args(Form):
        raise ExploreError(f"form = {form!r}: is no form of a chart; {nearest(form, get_args(Form))}")
    units = list(map(str, table["unit"].dropna().unique()))
    if len(units) > 1 and form not in {"apart", "dates"}:
        fix = 'draw one at a time, or form="apart"'
        raise ExploreError(f"draw: the rows are in several units ({', '.join(units)}), which no axis holds; {fix}")
    kind = form or form_of(table, units[0] if units else None)
    timeless = table["period"].isna() & (table["unit"].ne("year").fillna(value=True) if kind == "dates" else True)
    if kind in {"line", "dates"} and timeless.any():
        raise ExploreError(f'draw: form = "{kind}" needs a period in each row; {int(timeless.sum())} have none')
    return kind


def form_of(table: pd.DataFrame, unit: str | None) -> str:
    """Choose the form that rows of one unit ask for."""
    series = table["series"].astype("object").where(table["series"].notna(), "none")
    one = set(series) != {"none"} and len(set(series)) == 1
    if unit == "year":
        return "dates"
    if one and len(set(table["period"])) >= 3 and table["period"].notna().all():
        return "line"
    if unit == SHARE:
        return "bars"
    return "apart" if len(set(series)) > 1 else "dots"
