"""The notebooks as they are stored: complete, small, and free of what only their author's machine has.

That running them again gives the same outputs is checked by nbval, which pytest starts on ``notebooks/``.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

from explore.panels.panel import VIEW

if TYPE_CHECKING:
    from pathlib import Path

CHART = {"application/vnd.vegalite.v5+json", "image/png", "text/plain"}
LARGEST = 300_000
WEB_SCRIPT = re.compile(r"<script[^>]+src|\bimport\s*\(?['\"]https?:|https?://[^\s'\"]+\.m?js\b(?!on)|//cdn\.")
ABSOLUTE_PATH = re.compile(
    r"(?<![\w.:/])/(?:farm|home|mnt|opt|root|srv|tmp|usr|Users|var|work)/|\b[A-Z]:\\{1,2}Users\b"
)


def read(notebook: Path) -> nbformat.NotebookNode:
    """Give a notebook's content."""
    return nbformat.read(notebook, as_version=4)


def code_cells(notebook: Path) -> list[nbformat.NotebookNode]:
    """Give the cells that hold code."""
    return [cell for cell in read(notebook).cells if cell.cell_type == "code" and cell.source.strip()]


def draws(source: str) -> bool:
    """Say whether a cell ends in a call in ``charts`` or ``panels``, or in something made of such calls."""
    last = ast.parse(source).body[-1]
    if not isinstance(last, ast.Expr) or source.rstrip().endswith(";"):
        return False
    node: ast.AST | None = last.value
    names, called = set(), False
    while node is not None:
        called = called or isinstance(node, ast.Call)
        names.add(getattr(node, "attr", getattr(node, "id", None)))
        node = next((getattr(node, part) for part in ("func", "value", "left") if hasattr(node, part)), None)
    return called and not names.isdisjoint({"charts", "panels"})


def pictures(cell: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Give the mime bundles in a cell's outputs that hold a chart or a widget."""
    bundles = [output.data for output in cell.outputs if "data" in output]
    return [data for data in bundles if any("vega" in mime or "widget-view" in mime for mime in data)]


def everything_shown(notebook: Path) -> str:
    """Give a notebook's words, code and outputs, without the pictures, whose bytes can look like anything."""
    book = read(notebook)
    for cell in book.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("image/png", None)
    return "\n".join([cell.source + str(cell.get("outputs", "")) for cell in book.cells])


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("explore.charts.arrests()", True),
        ("(charts.arrests() | charts.reporting()).properties(title='Two')", True),
        ("table = explore.arrests()\nexplore.panels.browse(table)", True),
        ("chart = explore.charts.arrests()", False),
        ("explore.charts.arrests();", False),
        ("explore.export(explore.charts.arrests(), 'a.svg')", False),
        ("explore.arrests()", False),
        ("explore.charts", False),
    ],
)
def test_draws(source: str, shown: bool) -> None:  # noqa: FBT001
    """A cell that shows a chart is known by its source, so that a cleared output is missed."""
    assert draws(source) is shown


def test_is_valid(notebook: Path) -> None:
    """Every viewer accepts the file, and rerunning it under another Python changes nothing in its head."""
    book = read(notebook)
    nbformat.validate(book)
    assert set(book.metadata) == {"kernelspec", "language_info"}, "run `make notebooks`"
    assert book.metadata.kernelspec.name == "python3"
    assert book.metadata.language_info == {"name": "python"}, "run `make notebooks`"


def test_was_run_in_order(notebook: Path) -> None:
    """What is stored is what a run from top to bottom gives, and nothing in it went wrong."""
    cells = code_cells(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "run `make notebooks`"
    for cell in cells:
        trouble = [out for out in cell.outputs if out.output_type == "error" or out.get("name") == "stderr"]
        assert not trouble, f"{cell.source!r} stores {trouble}"


def test_runs_after_a_restart(notebook: Path) -> None:
    """The kernel stopped halfway, whatever the first half wrote, the notebook runs from the top again."""
    half = read(notebook)
    half.cells = half.cells[: len(half.cells) // 2]
    for book in (half, read(notebook)):
        NotebookClient(book, kernel_name="python3", resources={"metadata": {"path": str(notebook.parent)}}).execute()


def test_starts_with_setup(notebook: Path) -> None:
    """The first cell turns on the theme and the renderer, so that every chart below is drawn offline."""
    lines = code_cells(notebook)[0].source.split()
    assert lines == ["import", "explore", "explore.setup()"]


def test_every_chart_is_stored(notebook: Path) -> None:
    """Each chart and panel is kept live and as a picture, so that it shows wherever it is opened."""
    for cell in code_cells(notebook):
        shown = pictures(cell)
        assert shown or not draws(cell.source), f"{cell.source!r} stores no chart: run `make notebooks`"
        for data in shown:
            assert set(data) >= CHART, f"{cell.source!r} lacks {CHART - set(data)}"
            assert data["text/plain"].strip("'\" "), f"{cell.source!r} has no alternative text"


def test_no_widget_is_stored(notebook: Path) -> None:
    """A stored panel is its chart: a widget of an earlier run would show as an error, and differ at every run."""
    assert not [data for cell in code_cells(notebook) for data in pictures(cell) if VIEW in data], (
        "run `make notebooks`"
    )


def test_is_small(notebook: Path) -> None:
    """A notebook can be read, sent and compared."""
    size = notebook.stat().st_size
    assert size < LARGEST, f"{size:,} bytes"


def test_stays_on_this_machine(notebook: Path) -> None:
    """Nothing stored is loaded from the web, and nothing names a folder of the machine that ran it."""
    shown = everything_shown(notebook)
    assert WEB_SCRIPT.findall(shown) == []
    assert ABSOLUTE_PATH.findall(shown) == []
