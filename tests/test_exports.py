"""Every chart in every format, opened again with a real reader: its evidence is inside."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import frictionless
import openpyxl
import pandas as pd
import pypdf
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import explore
from explore import display, exports
from explore.exports import evidence, folder, packages, pages, pictures, sheets
from explore.exports.chart import spec_of
from explore.terms import ExploreError

GOLDEN = Path(__file__).with_name("golden")
NAMES = [*folder.alone(), "sources-la-solicited"]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export everything once."""
    home = tmp_path_factory.mktemp("all") / "out"
    written = exports.export_all(home)
    assert sorted(written) == sorted(path for path in home.rglob("*") if path.is_file())
    return home


def facts(name: str) -> tuple[dict[str, Any], str, list[str], list[str]]:
    """Give a chart's specification, title, quoted words and numbers, read from the chart itself."""
    made = folder.alone()
    chart = made[name]() if name in made else explore.charts.sources("autostraddle-2015/la-solicited")
    spec = chart.to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows]
    quotes = [row["words"] for row in rows if str(row.get("words")).startswith("“")]
    numbers = [row["said"] for row in rows if row.get("said")]
    return spec, " ".join(spec["title"]["text"]), list(dict.fromkeys(quotes)), list(dict.fromkeys(numbers))


@pytest.mark.parametrize("name", NAMES)
def test_png(everything: Path, name: str) -> None:
    """A PNG tells title, alt text, source, words and licence, and has the asked-for size."""
    spec, title, quotes, _ = facts(name)
    with Image.open(everything / "charts" / f"{name}.png") as picture:
        picture.load()
        text = picture.text
        assert "exif" not in picture.info
        assert picture.info["dpi"] == pytest.approx((144, 144), abs=0.1)
        root = ET.parse(everything / "charts" / f"{name}.svg").getroot()
        sides = [2 * float(root.attrib[side]) for side in ("width", "height")]
        assert picture.size == pytest.approx(sides, abs=1)
    source = text["Source"].split("\n")[0]
    assert text["Title"] == title
    assert f"{text['Description']} {source}" == spec["description"]
    assert all(quote in text["Source"] for quote in quotes)
    assert "MIT" in text["Copyright"]


@pytest.mark.parametrize("name", NAMES)
def test_svg(everything: Path, name: str) -> None:
    """An SVG is one image with a title and a description that screen readers find."""
    spec, title, quotes, numbers = facts(name)
    root = ET.parse(everything / "charts" / f"{name}.svg").getroot()
    label, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert label is not None
    assert told is not None
    assert (label.text, told.text) == (title, spec["description"])
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [label.attrib["id"], told.attrib["id"]]
    metadata = "".join(root.find(f"{SVG}metadata").itertext())  # type: ignore[union-attr]
    assert all(quote in metadata for quote in quotes)
    drawn = "\n".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert "Sources: " in drawn
    if name in {"solicitation", "arrests", "reporting", "sources-la-solicited"}:
        assert all(number in drawn for number in numbers)


@pytest.mark.parametrize("name", NAMES)
def test_pdf(everything: Path, name: str) -> None:
    """A PDF has a title, subject and language, and a figure with alt text; its words can be searched."""
    spec, title, quotes, _ = facts(name)
    reader = pypdf.PdfReader(everything / "charts" / f"{name}.pdf")
    about, root = reader.metadata, reader.trailer["/Root"]
    assert about is not None
    assert (about.title, about.subject) == (title, spec["description"])
    assert all(quote in str(about["/Keywords"]) for quote in quotes)
    assert root["/Lang"] == "en"
    assert root["/StructTreeRoot"]["/K"]["/Alt"] in spec["description"]
    assert spec["title"]["text"][0].split()[0] in reader.pages[0].extract_text()


