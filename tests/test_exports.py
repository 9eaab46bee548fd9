"""Every chart in every format, opened again with a real reader: its evidence is inside."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
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
from explore import exports, rendering
from explore.charts import theme
from explore.charts.figure import SOURCE
from explore.exports import evidence, folder, packages, pages, pictures, sheets
from explore.exports.chart import spec_of
from explore.exports.evidence import read_file
from explore.terms import ExploreError, FileExists

NAMES = [*folder.alone(), "audit", "sources-la-solicited"]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export everything once."""
    home = tmp_path_factory.mktemp("all") / "out"
    written = exports.export_all(home)
    assert sorted(written) == sorted(path for path in home.rglob("*") if path.is_file())
    return home


def drawn_words(path: Path) -> list[str]:
    """Give the texts that an SVG shows, each in one line."""
    root = ET.parse(path).getroot()
    return [" ".join(part for part in text.itertext() if part.strip()) for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("suffix", exports.SUFFIXES)
def test_each_file_says_what_its_picture_says(everything: Path, suffix: str) -> None:
    """Title, source, ids, said words and values come back out of each format, for every chart."""
    for path in sorted((everything / "charts").glob(f"*{suffix}")):
        if path.name.endswith(".datapackage.json"):
            continue
        found, shown = read_file(path), drawn_words(path.with_suffix(".svg"))
        assert found.title in shown, path
        assert found.source in shown, path
        spec = json.loads(path.with_suffix(".json").read_text("utf-8"))
        rows = {row["id"]: row for rows in rendering.tables(spec) for row in rows if row.get("id") and "said" in row}
        assert set(found.ids) == set(rows)
        for row in found.rows.to_dict("records"):
            wanted = rows[row["id"]]
            assert (
                pd.isna(row["value"]) if wanted["value"] is None else row["value"] == pytest.approx(wanted["value"])
            ), path
            for name in ("said", "quote"):
                assert row[name] == wanted.get(name) or (pd.isna(row[name]) and wanted.get(name) is None), path


def test_a_title_follows_its_sliders_into_every_file(tmp_path: Path) -> None:
    """A what-if that starts elsewhere says so in the metadata of each format, as in its picture."""
    chart = explore.charts.christchurch(growth=2, street=77)
    shown = drawn_words(explore.export(chart, tmp_path / "a.svg"))
    for suffix in exports.SUFFIXES:
        path = explore.export(chart, tmp_path / f"a{suffix}", overwrite=True)
        assert read_file(path).title in shown
        assert "if the city grew by 2%" in read_file(path).title


@pytest.mark.parametrize("name", NAMES)
def test_png(everything: Path, name: str) -> None:
    """A PNG tells title, alt text, source, words and licence, and has the asked-for size."""
    about = read_file(everything / "charts" / f"{name}.json")
    with Image.open(everything / "charts" / f"{name}.png") as picture:
        picture.load()
        text = picture.text
        assert "exif" not in picture.info
        assert picture.info["dpi"] == pytest.approx((144, 144), abs=0.1)
        root = ET.parse(everything / "charts" / f"{name}.svg").getroot()
        sides = [2 * float(root.attrib[side]) for side in ("width", "height")]
        assert picture.size == pytest.approx(sides, abs=1)
    assert (text["Title"], text["Description"]) == (about.title, about.alt)
    assert all(words in text["Source"] for words in [about.source, *about.quotes])
    assert "MIT" in text["Copyright"]


@pytest.mark.parametrize("name", NAMES)
def test_svg(everything: Path, name: str) -> None:
    """An SVG is one image with a title and a description that screen readers find."""
    about = read_file(everything / "charts" / f"{name}.json")
    root = ET.parse(everything / "charts" / f"{name}.svg").getroot()
    label, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert label is not None
    assert told is not None
    assert (label.text, told.text) == (about.title, f"{about.alt} {about.source}")
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [label.attrib["id"], told.attrib["id"]]
    metadata = "".join(root.find(f"{SVG}metadata").itertext())  # type: ignore[union-attr]
    assert all(quote in metadata for quote in about.quotes)


@pytest.mark.parametrize("name", NAMES)
def test_pdf(everything: Path, name: str) -> None:
    """A PDF has a title, subject and language, and a figure with alt text; its words can be searched."""
    wanted = read_file(everything / "charts" / f"{name}.json")
    reader = pypdf.PdfReader(everything / "charts" / f"{name}.pdf")
    about, root = reader.metadata, reader.trailer["/Root"]
    assert about is not None
    assert (about.title, about.subject) == (wanted.title, f"{wanted.alt} {wanted.source}")
    assert all(quote in str(about["/Keywords"]) for quote in wanted.quotes)
    assert root["/Lang"] == "en"
    assert root["/StructTreeRoot"]["/K"]["/Alt"] == wanted.alt
    assert root["/StructTreeRoot"]["/K"]["/Pg"] == reader.pages[0]
    assert wanted.title.split()[0] in reader.pages[0].extract_text()


@pytest.mark.parametrize("name", NAMES)
def test_json(everything: Path, name: str) -> None:
    """A JSON file is the same chart: it is drawn to the same picture, and saved under its name."""
    spec = json.loads((everything / "charts" / f"{name}.json").read_text(encoding="utf-8"))
    assert spec["usermeta"]["embedOptions"]["downloadFileName"].startswith("explore-")
    about = evidence.read(spec, name)
    assert pictures.svg(pictures.drawn(spec), about) == (everything / "charts" / f"{name}.svg").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_csv_and_xlsx(everything: Path, name: str) -> None:
    """The tables hold the chart's rows and nothing that is for drawing only, say the same, and are described."""
    charts = everything / "charts"
    table = pd.read_csv(charts / f"{name}.csv")
    assert {"id", "said", "quote"} <= set(table)
    assert not [column for column in table if column.startswith("_") or column == SOURCE]
    assert table["id"].dropna().is_unique
    pd.testing.assert_frame_equal(pd.read_excel(charts / f"{name}.xlsx"), table, check_dtype=False)
    book = openpyxl.load_workbook(charts / f"{name}.xlsx")
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Title"] == read_file(charts / f"{name}.csv").title
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
    assert {"documents", "statistics", "audit", "findings"} <= {name for name, _ in fields}
    assert {f"topic-{topic}" for topic in explore.statistics()["topic"]} <= {name for name, _ in fields}
    assert fields["topic-solicitation", "percent"]["unit"] == "percent"
    assert fields["statistics", "n"]["unit"] == "cases"
    assert all(field.get("description") for field in fields.values())
    read = pd.read_csv(everything / "data" / "statistics.csv").set_index("id")["value"]
    assert read.to_dict() == pytest.approx(
        explore.statistics().set_index("id")["value"].astype(float).to_dict(), nan_ok=True
    )


def test_parquet_holds_the_statistics(everything: Path) -> None:
    """What lies beyond one machine reads the same rows, with the sources that they name."""
    read, rows = pd.read_parquet(everything / "data" / "statistics.parquet"), explore.statistics()
    names = ["id", "said", "source", "period", "quote"]
    assert read[names].astype(object).fillna("").equals(rows[names].astype(object).fillna(""))


def test_a_changed_number_is_noticed(everything: Path, tmp_path: Path) -> None:
    """The hash in the descriptor belongs to the file: a changed number makes the package invalid."""
    shutil.copytree(everything / "data", tmp_path / "data")
    path = tmp_path / "data" / "statistics.csv"
    path.write_bytes(path.read_bytes().replace(b",42,", b",43,", 1))
    assert not frictionless.validate(tmp_path / "data" / "datapackage.json").valid


def test_other_programs_read_the_evidence(everything: Path) -> None:
    """What a photo or library program shows: title, alt text, rows in words, source and rights, of PNG, SVG and PDF."""
    if not shutil.which("exiftool"):
        pytest.skip("no exiftool here: install it (apt-get install libimage-exiftool-perl)")
    paths = [str(everything / "charts" / f"{name}.{kind}") for name in NAMES for kind in ("png", "svg", "pdf")]
    run = ["exiftool", "-json", "-charset", "utf8", "-G1", "-n", "-XMP:all", *paths]
    found = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    for one in found:
        about = read_file(one["SourceFile"])
        assert one["XMP-dc:Title"] == one["XMP-photoshop:Headline"] == about.title
        assert one["XMP-dc:Description"] == about.alt
        assert all(quote in one["XMP-dc:Source"] for quote in about.quotes)
        assert one["XMP-photoshop:Source"] == about.source
        assert one["XMP-photoshop:Credit"] == "explore"
        assert "MIT" in one["XMP-dc:Rights"]
        assert "MIT" in one["XMP-xmpRights:WebStatement"]
        if one["SourceFile"].endswith(".svg"):
            continue  # Wikimedia refuses an SVG with names of IPTC
        assert one["XMP-iptcCore:AltTextAccessibility"] == about.alt
        assert one["XMP-iptcExt:DigitalSourceType"].endswith("/digitalsourcetype/dataDrivenMedia")
        described = one["XMP-iptcCore:ExtDescrAccessibility"]
        for row in about.rows.to_dict("records"):
            assert all(row[part] in described for part in ("said", "quote") if pd.notna(row[part]))


# The namespaces that a chart uses, of those that MediaWiki lets through when a file is uploaded.
WIKIMEDIA = {
    "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/xap/1.0/rights/",
    "http://ns.adobe.com/photoshop/1.0/",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_svg_for_an_encyclopedia(everything: Path, name: str) -> None:
    """An SVG has no script, no handler, no address outside of itself and no namespace that Wikimedia refuses."""
    path = everything / "charts" / f"{name}.svg"
    assert {space for _, (_, space) in ET.iterparse(path, ["start-ns"])} <= WIKIMEDIA
    for one in ET.parse(path).iter():
        assert one.tag.rpartition("}")[2] not in {"script", "foreignObject", "style", "image", "use", "iframe"}
        for key, value in one.attrib.items():
            assert not key.startswith("on"), path
            assert not key.endswith("href") or value.startswith("#"), path
            assert "url(" not in value or "url(#" in value, path


def test_the_picture_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    """The README shows the chart as it is drawn now. EXPLORE_GOLDEN=1 keeps it, for somebody to look at."""
    golden = Path(__file__).with_name("golden")
    monkeypatch.setitem(theme._THEME, "font", "Explore Test Sans")  # noqa: SLF001  # the same letters on every machine
    vl_convert.register_font_directory(str(golden / "font"))
    spec = spec_of(explore.charts.christchurch())
    drawn = pictures.svg(pictures.drawn(spec), evidence.read(spec, "christchurch"))
    if os.environ.get("EXPLORE_GOLDEN"):
        (golden / "christchurch.svg").write_bytes(drawn)
    assert drawn == (golden / "christchurch.svg").read_bytes()
    assert b"Liberation" not in drawn


def test_looks_the_same_without_setup(tmp_path: Path) -> None:
    """An export has the package's look whether or not `setup()` was called; a theme of one's own stays."""
    chart, active = explore.charts.germany(), alt.data_transformers.active
    looks = {}
    for name in ("default", "explore", "dark"):
        with alt.theme.enable(name):
            looks[name] = explore.export(chart, tmp_path / "a.svg", overwrite=True).read_bytes()
            assert alt.theme.active == name
    assert looks["default"] == looks["explore"] != looks["dark"]
    assert alt.data_transformers.active == active


@pytest.mark.parametrize("transformer", ["vegafusion", "json", "csv"])
def test_a_transformer_of_ones_own_keeps_no_rows_from_a_file(
    transformer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever way of passing data the user has turned on, a file holds the rows themselves."""
    monkeypatch.chdir(tmp_path)
    chart = alt.Chart(pd.DataFrame({"text": ["a"], "end": [2.5], "where": [None]})).mark_bar().encode(x="end:Q")
    plain = explore.export(chart, tmp_path / "a.json").read_bytes()
    with alt.data_transformers.enable(transformer):
        assert explore.export(chart, tmp_path / "a.json", overwrite=True).read_bytes() == plain
        assert explore.export(explore.charts.arrests(), tmp_path / "b.csv").stat().st_size


def test_columns_of_ones_own_survive(tmp_path: Path) -> None:
    """No name of a user's column is taken for one that only our drawing needs."""
    frame = pd.DataFrame({name: ["x"] for name in ("text", "end", "where", "row", "mark", "words", "_kept", "said")})
    path = explore.export(alt.Chart(frame).mark_text().encode(text="text"), tmp_path / "a.csv")
    assert list(pd.read_csv(path)) == list(frame)


def test_charts_of_charts_carry_all_of_theirs(tmp_path: Path) -> None:
    """Side by side, or under a rule, each figure brings its title, its source line and its rows along."""
    left, right = explore.charts.solicitation(), explore.charts.germany()
    alone = [evidence.read(spec_of(one), "a") for one in (left, right)]
    both = read_file(explore.export(left | right, tmp_path / "both.svg"))
    assert both.title == "; ".join(one.title for one in alone)
    assert all(one.source in both.source and one.alt in both.alt for one in alone)
    assert set(both.ids) == {key for one in alone for key in one.ids}
    rule = alt.Chart(pd.DataFrame({"at": [50]})).mark_rule().encode(x="at:Q")
    ruled = evidence.read(spec_of(left + rule), "a")
    assert (ruled.title, ruled.source, ruled.ids) == (alone[0].title, alone[0].source, alone[0].ids)
    assert ruled.rows["at"].dropna().tolist() == [50]
    mine = evidence.read(spec_of(left.properties(title="Mine")), "a")
    assert (mine.title, mine.source) == ("Mine", alone[0].source)


def test_registers_of_ones_own(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another document about another subject needs no Python: its topics, sources, tables and report are written."""
    (own / "letter-2021.toml").write_text(SILENT, encoding="utf-8")
    home = tmp_path / "out"
    written = exports.export_all(home, seeds=own)
    names = {path.stem for path in written if path.suffix == ".png"}
    assert names == {"reading", "loans", "audit", "sources-readers"}
    assert "praise: not drawn: draw: no row has a number to draw" in capsys.readouterr().err
    assert read_file(home / "charts" / "reading.png").title.startswith("42% of members, not of everybody")
    assert frictionless.validate(home / "data" / "datapackage.json").valid
    page = (home / "report.html").read_text("utf-8")
    assert "<h1>The numbers in “Fewer people read, the town says”</h1>" in page
    assert "The Gazette, 1 March 2020" in page
    assert "<li>praise: not drawn: draw: no row has a number to draw" in page
    assert "autostraddle" not in page
    assert set(read_file(home / "report.html").ids) == set(explore.statistics(own).dropna(subset="value")["id"])


def test_topics_of_any_name(tmp_path: Path) -> None:
    """Topics whose names make the same file name are both written, with nothing audited, and stand first."""
    (tmp_path / "own").mkdir()
    rows = [SHARE.format(topic=topic, key=key) for topic, key in (("Sea levels/1", "a"), ("sea levels 1", "b"))]
    (tmp_path / "own" / "tides-2021.toml").write_text(SILENT + "".join(rows), encoding="utf-8")
    written = exports.export_all(tmp_path / "out", seeds=tmp_path / "own")
    names = {path.stem for path in written if path.suffix in {".png", ".csv"}}
    assert {"sea-levels-1", "sea-levels-1-2", "topic-sea-levels-1", "topic-sea-levels-1-2"} <= names
    assert frictionless.validate(tmp_path / "out" / "data" / "datapackage.json").valid
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert page.index("<figure") < page.index("<h2>")


SHARE = """
[[statistic]]
id         = "{key}"
topic      = "{topic}"
quote      = "40% of the days"
measure    = "days above the mark"
population = "days"
"""
SILENT = """
[document]
title     = "A letter"
publisher = "The Gazette"
published = 2021
kind      = "report"
evidence  = "primary text"
locator   = "last line"

[[statistic]]
id         = "many"
topic      = "praise"
quote      = "hundreds of thankful letters"
measure    = "letters of thanks"
population = "readers"
"""


@pytest.mark.parametrize("suffix", exports.SUFFIXES)
def test_a_file_without_evidence_is_refused(suffix: str, tmp_path: Path) -> None:
    """A file of somebody else's, a broken one and a missing one give one clear error each."""
    bare = explore.export(own_chart(), tmp_path / f"bare{suffix}")
    with pytest.raises(ExploreError, match=r"carries no evidence; give a file that explore\.export wrote"):
        read_file(bare)
    bare.write_bytes(b"nothing")
    with pytest.raises(ExploreError, match=r"carries no evidence|cannot be read"):
        read_file(bare)
    bare.unlink()
    with pytest.raises(ExploreError, match="cannot be read: No such file"):
        read_file(bare)
    with pytest.raises(ExploreError, match="carries no evidence; give a file that ends in one of"):
        read_file("a.txt")


HOSTILE = "</script><script>alert(1)</script>\x00 & “=1+1”"


@pytest.fixture
def hostile() -> alt.Chart:
    """Give a chart that a user made, with everything in its texts that could do harm."""
    frame = pd.DataFrame({"words": [f"“{HOSTILE}”", "=1+1"], "said": ["=cmd", "-3"], "x": [-1.5, 2.0]})
    return (
        alt.Chart(frame, title=HOSTILE, description=f"{HOSTILE} Source: {HOSTILE}")
        .mark_bar()
        .encode(x="x:Q", y="said:N")
    )


def test_hostile_texts_stay_texts(hostile: alt.Chart, tmp_path: Path) -> None:
    """Texts cannot become markup, formulas or broken files, in any format."""
    made = {suffix: explore.export(hostile, tmp_path / f"own{suffix}") for suffix in exports.SUFFIXES}
    page = made[".html"].read_text(encoding="utf-8")
    assert "alert(1)</script>" not in page
    assert page.count("</script>") == 5  # the chart, its evidence, the library, the start, the tree
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
        assert about.source.startswith("Source: Autostraddle 2015")
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
    with pytest.raises(FileExists, match=r"and \d+ more exist already; pass overwrite=True") as caught:
        exports.export_all(everything)
    assert caught.value.fix == "pass overwrite=True to replace them, or take another folder"
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
    addresses = set(map(html.unescape, re.findall(r'href="(https?://[^"]+)"', page)))
    assert set(table["url"].dropna()) | set(explore.documents()["url"].dropna()) <= addresses


def test_report_is_small(everything: Path) -> None:
    """The script is in the report once: the page is under a sixth of its charts as single pages."""
    alone = sum(path.stat().st_size for path in (everything / "charts").glob("*.html"))
    assert (everything / "report.html").stat().st_size * 6 <= alone


def test_descriptor_types() -> None:
    """Types of columns are named as Table Schema does."""
    frame = pd.DataFrame({"a": [1], "b": [1.5], "c": ["x"], "d": [True], "e": [[1]]}).convert_dtypes()
    frame["f"] = pd.Categorical(["u"])
    made = [packages.field(name, frame[name], None) for name in frame]
    assert [field["type"] for field in made] == ["integer", "number", "string", "boolean", "any", "string"]
    assert made[-1]["categories"] == ["u"]


def test_pictures_that_lie_outside_are_refused(tmp_path: Path) -> None:
    """A chart cannot make an export read a file of this machine, or ask an address."""
    for address in ("file:///etc/hostname", "http://127.0.0.1:9/a.png"):
        chart = alt.Chart(pd.DataFrame({"u": [address]})).mark_image().encode(url="u:N")
        with pytest.raises(ExploreError, match="shows the picture"):
            explore.export(chart, tmp_path / "a.png")


def test_scale(tmp_path: Path) -> None:
    """A scale gives that many pixels for each one on the screen."""
    sizes = [
        Image.open(io.BytesIO(explore.export(own_chart(), tmp_path / f"{n}.png", scale=n).read_bytes())).size
        for n in (1, 3)
    ]
    assert sizes[1] == tuple(3 * side for side in sizes[0])


SIDES = {
    "column": (1200, None),
    "phone": (800, None),
    "square": (1080, 1080),
    "social": (1200, 628),
    "wide": (1920, 1080),
}
SIDES |= {"print": (2008, None), "85mm": (1004, None), "120x80mm": (1417, 945)}


@pytest.mark.parametrize("size", SIDES)
@pytest.mark.parametrize("name", ["arrests", "christchurch", "timeline"])
def test_sizes(name: str, size: str, tmp_path: Path) -> None:
    """A picture has the sides that a place asks for, shows the whole chart, and says what it is in millimetres."""
    chart = getattr(explore.charts, name)()
    with Image.open(explore.export(chart, tmp_path / "a.png", size=size)) as picture:
        wanted = [side or found for side, found in zip(SIDES[size], picture.size, strict=True)]
        assert picture.size == pytest.approx(wanted, abs=1)
        dots = 300 if "mm" in size or size == "print" else 72 if SIDES[size][1] else 144
        assert picture.info["dpi"][0] == pytest.approx(dots, abs=0.1)
        edges = [picture.convert("RGB").getpixel(at) for at in [(0, 0), (picture.width - 1, picture.height - 1)]]
        assert edges == [(255, 255, 255)] * 2
    shown = drawn_words(explore.export(chart, tmp_path / "a.svg", size=size))
    about = read_file(tmp_path / "a.png")
    assert {about.title, about.source} <= set(shown)
    box = pypdf.PdfReader(explore.export(chart, tmp_path / "a.pdf", size="127x50.8mm")).pages[0].mediabox
    assert [float(side) for side in box] == pytest.approx([0, 0, 360, 144], abs=0.1)


@pytest.mark.parametrize(("name", "wider"), [("arrests", True), ("christchurch", False), ("timeline", False)])
def test_a_wide_frame_leaves_marks_beside_their_words(name: str, tmp_path: Path, *, wider: bool) -> None:
    """Only a chart whose every mark moves with its width is laid out wider; in another, marks would cover words."""
    chart = getattr(explore.charts, name)()
    plain, wide = (
        re.findall(r"translate\([^)]*\)", explore.export(chart, tmp_path / f"{size}.svg", size=size).read_text("utf-8"))
        for size in (None, "wide")
    )
    assert (plain != wide) is wider


@pytest.mark.parametrize("name", NAMES)
def test_variants(name: str, tmp_path: Path) -> None:
    """A plain picture has no title, a dark one a dark ground, a transparent one none; each carries the same words."""
    chart = folder.planned(None)[name].make()
    found = {}
    for variant in ("plain", "dark", "transparent", None):
        path = explore.export(chart, tmp_path / f"{variant}.png", variant=variant, scale=1)
        found[variant] = read_file(path)
        with Image.open(path) as picture:
            corner = picture.convert("RGBA").getpixel((1, 1))
        assert corner == {"dark": (22, 25, 29, 255), "transparent": (0, 0, 0, 0)}.get(str(variant), (255,) * 4)
    assert len({(about.title, about.alt, about.source) for about in found.values()}) == 1
    shown = drawn_words(explore.export(chart, tmp_path / "a.svg", variant="plain"))
    assert found[None].title not in shown
    assert found[None].source in shown


def test_sizes_and_variants_that_there_are_not(tmp_path: Path) -> None:
    """A size or a variant that there is not is refused, with what there is."""
    for asked, words in [
        ({"size": "socail"}, 'did you mean "social"?, or millimetres such as 85mm'),
        ({"size": "0mm"}, "is no size of a picture"),
        ({"variant": "drak"}, 'did you mean "dark"?'),
    ]:
        with pytest.raises(ExploreError, match=re.escape(words)):
            explore.export(own_chart(), tmp_path / "a.png", **asked)
    with pytest.raises(ExploreError, match="has no size; write one of"):
        explore.export(own_chart(), tmp_path / "a.csv", size="phone")
    assert not list(tmp_path.iterdir())


def test_a_table_keeps_the_decimals_that_are_stated(own: Path, tmp_path: Path) -> None:
    """A stated 93.0% stays 93.0 in every CSV: the trailing zero says how exact it is."""
    register = own / "gazette-2020.toml"
    register.write_text(register.read_text("utf-8").replace("42% of all", "93.0% of all"), encoding="utf-8")
    rows = explore.statistics(own)
    path = explore.export(explore.charts.draw(rows[rows["id"] == "gazette-2020/readers"]), tmp_path / "a.csv")
    assert pd.read_csv(path, dtype="string")["value"].tolist() == ["93.0"]


@pytest.mark.parametrize("name", ["arrests", "christchurch", "timeline"])
def test_archive(name: str, tmp_path: Path) -> None:
    """An archive holds picture, page, table, words, citations and embed code; other programs take them as they are."""
    chart = folder.planned(None)[name].make()
    path = explore.export(chart, tmp_path / f"{name}.zip", size="column")
    shutil.unpack_archive(path, tmp_path)
    home, about = tmp_path / name, read_file(path)
    assert about.ids == read_file(explore.export(chart, tmp_path / "a.json")).ids
    assert about.title == read_file(home / f"{name}.png").title == read_file(home / f"{name}.html").title
    assert Image.open(home / f"{name}.png").width == 1200
    report = frictionless.validate(str(home / "datapackage.json"))
    assert report.valid, report.flatten(["message"])
    table = pd.read_csv(home / f"{name}.csv", dtype="string")
    assert {"url", "said", "value", "quote"} <= set(table)
    for value, said in table[["value", "said"]].dropna().itertuples(index=False):
        words = re.search(r"[\d,.]*\d", said)
        if words and float(value) == float(words[0].replace(",", "")):
            assert value.partition(".")[2] == words[0].partition(".")[2], f"as many decimals as {said}"
    words = (home / "README.txt").read_text("utf-8")
    assert all(part in words for part in [about.title, about.source, about.alt, "Short: ", "Long: "])
    assert all(quote.partition("” (")[0] in words for quote in about.quotes)
    entries = json.loads((home / "citation.json").read_text("utf-8"))
    assert entries[0]["title"] == about.title
    assert {one["URL"] for one in entries[1:]} == set(table["url"].dropna())
    titles = explore.documents().set_index("url")["title"]
    assert all(one["title"] == titles[one["URL"]] for one in entries[1:] if one["URL"] in titles.index)
    assert all("issued" in one for one in entries[1:])
    assert (home / "citation.bib").read_text("utf-8").count("@misc{") == len(entries)
    code = (home / "embed-picture.html").read_text("utf-8")
    assert html.unescape(re.search('alt="([^"]*)"', code)[1]) == about.alt  # type: ignore[index]
