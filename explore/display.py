"""How charts look and how a notebook shows them: the theme, the renderer, tables."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Hashable
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Literal

import altair as alt
import pandas as pd
from IPython.core.getipython import get_ipython
from IPython.display import display

from explore import rendering
from explore.charts import theme as _theme  # noqa: F401  # its import registers the theme
from explore.terms import ExploreError, NotComparable, nearest

_COLUMNS = 20  # of pandas’ own tables, unless it is told otherwise; ours show all of theirs
_UNDO = ExitStack()  # what puts back what `setup` changed
DECIMALS = 2
_THEMES = {"light": "explore", "dark": "explore-dark"}
_LONG = 60  # letters: a column that holds more is given room
_UNBROKEN = re.compile(r"[\d/.-]+|\S+/\S+")  # dates, periods, ids: broken in the middle, they are hard to read
_NUMBERS = ("value", "upper", "count", "percent", "stated_value", "found_value", "found_low", "found_high")


def setup(theme: Literal["light", "dark", False] = "light") -> None:
    """Turn on the theme and the renderer: the first cell of every notebook.

    The charts then show themselves in JupyterLab without a network and before any cell is run, tables
    show numbers as they are said and quotes whole, and a refusal to compare is shown as a card. A chart of your
    own over more than 5,000 rows is worked out by VegaFusion before it is shown, where the extra `large` is
    installed. What you set for tables stays: the options `display.max_rows`, `display.max_columns` and
    `display.notebook_repr_html` of pandas, and itables.

    Args:
        theme: `light`, or `dark` for charts on a dark ground; `False` puts everything back as it was.

    Raises:
        ExploreError: no such theme.

    >>> import explore
    >>> explore.setup()
    >>> import altair
    >>> altair.renderers.active
    'explore'
    """
    if theme is not False and theme not in _THEMES:
        raise ExploreError(f"theme = {theme!r}: is no theme of the charts; {nearest(theme, _THEMES)}")
    _UNDO.close()
    if theme is False:
        return
    _UNDO.callback(alt.theme.enable, alt.theme.active, **alt.theme.options)
    alt.theme.enable(_THEMES[theme])
    _UNDO.callback(alt.renderers.enable, alt.renderers.active, **alt.renderers.options)
    alt.renderers.enable("explore")
    # In the place of Altair’s own, so that its `disable_max_rows()` works; a transformer of the user’s stays on.
    _UNDO.callback(_transform_by, alt.data_transformers.register("default", None))
    _transform_by(rendering.rows_of)
    shell = get_ipython()
    if shell is not None and shell.display_formatter is not None:
        formatter = shell.display_formatter.formatters["text/html"]
        shown_by = formatter.for_type(pd.DataFrame, table_html)
        _UNDO.callback(formatter.for_type if shown_by else formatter.pop, pd.DataFrame, shown_by)
        if not shell.custom_exceptions:  # a handler of the user’s own stays
            shell.set_custom_exc((NotComparable,), _show_refusal)  # type: ignore[no-untyped-call]
            _UNDO.callback(shell.set_custom_exc, (), None)


def _transform_by(transformer: Any) -> None:  # noqa: ANN401  # Altair’s own type is not public
    """Put a data transformer in the place of Altair’s default one, with the options that are set for it."""
    alt.data_transformers.register("default", transformer)
    if alt.data_transformers.active == "default":
        alt.data_transformers.enable("default", **alt.data_transformers.options)


def _show_refusal(shell: Any, kind: type, refused: NotComparable, trace: TracebackType, **_: object) -> list[str]:  # noqa: ANN401
    """Show a refusal as the card that a comparison has; the cell has failed all the same, and `%debug` works.

    IPython asks an exception for its traceback more than once, so that is no place to show a card from.
    """
    sys.last_type, sys.last_value, sys.last_traceback = kind, refused, trace
    lines = refused._render_traceback_()
    shell._last_traceback = lines  # noqa: SLF001  # what a runner of notebooks says of the cell
    display({"text/html": refused.card, "text/plain": "\n".join(lines)}, raw=True)  # type: ignore[no-untyped-call]
    return lines


def table_html(frame: pd.DataFrame) -> str | None:
    """Show a table: numbers as they are said, words at the left, quotes whole, a dash for what is unknown.

    Numbers have separators of thousands, as few decimals as they need, and stand at the right; years are
    years. Rows that are only numbered are not numbered here; an index of your own stays. Of a long table the two
    ends are shown, as many rows as pandas is set to show, and the same of its columns where that was changed.

    >>> "<td>10,000</td>" in table_html(pd.DataFrame({"count": [10000.0, None]}))
    True
    """
    if not pd.get_option("display.notebook_repr_html"):
        return None
    if type(frame) is not pd.DataFrame or vars(pd.DataFrame)["_repr_html_"].__module__ != "pandas.core.frame":
        return str(frame._repr_html_())  # type: ignore[operator]  # a kind of table, or itables, shows itself
    rows, columns = _ends(len(frame), "max_rows"), _ends(frame.shape[1], "max_columns")
    shown = frame.iloc[rows]
    made = [_column(frame.columns[at], shown.iloc[:, at], shown) for at in columns]
    if len(columns) < frame.shape[1]:
        made.insert(len(made) // 2, ("<th>…</th>", ["<td>…</td>"] * len(shown)))
    if not _is_numbering(shown.index):
        index = shown.index.to_frame(index=False)
        named = [name or "" for name in shown.index.names]
        made = [_column(name, index.iloc[:, at], index, "th") for at, name in enumerate(named)] + made
    head = "".join(column[0] for column in made)
    lines = ["".join(cells) for cells in zip(*(column[1] for column in made), strict=True)]
    if len(rows) < len(frame):
        lines.insert(len(rows) // 2, f"<td>…</td>{'<td></td>' * (len(made) - 1)}")
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    sizes = ((len(frame), rows, "rows"), (frame.shape[1], columns, "columns"))
    told = [f"{many:,} {what}, of which {len(ends)} are shown" for many, ends, what in sizes if len(ends) < many]
    size = f"<p>{'; '.join(told)}</p>" if told else ""
    kind = "dataframe tex2jax_ignore mathjax_ignore"  # JupyterLab would set $…$ as a formula
    table = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<table class="{kind}" style="text-align:right">{table}</table>{size}'


def _ends(many: int, option: str) -> list[int]:
    """Say which rows, or columns, of a table are shown: the first and the last, as many as pandas is set to show."""
    most = pd.get_option(f"display.{option}")
    if not most or many <= most or (option == "max_columns" and most == _COLUMNS):
        return [*range(many)]
    half = max(most // 2, 1)
    return [*range(half), *range(many - half, many)]


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
