"""The report: every chart and table on one page, each number linked to its words and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from explore import display, tables, verdicts
from explore.exports.pages import Figure, Link, Row, Section, Table, page
from explore.terms import EVIDENCE, SHARE_COLUMNS, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_CHARTS = {
    "audit": "The audit",
    "solicitation": "Police and solicitation",
    "arrests": "Shares of arrests and convictions",
    "sweeps": "The FBI’s sweeps",
    "sample_size": "How many were asked",
    "reporting": "Reporting violence in New Zealand",
    "christchurch": "Christchurch, 1999 and 2006",
    "national": "New Zealand counts",
    "germany": "Trafficking cases in Germany",
    "timeline": "Dates",
}
"""Headings of the charts, in the order of the report; a chart that is not named here comes after them."""

_SHARES = "Interval: 95% (Wilson), where the number of people asked is known. Each number leads to its words."
_GROWTH = (
    "People, and the change since the first year in percent: of the number, and of the number per resident "
    "on the stated population growth. Each number leads to its words."
)


def report(figures: Mapping[str, Figure], beside: Mapping[str, Figure]) -> bytes:
    """Write the page: the audit, the charts, the topics, every statistic, every document.

    Args:
        figures: the charts, by name.
        beside: charts that set one stated number beside its source, by the statistic’s id.
    """
    documents, statistics, audit = tables.documents(), tables.statistics(), verdicts.audit()
    known = _words_of(statistics)
    known |= {key: anchor(key) for key in [*statistics["id"], *documents["document"]]}
    measures = statistics.set_index("id")["measure"]
    named = {key: f"{said}: {measures[key]}" for key, said in zip(audit["id"], audit["stated"], strict=True)}
    order = [*(one for one in _CHARTS if one in figures), *(one for one in figures if one not in _CHARTS)]
    charts = [figures[name]._replace(heading=_CHARTS.get(name, _heading(name))) for name in order]
    compared = [figure._replace(heading=named.get(key, key)) for key, figure in beside.items()]
    sections = [
        Section("verdicts", "What the audit found", _words(VERDICTS), table=_audit(audit)),
        Section("charts", "The charts", figures=charts),
        Section("beside", "Stated numbers beside their sources", figures=compared),
        *(
            Section(f"topic-{name}", f"Table: {one.title}", _SHARES, table=_shares(one.table()))
            for name, one in tables.TOPICS.items()
            if one.columns is SHARE_COLUMNS
        ),
        Section("topic-christchurch", "Table: Christchurch", _GROWTH, table=_christchurch(tables.christchurch())),
        Section("statistics", "Every number and its words", _words(EVIDENCE), table=_statistics(statistics)),
        Section("documents", "Every document", table=_documents(documents)),
    ]
    title = "Stated numbers, and the words and sources they lead back to"
    return page(title, sections, lead=_lead(documents, statistics, audit), known=known)


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def anchor(key: str) -> str:
    """Name the place of a statistic or a document on the page.

    >>> anchor("autostraddle-2015/la-solicited")
    'is-autostraddle-2015.la-solicited'
    """
    return f"is-{key.replace('/', '.')}"


def _words_of(statistics: pd.DataFrame) -> dict[str, str]:
    """Name the place of every quoted word, with and without who said it; of several numbers the first."""
    found: dict[str, str] = {}
    for one in _rows(statistics[statistics["quote"].notna()]):
        for text in (f"“{one['quote']}”", f"“{one['quote']}” ({one['stated_by']})"):
            found.setdefault(text, anchor(str(one["id"])))
    return found


def _lead(documents: pd.DataFrame, statistics: pd.DataFrame, audit: pd.DataFrame) -> str:
    counts = audit["verdict"].value_counts()
    found = ", ".join(f"{name} {counts[name]}" for name in VERDICTS if counts.get(name))
    titles = documents.set_index("document")["title"]
    texts = " and ".join(f"“{titles[key]}”" for key in audit["id"].str.partition("/")[0].unique())
    return (
        f"{len(audit)} numbers that {texts} states, each with its words; with those of its sources and of "
        f"other documents, {len(statistics)} numbers of {len(documents)} documents. Set beside what the "
        f"cited sources say, or recomputed: {found}."
    )


def _words(meanings: Mapping[str, str]) -> str:
    return " ".join(f"{name.capitalize()}: {meaning}." for name, meaning in meanings.items())


def _rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return cast("list[dict[str, object]]", plain.to_dict("records"))


def _to(one: Mapping[str, object], text: str) -> Link:
    """Make the link from a number to its words."""
    return Link(str(one[text] or "see its words"), f"#{anchor(str(one['id']))}")


def _joined(one: Mapping[str, object], *names: str) -> str:
    return "; ".join(str(one[name]).replace("/", "–") for name in names if one[name])


def _cases(one: Mapping[str, object]) -> str:
    return f"n = {one['n']:,}" if one["n"] else ""


def _audit(frame: pd.DataFrame) -> Table:
    rows = [
        Row(
            "",
            [
                _to(one, "stated"),
                one["found"],
                one["verdict"],
                one["reason"],
                one["source"] or (["may be", one["candidates"]] if one["candidates"] else None),
            ],
        )
        for one in _rows(frame)
    ]
    return Table({"stated": 11, "found": 13, "verdict": 11, "why": 43, "source": 22}, rows)


def _shares(frame: pd.DataFrame) -> Table:
    frame = display.told(frame.assign(number=frame["percent"].fillna(frame["count"])), "number")
    rows = [
        Row(
            "",
            [
                _to(one, "said"),
                one["measure"],
                [_joined(one, "population", "group"), _cases(one)],
                _joined(one, "place", "period"),
                None if one["low"] is None else f"{one['low']:.1f} to {one['high']:.1f}%",
                ["stated in", one["document"]] if one["role"] == "stated" else one["document"],
            ],
        )
        for one in _rows(frame)
    ]
    widths = {"number": 12, "of what": 23, "of whom": 21, "where, when": 17, "interval": 10, "document": 17}
    return Table(widths, rows)


def _christchurch(frame: pd.DataFrame) -> Table:
    changes = {
        "change_percent": "change, %",
        "stated_change_percent": "stated change, %",
        "per_head_change_percent": "change per resident, %",
    }
    rows = [
        Row("", [one["sector"], str(one["year"]), _to(one, "people"), *(one[name] for name in changes)])
        for one in _rows(frame)
    ]
    return Table({"sector": 15, "year": 12, "people": 13, **dict.fromkeys(changes.values(), 20)}, rows)


def _statistics(frame: pd.DataFrame) -> Table:
    rows = [
        Row(
            anchor(str(one["id"])),
            [
                [one["value_text"] if one["unit"] == "year" else one["said"], one["id"]],
                [_joined(one, "measure", "population", "group", "place", "period"), _cases(one)],
                [f"“{one['quote']}”" if one["quote"] else None, _read_in(one), one["note"]],
                [one["stated_by"], one["evidence"]],
                one["source"],
            ],
        )
        for one in _rows(display.told(frame, "value"))
    ]
    widths = {"number, id": 17, "what it counts": 24, "words, where read": 29, "said by": 16, "repeats": 14}
    return Table(widths, rows)


def _read_in(one: Mapping[str, object]) -> object:
    where = str(one["locator"] or one["document"])
    return Link(where, str(one["url"])) if one["url"] else where


def _documents(frame: pd.DataFrame) -> Table:
    rows = [
        Row(
            anchor(str(one["document"])),
            [
                [Link(str(one["title"]), str(one["url"])) if one["url"] else one["title"], one["note"]],
                one["publisher"],
                one["published"],
                one["kind"],
                str(one["statistics"]),
            ],
        )
        for one in _rows(frame)
    ]
    return Table({"title": 52, "publisher": 18, "published": 12, "kind": 9, "numbers": 9}, rows)
