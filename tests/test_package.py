"""The package as a whole: small, in one direction, every public name documented, tried and shown."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
import statistics
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import explore
from explore import numbers, register, terms, verdicts
from explore.charts import audits
from explore.texts.languages import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(explore.__file__).parent
# From left to right: a room may import only from rooms to its left.
ROOMS = [
    "terms", "columns", "files", "numbers", "units", "values", "relations", "register", "wording", "intervals", "texts", "tables",
    "arithmetic", "differences", "comparison", "verdicts", "claims", "charts", "rendering", "display", "exports", "drafts", "panels",
    "article", "__main__",
]  # fmt: skip
MODULES = sorted(path for path in ROOT.rglob("*.py") if "seeds" not in path.parts)


def room(module: str) -> str:
    """Return the room of a dotted module name."""
    return module.split(".")[1]


def test_there_is_no_room_that_is_not_in_the_plan() -> None:
    """The plan names every room of the package."""
    found = {path.stem if path.parent == ROOT else path.relative_to(ROOT).parts[0] for path in MODULES}
    assert found - {"__init__"} <= set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    """A module never imports one from a room to its right."""
    own = path.stem if path.parent == ROOT else path.relative_to(ROOT).parts[0]
    if own == "__init__" or path.parts[-2:] in {("charts", "__init__.py"), ("panels", "__init__.py")}:
        return  # they hand on the article's names
    for node in ast.walk(ast.parse(path.read_text())):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module == "explore":
            names = [f"explore.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("explore."):
            names = [str(node.module)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("explore.")]
        for name in names:
            assert ROOMS.index(room(name)) <= ROOMS.index(own), f"{own} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_can_be_imported_first(path: Path) -> None:
    """No module needs another to have been imported before it."""
    name = ".".join(["explore", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__")
    done = subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def texts_of(path: Path) -> Iterator[str]:
    """Yield the texts of a module's code: its strings, docstrings aside."""
    tree = ast.parse(path.read_text())
    scopes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, scopes) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_the_article_stands_in_one_place() -> None:
    """No id, series, place, publisher or sentence of a shipped register stands in generic code."""
    library = register.load()
    own = {*library.registers, *library.series, *library.statistics}
    own |= {one.id for one in library.statistics.values() if "-" in one.id}
    own |= {str(one.place) for one in library.statistics.values() if one.place and one.place != "worldwide"}
    own |= {one.document.publisher for one in library.registers.values()} - {"explore"}
    own |= {part for one in library.statistics.values() for part in (one.measure, one.population) if " " in part}
    said = re.compile(
        "|".join(rf"(?<![\w-]){re.escape(words)}(?![\w-])" for words in sorted(own, key=len, reverse=True))
    )
    generic = [path for path in MODULES if path.parent.name not in {"article", "numbers"}]
    found = {f"{path.relative_to(ROOT)}: {text!r}" for path in generic for text in texts_of(path) if said.search(text)}
    assert not found, found


def test_modules_stay_small() -> None:
    """No module is over 400 lines, and half of them are under 150."""
    lines = {path.name: len(path.read_text().splitlines()) for path in MODULES}
    assert max(lines.values()) <= 400, lines
    assert statistics.median(lines.values()) < 150, lines


@pytest.mark.parametrize("name", explore.__all__)
def test_public_names_are_documented_tried_and_shown(name: str) -> None:
    """Every public name has a docstring, an example that runs, and a place in a notebook."""
    value = getattr(explore, name)
    assert inspect.getdoc(value)
    if not isinstance(value, ModuleType):
        assert doctest.DocTestFinder(recurse=False).find(value)[0].examples
    notebooks = "".join(path.read_text() for path in (ROOT.parent / "notebooks").glob("*.ipynb"))
    assert re.search(rf"explore\.{name}\b", notebooks)


def test_there_are_at_most_fifteen_public_names() -> None:
    """Small is a feature; nothing else is offered, and what is offered is there."""
    assert len(explore.__all__) <= 15
    assert dir(explore) == sorted(explore.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = explore.nothing


def test_lists_of_names_name_the_same() -> None:
    """A verdict or a kind of number that is added is added wherever all of them are listed."""
    assert set(terms.VERDICTS) == set(verdicts._WORST) == set(audits._LOOK)  # noqa: SLF001
    dismissed = {name for name, kind in numbers.KINDS.items() if kind.suggested == "dismissed"}
    assert dismissed <= set(VOCABULARY["skeleton"]["reasons"])