@pytest.mark.parametrize("name", NAMES)
def test_json(everything: Path, name: str) -> None:
    """A JSON file is the same chart: it is drawn to the same picture."""
    spec = json.loads((everything / "charts" / f"{name}.json").read_text(encoding="utf-8"))
    _, title, quotes, _ = facts(name)
    inside = spec["usermeta"]["evidence"]
    assert inside["title"] == title
    assert all(quote in "\n".join(inside["quotes"]) for quote in quotes)
    about = evidence.read(spec, name)
    assert pictures.svg(spec, about) == (everything / "charts" / f"{name}.svg").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_csv_and_xlsx(everything: Path, name: str) -> None:
    """The tables hold the chart's rows, say the same, and are described."""
    charts = everything / "charts"
    _, title, quotes, numbers = facts(name)
    table = pd.read_csv(charts / f"{name}.csv")
    assert set(quotes) <= set(table["words"])
    if "said" in table:
        assert set(map(sheets.harmless, numbers)) == set(table["said"].dropna())
    assert not {"row", "at", "end"} & set(table)
    pd.testing.assert_frame_equal(pd.read_excel(charts / f"{name}.xlsx"), table, check_dtype=False)
    book = openpyxl.load_workbook(charts / f"{name}.xlsx")
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Title"] == title
    assert "MIT" in str(about["Licence"])
    assert frictionless.validate(charts / f"{name}.datapackage.json").valid


def test_data_package(everything: Path) -> None:
    """The tables are a valid Data Package 2.0: hashes, keys, types, sources; no number changes on the way."""
    path = everything / "data" / "datapackage.json"
    assert frictionless.validate(path).valid
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    assert descriptor["$schema"].endswith("/2.0/datapackage.json")
    assert len(descriptor["sources"]) == len(explore.documents())
    fields = {
        (one["name"], field["name"]): field for one in descriptor["resources"] for field in one["schema"]["fields"]
    }
    assert fields["solicitation", "percent"]["unit"] == "percent"
    assert fields["christchurch", "people"]["unit"] == "people"
    assert all(field.get("description") for field in fields.values())
    read = pd.read_csv(everything / "data" / "statistics.csv").set_index("id")["value"]
    assert read.to_dict() == pytest.approx(
        explore.statistics().set_index("id")["value"].astype(float).to_dict(), nan_ok=True
    )


def test_a_changed_number_is_noticed(everything: Path, tmp_path: Path) -> None:
    """The hash in the descriptor belongs to the file: a changed number makes the package invalid."""
    shutil.copytree(everything / "data", tmp_path / "data")
    path = tmp_path / "data" / "statistics.csv"
    path.write_bytes(path.read_bytes().replace(b",42.0,", b",43.0,", 1))
    assert not frictionless.validate(tmp_path / "data" / "datapackage.json").valid


def test_other_programs_read_the_evidence(everything: Path) -> None:
    """What a photo or library program shows: title, alt text, source and rights, of PNG, SVG and PDF."""
    if not shutil.which("exiftool"):
        pytest.skip("no exiftool here: install it (apt-get install libimage-exiftool-perl)")
    paths = [str(everything / "charts" / f"{name}.{kind}") for name in NAMES for kind in ("png", "svg", "pdf")]
    run = ["exiftool", "-json", "-charset", "utf8", "-XMP:all", "-Title", *paths]
    found = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    for one in found:
        spec, title, quotes, _ = facts(Path(one["SourceFile"]).stem)
        assert one["Title"] == title
        assert one["AltTextAccessibility"] in spec["description"]
        assert all(quote in one["Source"] for quote in quotes)
        assert "MIT" in one["Rights"]


@pytest.mark.parametrize("name", ["christchurch", "germany", "national", "solicitation"])
def test_golden_pictures(name: str) -> None:
    """The picture is the one that was looked at. EXPLORE_GOLDEN=1 keeps what is drawn now."""
    vl_convert.register_font_directory(str(GOLDEN / "font"))
    font = json.dumps(display.FONT)
    with alt.theme.enable("explore"):
        spec = json.loads(json.dumps(getattr(explore.charts, name)().to_dict()).replace(font, '"Explore Test Sans"'))
    drawn = pictures.svg(spec, evidence.read(spec, name))
    if os.environ.get("EXPLORE_GOLDEN"):
        (GOLDEN / f"{name}.svg").write_bytes(drawn)
    assert drawn == (GOLDEN / f"{name}.svg").read_bytes()
    assert b"Liberation" not in drawn


def test_looks_the_same_without_setup(tmp_path: Path) -> None:
    """An export has the package's look whether or not `setup()` was called; a theme of one's own stays."""
    chart, active = explore.charts.germany(), alt.data_transformers.active
    looks = {}
    for theme in ("default", "explore", "dark"):
        with alt.theme.enable(theme):
            looks[theme] = explore.export(chart, tmp_path / "a.svg", overwrite=True).read_bytes()
            assert alt.theme.active == theme
    assert looks["default"] == looks["explore"] != looks["dark"]
    assert alt.data_transformers.active == active


