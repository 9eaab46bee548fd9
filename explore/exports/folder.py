"""Everything into one folder: each chart in each format, the tables as a data package, the report."""

from __future__ import annotations

import inspect
import io
import sys
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from tqdm import tqdm

from explore import charts, files, tables, verdicts
from explore.charts.figure import WIDTH
from explore.claims import findings
from explore.columns import AUDIT_COLUMNS, DOCUMENT_COLUMNS, FINDING_COLUMNS, SHARE_COLUMNS, STATISTIC_COLUMNS
from explore.exports import evidence, packages, pictures, sizes
from explore.exports.chart import SUFFIXES, beside, contents, spec_of
from explore.exports.packages import Table
from explore.exports.pages import Figure
from explore.exports.report import Rooms, report
from explore.register import load
from explore.terms import ExploreError, printable

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    import altair as alt
    import pandas as pd

    from explore.tables import Seeds

    Make = Callable[..., alt.TopLevelMixin]

_EACH = [suffix for suffix in SUFFIXES if suffix != ".zip"]  # an archive would hold the others again
_FEW = 3  # rows: fewer make no picture worth the first place
_PHONE = 330  # pixels: of a plot that a telephone shows without making its letters smaller


class Drawing(NamedTuple):
    """A chart to be drawn, and the part of the report that it stands in."""

    room: str
    make: Make


def export_all(
    folder: str | os.PathLike[str],
    *,
    size: str | None = None,
    variant: str | None = None,
    overwrite: bool = False,
    seeds: Seeds = None,
) -> list[Path]:
    """Write every chart in every format, the tables as a data package, and the report, into a folder.

    `charts/` holds each chart in each format: one a topic and unit, the audit, each stated number beside
    its source. `data/` holds the tables as CSV with their `datapackage.json` (Data Package 2.0),
    `report.html` all of it on one page. With pyarrow the statistics are written as Parquet too. The folder
    is made if it is missing; the one it stands in must exist. What cannot be drawn is named on standard
    error and in the report.

    Args:
        folder: where to write.
        size: of the pictures, as `explore.export` takes it.
        variant: of the charts, likewise; the report shows them as they are.
        overwrite: whether to replace files that exist; without it nothing is written if one does.
        seeds: folder of registers; the shipped ones when left out.

    Returns:
        The paths of the files, in the order they were written.

    Raises:
        ExploreError: a register holds a mistake, a file exists, the folder cannot be written to, the disk is full.
    """
    home = files.named(folder)
    data, plan = data_of(seeds), planned(seeds)
    targets = {name: [files.inside(home, f"charts/{name}{suffix}") for suffix in _EACH] for name in plan}
    package = [files.inside(home, f"data/{name}") for name in [*(f"{one}.csv" for one in data), "datapackage.json"]]
    page = files.inside(home, "report.html")
    parquet = [files.inside(home, "data/statistics.parquet")] if find_spec("pyarrow") else []
    sizes.check(variant)
    sizes.shape(size, 2, home / "chart.png")
    for each in (home, home / "charts", home / "data"):
        files.make_folder(each)
    ours = [each for paths in targets.values() for path in paths for each in beside(path)]
    files.check([*ours, *package, *parquet, page], overwrite=overwrite)
    rooms: Rooms = {}
    notes: list[str] = []
    written: list[Path] = []
    for name, drawing in tqdm(plan.items(), unit="chart", desc="export"):
        try:
            figure = _figure(name, drawing.make)
        except ExploreError as refusal:
            notes.append(f"{name}: not drawn: {refusal}")
            tqdm.write(printable(notes[-1]), file=sys.stderr)
            continue
        shown = sizes.varied(spec_of(drawing.make(width=WIDTH), variant), variant) if variant else figure.spec
        for path in targets[name]:
            to = sizes.shape(size if path.suffix in sizes.PICTURES else None, 2, path)
            made = contents(shown, figure.about, path, to)
            files.write(made, overwrite=overwrite)
            written += made
        small = drawing.room == "topics" and len(figure.about.rows) < _FEW
        rooms.setdefault("more" if small else drawing.room, []).append(figure)
    whole = report(rooms, {name: one.frame for name, one in data.items()}, notes)
    files.write(dict(zip(package, packages.of_tables(data), strict=True)), overwrite=overwrite)
    files.write({page: whole} | {path: _parquet(data["statistics"].frame) for path in parquet}, overwrite=overwrite)
    return [*written, *package, *parquet, page]


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def data_of(seeds: Seeds) -> dict[str, Table]:
    """Make the tables of the data package, by name: those that every folder of registers has, then its topics."""
    titles, statistics = load(seeds).topics, tables.statistics(seeds)
    made = {
        "documents": Table(tables.documents(seeds), "The documents", DOCUMENT_COLUMNS, "document", ""),
        "statistics": Table(statistics, "Every statistic", STATISTIC_COLUMNS, refers="documents"),
        "audit": Table(verdicts.audit(seeds), "Stated numbers beside what was found", AUDIT_COLUMNS),
        "findings": Table(findings(seeds), "Findings, and whether they hold", FINDING_COLUMNS, refers=""),
    }
    for name in statistics["topic"].unique():
        table = Table(tables.topic(name, seeds), titles.get(name, name), SHARE_COLUMNS)
        made[_unique(f"topic-{name}", made)] = table
    return made


def _unique(name: str, taken: Collection[str]) -> str:
    """Make a name for a file that no other has."""
    made = packages.slug(name)
    return _unique(f"{made}-2", taken) if made in taken else made


def planned(seeds: Seeds) -> dict[str, Drawing]:
    """Say what is to be drawn, by the name of its files."""
    plan: dict[str, Drawing] = {}
    for room, name, make in _drawings(seeds):
        plan[_unique(name, plan)] = Drawing(room, make)
    return plan


def _drawings(seeds: Seeds) -> Iterator[tuple[str, str, Make]]:
    """Give each chart with its part of the report and its name; a shipped one named like a topic draws that topic."""
    own = alone() if load(seeds).folder == load().folder else {}
    statistics, audit = tables.statistics(seeds), verdicts.audit(seeds)
    examined = statistics["document"].isin({str(key).partition("/")[0] for key in audit["id"]})
    for topic in dict.fromkeys([*statistics[examined]["topic"], *statistics["topic"]]):
        if topic in own:
            yield "topics", topic, own.pop(topic)
            continue
        rows = tables.topic(topic, seeds)
        units = list(rows[rows["value"].notna()]["unit"].dropna().unique())
        for unit in units:
            name = f"{topic}-{unit}" if len(units) > 1 else topic
            yield "topics", name, partial(charts.draw, rows[rows["unit"] == unit], seeds=seeds, name=name)
        if not units:
            yield "topics", topic, partial(charts.draw, rows, seeds=seeds)
    yield "audit", "audit", partial(charts.audit, seeds=seeds)
    yield from (("more", name, make) for name, make in own.items())
    cited = audit[(audit["source"].notna() | audit["candidates"].notna()) & audit["stated_value"].notna()]
    for key in cited["id"]:
        yield "sources", f"sources-{key.partition('/')[2]}", partial(charts.sources, key, seeds=seeds)


def alone() -> dict[str, Make]:
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


def _figure(name: str, make: Make) -> Figure:
    spec = spec_of(make(width=WIDTH))
    still = pictures.drawn(spec)  # what cannot be drawn is found out before anything of it is written
    return Figure(name, evidence.read(spec, name), spec, still, spec_of(make(width=_PHONE)))
