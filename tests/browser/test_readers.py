"""One chart in every program that people read it in: its picture is there, and its words beside it."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbconvert import HTMLExporter

import explore
from explore import rendering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Lab
    from playwright.sync_api import Browser, Frame, Page

PATIENCE = 60_000
CODE = "import explore\n\nexplore.charts.timeline()"
# A drawn chart or a picture that a reader sees, with what a screen reader says of it.
SHOWN = """words => {
    const found = [...document.querySelectorAll("img, canvas, svg, [role=graphics-document], [role=img]")];
    const seen = found.some(one => {
        const box = one.getBoundingClientRect();
        const whole = one.tagName !== "IMG" || (one.complete && one.naturalWidth > 200);
        return box.width > 300 && box.height > 100 && whole;
    });
    const named = found.some(one => [one.alt, one.getAttribute("aria-label")].includes(words));
    return seen && (named || document.body.innerText.includes(words));
}"""


@pytest.fixture(scope="module")
def words() -> str:
    """Give what the chart says in words."""
    return str(rendering.render(explore.charts.timeline().to_dict())[0]["text/plain"])


def stored() -> nbformat.NotebookNode:
    """Make a notebook that holds the chart as a kernel sends it."""
    bundle, metadata = rendering.render(explore.charts.timeline().to_dict())
    bundle = {**bundle, "image/png": base64.b64encode(bundle["image/png"]).decode()}
    output = nbformat.v4.new_output("execute_result", bundle, metadata=metadata, execution_count=1)
    cell = nbformat.v4.new_code_cell(CODE, outputs=[output], execution_count=1)
    return nbformat.v4.new_notebook(cells=[cell])


@contextmanager
def looking(browser: Browser, *, scripts: bool = True) -> Iterator[Page]:
    """Open an empty page, in a browser that remembers nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def expect_chart(place: Page | Frame, words: str) -> None:
    """Wait until the chart is seen and said."""
    place.wait_for_function(SHOWN, arg=words, timeout=PATIENCE)


def test_jupyterlab(browser: Browser, lab: Lab, words: str) -> None:
    """A notebook that is opened and not run shows its chart."""
    home = lab.log.parent / "notebooks"
    nbformat.write(stored(), home / "read.ipynb")
    with looking(browser) as page:
        page.goto(lab.page("read.ipynb"))
        expect_chart(page, words)


def test_an_exported_page_in_jupyterlab(browser: Browser, lab: Lab, words: str) -> None:
    """JupyterLab opens a page in a frame without scripts: the still picture is shown."""
    explore.export(explore.charts.timeline(), lab.log.parent / "notebooks" / "read.html")
    with looking(browser) as page:
        page.goto(lab.page("read.html"))
        frame = page.wait_for_selector(".jp-HTMLViewer iframe").content_frame()
        assert frame is not None
        expect_chart(frame, words)


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
def test_nbconvert(browser: Browser, tmp_path: Path, words: str, template: str) -> None:
    """A page that nbconvert made shows the chart, with scripts and without; in JupyterLab's look it reads out no picture."""
    path = tmp_path / "read.html"
    path.write_text(HTMLExporter(template_name=template).from_notebook_node(stored())[0], encoding="utf-8")
    for scripts in (True, False):
        with looking(browser, scripts=scripts) as page:
            page.goto(path.as_uri(), wait_until="domcontentloaded")
            expect_chart(page, "" if template == "lab" else words)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_exported_page(browser: Browser, tmp_path: Path, words: str, *, scripts: bool) -> None:
    """A page of ours shows the chart, with scripts and without."""
    path = explore.export(explore.charts.timeline(), tmp_path / "read.html")
    with looking(browser, scripts=scripts) as page:
        page.goto(path.as_uri())
        expect_chart(page, words)


def test_marimo(browser: Browser, tmp_path: Path, words: str) -> None:
    """A marimo notebook shows the chart: its own renderer and data transformer do not stand in the way."""
    notebook = tmp_path / "read.py"
    body = CODE.replace("\n", "\n    ")
    notebook.write_text(f"import marimo\n\napp = marimo.App()\n\n\n@app.cell\ndef _():\n    {body}\n    return\n")
    command = [sys.executable, "-m", "marimo", "run", "--headless", "--token-password=read", str(notebook)]
    given = os.environ | {"XDG_CONFIG_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        said, url = "", None
        while url is None and (line := server.stdout.readline()):
            said += line
            url = re.search(r"http://\S+", line)
        try:
            assert url, said
            with looking(browser) as page:
                page.goto(url[0])
                expect_chart(page, words)
        finally:
            server.terminate()