HOSTILE = "</script><script>alert(1)</script>\x00 & “=1+1”"


@pytest.fixture
def own() -> alt.Chart:
    """Give a chart that a user made, with everything in its texts that could do harm."""
    frame = pd.DataFrame({"words": [f"“{HOSTILE}”", "=1+1"], "said": ["=cmd", "-3"], "x": [-1.5, 2.0]})
    return (
        alt.Chart(frame, title=HOSTILE, description=f"{HOSTILE} Source: {HOSTILE}")
        .mark_bar()
        .encode(x="x:Q", y="said:N")
    )


def test_hostile_texts_stay_texts(own: alt.Chart, tmp_path: Path) -> None:
    """Texts cannot become markup, formulas or broken files, in any format."""
    made = {suffix: explore.export(own, tmp_path / f"own{suffix}") for suffix in exports.SUFFIXES}
    page = made[".html"].read_text(encoding="utf-8")
    assert "alert(1)</script>" not in page
    assert page.count("</script>") == 3  # the data, the library, the start
    ET.parse(made[".svg"])
    table = pd.read_csv(made[".csv"])
    assert table["said"].tolist() == ["'=cmd", "'-3"]
    assert table["x"].tolist() == [-1.5, 2.0]
    sheet = openpyxl.load_workbook(made[".xlsx"])["Data"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} == {"s", "n"}
    assert [cell.value for cell in sheet["B"]][1:] == ["'=cmd", "'-3"]
    assert frictionless.validate(tmp_path / "own.datapackage.json").valid
    with Image.open(made[".png"]) as picture:
        assert picture.text["Title"] == HOSTILE.replace("\x00", "")
    assert pypdf.PdfReader(made[".pdf"]).metadata.title == HOSTILE.replace("\x00", "")  # type: ignore[union-attr]
    assert json.loads(made[".json"].read_text(encoding="utf-8"))["title"] == HOSTILE


@given(st.text())
def test_no_text_is_a_formula(text: str) -> None:
    """No text that a table holds begins like a formula, and each can be had back."""
    safe = str(sheets.harmless(text))
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert text in {safe, safe[1:]}


@given(st.text())
def test_no_text_ends_its_element(text: str) -> None:
    """A chart's texts cannot end the element of a page that holds them, and come back unchanged."""
    written = str(pages.harmless_json({"a": text}))
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"a": text}


BARE = {
    "plain": alt.Chart(pd.DataFrame({"a": [1, 2]})).mark_bar().encode(x="a:Q"),
    "subtitle only": alt.Chart(pd.DataFrame({"a": [1]}), title=alt.Title("", subtitle="s")).mark_bar(),
    "beside": alt.Chart(pd.DataFrame({"a": [1]}), title="Left").mark_bar()
    | alt.Chart(pd.DataFrame({"b": [2]})).mark_bar(),
    "statistics": alt.Chart(explore.statistics().query("document == 'autostraddle-2015'"))
    .mark_point()
    .encode(x="value:Q"),
    "dates": alt.Chart(pd.DataFrame({"t": pd.date_range("2015-01-01", periods=2), "n": [1, None]}))
    .mark_line()
    .encode(x="t:T", y="n:Q"),
    "many rows": alt.Chart(pd.DataFrame({"a": range(6000)})).mark_bar().encode(x="a:Q"),
}


@pytest.mark.parametrize("name", BARE)
def test_any_chart_can_be_exported(name: str, tmp_path: Path) -> None:
    """A chart without title, alt text or source is written in every format, with what can be said of it."""
    for suffix in exports.SUFFIXES:
        assert explore.export(BARE[name], tmp_path / f"my chart{suffix}").stat().st_size
    about = evidence.read(spec_of(BARE[name]), "my chart")
    assert about.title
    assert about.alt
    assert len(about.rows)
    if name == "statistics":
        assert about.source.startswith("Sources: Autostraddle 2015")
        assert any("42% of Latina" in quote for quote in about.quotes)


