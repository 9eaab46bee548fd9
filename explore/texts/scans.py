"""Scans: every number of a text, and whether its register accounts for it."""

from __future__ import annotations

import hashlib
import html
import json
import re
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from explore import numbers
from explore.register import Register, read, shipped
from explore.register.schema import ID, Dismissed, Series, Statistic
from explore.terms import SCAN_COLUMNS, ExploreError, Mistake, nearest, refuse
from explore.texts.spans import MAX_BYTES, Text, read_text, same, spans, text_path

if TYPE_CHECKING:
    from collections.abc import Iterator

_WINDOW = 200  # characters on either side of a number that a sentence may fill
_LIST_OR_END = re.compile(
    r"^[ \t]*\d{1,3}[.)]"
    r"|(?P<end>(?<!\bNo)(?<!\bSt)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bvol)(?<!\bpp)(?<!\b[a-zA-Z])"
    r"(?<![.!?…])[.!?…]++[\"”’)\]]*+(?=\s)"
    r"|\n\s*\n|\Z)",
    re.MULTILINE,
)
_FILE_NAME = re.compile(r"[^\s<>|]+\.(?:txt|toml|md|csv|html?|pdf|docx?|json)", re.IGNORECASE)
_LONGEST_PATH = 1000
_CATEGORIES = {
    "kind": list(numbers.KINDS),
    "status": ["statistic", "dismissed", "open"],
    "suggested": ["statistic", "dismissed"],
}


class Scan(pd.DataFrame):
    """The table that `scan` gives; a notebook shows it as the text with its numbers marked."""

    _metadata = ["words_read"]  # noqa: RUF012
    words_read: str

    @property
    def coverage(self) -> str:
        """How many numbers there are, by status: the last line of `explore scan`."""
        many = self["status"].value_counts()
        listed = f"{many['statistic']} statistics, {many['dismissed']} dismissed, {many['open']} open"
        return f"{len(self)} numbers: {listed}"

    def _repr_html_(self) -> str | None:
        if {*SCAN_COLUMNS} <= {*self.columns} and hasattr(self, "words_read"):
            return _view(self)
        return cast("str | None", super()._repr_html_())  # type: ignore[misc]


def scan(text: Path | str, register: Path | str | None = None, texts: Path | str | None = None) -> Scan:
    """List every number of a text, where it stands, and whether its register accounts for it.

    A number is a `statistic` where the register codes it (as the value, the period or the n of one),
    `dismissed` where the register gives a reason, and `open` otherwise: always, without a register.

    Args:
        text: the text itself, the path of a text or of a register, or the id of a shipped document.
        register: path of the register; by default the one beside the text, or the shipped one of its name.
        texts: folder of texts, instead of those that the environment variable EXPLORE_TEXTS names.

    Returns:
        One row a number, with the columns of `explore.terms.SCAN_COLUMNS`; `coverage` counts them.
        In a notebook it shows itself as the text with every number marked.

    Raises:
        ExploreError: the text cannot be read, or a quote of its register is not found in it.

    >>> import explore
    >>> explore.scan("Numbers rose from 375 in 1999 to 392.")["words"].tolist()
    ['375', '1999', '392']
    >>> explore.scan("example").coverage.endswith("0 open")
    True
    """
    return scan_of(*resolve(text, register, texts))


def scan_of(source: Text, coded: Register | None) -> Scan:
    """Lay out what `scan` gives, of a text that was read and its register."""
    found_at = sentences(source.words, coded.document.language if coded else "en")
    rows = [_row(number, " ".join(source.words[start:end].split())) for number, start, end in found_at]
    if coded:
        _account(coded, source, rows)
    kinds = dict.fromkeys(SCAN_COLUMNS, "string") | {"ambiguous": "boolean"}
    kinds |= dict.fromkeys(("start", "end"), "Int64") | dict.fromkeys(("value", "upper"), "Float64")
    frame = pd.DataFrame(rows, columns=list(SCAN_COLUMNS)).astype(kinds)
    for name, values in _CATEGORIES.items():
        frame[name] = pd.Categorical(frame[name], categories=values)
    found = Scan(frame)
    found.words_read = source.words
    return found


