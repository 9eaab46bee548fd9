"""How a notebook gets its charts: live, as a picture and as words; a large one worked out beforehand."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from explore.charts.figure import SOURCE
from explore.terms import ExploreError

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
MAX_ROWS = 5000  # of a chart that is not worked out by VegaFusion first: Altair’s own limit
MAX_LIVE = 1_000_000  # characters of a specification that a notebook stores; beyond, it stores the picture alone
ACTIONS = {"export": True, "source": False, "compiled": False, "editor": False}
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"\\(?:[bf]|u00[01].)|(?P<kept>\\.)")  # the same, as JSON writes those below the space
_LEFT_BY_ALTAIR = re.compile(r"altair-data-[\w-]+\.(?:csv|json)")
_OUTSIDE = re.compile(r'<image[^>]*?xlink:href="(?!data:)([^"]*)"')
_PARTS = ("layer", "hconcat", "vconcat", "concat", "spec")


def rows_of(data: alt.DataType, max_rows: int | None = MAX_ROWS) -> Mapping[str, object]:
    """Give Altair all the rows of a chart; refuse what only VegaFusion can make small, where it is missing."""
    many = len(data) if isinstance(data, pd.DataFrame) else 0
    if max_rows is not None and many > max_rows and find_spec("vegafusion") is None:
        message = f"the chart holds {many:,} rows, and {max_rows:,} are drawn without VegaFusion"
        raise ExploreError(message, "install the extra: pip install 'explore[large]', or group the rows first")
    return values_of(data)


def values_of(data: alt.DataType) -> Mapping[str, object]:
    """Give Altair all the rows of a chart, each cell as JSON holds it: days and periods as they are written."""
    if isinstance(data, pd.DataFrame):
        odd = data.select_dtypes(exclude=["number", "bool", "datetime", "string", "category"])
        data = data.assign(
            **{str(name): pd.Series(list(map(plain_cell, cells)), cells.index, "object") for name, cells in odd.items()}
        )
    return alt.to_values(data)


def plain_cell(value: object) -> object:
    """Return a cell as JSON holds it; what it has no form for as a text.

    >>> plain_cell(Decimal("1.5")), plain_cell(pd.Period("2015")), plain_cell(pd.NaT)
    (1.5, '2015', None)
    """
    if isinstance(value, str | bool | list | dict | None):
        return value
    if pd.api.types.is_scalar(value) and pd.isna(value):  # type: ignore[call-overload]  # a scalar
        return None
    if isinstance(value, Decimal | float | np.floating):
        return float(value)
    if isinstance(value, int | np.integer):
        return int(value)
    return str(value)


def render(spec: Spec, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook shows of a chart: by media type its content, and its metadata.

    JupyterLab draws the live part, other viewers the picture, the rest reads the words. The live part
    names Vega-Lite 5, which JupyterLab carries; Altair’s own label (6) it does not know. That of a
    large chart is Vega, and left out where it is too much for a notebook.
    """
    whole = with_rows(spec)
    live, kind = {**whole, "$schema": SCHEMA}, "application/vnd.vegalite.v5+json"
    if any(len(rows) > MAX_ROWS for rows in whole.get("datasets", {}).values()) and find_spec("vegafusion"):
        live, kind = worked_out(live), "application/vnd.vega.v5+json"
    words = alt_text(whole) or "A chart without a description."
    picture, (width, height) = drawn_png(live)
    bundle = {kind: live, "image/png": picture, "text/plain": words}
    if len(json.dumps(live)) > MAX_LIVE:
        del bundle[kind]
    options = {"actions": ACTIONS, "downloadFileName": file_name(whole)} | _own_options(spec)
    # marimo asks for the sides of a picture, nbconvert for its words.
    return bundle, {
        kind: {"embed_options": options},
        "image/png": {"width": width, "height": height, "alt": words},
    }


def _own_options(spec: Spec) -> dict[str, Any]:
    own = (spec.get("usermeta") or {}).get("embedOptions")
    return own if isinstance(own, dict) else {}


def with_rows(spec: Spec, *, alone: bool = False) -> Spec:
    """Put back the rows that a data transformer of the user’s keeps outside of a specification.

    Raises:
        ExploreError: it asks another address for rows, and is to stand `alone`.
    """
    found: dict[str, list[Any]] = {}

    def whole(part: Any) -> Any:  # noqa: ANN401  # any part of a specification
        if isinstance(part, list):
            return [whole(one) for one in part]
        if not isinstance(part, dict):
            return part
        address = part["data"].get("url") if isinstance(part.get("data"), dict) else None
        rows = _kept_outside(str(address)) if address else None
        if address and alone and rows is None:
            fix = "read them with pandas and give the chart the DataFrame"
            raise ExploreError(f"the chart loads its data from {address}", fix)
        if rows is not None:
            found[f"rows-{len(found)}"] = rows
            part = {**part, "data": {"name": f"rows-{len(found) - 1}"}}
        return {name: one if name in {"datasets", "data"} else whole(one) for name, one in part.items()}

    made = whole(spec)
    return {**made, "datasets": {**made.get("datasets", {}), **found}} if found else spec


