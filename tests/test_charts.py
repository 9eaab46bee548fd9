"""Charts keep the rules: they compile, say their finding, carry their sources, and can be told apart by everybody."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import altair as alt
import pytest
import vl_convert

import explore
from explore import charts, display, rendering, tables

ASKED = {
    "sources": ("autostraddle-2015/la-solicited",),
    "neighbours": ("autostraddle-2015/la-solicited",),
    "comparison": ("autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006"),
}
# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
DEFICIENCIES = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def spec_of(name: str) -> dict[str, Any]:
    """Give a chart's specification under the package's theme."""
    with alt.theme.enable("explore"):
        return getattr(charts, name)(*ASKED.get(name, ())).to_dict()


@pytest.fixture(scope="module", params=charts.__all__)
def spec(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Give every chart's specification once."""
    return spec_of(request.param)


@pytest.mark.parametrize("version", ["5.8", "6.4"])
def test_compiles_without_a_warning(spec: dict[str, Any], version: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Every chart compiles under the Vega-Lite inside JupyterLab and under the newest."""
    schema = f"https://vega.github.io/schema/vega-lite/v{version[0]}.json"
    svg = vl_convert.vegalite_to_svg({**spec, "$schema": schema}, vl_version=version, show_warnings=True)
    assert svg.startswith("<svg")
    assert "WARN" not in "".join(capfd.readouterr())


def test_says_its_finding_and_where_it_is_from(spec: dict[str, Any]) -> None:
    """Title, subtitle, alt text, file name and source line are there, and the source line is in the picture."""
    title = spec["title"]
    assert all(title["text"])
    assert all(title["subtitle"])
    assert len(spec["description"]) > 80
    assert spec["usermeta"]["embedOptions"]["downloadFileName"].startswith("explore-")
    svg = vl_convert.vegalite_to_svg({**spec, "$schema": rendering.SCHEMA}, vl_version="5.8")
    assert "Sources: " in svg


def test_is_legible_400_pixels_wide(spec: dict[str, Any]) -> None:
    """Shrunk to a phone or a narrow column every letter keeps seven pixels, and no text is cut off."""
    svg = vl_convert.vegalite_to_svg({**spec, "$schema": rendering.SCHEMA}, vl_version="5.8")
    width = float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1])
    sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)}
    assert min(sizes) * 400 / width >= 7
    assert "…<" not in svg


def test_is_told_apart_in_grey(spec: dict[str, Any]) -> None:
    """Colours that a legend explains differ in lightness as well, or each has its own shape."""
    for layer in spec["layer"]:
        encoded = layer.get("encoding", {})
        colour = encoded.get("color", {})
        if not colour.get("legend"):
            continue
        shapes = encoded.get("shape", {}).get("scale", {}).get("range", [])
        shades = sorted(116 * luminance(one) ** (1 / 3) - 16 for one in colour["scale"]["range"])
        apart = min((b - a for a, b in itertools.pairwise(shades)), default=100)
        drawn_as_line = layer["mark"]["type"] == "line"
        assert apart > 10 or drawn_as_line or len(set(shapes)) == len(shades)


def test_marks_lead_back_to_words(spec: dict[str, Any]) -> None:
    """Every row that a chart draws of the registers carries its words, or says that there are none."""
    rows = [row for data in spec["datasets"].values() for row in data if "words" in row]
    assert rows
    for row in rows:
        assert row["words"].startswith("“") or row["words"].startswith("not quoted")
    assert "words" in json.dumps(spec.get("layer"))


def test_is_small(spec: dict[str, Any]) -> None:
    """A chart's specification stays small, so that notebooks do."""
    assert len(json.dumps(spec)) < 60_000


def test_frame_can_be_given() -> None:
    """A chart draws the rows it is given, and no others."""
    frame = explore.solicitation().dropna(subset="percent").tail(3)
    chart = charts.solicitation(frame)
    drawn = [row for data in chart.to_dict()["datasets"].values() for row in data if "measure" in row]
    assert [row["measure"] for row in drawn] == frame["measure"].tolist()


def test_stated_number_is_drawn_at_its_value() -> None:
    """The bar of the stated 42% ends at 42; neither it nor its source has an interval, being no random sample."""
    rows = next(iter(spec_of("solicitation")["datasets"].values()))
    first, second = rows[:2]
    assert (first["value"], first["said"], first["low"]) == (42, "42%", None)
    assert (second["value"], second["low"], second["high"]) == (42, None, None)


@pytest.mark.parametrize("growth", [8.8, 0.0, 12.0])
def test_christchurch_slider_moves_the_per_head_change(growth: float) -> None:
    """The picture shows the change per resident that follows from the growth that the slider is set to."""
    made = spec_of("christchurch")
    slider = next(param for param in made["params"] if param["name"] == "growth")
    table = explore.christchurch()
    assert slider["value"] == table["population_percent"].max()
    slider["value"] = growth
    svg = vl_convert.vegalite_to_svg({**made, "$schema": rendering.SCHEMA}, vl_version="5.8")
    for index in table.loc[table["year"] == 2006, "index"]:
        change = index / (1 + growth / 100) - 100
        assert f">{change:+.1f}%<".replace("-", "−") in svg


def test_conflicting_sources_stay_side_by_side() -> None:
    """The FBI's 47 and the compiled table's 49 minors of sweep II are both drawn."""
    rows = [row for data in spec_of("sweeps")["datasets"].values() for row in data if "measure" in row]
    minors = {row["value"] for row in rows if row["measure"] == "minors recovered" and row["sweep"].startswith("II ")}
    assert minors == {47, 49}


def test_the_source_line_says_how_values_were_read() -> None:
    """The source line names every document of a frame, once, with its evidence."""
    line = display.source_line(tables.solicitation())
    assert line.count("Autostraddle") == 1
    assert "(primary text)" in line


def linear(colour: str) -> list[float]:
    """Turn #rrggbb into linear RGB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [display.BLUE, display.VERMILLION, display.GREEN, display.PURPLE, display.GREY])
def test_colours_stand_out_from_white(colour: str) -> None:
    """Every colour of a mark has a contrast of 3:1 or more on white."""
    assert 1.05 / (luminance(colour) + 0.05) >= 3


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_colours_differ_for_every_eye(deficiency: str) -> None:
    """Any two colours that a chart uses together differ for each colour-vision deficiency."""
    matrix = DEFICIENCIES[deficiency]
    palette = [display.BLUE, display.VERMILLION, display.GREEN, display.PURPLE]
    seen = [
        [sum(weight * part for weight, part in zip(line, linear(colour), strict=True)) for line in matrix]
        for colour in palette
    ]
    for (one, a), (other, b) in itertools.combinations(zip(palette, seen, strict=True), 2):
        apart = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        assert apart > 0.05, f"{one} and {other} look alike ({deficiency})"
