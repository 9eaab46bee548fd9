"""The schema of a register: what may be written in `seeds/<document id>.toml`, as pydantic models."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
    ValidationInfo,
)

from explore.terms import VOCABULARY, Evidence, Kind, Mistake, Qualifier, Sample, Verdict, nearest

Operation = Literal["percent_change", "difference", "sum", "ratio", "share", "interpolate", "before_change"]
MAX_WORDS = 25
LARGEST = 10**15  # what a float holds exactly
UNKNOWN = "?"  # what a skeleton holds where the user is to fill in; missing in the tables
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def _period(value: object) -> object:
    """Turn a TOML year, date or text into ISO 8601, refusing what is no date."""
    if value == UNKNOWN:
        return value
    if isinstance(value, bool) or not isinstance(value, int | str | dt.date):
        message = "write a year, a date, or an interval such as 2008/2011"
        raise ValueError(message)  # noqa: TRY004
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


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _in_full(reference: str, info: "ValidationInfo[dict[str, str]]") -> str:
    """Write an id with the document that it is of; `context` says which register is read."""
    return reference if "/" in reference else f"{info.context['document']}/{reference}"


def _braces_in_full(sentence: str, info: "ValidationInfo[dict[str, str]]") -> str:
    short = re.compile(rf"(^{{\s*|\.\.)(?={ID}(?:\.|\s*}}$))")
    full = rf"\g<1>{info.context['document']}/"
    return re.sub(r"\{[^{}]*\}", lambda braces: short.sub(full, braces[0]), sentence)


Item = TypeVar("Item")
Many = Annotated[tuple[Item, ...], Strict(False)]  # noqa: FBT003  # a list of TOML, kept so that nobody changes it
Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Id = Annotated[str, Field(pattern=f"^{ID}$")]
Reference = Annotated[str, Field(pattern=f"^(?:{ID}/)?{ID}$"), AfterValidator(_in_full)]
References = Annotated[tuple[Reference, ...], BeforeValidator(_as_tuple)]
Pair = Annotated[Many[Reference], Field(min_length=2, max_length=2)]
Period = Annotated[str, BeforeValidator(_period)]
Quote = Annotated[str, AfterValidator(_short_quote)]
DEFAULTS = ("place", "part_of", "population", "period", "series", "evidence", "locator", "url")
"""Fields that a document may say once for every statistic below it."""


class Model(BaseModel):
    """What every table of a register keeps to: no unknown field, no silent conversion, nothing changed later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Said(Model):
    """What a document may say once of all its statistics, and each of them of itself."""

    place: Words | None = None
    part_of: Words | None = None  # the larger place that this one lies in
    population: Words | None = None
    period: Period | None = None
    series: Id | None = None
    sample: Sample | None = None
    stated_by: Words | None = None
    evidence: Evidence | None = None
    locator: Words | None = None
    url: Words | None = None
    note: Words | None = None


class Document(Said):
    """The `[document]` table: what the register codes."""

    title: Words
    publisher: Words
    published: Period
    kind: Kind
    language: Words = "en"
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None


class Span(Model):
    """Where words stand in a document's text."""

    quote: Quote | None = None
    prefix: str | None = None
    suffix: str | None = None
    start: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    end: Annotated[int, Field(ge=1, le=LARGEST)] | None = None


class Entry(Span, Said):
    """One `[[statistic]]` as it may be written."""

    id: Id
    topic: Words
    measure: Words
    group: Words | None = None
    number: Words | None = None
    value: int | float | None = Field(default=None, allow_inf_nan=False, ge=-LARGEST, le=LARGEST)
    value_text: Words | None = None
    unit: Words | None = None
    qualifier: Qualifier | None = None
    n: Annotated[int, Field(gt=0, le=LARGEST)] | None = None
    observation_status: Literal["provisional", "estimated", "revised"] | None = None
    source: References = ()
    source_is: Literal["named", "inferred"] | None = None
    candidates: References = ()
    derived: Annotated[dict[Operation, list[Reference]], AfterValidator(_one_operation)] | None = None


class Statistic(NamedTuple):
    """One statistic after reading: the entry, with what its words, its register and its own id give.

    A tuple, since there may be a million: it takes a tenth of the room of a model, and nobody can change it.
    """

    key: str
    id: str
    document: str
    topic: str
    measure: str
    population: str  # its own, or its document's
    quote: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None
    place: str | None = None
    part_of: str | None = None  # the larger place that this one lies in
    group: str | None = None
    period: str | None = None
    number: str | None = None
    value: float | None = None
    value_text: str | None = None
    unit: str | None = None
    qualifier: Qualifier | None = None
    n: int | None = None
    sample: Sample | None = None
    observation_status: str | None = None
    series: str | None = None
    stated_by: str | None = None
    source: tuple[str, ...] = ()
    source_is: str | None = None
    candidates: tuple[str, ...] = ()
    derived: tuple[Operation, tuple[str, ...]] | None = None  # the operation, and the ids of its parts
    evidence: Evidence | None = None
    locator: str | None = None
    url: str | None = None
    note: str | None = None
    upper: float | None = None
    words: str | None = None  # the number as the text says it, with what qualifies it
    kind: str | None = None  # what kind of number the words are, as in `explore.numbers.KINDS`
    fraction: float | None = None  # two-thirds, where the words say so: `value` may be 66.7
    typed: bool = False
    decimals: int = 0
    computed: float | None = None
    extreme: Literal["lowest", "highest"] | None = None
    unfinished: tuple[str, ...] = ()


