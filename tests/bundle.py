"""Bundle the script of a live chart anew: `python tests/bundle.py`, after a change of live.js or of vl-convert."""

from __future__ import annotations

from pathlib import Path

import altair as alt
import vl_convert

ROOT = Path(__file__).parents[1] / "explore"
SCRIPT = ROOT / "panels" / "live.bundle.js"


def bundled() -> str:
    """Bundle live.js with Vega and all that it needs, under the licence of Vega."""
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    source = SCRIPT.with_name("live.js").read_text("utf-8")
    licence = (ROOT / "exports" / "templates" / "vega-licence.txt").read_text("utf-8").partition("\n\n")[2].strip()
    head = f"live.js with Vega, Vega-Lite and Vega-Embed, {made_with()}: python tests/bundle.py"
    return f"/*! {head}\n\n{licence}\n*/\n{vl_convert.javascript_bundle(source, vl_version=version)}\n"


def made_with() -> str:
    """Name what bundles: another version of it may write another script."""
    return f"bundled by vl-convert {vl_convert.__version__} for Vega-Lite {alt.SCHEMA_VERSION}"


if __name__ == "__main__":
    SCRIPT.write_text(bundled(), "utf-8", newline="\n")
