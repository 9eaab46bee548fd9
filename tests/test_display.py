"""The renderer's bundle and setup: what a notebook stores, and that nothing changes before `setup()`."""

from __future__ import annotations

import base64
import io
import subprocess
import sys

import altair as alt
import pandas as pd
from PIL import Image

import explore
from explore import charts, display


def test_bundle_holds_live_picture_and_words() -> None:
    """JupyterLab gets a Vega-Lite 5 specification, other viewers a picture, the rest the alt text."""
    spec = charts.timeline().to_dict()
    bundle, metadata = display.render(spec)
    assert set(bundle) == {"application/vnd.vegalite.v5+json", "image/png", "text/plain"}
    assert "/v5" in bundle["application/vnd.vegalite.v5+json"]["$schema"]
    assert bundle["text/plain"] == spec["description"]
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.width > display.WIDTH
    options = metadata["application/vnd.vegalite.v5+json"]["embed_options"]
    assert options["downloadFileName"] == "explore-timeline"
    assert options["actions"]["editor"] is False


def test_users_own_chart_is_rendered_too() -> None:
    """A chart without description or file name gets a bundle all the same."""
    bundle, _ = display.render(alt.Chart(pd.DataFrame({"a": [1]})).mark_point().encode(x="a").to_dict())
    assert bundle["text/plain"] == "A chart without a description."


def test_importing_changes_nothing_and_setup_does() -> None:
    """Theme and renderer are Altair's own until `setup()` is called."""
    code = (
        "import altair as alt, explore, explore.charts\n"
        "before = (alt.renderers.active, alt.theme.active)\n"
        "explore.setup()\n"
        "print(*before, alt.renderers.active, alt.theme.active)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["default", "default", "explore", "explore"]


def test_tables_show_text_as_text() -> None:
    """Markup in a cell is seen, never run; unknown is a dash."""
    html = display.table_html(pd.DataFrame({"quote": ["<img src=x onerror=alert(1)>", None], "value": [1, 2]}))
    assert "<img" not in html
    assert "&lt;img" in html
    assert "–" in html


def test_lines_are_wrapped_without_losing_a_word() -> None:
    """Breaking a text into lines keeps every word, and every line within its length."""
    text = explore.statistics()["note"].dropna().str.cat(sep=" ")
    lines = display.wrapped(text, 64)
    assert " ".join(lines) == " ".join(text.split())
    assert max(map(len, lines)) <= 64
