"""Check stated numbers: against their source, against their parts, and against their base."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

import pandas as pd

from explore.arithmetic import SHARES, grim, overlap, reach, same_number, stands_for
from explore.columns import AUDIT_COLUMNS
from explore.register import load, parts_of
from explore.terms import VERDICTS, ExploreError, nearest
from explore.wording import amount, listed, say, when

if TYPE_CHECKING:
    from collections.abc import Iterable

    from explore.register import Library
    from explore.register.schema import Statistic
    from explore.tables import Seeds

LABELS = ("measure", "unit", "population", "place", "group", "period")
"""What a stated number and its source must agree in, where both say it."""

_WORST = ("agrees", "rounds", "mislabelled", "differs", "not read", "untraced")
_COMPUTED = {
    "percent_change": "From {} to {} the change",
    "difference": "{} less {}",
    "sum": "The sum of {}",
    "ratio": "{} divided by {}",
    "share": "The share of {} in {}",
    "interpolate": "The straight line between {} and {}",
    "before_change": "{} before a change of {}",
}


class Finding(NamedTuple):
    """What one check found."""

    verdict: str
    reason: str
    found: str | None = None
    numbers: tuple[float, ...] = ()
    fields: tuple[str, ...] = ()


def audit(seeds: Seeds = None, document: str | None = None) -> pd.DataFrame:
    """Check every number that an article or a comment states in quoted words, one row each.

    A number with a `source` is compared with it: first the number, as it would round, then what it
    is said to count, of whom, where and when. A number with `derived` is recomputed; its parts
    stand for all numbers that round to them. Nothing else can be checked, and is `untraced`.

    Args:
        seeds: folder of registers; the shipped ones when left out.
        document: audit this document instead, whatever its kind, with its numbers that are not quoted.

    Returns:
        One row a stated number, with the columns of `explore.terms.AUDIT_COLUMNS`.

    Raises:
        ExploreError: no register has this document.

    >>> import explore
    >>> table = explore.audit().set_index("id")
    >>> table.loc["autostraddle-2015/christchurch-growth", "reason"]
    'From 375 to 392 people the change is 4.53%, which rounds to 4.5%.'
    """
    library = load(seeds)
    if document is not None and document not in library.registers:
        raise ExploreError(f'no register has the document "{document}"; {nearest(document, library.registers)}')
    kinds = dict.fromkeys(AUDIT_COLUMNS, "string")
    kinds |= dict.fromkeys(("stated_value", "found_value", "found_low", "found_high"), "Float64")
    rows = [_row(library, one) for one in _audited(library, document)]
    frame = pd.DataFrame(rows, columns=list(AUDIT_COLUMNS)).astype(kinds)
    frame["verdict"] = pd.Categorical(frame["verdict"], categories=list(VERDICTS))
    frame.attrs["seeds"] = str(library.folder)
    return frame


def verdict_on(library: Library, key: str) -> str:
    """Return the verdict on one statistic."""
    return _judge(library, library.statistics[key]).verdict


def _audited(library: Library, document: str | None) -> Iterable[Statistic]:
    for register in library.registers.values():
        if document is None and register.document.kind not in {"article", "comment"}:
            continue
        for one in register.statistics:
            checked = document is not None and (one.source or one.derived)
            if document in {None, register.id} and one.evidence != "arithmetic" and (one.quote or checked):
                yield one


def _row(library: Library, one: Statistic) -> dict[str, object]:
    finding = _judge(library, one)
    sources, candidates = (_all(library, keys) for keys in (one.source, one.candidates))
    notes = [other.note for other in sources or candidates or [one] if other.note]
    return {
        "id": one.key,
        "stated": say(one),
        "found": finding.found,
        "stated_value": one.value,
        "found_value": finding.numbers[0] if len(set(finding.numbers)) == 1 else None,
        "found_low": min(finding.numbers, default=None),
        "found_high": max(finding.numbers, default=None),
        "unit": one.unit,
        "verdict": finding.verdict,
        "reason": finding.reason,
        "fields": ", ".join(finding.fields) or None,
        "source": ", ".join(one.source) or None,
        "candidates": ", ".join(one.candidates) or None,
        "note": " ".join(dict.fromkeys(notes)) or None,
        "quote": one.quote,
        "stated_by": one.stated_by,
    }


def _all(library: Library, keys: Iterable[str]) -> list[Statistic]:
    return [library.statistics[key] for key in keys]


def _judge(library: Library, one: Statistic) -> Finding:
    """Make every check that can be made; the worst verdict counts, and every reason stays."""
    sources = _all(library, one.source)
    findings = [_recomputed(library, one)] if one.derived and one.value is not None else []
    if one.extreme:
        findings += [_extreme(library, one, source) for source in sources]
    elif sources:
        findings.append(_cited(one, sources))
    if not findings:
        return _untraced(library, one)
    worst = max(findings, key=lambda finding: _WORST.index(finding.verdict))
    return worst._replace(reason=" ".join(finding.reason for finding in findings))


# --- recomputed from its parts ------------------------------------------------------------------


def _recomputed(library: Library, one: Statistic) -> Finding:
    operation, keys = parts_of(one)
    parts = _all(library, keys)
    value = cast("float", one.computed)
    told = amount(value, one.unit, 0 if value == round(value) else max(one.decimals, 0) + 1)
    same = len({part.unit for part in parts}) == 1 and parts[0].unit not in SHARES
    said = [
        amount(part.value or 0, None, part.decimals) if same and not part.qualifier else say(part) for part in parts
    ]
    said[-1] = say(parts[-1])
    what = _COMPUTED[operation].format(*([listed(said)] if operation == "sum" else said))
    verdict, end = same_number(one, value), f"not {say(one)}"
    if verdict == "differs" and overlap(reach(library, one), stands_for(one)):
        verdict, end = "rounds", f"which fits {say(one)}, since its parts are rounded"
    elif verdict != "differs":
        end = "as stated" if verdict == "agrees" else f"which rounds to {say(one)}"
    return Finding(verdict, f"{_up(what)} is {told}, {end}.", told, (value,))


# --- against its source -------------------------------------------------------------------------


def _cited(one: Statistic, sources: list[Statistic]) -> Finding:
    """Compare with every source; none wins over another."""
    verdict = max((_against(one, source) for source in sources), key=_WORST.index)
    fields = tuple(name for name in LABELS if any(name in _differing(one, source) for source in sources))
    values = tuple(source.value for source in sources if source.value is not None)
    found = listed(list(dict.fromkeys(say(source) for source in sources)))
    single = len(sources) == 1
    who = f"the source ({sources[0].stated_by}) gives" if single else "the sources give"
    given = found if single else listed([_given(one, source) for source in sources])
    reason = {
        "agrees": f"{_up(who)} the same number, {given}.",
        "rounds": f"{_up(who)} {given}, which rounds to {say(one)}.",
        "differs": f"The text says {say(one)}; {who} {given}.",
        "mislabelled": f"{_up(who)} the same number, {given}, but {_labels(one, sources, fields)}.",
    }[verdict]
    more = _whole(one, sources[0]) or (_first(sources[0].note) if single and verdict == "agrees" else "")
    return Finding(verdict, f"{reason} {more}".strip(), found, values, fields)


def _against(one: Statistic, source: Statistic) -> str:
    if one.value is None or source.value is None:
        number = "agrees" if say(one).casefold() == say(source).casefold() else "differs"
    else:
        number = same_number(one, source.value)
    return "mislabelled" if number != "differs" and _differing(one, source) else number


def _differing(one: Statistic, source: Statistic) -> list[str]:
    """Name the labels that differ; what one does not say is no difference, nor a month within its year."""
    differing = []
    for name in LABELS:
        stated, found = (str(getattr(each, name) or "") for each in (one, source))
        within = name == "period" and (f"{stated}-".startswith(f"{found}-") or f"{found}-".startswith(f"{stated}-"))
        if stated and found and stated != found and not within:
            differing.append(name)
    return differing


def _labels(one: Statistic, sources: list[Statistic], fields: tuple[str, ...]) -> str:
    """Say what the source counts instead, label by label, and when, where only the source says it."""
    told = []
    for name in fields:
        found = dict.fromkeys(getattr(source, name) for source in sources if name in _differing(one, source))
        words = listed([f"“{label}”" for label in found])
        if name == "population" and sources[0].group and not one.group:
            words += f" ({sources[0].group})"
        told.append(f"the {name} is {words}, not “{getattr(one, name)}”")
    if sources[0].period and not one.period and not one.extreme:
        told.append(f"the period is {when(sources[0].period)}, which the text does not say")
    return "; ".join(told)


def _whole(one: Statistic, source: Statistic | None = None) -> str:
    """Say which whole number of cases gives a stated share, where the number of cases is known."""
    n = one.n or (source.n if source else None)
    if n is None or one.value is None or one.unit != "percent" or one.qualifier:
        return ""
    if not grim(one.value, n, one.decimals):
        return f"No whole number of {n:,} gives {say(one)}, so the base may be another."
    cases = round(one.value * n / 100)
    told = amount(100 * cases / n, "percent", max(one.decimals, 0) + 1)
    return f"{cases:,} of {n:,} would give {told}, which rounds to {say(one)}."


def _extreme(library: Library, one: Statistic, source: Statistic) -> Finding:
    """Check a record against the source’s series, up to the number that the source gives."""
    end = source.period or ""
    series = [other for other in library.statistics.values() if source.series and other.series == source.series]
    known = [other for other in series if other.value is not None and other.period and other.period[:4] <= end[:4]]
    years = sorted({str(other.period)[:4] for other in known})
    if source not in known or len(years) == 1:
        return Finding("untraced", f"The source of “{say(one)}” belongs to no series, so no record can be checked.")
    pick = min if one.extreme == "lowest" else max
    record = pick([source, *known], key=lambda other: other.value or 0.0)
    found = f"{say(record)} in {when(str(record.period))}, the {one.extreme} of {years[0]}–{years[-1]}"
    values = tuple(other.value for other in (source,) if other.value is not None)
    if record is not source:
        return Finding("differs", f"The text says “{say(one)}”; the source’s series has {found}.", found, values)
    fields = tuple(_differing(one, source))
    label = f", but {_labels(one, [source], fields)}" if fields else ""
    reason = f"The source’s series has {found}{label}. {_first(source.note)}".strip()
    return Finding("mislabelled" if fields else "agrees", reason, found, values, fields)


# --- without a source ---------------------------------------------------------------------------


def _untraced(library: Library, one: Statistic) -> Finding:
    """Say that no source is known, and what may lie behind the number."""
    about = f" ({one.measure})" if one.unit == "year" else ""
    reason = [f"No source for {say(one)}{about} is known here."]
    candidates = _all(library, one.candidates)
    if told := [_given(one, other) for other in candidates if other.evidence != "arithmetic"]:
        reason.append(f"Not shown to lie behind it: {listed(told)}.")
    reason += [_arithmetic(library, one, other) for other in candidates if other.evidence == "arithmetic"]
    if not candidates:
        reason.append(_whole(one) or _first(one.note))
    return Finding("untraced", " ".join(reason).strip())


def _arithmetic(library: Library, one: Statistic, other: Statistic) -> str:
    """Show a computed candidate as what it is."""
    operation, keys = parts_of(other)
    parts = [amount(part.value or 0.0) for part in _all(library, keys)]
    told = f"{say(other)} ({(' of ' if operation == 'share' else ' and ').join(parts)})"
    fits = one.value is not None and same_number(one, cast("float", other.value)) != "differs"
    return f"{told} is arithmetic that {'fits' if fits else 'does not fit'}, not a source."


def _given(one: Statistic, other: Statistic) -> str:
    """Say a number with what sets it apart: of whom, when, how it was computed, or else who says it."""
    differing = _differing(one, other)
    about = [other.population] if "population" in differing else []
    about += [when(other.period)] if other.period and other.period != one.period else []
    about += [_first(other.note).rstrip(".")] if other.evidence == "arithmetic" and other.note else []
    return f"{say(other)} ({', '.join(about) or other.stated_by})"


def _first(note: str | None) -> str:
    """Return the first sentence of a note."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z“])", note)[0] if note else ""


def _up(text: str) -> str:
    return text[:1].upper() + text[1:]
