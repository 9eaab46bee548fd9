"""Data packages: what stands in a CSV file, column by column, with sources, licences and hashes.

The form is Data Package 2.0 with a Table Schema; `unit` is a property of ours.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api import types

from explore.columns import AUDIT_COLUMNS, COLUMNS, SHARE_COLUMNS
from explore.exports.metadata import LICENCE
from explore.exports.sheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from explore.columns import Column
    from explore.exports.evidence import Evidence

_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_LICENCES = [{"name": "MIT", "title": LICENCE}]


def resource(
    file: str,
    content: bytes,
    frame: pd.DataFrame,
    *,
    title: str,
    description: str = "",
    columns: Mapping[str, Column],
    key: str = "",
) -> dict[str, Any]:
    """Describe one CSV file: its fields, with types, units and meanings, its size and its hash."""
    schema: dict[str, Any] = {
        "$schema": _PROFILE.format("tableschema"),
        "fields": [_field(str(name), frame[name], columns.get(str(name))) for name in frame],
        "fieldsMatch": "exact",
        "missingValues": [""],
    }
    if key:
        schema["primaryKey"] = [key]
    return {
        "name": slug(file.removesuffix(".csv")),
        "type": "table",
        "path": file,
        "title": title,
        **({"description": description} if description else {}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def package(
    name: str,
    resources: list[dict[str, Any]],
    *,
    title: str,
    description: str,
    sources: Iterable[Mapping[str, str]],
) -> bytes:
    """Write the descriptor of a data package, `datapackage.json`."""
    descriptor = {
        "$schema": _PROFILE.format("datapackage"),
        "name": slug(name),
        "title": title,
        "description": description,
        "licenses": _LICENCES,
        "sources": [dict(one) for one in sources],
        "resources": resources,
    }
    if not descriptor["sources"]:
        del descriptor["sources"]
    return f"{json.dumps(descriptor, ensure_ascii=False, indent=2)}\n".encode()


def of_chart(about: Evidence, file: str, content: bytes) -> bytes:
    """Describe the CSV file of one chart as a data package of its own."""
    columns = AUDIT_COLUMNS | SHARE_COLUMNS | COLUMNS if about.ids else {}
    one = resource(file, content, about.rows, title=about.title, description=about.alt, columns=columns)
    sources = [{"title": text} for text in [about.source, *about.quotes] if text]
    return package(about.name, [one], title=about.title, description=about.alt, sources=sources)


def slug(name: str) -> str:
    """Make a name that a data package allows.

    >>> slug("My chart (2)")
    'my-chart-2'
    """
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-.") or "data"


def _field(name: str, values: pd.Series[Any], about: Column | None) -> dict[str, Any]:
    field: dict[str, Any] = {"name": harmless(name), "type": _type(values)}
    if about:
        field["description"] = about.meaning
    if about and about.unit and field["type"] in {"number", "integer"}:
        field["unit"] = about.unit
    if isinstance(values.dtype, pd.CategoricalDtype):
        field["categories"] = [str(harmless(one)) for one in values.dtype.categories]
    return field


def _type(values: pd.Series[Any]) -> str:
    """Name a column’s type in Table Schema; a column of mixed values is of any type."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return "string"
    kinds = {
        "boolean": types.is_bool_dtype,
        "integer": types.is_integer_dtype,
        "number": types.is_float_dtype,
        "string": types.is_string_dtype,
    }
    return next((name for name, fits in kinds.items() if fits(values)), "any")