def resolve(
    text: Path | str, register: Path | str | None = None, texts: Path | str | None = None
) -> tuple[Text, Register | None]:
    """Find what a text, a path or a document's id means: the text as read, and its register if any."""
    if not isinstance(text, str | Path):
        raise ExploreError(f"{type(text).__name__} is no text; give the words, a path, or the id of a document")
    path = _as_path(text)
    if path is None and register is None and re.fullmatch(ID, str(text)):
        usual = shipped() / f"{text}.toml"
        path = usual if usual.is_file() else None
        if path is None and "-" in str(text):
            known = [one.stem for one in shipped().glob("*.toml")]
            raise ExploreError(f"{text}: is neither a file nor a document’s id; {nearest(text, known)}")
    if path and path.suffix.lower() == ".toml":
        coded = read_register(path)
        beside = text_path(coded, texts)
        if beside is None:
            name = f"{coded.id}.txt"
            raise ExploreError(f"{name} is not here; set EXPLORE_TEXTS to the folder that holds it")
        return read_text(beside), coded
    if path and path.name and register is None:
        both = (path.with_suffix(".toml"), shipped() / f"{path.stem}.toml")
        register = next((one for one in both if one.is_file()), None)
    source = read_text(path) if path else _given(str(text))
    return source, read_register(Path(register)) if register else None


def _given(words: str) -> Text:
    try:
        raw = words.encode()
    except UnicodeEncodeError as error:
        raise ExploreError(f"the text holds half a character at {error.start}; decode it as UTF-8") from None
    if len(raw) > MAX_BYTES:
        raise ExploreError(f"the text is {len(raw):,} bytes long; take {MAX_BYTES:,} at most, or a part")
    return Text("text", words, hashlib.sha256(raw).hexdigest())


def _as_path(text: Path | str) -> Path | None:
    """Tell a path from a text: a Path, what names a file, or what looks like a file's name."""
    if isinstance(text, Path):
        return text
    if len(text) > _LONGEST_PATH or "\n" in text or not text.strip():
        return None
    try:
        return Path(text) if Path(text).exists() or _FILE_NAME.fullmatch(text) else None
    except (OSError, ValueError):
        return None


def read_register(path: Path) -> Register:
    """Read one register, without those that it refers to; raise one error that lists its mistakes."""
    mistakes: list[Mistake] = []
    found = read(path, mistakes)
    refuse(mistakes)
    return cast("Register", found)  # without a mistake there is one


def _row(number: numbers.Number, sentence: str) -> dict[str, Any]:
    known = {name: value for name, value in number._asdict().items() if name in SCAN_COLUMNS}
    return known | {
        "sentence": sentence,
        "status": "open",
        "suggested": number.suggested,
    }


def sentences(words: str, language: str = "en") -> Iterator[tuple[numbers.Number, int, int]]:
    """Give every number of a text and where its sentence stands, or the nearest part of a long one."""
    ends = [0, *(match.end() for match in _LIST_OR_END.finditer(words) if match.lastgroup)]
    for number in numbers.find(words, language):
        start = max(ends[bisect_right(ends, number.start) - 1], number.start - _WINDOW)
        after = bisect_left(ends, number.end)
        end = min(ends[after] if after < len(ends) else len(words), number.end + _WINDOW)
        yield number, start, end


def _account(coded: Register, source: Text, rows: list[dict[str, Any]]) -> None:
    """Set the status of the numbers that a register codes or dismisses; the first entry to do so counts."""
    mistakes: list[Mistake] = []
    found = spans(coded, source, mistakes)[::-1]
    starts = [row["start"] for row in rows]
    inside = [
        [row for row in rows[bisect_left(starts, start) : bisect_left(starts, end)] if row["end"] <= end]
        for start, end, _ in found
    ]
    for (_, _, entry), held in zip(found, inside, strict=True):
        if isinstance(entry, Dismissed):
            for row in held:
                row.update(status="dismissed", reason=entry.reason)
    values = []
    for (start, end, entry), held in zip(found, inside, strict=True):
        if not isinstance(entry, Statistic) or entry.unfinished:
            continue
        stated = _stated(
            entry.value_text or "", held, numbers.find(source.words[start:end], coded.document.language), start
        )
        if not stated or stated[0]["value"] != (None if entry.value is None else entry.value):
            read_so = ", ".join(f'"{row["words"]}"' for row in rows if row["end"] > start and row["start"] < end)
            fix = f"stands in the text beside words that change it; the text reads {read_so}: quote that whole"
            mistakes.append(Mistake(coded.path.name, f"statistic {entry.id}", "quote", entry.quote, fix))
            continue
        values.append((stated[0], entry))
        for row in held:
            if _is_when(row, entry) or (entry.n is not None and row["value"] == entry.n):
                row.update(status="statistic", statistic=entry.key, reason=None)
    for row, entry in values:
        row.update(status="statistic", statistic=entry.key, reason=None)
    refuse(mistakes)


