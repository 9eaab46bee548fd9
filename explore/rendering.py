"""How a notebook gets its charts: live, as a picture and as words; a large one worked out beforehand."""

from __future__ import annotations

import base64
import io
import json
import re
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
MAX_ROWS = 5000  # of a chart that is not worked out by VegaFusion first: Altair’s own limit
MAX_LIVE = 1_000_000  # characters of a specification that a notebook stores; beyond, it stores the picture alone
_CONTROL = re.compile(r"\\(?:[bf]|u(?:00[01]|00[89]|d[89a-f]|fff[ef]))", re.IGNORECASE)


def rows_of(data: alt.DataType, max_rows: int | None = MAX_ROWS) -> Mapping[str, object]:
    """Give Altair all the rows of a chart; refuse what only VegaFusion can make small, where it is missing."""
    many = len(data) if isinstance(data, pd.DataFrame) else 0
    if max_rows is not None and many > max_rows and find_spec("vegafusion") is None:
        message = f"the chart holds {many:,} rows, and {max_rows:,} are drawn without VegaFusion"
        raise ExploreError(f"{message}; install the extra: pip install 'explore[large]', or group the rows first")
    return alt.to_values(data)


def worked_out(spec: dict[str, Any]) -> dict[str, Any]:
    """Turn a Vega-Lite specification into one for Vega, with its bins and sums in place of its rows."""
    import vegafusion  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415  # the extra `large`
    import vl_convert  # noqa: PLC0415

    vega: dict[str, Any] = vl_convert.vegalite_to_vega(drawable(spec), vl_version="5.8")
    with suppress(ValueError):  # what VegaFusion cannot work out the browser does
        vega = vegafusion.runtime.pre_transform_spec(vega)[0]
    return vega


def render(spec: dict[str, Any], **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook shows of a chart: by media type its content, and its metadata.

    JupyterLab draws the live part, other viewers the picture, the rest reads the words. The live part
    names Vega-Lite 5, which JupyterLab carries; Altair’s own label (6) it does not know. That of a
    large chart is Vega, and left out where it is too much for a notebook.
    """
    live, kind = {**spec, "$schema": SCHEMA}, "application/vnd.vegalite.v5+json"
    if any(len(rows) > MAX_ROWS for rows in spec.get("datasets", {}).values()) and find_spec("vegafusion"):
        live, kind = worked_out(live), "application/vnd.vega.v5+json"
    words = str(spec.get("description") or "A chart without a description.")
    options = {"actions": {"export": True, "source": False, "compiled": False, "editor": False}}
    own = (spec.get("usermeta") or {}).get("embedOptions")
    options |= own if isinstance(own, dict) else {}
    bundle = {
        kind: live,
        "image/png": base64.b64encode(picture(live)).decode(),
        "text/plain": words,
    }
    if len(json.dumps(live)) > MAX_LIVE:
        del bundle[kind]
    return bundle, {kind: {"embed_options": options}}


def picture(spec: dict[str, Any]) -> bytes:
    """Draw a specification as PNG, in 64 colours: a seventh of the bytes, no visible loss."""
    import vl_convert  # noqa: PLC0415  # a chart that nobody shows needs neither of the two
    from PIL import Image  # noqa: PLC0415

    if "vega-lite" in spec["$schema"]:
        png = vl_convert.vegalite_to_png(drawable(spec), vl_version="5.8")
    else:
        png = vl_convert.vega_to_png(drawable(spec))
    drawn = Image.open(io.BytesIO(png))
    packed = io.BytesIO()
    drawn.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def drawable(spec: dict[str, Any]) -> str:
    """Write a specification as JSON, without the control characters that end vl-convert’s process."""
    text = json.dumps(spec)
    return json.dumps(_cleaned(spec)) if _CONTROL.search(text) else text


def _cleaned(part: object) -> object:
    if isinstance(part, str):
        return clean(part)
    if isinstance(part, list):
        return [_cleaned(one) for one in part]
    if isinstance(part, dict):
        return {clean(name): _cleaned(one) for name, one in part.items()}
    return part


def clean(text: str) -> str:
    r"""Take out the control characters that XML, and most readers, refuse.

    >>> clean("a\x00b\tc")
    'ab\tc'
    """
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and not _refused(sign)))


def _refused(sign: str) -> bool:
    return "\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff"
