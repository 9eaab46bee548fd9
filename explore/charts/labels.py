"""Labels of rows: what all rows share is said once, in the subtitle; each row says what is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from explore.charts.figure import counted
from explore.charts.letters import wrapped
from explore.charts.theme import LABEL, SMALL
from explore.wording import when

if TYPE_CHECKING:
    from collections.abc import Hashable

FIELDS = ("measure", "population", "group", "place", "period", "n", "stated_by")
_LINE, _SMALL_LINE, _GAP = 18, 15, 16  # heights in pixels: of a line of the label, of one below it, between rows


def shared(rows: pd.DataFrame) -> dict[str, str]:
    """Return the labels that all rows have in common, as a reader would say them."""
    found = {}
    for name in FIELDS:
        if name in rows and rows[name].notna().all() and rows[name].nunique() == 1:
            found[name] = _say(name, rows[name].iloc[0])
    return found


def _say(name: str, value: Any) -> str:  # noqa: ANN401  # a cell
    if name == "period":
        return when(str(value))
    return f"n = {int(value):,}" if name == "n" else str(value)


def own(rows: pd.DataFrame) -> list[list[str]]:
    """Return what each row says for itself: first what it counts, or else what sets it apart; then the rest."""
    common = shared(rows) if len(rows) > 1 else {}
    names = [name for name in FIELDS if name in rows and name not in common]

    def line(row: dict[Hashable, Any]) -> list[str]:
        told = [_say(name, row[name]) for name in names if pd.notna(row[name])]
        return list(dict.fromkeys(told)) or [str(row["measure"])]

    return [line(row) for row in rows.to_dict("records")]


def subtitle(rows: pd.DataFrame, *notes: str) -> str:
    """Say in what unit the rows are, what they all count, of whom, where and when; then the notes."""
    units = [_unit(str(unit)) for unit in rows["unit"].dropna().unique()]
    common = shared(rows)
    said = dict.fromkeys(common[name] for name in FIELDS if name in common and name != "measure")
    about = [common["measure"]] if "measure" in common else []
    about += ["; ".join(said)] if said else []
    if "population" in rows and "population" not in common and (names := list(rows["population"].dropna().unique())):
        about += [] if len(names) > 3 else [f"of {counted(names, 'groups')}"]
    head = f"{counted(units, 'units')}: {', '.join(about)}" if units and about else "".join(units or about)
    head = head[:1].upper() + head[1:]
    return " ".join([f"{head}." if head else "", *notes]).strip()


def _unit(unit: str) -> str:
    return {"percent": "percent", "percent change": "percent change"}.get(unit, unit)


def laid_out(rows: pd.DataFrame, width: float, mark: int) -> tuple[pd.DataFrame, int]:
    """Give each row its label in lines, and the heights at which label and mark stand; and the height of all.

    `mark` is the height of a row’s mark in pixels.
    """
    top, places = 0, []
    for first, *rest in own(rows):
        label = wrapped(first, width, LABEL)
        small = wrapped("; ".join(rest), width, SMALL) if rest else []
        middle = top + _LINE * len(label)
        at = middle + _SMALL_LINE * len(small) + 5 + mark / 2
        places.append(("\n".join(label), "\n".join(small), top, middle, at))
        top = int(at + mark / 2 + _GAP)
    names = ["_label", "_small", "_top", "_middle", "_at"]
    return rows.assign(**dict(zip(names, zip(*places, strict=True), strict=True))), max(top - _GAP // 2, 1)
