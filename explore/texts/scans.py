"""Scans: every number of a text, and whether its register accounts for it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pandas as pd

from explore import files, numbers
from explore.columns import SCAN_COLUMNS, table
from explore.register import Register, read, shipped
from explore.register.schema import ID, Dismissed, Statistic
from explore.terms import ExploreError, Mistake, nearest, refuse
from explore.texts.formats import ADDRESS, Text, made, read_text
from explore.texts.languages import guess, unread
from explore.texts.spans import same, spans, text_path
from explore.texts.views import view

_WINDOW = 200  # characters on either side of a number that a sentence may fill
_LIST_OR_END = re.compile(
    r"^[ \t]*\d{1,3}[.)]"
    r"|(?P<end>(?<!\bNo)(?<!\bSt)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bvol)(?<!\bpp)(?<!\b[a-zA-Z])"
    r"(?<![.!?…])[.!?…]++[\"”’)\]]*+(?=\s)"
    r"|\n\s*\n|\Z)",
    re.MULTILINE,
)
_FILE_NAME = re.compile(r"[^\s<>|]+\.(?:txt|toml|md|csv|x?html?|pdf|docx?|rtf|odt|json)", re.IGNORECASE)
_LONGEST_PATH = 1000
GIVEN = "text"  # the name of a text that no file holds
_CATEGORIES = {
    "kind": list(numbers.KINDS),
    "status": ["statistic", "dismissed", "open"],
    "suggested": ["statistic", "dismissed"],
}


class Scan(pd.DataFrame):
    """The table that `scan` gives; a notebook shows it as the text with its numbers marked."""

    _metadata = ["words_read", "notes"]  # noqa: RUF012
    words_read: str
    notes: list[str]

    @property
    def coverage(self) -> str:
        """How many numbers there are, by status: the last line of `explore scan`."""
        many = self["status"].value_counts()
        listed = f"{many['statistic']} statistics, {many['dismissed']} dismissed, {many['open']} open"
        return f"{len(self)} numbers: {listed}"

    def _repr_html_(self) -> str | None:
        if {*SCAN_COLUMNS} <= {*self.columns} and hasattr(self, "notes"):
            rows = [{**row, "told": _told(row)} for row in self.to_dict("records")]
            return view(self.words_read, rows, _CATEGORIES["status"], self.coverage, self.notes)
        return cast("str | None", super()._repr_html_())  # type: ignore[misc]


def scan(text: Path | str, register: Path | str | None = None, texts: Path | str | None = None) -> Scan:
    """List every number of a text, where it stands, and whether its register accounts for it.

    A number is a `statistic` where the register codes it (as the value, the period or the n of one),
    `dismissed` where the register gives a reason, and `open` otherwise: always, without a register.

    Args:
        text: the text itself, the path of a file (plain text, Markdown, HTML, PDF or Word), the path of a
            register, or the id of a shipped document.
        register: path of the register; by default the one beside the text, or the shipped one of its name.
        texts: folder of texts, instead of those that the environment variable EXPLORE_TEXTS names.

    Returns:
        One row a number, with the columns of `explore.columns.SCAN_COLUMNS`; `coverage` counts them, and
        `notes` say what the file was taken for, if not for UTF-8, and that its language is not read.
        In a notebook it shows itself as the text with every number marked.

    Raises:
        ExploreError: the text cannot be read, or a quote of its register is not found in it.

    >>> import explore
    >>> explore.scan("Numbers rose from 375 in 1999 to 392.")["words"].tolist()
    ['375', '1999', '392']
    >>> explore.scan("notebooks/example/example.txt").coverage.endswith("0 open")
    True
    """
    return scan_of(*resolve(text, register, texts))


def scan_of(source: Text, coded: Register | None) -> Scan:
    """Lay out what `scan` gives, of a text that was read and its register."""
    language = coded.document.language if coded else guess(source.words)
    each = sentences(source.words, language)
    rows = [_row(number, " ".join(source.words[start:end].split())) for number, start, end in each]
    if coded:
        _account(coded, source, rows)
    frame = table(rows, SCAN_COLUMNS)
    for name, values in _CATEGORIES.items():
        frame[name] = pd.Categorical(frame[name], categories=values)
    found = Scan(frame)
    found.words_read = source.words
    taken = "" if source.read_as == "UTF-8" else f"{source.name} was read as {source.read_as}"
    found.notes = [*filter(None, [taken, unread(language)])]
    return found


def resolve(
    text: Path | str, register: Path | str | None = None, texts: Path | str | None = None
) -> tuple[Text, Register | None]:
    """Find what a text, a path or a document's id means: the text as read, and its register if any."""
    if not isinstance(text, str | Path):
        raise ExploreError(f"{type(text).__name__} is no text; give the words, a path, or the id of a document")
    path = _as_path(text)
    if path is None and register is None and re.fullmatch(ID, str(text)):
        known = {one.stem: one for one in shipped().glob("*.toml")}
        path = known.get(str(text))
        if path is None and "-" in str(text):
            raise ExploreError(f"{text}: is neither a file nor a document’s id; {nearest(text, known)}")
    if path and path.suffix.lower() == ".toml":
        coded = read_register(path)
        stored = text_path(coded, texts)
        if stored is None:
            name = f"{coded.id}.txt"
            raise ExploreError(f"{name} is not here; set EXPLORE_TEXTS to the folder that holds it")
        return read_text(stored), coded
    if path and path.name and register is None:
        beside = path.with_name(f"{document_id(path)}.toml")
        both = (path.with_suffix(".toml"), beside, shipped() / f"{path.stem}.toml")
        register = next((one for one in both if one.is_file()), None)
    source = read_text(path) if path else made(GIVEN, str(text))
    return source, read_register(Path(register)) if register else None


