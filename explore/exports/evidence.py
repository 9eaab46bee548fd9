"""What travels inside every exported file: title, alt text, sources, quoted words, licence, data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from explore import display
from explore.rendering import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

LICENCE = (
    "Made with explore, whose own charts and tables are under the MIT licence. Quoted words belong to their publishers."
)
LICENCE_ID = "MIT"
CREATOR = "explore"
LANGUAGE = "en"

# What a chart of this package needs for drawing only, or says again in other columns.
_DRAWN = {"row", "at", "end", "mark", "text", "whom", "big", "where"}
_PARTS = ("layer", "hconcat", "vconcat", "concat", "spec")


class Evidence(NamedTuple):
    """What a chart says and rests on."""

    name: str
    title: str
    subtitle: str
    alt: str
    source: str
    quotes: list[str]
    rows: pd.DataFrame
    language: str


def read(spec: dict[str, Any], name: str) -> Evidence:
    """Find a chart’s title, alt text, source, quoted words and data in its specification.

    What a chart does not say is filled in from the rest, at last from its file’s name.

    Args:
        spec: a Vega-Lite specification, as `chart.to_dict()` gives it.
        name: name of the file, without suffix.

    >>> found = read({"mark": "bar", "data": {"values": [{"a": 1}]}}, "my-chart")
    >>> found.title, found.alt, len(found.rows)
    ('my-chart', 'Chart (bar): my-chart.', 1)
    """
    rows = data(spec)
    title, subtitle = _titles(spec)
    description = clean(str(spec.get("description") or "")).strip()
    alt, source = _split(description)
    title = title or (re.split(r"(?<=[.!?]) ", alt)[0] if alt else name)
    if not alt:
        kinds = ", ".join(dict.fromkeys(_marks(spec)))
        alt = f"Chart{f' ({kinds})' if kinds else ''}: {' '.join(filter(None, [_stop(title), subtitle]))}"
    if not source and {"document", "evidence"} <= set(rows):
        source = display.source_line(rows)
    language = clean(str((spec.get("usermeta") or {}).get("language") or LANGUAGE))
    return Evidence(name, title, subtitle, alt, source, _quotes(rows), rows, language)


def data(spec: dict[str, Any]) -> pd.DataFrame:
    """Return the rows behind a chart, without what only its drawing needs; empty where there are none."""
    tables = [pd.DataFrame(rows).map(_plain).rename(columns=clean) for rows in _datasets(spec)]
    tables = [table.convert_dtypes() for table in tables]
    if quoted := [table for table in tables if "words" in table]:
        tables = [table.drop(columns=_DRAWN & set(table)).drop_duplicates() for table in quoted]
    elif len(tables) > 1:
        tables = [table.assign(dataset=number) for number, table in enumerate(tables, 1)]
    if not tables:
        return pd.DataFrame()
    return pd.concat(tables, ignore_index=True).drop_duplicates(ignore_index=True)


def _datasets(spec: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Yield each set of rows that stands in a specification, once."""
    found = [*(spec.get("datasets") or {}).values(), *_inline(spec)]
    seen: set[str] = set()
    for values in found:
        rows = values if isinstance(values, list) else [values]
        rows = [row if isinstance(row, dict) else {"data": row} for row in rows]
        key = json.dumps(rows, sort_keys=True, default=str)
        if any(rows) and key not in seen:
            seen.add(key)
            yield rows


def _inline(part: object) -> Iterator[object]:
    if isinstance(part, list):
        for one in part:
            yield from _inline(one)
    elif isinstance(part, dict):
        given = part.get("data")
        if isinstance(given, dict) and not isinstance(given.get("values", ""), str):
            yield given["values"]
        for name in _PARTS:
            yield from _inline(part.get(name))


def _plain(value: object) -> object:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    return clean(text) if isinstance(text, str) else text


def _titles(spec: dict[str, Any]) -> tuple[str, str]:
    for part in (spec, *(one for one in _walk(spec) if one is not spec)):
        given = part.get("title")
        title = given if isinstance(given, dict) else {"text": given}
        if text := _joined(title.get("text")):
            return text, _joined(title.get("subtitle"))
    return "", ""


def _joined(lines: object) -> str:
    """Join the lines of a title; an expression that only the chart can evaluate gives none."""
    if isinstance(lines, dict):
        return ""
    text = " ".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")
    return clean(text).strip()


def _walk(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for name in _PARTS:
            yield from _walk(part.get(name))
    elif isinstance(part, list):
        for one in part:
            yield from _walk(one)


def _marks(spec: dict[str, Any]) -> Iterator[str]:
    for part in _walk(spec):
        if mark := part.get("mark"):
            yield str(mark["type"] if isinstance(mark, dict) else mark)


def _split(description: str) -> tuple[str, str]:
    """Part a description into what the chart shows and its source line."""
    found = re.search(r"(?:^|(?<=\s))Sources?: .*", description, re.DOTALL)
    return (description[: found.start()].strip(), found[0].strip()) if found else (description, "")


def _stop(text: str) -> str:
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."


def _quotes(rows: pd.DataFrame) -> list[str]:
    """List the quoted words among the rows, each with who said them."""
    if "words" in rows:
        words = rows["words"].where(rows["words"].astype("string").str.startswith("“"))
    elif "quote" in rows:
        words = "“" + rows["quote"].astype("string") + "”"
    else:
        return []
    speakers = rows["stated_by"] if "stated_by" in rows else pd.Series(pd.NA, index=rows.index)
    lines = [
        f"{said} ({speaker})" if pd.notna(speaker) else str(said)
        for said, speaker in zip(words, speakers, strict=True)
        if pd.notna(said)
    ]
    return list(dict.fromkeys(lines))
