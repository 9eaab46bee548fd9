"""Everything into one folder: each chart in each format, the tables as a data package, the report."""

from __future__ import annotations

import inspect
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tqdm import tqdm

from explore import charts, files, tables, verdicts
from explore.charts.figure import WIDTH
from explore.columns import AUDIT_COLUMNS, DOCUMENT_COLUMNS, FINDING_COLUMNS, SHARE_COLUMNS, STATISTIC_COLUMNS
from explore.exports import evidence, packages, sheets
from explore.exports.chart import SUFFIXES, beside, contents, spec_of
from explore.exports.metadata import LICENCE
from explore.exports.pages import Figure
from explore.exports.report import Rooms, report
from explore.claims import findings
from explore.register import load
from explore.terms import ExploreError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    import altair as alt
    import pandas as pd

    from explore.columns import Column
    from explore.tables import Seeds

_TITLE = "Statistics stated in documents, with their words and sources"
_FEW = 3  # rows: fewer make no picture worth the first place
_PHONE = 330  # pixels: of a plot that a telephone shows without making its letters smaller


class Table(NamedTuple):
    """A table of the data package; `refers` names the one that holds its ids."""

    frame: pd.DataFrame
    title: str
    columns: Mapping[str, Column]
    key: str = "id"
    refers: str = ""


class Drawing(NamedTuple):
    """A chart to be drawn, and the part of the report that it stands in."""

    room: str
    make: Callable[..., alt.TopLevelMixin]


def export_all(folder: str | os.PathLike[str], *, overwrite: bool = False, seeds: Seeds = None) -> list[Path]:
    """Write every chart in every format, the tables as a data package, and the report, into a folder.

    `charts/` holds each chart in each format: one a topic and unit, the audit, each stated number beside
    its source. `data/` holds the tables as CSV with their `datapackage.json` (Data Package 2.0),
    `report.html` all of it on one page. The folder is made if it is missing; the one it stands in must
    exist. What cannot be drawn is named on standard error and in the report.

    Args:
        folder: where to write.
        overwrite: whether to replace files that exist; without it nothing is written if one does.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        The paths of the files, in the order they were written.

    Raises:
        ExploreError: a register holds a mistake, a file exists, the folder cannot be written to, the disk is full.
    """
    home = Path(folder)
    data = data_of(seeds)
    plan, notes = planned(data, seeds)
    targets = {name: [files.inside(home, f"charts/{name}{suffix}") for suffix in SUFFIXES] for name in plan}
    package = [files.inside(home, f"data/{name}") for name in [*(f"{one}.csv" for one in data), "datapackage.json"]]
    page = files.inside(home, "report.html")
    for each in (home, home / "charts", home / "data"):
        files.make_folder(each)
        files.inside(home, each.name if each != home else ".")
    ours = {name: [each for path in paths for each in beside(path)] for name, paths in targets.items()}
    files.check([*(path for paths in ours.values() for path in paths), *package, page], overwrite=overwrite)
    rooms: Rooms = {}
    written: list[Path] = []
    with tqdm(total=len(plan) + 2, unit="part", desc="export") as bar:
        for name, drawing in plan.items():
            try:
                figure = _figure(name, drawing)
            except ExploreError as refusal:
                notes.append(f"{name}: not drawn: {refusal}")
            else:
                for path in targets[name]:
                    files.write(contents(figure.spec, figure.about, path), overwrite=overwrite)
                written += ours[name]
                small = drawing.room == "topics" and len(figure.about.rows) < _FEW
                rooms.setdefault("more" if small else drawing.room, []).append(figure)
            bar.update()
        for note in notes:
            bar.write(note, file=sys.stderr)
        files.write(dict(zip(package, _package(data), strict=True)), overwrite=overwrite)
        bar.update()
        frames = {name: one.frame for name, one in data.items()}
        files.write({page: report(rooms, frames, notes)}, overwrite=overwrite)
        bar.update()
    written += [*package, page]
    for each in {path.parent for path in written}:
        files.sweep(each)
    return written