def _as_path(text: Path | str) -> Path | None:
    """Tell a path from a text: a Path, what names a file, or what looks like a file's name."""
    if isinstance(text, Path):
        return files.named(text)
    if len(text) > _LONGEST_PATH or "\n" in text or not text.strip():
        return None
    if ADDRESS.fullmatch(text.strip()):
        raise ExploreError(f"{text}: is an address; save the page as .html or .pdf, and name that file")
    try:
        return Path(text) if Path(text).exists() or _FILE_NAME.fullmatch(text) else None
    except (OSError, ValueError):
        return None


def document_id(path: Path) -> str:
    """Make the id of a document of the name of its file; "" where the name holds no letter or digit of ASCII.

    >>> document_id(Path("My Report (2015).pdf"))
    'my-report-2015'
    """
    return "-".join(re.findall(r"[a-z0-9]+", path.stem.lower()))


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


def sentences(words: str, language: str) -> Iterator[tuple[numbers.Number, int, int]]:
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
        stated, cut = _stated(entry, held, numbers.find(source.words[start:end], coded.document.language), start)
        if cut:
            read_so = ", ".join(f'"{row["words"]}"' for row in rows if row["end"] > start and row["start"] < end)
            fix = f"stands in the text beside words that change it; the text reads {read_so}: quote that whole"
            mistakes.append(Mistake(coded.path.name, f"statistic {entry.id}", "quote", entry.quote, fix))
        values += [(row, entry) for row in stated]
        for row in held:
            if _is_when(row, entry) or (entry.n is not None and row["value"] == entry.n):
                row.update(status="statistic", statistic=entry.key, reason=None)
    for row, entry in values:
        typed = f"typed beside the words: {entry.value:g}" if entry.typed else None
        row.update(status="statistic", statistic=entry.key, reason=typed)
    refuse(mistakes)


def _stated(
    entry: Statistic, held: list[dict[str, Any]], quoted: list[numbers.Number], start: int
) -> tuple[list[dict[str, Any]], bool]:
    """Pick the row that is a statistic's number, as its quote alone reads it; tell whether the text reads it otherwise.

    Of a typed value, whose words are not read right, all that look like a statistic, unless one is named.
    """
    named = [row for row in held if same(row["words"], entry.value_text or "")]
    if entry.typed:
        return named or [row for row in held if row["suggested"] == "statistic"], False
    alone = {start + one.start: one.value for one in quoted if same(one.words, entry.value_text or "")}
    stated = [row for row in named if row["start"] in alone and row["value"] == alone[row["start"]]]
    return stated[:1], bool(alone) and not stated


def _is_when(row: dict[str, Any], entry: Statistic) -> bool:
    years = [str(year) for year in (row["value"], row["upper"]) if year is not None]
    known = re.findall(r"\d{4}", entry.period or "")
    return row["kind"] in ("year", "years", "date") and bool(years) and {*years} <= {*known}


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
