"""The theme, tables and setup: how things look, and that nothing changes before `setup()`."""

from __future__ import annotations

import re
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import explore
from explore import display
from explore.terms import NotComparable


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
    assert out.split() == ["default"] * 3 + ["explore"] * 2 + ["default"]


def test_tables_show_text_as_text() -> None:
    """Markup in a cell is seen, never run; unknown is a dash."""
    html = display.table_html(pd.DataFrame({"quote": ["<img src=x onerror=alert(1)>", None], "value": [1, 2]}))
    assert "<img" not in html
    assert "&lt;img" in html
    assert "–" in html


def cells(frame: pd.DataFrame) -> list[list[str]]:
    """Give the words of a table as it is shown, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", display.table_html(frame) or "")
    return [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows]


def test_numbers_stand_as_they_are_said() -> None:
    """No more decimals than needed, thousands apart, years as years; unknown is a dash in the same column."""
    frame = pd.DataFrame({
        "value": pd.array([42.0, 10_000, 2015, 35.4567, None, -3.9, 0.0042], "Float64"),
        "unit": ["percent", "people", "year", "percent", "people", "percent", "ratio"],
        "year": pd.array([1999, 2006, None, 2006, 2006, 2006, 2006], "Int64"),
        "large": [1999, 2006, 1, 2, 3, 4, 5],
    })  # fmt: skip
    shown = cells(frame)
    assert [row[0] for row in shown] == ["value", "42", "10,000", "2015", "35.46", "–", "−3.9", "0.0042"]
    assert [row[2] for row in shown[1:4]] == ["1999", "2006", "–"]
    assert shown[1][3] == "1,999"
    html = display.table_html(frame)
    assert "<td>–</td>" in html, "a dash stands at the right, where the numbers stand"
    assert '<td style="text-align:left">percent</td>' in html
    assert 'class="dataframe tex2jax_ignore mathjax_ignore"' in html


def test_dates_and_periods_stay_whole() -> None:
    """A date shows no midnight, and neither a date nor a period nor an id is broken in the middle."""
    html = display.table_html(
        pd.DataFrame({"at": pd.to_datetime(["2015-08-12"]), "period": ["1999/2006"], "id": ["a-2015/x"]})
    )
    for words in ("2015-08-12", "1999/2006", "a-2015/x"):
        assert f'<td style="text-align:left;white-space:nowrap">{words}</td>' in html


def test_rows_are_not_numbered_but_an_index_of_ones_own_stays() -> None:
    """Row numbers say nothing, also of what a filter left; what the user sets as index is shown."""
    table = explore.statistics()
    left = table[table["topic"] == "arrests"][["id", "said"]].head(3)
    assert cells(left)[0] == ["id", "said"]
    assert cells(left.set_index("id"))[0] == ["id", "said"]
    assert cells(pd.DataFrame({"n": [1, 2]}, index=["mean", "max"])) == [["", "n"], ["mean", "1"], ["max", "2"]]


def test_a_long_table_says_how_much_of_it_is_shown() -> None:
    """Of a long table the two ends are shown; the words of a quote have room."""
    html = display.table_html(pd.DataFrame({"n": range(1000), "quote": ["many words " * 9] * 1000}))
    assert html.count("<tr>") == 62
    assert "1,000 rows, of which 60 are shown" in html
    assert "min-width:24em" in html


def test_a_refusal_is_a_card_in_a_notebook() -> None:
    """After `setup()` a refusal shows its card once, and the cell has failed all the same."""
    call = "explore.compare('plrc-2005/identified', 'plrc-2008/five-centres')"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"import explore\nexplore.setup()\n{call}")])
    with pytest.raises(CellExecutionError, match="cannot be compared"):
        NotebookClient(book).execute()
    (output,) = book.cells[0].outputs
    with pytest.raises(NotComparable) as refused:
        explore.compare("plrc-2005/identified", "plrc-2008/five-centres")
    assert output.data["text/html"] == refused.value.card
    assert output.data["text/plain"] == f"NotComparable: {refused.value}"


def test_a_refusal_is_shown_without_its_inside() -> None:
    """A notebook shows the message of a refusal, not the frames of the package."""
    code = "import explore\nexplore.compare('plrc-2005/identified', 'plrc-2008/five-centres')"
    shell = [sys.executable, "-m", "IPython", "--colors=NoColor", "-c", code]
    shown = subprocess.run(shell, capture_output=True, text=True, check=False).stdout
    assert shown.startswith("NotComparable: ")
    assert "Traceback" not in shown
    assert ".py" not in shown


def test_what_the_user_set_for_tables_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The options of pandas hold, the line about the size stays, and another way to show tables is kept."""
    frame = pd.DataFrame({f"c{at}": range(100) for at in range(30)})
    assert len(re.findall("<th[ >]", display.table_html(frame) or "")) == 30
    with pd.option_context("display.max_rows", 10, "display.max_columns", 4):
        html = display.table_html(frame) or ""
        assert html.count("<tr>") == 1 + 10 + 1
        assert re.findall("<th(?: [^>]*)?>([^<]*)", html) == ["c0", "c1", "…", "c28", "c29"]
        assert "100 rows, of which 10 are shown; 30 columns, of which 4 are shown" in html
    with pd.option_context("display.max_rows", None):
        assert (display.table_html(frame) or "").count("<tr>") == 101
    with pd.option_context({"display.notebook_repr_html": False}):
        assert display.table_html(frame) is None
    monkeypatch.setattr(pd.DataFrame, "_repr_html_", lambda _: "interactive")
    assert display.table_html(frame) == "interactive"


def test_setup_can_be_undone_and_heeds_the_limit_of_altair() -> None:
    """Theme, renderer, tables and refusals are as before; `disable_max_rows()` lets a large chart through."""
    code = """if True:
        import altair as alt, pandas as pd, explore
        from IPython.core.interactiveshell import InteractiveShell
        from explore import rendering
        rendering.find_spec = lambda _: None  # as if VegaFusion were not installed
        shell = InteractiveShell.instance()
        def state():
            known = shell.display_formatter.formatters["text/html"].type_printers
            active = [one.active for one in (alt.renderers, alt.theme, alt.data_transformers)]
            return [*active, pd.DataFrame in known, shell.custom_exceptions]
        before = state()
        chart = alt.Chart(pd.DataFrame({"a": range(6000)})).mark_bar()
        explore.setup()
        explore.setup("dark")
        assert state() != before
        try:
            chart.to_dict()
        except explore.terms.ExploreError as refused:
            print("6,000 rows" in str(refused))
        alt.data_transformers.disable_max_rows()
        print(len(next(iter(chart.to_dict()["datasets"].values()))))
        explore.setup(False)
        print(state() == before, *state())
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split()[:3] == ["True", "6000", "True"], done.stdout + done.stderr


def test_formulas_in_words_are_left_alone() -> None:
    """JupyterLab would set `$5 and $6` as a formula: every table and card of ours forbids it."""
    with pytest.raises(NotComparable) as refused:
        explore.compare("plrc-2005/identified", "plrc-2008/five-centres")
    for html in (refused.value.card, explore.scan("7 people")._repr_html_(), display.table_html(pd.DataFrame([1]))):
        assert re.match(r'<\w+ class="[^"]*mathjax_ignore', html or "")
