"""Panels without a browser: what is set, shown, said and read back; markup stays text."""

from __future__ import annotations

import html
import html.parser
import json
import re
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
from explore.panels.live import script, specification
from explore.panels.panel import VIEW, Panel
from explore.register import load
from explore.terms import ExploreError, NotComparable

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


def svg_texts(chart: alt.LayerChart) -> list[str]:
    """Give every text that a chart draws."""
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version="5.8")
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    return [html.unescape(re.sub(r"<[^>]+>", " ", text)).strip() for text in texts]


def run(code: str, **given: object) -> tuple[Any, dict[str, Any]]:
    """Run what a panel gives as code, as a cell would; give what the cell shows, and its names."""
    names: dict[str, Any] = {"explore": explore, **given}
    *lines, last = code.splitlines()
    exec("\n".join(lines), names)
    return eval(last, names), names


def assert_reads_back(panel: Panel, **given: object) -> None:
    """Hold a panel's code to its view: the same chart, and the same rows where they are named."""
    shown, names = run(panel.code(), **given)
    assert shown.to_dict() == panel.chart().to_dict()
    if "rows" in names:
        pd.testing.assert_frame_equal(names["rows"], panel.frame())


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
    assert len(json.dumps(data, default=lambda png: 4 * len(png) // 3 * "-")) < 90_000, "a notebook with panels stays under 300 kB"


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
    assert panel.live.spec == specification(panel.chart())


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
    assert panel.code() == "explore.charts.sample_size(frame, share=42.0, n=500)  # frame: the rows that the panel was given"
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
    assert panel.live.card == refused.value.card
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


@pytest.mark.parametrize(
    "picked",
    [
        {},
        {"topic": "solicitation", "evidence": "relay"},
        {"words": "POLICE angeles"},
        {"words": "it’s (a [regex"},
        {"place": "Christchurch", "words": "2006"},
        *({"verdict": verdict} for verdict in ("agrees", "rounds", "differs", "mislabelled", "untraced")),
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
    path = own / "office-2020.toml"
    path.write_text(path.read_text("utf-8").replace("Library figures", "Bücher, entliehen").replace("loans\"\nmeth", "loans\"\nmeth"), "utf-8")
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
    offered = dict((value, label) for label, value in panel.controls["place"].options if value)
    assert offered == {place: f"{place} ({many})" for place, many in counts[counts > 0].items()}
    assert set(dict(panel.controls["topic"].options).values()) > {"arrests"}, "its own choice does not bind a filter"
    panel.controls["words"].value = "nothing of the kind"
    assert panel.controls["topic"].value == "solicitation", "what is picked stays picked, with no statistic"
    (reset,) = [one for one in panel.children[0].children if one.description == "Reset"]
    reset.click()
    pd.testing.assert_frame_equal(panel.frame(), everything)


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


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "export"])
def test_every_panel_exports_what_it_shows(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fold under a panel writes its view as it stands, under the chart's own name."""
    monkeypatch.chdir(tmp_path)
    panel = MAKERS[name]()
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
