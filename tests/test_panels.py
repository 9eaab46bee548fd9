"""Panels without a browser: what is set, shown, said and read back; markup stays text."""

from __future__ import annotations

import html
import html.parser
import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import pytest
import vl_convert

import explore
from explore import tables
from explore.charts.samples import newcombe_in_vega, shares_with_n, wilson_in_vega
from explore.intervals import difference, wilson
from explore.panels import cards
from explore.panels.live import Live, script, specification
from explore.panels.panel import VIEW, Panel
from explore.register import load
from explore.terms import VERDICTS, ExploreError

sys.path.insert(0, str(Path(__file__).parent / "browser"))
from hostile import PAYLOADS, register_of

if TYPE_CHECKING:
    from collections.abc import Callable

VEGALITE = "application/vnd.vegalite.v5+json"
MAKERS: dict[str, Callable[[], Panel]] = {
    "browse": explore.panels.browse,
    "compare": explore.panels.compare,
    "christchurch": explore.panels.christchurch,
    "sample_size": explore.panels.sample_size,
    "export": lambda: explore.panels.export(explore.charts.christchurch()),
}


class Tags(html.parser.HTMLParser):
    """Collect the elements and attributes of a piece of HTML."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element with the names of its attributes."""
        self.found.append((tag, tuple(name for name, _ in attrs)))


def svg_texts(chart: alt.Chart) -> list[str]:
    """Give every text that a chart draws."""
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version="5.8")
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    return [html.unescape(re.sub(r"<[^>]+>", " ", text)).strip() for text in texts]


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
    assert len(json.dumps(data)) < 90_000, "a notebook with panels stays under 300 kB"


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
    assert panel.live.moves == {"growth": 5, "street": 100, "sector": "all"}
    assert panel.live.sentence == panel.sentence
    assert set().union(*sent) == {"moves", "sentence"}


@pytest.mark.parametrize("name", ["christchurch", "sample_size"])
def test_what_needs_no_python_is_in_the_chart(name: str) -> None:
    """The sliders of a panel are also in its chart, so that they work where no kernel is."""
    panel = MAKERS[name]()
    kept = {one["name"]: one for one in panel.chart().to_dict()["params"] if "bind" in one}
    assert set(kept) == set(panel.controls) == set(panel.live.moves)
    assert all(kept[key]["value"] == value for key, value in panel.live.moves.items())
    assert not any("bind" in one for one in panel.live.spec["params"]), "the panel has its own"


@pytest.mark.parametrize("growth", [0, 4.533333333333333, 8.8, 15])
@pytest.mark.parametrize("street", [100, 77])
@pytest.mark.parametrize("sector", ["all", "street", "rest"])
def test_christchurch_says_shows_and_tables_the_same(growth: float, street: int, sector: str) -> None:
    """The sentence, the chart and the frame agree, whatever is set."""
    panel = explore.panels.christchurch()
    for key, value in {"growth": growth, "street": street, "sector": sector}.items():
        panel.controls[key].value = value
    last = panel.frame().iloc[-1]
    change = f"{last['change_percent']:+.1f}%".replace("-", "−")
    resident = f"{last['per_head_change_percent']:.1f}%".replace("-", "−")
    resident = resident if resident.startswith("−") else f"+{resident}"
    drawn = svg_texts(panel.chart())
    assert f"{change} in number" in panel.sentence
    assert f"→ {last['people']:,} people" in " ".join(drawn)
    assert change in drawn
    if abs(last["per_head_change_percent"]) > 0.05:
        assert f"{resident} per resident" in panel.sentence
        assert resident in drawn
    again = eval(panel.code(), {"explore": explore})
    assert again.to_dict() == panel.chart().to_dict()


def test_christchurch_agrees_with_compare() -> None:
    """A panel and `compare` give the same change per resident on every known growth."""
    found = explore.compare("autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006")
    panel = explore.panels.christchurch()
    for one in found.per_head:
        panel.controls["growth"].value = one.growth
        assert panel.frame()["per_head_change_percent"].iloc[-1] == pytest.approx(one.change, abs=0.01)
    panel.controls["growth"].value = found.relative_change
    assert panel.frame()["per_head_change_percent"].iloc[-1] == pytest.approx(0, abs=0.01)


