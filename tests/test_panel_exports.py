"""Exporting from a panel: each format, in its folder, and what is shown at the time."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

import explore
from explore.exports.evidence import read_file
from explore.terms import ExploreError

sys.path.insert(0, str(Path(__file__).parent / "browser"))
from hostile import PAYLOADS
from panel_views import MAKERS


@pytest.mark.parametrize("suffix", explore.exports.SUFFIXES)
def test_export_writes_and_offers_the_file(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each format lands in exports/, is offered whole for download, and a second time only when asked."""
    monkeypatch.chdir(tmp_path)
    panel = explore.panels.export(explore.charts.christchurch())
    panel.set(format=suffix, name="x")
    panel.writer.button.click()
    path = tmp_path / "exports" / f"x{suffix}"
    assert path.stat().st_size > 0
    assert panel.writer.said.value.startswith(f"<p>Written: exports/x{suffix}")
    assert f'download="x{suffix}"' in panel.writer.said.value
    panel.writer.button.click()
    assert panel.writer.said.value.startswith("<p>Not written.")
    assert "overwrite=" not in panel.writer.said.value
    panel.controls["replace"].value = True
    assert panel.writer.said.value == "", "what was said is no longer so"
    panel.writer.button.click()
    assert panel.writer.said.value.startswith("<p>Written")
    path.unlink()
    eval(panel.code(), {"explore": explore, "chart": panel.chart()})
    assert path.stat().st_size > 0


def test_the_sliders_of_a_chart_are_those_of_its_panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is what the sliders show, whatever kind they are; the code writes the same."""
    monkeypatch.chdir(tmp_path)
    panel = explore.panels.export(explore.charts.christchurch())
    panel.set(growth=2.0, street=77, sector="rest", format=".csv", name="a")
    assert panel.live.moves == {"growth": 2.0, "street": 77, "sector": "rest"}
    panel.set(format=".svg")
    panel.writer.button.click()
    about = read_file(tmp_path / "exports" / "a.svg")
    assert "375 → 369" in about.title
    assert "if the city grew by 2%" in about.title
    (tmp_path / "exports" / "a.svg").unlink()
    eval(panel.code(), {"explore": explore, "chart": explore.charts.christchurch()})
    assert read_file(tmp_path / "exports" / "a.svg").title == about.title
    field = {"name": "name", "bind": {"input": "checkbox"}, "value": True}
    mine = alt.Chart(pd.DataFrame({"a": [1]}), params=[field]).mark_bar().encode(x="a")
    assert explore.panels.export(mine).controls["chart_name"].value is True
    field["bind"] = {"input": "text"}
    assert "Written as at the start: name, for which there is no field" in explore.panels.export(mine).sentence


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "export"])
def test_every_panel_exports_what_it_shows(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fold under a panel writes its view as it stands, under the chart's own name."""
    monkeypatch.chdir(tmp_path)
    panel = MAKERS[name]()
    if name == "browse":  # the first of all statistics may be one without a number, so without a chart
        panel.set(topic="solicitation")
    fold, box = panel.children[-2:]
    assert (fold.description, box.layout.display) == ("Export this view", "none")
    fold.value = True
    assert box.layout.display == ""
    panel.writer.controls["format"].value = ".json"
    panel.writer.button.click()
    (path,) = (tmp_path / "exports").iterdir()
    assert path.stem.startswith("explore-")
    assert json.loads(path.read_text("utf-8"))["description"] == panel.chart().to_dict()["description"]
    control = next(one for key, one in panel.controls.items() if key in {"chosen", "b", "sector", "share"})
    control.value = control.options[1][1] if hasattr(control, "options") else 50
    assert panel.writer.said.value == "", "what is shown now is not in that file"


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/x", ".hidden", "..", "a\0b", "a\\..\\b", *PAYLOADS[:3]])
def test_export_stays_in_its_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file name is a file name: it leads nowhere else, and what is wrong is said, not raised."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    panel = explore.panels.export(explore.charts.christchurch())
    panel.controls["format"].value = ".json"
    panel.controls["name"].value = name
    panel.writer.button.click()
    assert panel.writer.said.value.startswith(("<p>Written", "<p>Not written"))
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert {path.parent.name for path in home.rglob("*.json")} <= {"exports"}


def test_export_takes_any_chart() -> None:
    """A chart of one's own, without title or description, can be exported too."""
    chart = alt.Chart(pd.DataFrame({"a": [1, 2]})).mark_point().encode(x="a")
    panel = explore.panels.export(chart)
    assert panel.frame()["a"].tolist() == [1, 2]
    with pytest.raises(ExploreError, match="no Altair chart"):
        explore.panels.export("chart")  # type: ignore[arg-type]
