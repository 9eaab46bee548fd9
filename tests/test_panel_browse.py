"""Browsing: filters that narrow each other, words in any order, anybody’s registers, whole cards."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd
import pytest

import explore
from explore import tables
from explore.panels import cards
from explore.register import load
from explore.terms import ExploreError

sys.path.insert(0, str(Path(__file__).parent))
from panel_views import assert_reads_back, run


@pytest.mark.parametrize(
    "picked",
    [
        {},
        {"topic": "solicitation", "evidence": "relay"},
        {"words": "POLICE angeles"},
        {"words": "it’s (a [regex"},
        {"place": "Christchurch", "words": "2006"},
        *({"verdict": verdict} for verdict in ("agrees", "rounds", "not read", "mislabelled", "untraced")),
    ],
    ids=str,
)
def test_browse_reads_back(picked: dict[str, str]) -> None:
    """The code gives the same rows as the filters, and the same chart."""
    panel = explore.panels.browse()
    panel.set(**picked)
    left = panel.frame()
    assert [key for _, key in panel.controls["chosen"].options] == list(left["id"])
    assert bool(panel.live.spec) is not left.empty
    if left.empty:
        assert panel.sentence.startswith("No statistic")
        assert run(panel.code())[0].empty
    else:
        assert_reads_back(panel)


def test_browse_finds_words_in_any_order_and_without_accents(own: Path) -> None:
    """Every word counts, wherever it stands; é is e, and capitals are no difference."""
    rows = explore.statistics(own)
    rows.loc[rows["id"] == "office-2020/readers", "note"] = "Se prêtent déjà"
    assert explore.panels.search(rows, "DEJA pretent")["id"].tolist() == ["office-2020/readers"]
    assert explore.panels.search(rows, "lent books 2019")["id"].tolist() == ["office-2020/loans-2019"]
    assert explore.panels.search(rows, "lent books nothing").empty


def test_each_filter_narrows_the_others_and_counts() -> None:
    """A filter offers only what the others leave, with how many; reset brings all back; the picked one stays."""
    panel = explore.panels.browse()
    everything, chosen = panel.frame(), "galvan-bazargan-2012/solicited"
    panel.controls["chosen"].value = chosen
    panel.controls["topic"].value = "solicitation"
    left = panel.frame()
    assert panel.controls["chosen"].value == chosen
    counts = left["place"].value_counts()
    offered = {value: label for label, value in panel.controls["place"].options if value}
    assert offered == {place: f"{place} ({many})" for place, many in counts[counts > 0].items()}
    assert set(dict(panel.controls["topic"].options).values()) > {"arrests"}, "its own choice does not bind a filter"
    panel.controls["words"].value = "nothing of the kind"
    assert panel.controls["topic"].value == "solicitation", "what is picked stays picked, with no statistic"
    (reset,) = [one for one in panel.children[0].children if one.description == "Reset"]
    reset.click()
    pd.testing.assert_frame_equal(panel.frame(), everything)


def test_a_long_list_is_sent_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser is not given thousands of lines at once; the button brings more, and a filter looks in all of them."""
    monkeypatch.setattr("explore.panels.browser.PART", 100)
    panel = explore.panels.browse()
    chosen, more = panel.children[1:3]
    everything = panel.frame()["id"].tolist()
    assert [key for _, key in chosen.options] == everything[:100]
    more.click()
    assert [key for _, key in chosen.options] == everything[:200]
    chosen.value = everything[150]
    assert len(chosen.options) == 200, "choosing one takes nothing away"
    assert more.layout.display == ""
    panel.controls["topic"].value = panel.frame()["topic"].iloc[0]
    assert more.layout.display == "none"
    panel.controls["topic"].value = ""
    assert len(chosen.options) == 100
    panel.controls["words"].value = everything[-1]
    assert [key for _, key in chosen.options] == [everything[-1]]


def test_browse_shows_the_chosen_one_whole() -> None:
    """The card holds the number, its marked words, who said it, the source beside it, and the verdict."""
    panel = explore.panels.browse()
    panel.controls["chosen"].value = "autostraddle-2015/la-solicited"
    for words in ("<h4>42%", "<mark>42%</mark>", "galvan-bazargan-2012/solicited", "mislabelled:", "primary text"):
        assert words in panel.live.card
    assert "42% · solicited for sex by police" in panel.sentence


def test_browse_works_on_other_registers(own: Path) -> None:
    """Rows of one's own registers have the verdicts of those registers, whatever was done to the rows."""
    for panel in (explore.panels.browse(seeds=own), explore.panels.browse(explore.statistics(own))):
        panel.controls["chosen"].value = "gazette-2020/readers"
        assert "mislabelled:" in panel.live.card
        assert "Library figures" not in panel.live.card
        assert "42% · read a book in the last year · members of the library" in panel.live.card
        assert_reads_back(panel, frame=explore.statistics(own))
    rows = explore.statistics(own)
    rows.loc[rows["id"] == "gazette-2020/readers", ["value", "said"]] = 47, "47%"
    changed = explore.panels.browse(rows)
    changed.controls["chosen"].value = "gazette-2020/readers"
    assert "verdict" not in changed.live.card, "a verdict on 42% is none on 47%"


def test_rows_that_do_not_know_their_registers(own: Path) -> None:
    """Without the folder there is no verdict and no look into shipped registers; with seeds= there is."""
    rows = pd.DataFrame(explore.statistics(own).to_dict("list")).astype(explore.statistics(own).dtypes.to_dict())
    panel = explore.panels.browse(rows)
    assert "verdict" not in panel.controls
    panel.controls["chosen"].value = "gazette-2020/readers"
    assert "<dt>verdict" not in panel.live.card
    assert_reads_back(panel, frame=rows)
    with pytest.raises(ExploreError, match="give seeds="):
        explore.panels.search(rows, verdict="mislabelled")
    assert "verdict" in explore.panels.browse(rows, own).controls


def test_browse_quotes_the_context(texts: list[Path]) -> None:
    """Where the text is at hand, the quoted words stand between those that stand around them."""
    assert texts
    panel = explore.panels.browse()
    panel.controls["chosen"].value = "autostraddle-2015/street-2006"
    assert "to <mark>100</mark> in 2006" in panel.live.card
    assert "375 in 1999" in panel.live.card, "the sentence before it"


def test_browse_takes_a_frame() -> None:
    """One's own rows can be browsed; no rows is said clearly."""
    rows = tables.statistics().query("topic == 'petition'")
    panel = explore.panels.browse(rows)
    assert len(panel.frame()) == len(rows)
    assert "explore.panels.search(frame)" in panel.code()
    assert_reads_back(panel, frame=rows)
    with pytest.raises(ExploreError, match="the table has no row"):
        explore.panels.browse(rows.head(0))


def test_all_cards_are_whole() -> None:
    """Every statistic has a card, with every part that its register gives."""
    table, library, judged = tables.statistics(), load(), explore.audit().set_index("id")
    for key, one in library.statistics.items():
        card = cards.of_statistic(table[table["id"] == key], library, judged)
        assert not re.search(r"&lt;NA&gt;|\bNone\b|\bnan\b", card), key
        assert ("<mark>" in card) == (one.quote is not None)
        assert all(f"[{source}]" in card for source in [*one.source, *one.candidates])
