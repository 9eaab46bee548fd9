"""A statistic as a card: the number, its words in their context, who said it, its source and the verdict."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from explore import texts
from explore.claims import unchanged
from explore.columns import ids
from explore.panels.controls import facts, labels, safe
from explore.register import Library
from explore.register.schema import Statistic
from explore.tables import frame_of
from explore.terms import EVIDENCE, ExploreError
from explore.wording import when

REACH = 220  # characters of context on either side of the quoted words


def of_statistic(row: pd.DataFrame, library: Library | None, judged: pd.DataFrame | None) -> str:
    """Write a statistic as a card. Every word in it is escaped.

    Args:
        row: its row of `explore.statistics()`.
        library: the registers that the row is of, where they are known.
        judged: rows of `explore.audit()` under their ids.
    """
    one: dict[Any, Any] = {name: None if pd.isna(value) else value for name, value in row.iloc[0].items()}
    key = str(one["id"])
    coded = unchanged(row, library).get(key) if library else None
    register = library.registers.get(str(one["document"])) if library else None
    known = ", ".join(filter(None, (one["publisher"], one["published"] and when(one["published"]))))
    verdict = judged.loc[key] if judged is not None and key in judged.index else None
    told = (
        ("said by", one["stated_by"]),
        ("of whom", ", ".join(filter(None, (one["population"], one["group"])))),
        ("where", one["place"]),
        ("when", one["period"] and when(one["period"])),
        ("out of", one["n"] and f"{one['n']:,}"),
        ("in", f"{register.document.title if register else one['document']}{f' ({known})' if known else ''}"),
        ("how read", one["evidence"] and ": ".join([one["evidence"], EVIDENCE.get(one["evidence"], "")])),
        ("read in", one["locator"]),
        ("its source", _whole(ids(one["source"]), library)),
        ("may lie behind it", _whole(coded.candidates if coded else (), library)),
        ("verdict", None if verdict is None else f"{verdict['verdict']}: {verdict['reason']}"),
        ("note", one["note"]),
        ("id", key),
    )
    interval = f" <small>95% interval {one['low']:.1f} to {one['high']:.1f}</small>" if one["low"] is not None else ""
    head = f"<h4>{safe(one['said'] or 'no number')}{interval}</h4><p>{safe(one['measure'])}</p>"
    return f"{head}{_words(one, coded, library)}{facts(told)}"


def _whole(keys: Iterable[str], library: Library | None) -> str:
    """Say statistics in one line each; by their ids alone where their register is not known."""
    found = {key: library.statistics.get(key) if library else None for key in keys}
    told = labels(frame_of(library, [one for one in found.values() if one])) if library else []
    said = {key: label for label, key in told}
    return "\n".join(said.get(key, key) for key in found)


def _words(one: dict[Any, Any], coded: Statistic | None, library: Library | None) -> str:
    """Quote the words with the number marked; in their context, where the text is at hand."""
    if not one["quote"]:
        return ""
    before, quote, after = _context(one["quote"], coded, library)
    start, end = _number(quote, [one["value_text"], coded.number if coded else None])
    marked = f"{safe(quote[:start])}<mark>{safe(quote[start:end])}</mark>{safe(quote[end:])}"
    return f"<blockquote>{safe(before)}<b>{marked}</b>{safe(after)}</blockquote>"


def _context(quote: str, coded: Statistic | None, library: Library | None) -> tuple[str, str, str]:
    """Return the quoted words as they stand in the text, and what stands before and after them."""
    try:
        path = texts.text_path(library.registers[coded.document]) if coded and library else None
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
