"""Tables for spreadsheets: CSV and XLSX, whose cells no program takes for formulas."""

from __future__ import annotations

import io
import re
from numbers import Real
from typing import TYPE_CHECKING, Any

import pandas as pd
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from explore.exports.metadata import CREATOR, LICENCE
from explore.terms import ExploreError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from explore.exports.evidence import Evidence

# Signs that make a spreadsheet read a text as a formula, wide forms and line breaks included.
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_DECIMALS = re.compile(r"\d[\d,]*\.\d+")
_WIDEST = 60  # characters


def harmless(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Numbers stay numbers, negative ones too; take the apostrophe off to have the text as it was.

    >>> harmless("=1+1"), harmless(-3.9), harmless("42%")
    ("'=1+1", -3.9, '42%')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_SIGNS) else value


def armed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table that was read from a file of ours with its texts as they were: the apostrophes are off."""
    texts = frame.select_dtypes(exclude=["number", "bool"])
    return frame.assign(**{str(name): texts[name].astype(object).map(_bare) for name in texts})


def _bare(value: object) -> object:
    return value[1:] if isinstance(value, str) and value.startswith(tuple(f"'{sign}" for sign in _SIGNS)) else value


def disarmed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a copy whose texts, column names included, no spreadsheet takes for formulas."""
    texts = frame.select_dtypes(exclude=["number", "bool"])
    safe = frame.assign(**{str(name): texts[name].astype(object).map(harmless) for name in texts})
    return safe.rename(columns=lambda name: harmless(str(name)))


def csv(frame: pd.DataFrame) -> bytes:
    r"""Write a table as CSV: UTF-8, comma, a line feed at the end of each row; missing is empty.

    A value has the decimals of the words that say it: 93 of “93%”, 93.0 of “93.0%”.

    >>> import pandas as pd
    >>> csv(pd.DataFrame({"value": [93.0, None], "said": ["93.0%", "=1+1"]}).convert_dtypes())
    b"value,said\n93.0,93.0%\n,'=1+1\n"
    """
    safe = disarmed(frame)
    for name in {"value", "percent"} & set(frame) if "said" in frame else ():
        said = [_as_said(*cells) for cells in zip(frame[name], frame["said"], strict=True)]
        safe[name] = pd.Series(said, index=safe.index, dtype="object")
    return safe.to_csv(index=False, lineterminator="\n", float_format=_short).encode()


def _short(number: object) -> str:
    """Write a number without a decimal that only its kind adds."""
    return str(number).removesuffix(".0")


def _as_said(value: Any, said: object) -> object:  # noqa: ANN401  # a cell
    found = _DECIMALS.search(str(said))
    words = found[0].replace(",", "") if found else ""
    if pd.isna(value) or not isinstance(value, Real):
        return harmless(value)
    return f"{value:.{len(words.partition('.')[2])}f}" if words and abs(value) == float(words) else _short(value)


def xlsx(about: Evidence) -> bytes:
    """Write the rows behind a chart as a workbook: the sheet `Data`, and `About` with its evidence."""
    lines = [
        ("Title", about.title),
        ("Subtitle", about.subtitle),
        ("Alt text", about.alt),
        ("Source", about.source),
        *(("Quoted words", quote) for quote in about.quotes),
        ("Licence", LICENCE),
        ("Note", "A text that begins like a formula has an apostrophe before it, so that it stays a text."),
    ]
    told = pd.DataFrame([line for line in lines if line[1]], columns=["what", "text"])
    packed = io.BytesIO()
    with pd.ExcelWriter(packed, engine="openpyxl") as writer:
        for name, frame in {"Data": about.rows, "About": told}.items():
            disarmed(frame).to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
            _lay_out(writer.sheets[name])
        writer.book.properties.title, writer.book.properties.description = about.title, about.alt
        writer.book.properties.creator = CREATOR
    return packed.getvalue()


def _lay_out(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(sheet.columns, 1):
        widest = max(len(str(cell.value)) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(_WIDEST, widest + 3)
        for cell in column:
            cell.alignment = Alignment(vertical="top", wrap_text=cell.data_type == "s")


def required(about: Evidence, suffix: str) -> None:
    """Refuse to write a table of a chart that holds no rows."""
    if about.rows.empty:
        raise ExploreError(
            f"the chart holds no rows to write as {suffix}; it loads or computes its data elsewhere: "
            "write .json, or give the chart a DataFrame"
        )