def test_those_not_seen_are_missing_from_street_and_total_only() -> None:
    """Counting only the 77 seen takes 23 from the street and from the total, and moves nobody to the rest."""
    panel = explore.panels.christchurch()
    people = {}
    for panel.controls["street"].value in (100, 77):
        for sector in ("all", "street", "rest"):
            panel.controls["sector"].value = sector
            people[sector, panel.controls["street"].value] = int(panel.frame()["people"].iloc[-1])
    assert people == {
        ("all", 100): 392, ("street", 100): 100, ("rest", 100): 292,
        ("all", 77): 369, ("street", 77): 77, ("rest", 77): 292,
    }  # fmt: skip


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
    """What can be told apart is the same in the sentence, in the chart and in the frame."""
    panel = explore.panels.sample_size()
    panel.controls["share"].value, panel.controls["n"].value = share, n
    frame = panel.frame().iloc[1:]
    drawn = [text for text in svg_texts(panel.chart()) if text.endswith("told apart")]
    assert len(drawn) == len(frame)
    assert sum(not text.endswith("not told apart") for text in drawn) == frame["told_apart"].sum()
    told = f"all {len(frame)}" if frame["told_apart"].all() else f"{frame['told_apart'].sum()} of the {len(frame)}"
    assert f"told from {told} other shares" in panel.sentence
    low, high = wilson(share, n)
    assert f"{low:.1f}% to {high:.1f}%" in panel.sentence
    assert any(f"{low:.1f}% to {high:.1f}%" in text for text in svg_texts(panel.chart()))
    again = eval(panel.code(), {"explore": explore})
    assert again.to_dict() == panel.chart().to_dict()


def test_sample_size_starts_at_the_cited_share() -> None:
    """The share that moves is the one that the text repeats, not the first that comes."""
    first = shares_with_n().iloc[0]
    assert (first["percent"], first["n"]) == (42, 220)


def test_sliders_hold_the_values_that_they_start_at() -> None:
    """A share of 66.7% of 772 people is not rounded to the slider's steps as soon as it is shown."""
    rows = shares_with_n().iloc[:2].assign(percent=[66.7, 24.0], n=[772, 5000], source=pd.NA)
    sliders = explore.panels.sample_size(rows).controls
    assert [(one.value, one.step, one.max) for one in sliders.values()] == [(66.7, 0.1, 100), (772, 1, 2000)]
    assert explore.panels.sample_size(rows[1:]).controls["n"].max == 5000


def test_compare_follows_compare() -> None:
    """The panel refuses and allows as `compare` does, and reads back as the same call."""
    panel = explore.panels.compare("plrc-2005/identified", "plrc-2008/five-centres")
    with pytest.raises(ExploreError, match="cannot be compared"):
        eval(panel.code(), {"explore": explore})
    assert "12 districts" in panel.parts["card"].value
    panel.controls["series"].value = panel.controls["measure"].value = True
    found = eval(panel.code(), {"explore": explore})
    assert found == explore.compare("plrc-2005/identified", "plrc-2008/five-centres", ("measure", "series"))
    assert panel.sentence == found.sentence
    assert "Compared although series does not agree" in " ".join(" ".join(svg_texts(panel.chart())).split())
    assert panel.frame()["value"].tolist() == list(found.values)


def test_compare_keeps_what_is_chosen_when_the_topic_allows() -> None:
    """Another topic shortens both lists; going back to every topic loses nothing."""
    panel = explore.panels.compare()
    panel.controls["topic"].value = "every topic"
    assert panel.controls["a"].value == "autostraddle-2015/christchurch-1999"
    panel.controls["topic"].value = "national"
    table = tables.statistics().set_index("id")
    assert {table.loc[panel.controls[name].value, "topic"] for name in "ab"} == {"national"}


@pytest.mark.parametrize(
    "picked",
    [
        {},
        {"topic": "solicitation", "evidence": "relay"},
        {"words": "POLICE"},
        {"words": "it’s (a [regex"},
        {"place": "Christchurch", "words": "2006"},
        *({"verdict": verdict} for verdict in VERDICTS),
    ],
    ids=str,
)
def test_browse_reads_back(picked: dict[str, str]) -> None:
    """The Python line gives the same rows as the filters."""
    panel = explore.panels.browse()
    for name, value in picked.items():
        panel.controls[name].value = value
    again = eval(panel.code(), {"explore": explore})
    assert sorted(again["id"]) == sorted(panel.frame()["id"])
    assert len(panel.controls["chosen"].options) == len(again)
    assert (panel.controls["chosen"].value is None) == again.empty
    assert again.empty == ("No statistic" in panel.sentence)
    assert bool(panel.live.spec) is not again.empty


def test_browse_shows_the_chosen_one_whole() -> None:
    """The card holds the number, its marked words, who said it, the source beside it, and the verdict."""
    panel = explore.panels.browse()
    panel.controls["chosen"].value = "autostraddle-2015/la-solicited"
    card = panel.parts["card"].value
    for words in (
        "<h4>42%",
        "<mark>42%</mark>",
        "galvan-bazargan-2012/solicited",
        "mislabelled",
        "primary text",
    ):
        assert words in card
    assert "42% · solicited for sex by police" in panel.sentence
    panel.controls["chosen"].value = "galvan-bazargan-2012/solicited"
    assert "95% interval" not in panel.parts["card"].value  # no random sample


