"""The schema of a register: what may be written in `seeds/<document id>.toml`, as pydantic models."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from explore.terms import Evidence, Kind, Qualifier

Operation = Literal[
    "percent_change", "difference", "sum", "ratio", "share", "interpolate", "before_change"
]
MAX_WORDS = 25
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def _period(value: object) -> object:
    """Turn a TOML year, date or text into ISO 8601, refusing what is no date."""
    if isinstance(value, bool) or not isinstance(value, int | str | dt.date):
        message = "write a year, a date, or an interval such as 2008/2011"
        raise ValueError(message)
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    parts = text.split("/")
    for part in parts:
        found = _DATE.fullmatch(part)
        if not found or not 1500 <= int(found[1]) <= 2100:
            message = "write a year from 1500 to 2100, a date, or an interval such as 2008/2011"
            raise ValueError(message)
        try:
            dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        except ValueError as error:
            message = f"is no date ({error}); write it as YYYY-MM-DD"
            raise ValueError(message) from None
    if len(parts) > 2 or parts != sorted(parts):
        message = "write an interval as from/to, the earlier first"
        raise ValueError(message)
    return text


def _short_quote(quote: str) -> str:
    if (words := len(quote.split())) > MAX_WORDS:
        message = f"holds {words} words; shorten it to {MAX_WORDS} at most"
        raise ValueError(message)
    if not quote.strip() or quote != quote.strip():
        message = "write the words alone, without space before or after them"
        raise ValueError(message)
    return quote


def _one_operation(derived: dict[Operation, list[str]]) -> dict[Operation, list[str]]:
    if len(derived) != 1:
        message = "write one operation, such as { difference = [a, b] }"
        raise ValueError(message)
    ((operation, parts),) = derived.items()
    if not parts or (operation != "sum" and len(parts) != 2):
        message = f"{operation} takes two ids" if operation != "sum" else "sum takes at least one id"
        raise ValueError(message)
    return derived


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Id = Annotated[str, Field(pattern=f"^{ID}$")]
Reference = Annotated[str, Field(pattern=f"^(?:{ID}/)?{ID}$")]
References = Annotated[list[Reference], BeforeValidator(_as_list)]
Period = Annotated[str, BeforeValidator(_period)]
Quote = Annotated[str, AfterValidator(_short_quote)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Document(Model):
    """The `[document]` table: what the register codes."""

    title: Words
    publisher: Words
    published: Period
    kind: Kind
    language: Words = "en"
    url: Words | None = None
    authors: list[Words] = []
    note: Words | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    evidence: Evidence | None = None
    locator: Words | None = None
    stated_by: Words | None = None


class Span(Model):
    """Where words stand in a document's text."""

    quote: Quote | None = None
    prefix: str | None = None
    suffix: str | None = None
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=1)] | None = None


class Entry(Span):
    """One `[[statistic]]` as it may be written."""

    id: Id
    topic: Words
    measure: Words
    population: Words
    place: Words | None = None
    group: Words | None = None
    period: Period | None = None
    number: Words | None = None
    value: int | float | None = Field(default=None, allow_inf_nan=False)
    value_text: Words | None = None
    unit: Words | None = None
    qualifier: Qualifier | None = None
    n: Annotated[int, Field(gt=0)] | None = None
    series: Id | None = None
    stated_by: Words | None = None
    source: References = []
    candidates: References = []
    derived: Annotated[dict[Operation, list[Reference]], AfterValidator(_one_operation)] | None = None
    evidence: Evidence | None = None
    locator: Words | None = None
    url: Words | None = None
    note: Words | None = None


class Statistic(Entry):
    """One statistic after reading: the entry, with what its words and its register give."""

    key: str
    document: str
    decimals: int = 0
    computed: float | None = None
    extreme: Literal["lowest", "highest"] | None = None


class Series(Span):
    """One `[[series]]`: numbers made by one method over one coverage."""

    id: Id
    method: Words
    coverage: Words
    note: Words | None = None


class Dismissed(Span):
    """One `[[dismissed]]`: numbers that are not statistics, and why."""

    quotes: list[Quote] = []
    reason: Words


class Written(Model):
    document: Document
    statistic: list[Entry] = []
    series: list[Series] = []
    dismissed: list[Dismissed] = []
