"""Pages: one chart, or a whole report, as one HTML file that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import vl_convert
from markupsafe import Markup

from explore.exports.metadata import LANGUAGE, LICENCE, templates
from explore.exports.pictures import drawn
from explore.rendering import file_name, with_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from explore.exports.evidence import Evidence

_HARMLESS = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


class Figure(NamedTuple):
    """A chart on a page; `name` is its anchor, `narrow` the same chart laid out for a telephone.

    `still` is its picture as SVG, for readers that run no script.
    """

    name: str
    about: Evidence
    spec: dict[str, Any]
    still: str
    narrow: dict[str, Any] | None = None


def chart(spec: dict[str, Any], about: Evidence) -> bytes:
    """Write one chart as a page, with its words and its data under it."""
    told = {"title": about.title, "description": about.alt, "language": about.language}
    return page("page", [Figure("chart", about, spec, drawn(spec))], **told)


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
        with_rows(figure.spec, alone=True)
    environment = templates()
    environment.filters |= {"cell": cell, "json": harmless_json, "link": link, "anchor": anchor, "file": file_name}
    environment.filters["base64"] = lambda text: base64.b64encode(text.encode()).decode()
    scripts = [script(), *(environment.get_template(name).render() for name in ("start.js", "tree.js"))]
    text = environment.get_template(f"{template}.html.j2").render(
        {"language": LANGUAGE, "known": (), **told},
        figures=figures,
        scripts=[Markup(one) for one in scripts],  # noqa: S704
        hashes=[base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts],
        licence=LICENCE,
    )
    return text.encode(errors="replace")


@lru_cache(maxsize=1)
def script() -> str:
    """Return the one script that draws charts: Vega, Vega-Lite and Vega-Embed, under their licence."""
    notice = templates().get_template("vega-licence.txt").render()
    return f"/*\n{notice}\n*/\n{vl_convert.javascript_bundle()}"  # type: ignore[call-arg]


def anchor(key: str) -> str:
    """Name the place of a statistic or a document on the page.

    >>> anchor("autostraddle-2015/la-solicited")
    'is-autostraddle-2015.la-solicited'
    """
    return f"is-{key.replace('/', '.')}"


def harmless_json(value: object) -> Markup:
    """Write a value as JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(text.translate(_HARMLESS))  # noqa: S704


def link(text: object, address: object) -> Markup:
    """Write a link; words alone where the address would run a program or is none.

    >>> link("x", "javascript:alert(1)"), link("x", "#a")
    (Markup('x'), Markup('<a href="#a">x</a>'))
    """
    if not str(address).startswith(("#", "https://", "http://")):
        return Markup.escape(text)
    return Markup('<a href="{}">{}</a>').format(address, text)


def cell(value: Any, known: Collection[str]) -> Markup:  # noqa: ANN401  # any cell
    """Write a cell for a reader: known ids and addresses as links, missing as nothing, a minus as a minus.

    >>> cell(-3.9, []), cell("a/b", ["a/b"]), cell("https://a.org/b", [])
    (Markup('−3.9'), Markup('<a href="#is-a.b">a/b</a>'), Markup('<a href="https://a.org/b">a.org</a>'))
    """
    if value is None or pd.isna(value):
        return Markup()
    if isinstance(value, float):
        return Markup.escape(str(round(value, 3)).removesuffix(".0").replace("-", "−"))
    text = str(value)
    if text.startswith(("https://", "http://")):
        return link(text.split("/")[2], text)
    ids = text.split(", ")
    linked = Markup(", ").join(link(each, f"#{anchor(each)}") for each in ids)
    return linked if all(each in known for each in ids) else Markup.escape(text)