def _kept_outside(address: str) -> list[Any] | None:
    from altair.utils import _vegafusion_data as vegafusion  # noqa: PLC0415  # there is no public way to these rows

    if address.startswith(vegafusion.VEGAFUSION_PREFIX):
        data = vegafusion.extracted_inline_tables.get(address.removeprefix(vegafusion.VEGAFUSION_PREFIX))
        return None if data is None else list(alt.to_values(data)["values"])
    path = Path(address)
    if not _LEFT_BY_ALTAIR.fullmatch(path.name) or not path.is_file():
        return None
    text = path.read_text("utf-8")
    return list(json.loads(text if path.suffix == ".json" else pd.read_csv(path).to_json(orient="records")))


def views(part: object) -> Iterator[Spec]:
    """Yield a specification and each part of it that is one, the outer ones first."""
    if isinstance(part, list):
        for one in part:
            yield from views(one)
    elif isinstance(part, dict):
        yield part
        for name in _PARTS:
            yield from views(part.get(name))


def tables(spec: Spec) -> Iterator[list[Spec]]:
    """Yield each set of rows that stands in a specification, once."""
    inline = [view["data"].get("values") for view in views(spec) if isinstance(view.get("data"), dict)]
    seen: set[str] = set()
    for values in [*(spec.get("datasets") or {}).values(), *inline]:
        if values is None or isinstance(values, str):
            continue
        several = values if isinstance(values, list) else [values]
        rows = [row if isinstance(row, dict) else {"data": row} for row in several]
        key = json.dumps(rows, sort_keys=True, default=str)
        if any(rows) and key not in seen:
            seen.add(key)
            yield rows


def source_rows(spec: Spec) -> list[Spec]:
    """Return the rows that hold the source lines of a chart’s figures, and the names of their files."""
    return [row for rows in tables(spec) for row in rows if SOURCE in row and "file" in row]


def file_name(spec: Spec) -> str:
    """Name the file that a chart is saved as, without suffix."""
    return "-".join(dict.fromkeys(str(row["file"]) for row in source_rows(spec))) or "chart"


def alt_text(spec: Spec) -> str:
    """Return the words that stand for a chart: its own, or else those of its parts."""
    told = [clean(str(view["description"])).strip() for view in views(spec) if view.get("description")]
    return told[0] if spec.get("description") and told else " ".join(dict.fromkeys(told))


def worked_out(spec: Spec) -> Spec:
    """Turn a Vega-Lite specification into one for Vega, with its bins and sums in place of its rows."""
    import vegafusion  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415  # the extra `large`
    import vl_convert  # noqa: PLC0415

    vega: Spec = vl_convert.vegalite_to_vega(drawable(spec), vl_version="5.8")
    with suppress(ValueError):  # what VegaFusion cannot work out the browser does
        vega = vegafusion.runtime.pre_transform_spec(vega)[0]
    return vega


def drawn_png(spec: Spec) -> tuple[bytes, tuple[int, int]]:
    """Draw a specification as PNG, in 64 colours: a seventh of the bytes, no visible loss."""
    import vl_convert  # noqa: PLC0415  # a chart that nobody shows needs neither of the two
    from PIL import Image  # noqa: PLC0415

    svg = drawn_svg(drawable(spec), "5.8" if "vega-lite" in spec["$schema"] else "vega")
    drawn = Image.open(io.BytesIO(vl_convert.svg_to_png(svg)))
    packed = io.BytesIO()
    drawn.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return packed.getvalue(), drawn.size


@lru_cache(maxsize=4)
def drawn_svg(spec: str, version: str | None = None) -> str:
    """Draw a specification, in JSON, as SVG: once, however often it is asked for.

    Raises:
        ExploreError: it cannot be drawn, or shows a picture that lies outside of it.
    """
    import vl_convert  # noqa: PLC0415

    try:
        if version == "vega":
            svg = vl_convert.vega_to_svg(spec, allowed_base_urls=[])
        else:
            svg = vl_convert.vegalite_to_svg(spec, vl_version=version, allowed_base_urls=[])
    except ValueError as error:
        first = str(error).partition("\n")[2].partition("\n")[0].removeprefix("Error: ")
        raise ExploreError(f"the chart cannot be drawn: {first or error}; correct the chart") from error
    if outside := _OUTSIDE.search(svg):
        raise ExploreError(f"the chart shows the picture {outside[1]}; give it as an address that begins with data:")
    return svg


def drawable(spec: Spec) -> str:
    """Write a specification as JSON, without the control characters that end vl-convert’s process."""
    return _ESCAPED.sub(lambda sign: sign["kept"] or "", clean(json.dumps(spec, ensure_ascii=False, default=str)))


def clean(text: str) -> str:
    r"""Take out the control characters that XML, and most readers, refuse.

    >>> clean("a\x00b\tc")
    'ab\tc'
    """
    return _REFUSED.sub("", text)
