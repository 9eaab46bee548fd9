"""Pages: one chart, or a whole report, as one HTML file that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import jinja2
import pandas as pd
import vl_convert
from markupsafe import Markup

from explore.exports.metadata import LANGUAGE, LICENCE
from explore.exports.pictures import refuse_addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explore.exports.evidence import Evidence

# Draws as SVG, sharp in print, and reads expressions without eval, so that the page can forbid it.
_START = """
for (const place of document.querySelectorAll("[data-chart]")) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  vegaEmbed(place, spec, {
    renderer: "svg", ast: true, mode: "vega-lite",
    actions: {export: true, source: false, compiled: false, editor: false},
  }).then(() => {
    place.querySelector("summary")?.setAttribute("aria-label", "Save this chart as a picture");
    for (const mark of place.querySelectorAll("[role=graphics-symbol]:not([aria-label])")) {
      mark.setAttribute("aria-hidden", "true");
    }
  }).catch((error) => { place.textContent = "The chart cannot be drawn: " + error.message; });
}
for (const button of document.querySelectorAll(".enlarge")) {
  button.addEventListener("click", () => {
    const large = button.previousElementSibling.classList.toggle("large");
    button.setAttribute("aria-pressed", large);
  });
}
"""
_HARMLESS = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


class Link(NamedTuple):
    """A cell that leads elsewhere."""

    text: str
    address: str


class Figure(NamedTuple):
    """A chart on a page; `name` is its anchor."""

    name: str
    about: Evidence
    spec: dict[str, Any]
    heading: str = ""


class Row(NamedTuple):
    """A row of a table; `name` is its anchor. A cell is a value, a link, or a list of them, a line each."""

    name: str
    cells: list[object]


class Table(NamedTuple):
    """A table on a page; each column’s name with its share of the width in percent."""

    columns: dict[str, int]
    rows: list[Row]


class Section(NamedTuple):
    """A part of a page."""

    name: str
    title: str
    text: str = ""
    figures: list[Figure] = []  # noqa: RUF012
    table: Table | None = None


def chart(spec: dict[str, Any], about: Evidence) -> bytes:
    """Write one chart as a page, with its evidence as the caption and its data as a table."""
    return page(about.title, [Section("", "", figures=[Figure("chart", about, spec)])])


def page(title: str, sections: list[Section], *, lead: str = "", known: Mapping[str, str] | None = None) -> bytes:
    """Write a page of live charts and tables; the script is in it once, and nothing is loaded.

    The page forbids itself, by its Content-Security-Policy, to ask any address for anything and to
    run any other script. Every text is escaped.

    Args:
        title: of the page.
        sections: what is on it.
        lead: its first paragraph.
        known: texts of cells that are links on this page, with the names of their anchors.
    """
    figures = [figure for section in sections for figure in section.figures]
    for figure in figures:
        refuse_addresses(figure.spec)
    scripts = [script(), _START]
    text = _template().render(
        title=title,
        lead=lead,
        sections=sections,
        description=lead or figures[0].about.alt,
        known=known or {},
        scripts=[Markup(one) for one in scripts],  # noqa: S704
        hashes=[base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts],
        language=figures[0].about.language if len(figures) == 1 else LANGUAGE,
        licence=LICENCE,
    )
    return text.encode()


@lru_cache(maxsize=1)
def script() -> str:
    """Return the one script that draws charts: Vega, Vega-Lite and Vega-Embed."""
    return vl_convert.javascript_bundle()  # type: ignore[call-arg]


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {"cell": cell, "json": harmless_json}
    return environment.from_string(files("explore.exports").joinpath("page.html.j2").read_text("utf-8"))


def harmless_json(value: object) -> Markup:
    """Write a value as JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_HARMLESS))  # noqa: S704


def cell(value: Any, known: Mapping[str, str]) -> Markup:  # noqa: ANN401
    """Write a cell for a reader: known ids as links, missing as nothing, a minus as a minus.

    >>> cell(-3.9046, {}), cell("a/b", {"a/b": "s-a"}), cell(Link("x", "javascript:alert(1)"), {})
    (Markup('−3.9'), Markup('<a href="#s-a">a/b</a>'), Markup('x'))
    """
    if isinstance(value, Link):
        linked = Markup('<a href="{}">{}</a>').format(value.address, value.text)
        return linked if _harmless(value.address) else Markup.escape(value.text)
    if isinstance(value, list):
        lines = filter(None, (cell(one, known) for one in value))
        return Markup("<br>").join(lines)
    if value is None or pd.isna(value):
        return Markup()
    if isinstance(value, float):
        return Markup.escape(f"{value:.1f}".removesuffix(".0").replace("-", "−"))
    parts = [str(value)] if value in known else str(value).split(", ")
    if all(part in known for part in parts):
        return Markup(", ").join(cell(Link(part, f"#{known[part]}"), {}) for part in parts)
    return Markup.escape(value)


def _harmless(address: str) -> bool:
    """Say whether a page may link to an address: `javascript:` and the like would run programs."""
    try:
        return address.startswith("#") or urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False
