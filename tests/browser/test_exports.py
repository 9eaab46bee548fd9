"""Exported pages in a real browser without a network: drawn, live, readable for everybody."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

import explore
from explore import exports
from explore.exports.evidence import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

DRAWN = "() => [...document.querySelectorAll('.chart')].every(chart => chart.querySelector('svg.marks text'))"
AXE = files("axe_playwright_python").joinpath("axe.min.js")
OPEN = "() => document.querySelectorAll('details:not(.vega-embed *)').forEach(one => { one.open = true; })"
WIDTHS = [1280, 390]


class Visit:
    """A page from a file, with what it asked for and what it complained of."""

    def __init__(self, browser: Browser, path: Path, *, width: int = 1280, bypass: bool = False) -> None:
        """Open the file and wait until every chart is drawn."""
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, bypass_csp=bypass)
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        self.page.goto(path.as_uri())
        self.page.wait_for_function(DRAWN)

    def close(self) -> None:
        """Close the page."""
        self.page.context.close()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export everything once."""
    home = tmp_path_factory.mktemp("all") / "out"
    exports.export_all(home)
    return home


@pytest.fixture(scope="module")
def report(browser: Browser, everything: Path) -> Iterator[Visit]:
    """Open the report once."""
    visit = Visit(browser, everything / "report.html")
    yield visit
    visit.close()


def test_pages_ask_for_nothing(browser: Browser, everything: Path) -> None:
    """Every chart's page is drawn offline, asks nobody for anything, and complains of nothing."""
    for path in sorted((everything / "charts").glob("*.html")):
        visit = Visit(browser, path)
        assert visit.asked == [path.as_uri()]
        assert visit.errors == []
        assert visit.page.title()
        visit.close()


