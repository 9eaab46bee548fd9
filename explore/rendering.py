"""How a notebook gets its charts: live, as a picture and as words; a large one worked out beforehand."""

from __future__ import annotations

import base64
import io
import json
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import altair as alt
import pandas as pd

from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
MAX_ROWS = 5000  # of a chart that is not worked out by VegaFusion first: Altair’s own limit
MAX_LIVE = 4_000_000  # characters of a specification that a notebook stores; beyond, it stores the picture alone
_CONTROL = re.compile(r"\\u(?:00[01]|00[89]|d[89a-f]|fff[ef])", re.IGNORECASE)
_LARGE: WeakValueDictionary[str, pd.DataFrame] = WeakValueDictionary()
_PREFIX = "vegafusion+dataset://"


def rows_of(data: alt.DataType, max_rows: int | None = MAX_ROWS) -> Mapping[str, object]:
    """Give Altair the rows of a chart; those of a large one by a name, under which VegaFusion finds them."""
    if not isinstance(data, pd.DataFrame) or max_rows is None or len(data) <= max_rows:
        return alt.to_values(data)
    if not all(map(find_spec, ("vegafusion", "pyarrow"))):
        message = f"the chart holds {len(data):,} rows, and {max_rows:,} are drawn without VegaFusion"
        raise ExploreError(f"{message}; install the extra: pip install 'explore[large]', or group the rows first")
    name = f"table_{id(data)}"
    _LARGE[name] = data
    return {"url": _PREFIX + name}


def worked_out(spec: dict[str, Any]) -> dict[str, Any]:
    """Turn a specification over large tables into one for Vega, its bins and sums worked out by VegaFusion."""
    import vegafusion  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415  # the extra `large`
    import vl_convert  # noqa: PLC0415

    vega = vl_convert.vegalite_to_vega(drawable(spec), vl_version="5.8")
    tables = {name: _LARGE[name] for name in re.findall(re.escape(_PREFIX) + r"(\w+)", json.dumps(vega))}
    made: dict[str, Any] = vegafusion.runtime.pre_transform_spec(vega, inline_datasets=tables)[0]
    return made


def render(spec: dict[str, Any], **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the bundle that JupyterLab draws live, other viewers as a picture, the rest as words.

    The live part names Vega-Lite 5, which JupyterLab carries; Altair’s own label (6) it does not know.
    That of a large chart is Vega, and left out where it is too much for a notebook.
    """
    live, kind = {**spec, "$schema": SCHEMA}, "application/vnd.vegalite.v5+json"
    if _PREFIX in json.dumps(spec):
        live, kind = worked_out(live), "application/vnd.vega.v5+json"
    words = str(spec.get("description") or "A chart without a description.")
    options = {"actions": {"export": True, "source": False, "compiled": False, "editor": False}}
    options |= spec.get("usermeta", {}).get("embedOptions", {})
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