class Break(Model):
    """Where a series changed its way of counting: `at` is the first period of the new way."""

    at: Period
    why: Words

    def side(self, period: str | None) -> Literal["before", "since", "across", "unknown"]:
        """Say on which side of the break a period lies."""
        if period is None:
            return "unknown"
        first, last = period.split("/")[0], period.split("/")[-1]
        if first >= self.at:
            return "since"
        return "across" if last >= self.at or self.at.startswith(last) else "before"


class Series(Span):
    """One `[[series]]`: numbers made by one method over one coverage."""

    id: Id
    method: Words
    coverage: Words
    breaks: Many[Break] = ()
    sample: Sample | None = None
    note: Words | None = None

    def segment(self, period: str | None) -> int | None:
        """Count the breaks that a period lies behind; None where it lies across one, or is not known.

        Only numbers of one segment may be compared.
        """
        sides = [one.side(period) for one in self.breaks]
        return None if {"across", "unknown"} & {*sides} else sides.count("since")


class Dismissed(Span):
    """One `[[dismissed]]`: numbers that are not statistics, and why."""

    quotes: Many[Quote] = ()
    reason: Words


class Topic(Model):
    """One `[[topic]]`: what it is about, in words that are true whatever its rows say."""

    id: Id
    title: Words


class Finding(Model):
    """One `[[finding]]`: a sentence about a topic, the rows it needs, and what must hold for it to be said."""

    id: Annotated[Id, AfterValidator(_in_full)]
    topic: Words
    says: Annotated[Words, AfterValidator(_braces_in_full)]
    needs: References = ()
    verdict: dict[Reference, Verdict] = {}
    rises: Many[Pair] = ()
    falls: Many[Pair] = ()
    lowest: References = ()
    highest: References = ()


class Written(Model):
    """A whole register as it is written."""

    document: Document
    statistic: Many[Entry] = ()
    series: Many[Series] = ()
    dismissed: Many[Dismissed] = ()
    topic: Many[Topic] = ()
    finding: Many[Finding] = ()


ROOMS: dict[str, type[BaseModel]] = {
    "document": Document,
    "statistic": Entry,
    "series": Series,
    "dismissed": Dismissed,
    "topic": Topic,
    "finding": Finding,
}


def name_of(entry: object, at: int) -> str:
    """Name an entry for a message: by its id, or by its number."""
    return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else f"number {at + 1}"


def explain(file: str, raw: dict[str, Any], labels: list[str], error: ValidationError) -> Iterator[Mistake]:
    """Turn what pydantic found into mistakes in a reader's words."""
    for one in error.errors(include_url=False):
        room, rest = str(one["loc"][0]), [*one["loc"][1:]]
        entry = "document" if room == "document" else "file"
        if rest and isinstance(rest[0], int):
            at = rest[0]
            entry = labels[at] if room == "statistic" else f"{room} {name_of(raw[room][at], at)}"
            rest = rest[1:]
        inner = rest[:1] == ["breaks"] and isinstance(rest[-1], str)
        field = str(rest[-1] if inner else rest[0] if rest else room)
        value: object = one["input"]
        message = VOCABULARY["fixes"].get(one["type"], one["msg"].removeprefix("Value error, "))
        if one["type"] == "missing":
            value, message = None, f'is missing; write {field} = "…"' if rest else f"is missing; write [{field}]"
        elif one["type"] == "extra_forbidden":
            names = ROOMS[room].model_fields if room in ROOMS else [*ROOMS, "table"]
            value, message = None, f"is no field of a register; {nearest(field, names)}"
        elif one["type"] == "string_pattern_mismatch":
            message = VOCABULARY["patterns"].get(one["ctx"]["pattern"], message)
        yield Mistake(file, entry, field, value, message)


def leave_out(raw: dict[str, Any], labels: list[str], error: ValidationError) -> set[str]:
    """Take what is wrong out of a register, so that the rest is checked too; give the ids taken out."""
    broken: set[str] = set()
    wrong = {one["loc"][:2] for one in error.errors(include_url=False)}
    for where in sorted((where for where in wrong if where[0] != "document"), reverse=True):
        room, at = str(where[0]), where[-1]
        if not isinstance(at, int):
            raw.pop(room, None)
            continue
        entry = raw[room].pop(at)
        if room == "statistic":
            labels.pop(at)
        if isinstance(entry, dict) and "id" in entry:
            broken.add(str(entry["id"]))
    if any(where[0] == "document" for where in wrong):
        raw["document"] = dict.fromkeys(("title", "publisher", "locator"), "unknown")
        raw["document"] |= {"published": UNKNOWN, "kind": "report", "evidence": "relay"}
    return broken
