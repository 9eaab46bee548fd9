"""The panels in a real JupyterLab: moved by mouse and by keyboard, reopened, and fed with markup.

``EXPLORE_SHOTS=folder`` keeps a picture of every panel at 1000 and at 1600 pixels.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from playwright.sync_api import expect

import explore

sys.path.insert(0, str(Path(__file__).parent))
from conftest import ask
from hostile import PAYLOADS, register_of
from test_notebooks import PATIENCE, RUN_ALL, Visit, expect_peace, open_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Lab
    from playwright.sync_api import Browser, Locator, Page

CELLS = {
    "christchurch": "explore.panels.christchurch()",
    "sample_size": "explore.panels.sample_size()",
    "compare": "explore.panels.compare()",
    "browse": "explore.panels.browse()",
    "export": "explore.panels.export(explore.charts.christchurch())",
    "set before": 'panel = explore.panels.christchurch()\npanel.controls["growth"].value = 5\npanel',
}
ORDER = list(CELLS)
FRIENDLY = """element => {
    const by = element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.title;
    return (by || element.textContent || "").trim();
}"""
DRAWN = ".explore-drawn svg.marks"


def write_notebook(lab: Lab, name: str, cells: list[str]) -> Path:
    """Write a notebook beside the copies that JupyterLab shows."""
    book = nbformat.v4.new_notebook()
    book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for number, source in enumerate(["import explore\n\nexplore.setup()", *cells]):
        book.cells.append(nbformat.v4.new_code_cell(source, id=f"cell-{number}"))
    path = lab.log.parent / "notebooks" / f"{name}.ipynb"
    nbformat.write(book, path)
    return path


def forget_kernels(lab: Lab) -> None:
    """Shut the kernels down, as closing JupyterLab does."""
    for session in json.loads(ask(f"{lab.url}api/sessions?token={lab.token}")):
        ask(f"{lab.url}api/sessions/{session['id']}?token={lab.token}", method="DELETE")


@pytest.fixture(scope="module")
def shown(browser: Browser, lab: Lab) -> Iterator[Visit]:
    """Open a notebook with every panel and run it once."""
    notebook = write_notebook(lab, "panels", list(CELLS.values()))
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page())
    open_notebook(visit, lab, notebook)
    assert visit.page.evaluate(RUN_ALL), "a cell failed"
    expect(visit.page.locator(DRAWN)).to_have_count(len(CELLS), timeout=PATIENCE)
    yield visit
    context.close()
    forget_kernels(lab)


def panel_of(visit: Visit, name: str) -> Locator:
    """Give a panel of the notebook."""
    return visit.page.locator(".explore-panel").nth(ORDER.index(name))


def said(panel: Locator) -> Locator:
    """Give the sentence that is announced when it changes."""
    return panel.locator("[aria-live=polite]")


def drawn(panel: Locator) -> list[str]:
    """Give the texts that a panel's chart draws."""
    return panel.locator(f"{DRAWN} text").all_text_contents()


def expect_drawn(panel: Locator, words: str) -> None:
    """Wait until a panel's chart draws these words."""
    expect(panel.locator(f"{DRAWN} text").filter(has_text=words).first).to_be_visible(timeout=PATIENCE)


def handle(panel: Locator, label: str) -> Locator:
    """Give the part of a slider that takes the keyboard."""
    return panel.get_by_role("slider", name=label)


@pytest.mark.parametrize("name", ORDER)
def test_the_keyboard_reaches_everything_in_reading_order(shown: Visit, name: str) -> None:
    """Tab goes through a panel from top to bottom, and every field that it meets has a name."""
    panel = panel_of(shown, name)
    inputs = "input:not([type=radio]):visible, input[type=radio]:checked:visible"  # a group is one stop
    fields = panel.locator(f"{inputs}, select:visible, button:visible, .noUi-handle:visible")
    names = [field.evaluate(FRIENDLY) for field in fields.all()]
    assert all(names)
    fields.first.focus()
    met = []
    for _ in range(3 * len(names)):
        met.append(shown.page.evaluate(f"() => ({FRIENDLY})(document.activeElement)"))
        shown.page.keyboard.press("Tab")
        if not panel.evaluate("element => element.contains(document.activeElement)"):
            break
    assert [one for one in met if one in names] == names


def test_arrow_keys_stay_in_a_panel(shown: Visit) -> None:
    """An arrow key chooses in a list of the panel; JupyterLab does not take it for its own."""
    panel = panel_of(shown, "set before")
    street = panel.locator("select").first
    street.focus()
    shown.page.keyboard.press("ArrowDown")
    expect(said(panel)).to_contain_text("only the 77 seen")
    assert street.evaluate("list => list === document.activeElement")
    shown.page.keyboard.press("ArrowUp")
    expect(said(panel)).not_to_contain_text("seen")


