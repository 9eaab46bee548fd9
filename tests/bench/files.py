"""How fast files are written, and how small the report is."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import speed

CHARTS = """
import sys, time, pathlib, explore, vl_convert, altair as alt
from explore.exports import folder as every
folder = pathlib.Path(sys.argv[1])
charts = {name: make() for name, make in every.alone().items()}
explore.setup()
_s = time.perf_counter()
"""
OURS = """
for name, chart in charts.items():
    for suffix in ("png", "svg", "pdf", "html"):
        explore.export(chart, folder / f"{name}.{suffix}", overwrite=True)
"""
BARE = """
for name, chart in charts.items():
    spec = chart.to_dict()
    (folder / f"{name}.png").write_bytes(vl_convert.vegalite_to_png(spec, scale=2))
    (folder / f"{name}.svg").write_text(vl_convert.vegalite_to_svg(spec))
    (folder / f"{name}.pdf").write_bytes(vl_convert.vegalite_to_pdf(spec))
    (folder / f"{name}.html").write_text(vl_convert.vegalite_to_html(spec, bundle=True))
"""


def export() -> float:
    """Compare every chart in four formats, evidence inside, with bare calls of vl-convert."""
    with tempfile.TemporaryDirectory() as folder:
        return speed.ratio(CHARTS + OURS, CHARTS + BARE, folder, rounds=2)


def report_size() -> float:
    """Compare the size of the report with the sum of its charts, each saved as a page of its own."""
    import altair as alt

    from explore import exports

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        exports.export_all(folder)
        alone = 0
        for path in (folder / "charts").glob("*.html"):
            spec = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            kind = alt.LayerChart if "layer" in spec else alt.VConcatChart if "vconcat" in spec else alt.Chart
            kind.from_dict(spec, validate=False).save(folder / "one.html", inline=True)
            alone += (folder / "one.html").stat().st_size
        return (folder / "report.html").stat().st_size / alone


FOLDER = "import sys, tempfile\nfrom explore import exports\nexports.export_all(tempfile.mkdtemp(dir=sys.argv[1]), seeds=sys.argv[2])"


def export_folder() -> float:
    """Compare exporting all of 1,000 registers with exporting all of a third of them."""
    with tempfile.TemporaryDirectory() as large, tempfile.TemporaryDirectory() as small:
        speed.registers(Path(large), 1000)
        speed.registers(Path(small), 333)
        with tempfile.TemporaryDirectory() as out:
            return speed.seconds(FOLDER, out, large) / speed.seconds(FOLDER, out, small)


BENCHES = {"export-folder": (3.2, export_folder), "export": (1.25, export), "report-size": (1 / 6, report_size)}
