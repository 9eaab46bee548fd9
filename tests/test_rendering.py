"""The renderer: what a notebook stores of a chart, and charts over more rows than a browser holds."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import altair as alt
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from PIL import Image

import explore
from explore import charts, rendering
from explore.charts.figure import WIDTH
from explore.terms import ExploreError

if TYPE_CHECKING:
    from pathlib import Path

LIVE = "application/vnd.vegalite.v5+json"
LARGE = pd.DataFrame({"value": range(100_000), "kind": ["odd", "even"] * 50_000})
BINNED = alt.Chart(LARGE).mark_bar().encode(x=alt.X("value:Q", bin=True), y="count()")


@pytest.fixture(autouse=True)
def set_up() -> None:
    """Large charts are a matter of `setup()`."""
    explore.setup()


def test_bundle_holds_live_picture_and_words() -> None:
    """JupyterLab gets a Vega-Lite 5 specification, other viewers a picture, the rest the alt text."""
    spec = charts.timeline().to_dict()
    bundle, metadata = rendering.render(spec)
    assert set(bundle) == {LIVE, "image/png", "text/plain"}
    assert "/v5" in bundle[LIVE]["$schema"]
    assert bundle["text/plain"] == spec["description"]
    picture = Image.open(io.BytesIO(bundle["image/png"]))
    assert picture.width > WIDTH
    assert metadata["image/png"] == {"width": picture.width, "height": picture.height, "alt": spec["description"]}
    options = metadata[LIVE]["embed_options"]
    assert options["downloadFileName"] == "explore-timeline"
    assert options["actions"]["editor"] is False


def test_the_spec_stays_a_plain_chart() -> None:
    """File name and evidence are told beside the chart, not in it: what is stored can be put beside others."""
    bundle, _ = rendering.render(charts.timeline().to_dict())
    assert "usermeta" not in bundle[LIVE]
    both, metadata = rendering.render((charts.timeline() | charts.germany()).to_dict())
    assert metadata[LIVE]["embed_options"]["downloadFileName"] == "explore-timeline-explore-germany"
    alone = [chart.to_dict()["description"] for chart in (charts.timeline(), charts.germany())]
    assert both["text/plain"] == " ".join(alone)


def test_users_own_chart_is_rendered_too() -> None:
    """A chart without description or file name gets a bundle all the same; its own options stay."""
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_point().encode(x="a")
    bundle, _ = rendering.render(chart.to_dict())
    assert bundle["text/plain"] == "A chart without a description."
    chart.usermeta = {"embedOptions": {"downloadFileName": "mine"}}
    assert rendering.render(chart.to_dict())[1][LIVE]["embed_options"]["downloadFileName"] == "mine"


@pytest.mark.parametrize("transformer", ["vegafusion", "json", "csv"])
def test_a_notebook_stores_the_rows_whatever_the_transformer(
    transformer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a user's data transformer keeps outside of the specification is put back: nothing draws empty."""
    monkeypatch.chdir(tmp_path)
    frame = pd.DataFrame({"name": ["a", "b"], "n": [1, 2.5]})
    chart = alt.Chart(frame).mark_bar().encode(x="n:Q", y="name:N")
    with alt.data_transformers.enable(transformer):
        for made, rows in ((chart, frame.to_dict("records")), (chart | charts.arrests(), None)):
            live = drawn(made)[LIVE]
            assert "url" not in {key for view in rendering.views(live) for key in view.get("data", {})}
            assert rows is None or list(rendering.tables(live)) == [rows]