def test_christchurch_moves_with_the_keyboard(shown: Visit) -> None:
    """The arrow keys move the growth; the chart and the sentence say what `compare` says."""
    panel = panel_of(shown, "christchurch")
    panel.get_by_label("Sector", exact=True).select_option("all sex workers")
    slider = handle(panel, "Population growth, percent")
    slider.focus()
    shown.page.keyboard.press("ArrowRight")
    expect(said(panel)).to_contain_text("With 8.81% more residents")
    expect_drawn(panel, "the city: +8.81%")
    stated = explore.compare("autostraddle-2015/christchurch-1999", "autostraddle-2015/christchurch-2006")
    for one in stated.per_head:
        panel.get_by_role("button", name=f": {one.growth:.1f}%").press("Enter")
        expect(said(panel)).to_contain_text(f"fell by {-one.change:.1f}% per resident")
        expect_drawn(panel, f"the city: +{round(one.growth, 2):g}%")
        expect_drawn(panel, f"−{-one.change:.1f}%")
        shown.page.wait_for_timeout(300)  # a slider with other steps would now round it
        expect(said(panel)).to_contain_text(f"With {round(one.growth, 2):g}% more residents")
    panel.get_by_role("button", name="Break-even").press("Enter")
    expect(said(panel)).to_contain_text("stayed the same per resident")


def test_christchurch_moves_with_the_mouse(shown: Visit) -> None:
    """Dragging the slider and choosing from the lists move the chart that is there."""
    panel = panel_of(shown, "christchurch")
    chart = panel.locator(DRAWN).element_handle()
    panel.get_by_label("Street count of 2006").select_option("77, only those seen")
    panel.get_by_label("Sector", exact=True).select_option("on the street")
    expect(said(panel)).to_contain_text("Counting in 2006 only the 77 seen on the street")
    expect(panel.get_by_role("button", name="Break-even")).to_be_hidden()
    expect_drawn(panel, "106 → 77")
    slider = handle(panel, "Population growth, percent")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    shown.page.mouse.move(*middle)
    shown.page.mouse.down()
    shown.page.mouse.move(middle[0] + 60, middle[1], steps=5)
    shown.page.mouse.up()
    growth = float(slider.get_attribute("aria-valuetext") or 0)
    expect(said(panel)).to_contain_text(f"with {growth:g}% more residents", ignore_case=True)
    expect_drawn(panel, f"the city: +{growth:g}%")
    assert chart.evaluate("chart => chart.isConnected"), "the chart is moved, not drawn anew"


def test_a_value_set_before_showing_is_shown(shown: Visit) -> None:
    """What Python holds is what is seen: the browser does not put the first value back."""
    panel = panel_of(shown, "set before")
    expect(said(panel)).to_contain_text("With 5% more residents")
    expect_drawn(panel, "the city: +5%")


def test_sample_size_moves(shown: Visit) -> None:
    """Fewer people, a wider interval: the sentence and the chart change together."""
    panel = panel_of(shown, "sample_size")
    expect_drawn(panel, "220 people (as set)")
    expect_drawn(panel, "35.5% to 48.4%")
    panel.get_by_role("button", name="50", exact=True).click()
    expect(said(panel)).to_contain_text("If 50 people had been drawn at random, 42% would stand for 29.4% to 55.8%")
    expect_drawn(panel, "29.4% to 55.8%")
    handle(panel, "Share, percent").focus()
    shown.page.keyboard.press("End")
    expect(said(panel)).to_contain_text("100% would stand for 92.9% to 100.0%")
    assert sum(text.endswith(", differs") for text in drawn(panel)) == 6


def test_compare_refuses_and_allows(shown: Visit) -> None:
    """Choosing two statistics shows what `compare` says, and a tick lets one field through."""
    panel = panel_of(shown, "compare")
    topic = panel.get_by_label("Topic", exact=True)
    topic.select_option(topic.locator("option", has_text="national (").inner_text())
    for label, key in (("From", "plrc-2005/identified"), ("To", "plrc-2008/five-centres")):
        options = panel.get_by_label(label, exact=True)
        options.select_option(options.locator("option", has_text=f"[{key}]").inner_text())
    expect(said(panel)).to_have_text("These two may not be compared, because of their measure and series.")
    expect_drawn(panel, "These two may not be compared")
    expect(panel.locator(".explore-body .explore-card")).to_contain_text("12 districts in 2003, 5 in 2006/2007")
    for field in ("measure", "series"):
        panel.get_by_label(field, exact=True).focus()
        shown.page.keyboard.press("Space")
    found = explore.compare("plrc-2005/identified", "plrc-2008/five-centres", ("measure", "series"))
    expect(said(panel)).to_have_text(found.sentence)
    expect(panel.locator(".explore-body .explore-card")).to_contain_text(found.sentence)
    expect_drawn(panel, "2,332 people")