def data_of(seeds: Seeds) -> dict[str, Table]:
    """Make the tables of the data package, by name: those that every folder of registers has, then its topics."""
    titles = load(seeds).topics
    statistics, audit = tables.statistics(seeds), verdicts.audit(seeds)
    made = {
        "documents": Table(tables.documents(seeds), "The documents", DOCUMENT_COLUMNS, "document"),
        "statistics": Table(statistics, "Every statistic", STATISTIC_COLUMNS, refers="documents"),
        "audit": Table(audit, "Stated numbers beside what was found", AUDIT_COLUMNS, refers="statistics"),
        "findings": Table(findings(seeds), "Findings, and whether they hold", FINDING_COLUMNS),
    }
    examined = statistics["document"].isin(audit["id"].str.partition("/")[0])
    for topic in [*statistics[examined]["topic"].unique(), *statistics["topic"].unique()]:
        if topic not in made:
            made[topic] = Table(tables.topic(topic, seeds), titles.get(topic, topic), SHARE_COLUMNS, refers="statistics")
    return made


def planned(data: Mapping[str, Table], seeds: Seeds) -> tuple[dict[str, Drawing], list[str]]:
    """Say what is to be drawn, by file name, and what is not; a chart named like a topic draws that topic."""
    own = alone() if load(seeds).folder == load().folder else {}
    audit = data["audit"].frame
    plan: dict[str, Drawing] = {}
    notes = []

    def add(name: str, room: str, make: Callable[..., alt.TopLevelMixin]) -> None:
        while name in plan:
            name += "-2"
        plan[name] = Drawing(room, make)

    for topic, table in data.items():
        if table.columns is not SHARE_COLUMNS:
            continue
        if topic in own:
            add(topic, "topics", own.pop(topic))
            continue
        rows = table.frame
        units = list(rows[rows["value"].notna()]["unit"].dropna().unique())
        if not units:
            notes.append(f"{topic}: not drawn: states no number")
        for unit in units:
            name = packages.slug(f"{topic}-{unit}" if len(units) > 1 else topic)
            add(name, "topics", partial(charts.draw, rows[rows["unit"] == unit], seeds=seeds, name=name))
    if len(audit):
        add("audit", "audit", partial(charts.audit, seeds=seeds))
    else:
        notes.append("audit: not drawn: no article or comment states a number in quoted words")
    for name, make in own.items():
        add(name, "more", make)
    cited = audit[(audit["source"].notna() | audit["candidates"].notna()) & audit["stated_value"].notna()]
    for key in cited["id"]:
        add(f"sources-{packages.slug(key.partition('/')[2])}", "sources", partial(charts.sources, key, seeds=seeds))
    return plan, notes


def alone() -> dict[str, Callable[..., alt.TopLevelMixin]]:
    """Return the charts of the shipped registers that can be drawn without being told of what, by name.

    >>> "christchurch" in alone(), "sources" in alone()
    (True, False)
    """
    made = {name: getattr(charts, name) for name in charts.__all__ if name != "audit"}
    return {
        name: function
        for name, function in made.items()
        if all(one.default is not one.empty for one in inspect.signature(function).parameters.values())
    }


def _figure(name: str, drawing: Drawing) -> Figure:
    spec = spec_of(drawing.make(width=WIDTH))
    return Figure(name, evidence.read(spec, name), spec, spec_of(drawing.make(width=_PHONE)))


def _package(data: Mapping[str, Table]) -> list[bytes]:
    """Write the tables as CSV, and last their descriptor."""
    made, resources = [], []
    for name, table in data.items():
        content = sheets.csv(table.frame)
        made.append(content)
        one = packages.resource(
            f"{name}.csv", content, table.frame, title=table.title, columns=table.columns, key=table.key
        )
        if table.refers:
            fields = [data[table.refers].key]
            one["schema"]["foreignKeys"] = [{"fields": fields, "reference": {"resource": table.refers, "fields": fields}}]
        resources.append(one)
    sources = [
        {"title": f"{one['title']} ({one['publisher']} {str(one['published'])[:4]})", **_path(one["url"])}
        for one in data["documents"].frame.to_dict("records")
    ]
    about = f"Coded from the documents’ words. {LICENCE}"
    return [*made, packages.package("explore", resources, title=_TITLE, description=about, sources=sources)]


def _path(url: object) -> dict[str, str]:
    return {"path": url} if isinstance(url, str) else {}
