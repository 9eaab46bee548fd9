"""Data packages: what stands in a CSV file, column by column, with sources, licences and hashes.

The form is Data Package 2.0 with a Table Schema; `unit` is a property of ours.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from pandas.api import types

from explore.columns import AUDIT_COLUMNS, COLUMNS, SHARE_COLUMNS
from explore.exports.metadata import CREATOR, LICENCE
from explore.exports.sheets import csv, harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explore.columns import Column
    from explore.exports.evidence import Evidence

_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_TITLE = "Statistics stated in documents, with their words and sources"


class Table(NamedTuple):
    """A table of a data package: its columns, the one that tells its rows apart, the table that holds the same ids."""

    frame: pd.DataFrame
    title: str
    columns: Mapping[str, Column]
    key: str = "id"
    refers: str = "statistics"


def of_tables(data: Mapping[str, Table]) -> list[bytes]:
    """Write tables as CSV, in their order, and last the descriptor of their data package."""
    contents = [csv(table.frame) for table in data.values()]
    resources = []
    for (name, table), content in zip(data.items(), contents, strict=True):
        one = _resource(f"{name}.csv", content, table.frame, table.columns, title=table.title)
        one["schema"]["primaryKey"] = [table.key]
        if table.refers and table.refers != name:
            fields = [data[table.refers].key]
            reference = {"resource": table.refers, "fields": fields}
            one["schema"]["foreignKeys"] = [{"fields": fields, "reference": reference}]
        resources.append(one)
    sources = [
        {"title": f"{one['title']} ({one['publisher']} {str(one['published'])[:4]})"}
        | ({"path": one["url"]} if isinstance(one["url"], str) else {})
        for one in data["documents"].frame.to_dict("records")
    ]
    about = f"Coded from the documents’ words. {LICENCE}"
    return [*contents, _package(CREATOR, resources, sources, title=_TITLE, description=about)]


def of_chart(about: Evidence, file: str, content: bytes) -> bytes:
    """Describe the CSV file of one chart as a data package of its own."""
    told = {"title": about.title, "description": about.alt}
    columns = AUDIT_COLUMNS | SHARE_COLUMNS | COLUMNS if about.ids else {}
    sources = [{"title": text} for text in [about.source, *about.quotes] if text]
    return _package(about.name, [_resource(file, content, about.rows, columns, **told)], sources, **told)


def _package(name: str, resources: list[dict[str, Any]], sources: list[dict[str, str]], **told: str) -> bytes:
    descriptor = {
        "$schema": _PROFILE.format("datapackage"),
        "name": slug(name),
        **told,
        "licenses": [{"name": "MIT", "title": LICENCE}],
        **({"sources": sources} if sources else {}),
        "resources": resources,
    }
    return f"{json.dumps(descriptor, ensure_ascii=False, indent=2)}\n".encode()


def _resource(
    file: str, content: bytes, frame: pd.DataFrame, columns: Mapping[str, Column], **told: str
) -> dict[str, Any]:
    """Describe one CSV file: its fields, with types, units and meanings, its size and its hash."""
    return {
        "name": slug(file.removesuffix(".csv")),
        "type": "table",
        "path": file,
        **told,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "$schema": _PROFILE.format("tableschema"),
            "fields": [field(str(name), frame[name], columns.get(str(name))) for name in frame],
            "fieldsMatch": "exact",
            "missingValues": [""],
        },
    }


def slug(name: str) -> str:
    """Make a name that a data package allows.

    >>> slug("My chart (2)")
    'my-chart-2'
    """
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-.") or "data"


def field(name: str, values: pd.Series[Any], about: Column | None) -> dict[str, Any]:
    """Describe one column as Table Schema does; a column of mixed values is of any type."""
    kinds = {
        "boolean": types.is_bool_dtype,
        "integer": types.is_integer_dtype,
        "number": types.is_float_dtype,
        "string": types.is_string_dtype,
    }
    grouped = isinstance(values.dtype, pd.CategoricalDtype)
    kind = "string" if grouped else next((kind for kind, fits in kinds.items() if fits(values)), "any")
    made: dict[str, Any] = {"name": harmless(name), "type": kind}
    if about:
        made["description"] = about.meaning
        made |= {"unit": about.unit} if about.unit and kind in {"number", "integer"} else {}
    if isinstance(values.dtype, pd.CategoricalDtype):
        made["categories"] = [str(harmless(one)) for one in values.dtype.categories]
    return made