def test_browse_filters_and_shows(shown: Visit) -> None:
    """Typing shortens the list, choosing shows the card and the chart of the chosen one."""
    panel = panel_of(shown, "browse")
    panel.get_by_label("Words", exact=True).fill("SIGNED petition 10,000")
    panel.get_by_label("Words", exact=True).press("Enter")
    expect(panel.get_by_role("listbox", name="Statistics").locator("option")).not_to_have_count(
        len(explore.statistics())
    )
    expect(said(panel)).to_contain_text("shown: ")
    panel.get_by_label("Words", exact=True).fill("")
    panel.get_by_label("Words", exact=True).press("Enter")
    expect(panel.get_by_role("listbox", name="Statistics").locator("option")).to_have_count(len(explore.statistics()))
    verdict = panel.get_by_role("combobox", name="Verdict")
    verdict.select_option(verdict.locator("option", has_text="not read (").inner_text())
    expect(panel.locator(".explore-body .explore-card dl")).to_contain_text("not read:")
    panel.get_by_role("listbox", name="Statistics").focus()
    shown.page.keyboard.press("End")
    expect(panel.locator(".explore-card mark")).not_to_be_empty()
    expect_drawn(panel, "Filled: the chosen number.")


def test_export_offers_the_file(shown: Visit, lab: Lab) -> None:
    """The file that is written is the file that is downloaded."""
    panel = panel_of(shown, "export")
    panel.get_by_label("Format").select_option("SVG, a picture of any size")
    panel.get_by_role("button", name="Write the file").click()
    expect(panel.locator("[role=status]")).to_contain_text("Written: exports/explore-christchurch.svg")
    with shown.page.expect_download() as waiting:
        panel.get_by_role("link", name="Download explore-christchurch.svg").click()
    written = lab.log.parent / "notebooks" / "exports" / "explore-christchurch.svg"
    assert Path(waiting.value.path()).read_bytes() == written.read_bytes()


def test_every_panel_exports_its_view(shown: Visit, lab: Lab) -> None:
    """The fold opens by keyboard, writes what is shown, and forgets it when the view moves."""
    panel = panel_of(shown, "sample_size")
    panel.get_by_role("button", name="Export this view").press("Enter")
    panel.get_by_label("File name").fill("my-view")
    panel.get_by_role("button", name="Write the file").press("Enter")
    expect(panel.locator("[role=status]")).to_contain_text("Written: exports/my-view.png")
    assert (lab.log.parent / "notebooks" / "exports" / "my-view.png").stat().st_size > 0
    panel.get_by_role("button", name="1,000", exact=True).click()
    expect(panel.locator("[role=status]")).not_to_contain_text("Written")


@pytest.mark.parametrize("width", [1000, 1600])
def test_nothing_is_cut_off(shown: Visit, width: int) -> None:
    """At both widths everything lies inside its panel, and no two fields or parts overlap."""
    shown.page.set_viewport_size({"width": width, "height": 1800})
    shown.page.wait_for_timeout(500)
    parts = "input, select, button, .widget-label, svg.marks, .explore-said, .explore-card"
    for name in ORDER:
        panel = panel_of(shown, name)
        outer = panel.bounding_box()
        assert outer
        boxes = [box for part in panel.locator(parts).all() if part.is_visible() and (box := part.bounding_box())]
        for box in boxes:
            assert box["x"] >= outer["x"] - 1, name
            assert box["x"] + box["width"] <= outer["x"] + outer["width"] + 1, name
        for at, a in enumerate(boxes):
            for b in boxes[at + 1 :]:
                across = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
                down = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
                assert min(across, down) < 2, (name, a, b)
        keep_panel(panel, f"panel-{name.replace(' ', '-')}-{width}")


def keep_panel(panel: Locator, name: str) -> None:
    """Keep a picture of a panel, if ``EXPLORE_SHOTS`` says where."""
    if folder := os.environ.get("EXPLORE_SHOTS"):
        panel.screenshot(path=Path(folder) / f"{name}.png")


def test_nothing_went_wrong(shown: Visit, lab: Lab) -> None:
    """After all this no script complained, and nobody asked for another machine."""
    expect_peace(shown, lab)


def reopened(page: Page, lab: Lab, visit: Visit, notebook: Path) -> None:
    """Save, shut down the kernel, and open the notebook again."""
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    forget_kernels(lab)
    open_notebook(visit, lab, notebook)


