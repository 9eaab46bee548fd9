"""Formats: any file gives its words, or one clear message; what is read can be stored and read again."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pypdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import explore
from explore.terms import ExploreError
from explore.texts import read_text
from explore.texts.formats import MAX_BYTES, locators

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: str) -> bytes:
    """Write a PDF, one line of Latin text a page."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, words in enumerate(pages):
        used = "/Resources << /Font << /F1 3 0 R >> >>"
        drawn = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET"
        parts += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * at} 0 R {used} >>",
            f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream",
        ]
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out.encode("cp1252")))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\n"
    return f"{out}startxref\n{len(out.encode('cp1252')) - len(out) + out.index('xref')}\n%%EOF\n".encode("cp1252")


def encrypted(raw: bytes) -> bytes:
    """Lock a PDF with a password."""
    writer, out = pypdf.PdfWriter(io.BytesIO(raw)), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def docx(body: str, **more: str) -> bytes:
    """Write a Word document of one body, and other parts by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, inner in {"document": body, **more}.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{WORD}"><w:body>{inner}</w:body></w:{name}>')
    return out.getvalue()


def run(words: str, style: str = "") -> str:
    """Write one run of a Word document."""
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


PAGE = """<!DOCTYPE html><html><head><title>A story | The Paper</title><style>p { margin: 5px }</style></head><body>
<h1>A <em>story</em></h1><script>var x = 99;</script><!-- 98 --><p>Some 4<b>2</b>&#37;<sup>7</sup> of
women&nbsp;said &ldquo;yes&rdquo;.<br>Next</p><p hidden>97</p><table><tr><td>1,000<td>2,000</table></body></html>"""
SHOWN = "A story\n\nSome 42%⁷ of women\u00a0said “yes”.\nNext\n\n1,000\t2,000"
RAISED = run("7", '<w:vertAlign w:val="superscript"/>')
BODY = (
    f'<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>{run("Some 4")}{run("2%")}'
    f"{RAISED}<w:del><w:r><w:delText>99</w:delText></w:r></w:del></w:p>"
    f"<w:tbl><w:tr><w:tc><w:p>{run('1,000')}</w:p></w:tc></w:tr></w:tbl>"
)
# The name of a file | its bytes | the words read | what it was taken for.
READ = [
    ("a.txt", b"\xef\xbb\xbfa\r\n7", "a\r\n7", "UTF-8"),
    ("a.txt", "£5m — 42%".encode("cp1252"), "£5m — 42%", "Windows-1252"),
    ("a.txt", "caf\u00e9 42%".encode("latin-1"), "café 42%", "Windows-1252"),
    ("a.txt", "W 2012 roku było 45 procent pracowników, a później więcej".encode("cp1250"),
     "W 2012 roku było 45 procent pracowników, a później więcej", "Windows-1250"),
    ("a.txt", "£5m — 42%".encode("utf-16"), "£5m — 42%", "UTF-16"),
    ("a.txt", "Some 42% of us".encode("utf-16-le"), "Some 42% of us", "UTF-16-LE"),
    ("a.txt", "£5m — 42%".encode("utf-32"), "£5m — 42%", "UTF-32"),
    ("a.txt", PAGE.encode(), PAGE, "UTF-8"),
    ("a.md", b"# Title\n\n**42%**\n", "# Title\n\n**42%**\n", "UTF-8"),
    ("a.html", PAGE.encode(), SHOWN, "HTML in UTF-8"),
    ("a.aspx", PAGE.encode(), SHOWN, "HTML in UTF-8"),
    ("a.xhtml", PAGE.encode("utf-16"), SHOWN, "HTML in UTF-16"),
    ("a.htm", b"<meta charset=iso-8859-2><p>\xb37%", "ł7%", "HTML in ISO-8859-2"),
    ("a.pdf", pdf("Some 42% of us.", "Then 43%, for \xa35."), "Some 42% of us.\n\fThen 43%, for £5.\n\f", "PDF, pages: 2"),
    ("a.pdf", pdf("Some 42% of us.", ""), "Some 42% of us.\n\f\n\f", "PDF, pages: 2, without text: 1"),
    ("a.pdf", pdf("Some 42%) Tj /F1 8 Tf 54 5 Td (7) Tj /F1 12 Tf 6 -5 Td ( of us."), "Some 42%⁷ of us.\n\f", "PDF, pages: 1"),
    ("a.docx", docx(BODY, footnotes=f"<w:p>{run('Of 220')}</w:p>"), "Some 42%⁷\n\n1,000\n\nOf 220", "Word document"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "raw", "words", "read_as"), READ)
def test_any_file_gives_its_words(tmp_path: Path, name: str, raw: bytes, words: str, read_as: str) -> None:
    """Encodings, web pages, PDF and Word: the words as a reader sees them, and what the file was taken for."""
    path = tmp_path / name
    path.write_bytes(raw)
    found = read_text(path)
    assert (found.words, found.read_as) == (words, read_as)


def test_a_web_page_knows_its_title(tmp_path: Path) -> None:
    """The heading of a page is its title, not what stands beside it in the window's title."""
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    assert read_text(tmp_path / "a.html").title == "A story"


