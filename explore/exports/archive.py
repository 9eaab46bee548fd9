"""One chart as an archive: picture, page, data, words, citation and the code that embeds it."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from explore.exports import pages, pictures, sheets, sizes
from explore.exports.metadata import CREATOR, LICENCE, templates
from explore.exports.packages import of_chart, slug

if TYPE_CHECKING:
    from explore.exports.evidence import Evidence
    from explore.exports.sizes import Shape

_BELOW = 160  # pixels: of a page that the lines under its chart take while they are folded
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_TEX = re.compile(r"[&%$#_]")


def archive(spec: dict[str, Any], about: Evidence, to: Shape) -> bytes:
    """Write all that a place needs to show a chart, and to say where its numbers come from, as a ZIP file."""
    name, svg = slug(about.name), sizes.framed(spec, to)
    width, height = sizes.sides(svg)
    entries = references(about)
    made = {
        f"{name}.png": pictures.png(svg, about, to.scale, to.dpi),
        f"{name}.svg": pictures.svg(svg, about),
        f"{name}.html": pages.chart(spec, about),
        "metadata.json": _json({**about.packed(), "extended": about.extended, "citation": entries}),
        "citation.json": _json(entries),
    }
    if not about.rows.empty:
        made[f"{name}.csv"] = sheets.csv(about.rows)
        made["datapackage.json"] = of_chart(about, f"{name}.csv", made[f"{name}.csv"])
    told = {"about": about, "name": name, "width": round(width), "height": round(height), "below": _BELOW}
    told |= {"entries": entries, "licence": LICENCE, "creator": CREATOR, "files": sorted(made)}
    environment = templates()
    environment.filters |= {"tex": tex, "link": pages.link}
    for file in ("README.txt", "citation.bib", "embed.html", "embed-picture.html"):
        made[file] = environment.get_template(f"{file}.j2").render(told).encode(errors="replace")
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as book:
        for file, content in made.items():
            one = ZipInfo(f"{name}/{file}", (1980, 1, 1, 0, 0, 0))  # the same bytes whenever it is written
            one.external_attr, one.compress_type = 0o644 << 16, ZIP_DEFLATED
            book.writestr(one, content)
    return packed.getvalue()


def references(about: Evidence) -> list[dict[str, Any]]:
    """List what is to be cited as CSL-JSON: the chart, then the pages where its values were read."""
    chart = {
        "id": slug(about.name),
        "type": "figure",
        "title": about.title,
        "author": [{"literal": CREATOR}],
        "note": about.source,
        "language": about.language,
    }
    return [chart, *(_page(f"{chart['id']}-source-{number}", one) for number, one in enumerate(about.pages, 1))]


def _page(key: str, read: dict[str, str]) -> dict[str, Any]:
    """Give a page where values were read as an entry: its title, who published it and when, as far as known."""
    made: dict[str, Any] = {"id": key, "type": "webpage", "title": read.get("title") or read["publisher"]}
    made |= {"author": [{"literal": read["publisher"]}], "URL": read["url"]}
    if _DAY.fullmatch(day := read.get("published", "")):
        made["issued"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    return made


def tex(text: str) -> str:
    r"""Write a text so that BibTeX takes it for nothing but text.

    >>> tex("97% of {a} & b")
    '97\\% of a \\& b'
    """
    return _TEX.sub(lambda sign: f"\\{sign[0]}", re.sub(r"[{}\\^~]", "", text))


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2, default=str)}\n".encode(errors="replace")