def test_a_reopened_notebook_shows_live_charts(browser: Browser, lab: Lab) -> None:
    """Whoever ran and saved a panel finds its chart tomorrow, live without a kernel, and no error."""
    notebook = write_notebook(lab, "reopened", [CELLS["christchurch"], CELLS["sample_size"], CELLS["compare"]])
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page())
    page = visit.page
    open_notebook(visit, lab, notebook)
    assert page.evaluate(RUN_ALL)
    expect(page.locator(DRAWN)).to_have_count(3, timeout=PATIENCE)
    reopened(page, lab, visit, notebook)
    expect(page.locator(".jp-OutputArea-output .vega-embed")).to_have_count(3, timeout=PATIENCE)
    assert "Error displaying" not in page.locator(".jp-Notebook").inner_text()
    assert page.locator(".explore-panel").count() == 0
    slider = page.locator('input[type="range"][name="growth"]')
    slider.focus()
    before = page.locator(".vega-embed canvas").first.evaluate("canvas => canvas.toDataURL()")
    page.keyboard.press("PageUp")  # JupyterLab keeps the arrows to itself here
    page.wait_for_function("before => document.querySelector('.vega-embed canvas').toDataURL() !== before", arg=before)
    assert notebook.stat().st_size < 300_000
    assert "widget-state" not in notebook.read_text(encoding="utf-8")
    expect_peace(visit, lab)
    assert page.evaluate(RUN_ALL), "running the cells puts the panels in their place"
    expect(page.locator(".explore-panel")).to_have_count(3, timeout=PATIENCE)
    context.close()
    forget_kernels(lab)


def test_opening_a_notebook_changes_nothing(browser: Browser, lab: Lab) -> None:
    """Whoever only looks at a saved notebook with panels is not asked to save it."""
    notebook = write_notebook(lab, "looked-at", [CELLS["christchurch"], CELLS["browse"]])
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page())
    page = visit.page
    open_notebook(visit, lab, notebook)
    assert page.evaluate(RUN_ALL)
    expect(page.locator(DRAWN)).to_have_count(2, timeout=PATIENCE)
    page.wait_for_timeout(1000)
    reopened(page, lab, visit, notebook)
    expect(page.locator(".jp-OutputArea-output .vega-embed")).to_have_count(2, timeout=PATIENCE)
    page.wait_for_timeout(2000)
    assert not page.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.dirty")
    context.close()
    forget_kernels(lab)


def test_markup_in_a_document_runs_nothing(browser: Browser, lab: Lab) -> None:
    """Fifty ways to run a script, in every field that takes words: they are shown, and nothing runs."""
    folder = lab.log.parent / "hostile"
    folder.mkdir()
    (folder / "seed.toml").write_text(register_of(PAYLOADS), encoding="utf-8")
    cells = [
        f"rows = explore.statistics({str(folder)!r})\nexplore.panels.browse(rows)",
        f'explore.panels.compare("seed/s0", "seed/s1", seeds={str(folder)!r})',
        "explore.panels.export(explore.charts.neighbours('seed/s0', rows))",
    ]
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    context.add_init_script("window.harmed = 0; window.hurt = () => { window.harmed += 1; };")
    visit = Visit(context.new_page())
    open_notebook(visit, lab, write_notebook(lab, "hostile", cells))
    page = visit.page
    assert page.evaluate(RUN_ALL)
    expect(page.locator(DRAWN)).to_have_count(3, timeout=PATIENCE)
    browse = page.locator(".explore-panel").first
    for number, payload in enumerate(PAYLOADS):
        browse.get_by_role("listbox", name="Statistics").select_option(index=number)
        expect(browse.locator(".explore-card h4 + p")).to_have_text(payload, use_inner_text=True)
        expect(browse.locator(".explore-body .explore-card dl")).to_contain_text(f"seed/s{number}")
    browse.locator(f"{DRAWN} path").first.hover(force=True)
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.harmed") == 0
    assert page.locator(".explore-panel").locator("script, iframe, img, style, body").count() == 0
    context.close()
    forget_kernels(lab)


RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
LARGE = """import altair as alt
import pandas as pd

rows = pd.DataFrame({"value": range(100_000)})
alt.Chart(rows).mark_bar().encode(x=alt.X("value:Q", bin=True), y="count()")"""


def test_a_large_chart_is_drawn_and_drawn_again_after_a_restart(browser: Browser, lab: Lab) -> None:
    """JupyterLab draws a hundred thousand rows live; a kernel restarted in the middle changes nothing."""
    notebook = write_notebook(lab, "large", [LARGE])
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page())
    open_notebook(visit, lab, notebook)
    chart = visit.page.locator(".vega-embed canvas, .vega-embed svg.marks")
    for _ in range(2):
        assert visit.page.evaluate(RUN_ALL), "a cell failed"
        expect(chart).to_be_visible(timeout=PATIENCE)
        visit.page.evaluate(RESTART)
    expect_peace(visit, lab)
    context.close()
    forget_kernels(lab)
