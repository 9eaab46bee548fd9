"""Charts keep the rules: plain Altair, words over nothing, a source line a plot, told apart by everybody."""

from __future__ import annotations

import itertools
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import pytest
import vl_convert
from drawn import contrast, linear, overlaps, spec_of, svg_of, words_of

import explore
from explore import charts
from explore.charts import theme
from explore.charts.figure import SOURCE
from explore.charts.letters import width_of
from explore.terms import ExploreError

if TYPE_CHECKING:
    from pathlib import Path

ASKED = {
    "sources": ("autostraddle-2015/la-solicited",),
    "neighbours": ("autostraddle-2015/la-solicited",),
    "comparison": ("autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006"),
}
NAMES = [name for name in charts.__all__ if name != "draw"]
PAIRS = list(itertools.combinations_with_replacement(NAMES, 2))
# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
DEFICIENCIES = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# Advance widths in thousandths of the size, read from Liberation Sans, regular and bold.
TRUE_WIDTHS = {
    "Sources: The Gazette 2020; Town Office 2021.": (20735, 21767),
    "1,234 people at the mill (42.5%), about 7 in 10": (20458, 21396),
    "WWW MMM iii lll fff": (8572, 9108),
}


@cache
def made(name: str, **given: float) -> alt.LayerChart:
    """Make a chart, of what it asks for, once."""
    return getattr(charts, name)(*ASKED.get(name, ()), **given)


def rows_of(*values: float | None, unit: str | None = "people", **more: object) -> pd.DataFrame:
    """Make a table of one’s own."""
    named = [f"thing {at}" for at in range(len(values))]
    return pd.DataFrame({"value": values, "unit": unit, "measure": named, **more})


def drawn_rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """List the rows of statistics that a chart holds."""
    return [row for data in spec["datasets"].values() for row in data if "measure" in row]


def source_lines(svg: str) -> int:
    """Count the source lines in a picture."""
    return sum(word.text.startswith("Source") for word in words_of(svg))


OWN = {
    "negative": rows_of(-12.5, 3, 40, -2, unit="percent"),
    "negative dots": rows_of(-12.5, 3, 40, unit="°C"),
    "huge": rows_of(1.2e22, 3.4e12),
    "tiny": rows_of(1e-7, 3e-6, unit="g"),
    "one": rows_of(5),
    "zero": rows_of(0, 0),
    "near": rows_of(1.09, 1.1, 1.052, unit="ratio"),
    "long": rows_of(10, 20, population=["a very long name of many a district, " * 6, "x" * 150]),
    "no labels": rows_of(10, 20).assign(measure=None),
    "no unit": rows_of(10, 20, unit=None),
    "range": rows_of(10, 20, unit="percent", upper=[15, None]),
    "infinite": rows_of(float("inf"), 2),
    "months": rows_of(5, 9, 7, period=["2012-03", "2012-05", "2012-06"], series="s"),
    "times": rows_of(5, 9, 7, period=pd.to_datetime(["2012", "2013", "2015"]), series="s").assign(measure="rain"),
    "years": rows_of(1901, 2015, unit="year"),
    "lines": pd.concat([rows_of(3, 3, 3 + at / 9, period=[2001, 2002, 2003], series="s") for at in range(4)]),
}


@pytest.fixture(scope="module", params=NAMES)
def chart(request: pytest.FixtureRequest) -> alt.LayerChart:
    """Give every chart once."""
    return made(request.param)