def test_browse_quotes_the_context(texts: list[Path]) -> None:
    """Where the text is at hand, the quoted words stand between those that stand around them."""
    assert texts
    panel = explore.panels.browse()
    panel.controls["chosen"].value = "autostraddle-2015/street-2006"
    assert "to <mark>100</mark> in 2006" in panel.parts["card"].value
    assert "375 in 1999" in panel.parts["card"].value, "the sentence before it"


def test_browse_takes_a_frame() -> None:
    """One's own rows can be browsed; no rows is said clearly."""
    rows = tables.statistics().query("topic == 'petition'")
    panel = explore.panels.browse(rows)
    assert len(panel.frame()) == len(rows)
    assert panel.code() == "frame"
    with pytest.raises(ExploreError, match="the table has no row"):
        explore.panels.browse(rows.head(0))


def test_all_cards_are_whole() -> None:
    """Every statistic has a card, with every part that its register gives."""
    table = tables.statistics()
    for key, one in load().statistics.items():
        card = cards.of_statistic(table[table["id"] == key], None)
        assert not re.search(r"&lt;NA&gt;|\bNone\b|\bnan\b", card), key
        assert ("<mark>" in card) == (one.quote is not None)
        assert all(f"[{source}]" in card for source in [*one.source, *one.candidates])


@pytest.mark.parametrize("suffix", explore.exports.SUFFIXES)
def test_export_writes_and_offers_the_file(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each format lands in exports/, is offered whole for download, and a second time only when asked."""
    monkeypatch.chdir(tmp_path)
    panel = explore.panels.export(explore.charts.christchurch())
    panel.controls["format"].value = suffix
    panel.controls["name"].value = "x"
    panel.parts["write"].click()
    path = tmp_path / "exports" / f"x{suffix}"
    assert path.stat().st_size > 0
    assert panel.live.sentence.startswith(f"Written: exports/x{suffix}")
    assert f'download="x{suffix}"' in panel.parts["link"].value
    panel.parts["write"].click()
    assert panel.live.sentence.startswith("Not written.")
    panel.controls["replace"].value = True
    panel.parts["write"].click()
    assert panel.live.sentence.startswith("Written")
    shutil.rmtree(tmp_path / "exports")
    (tmp_path / "exports").mkdir()
    eval(panel.code(), {"explore": explore, "chart": panel.chart()})
    assert path.stat().st_size > 0


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/x", ".hidden", "..", "a\0b", "a\\..\\b", *PAYLOADS[:3]])
def test_export_stays_in_its_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file name is a file name: it leads nowhere else, and what is wrong is said, not raised."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    panel = explore.panels.export(explore.charts.christchurch())
    panel.controls["format"].value = ".json"
    panel.controls["name"].value = name
    panel.parts["write"].click()
    assert panel.live.sentence.startswith(("Written", "Not written"))
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert {path.parent.name for path in home.rglob("*.json")} <= {"exports"}


def test_export_takes_any_chart() -> None:
    """A chart of one's own, without title or description, can be exported too."""
    chart = alt.Chart(pd.DataFrame({"a": [1, 2]})).mark_point().encode(x="a")
    panel = explore.panels.export(chart)
    assert panel.frame()["a"].tolist() == [1, 2]
    with pytest.raises(ExploreError, match="no Altair chart"):
        explore.panels.export("chart")  # type: ignore[arg-type]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_stays_text(payload: str, tmp_path: Path) -> None:
    """Markup in any field of a register is shown as it is written: nothing in a panel becomes an element."""
    (tmp_path / "seed.toml").write_text(register_of([payload, payload]), encoding="utf-8")
    panel = explore.panels.browse(explore.statistics(tmp_path))
    card = panel.parts["card"].value
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
    assert {tag for tag, _ in elements(pair.parts["card"].value)} <= {"p", "dl", "dt", "dd"}
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


def test_the_script_loads_nothing() -> None:
    """Vega comes with the panel: the script names no address that it would load code from."""
    code = script()
    assert not re.search(r"\bimport\s*\(?\s*['\"]https?:|from\s*['\"]https?:", code)
    assert "export" in code


def test_live_takes_the_theme_without_switching_it_on() -> None:
    """A panel looks the same before `setup()`, and leaves the user's theme alone."""
    with alt.theme.enable("default"):
        spec = specification(explore.charts.christchurch())
        assert alt.theme.active == "default"
    assert spec["config"]["title"]["fontSize"] == 18
    assert Live(None, {}, "").spec == {}