@pytest.mark.parametrize("name", ["charts/arrests.html", "charts/christchurch.html", "report.html"])
@pytest.mark.parametrize("boxed", [False, True])
def test_without_scripts_the_picture_is_shown(browser: Browser, everything: Path, name: str, *, boxed: bool) -> None:
    """Where scripts are off, or a page stands in a frame that allows none, as in JupyterLab, each chart is a picture."""
    path = everything / name
    context = browser.new_context(java_script_enabled=boxed, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    if boxed:
        holder = path.with_name("holder.html")
        holder.write_text(f'<iframe sandbox src="{path.name}" width="900" height="900"></iframe>', encoding="utf-8")
        page.goto(holder.as_uri())
        holder.unlink()
    else:
        page.goto(path.as_uri())
    shown = page.frame_locator("iframe") if boxed else page
    pictures = shown.locator(".chart img")
    assert pictures.count() == path.read_text("utf-8").count("<figure ")
    box = pictures.first.bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 100
    assert pictures.first.get_attribute("alt")
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    context.close()


def test_report_asks_for_nothing(report: Visit, everything: Path) -> None:
    """The report draws every chart offline, asks nobody for anything, and complains of nothing."""
    charts = report.page.locator(".chart svg.marks")
    assert charts.count() == len(list((everything / "charts").glob("*.html")))
    assert len(report.asked) == 1
    assert report.errors == []


def test_page_cannot_ask(report: Visit) -> None:
    """The page's own rules forbid it to load anything, whatever a chart might want."""
    tried = "() => fetch('https://example.org').then(() => 'loaded', () => 'refused')"
    assert report.page.evaluate(tried) == "refused"
    assert "Content Security Policy" in " ".join(report.errors)
    report.errors.clear()
    report.asked[1:] = []


def test_slider_works(browser: Browser, everything: Path) -> None:
    """The slider of an exported chart moves its numbers, without Python and without a network."""
    visit = Visit(browser, everything / "charts" / "christchurch.html")
    words = visit.page.locator(".chart svg.marks")
    before = words.text_content()
    assert "−3.9%" in str(before)
    visit.page.locator("input[type=range]").first.fill("0")
    visit.page.wait_for_function("(old) => document.querySelector('svg.marks').textContent !== old", arg=before)
    assert "−3.9%" not in str(words.text_content())
    assert visit.errors == []
    visit.close()


def test_tooltip_shows_the_words(browser: Browser, everything: Path) -> None:
    """Pointing at a mark shows the words it came from."""
    visit = Visit(browser, everything / "charts" / "solicitation.html")
    visit.page.locator(".chart svg.marks .mark-rect path[fill='#d55e00']").first.hover(force=True)
    tip = visit.page.locator("#vg-tooltip-element.visible")
    assert "42% of Latina transgender sex workers" in tip.inner_text()
    visit.close()


def test_saving_from_the_menu(browser: Browser, everything: Path) -> None:
    """The chart's own menu saves a picture under a sensible name, with the source line in it."""
    visit = Visit(browser, everything / "charts" / "germany.html")
    visit.page.locator(".vega-embed summary").click()
    with visit.page.expect_download() as saving:
        visit.page.get_by_text("Save as SVG").click()
    assert saving.value.suggested_filename == "explore-germany.svg"
    assert "Bundeskriminalamt" in saving.value.path().read_text(encoding="utf-8")
    visit.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_report_is_accessible(browser: Browser, everything: Path, width: int) -> None:
    """The axe checker finds no serious fault, with everything opened."""
    visit = Visit(browser, everything / "report.html", width=width, bypass=True)
    visit.page.evaluate(OPEN)
    assert serious(visit.page) == []
    visit.close()


def test_page_is_accessible(browser: Browser, everything: Path) -> None:
    """A chart's page with a slider has no serious fault either, and names the chart for screen readers."""
    visit = Visit(browser, everything / "charts" / "christchurch.html", bypass=True)
    assert serious(visit.page) == []
    label = visit.page.locator("[role=graphics-document]").first.get_attribute("aria-label")
    assert label == explore.charts.christchurch().to_dict()["description"]
    visit.close()


def test_svg_in_the_accessibility_tree(browser: Browser, everything: Path) -> None:
    """A browser tells screen readers an SVG's title, alt text and source."""
    path = everything / "charts" / "solicitation.svg"
    page = browser.new_page()
    page.goto(path.as_uri())
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    names = [node.get("name", {}).get("value", "") for node in nodes]
    about = read_file(path)
    assert any(about.title in name and about.alt in name for name in names)
    page.close()


def test_report_fits_a_phone(browser: Browser, everything: Path) -> None:
    """On a phone nothing sticks out of the page, letters keep their size, and it is no longer than it must be."""
    visit = Visit(browser, everything / "report.html", width=390)
    across = "() => document.documentElement.scrollWidth"
    assert visit.page.evaluate(across) == 390
    assert visit.page.evaluate("() => document.documentElement.scrollHeight") < 25_000
    drawn = "() => [...document.querySelectorAll('.chart svg.marks')].map(one => [one.clientWidth, one.viewBox.baseVal.width])"
    for shown, laid_out in visit.page.evaluate(drawn):
        assert shown == 0 or shown > 0.9 * laid_out  # 0: folded away
    visit.page.evaluate(OPEN)
    assert visit.page.evaluate(across) == 390
    visit.close()


def test_report_begins_with_what_it_is_about(browser: Browser, everything: Path) -> None:
    """The first screen names the document and its date and shows the first chart, on a phone too."""
    for width in WIDTHS:
        visit = Visit(browser, everything / "report.html", width=width)
        named = explore.documents().set_index("document").loc["autostraddle-2015", "title"]
        assert str(named) in str(visit.page.locator("h1").text_content())
        assert "12 August 2015" in str(visit.page.locator(".lead").first.text_content())
        for place in (visit.page.locator(".lead").first, visit.page.locator(".chart svg.marks").first):
            box = place.bounding_box()
            assert box is not None
            assert box["y"] < 600
        visit.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_is_broken(browser: Browser, everything: Path, width: int) -> None:
    """With everything opened, no word of the page stands on two lines."""
    visit = Visit(browser, everything / "report.html", width=width)
    visit.page.evaluate(OPEN)
    assert visit.page.evaluate(BROKEN) == []
    visit.close()


def test_a_link_into_a_folded_part_opens_it(browser: Browser, everything: Path) -> None:
    """A number’s link leads to its words, though they are folded away."""
    visit = Visit(browser, everything / "report.html")
    place = visit.page.locator("[id='is-autostraddle-2015.la-solicited']")
    assert place.is_hidden()
    visit.page.evaluate("() => { location.hash = '#is-autostraddle-2015.la-solicited'; }")
    place.wait_for(state="visible")
    visit.close()


def test_a_chart_can_be_made_larger(browser: Browser, everything: Path) -> None:
    """A page of one chart shrinks it to a phone, and gives back its size on request."""
    visit = Visit(browser, everything / "charts" / "arrests.html", width=390)
    chart = visit.page.locator(".chart svg.marks").first
    small = chart.bounding_box()
    visit.page.get_by_role("button", name="Larger chart").first.click()
    large = chart.bounding_box()
    assert small is not None
    assert large is not None
    assert large["width"] > 1.5 * small["width"]
    assert visit.page.evaluate("() => document.documentElement.scrollWidth") == 390
    visit.close()


# Words end at white space, a hyphen or a slash; the rectangles of one that is whole stand on one line.
BROKEN = """() => {
  const found = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    if (node.parentElement.closest("script, svg, .hidden, .wide")) continue;
    for (const word of node.data.matchAll(/[^\\s\\/–—-]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""


def test_report_prints(report: Visit, tmp_path: Path) -> None:
    """Printed, the report keeps its charts and leaves out what only a screen can use."""
    report.page.emulate_media(media="print")
    assert report.page.locator("nav").is_hidden()
    assert report.page.locator(".vega-bindings").first.is_hidden()
    assert report.page.locator(".chart svg.marks").first.is_visible()
    printed = report.page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert len(printed) > 100_000
    report.page.emulate_media(media="screen")


@pytest.mark.parametrize("name", ["arrests", "solicitation", "christchurch"])
def test_the_evidence_is_walked_by_keyboard(browser: Browser, tmp_path: Path, name: str) -> None:
    """Arrow keys lead from a chart to a group, a value, its words and their source, and back; axe is content."""
    path = explore.export(getattr(explore.charts, name)(), tmp_path / "a.html")
    rows = read_file(path).rows
    visit = Visit(browser, path, bypass=True)
    page = visit.page
    page.evaluate(OPEN)
    page.get_by_role("tree").locator("li").first.focus()
    label = "document.activeElement.getAttribute('aria-label')"
    seen = [page.evaluate(label)]
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        seen.append(page.evaluate(label))
    assert seen[0] == read_file(path).title
    row = next(one for one in rows.to_dict("records") if seen[2].startswith(f"{one['said']}, {one['measure']}"))
    assert row["measure"] in seen[2]
    assert seen[3].startswith(("“", "not quoted"))
    assert row["publisher"] in seen[4] or row["stated_by"] in seen[4]
    assert page.get_by_role("treeitem", expanded=True).count() == 4
    assert serious(page) == []
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
    assert page.evaluate(label) == seen[0]
    assert page.get_by_role("treeitem").count() == 1, "all is folded again"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    assert page.evaluate(label) not in seen[:1]
    assert page.locator(".tree [tabindex='0']").count() == 1
    quotes = set(rows["quote"].dropna())
    assert quotes <= {text.strip("“”") for text in page.locator(".tree li li li li > span").all_text_contents()}
    visit.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_embed_code(browser: Browser, tmp_path: Path, *, scripts: bool) -> None:
    """An embedded chart is as high as it needs, on any width; without scripts its frame shows the picture."""
    path = explore.export(explore.charts.arrests(), tmp_path / "arrests.zip")
    shutil.unpack_archive(path, tmp_path)
    code = (tmp_path / "arrests" / "embed.html").read_text("utf-8")
    host = tmp_path / "arrests" / "host.html"
    host.write_text(f"<!DOCTYPE html><meta charset=utf-8><title>A page</title>{code}", "utf-8")
    context = browser.new_context(viewport={"width": 900, "height": 900}, offline=True, java_script_enabled=scripts)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("svg.marks text" if scripts else "img").first.wait_for()
    heights = []
    for width in (900, 420):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)
        inside, around = frame.locator("html").bounding_box(), page.locator("iframe").bounding_box()
        assert inside is not None
        assert around is not None
        heights.append(around["height"])
        if scripts:
            assert around["height"] == pytest.approx(inside["height"], abs=3)
    assert heights[0] != heights[1] if scripts else heights[0] == heights[1] > 600
    assert all(address.startswith("file:") for address in asked)
    context.close()


def serious(page: Page) -> list[dict[str, Any]]:
    """List what axe finds that is serious or worse."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = json.loads(
        page.evaluate("async () => JSON.stringify((await axe.run({resultTypes: ['violations']})).violations)")
    )
    return [
        {"id": one["id"], "html": [node["html"][:200] for node in one["nodes"]]}
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