@pytest.mark.parametrize("version", ["5.8", "6.4"])
def test_is_drawn_without_a_warning_and_words_over_words(
    chart: alt.LayerChart, version: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every chart is drawn by the Vega-Lite inside JupyterLab and by the newest, with one source line."""
    svg = svg_of(spec_of(chart), version)
    assert "WARN" not in "".join(capfd.readouterr())
    assert overlaps(svg) == []
    assert source_lines(svg) == 1
    assert "…<" not in svg


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("name", NAMES)
def test_is_laid_out_anew_for_a_width(name: str, width: int) -> None:
    """Text keeps its size, breaks anew, and stays inside the picture."""
    svg = svg_of(spec_of(made(name, width=width)))
    whole = float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])
    assert width < whole < width + 60
    assert overlaps(svg) == []
    assert source_lines(svg) == 1


def test_is_legible_400_pixels_wide(chart: alt.LayerChart) -> None:
    """Shrunk to a phone or a narrow column every letter keeps seven pixels."""
    svg = svg_of(spec_of(chart))
    width = float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])
    assert min(map(float, re.findall(r'font-size="([\d.]+)px"', svg))) * 400 / width >= 7


@pytest.mark.filterwarnings("ignore:Automatically deduplicated")  # a chart beside itself
def test_stands_beside_another(chart: alt.LayerChart, capfd: pytest.CaptureFixture[str]) -> None:
    """Side by side or one under the other, each keeps its words, its colours and its source line."""
    other = made("reporting")
    for both in (chart | other, chart & other):
        svg = svg_of(spec_of(both))
        assert overlaps(svg) == []
        assert source_lines(svg) == 2
    assert "WARN" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.filterwarnings("ignore:Automatically deduplicated")  # a chart beside itself
def test_every_pair_compiles(one: str, other: str, capfd: pytest.CaptureFixture[str]) -> None:
    """No parameter or scale of a chart gets in the way of another’s."""
    with alt.theme.enable("explore"):
        spec = (made(one) | made(other)).to_dict(validate=False)
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    vl_convert.vegalite_to_vega({**spec, "$schema": schema}, vl_version="5.8", show_warnings=True)
    assert "WARN" not in "".join(capfd.readouterr())


def test_is_a_plain_chart(chart: alt.LayerChart, capfd: pytest.CaptureFixture[str]) -> None:
    """Under a rule of either axis, zoomed, retitled and configured, a chart is drawn and keeps its source line."""
    data = pd.DataFrame({"v": [50]})
    across, down = alt.Chart(data).mark_rule().encode(x="v:Q"), alt.Chart(data).mark_rule().encode(y=alt.datum(50))
    uses = [
        alt.layer(chart, across),
        chart + across,
        down + chart,
        chart.interactive(),
        chart.properties(width=700, title="Mine"),
        chart.configure_axis(labelFontSize=14).configure_title(fontSize=20),
    ]
    for use in uses:
        svg = svg_of(spec_of(use))
        assert overlaps(svg) == []
        assert source_lines(svg) == 1
    assert "WARN" not in "".join(capfd.readouterr())


def test_words_follow_the_ground(chart: alt.LayerChart) -> None:
    """On a dark ground, ours or another’s, every word stands out 4.5:1 from it, and on the light one 3.5:1."""
    own_dark = {"background": "#333", "title": {"color": "#fff", "subtitleColor": "#fff"}}
    quiet = {"labelColor": "#fff", "titleColor": "#fff"}
    spec = spec_of(chart, "default")
    other = {**spec, "config": {**spec["config"], **own_dark, "axis": quiet, "legend": quiet}}
    for drawn, ground, least in (
        (spec_of(chart, "explore-dark"), "#16191d", 4.5),
        (other, "#333333", 4.5),
        (spec_of(chart), "#ffffff", 3.5),
    ):
        for word in words_of(svg_of(drawn)):
            assert contrast(word.fill, ground) >= least, word


def test_marks_lead_back_to_words(chart: alt.LayerChart) -> None:
    """Every row of the registers in a chart carries its id, and a tooltip tells its words and who said them."""
    spec = spec_of(chart)
    rows = drawn_rows(spec)
    assert rows
    assert all(row["id"] for row in rows)
    tips = {tip["field"].removeprefix("_tip_") for tips in _all(spec["layer"], "tooltip") for tip in tips}
    assert {"said", "measure"} <= tips
    assert "quote" in tips or not any(row.get("quote") for row in rows)


def test_source_line_is_data(chart: alt.LayerChart) -> None:
    """The source line, the name of the file and the number of rows are a row of their own, for exports to read."""
    spec = spec_of(chart)
    found = [row for data in spec["datasets"].values() for row in data if SOURCE in row]
    assert len(found) == 1
    assert re.match("Sources?:", found[0][SOURCE])
    assert found[0]["file"].startswith("explore-")
    assert "usermeta" not in spec
    assert len(spec["description"]) > 80
    assert len(json.dumps(spec)) < 100_000


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("width", [320, 560])
def test_tables_of_ones_own_are_drawn(name: str, width: int, capfd: pytest.CaptureFixture[str]) -> None:
    """A table with value, unit and measure is drawn, whatever its numbers and labels are."""
    svg = svg_of(spec_of(charts.draw(OWN[name], width=width)))
    assert "WARN" not in "".join(capfd.readouterr())
    assert overlaps(svg) == []
    assert ">Source: not stated.<" in svg


@pytest.mark.parametrize(
    ("rows", "given", "told"),
    [
        (rows_of(1, 2).assign(unit=["km", "mm"]), {}, "km, mm"),
        (rows_of(1, 2).assign(unit=["km", "mm"]), {"form": "bars"}, "km, mm"),
        (rows_of(1, 2), {"form": "line"}, "needs a period"),
        (rows_of(1, 2, period="spring"), {"form": "line"}, "spring"),
        (rows_of(1, 2), {"form": "pie"}, "known: apart"),
        (rows_of(None), {}, "no row has a number"),
        (rows_of(1), {"width": 10}, "width"),
        (rows_of(1), {"title": "{x}"}, "no drawn row"),
    ],
)
def test_refuses_what_no_axis_holds(rows: pd.DataFrame, given: dict[str, Any], told: str) -> None:
    """What cannot be drawn truthfully is refused, with the reason."""
    with pytest.raises(ExploreError, match=re.escape(told)):
        charts.draw(rows, **given)


def test_an_audit_of_thousands_is_no_picture() -> None:
    """A figure with a line for each row has an end: more than it holds are refused, not drawn for minutes."""
    rows = pd.concat([explore.audit()] * 50)
    with pytest.raises(ExploreError, match="500 rows at most"):
        charts.audit(rows)


def test_form_follows_from_the_rows() -> None:
    """Years are dates, a series is a line, percent are bars, unlike series stand apart, the rest are dots."""
    kinds = {
        "Timeline": rows_of(1999, 2003, unit="year"),
        "Line chart": rows_of(1, 2, 3, series="s", period=["2001", "2002", "2003"]),
        "Bar chart": rows_of(10, 20, unit="%"),
        "Numbers as words": rows_of(10, 20, series=["s", "t"]),
        "Dot chart": rows_of(10, 20),
    }
    for kind, rows in kinds.items():
        assert spec_of(charts.draw(rows))["description"].startswith(kind)


def test_rows_keep_their_order() -> None:
    """Sorted or put together, rows are drawn in the order given."""
    rows = explore.solicitation().dropna(subset="percent").sort_values("percent").tail(4)
    both = pd.concat([rows.tail(1), rows.head(2)])
    assert [row["id"] for row in drawn_rows(spec_of(charts.draw(both)))] == both["id"].tolist()
    assert [row["id"] for row in drawn_rows(spec_of(charts.solicitation(rows)))] == rows["id"].tolist()


def test_a_break_is_a_gap() -> None:
    """No line crosses a break of its series, and the subtitle says why there is a gap."""
    rows = rows_of(1, 2, 3, 4, series="s", period=["2001", "2002", "2003", "2004"], segment=[0, 0, 1, 1])
    spec = spec_of(charts.draw(rows.assign(measure="rain")))
    assert len({row["_joined"] for row in drawn_rows(spec)}) == 2
    assert "gap" in " ".join(spec["title"]["subtitle"])


def test_a_changed_number_is_said_anew() -> None:
    """After a number was changed in the table, neither its label nor the title repeats what the register says."""
    rows = explore.solicitation().dropna(subset="percent")
    rows.loc[rows["id"] == "autostraddle-2015/la-solicited", "value"] = 47.0
    spec = spec_of(charts.draw(rows.head(3)))
    assert next(row["said"] for row in drawn_rows(spec) if row["value"] == 47) == "47%"
    assert "42%" not in " ".join(spec["title"]["text"])


def test_near_values_fill_the_plot_and_bars_begin_at_0() -> None:
    """Measured values that lie close are shown from near the first, which is said; counts and bars begin at 0."""
    assert _domain(spec_of(charts.draw(rows_of(375, 392))))[0] == 0
    rows = rows_of(375, 392).assign(unit="hours")
    assert "does not begin at 0" in " ".join(spec_of(charts.draw(rows))["title"]["subtitle"])
    assert _domain(spec_of(charts.draw(rows, form="bars")))[0] == 0
    assert _domain(spec_of(made("comparison")))[0] == 0


def test_legend_picks_whole_rows() -> None:
    """A click on the legend fades bar, number and label of a row alike."""
    layers = spec_of(made("solicitation"))["layer"]
    assert sum("opacity" in layer.get("encoding", {}) for layer in layers) == len(layers) - 1  # all but the source line


@pytest.mark.parametrize("growth", [8.8, 0.0, 12.0])
def test_christchurch_slider_moves_the_per_head_change(growth: float) -> None:
    """The picture shows the change per resident that follows from the growth that the slider is set to."""
    spec = spec_of(made("christchurch"))
    slider = next(param for param in spec["params"] if param["name"] == "growth")
    table = explore.christchurch()
    assert slider["value"] == table["population_percent"].max()
    slider["value"] = growth
    svg = svg_of(spec)
    for index in table.loc[table["year"] == 2006, "index"]:
        change = index / (1 + growth / 100) - 100
        assert f">{change:+.1f}%<".replace("-", "−") in svg


def test_what_ifs_tell_what_they_show() -> None:
    """The titles of what-ifs follow from where their sliders start."""
    told = " ".join(word.text for word in words_of(svg_of(spec_of(made("christchurch", growth=2, street=77)))))
    assert "375 → 369, −1.6%; per resident −3.5% if the city grew by 2%" in told
    assert "counting only those seen" in told
    told = " ".join(word.text for word in words_of(svg_of(spec_of(made("sample_size", n=50, share=60)))))
    assert "What if 50 people had been drawn at random? 60% would stand for 46.2% to 72.4%" in told


@pytest.mark.parametrize("width", [330, 480, 560])
def test_a_title_that_follows_its_sliders_stays_in_the_picture(width: int) -> None:
    """Wherever the sliders are moved, the title has as many lines as at first, and none is cut off."""
    found = []
    for given in [{}, *({"growth": growth, "street": 77} for growth in (0.05, 8.8, 14.95))]:
        svg = svg_of(spec_of(charts.christchurch(width=width, **given)))  # type: ignore[arg-type]
        words = words_of(svg)
        first, end = (
            next(at for at, word in enumerate(words) if word.text.startswith(start))
            for start in ("Sex workers in", "Percent change")
        )
        found.append((float(re.search(r'width="([\d.]+)"', svg)[1]), words[first:end]))  # type: ignore[index]
    room, lines = found[0]
    for _, title in found:
        assert len(title) == len(lines)
        assert max(word.right for word in title) <= room


def test_sample_size_starts_from_one_study() -> None:
    """The share that moves is one that another document repeats, and the others are of the same study."""
    spec = spec_of(made("sample_size"))
    assert [param["value"] for param in spec["params"]] == [42, 220]
    assert {row["id"].partition("/")[0] for row in drawn_rows(spec)} == {"galvan-bazargan-2012"}


def test_sources_says_where_none_was_found() -> None:
    """A number whose source is not known is not said to stand beside it."""
    assert "beside its source" in " ".join(spec_of(made("sources"))["title"]["text"])
    nearest = spec_of(charts.sources("autostraddle-2015/innocence-lost"))["title"]["text"]
    assert "no source found; nearest figures" in " ".join(nearest)


@pytest.mark.parametrize(("library", "kind"), [("polars", "DataFrame"), ("polars", "LazyFrame"), ("pyarrow", "table")])
def test_other_libraries_tables_are_drawn(library: str, kind: str) -> None:
    """A table that is not pandas is drawn like one, what is missing in it included."""
    table = getattr(pytest.importorskip(library), kind)
    cells = {"value": [10, 20, None], "unit": ["percent"] * 3, "measure": ["a", None, "c"]}
    spec = spec_of(charts.draw(table(cells)))
    assert [(row["value"], row["measure"]) for row in drawn_rows(spec)] == [(10, "a"), (20, None)]
    assert "Not drawn: 1 row" in " ".join(spec["title"]["subtitle"])


@pytest.mark.parametrize("transformer", ["default", "json", "csv"])
def test_data_stay_inside_whatever_the_transformer(
    transformer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chart carries its rows, so that no address of a file stands in it."""
    monkeypatch.chdir(tmp_path)
    with alt.data_transformers.enable(transformer):
        spec = spec_of(made("arrests"))
    assert '"url": "altair-data' not in json.dumps(spec)
    assert drawn_rows(spec)


@pytest.mark.parametrize("text", TRUE_WIDTHS)
def test_letters_are_measured_rather_wider_than_they_are(text: str) -> None:
    """Lines break where they would in Arial, with a little to spare."""
    for true, bold in zip(TRUE_WIDTHS[text], (False, True), strict=True):
        assert 1.0 <= width_of(text, 1000, bold=bold) / true <= 1.1


def _all(part: object, name: str) -> list[Any]:
    if isinstance(part, dict):
        return [value for key, value in part.items() if key == name] + [
            each for value in part.values() for each in _all(value, name)
        ]
    return [each for value in part for each in _all(value, name)] if isinstance(part, list) else []


def _domain(spec: dict[str, Any]) -> list[float]:
    return next(x["scale"]["domain"] for x in _all(spec["layer"], "x") if "scale" in x)


PALETTE = [theme.BLUE, theme.VERMILLION, theme.GREEN, theme.PURPLE, theme.GREY]


@pytest.mark.parametrize("colour", PALETTE)
def test_colours_stand_out(colour: str) -> None:
    """Every colour of a mark has a contrast of 3:1 or more on white; its bright twin, on the dark ground."""
    assert contrast(colour, "white") >= 3
    assert contrast(theme.BRIGHT[colour], "#16191d") >= 4.5


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_colours_differ_for_every_eye(deficiency: str) -> None:
    """Any two colours that a chart uses together differ for each colour-vision deficiency."""
    matrix = DEFICIENCIES[deficiency]
    seen = [
        [sum(weight * part for weight, part in zip(line, linear(colour), strict=True)) for line in matrix]
        for colour in PALETTE[:4]
    ]
    for (one, a), (other, b) in itertools.combinations(zip(PALETTE, seen, strict=False), 2):
        apart = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        assert apart > 0.05, f"{one} and {other} look alike ({deficiency})"
