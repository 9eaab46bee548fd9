"""Pages: one chart, or a whole report, as one HTML file that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import jinja2
import pandas as pd
import vl_convert
from markupsafe import Markup

from explore.exports.metadata import LANGUAGE, LICENCE
from explore.exports.pictures import refuse_addresses
from explore.rendering import file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explore.exports.evidence import Evidence

# Draws as SVG, sharp in print, and reads expressions without eval, so that the page can forbid it.
_START = """
const narrow = matchMedia("(max-width: 40rem)").matches;
for (const place of document.querySelectorAll("[data-chart]")) {
  const of = (kind) => document.getElementById(place.dataset.chart + kind);
  const spec = JSON.parse(((narrow && of("-narrow")) || of("")).textContent);
  vegaEmbed(place, spec, {
    renderer: "svg", ast: true, mode: "vega-lite", downloadFileName: place.dataset.file,
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


class Figure(NamedTuple):
    """A chart on a page; `name` is its anchor, `narrow` the same chart laid out for a phone."""

    name: str
    about: Evidence
    spec: dict[str, Any]
    narrow: dict[str, Any] | None = None

    @property
    def file(self) -> str:
        """Name the file that a reader saves the chart as."""
        return file_name(self.spec)


def chart(spec: dict[str, Any], about: Evidence) -> bytes:
    """Write one chart as a page, with its evidence as the caption and its data as a table."""
    return page("page", [Figure("chart", about, spec)], title=about.title, description=about.alt, language=about.language)


def page(template: str, figures: Sequence[Figure], **told: object) -> bytes:
    """Write a page of live charts and tables; the script is in it once, and nothing is loaded.

    The page forbids itself, by its Content-Security-Policy, to ask any address for anything and to
    run any other script. Every text is escaped.

    Args:
        template: name of its template.
        figures: what is on it.
        told: what else its template asks for.
    """
    for figure in figures:
        refuse_addresses(figure.spec)
    scripts = [script(), _START]
    text = _templates().get_template(f"{template}.html.j2").render(
        {"language": LANGUAGE, "known": {}, **told},
        figures=figures,
        scripts=[Markup(one) for one in scripts],  # noqa: S704
        hashes=[base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts],
        licence=LICENCE,
    )
    return text.encode()


@lru_cache(maxsize=1)
def script() -> str:
    """Return the one script that draws charts: Vega, Vega-Lite and Vega-Embed."""
    return vl_convert.javascript_bundle()  # type: ignore[call-arg]


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"cell": cell, "json": harmless_json, "link": link, "anchor": anchor}
    return environment


def anchor(key: str) -> str:
    """Name the place of a statistic or a document on the page.

    >>> anchor("autostraddle-2015/la-solicited")
    'is-autostraddle-2015.la-solicited'
    """
    return f"is-{key.replace('/', '.')}"


def harmless_json(value: object) -> Markup:
    """Write a value as JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_HARMLESS))  # noqa: S704


def link(text: object, address: object) -> Markup:
    """Write a link; words alone where the address would run a program or is none.

    >>> link("x", "javascript:alert(1)"), link("x", "#a")
    (Markup('x'), Markup('<a href="#a">x</a>'))
    """
    try:
        leads = isinstance(address, str) and (address[:1] == "#" or urlsplit(address).scheme in {"http", "https"})
    except ValueError:
        leads = False
    return Markup('<a href="{}">{}</a>').format(address, text) if leads else Markup.escape(text)


def cell(value: Any, known: set[str]) -> Markup:  # noqa: ANN401  # any cell
    """Write a cell for a reader: known ids and addresses as links, missing as nothing, a minus as a minus.

    >>> cell(-3.9, set()), cell("a/b", {"a/b"}), cell("https://a.org/b", set())
    (Markup('−3.9'), Markup('<a href="#is-a.b">a/b</a>'), Markup('<a href="https://a.org/b">a.org</a>'))
    """
    if value is None or pd.isna(value):
        return Markup()
    if isinstance(value, float):
        return Markup.escape(str(round(value, 3)).removesuffix(".0").replace("-", "−"))
    parts = str(value).split(", ")
    if all(part in known for part in parts):
        return Markup(", ").join(link(part, f"#{anchor(part)}") for part in parts)
    return link(urlsplit(str(value)).netloc, value) if str(value).startswith(("http://", "https://")) else Markup.escape(value)
