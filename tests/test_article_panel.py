"""The Christchurch panel: sentence, chart and rows agree, whatever is set."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import explore

sys.path.insert(0, str(Path(__file__).parent))
from panel_views import assert_reads_back, svg_texts


@pytest.mark.parametrize("growth", [0, 4.533333333333333, 8.8, 15])
@pytest.mark.parametrize("street", [100, 77])
@pytest.mark.parametrize("sector", ["every", "all", "street", "rest"])
def test_christchurch_says_shows_and_tables_the_same(growth: float, street: int, sector: str) -> None:
    """The sentence, the chart and the frame agree, whatever is set."""
    panel = explore.panels.christchurch()
    panel.set(growth=growth, street=street, sector=sector)
    drawn = svg_texts(panel.chart())
    for _, last in panel.frame().query("year == 2006").iterrows():
        for change, verb in ((last["change_percent"], "in number"), (last["per_head_change_percent"], "per resident")):
            if abs(change) < 0.05:
                assert "stayed the same" in panel.sentence, verb
                continue
            assert f"{abs(change):.1f}%" in panel.sentence
            assert ("rose" if change > 0 else "fell") in panel.sentence
            assert f"{change:+.1f}%".replace("-", "−") in drawn
        assert f"to {last['people']:,}, and" in panel.sentence
        assert f"→ {last['people']:,}" in " ".join(drawn)
    assert_reads_back(panel)


def test_fewer_seen_is_said_as_fewer() -> None:
    """With 77 seen the total falls from 375 to 369: it is said so, with what is not known, and no break-even."""
    panel = explore.panels.christchurch()
    buttons = [one for one in panel.children[0].children[1].children if one.description == "Break-even"]
    assert buttons[0].layout.display == ""
    panel.set(street=77, sector="all", growth=2)
    assert "the number of sex workers fell by 1.6%, from 375 to 369, and by 3.5% per resident" in panel.sentence
    assert panel.sentence.startswith("Counting in 2006 only the 77 seen")
    assert panel.sentence.endswith("Whether everybody counted in 1999 was seen is not said.")
    assert buttons[0].layout.display == "none"


def test_christchurch_agrees_with_compare() -> None:
    """A panel and `compare` give the same change per resident on every known growth."""
    found = explore.compare("autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006")
    panel = explore.panels.christchurch()
    panel.controls["sector"].value = "all"
    for growth, change in [*((one.growth, one.change) for one in found.per_head), (found.relative_change, 0)]:
        panel.controls["growth"].value = growth
        assert panel.frame()["per_head_change_percent"].iloc[-1] == pytest.approx(change, abs=0.01)


def test_those_not_seen_are_missing_from_street_and_total_only() -> None:
    """Counting only the 77 seen takes 23 from the street and from the total, and moves nobody to the rest."""
    panel = explore.panels.christchurch()
    people = {}
    for street in (100, 77):
        panel.controls["street"].value = street
        people[street] = panel.frame().query("year == 2006").set_index("sector")["people"].to_dict()
    assert people == {100: {"all": 392, "street": 100, "rest": 292}, 77: {"all": 369, "street": 77, "rest": 292}}
