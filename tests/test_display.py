"""The theme, tables and setup: how things look, and that nothing changes before `setup()`."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

import explore
from explore import charts, display
from explore.terms import ExploreError


def test_importing_changes_nothing_and_setup_does() -> None:
    """Theme and renderer are Altair's own until `setup()` is called."""
    code = (
        "import altair as alt, explore, explore.charts\n"
        "def active():\n"
        "    return alt.renderers.active, alt.theme.active, alt.data_transformers.active\n"
        "before = active()\n"
        "explore.setup()\n"
        "print(*before, *active())"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["default"] * 3 + ["explore"] * 3


def test_tables_show_text_as_text() -> None:
    """Markup in a cell is seen, never run; unknown is a dash."""
    html = display.table_html(pd.DataFrame({"quote": ["<img src=x onerror=alert(1)>", None], "value": [1, 2]}))
    assert "<img" not in html
    assert "&lt;img" in html
    assert "–" in html


def test_lines_are_wrapped_without_losing_a_word() -> None:
    """Breaking a text into lines keeps every word, and every line within its length."""
    text = explore.statistics()["note"].dropna().str.cat(sep=" ")
    lines = display.wrapped(text, 64)
    assert " ".join(lines) == " ".join(text.split())
    assert max(map(len, lines)) <= 64


def test_a_figure_with_a_line_a_row_refuses_a_hundred_thousand() -> None:
    """What no screen holds is refused in plain words, before anything is drawn."""
    many = pd.concat([explore.solicitation()] * 5300, ignore_index=True)
    with pytest.raises(ExploreError, match=r"^solicitation: has a line for each row, and 100,700 rows .* 500 rows"):
        charts.solicitation(many)


def test_a_refusal_is_shown_without_its_inside() -> None:
    """A notebook shows the message of a refusal, not the frames of the package."""
    code = "import explore\nexplore.compare('plrc-2005/identified', 'plrc-2008/five-centres')"
    shell = [sys.executable, "-m", "IPython", "--colors=NoColor", "-c", code]
    shown = subprocess.run(shell, capture_output=True, text=True, check=False).stdout
    assert shown.startswith("NotComparable: ")
    assert "Traceback" not in shown
    assert ".py" not in shown
