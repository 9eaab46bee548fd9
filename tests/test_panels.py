"""Panels without a browser: what is set, shown, said and read back; markup stays text."""

from __future__ import annotations

import html
import html.parser
import json
import re
import sys
from pathlib import Path
from typing import Any

import altair as alt
import bundle
import pandas as pd
import pytest

import explore
from explore import tables
from explore.charts.samples import newcombe_in_vega, shares_with_n, wilson_in_vega
from explore.intervals import difference, wilson
from explore.panels.live import without_inputs
from explore.panels.panel import VIEW
from explore.terms import ExploreError, NotComparable

sys.path.insert(0, str(Path(__file__).parent / "browser"))
from hostile import PAYLOADS, register_of
from panel_views import MAKERS, assert_reads_back, svg_texts

VEGALITE = "application/vnd.vegalite.v5+json"


class Tags(html.parser.HTMLParser):
    """Collect the elements and attributes of a piece of HTML."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element with the names of its attributes."""
        self.found.append((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("name", MAKERS)
def test_a_panel_is_kept_as_its_chart(name: str) -> None:
    """A notebook that is opened before it is run shows the panel's chart, a picture and a sentence."""
    panel = MAKERS[name]()
    data, metadata = panel._repr_mimebundle_()
    assert set(data) == {VIEW, VEGALITE, "image/png", "text/plain"}
    assert data[VIEW]["model_id"] == panel.model_id
    assert data[VEGALITE]["description"]
    assert data["text/plain"] == panel.sentence
    assert metadata[VEGALITE]
    assert len(json.dumps(data, default=lambda png: 4 * len(png) // 3 * "-")) < 90_000, (
        "a notebook with panels stays under 300 kB"
    )


@pytest.mark.parametrize("name", MAKERS)
def test_every_control_says_what_it_is(name: str) -> None:
    """Somebody who hears the page knows what each input field is for."""
    seen: list[Any] = [MAKERS[name]()]
    for widget in seen:
        seen.extend(getattr(widget, "children", ()))
        if {"value", "description"} <= set(widget.trait_names()) and type(widget).__name__ not in {
            "HTML",
            "Label",
        }:
            assert widget.description
            assert widget.tooltip
    assert [type(widget).__name__ for widget in seen].count("Live") == 1
    assert not {"Output", "interactive"} & {type(widget).__name__ for widget in seen}


@pytest.mark.parametrize("name", MAKERS)
def test_showing_prints_nothing(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A panel sets traits, since what is printed would make a rerun notebook differ."""
    panel = MAKERS[name]()
    for control in panel.controls.values():
        if options := [key for _, key in getattr(control, "options", ())]:
            control.value = options[-1]
    assert capsys.readouterr() == ("", "")


def test_moving_sets_parameters_and_draws_nothing_anew() -> None:
    """Dragging a slider sends two numbers and a sentence, not a chart."""
    panel = explore.panels.christchurch()
    spec, sent = panel.live.spec, []
    panel.live.send_state = lambda key=None: sent.append(set(key if isinstance(key, set) else [key]))
    panel.controls["growth"].value = 5
    assert panel.live.spec is spec
    assert panel.live.moves == {"growth": 5, "street": 100, "sector": "every"}
    assert panel.live.sentence == panel.sentence
    assert sent == [{"moves", "sentence"}]


@pytest.mark.parametrize(
    ("name", "control"), [("browse", "chosen"), ("browse", "topic"), ("compare", "b"), ("compare", "topic")]
)
def test_words_and_chart_change_in_one_message(name: str, control: str) -> None:
    """Sentence, card and chart never stand beside those of another view."""
    panel, sent = MAKERS[name](), []
    panel.live.send_state = lambda key=None: sent.append(set(key if isinstance(key, set) else [key]))
    panel.controls[control].value = panel.controls[control].options[-1][1]
    assert sent == [{"sentence", "card", "spec"}]
    assert panel.live.spec == without_inputs(panel.chart())


@pytest.mark.parametrize("name", ["christchurch", "sample_size"])
def test_what_needs_no_python_is_in_the_chart(name: str) -> None:
    """The sliders of a panel are also in its chart, so that they work where no kernel is."""
    panel = MAKERS[name]()
    kept = {one["name"]: one for one in panel.chart().to_dict()["params"] if "bind" in one}
    assert set(kept) == set(panel.controls) == set(panel.live.moves)
    assert all(kept[key]["value"] == value for key, value in panel.live.moves.items())
    assert not any("bind" in one for one in panel.live.spec["params"]), "the panel has its own"


def test_vega_reckons_as_python_does() -> None:
    """Without a kernel the intervals are the same numbers as with one, halves of a case included."""
    cases = [(p, n) for p in (0, 1, 42, 50, 66.7, 99, 100) for n in (1, 5, 20, 25, 55, 220, 3000)]
    rows = pd.DataFrame(cases, columns=["percent", "n"]).assign(other=30.0, m=77)
    chart = alt.Chart(rows).transform_calculate(**wilson_in_vega("datum.percent", "datum.n", "a_"))
    chart = chart.transform_calculate(**wilson_in_vega("datum.other", "datum.m", "b_"))
    chart = chart.transform_calculate(**newcombe_in_vega("a_", "b_"))
    told = "+ ' ' + ".join(f"format(datum.{name}, '.9f')" for name in ("a_low", "a_high", "least", "most"))
    chart = chart.transform_calculate(text=f"datum.percent + ' ' + datum.n + ' ' + {told}")
    drawn = [text for text in svg_texts(chart.mark_text().encode(text="text:N")) if text.count(" ") == 5]
    assert len(drawn) == len(cases)
    for text in drawn:
        percent, n, *found = map(float, text.replace("−", "-").split())
        expected = *wilson(percent, int(n)), *difference((percent, int(n)), (30, 77))
        assert found == pytest.approx(expected, abs=1e-6), (percent, n)


@pytest.mark.parametrize(("share", "n"), [(42, 220), (60, 60), (55, 2000), (25, 20)])
def test_sample_size_says_shows_and_tables_the_same(share: float, n: int) -> None:
    """What would differ is the same in the sentence, in the chart and in the frame, and is said as a what-if."""
    panel = explore.panels.sample_size()
    panel.set(share=share, n=n)
    frame = panel.frame().iloc[1:]
    drawn = [text for text in svg_texts(panel.chart()) if text.endswith((", differs", ", may be equal"))]
    assert len(drawn) == len(frame)
    differs = int(frame["differs_if_random"].sum())
    assert sum(text.endswith("differs") for text in drawn) == differs
    many = f"all {len(frame)}" if differs == len(frame) else f"{differs} of the {len(frame)}"
    assert f"If each came from a random sample of its own, {many} other shares would differ" in panel.sentence
    low, high = wilson(share, n)
    assert f"would stand for {low:.1f}% to {high:.1f}%" in panel.sentence
    assert any(f"{low:.1f}% to {high:.1f}%" in text for text in svg_texts(panel.chart()))
    assert_reads_back(panel)


def test_sample_size_reads_back_given_rows(own: Path) -> None:
    """Rows of another register are drawn, said and read back; one share alone stands beside no other."""
    rows = explore.statistics(own)
    panel = explore.panels.sample_size(rows)
    assert (
        panel.code()
        == "explore.charts.sample_size(frame, share=42.0, n=500)  # frame: the rows that the panel was given"
    )
    assert panel.sentence.endswith("(95% interval).")
    assert_reads_back(panel, frame=rows)


def test_sample_size_starts_at_the_cited_share() -> None:
    """The share that moves is the one that the text repeats, not the first that comes."""
    first = shares_with_n().iloc[0]
    assert (first["percent"], first["n"]) == (42, 220)


def test_sliders_hold_the_values_that_they_start_at() -> None:
    """A share of 66.7% of 772 people is not rounded to the slider's steps as soon as it is shown."""
    rows = shares_with_n().iloc[:2].assign(value=[66.7, 24.0], n=[772, 5000], source=pd.NA)
    sliders = explore.panels.sample_size(rows).controls
    assert [(one.value, one.step, one.max) for one in sliders.values()] == [(66.7, 0.1, 100), (772, 1, 2000)]
    assert explore.panels.sample_size(rows[1:]).controls["n"].max == 5000


def test_compare_follows_compare() -> None:
    """The panel refuses and allows as `compare` does, shows its card, and reads back as the same chart."""
    panel = explore.panels.compare("plrc-2005/identified", "plrc-2008/five-centres")
    with pytest.raises(NotComparable) as refused:
        explore.compare("plrc-2005/identified", "plrc-2008/five-centres")
    assert "allow=" not in panel.live.card
    assert "tick measure and series; the caption will say so" in panel.live.card
    assert panel.live.card.count("</p>") == refused.value.card.count("</p>")
    assert_reads_back(panel)
    panel.set(series=True, measure=True)
    found = explore.compare("plrc-2005/identified", "plrc-2008/five-centres", ("measure", "series"))
    assert (panel.sentence, panel.live.card) == (found.sentence, found._repr_html_())
    assert panel.frame()["value"].tolist() == list(found.values)
    assert_reads_back(panel)


def test_compare_opens_on_a_pair_that_may_be_compared(own: Path) -> None:
    """With any registers the first thing that is seen is an answer; what is given stays."""
    for seeds in (None, own):
        assert explore.panels.compare(seeds=seeds).sentence.count("a difference of") == 1
    panel = explore.panels.compare(b="office-2020/loans-2019", seeds=own)
    assert panel.controls["b"].value == "office-2020/loans-2019"
    assert panel.sentence.count("a difference of") == 1
    assert_reads_back(panel)


def test_compare_offers_no_dates_and_nothing_with_itself() -> None:
    """Years are no amounts; choosing what stands on the other side changes places with it."""
    panel = explore.panels.compare()
    panel.controls["topic"].value = "every topic"
    a, b = panel.controls["a"], panel.controls["b"]
    first, second = a.value, b.value
    offered = {key for _, key in a.options}
    table = tables.statistics().set_index("id")
    assert not (table.loc[list(offered), "unit"] == "year").any()
    assert offered - {key for _, key in b.options} == {first}
    a.value = second
    assert (a.value, b.value) == (second, first)
    with pytest.raises(ExploreError, match="is a date"):
        explore.panels.compare("autostraddle-2015/canada-hearing", first)
    with pytest.raises(ExploreError, match="the same statistic twice"):
        explore.panels.compare(first, first)


def test_compare_keeps_what_is_chosen_when_the_topic_allows() -> None:
    """Another topic shortens both lists; going back to every topic loses nothing."""
    panel = explore.panels.compare()
    panel.controls["topic"].value = "every topic"
    assert panel.controls["a"].value == "autostraddle-2015/christchurch-1999"
    panel.controls["topic"].value = "national"
    table = tables.statistics().set_index("id")
    assert {table.loc[panel.controls[name].value, "topic"] for name in "ab"} == {"national"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_stays_text(payload: str, tmp_path: Path) -> None:
    """Markup in any field of a register is shown as it is written: nothing in a panel becomes an element."""
    (tmp_path / "seed.toml").write_text(register_of([payload, payload]), encoding="utf-8")
    panel = explore.panels.browse(explore.statistics(tmp_path))
    card = panel.live.card
    assert {tag for tag, _ in elements(card)} <= {
        "h4",
        "p",
        "b",
        "mark",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "small",
        "br",
    }
    assert not any(names for _, names in elements(card))
    pair = explore.panels.compare("seed/s0", "seed/s1", seeds=tmp_path)
    assert {tag for tag, _ in elements(pair.live.card)} <= {"div", "p", "small", "table", "tr", "td", "b"}
    assert html.unescape(card).count(payload) > 5, "shown as it is written"
    assert json.dumps(payload)[1:-1] in json.dumps(pair.live.spec)
    widgets: list[Any] = [panel, pair]
    for widget in widgets:
        widgets.extend(getattr(widget, "children", ()))
        assert not getattr(widget, "description_allow_html", False)


def elements(words: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give the elements of a piece of HTML."""
    tags = Tags()
    tags.feed(words)
    return [(tag, tuple(name for name in names if name != "style")) for tag, names in tags.found]


def test_the_script_is_whole_and_loads_nothing() -> None:
    """Vega comes with the panel, from the vl-convert that draws the pictures; no address is named to load code from."""
    code = bundle.SCRIPT.read_text("utf-8")
    assert not re.search(r"\bimport\s*\(?\s*['\"]https?:|from\s*['\"]https?:", code)
    if bundle.made_with() in code[:200]:
        assert code == bundle.bundled(), "run: python tests/bundle.py"


def test_live_takes_the_theme_without_switching_it_on() -> None:
    """A panel looks the same before `setup()`, and leaves the user's theme alone."""
    with alt.theme.enable("default"):
        spec = without_inputs(explore.charts.christchurch())
        assert alt.theme.active == "default"
    assert spec["config"]["title"]["fontSize"] == 18
