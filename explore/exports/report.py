"""The report: every chart and table on one page, each number linked to its words and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explore.exports.pages import Figure, page
from explore.terms import EVIDENCE, VERDICTS
from explore.wording import listed, when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

Rooms = dict[str, list[Figure]]
_NAMED = 3  # documents that the head of the report names


def report(rooms: Rooms, frames: Mapping[str, pd.DataFrame], notes: Sequence[str]) -> bytes:
    """Write the page: the charts of the topics, the audit, numbers beside their sources; every statistic and document.

    Args:
        rooms: the charts, by the part of the page that they stand in: topics, audit, more, sources.
        frames: the tables, by name.
        notes: what was not drawn, and why.
    """
    rows = {name: _rows(frames[name]) for name in ("documents", "statistics", "audit", "findings")}
    examined = {str(one["id"]).partition("/")[0] for one in rows["audit"]}
    named = [one for one in rows["documents"] if one["document"] in examined] or rows["documents"]
    titles = [f"“{one['title']}”" for one in named]
    subject = titles[0] if len(titles) == 1 else f"{len(titles)} documents"
    shown = rooms if rooms.get("topics") else {**rooms, "topics": rooms.get("more", []), "more": []}
    counts = frames["audit"]["verdict"].value_counts()
    found = [f"{name} {counts[name]}" for name in VERDICTS if counts.get(name)]
    return page(
        "report",
        [figure for figures in rooms.values() for figure in figures],
        title=f"The numbers in {subject}",
        description=f"{listed(titles[:_NAMED])}: the numbers, the words that state them, and their sources.",
        rooms={name: shown.get(name, []) for name in ("topics", "audit", "more", "sources")},
        **rows,
        named=[{**one, "when": when(str(one["published"] or ""))} for one in named[:_NAMED]],
        more=len(named) - _NAMED,
        found=found,
        verdicts={name: VERDICTS[name] for name in VERDICTS if counts.get(name)},
        evidence=EVIDENCE,
        fallen=[one for one in rows["findings"] if not one["holds"]],
        notes=notes,
        known={*frames["statistics"]["id"], *frames["documents"]["document"]},
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): cell for name, cell in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]