def test_export_does_not_change_the_chart(tmp_path: Path) -> None:
    """A chart is the same after it was exported."""
    chart = explore.charts.arrests()
    before = chart.to_json()
    explore.export(chart, tmp_path / "a.svg")
    assert chart.to_json() == before


REFUSED = {
    "no chart": (lambda home: explore.export("chart", home / "a.png"), "str: is no Altair chart"),
    "suffix": (
        lambda home: explore.export(own_chart(), home / "a.gif"),
        "unknown suffix .gif; write one of .png, .svg",
    ),
    "no suffix": (lambda home: explore.export(own_chart(), home / "a"), "no suffix; write one of"),
    "scale": (
        lambda home: explore.export(own_chart(), home / "a.png", scale=0),
        "scale = 0: write a number from 0.1 to 20",
    ),
    "address": (
        lambda home: explore.export(alt.Chart("https://example.org/a.csv").mark_bar(), home / "a.png"),
        "loads its data from https://example.org/a.csv; read them with pandas",
    ),
    "no rows": (
        lambda home: explore.export(alt.Chart(alt.sequence(0, 9, 1)).mark_bar(), home / "a.csv"),
        "holds no rows to write as .csv",
    ),
    "cannot be drawn": (
        lambda home: explore.export(own_chart().transform_calculate(z="foo("), home / "a.svg"),
        "cannot be drawn: .*; correct the chart",
    ),
}


def own_chart() -> alt.Chart:
    """Give a small chart."""
    return alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a:Q")


@pytest.mark.parametrize("name", REFUSED)
def test_mistakes_are_explained(name: str, tmp_path: Path) -> None:
    """A mistake gives one clear error and no file."""
    make, words = REFUSED[name]
    with pytest.raises(ExploreError, match=words):
        make(tmp_path)
    assert not list(tmp_path.iterdir())


def test_export_all_keeps_what_is_there(everything: Path) -> None:
    """A second run refuses at once, names the way out, and changes nothing."""
    before = {path: path.stat().st_mtime_ns for path in everything.rglob("*")}
    with pytest.raises(ExploreError, match=r"and \d+ more exist already; pass overwrite=True"):
        exports.export_all(everything)
    assert {path: path.stat().st_mtime_ns for path in everything.rglob("*")} == before


def test_export_all_stays_in_its_folder(tmp_path: Path) -> None:
    """A link that leads out of the folder is refused, and nothing is written behind it."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "charts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ExploreError, match="leads out of the folder"):
        exports.export_all(tmp_path / "out")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_report_links_lead_somewhere(everything: Path) -> None:
    """Every link inside the report has its place, and every statistic has one with its words."""
    page = (everything / "report.html").read_text(encoding="utf-8")
    body = page[: page.rindex("<footer>")]
    places = set(re.findall(r' id="([^"]+)"', body))
    links = set(re.findall(r'href="#([^"]+)"', body))
    assert links <= places
    table = explore.statistics()
    assert {f"is-{key.replace('/', '.')}" for key in table["id"]} <= places
    quoted = "The number of street-based sex workers decreased from 106 in 1999, to 100 in 2006."
    assert re.search(rf'<li><a href="#is-[^"]+">“{re.escape(quoted)}” \(', page)


def test_report_is_small(everything: Path) -> None:
    """The script is in the report once: the page is under a sixth of its charts as single pages."""
    alone = sum(path.stat().st_size for path in (everything / "charts").glob("*.html"))
    assert (everything / "report.html").stat().st_size * 6 <= alone


def test_descriptor_types() -> None:
    """Types of columns are named as Table Schema does."""
    frame = pd.DataFrame({"a": [1], "b": [1.5], "c": ["x"], "d": [True], "e": [[1]]}).convert_dtypes()
    frame["f"] = pd.Categorical(["u"])
    made = packages.resource("a.csv", b"", frame, title="A")["schema"]["fields"]
    assert [field["type"] for field in made] == ["integer", "number", "string", "boolean", "any", "string"]
    assert made[-1]["categories"] == ["u"]


def test_scale(tmp_path: Path) -> None:
    """A scale gives that many pixels for each one on the screen."""
    sizes = [
        Image.open(io.BytesIO(explore.export(own_chart(), tmp_path / f"{n}.png", scale=n).read_bytes())).size
        for n in (1, 3)
    ]
    assert sizes[1] == tuple(3 * side for side in sizes[0])