def test_places_are_told_by_page_or_paragraph() -> None:
    """A text of a PDF tells its pages, also once it is stored as plain text; another its paragraphs."""
    assert [name for _, name in locators("a\n\fb\n\f")] == ["page 1", "page 2", "page 3"]
    assert list(locators("a\r\n\r\nb\n\n\nc")) == [(0, "paragraph 1"), (5, "paragraph 2"), (9, "paragraph 3")]


def _folder(path: Path) -> None:
    path.mkdir()


def holding(raw: bytes) -> Callable[[Path], object]:
    """Give what writes a file with these bytes."""
    return lambda path: path.write_bytes(raw)


ENTITY = f'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="{WORD}"/>'
SHEET = io.BytesIO()
with zipfile.ZipFile(SHEET, "w") as _archive:
    _archive.writestr("xl/workbook.xml", "<a/>")
HOSTILE = io.BytesIO()
with zipfile.ZipFile(HOSTILE, "w") as _archive:
    _archive.writestr("word/document.xml", ENTITY)
# How the file comes to be | what the message says.
BAD = {
    "missing": (lambda _: None, "there is no such file"),
    "folder": (_folder, "is a folder; name one text"),
    "empty": (holding(b""), "is empty; save the text of the document in it"),
    "blank": (holding(b" \r\n"), "is empty; save the text of the document in it"),
    "binary": (holding(b"a\0b" * 9), "is no text; save the document’s words as plain UTF-8 text"),
    "picture": (holding(b"\x89PNG\r\n\x1a\n\0\0"), "is a picture; save the document’s words"),
    "old word": (holding(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "open it in Word or LibreOffice and save it as .docx"),
    "rtf": (holding(b"{\\rtf1 7}"), "is a rich text file; open it in Word or LibreOffice"),
    "half a pdf": (holding(pdf("7 people")[:60]), "is broken ("),
    "scanned pdf": (holding(pdf("", "")), "holds no text that can be read, perhaps only pictures of pages; run a text"),
    "locked pdf": (holding(encrypted(pdf("7 people"))), "is encrypted; open it with its password and print it"),
    "half a docx": (holding(docx(BODY)[:200]), "is broken ("),
    "empty docx": (holding(docx("<w:p/>")), "holds no words, perhaps only pictures"),
    "sheet": (holding(SHEET.getvalue()), "is no Word document; save its words as .docx, .html, .pdf or plain text"),
    "hostile docx": (holding(HOSTILE.getvalue()), "is no plain Word document; open it and save it anew"),
    "bare page": (holding(b"<html><script>7</script></html>"), "shows no words of its own; open it in a browser"),
    "large": (holding(b"7 " * (MAX_BYTES // 2 + 1)), "take a text of 20,000,000 at most, or a part of it"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_has_one_clear_message(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    """What cannot be read names the file and says what to do, and is never a text without numbers."""
    path = tmp_path / "a.file"
    make(path)
    with pytest.raises(ExploreError, match=re.escape(message)) as error:
        explore.scan(path)
    assert "a.file" in str(error.value)


def test_an_address_is_no_file() -> None:
    """A page of the web has to be saved first: nothing is fetched."""
    for address in ("https://example.org/a.pdf", "www.example.org", "file:///a.txt"):
        with pytest.raises(ExploreError, match="is an address; save the page as"):
            read_text(address)


SCRIPTS = st.text(st.sampled_from(list("7 42%٣४七Жλא\u202e\u00ad\u0301\U0001d7d5\ud800\0\x0b\f\x1b\ufeff\r\n\t<>&;/")))
TAGS = st.lists(
    st.sampled_from([*PAGE.split(">"), "<![CDATA[", "<!--", "<?xml", "&#x110000;", "&#0;", "</", "<pre>", "<sup>"])
).map(">".join)
MADE = {
    "a.txt": st.binary() | SCRIPTS.map(lambda text: text.encode("utf-8", "replace")),
    "a.md": SCRIPTS.map(lambda text: text.encode("utf-16", "surrogatepass")),
    "a.html": (TAGS | SCRIPTS).map(lambda text: text.encode("utf-8", "replace")),
    "a.pdf": st.tuples(st.integers(0, 400), st.binary(max_size=40)).map(
        lambda at: pdf("7 people")[: at[0]] + at[1] + pdf("7 people")[at[0] + len(at[1]) :]
    ),
    "a.docx": st.tuples(st.integers(0, 400), st.binary(max_size=40)).map(
        lambda at: docx(BODY)[: at[0]] + at[1] + docx(BODY)[at[0] + len(at[1]) :]
    ),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.sampled_from(list(MADE)).flatmap(lambda name: st.tuples(st.just(name), MADE[name])))
@example(made=("a.html", b"&#xFEFF;7\x0b&#13;8"))
@example(made=("a.pdf", pdf("7 € \x01 \\000")))
def test_hostile_files_are_read_or_refused(tmp_path: Path, made: tuple[str, bytes]) -> None:
    """Nothing but ExploreError comes out; what was read, stored as plain text, is read as the same words."""
    path = tmp_path / made[0]
    path.write_bytes(made[1])
    try:
        found = read_text(path)
        explore.scan(path)
    except ExploreError:
        return
    if made[0] not in ("a.txt", "a.md"):
        stored = tmp_path / "stored.txt"
        stored.write_bytes(found.words.encode())
        again = read_text(stored)
        assert (again.words, again.sha256) == (found.words, found.sha256)
