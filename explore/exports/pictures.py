"""Charts as pictures: SVG, PNG and PDF, with their evidence inside."""

from __future__ import annotations

import io
import logging
import re
from html import escape
from threading import Lock
from typing import TYPE_CHECKING, Any

import vl_convert
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, IndirectObject, read_object

from explore.exports.metadata import CREATOR, EVIDENCE, LICENCE, as_json, packet, rdf
from explore.rendering import drawable, drawn_svg, with_rows

if TYPE_CHECKING:
    from explore.exports.evidence import Evidence

_ALONE = Lock()  # the level of a logger is that of the whole process


def svg(picture: str, about: Evidence) -> bytes:
    """Give a drawn chart `<title>`, `<desc>` and metadata, as one image for screen readers."""
    start, _, rest = picture.partition(">")
    ids = [f"{re.sub(r'[^A-Za-z0-9-]+', '-', about.name)}-{part}" for part in ("title", "desc")]
    told = f"{about.alt} {about.source}".strip()
    head = (
        f'{start} role="img" aria-labelledby="{" ".join(ids)}" xml:lang="{escape(about.language)}">'
        f'<title id="{ids[0]}">{escape(about.title)}</title><desc id="{ids[1]}">{escape(told)}</desc>'
        f'<metadata>{rdf(about)}</metadata><metadata id="{EVIDENCE}">{escape(as_json(about), quote=False)}</metadata>'
    )
    return (head + rest).encode()


def png(svg: str, about: Evidence, scale: float, dpi: float) -> bytes:
    """Turn a drawn chart into a PNG with text chunks (iTXt) and an XMP packet; every pixel is kept."""
    picture: Image.Image = Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=scale)))
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
    picture.save(packed, "PNG", pnginfo=info, dpi=(dpi, dpi))
    return packed.getvalue()


def pdf(svg: str, about: Evidence) -> bytes:
    """Turn a drawn chart into a PDF: one tagged figure with alt text, title, subject, keywords and language."""
    noise = logging.getLogger("pypdf")
    content = io.BytesIO(vl_convert.svg_to_pdf(svg))
    with _ALONE:
        level = noise.level
        noise.setLevel(logging.CRITICAL)  # vl-convert counts its objects wrongly, which harms nobody
        try:
            writer = PdfWriter(clone_from=content)
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
    metadata.update(_object("<< /Type /Metadata /Subtype /XML >>", writer))
    tree = _tagged(writer, about)
    writer.root_object.update(
        _object(
            f"<< /Metadata {_put(writer, metadata)} /Lang {_text(about.language)} {tree}"
            " /ViewerPreferences << /DisplayDocTitle true >> >>",
            writer,
        )
    )
    writer.pdf_header = "%PDF-1.7"
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def _tagged(writer: PdfWriter, about: Evidence) -> str:
    """Mark the page as one figure with alt text (PDF 1.7, 14.8), which screen readers speak; return its entries."""
    page = writer.pages[0]
    content, marked = page.get_contents(), DecodedStreamObject()
    if content is None:  # a page without anything on it has nothing to tell
        return ""
    marked.set_data(b"/Figure <</MCID 0>> BDC\n" + content.get_data() + b"\nEMC")
    page.update(_object(f"<< /Contents {_put(writer, marked.flate_encode())} /StructParents 0 >>", writer))
    box = " ".join(map(str, page.mediabox))
    tree = _object("<< /Type /StructTreeRoot >>", writer)
    root, at = _put(writer, tree), _refer(page.indirect_reference)  # type: ignore[arg-type]  # pages of files have one
    figure = _object(
        f"<< /Type /StructElem /S /Figure /P {root} /Pg {at} /K 0 /Alt {_text(about.alt)}"
        f" /A << /O /Layout /BBox [{box}] >> >>",
        writer,
    )
    kid = _put(writer, figure)
    parents = _put(writer, _object(f"<< /Nums [0 [{kid}]] >>", writer))
    tree.update(_object(f"<< /K {kid} /ParentTree {parents} >>", writer))
    return f"/StructTreeRoot {root} /MarkInfo << /Marked true >>"


def _object(words: str, writer: PdfWriter) -> Any:  # noqa: ANN401  # any kind of object
    """Read an object as PDF writes it."""
    return read_object(io.BytesIO(words.encode()), writer)  # type: ignore[arg-type]  # it asks for no more


def _put(writer: PdfWriter, made: Any) -> str:  # noqa: ANN401
    """Put an object into the file; return how others refer to it."""
    return _refer(writer._add_object(made))  # noqa: SLF001


def _refer(at: IndirectObject) -> str:
    return f"{at.idnum} {at.generation} R"


def _text(words: str) -> str:
    return f"<{(chr(0xFEFF) + words).encode('utf-16-be').hex()}>"


def drawn(spec: dict[str, Any]) -> str:
    """Draw a chart as SVG, without anything that lies outside of its specification."""
    return drawn_svg(drawable(with_rows(spec, alone=True)))
