"""What travels inside every exported file: title, alt text, sources, quoted words, rows; and back out of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

import pandas as pd
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from explore.charts.figure import SOURCE
from explore.columns import COLUMNS
from explore.exports import metadata, pictures, sheets
from explore.rendering import alt_text, clean, source_rows, tables, views
from explore.terms import ExploreError
from explore.wording import source_line

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

_OURS = {"id", "said", "quote"}  # columns that a table of this package has
_AS_WRITTEN: Any = {  # a text that looks like a number, or like “none”, stays a text
    "dtype": {name: "string" for name, about in COLUMNS.items() if about.type in {"string", "category"}},
    "keep_default_na": False,
    "na_values": [""],
}
_NOT_OURS = (
    ValueError, KeyError, TypeError, AttributeError, SyntaxError, RecursionError, BadZipFile, PyPdfError, StopIteration,
    Image.DecompressionBombError,
)  # fmt: skip
_STOPS = (".", "!", "?", "”")
_BLOCK = re.compile(r'<script type="application/json" class="evidence">(.*?)</script>', re.DOTALL)


class Evidence(NamedTuple):
    """What a chart says and rests on; `rows` are those that it draws."""

    name: str
    title: str
    subtitle: str
    alt: str
    source: str
    quotes: list[str]
    rows: pd.DataFrame
    language: str = metadata.LANGUAGE

    @property
    def ids(self) -> list[str]:
        """List the ids of the statistics that are drawn."""
        return list(map(str, self.rows["id"].dropna().unique())) if set(self.rows) >= _OURS else []

    @property
    def pages(self) -> list[dict[str, str]]:
        """List the pages where their values were read: `publisher` and `url`, and `title`, `published` where known."""
        if not {*_OURS, "url", "publisher"} <= set(self.rows):
            return []
        names = [name for name in ("publisher", "title", "published", "url") if name in self.rows]
        read = self.rows[names].astype("object").dropna(subset=["publisher", "url"]).drop_duplicates()
        rows = read.itertuples(index=False)
        return [{name: str(cell) for name, cell in zip(names, row, strict=True) if pd.notna(cell)} for row in rows]

    @property
    def extended(self) -> list[str]:
        """Say each row that has words: its number, what it counts, the quoted words and who said them."""
        return [_in_words(row) for row in self.rows.to_dict("records")] if set(self.rows) >= _OURS else []

    def packed(self) -> dict[str, Any]:
        """Give all that a file carries, as JSON holds it; of the rows those that have an id."""
        rows = self.rows[self.rows["id"].notna()] if set(self.rows) >= _OURS else self.rows.head(0)
        return {
            **{name: getattr(self, name) for name in ("title", "subtitle", "alt", "source", "quotes", "language")},
            "licence": metadata.LICENCE,
            "rows": [
                {name: cell for name, cell in row.items() if pd.notna(cell)}
                for row in rows.astype(object).to_dict("records")
            ],
        }


def _in_words(row: dict[Any, Any]) -> str:
    known = {name: str(cell) for name, cell in row.items() if pd.notna(cell)}
    counted = ", ".join(
        known[name] for name in ("said", "measure", "population", "group", "place", "period") if name in known
    )
    words = f": “{known['quote']}”" if "quote" in known else ""
    return f"{counted}{words} ({known.get('stated_by') or known.get('publisher') or 'not said by whom'})"


def read(spec: dict[str, Any], name: str) -> Evidence:
    """Find a chart’s title, alt text, source, quoted words and data in its specification.

    A title that follows sliders is the one that the picture shows. What a chart does not say is filled
    in from the rest, at last from its file’s name.

    Args:
        spec: a Vega-Lite specification, as `chart.to_dict()` gives it.
        name: name of the file, without suffix.

    >>> found = read({"mark": "bar", "data": {"values": [{"a": 1}]}}, "my-chart")
    >>> found.title, found.alt, len(found.rows)
    ('my-chart', 'Chart: my-chart.', 1)
    """
    rows, told = data(spec), alt_text(spec)
    title, subtitle = titles(spec)
    title = title or (re.split(r"(?<=[.!?]) ", told)[0] if told else name)
    told = told or " ".join(filter(None, [f"Chart: {title}{'' if title.endswith(_STOPS) else '.'}", subtitle]))
    lines = dict.fromkeys(_joined(str(row[SOURCE]).split("\n")) for row in source_rows(spec))
    source = " ".join(lines) or (source_line(rows) if set(rows) >= _OURS else "")
    language = clean(str((spec.get("usermeta") or {}).get("language") or metadata.LANGUAGE))
    return Evidence(name, title, subtitle, told, source, _quotes(rows), rows, language)


def data(spec: dict[str, Any]) -> pd.DataFrame:
    """Return the rows behind a chart, without what only its drawing needs; empty where there are none."""
    found = [pd.DataFrame(rows).map(_plain).rename(columns=clean) for rows in tables(spec)]
    found = [table for table in found if not {SOURCE, "file"} <= set(table)]
    ours = [table[_plain_columns(table)] for table in found if set(table) >= _OURS]
    others = [table for table in found if not set(table) >= _OURS]
    if ours:  # layers draw the same rows, some with more of their columns
        ours.sort(key=lambda table: -len(table.columns))
        common = [name for name in ours[0] if all(name in table for table in ours)]
        others = [table for table in others if len(_plain_columns(table)) == len(table.columns)]
        others.insert(0, pd.concat(ours, ignore_index=True).drop_duplicates(common))
    if len(others) > 1:
        others = [table.assign(dataset=number) for number, table in enumerate(others, 1)]
    made = [table.convert_dtypes() for table in others]
    return pd.concat(made, ignore_index=True).drop_duplicates(ignore_index=True) if made else pd.DataFrame()


def _plain_columns(table: pd.DataFrame) -> list[str]:
    """Name the columns of a figure’s table that say something; those that only place marks begin with `_`."""
    return [name for name in map(str, table) if not name.startswith("_")]


def _plain(value: object) -> object:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    return clean(text) if isinstance(text, str) else text


def titles(spec: dict[str, Any]) -> tuple[str, str]:
    """Return title and subtitle: those of the whole, or else of its parts, as the picture shows them."""
    found = [
        title if isinstance(title, dict) else {"text": title} for view in views(spec) if (title := view.get("title"))
    ]
    texts: list[object] = [title.get("text") for title in found]
    if any(isinstance(text, dict) for text in texts):  # an expression, which only drawing evaluates
        texts = list(_drawn_titles(pictures.drawn(spec)))
    many = 1 if spec.get("title") else len(found)
    told = [text for one in texts[:many] if (text := _joined(one))]
    below = [text for title in found[:many] if (text := _joined(title.get("subtitle")))]
    return "; ".join(told), " ".join(below)


def _drawn_titles(svg: str) -> list[list[str]]:
    groups = [one for one in ET.fromstring(svg).iter() if "role-title-text" in one.get("class", "")]  # noqa: S314
    return [[text for text in group.itertext() if text.strip()] for group in groups]


def _joined(lines: object) -> str:
    text = " ".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")
    return clean(text).strip()


def _quotes(rows: pd.DataFrame) -> list[str]:
    """List the quoted words among the rows, each with who said them."""
    if not set(rows) >= _OURS:
        return []
    speakers = rows["stated_by"] if "stated_by" in rows else pd.Series(pd.NA, index=rows.index)
    lines = [
        f"“{words}” ({speaker})" if pd.notna(speaker) else f"“{words}”"
        for words, speaker in zip(rows["quote"], speakers, strict=True)
        if pd.notna(words)
    ]
    return list(dict.fromkeys(lines))


def read_file(path: str | os.PathLike[str]) -> Evidence:
    """Read back what an exported file carries: its title, its source and the rows that it shows.

    Args:
        path: a `.png`, `.svg`, `.pdf`, `.html`, `.json`, `.csv`, `.xlsx` or `.zip` that `explore.export` wrote; of a
            `.csv` title and source stand in the `NAME.datapackage.json` beside it.

    Returns:
        The evidence; its `rows` have the columns `id`, `said`, `value` and `quote`, and more.

    Raises:
        ExploreError: the file cannot be read, or carries no rows of this package.

    >>> import explore, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> made = explore.export(explore.charts.christchurch(), f"{folder.name}/christchurch.png")
    >>> "autostraddle-2015/street-2006" in read_file(made).ids
    True
    """
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise ExploreError(f"{file}: carries no evidence; give a file that ends in one of {', '.join(_READERS)}")
    try:
        found = reader(file)
    except OSError as error:
        raise ExploreError(f"{file}: cannot be read: {error.strerror or error}") from error
    except _NOT_OURS:
        found = {}  # not the kind of file that its name says, or not written by this package
    rows = pd.DataFrame(found.get("rows")).convert_dtypes()
    if not {"id", "said"} <= set(rows):
        raise ExploreError(
            f"{file}: carries no evidence; give a file that explore.export wrote of a chart of statistics"
        )
    rows = rows[rows["id"].notna()].reindex(columns=list(dict.fromkeys([*rows, "value", "quote"])))
    title, subtitle, told, source = (str(found.get(name) or "") for name in ("title", "subtitle", "alt", "source"))
    return Evidence(file.stem, title, subtitle, told, source, _quotes(rows), rows.reset_index(drop=True))


def _from_png(path: Path) -> Any:  # noqa: ANN401  # JSON
    with Image.open(path) as picture:
        return json.loads(metadata.packed_in(str(picture.info["XML:com.adobe.xmp"])))


def _from_pdf(path: Path) -> Any:  # noqa: ANN401  # JSON
    root = PdfReader(path).trailer["/Root"]
    return json.loads(metadata.packed_in(root["/Metadata"].get_object().get_data()))  # type: ignore[index]


def _from_html(path: Path) -> dict[str, Any]:
    blocks = [json.loads(block) for block in _BLOCK.findall(path.read_text("utf-8"))]
    return {**blocks[0], "rows": [row for block in blocks for row in block["rows"]]} if blocks else {}


def _from_csv(path: Path) -> dict[str, Any]:
    beside = path.with_suffix(".datapackage.json")
    told = json.loads(beside.read_text("utf-8")) if beside.is_file() else {}
    sources = [one["title"] for one in told.get("sources", [])]
    rows = sheets.armed(pd.read_csv(path, **_AS_WRITTEN))
    return {"title": told.get("title"), "alt": told.get("description"), "source": "".join(sources[:1]), "rows": rows}


def _from_xlsx(path: Path) -> dict[str, Any]:
    book = pd.read_excel(path, sheet_name=None, **_AS_WRITTEN)
    told = dict(zip(*(book["About"][name] for name in ("what", "text")), strict=True))
    names = {"title": "Title", "subtitle": "Subtitle", "alt": "Alt text", "source": "Source"}
    return {"rows": sheets.armed(book["Data"]), **{name: told.get(label) for name, label in names.items()}}


def _from_zip(path: Path) -> Any:  # noqa: ANN401
    with ZipFile(path) as book:
        inside = next(name for name in book.namelist() if name.endswith("/metadata.json"))
        return json.loads(book.read(inside))


_READERS: dict[str, Callable[[Path], Any]] = {
    ".png": _from_png,
    ".svg": lambda path: json.loads(metadata.packed_in(path.read_bytes())),
    ".pdf": _from_pdf,
    ".html": _from_html,
    ".json": lambda path: json.loads(path.read_text("utf-8"))["usermeta"]["evidence"],
    ".csv": _from_csv,
    ".xlsx": _from_xlsx,
    ".zip": _from_zip,
}
