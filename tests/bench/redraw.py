"""How long a slider takes to a new picture in JupyterLab: a panel, `interact()`, a chart without a kernel.

All three stand in one notebook and are moved in turns by the keyboard. The clock runs in the page: from
the key until the chart's words are drawn again.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from conftest import QUIET, ask, environment, free_port, wait
from test_notebooks import KERNEL_READY, RUN_ALL

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROUNDS = 40
SOURCES = [
    "import explore\n\nexplore.setup()",
    "explore.panels.christchurch()",
    """from ipywidgets import FloatSlider, interact
growth = FloatSlider(value=8.8, min=0, max=15, step=0.1)
interact(lambda growth: explore.charts.christchurch(growth=growth), growth=growth);""",
    "explore.charts.christchurch()",
]
# Words are drawn on a canvas by `fillText`, in an SVG by a change of the page.
CLOCK = """() => {
    window.clock = {start: 0, end: 0};
    const stop = () => { if (!clock.end && clock.start) clock.end = performance.now(); };
    addEventListener("keydown", () => { clock.start = performance.now(); clock.end = 0; }, true);
    const draw = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (...words) { stop(); draw.apply(this, words); };
    for (const drawn of document.querySelectorAll(".explore-drawn")) {
        new MutationObserver(stop).observe(drawn, {subtree: true, childList: true, characterData: true});
    }
}"""


def seconds(page: Page, slider: Locator, keys: tuple[str, str]) -> float:
    """Move a slider there and back; return the milliseconds of each move."""
    taken = []
    for key in keys:
        slider.focus()
        page.evaluate("() => { clock.start = clock.end = 0; }")
        page.keyboard.press(key)
        page.wait_for_function("() => clock.end > 0")
        taken.append(page.evaluate("() => clock.end - clock.start"))
        page.wait_for_timeout(250)  # until nothing of it is still under way
    return statistics.mean(taken)


@cache
def measured() -> dict[str, float]:
    """Measure all three in one JupyterLab; return the median of each, in milliseconds."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        (home / "notebooks").mkdir()
        shutil.copy(Path(__file__).parents[2] / "Makefile", home)
        cells = [nbformat.v4.new_code_cell(source) for source in SOURCES]
        head = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=head), home / "notebooks" / "bench.ipynb")
        flags = f"--no-browser --port={free_port()} --LabApp.expose_app_in_browser=True"
        command = ["make", "--old-file=.venv/ready", "lab", f"PY={sys.executable}", f"LAB_FLAGS={flags}"]
        log = home / "lab.log"
        with log.open("w") as output:
            lab = subprocess.Popen(
                command,
                cwd=home,
                env=environment(home, home / "offline.log"),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            url, token = wait(lab, home / "runtime", log)
            browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, "--no-sandbox"])
            try:
                page = browser.new_page(viewport={"width": 1280, "height": 2600})
                page.goto(f"{url}lab/tree/notebooks/bench.ipynb?reset&token={token}")
                page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.content?.model")
                page.wait_for_function(KERNEL_READY)
                page.evaluate(RUN_ALL)
                page.locator(".explore-drawn svg.marks").wait_for()
                page.locator(".vega-embed canvas").nth(1).wait_for()
                page.wait_for_timeout(1000)
                page.evaluate(CLOCK)
                return timed(page)
            finally:
                browser.close()
                ask(f"{url}api/shutdown?token={token}", method="POST")
                lab.wait(timeout=60)


def timed(page: Page) -> dict[str, float]:
    """Move the three sliders in turns; return the median of each, in milliseconds."""
    arrows, pages = ("ArrowRight", "ArrowLeft"), ("PageUp", "PageDown")
    sliders = {
        "panel": (page.locator(".explore-panel .noUi-handle >> nth=0"), arrows),
        "interact": (page.locator(".widget-interact .noUi-handle"), arrows),
        "chart": (page.locator('input[type="range"][name="growth"]').last, pages),
    }
    taken: dict[str, list[float]] = {name: [] for name in sliders}
    for _ in range(ROUNDS // 2):
        for name, (slider, keys) in sliders.items():
            taken[name].append(seconds(page, slider, keys))
    found = {name: statistics.median(times[2:]) for name, times in taken.items()}
    sys.stderr.write(f"slider to picture, milliseconds: {json.dumps({k: round(v, 1) for k, v in found.items()})}\n")
    return found


BENCHES = {
    "redraw": (0.08, lambda: measured()["panel"] / measured()["interact"]),
    "redraw-no-kernel": (1 / 3, lambda: measured()["chart"] / measured()["panel"]),
}
