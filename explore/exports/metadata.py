"""The words that pictures and PDF files carry (XMP), readable by photo and library programs, and by this package."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jinja2

if TYPE_CHECKING:
    from explore.exports.evidence import Evidence

LICENCE = (
    "Made with explore, whose own charts and tables are under the MIT licence. Quoted words belong to their publishers."
)
STATEMENT = "https://spdx.org/licenses/MIT.html"  # what the licence allows, in full
CREATOR = "explore"
LANGUAGE = "en"
EVIDENCE = "explore-evidence"  # the element of an SVG file that holds its rows
_OURS = "urn:x-explore:1/"


@lru_cache(maxsize=1)
def templates() -> jinja2.Environment:
    """Return the templates of pages and metadata; every text that they are given is escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def rdf(about: Evidence, packed: str = "") -> str:
    """Write title, alt text, rows in words, source and licence as RDF, under the names of Dublin Core and IPTC.

    Without what is `packed` only namespaces are used that Wikimedia takes in an SVG file: not IPTC’s, nor ours.
    """
    told = {"about": about, "packed": packed, "licence": LICENCE, "statement": STATEMENT}
    return templates().get_template("rdf.xml.j2").render(told, creator=CREATOR, ours=_OURS)


def as_json(about: Evidence) -> str:
    """Write all that a file carries as JSON."""
    return json.dumps(about.packed(), ensure_ascii=False)


def packet(about: Evidence) -> str:
    """Wrap the metadata as an XMP packet."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf(about, as_json(about))}</x:xmpmeta><?xpacket end="r"?>'
    )


def packed_in(xml: str | bytes) -> str:
    """Return what `Evidence.packed` wrote, out of a packet or an SVG file; empty where there is none."""
    root = ET.fromstring(xml)  # noqa: S314  # expat bounds what entities make
    return root.findtext(f".//{{{_OURS}}}evidence") or root.findtext(f".//*[@id='{EVIDENCE}']") or ""
