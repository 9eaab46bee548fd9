"""How charts look and how a notebook shows them: the theme, the renderer, tables."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import pandas as pd
from IPython.core.getipython import get_ipython

from explore import rendering
from explore.charts import theme as _theme  # noqa: F401  # its import registers the theme
from explore.terms import ExploreError, nearest

if TYPE_CHECKING:
    from collections.abc import Hashable

MAX_ROWS = 60  # of a table that is shown; of a longer one the first and the last half of them
DECIMALS = 2
_THEMES = {"light": "explore", "dark": "explore-dark"}
_LONG = 60  # letters: a column that holds more is given room
_UNBROKEN = re.compile(r"[\d/.-]+|\S+/\S+")  # dates, periods, ids: broken in the middle, they are hard to read
_NUMBERS = ("value", "upper", "count", "percent", "stated_value", "found_value", "found_low", "found_high")


def setup(theme: Literal["light", "dark"] = "light") -> None:
    """Turn on the theme and the renderer: the first cell of every notebook.

    The charts then show themselves in JupyterLab without a network and before any cell is run, tables
    show numbers as they are said and quotes whole. A chart of your own over more than 5,000 rows is worked
    out by VegaFusion before it is shown, where the extra `large` is installed.

    Args:
        theme: `light`, or `dark` for charts on a dark ground.

    Raises:
        ExploreError: no such theme.

    >>> import explore
    >>> explore.setup()
    >>> import altair
    >>> altair.renderers.active
    'explore'
    """
    if theme not in _THEMES:
        raise ExploreError(f"theme = {theme!r}: is no theme of the charts; {nearest(theme, _THEMES)}")
    alt.theme.enable(_THEMES[theme])
    alt.renderers.enable("explore")
    alt.data_transformers.register("explore", rendering.rows_of)
    if alt.data_transformers.active == "default":
        alt.data_transformers.enable("explore")
    shell = get_ipython()
    if shell is not None and shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, table_html)


def table_html(frame: pd.DataFrame) -> str:
    """Show a table: numbers as they are said, words at the left, quotes whole, a dash for what is unknown.

    Numbers have separators of thousands, as few decimals as they need, and stand at the right; years are
    years. Rows that are only numbered are not numbered here; an index of your own stays.

    >>> "<td>10,000</td>" in table_html(pd.DataFrame({"count": [10000.0, None]}))
    True
    """
    if type(frame) is not pd.DataFrame:
        return str(frame._repr_html_())  # type: ignore[operator]  # a kind of table shows itself
    half = MAX_ROWS // 2
    cut = len(frame) > MAX_ROWS
    shown = pd.concat([frame.head(half), frame.tail(half)]) if cut else frame
    columns = [_column(name, shown.iloc[:, at], shown) for at, name in enumerate(shown.columns)]
    if not _is_numbering(shown.index):
        index = shown.index.to_frame(index=False)
        named = [name or "" for name in shown.index.names]
        columns = [_column(name, index.iloc[:, at], index, "th") for at, name in enumerate(named)] + columns
    head = "".join(column[0] for column in columns)
    rows = ["".join(cells) for cells in zip(*(column[1] for column in columns), strict=True)]
    if cut:
        rows.insert(half, f"<td>…</td>{'<td></td>' * (len(columns) - 1)}")
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    size = f"<p>{len(frame):,} rows, of which {MAX_ROWS} are shown</p>" if cut else ""
    kind = "dataframe tex2jax_ignore mathjax_ignore"  # JupyterLab would set $…$ as a formula
    return f'<table class="{kind}" style="text-align:right"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{size}'


def _is_numbering(index: pd.Index[Any]) -> bool:
    return index.nlevels == 1 and index.name is None and pd.api.types.is_integer_dtype(index.dtype)


def _column(name: Hashable, cells: pd.Series[Any], frame: pd.DataFrame, cell: str = "td") -> tuple[str, list[str]]:
    """Write a column: its head, and its cells."""
    title = html.escape(" / ".join(map(str, name)) if isinstance(name, tuple) else str(name))
    years = _years(str(name), frame)
    texts = [_said(value, year=year) for value, year in zip(cells, years, strict=True)]
    if _is_number(cells):
        return f"<th>{title}</th>", [f"<{cell}>{html.escape(text)}</{cell}>" for text in texts]
    wide = ";min-width:24em" if max(map(len, texts), default=0) > _LONG else ""
    styles = [
        "text-align:left;white-space:nowrap" if _UNBROKEN.fullmatch(text) else "text-align:left" for text in texts
    ]
    made = [f'<{cell} style="{style}">{html.escape(text)}</{cell}>' for style, text in zip(styles, texts, strict=True)]
    return f'<th style="text-align:left{wide}">{title}</th>', made


def _is_number(cells: pd.Series[Any]) -> bool:
    """Say whether a column holds numbers and nothing else; truth values are words."""
    if cells.dtype == object:
        cells = cells.dropna().infer_objects()
    kind = cells.dtype
    return len(cells) > 0 and pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)


def _years(name: str, frame: pd.DataFrame) -> list[bool]:
    """Say of each row whether its number in a column is a year."""
    if "year" in name.casefold().split("_"):
        return [True] * len(frame)
    if name in _NUMBERS and "unit" in frame:
        return [bool(unit == "year") for unit in frame["unit"].astype("object").fillna("")]
    return [False] * len(frame)


def _said(value: object, *, year: bool) -> str:
    """Say one cell: a number with as few decimals as it needs, a date without its midnight."""
    if not pd.api.types.is_scalar(value):
        return str(value)
    if value is None or pd.isna(value):  # type: ignore[call-overload]  # a scalar
        return "–"
    if isinstance(value, pd.Timestamp):
        return str(value.date()) if value == value.normalize() else str(value)
    if isinstance(value, bool) or not pd.api.types.is_number(value):
        return str(value)
    number = float(value)  # type: ignore[arg-type]  # a number
    if number.is_integer():
        text = f"{number:.0f}" if year else f"{number:,.0f}"
    elif 0 < abs(number) < 10**-DECIMALS:
        text = f"{number:.{DECIMALS}g}"
    else:
        text = f"{number:,.{DECIMALS}f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")
