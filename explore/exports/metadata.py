"""The metadata packet (XMP) that pictures and PDF files carry, readable by photo and library programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from explore.exports.evidence import Evidence

LICENCE = (
    "Made with explore, whose own charts and tables are under the MIT licence. Quoted words belong to their publishers."
)
LICENCE_ID = "MIT"
CREATOR = "explore"
LANGUAGE = "en"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_IPTC = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_OURS = "urn:x-explore:evidence:1/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
for _prefix, _uri in (("rdf", _RDF), ("dc", _DC), ("xmp", _XMP), ("Iptc4xmpCore", _IPTC), ("explore", _OURS)):
    ET.register_namespace(_prefix, _uri)


def rdf(about: Evidence) -> str:
    """Write title, alt text, source with quoted words, licence and rows as RDF, the way XMP and SVG want it."""
    root = ET.Element(f"{{{_RDF}}}RDF")
    node = ET.SubElement(root, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    ET.SubElement(node, f"{{{_DC}}}source").text = "\n".join([about.source, *about.quotes]).strip()
    ET.SubElement(node, f"{{{_XMP}}}CreatorTool").text = CREATOR
    ET.SubElement(node, f"{{{_OURS}}}rows").text = json.dumps(about.packed(), ensure_ascii=False)
    languages = ET.SubElement(ET.SubElement(node, f"{{{_DC}}}language"), f"{{{_RDF}}}Bag")
    ET.SubElement(languages, f"{{{_RDF}}}li").text = about.language
    for name, text in (
        (f"{{{_DC}}}title", about.title),
        (f"{{{_DC}}}description", about.alt),
        (f"{{{_DC}}}rights", LICENCE),
        (f"{{{_IPTC}}}AltTextAccessibility", about.alt),
    ):
        choice = ET.SubElement(ET.SubElement(node, name), f"{{{_RDF}}}Alt")
        ET.SubElement(choice, f"{{{_RDF}}}li", {_LANG: "x-default"}).text = text
    return ET.tostring(root, encoding="unicode")


def packet(about: Evidence) -> str:
    """Wrap the metadata as an XMP packet."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf(about)}</x:xmpmeta><?xpacket end="r"?>'
    )


def packed_in(xml: str | bytes) -> str:
    """Return what `Evidence.packed` wrote, out of a packet or an SVG file; empty where there is none."""
    try:
        return ET.fromstring(xml).findtext(f".//{{{_OURS}}}rows") or ""  # noqa: S314  # expat bounds what entities make
    except ET.ParseError:
        return ""
