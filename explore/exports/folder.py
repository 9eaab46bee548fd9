"""Everything into one folder: each chart in each format, the tables as a data package, the report."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Never

from tqdm import tqdm

from explore import charts, files, tables, verdicts
from explore.exports import evidence, packages, sheets
from explore.exports.chart import SUFFIXES, beside, contents, spec_of
from explore.exports.evidence import LICENCE
from explore.exports.pages import Figure
from explore.exports.report import report
from explore.register import load
from explore.terms import (
    AUDIT_COLUMNS,
    DOCUMENT_COLUMNS,
    STATISTIC_COLUMNS,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    import altair as alt
    import pandas as pd

_TITLE = "Statistics stated in documents, with their words and sources"


class _Data(NamedTuple):
    """A table of the data package."""

    make: Callable[[], pd.DataFrame]
    title: str
    columns: Mapping[str, str]
    key: str = "id"
    refers: str = "statistics"


_DATA = {
    "documents": _Data(tables.documents, "The documents", DOCUMENT_COLUMNS, "document", ""),
    "statistics": _Data(tables.statistics, "Every statistic", STATISTIC_COLUMNS, "id", "documents"),
    **{name: _Data(*one) for name, one in tables.TOPICS.items()},
    "audit": _Data(verdicts.audit, "Stated numbers beside what was found", AUDIT_COLUMNS),
}


def export_all(folder: str | os.PathLike[str], *, overwrite: bool = False) -> list[Path]:
    """Write every chart in every format, the tables as a data package, and the report, into a folder.

    `charts/` holds each chart in each format, `data/` the tables as CSV with their
    `datapackage.json` (Data Package 2.0), `report.html` all of it on one page. The folder is made
    if it is missing; the one it stands in must exist.

    Args:
        folder: where to write.
        overwrite: whether to replace files that exist; without it nothing is written if one does.

    Returns:
        The paths of the files, in the order they were written.

    Raises:
        ExploreError: a file exists, the folder cannot be written to, the disk is full.
    """
    home = Path(folder)
    drawn = alone()
    compared = {f"sources-{key.partition('/')[2]}": key for key in _cited()}
    targets = {
        name: [files.inside(home, f"charts/{name}{suffix}") for suffix in SUFFIXES] for name in [*drawn, *compared]
    }
    data = [files.inside(home, f"data/{name}") for name in [*(f"{one}.csv" for one in _DATA), "datapackage.json"]]
    page = files.inside(home, "report.html")
    _make(home, [home, home / "charts", home / "data"])
    ours = [each for paths in targets.values() for path in paths for each in beside(path)]
    files.check([*ours, *data, page], overwrite=overwrite)
    figures: dict[str, Figure] = {}
    with tqdm(total=len(targets) * len(SUFFIXES) + 2, unit="file", desc="export") as bar:
        for name, paths in targets.items():
            chart = drawn[name]() if name in drawn else charts.sources(compared[name])
            figures[name] = _write_chart(name, chart, paths, bar, overwrite=overwrite)
        files.write(dict(zip(data, _package(), strict=True)), overwrite=overwrite)
        bar.update()
        beside_it = {key: figures[name] for name, key in compared.items()}
        whole = report({name: figures[name] for name in drawn}, beside_it)
        files.write({page: whole}, overwrite=overwrite)
        bar.update()
    for each in {path.parent for path in [*ours, *data, page]}:
        files.sweep(each)
    return [*ours, *data, page]


def alone() -> dict[str, Callable[[], alt.TopLevelMixin]]:
    """Return the charts that can be drawn without being told of what, by name.

    >>> "christchurch" in alone(), "sources" in alone()
    (True, False)
    """
    made = {name: getattr(charts, name) for name in charts.__all__}
    return {
        name: function
        for name, function in made.items()
        if all(one.default is not one.empty for one in inspect.signature(function).parameters.values())
    }


def _cited() -> list[str]:
    """List the statistics of the audited texts that name a source, or what may be one."""
    found = load().statistics
    keys = [key for key in verdicts.audit()["id"] if found[key].source or found[key].candidates]
    return [key for key in keys if found[key].value is not None]


def _make(home: Path, folders: list[Path]) -> None:
    for folder in folders:
        files.make_folder(folder)
        files.inside(home, folder.name if folder != home else ".")


def _write_chart(
    name: str, chart: alt.TopLevelMixin, paths: list[Path], bar: tqdm[Never], *, overwrite: bool
) -> Figure:
    spec = spec_of(chart)
    about = evidence.read(spec, name)
    for path in paths:
        files.write(contents(spec, about, path), overwrite=overwrite)
        bar.update()
    return Figure(name, about, spec)


def _package() -> list[bytes]:
    """Write the tables as CSV, and last their descriptor."""
    made, resources = [], []
    for name, table in _DATA.items():
        frame = table.make()
        content = sheets.csv(frame)
        one = packages.resource(f"{name}.csv", content, frame, title=table.title, columns=table.columns, key=table.key)
        if table.refers:
            fields = ["id"] if table.refers == "statistics" else ["document"]
            goal = {"resource": table.refers, "fields": fields}
            one["schema"]["foreignKeys"] = [{"fields": fields, "reference": goal}]
        made.append(content)
        resources.append(one)
    sources = [
        {"title": f"{title} ({publisher} {published[:4]})", **({"path": url} if isinstance(url, str) else {})}
        for title, publisher, published, url in zip(
            *(tables.documents()[name] for name in ("title", "publisher", "published", "url")), strict=True
        )
    ]
    about = f"Coded from the documents’ words. {LICENCE}"
    return [*made, packages.package("explore", resources, title=_TITLE, description=about, sources=sources)]
