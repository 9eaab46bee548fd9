"""Charts as pictures: SVG, PNG and PDF, with their evidence inside."""

from __future__ import annotations

import io
import json
import logging
import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

import vl_convert
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from explore.exports.evidence import CREATOR, LICENCE
from explore.exports.metadata import packet, rdf
from explore.rendering import drawable
from explore.terms import ExploreError

if TYPE_CHECKING:
    from explore.exports.evidence import Evidence

_DPI = 72  # of a picture at scale 1


def svg(spec: dict[str, Any], about: Evidence) -> bytes:
    """Draw a chart as SVG, with `<title>`, `<desc>` and metadata, as one image for screen readers."""
    start, _, rest = _drawn(spec).partition(">")
    ids = [f"{re.sub(r'[^A-Za-z0-9-]+', '-', about.name)}-{part}" for part in ("title", "desc")]
    told = f"{about.alt} {about.source}".strip()
    head = (
        f'{start} role="img" aria-labelledby="{" ".join(ids)}" xml:lang="{escape(about.language)}">'
        f'<title id="{ids[0]}">{escape(about.title)}</title><desc id="{ids[1]}">{escape(told)}</desc>'
        f"<metadata>{rdf(about)}</metadata>"
    )
    return (head + rest).encode()


def png(spec: dict[str, Any], about: Evidence, scale: float) -> bytes:
    """Draw a chart as PNG with text chunks (iTXt) and an XMP packet; every pixel is kept."""
    picture: Image.Image = Image.open(io.BytesIO(vl_convert.svg_to_png(_drawn(spec), scale=scale)))
    if picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    info = PngImagePlugin.PngInfo()
    for name, text in {
        "Title": about.title,
        "Description": about.alt,
        "Source": "\n".join(filter(None, [about.source, *about.quotes])),
        "Copyright": LICENCE,
        "Software": CREATOR,
    }.items():
        if text:
            info.add_itxt(name, text, lang=about.language)
    info.add_itxt("XML:com.adobe.xmp", packet(about))  # no language: readers know it by its empty one
    packed = io.BytesIO()
    picture.save(packed, "PNG", pnginfo=info, dpi=(_DPI * scale, _DPI * scale))
    return packed.getvalue()


def pdf(spec: dict[str, Any], about: Evidence) -> bytes:
    """Draw a chart as PDF: one tagged figure with alt text, title, subject, keywords and language."""
    noise = logging.getLogger("pypdf")
    level = noise.level
    noise.setLevel(logging.CRITICAL)  # vl-convert counts its objects wrongly, which harms nobody
    try:
        writer = PdfWriter(clone_from=io.BytesIO(vl_convert.svg_to_pdf(_drawn(spec))))
    finally:
        noise.setLevel(level)
    writer.add_metadata(
        {
            "/Title": about.title,
            "/Subject": f"{about.alt} {about.source}".strip(),
            "/Keywords": "\n".join([*about.quotes, LICENCE]),
            "/Creator": CREATOR,
        }
    )
    metadata = DecodedStreamObject()
    metadata.set_data(packet(about).encode())
    for name, kind in (("/Type", "/Metadata"), ("/Subtype", "/XML")):
        metadata[NameObject(name)] = NameObject(kind)
    root = writer.root_object
    root[NameObject("/Metadata")] = writer._add_object(metadata)  # noqa: SLF001
    root[NameObject("/Lang")] = TextStringObject(about.language)
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(value=True)})
    root[NameObject("/ViewerPreferences")] = shown
    _tag(writer, about)
    writer.pdf_header = "%PDF-1.7"
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def _tag(writer: PdfWriter, about: Evidence) -> None:
    """Mark the page as one figure with alt text (PDF 1.7, 14.8), which screen readers speak."""
    page = writer.pages[0]
    content, drawn = page.get_contents(), DecodedStreamObject()
    if content is None:  # a page without anything on it has nothing to tell
        return
    drawn.set_data(b"/Figure <</MCID 0>> BDC\n" + content.get_data() + b"\nEMC")
    page[NameObject("/Contents")] = writer._add_object(drawn.flate_encode())  # noqa: SLF001
    page[NameObject("/StructParents")] = NumberObject(0)
    tree, figure = DictionaryObject(), DictionaryObject()
    at, of = (writer._add_object(one) for one in (tree, figure))  # noqa: SLF001
    box = ArrayObject(page.mediabox)
    layout = {NameObject("/O"): NameObject("/Layout"), NameObject("/BBox"): box}
    figure.update(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/Figure"),
            NameObject("/P"): at,
            NameObject("/Pg"): page.indirect_reference,
            NameObject("/K"): NumberObject(0),
            NameObject("/Alt"): TextStringObject(about.alt),
            NameObject("/A"): DictionaryObject(layout),
        }
    )
    parents = DictionaryObject({NameObject("/Nums"): ArrayObject([NumberObject(0), ArrayObject([of])])})
    tree.update(
        {
            NameObject("/Type"): NameObject("/StructTreeRoot"),
            NameObject("/K"): of,
            NameObject("/ParentTree"): writer._add_object(parents),  # noqa: SLF001
        }
    )
    root = writer.root_object
    root[NameObject("/StructTreeRoot")] = at
    root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(value=True)})


def _drawn(spec: dict[str, Any]) -> str:
    """Draw a chart once, however many formats it is written in."""
    return _svg_of(drawable(spec))


@lru_cache(maxsize=4)
def _svg_of(spec: str) -> str:
    refuse_addresses(json.loads(spec))
    try:
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    except ValueError as error:
        first = str(error).partition("\n")[2].partition("\n")[0].removeprefix("Error: ")
        raise ExploreError(f"the chart cannot be drawn: {first or error}; correct the chart") from error


def refuse_addresses(part: object) -> None:
    """Refuse a chart that loads its data from an address: its file would not hold them."""
    if isinstance(part, list):
        for one in part:
            refuse_addresses(one)
    elif isinstance(part, dict):
        data = part.get("data")
        if isinstance(data, dict) and "url" in data:
            raise ExploreError(
                f"the chart loads its data from {data['url']}; read them with pandas and give the chart the DataFrame"
            )
        for name, one in part.items():
            if name not in {"datasets", "values"}:  # rows, not instructions
                refuse_addresses(one)
