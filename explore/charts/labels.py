"""Labels of rows: what all rows share is said once, in the subtitle; each row says what is its own."""

import re
from collections.abc import Hashable
from typing import Any

import pandas as pd

from explore.charts.letters import wrapped
from explore.charts.theme import LABEL, LINES, SMALL
from explore.wording import listed, when

FIELDS = ("measure", "population", "group", "place", "period", "n", "stated_by")
_GAP = 20  # pixels between rows: more than between a label and its mark
_SAID = 150  # letters: longer names of groups are left to their rows
_SYMBOL = r"\w{1,3}\b"  # of a unit: "mm" is no word that a sentence begins with


def shared(rows: pd.DataFrame) -> dict[str, str]:
    """Return the labels that all rows have in common, as a reader would say them."""
    found = {}
    for name in FIELDS:
        if name in rows and rows[name].notna().all() and len(set(rows[name])) == 1:
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
        return list(dict.fromkeys(told)) or [str(row["measure"]) if pd.notna(row["measure"]) else ""]

    return [line(row) for row in rows.to_dict("records")]


def subtitle(rows: pd.DataFrame, *notes: str) -> str:
    """Say in what unit the rows are, what they all count, of whom, where and when; then the notes."""
    units = [str(unit) for unit in rows["unit"].dropna().unique() if unit != "year"]
    common = shared(rows) if len(rows) > 1 else {}
    about = list(dict.fromkeys(common[name] for name in FIELDS if name in common and common[name] not in units))
    names = list(rows["population"].dropna().unique())
    whom = listed(names) if len(names) > 1 and "population" not in common else ""
    whom = whom if len(whom) <= _SAID else ""
    head = " of ".join(filter(None, [listed(units), whom]))
    if units == ["percent"] and not whom and not about and len(rows) > 1:
        head = "percent of those named in each row"
    told = ": ".join(filter(None, [head, "; ".join(about)]))
    if not re.match(_SYMBOL, told):
        told = told[:1].upper() + told[1:]
    return " ".join([f"{told}." if told else "", *notes]).strip()


def laid_out(rows: pd.DataFrame, width: float, mark: int) -> tuple[pd.DataFrame, int]:
    """Give each row its label in lines, and the heights at which label and mark stand; and the height of all.

    `mark` is the height of a row’s mark in pixels.
    """
    top, places = 0, []
    for first, *rest in own(rows):
        label = wrapped(first, width, LABEL)
        small = wrapped("; ".join(rest), width, SMALL) if rest else []
        middle = top + LINES[LABEL] * len(label)
        at = middle + LINES[SMALL] * len(small) + 4 + mark / 2
        places.append(("\n".join(label), "\n".join(small), top, middle, at))
        top = int(at + mark / 2 + _GAP)
    names = ["_label", "_small", "_top", "_middle", "_at"]
    return rows.assign(**dict(zip(names, zip(*places, strict=True), strict=True))), max(top - _GAP // 2, 1)
