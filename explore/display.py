"""How charts look and how a notebook shows them: the theme, the renderer, tables."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd
from IPython.core.getipython import get_ipython

from explore import rendering
from explore.charts import theme as _theme  # noqa: F401  # its import registers the theme


def setup() -> None:
    """Turn on the theme and the renderer: the first cell of every notebook.

    The charts then show themselves in JupyterLab without a network and before any cell is run, and
    tables show whole quotes instead of their first words. A chart of your own over more than 5,000 rows
    is worked out by VegaFusion before it is shown, where the extra `large` is installed.

    >>> import explore
    >>> explore.setup()
    >>> import altair
    >>> altair.renderers.active
    'explore'
    """
    alt.theme.enable("explore")
    alt.renderers.enable("explore")
    alt.data_transformers.register("explore", rendering.rows_of)
    if alt.data_transformers.active == "default":
        alt.data_transformers.enable("explore")
    pd.set_option("display.precision", 2)
    shell = get_ipython()
    if shell is not None and shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, table_html)


def table_html(frame: pd.DataFrame) -> str:
    """Show a table with whole quotes, words at the left and a dash for what is unknown.

    >>> "<td>42</td>" in table_html(pd.DataFrame({"percent": [42]}))
    True
    """
    if type(frame) is not pd.DataFrame:
        return str(frame._repr_html_())  # type: ignore[operator]  # a kind of table shows itself
    with pd.option_context("display.max_colwidth", None):
        html = frame.mask(frame.isna(), pd.NA).to_html(na_rep="–", max_rows=60, border=0).replace("&lt;NA&gt;", "–")
    return re.sub(r"<t([dh])>(?!-?[\d,.]+</t)", r'<t\1 style="text-align: left">', html)
