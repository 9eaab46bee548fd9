"""The package as a whole: small, in one direction, every public name documented, tried and shown."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
import statistics
from pathlib import Path
from types import ModuleType

import pytest

import explore
from explore import numbers, terms, verdicts
from explore.charts import audits
from explore.texts import skeletons

ROOT = Path(explore.__file__).parent
# From left to right: a room may import only from rooms to its left.
ROOMS = [
    "terms", "files", "numbers", "units", "values", "relations", "register", "intervals", "texts", "tables", "arithmetic",
    "differences", "comparison", "verdicts", "rendering", "display", "charts", "exports", "panels", "__main__",
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
    if own == "__init__":
        return
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
    assert dismissed == set(skeletons._REASONS)  # noqa: SLF001