def _stated(text: str, held: list[dict[str, Any]], quoted: list[numbers.Number], start: int) -> list[dict[str, Any]]:
    """Pick the rows that are a statistic's number; of several, the one that its quote alone reads so."""
    stated = [row for row in held if same(row["words"], text)]
    if len(stated) > 1:
        alone = {start + one.start for one in quoted if same(one.words, text)}
        stated = [row for row in stated if row["start"] in alone]
    return stated


def _is_when(row: dict[str, Any], entry: Statistic) -> bool:
    years = [str(year) for year in (row["value"], row["upper"]) if year is not None]
    known = re.findall(r"\d{4}", entry.period or "")
    return row["kind"] in ("year", "years", "date") and bool(years) and {*years} <= {*known}


# --- the reading view ---------------------------------------------------------------------------

_SHORT, _LARGEST, _PIECE = 8_000, 55_000, 1_200  # characters: shown whole; shown at most; of one paragraph
_MARKS = {
    "statistic": "border-bottom:3px solid #0072B2",
    "dismissed": "border-bottom:2px dotted #888",
    "open": "outline:2px dashed #D55E00",
}  # signs and colours that read on light and on dark ground; no status is told by colour alone


def _view(found: Scan) -> str:
    """Show a text as HTML with its numbers marked; of a long one the paragraphs that hold numbers."""
    words, rows = found.words_read, found.to_dict("records")
    starts = [row["start"] for row in rows]
    legend = ", ".join(_mark(name, name, "") for name in _MARKS)
    shown, size, dropped, marked = list[str](), 0, 0, 0
    for start, end in _pieces(words, rows):
        held = rows[bisect_left(starts, start) : bisect_left(starts, end)]
        if size > _LARGEST or (not held and len(words) > _SHORT):
            dropped += 1
            continue
        parts, last = [], start
        for row in held:
            parts += [_safe(words[last : row["start"]]), _mark(row["status"], row["words"], _told(row))]
            last = row["end"]
        piece = f'<p style="white-space:pre-wrap;margin:.6em 0">{"".join([*parts, _safe(words[last:end])])}</p>'
        if size + len(piece) > _LARGEST:
            size, dropped = _LARGEST + 1, dropped + 1
            continue
        shown.append(piece)
        size, marked = size + len(piece), marked + len(held)
    rest = [f"{dropped} parts of the text are left out"] if dropped else []
    rest += [f"{len(rows) - marked} numbers stand only in the table"] if marked < len(rows) else []
    note = f"<p><small>{_safe('; '.join(rest))}.</small></p>" if rest else ""
    return (
        '<div class="mathjax_ignore tex2jax_ignore" style="max-width:48em;line-height:1.6">'
        f"<p><small>{_safe(found.coverage)}. Marks: {legend}.</small></p>{''.join(shown)}{note}</div>"
    )


def _pieces(words: str, rows: list[dict[Any, Any]]) -> Iterator[tuple[int, int]]:
    """Cut a text at its blank lines, and what is still long at a space outside of numbers."""
    starts = [row["start"] for row in rows]
    ends = [match.span() for match in re.finditer(r"\n\s*\n", words)]
    ends = [(start, end) for start, end in ends if not _inside(start, rows, starts)]
    for start, stop in zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(words)], strict=True):
        at = start
        while stop - at > _PIECE:
            cut = words.rfind(" ", at + 1, at + _PIECE) + 1 or at + _PIECE
            across = bisect_left(starts, cut) - 1
            cut = min(max(cut, rows[across]["end"]) if across >= 0 else cut, stop)
            yield at, cut
            at = cut
        if words[at:stop].strip():
            yield at, stop