def drawn(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Show a chart as a notebook does."""
    return chart._repr_mimebundle_()[0]  # type: ignore[attr-defined]


def bars(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the bars that VegaFusion left of the rows."""
    tables = [one["values"] for one in bundle["application/vnd.vega.v5+json"]["data"] if "values" in one]
    return next(rows for rows in tables if "__count" in rows[0])


def test_a_hundred_thousand_rows_are_worked_out_first() -> None:
    """The notebook holds the bars, not the rows; the sum of the bars is every row."""
    bundle = drawn(BINNED)
    assert set(bundle) == {"application/vnd.vega.v5+json", "image/png", "text/plain"}
    assert len(str(bundle["application/vnd.vega.v5+json"])) < 20_000
    assert sum(bar["__count"] for bar in bars(bundle)) == len(LARGE)
    assert Image.open(io.BytesIO(bundle["image/png"])).width > 200


def test_the_tables_of_the_package_can_be_large() -> None:
    """Categories, nullable numbers and missing texts go the same way."""
    many = pd.concat([explore.statistics()] * 400, ignore_index=True)
    bundle = drawn(alt.Chart(many).mark_bar().encode(y="topic:N", x="count()", tooltip="max(n):Q"))
    assert {bar["topic"]: bar["__count"] for bar in bars(bundle)} == many["topic"].value_counts().to_dict()


def test_too_many_marks_become_a_picture_alone() -> None:
    """A hundred thousand points are drawn, but not stored one by one in the notebook."""
    bundle = drawn(alt.Chart(LARGE.assign(part=LARGE["value"] / 7)).mark_point().encode(x="value:Q", y="part:Q"))
    assert set(bundle) == {"image/png", "text/plain"}


def test_without_the_extra_a_large_chart_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the rows, the limit and the extra."""
    monkeypatch.setattr(rendering, "find_spec", lambda _: None)
    with pytest.raises(ExploreError, match=r"100,000 rows, and 5,000 .* pip install 'explore\[large\]'"):
        BINNED.to_dict()


def test_what_cannot_be_worked_out_is_drawn_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of VegaFusion costs the live part at most."""
    import vegafusion

    def fail(_: object) -> None:
        raise ValueError

    monkeypatch.setattr(type(vegafusion.runtime), "pre_transform_spec", lambda *_: fail(_))
    assert set(drawn(BINNED)) == {"image/png", "text/plain"}


@pytest.mark.parametrize("sign", [*map(chr, range(32)), "\x7f", "\ud800", "\ufffe"])
def test_no_sign_ends_the_kernel(sign: str) -> None:
    """Control characters of a text, such as the form feeds of a PDF, are left out of the picture."""
    chart = alt.Chart(alt.InlineData([{"a": f"one{sign}two"}])).mark_text().encode(text="a:N")
    assert "image/png" in drawn(chart)


def test_a_small_chart_is_as_it_was() -> None:
    """Up to Altair's own limit nothing changes, whether or not the extra is there."""
    spec = alt.Chart(LARGE.head(5000)).mark_bar().encode(x="value:Q").to_dict()
    assert [len(rows) for rows in spec["datasets"].values()] == [5000]


def test_a_large_chart_is_exported_and_saved_whole(tmp_path: Path) -> None:
    """Files do not need the extra: they hold every row."""
    table = explore.export(BINNED.properties(title="Rows"), tmp_path / "large.csv")
    assert table.read_text(encoding="utf-8-sig").count("\n") == len(LARGE) + 1
    BINNED.save(tmp_path / "large.png")
    assert Image.open(tmp_path / "large.png").width > 200


def test_a_transformer_of_ones_own_stays() -> None:
    """Who has switched on another way to pass data keeps it."""
    with alt.data_transformers.enable("json"):
        explore.setup()
        assert alt.data_transformers.active == "json"


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
def test_a_page_made_by_nbconvert_shows_the_picture_and_its_words(template: str) -> None:
    """Each look of nbconvert shows the picture of a chart; all but that of JupyterLab, which reads none, say its words."""
    bundle, metadata = rendering.render(charts.timeline().to_dict())
    stored = {**bundle, "image/png": base64.b64encode(bundle["image/png"]).decode()}
    output = nbformat.v4.new_output("display_data", stored, metadata=metadata)
    cell = nbformat.v4.new_code_cell("chart", outputs=[output])
    page, _ = HTMLExporter(template_name=template).from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    image = BeautifulSoup(page, "html.parser").select_one('img[src^="data:image/png"]')
    assert image is not None
    assert (image["alt"] == bundle["text/plain"]) is (template != "lab"), "strike lab off when nbconvert is mended"
