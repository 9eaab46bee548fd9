"""The README repeats parts of the code; this writes them (`python tests/test_readme.py`) and checks them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import FunctionType

import pytest

import explore
from explore import terms
from explore.columns import STATISTIC_COLUMNS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


def rows(pairs: dict[str, str], head: str) -> str:
    """Write a two-column table."""
    lines = [f"| {head} | |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in pairs.items())]
    return "\n".join(lines)


def described(module: object, names: list[str], prefix: str) -> dict[str, str]:
    """Give names with how they are called and the first sentence of their documentation."""
    found = {}
    for name in names:
        value = getattr(module, name)
        shown = f"{name}{_bare(value)}" if isinstance(value, FunctionType) else name
        found[f"{prefix}.{shown}"] = (inspect.getdoc(value) or "").split("\n\n")[0].replace("\n", " ")
    return found


def _bare(function: FunctionType) -> inspect.Signature:
    """Give how a function is called, without its types."""
    called = inspect.signature(function)
    bare = [one.replace(annotation=one.empty) for one in called.parameters.values()]
    return called.replace(parameters=bare, return_annotation=called.empty)


def parts() -> dict[str, str]:
    """Give the charts and the panels."""
    drawn = described(explore.charts, explore.charts.__all__, "explore.charts")
    return drawn | described(explore.panels, explore.panels.__all__, "explore.panels")


PARTS = {
    "names": lambda: rows(described(explore, explore.__all__, "explore"), "name"),
    "parts": lambda: rows(parts(), "name"),
    "columns": lambda: rows({name: one.meaning for name, one in STATISTIC_COLUMNS.items()}, "column"),
    "verdicts": lambda: rows(terms.VERDICTS, "verdict"),
}


def written(text: str, part: str) -> str:
    """Return the README with one generated part written anew."""
    pattern = rf"(<!-- {part}: .*? -->\n).*?(<!-- end -->)"
    return re.sub(pattern, lambda match: f"{match[1]}{PARTS[part]()}\n{match[2]}", text, flags=re.DOTALL)


@pytest.mark.parametrize("part", PARTS)
def test_generated_parts_are_current(part: str) -> None:
    """What the README says of names, columns and verdicts is what the code says."""
    text = README.read_text()
    assert f"<!-- {part}: " in text
    assert text == written(text, part), "run: python tests/test_readme.py"


def test_links_and_commands_exist() -> None:
    """Every file that the README links to is there, and every make target is documented in the Makefile."""
    text = README.read_text()
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert link.startswith("explore:") or (ROOT / link).exists(), link
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z-]+)", text)) <= targets


def test_our_own_prose_holds() -> None:
    """Every number of the README and of the notebooks is bound to its row, or dismissed with a reason, and holds."""
    files = [README, *sorted((ROOT / "notebooks").glob("*.ipynb"))]
    checked = {path.name: explore.check(path)["status"].astype(str).value_counts() for path in files}
    wrong = {name: set(found.index) - {"holds", "dismissed"} for name, found in checked.items()}
    assert not any(wrong.values()), wrong
    assert sum(found.get("holds", 0) for found in checked.values()) > 90


if __name__ == "__main__":
    new = README.read_text()
    for each in PARTS:
        new = written(new, each)
    README.write_text(new)