def _inside(at: int, rows: list[dict[Any, Any]], starts: list[int]) -> bool:
    before = bisect_left(starts, at) - 1
    return before >= 0 and bool(rows[before]["end"] > at)


def _safe(words: str) -> str:
    return html.escape(
        "".join(mark if mark >= " " or mark in "\n\t" else "\ufffd" for mark in words.replace("\r\n", "\n"))
    )


def _mark(status: str, words: str, told: str) -> str:
    title = f' title="{_safe(told)}"' if told else ""
    return f'<mark style="background:none;color:inherit;{_MARKS[status]}"{title}>{_safe(words)}</mark>'


def _told(row: dict[Any, Any]) -> str:
    """Tell what a number is, for the tooltip."""
    given = [row[name] for name in ("qualifier", "value", "unit") if not pd.isna(row[name])]
    read_so = " ".join(f"{one:g}" if isinstance(one, float) else str(one) for one in given)
    why = {
        "statistic": row["statistic"],
        "dismissed": row["reason"],
        "open": f"looks like: {row['suggested']}",
    }
    return f"{row['status']}: {why[row['status']]} ({row['kind']}{': ' if read_so else ''}{read_so})"


# --- annotations --------------------------------------------------------------------------------


def web_annotations(
    text: Path | str, register: Path | str | None = None, texts: Path | str | None = None
) -> dict[str, Any]:
    """Give the spans of a document as W3C Web Annotations (JSON-LD), to lay over its page.

    Each statistic and each dismissed quote is one annotation. Its target is told by its words
    (TextQuoteSelector) and by its place in the text as read (TextPositionSelector). Arguments and
    errors are those of `scan`; the text must have a register.

    >>> web_annotations("example")["first"]["items"][0]["target"]["selector"][0]["type"]
    'TextQuoteSelector'
    """
    source, coded = resolve(text, register, texts)
    if coded is None:
        raise ExploreError(f"{source.name}: has no register; write one with `explore scan TEXT --new`")
    mistakes: list[Mistake] = []
    found = [one for one in spans(coded, source, mistakes) if isinstance(one.entry, Statistic | Dismissed)]
    refuse(mistakes)
    name = f"urn:explore:{coded.id}"
    items = [
        {
            "id": f"{name}#{at}",
            "type": "Annotation",
            "motivation": "describing" if isinstance(entry, Statistic) else "classifying",
            "body": _bodies(entry),
            "target": {
                "source": coded.document.url or name,
                "selector": _selectors(source.words, start, end),
            },
        }
        for at, (start, end, entry) in enumerate(found, 1)
    ]
    page = {"id": f"{name}#page", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "AnnotationCollection",
        "label": coded.document.title,
        "total": len(items),
        "first": page,
    }


def _bodies(entry: Statistic | Series | Dismissed) -> list[dict[str, str]]:
    """Say what a span is (classifying), and of a statistic what it states (describing), also as JSON."""
    if not isinstance(entry, Statistic):
        kind = {"type": "TextualBody", "purpose": "classifying", "value": "dismissed"}
        return [kind, {"type": "TextualBody", "purpose": "describing", "value": getattr(entry, "reason", "")}]
    facts = {
        name: value
        for name in ("measure", "population", "place", "period", "value", "unit", "stated_by")
        if (value := getattr(entry, name)) is not None
    }
    return [
        {"type": "TextualBody", "purpose": "classifying", "value": "statistic"},
        {"type": "TextualBody", "purpose": "describing", "value": "; ".join(map(str, facts.values()))},
        {
            "type": "TextualBody",
            "purpose": "identifying",
            "format": "application/json",
            "value": json.dumps({"id": entry.key, **facts}, ensure_ascii=False),
        },
    ]


def _selectors(words: str, start: int, end: int) -> list[dict[str, str | int]]:
    quote = {
        "exact": words[start:end],
        "prefix": words[max(0, start - 32) : start],
        "suffix": words[end : end + 32],
    }
    return [
        {"type": "TextQuoteSelector", **quote},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
