"""The notebooks in a real JupyterLab: drawn before anything is run and after, without a network.

``EXPLORE_SHOTS=folder`` keeps a picture of every notebook, whole, before and after it is run.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Lab
    from playwright.sync_api import Browser, ConsoleMessage, Page

VEGALITE = "application/vnd.vegalite.v5+json"
HERE = {"127.0.0.1", "localhost"}
WIDTH, HEIGHT = 1280, 1000
PATIENCE = 60_000  # milliseconds for one step, on a slow machine

# One number a code cell: how many charts it really shows.
DRAWN = """() => [...document.querySelectorAll(".jp-Notebook .jp-CodeCell")].map(cell =>
    [...cell.querySelectorAll(".vega-embed")].filter(chart =>
        !chart.parentElement.closest(".vega-embed") &&
        [...chart.querySelectorAll("canvas, svg.marks")].some(mark => {
            const box = mark.getBoundingClientRect();
            return box.width > 20 && box.height > 20;
        })).length)"""
RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
KERNEL_READY = """() => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel;
    return kernel?.connectionStatus === "connected" && kernel.status === "idle";
}"""
TALL = """() => {
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
    return Math.ceil(cells.at(-1).getBoundingClientRect().bottom - cells[0].getBoundingClientRect().top);
}"""


class Visit:
    """A page, with what it asked of other machines and what its charts complained of."""

    def __init__(self, page: Page) -> None:
        """Listen before anything is loaded, and let nothing out."""
        self.page = page
        self.beyond: list[str] = []
        self.complaints: list[str] = []
        page.context.route(is_beyond, lambda route: route.abort())
        page.context.on("request", lambda request: self.note(request.url))
        page.on("websocket", lambda socket: self.note(socket.url))
        page.on("console", self.listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def note(self, url: str) -> None:
        """Keep an address on any other machine."""
        if is_beyond(url):
            self.beyond.append(url)

    def listen(self, message: ConsoleMessage) -> None:
        """Keep every error, and the warnings of Vega, which names itself or begins with WARN."""
        of_vega = message.text.startswith("WARN") or "vega" in message.text.lower()
        if message.type == "error" or (message.type == "warning" and of_vega):
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")


def is_beyond(url: str) -> bool:
    """Say whether an address is neither on this machine nor in the page itself."""
    parts = urlsplit(url)
    return parts.scheme not in {"about", "blob", "data"} and parts.hostname not in HERE


def stored_charts(notebook: Path) -> list[int]:
    """Count the charts stored in each code cell."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [
        sum(VEGALITE in output.get("data", {}) for output in cell["outputs"])
        for cell in cells
        if cell["cell_type"] == "code"
    ]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open an empty page, in a browser that remembers nothing."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    context.set_default_timeout(PATIENCE)
    yield Visit(context.new_page())
    context.close()


def open_notebook(visit: Visit, lab: Lab, notebook: Path) -> None:
    """Open a notebook, with nothing beside it, and wait for its kernel."""
    page = visit.page
    page.goto(lab.page(notebook.name))
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_function(KERNEL_READY)
    page.evaluate("() => window.jupyterapp.shell.collapseLeft()")


def expect_charts(visit: Visit, notebook: Path) -> None:
    """Wait until every cell shows as many charts as the file stores in it."""
    stored = stored_charts(notebook)
    try:
        page_has = f"(want) => JSON.stringify(({DRAWN})()) === JSON.stringify(want)"
        visit.page.wait_for_function(page_has, arg=stored)
    except Error:
        assert visit.page.evaluate(DRAWN) == stored, "charts drawn and charts stored, cell by cell"


def expect_peace(visit: Visit, lab: Lab) -> None:
    """Nothing went wrong, nobody was asked anything, and nothing left the machine."""
    page = visit.page
    wrong = page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]')
    wrong = wrong.or_(page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'))
    assert wrong.all_inner_texts() == []
    assert page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []
    assert visit.complaints == []
    assert visit.beyond == []
    assert lab.offline_log.read_text() == "", "JupyterLab or a kernel asked for another machine"


def keep_shot(visit: Visit, name: str) -> None:
    """Keep a picture of the whole notebook, if ``EXPLORE_SHOTS`` says where."""
    folder = os.environ.get("EXPLORE_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page = visit.page
        page.evaluate("() => { document.activeElement?.blur(); }")
        page.set_viewport_size({"width": WIDTH, "height": page.evaluate(TALL) + 200})
        page.wait_for_timeout(500)  # the charts follow the new size
        page.locator(".jp-Notebook .jp-Cell").first.scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_before_any_cell_is_run(visit: Visit, lab: Lab, notebook: Path) -> None:
    """A reader who only opens a notebook sees every chart."""
    open_notebook(visit, lab, notebook)
    expect_charts(visit, notebook)
    keep_shot(visit, f"{notebook.stem}-opened")
    expect_peace(visit, lab)


def test_after_running_all(visit: Visit, lab: Lab, notebook: Path) -> None:
    """A reader who runs every cell sees every chart, drawn anew."""
    open_notebook(visit, lab, notebook)
    expect_charts(visit, notebook)
    old = visit.page.locator(".jp-Notebook .vega-embed").element_handles()
    assert visit.page.evaluate(RUN_ALL), "a cell failed"
    expect_charts(visit, notebook)
    assert not any(chart.evaluate("chart => chart.isConnected") for chart in old), "a cell was not run"
    keep_shot(visit, f"{notebook.stem}-run")
    expect_peace(visit, lab)


def test_opens_on_the_first_notebook(lab: Lab) -> None:
    """A newcomer who follows the address that `make lab` prints lands on the right page."""
    with urllib.request.urlopen(f"{lab.url}?token={lab.token}", timeout=10) as answer:
        assert urlsplit(answer.url).path == "/lab/tree/notebooks/0-start-here.ipynb"


def test_token_is_asked(lab: Lab) -> None:
    """Nobody else on the machine's network can use the kernels."""
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{lab.url}api/contents", timeout=10)
