"""A statistic as a card: the number, its words in their context, who said it, its source and the verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from explore import texts
from explore.charts.pairs import labelled
from explore.panels.controls import safe
from explore.register import load
from explore.wording import say, when
from explore.terms import EVIDENCE, VERDICTS, ExploreError

if TYPE_CHECKING:
    from explore.register.schema import Statistic

REACH = 220  # characters of context on either side of the quoted words


def of_statistic(rows: pd.DataFrame, verdict: tuple[str, str] | None) -> str:
    """Write a statistic as a card. Every word in it is escaped.

    Args:
        rows: its row of `explore.statistics()`.
        verdict: what the audit found, and why; None where it was not audited.
    """
    row = labelled(rows).iloc[0]
    one: dict[Any, Any] = {name: None if pd.isna(value) else value for name, value in row.items()}
    coded = load().statistics.get(one["id"])
    coded = coded if coded and coded.quote == one["quote"] else None  # a row of one's own registers
    interval = f" <small>95% interval {one['low']:.1f} to {one['high']:.1f}</small>" if one["low"] is not None else ""
    facts = {
        "said by": one["stated_by"],
        "of whom": ", ".join(filter(None, (one["population"], one["group"]))),
        "where": one["place"],
        "when": when(one["period"]) if one["period"] else None,
        "out of": f"{one['n']:,}" if one["n"] else None,
        "in": _document(one["document"]),
        "how read": f"{one['evidence']}: {EVIDENCE[one['evidence']]}" if one["evidence"] else None,
        "read in": one["locator"],
        "its source": _whole(one["source"].split(", ") if one["source"] else []),
        "may lie behind it": _whole(coded.candidates if coded else []),
        "verdict": f"{verdict[0]}: {VERDICTS[verdict[0]]}. {verdict[1]}" if verdict else None,
        "note": one["note"],
        "id": one["id"],
    }
    cells = "".join(
        f"<dt>{name}</dt><dd>{safe(words).replace(chr(10), '<br>')}</dd>" for name, words in facts.items() if words
    )
    head = f"<h4>{safe(one['said'])}{interval}</h4><p>{safe(one['measure'])}</p>"
    return f"{head}{_words(one, coded)}<dl>{cells}</dl>"


def _document(name: str) -> str:
    register = load().registers.get(name)
    if register is None:
        return name
    about = register.document
    return f"{about.title} ({about.publisher}, {when(about.published)})"


def _whole(keys: list[str]) -> str:
    """Say statistics in one line each: number, what it counts, of whom, where, when, and its id."""
    lines = []
    for key in keys:
        parts: list[str | None] = []
        if one := load().statistics.get(key):
            parts = [say(one), one.measure, one.population, one.place, one.period and when(one.period)]
        lines.append(f"{' · '.join(filter(None, parts))}  [{key}]")
    return "\n".join(lines)


def _words(one: dict[Any, Any], coded: Statistic | None) -> str:
    """Quote the words with the number marked; in their context, where the text is at hand."""
    if not one["quote"]:
        return ""
    before, quote, after = _context(one["quote"], coded)
    start, end = _number(quote, [one["value_text"], coded.number if coded else None])
    marked = f"{safe(quote[:start])}<mark>{safe(quote[start:end])}</mark>{safe(quote[end:])}"
    return f"<blockquote>{safe(before)}<b>{marked}</b>{safe(after)}</blockquote>"


def _context(quote: str, coded: Statistic | None) -> tuple[str, str, str]:
    """Return the quoted words as they stand in the text, and what stands before and after them."""
    try:
        path = texts.text_path(load().registers[coded.document]) if coded else None
        if path is None or coded is None:
            return "“", quote, "”"
        text = texts.read_text(path).words
        start, end = texts.locate(text, coded)
    except ExploreError:
        return "“", quote, "”"
    before = text[max(0, start - REACH) : start].partition(" ")[2] if start > REACH else text[:start]
    after = text[end : end + REACH].rpartition(" ")[0] if len(text) > end + REACH else text[end:]
    last, first = before.rpartition("\n\n")[2].lstrip(), after.partition("\n\n")[0].rstrip()
    return f"… {last}", text[start:end], f"{first} …"


def _number(quote: str, candidates: list[str | None]) -> tuple[int, int]:
    """Find the number in the quoted words; the whole of them where it is not written in one piece."""
    for wanted in candidates:
        found = wanted and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", quote)
        if found:
            return found.span()
    return 0, len(quote)
