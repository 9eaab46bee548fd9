"""The metadata packet (XMP) that pictures and PDF files carry, readable by photo and library programs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from explore.exports.evidence import Evidence

from explore.exports.evidence import CREATOR, LICENCE

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_IPTC = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
for _prefix, _uri in (("rdf", _RDF), ("dc", _DC), ("xmp", _XMP), ("Iptc4xmpCore", _IPTC)):
    ET.register_namespace(_prefix, _uri)


def rdf(about: Evidence) -> str:
    """Write title, alt text, source with quoted words, and licence as RDF, the way XMP and SVG want it."""
    root = ET.Element(f"{{{_RDF}}}RDF")
    node = ET.SubElement(root, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    ET.SubElement(node, f"{{{_DC}}}source").text = "\n".join([about.source, *about.quotes]).strip()
    ET.SubElement(node, f"{{{_XMP}}}CreatorTool").text = CREATOR
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
