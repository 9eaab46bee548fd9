"""Check stated numbers: against their source, against their parts, and against their base."""

import re
from collections.abc import Iterable
from typing import NamedTuple, cast

import pandas as pd

from explore import units
from explore.arithmetic import found_in, recomputed
from explore.columns import AUDIT_COLUMNS, table
from explore.comparison import Comparison
from explore.differences import agree
from explore.intervals import cases
from explore.numbers import Number
from explore.register import Library, parts_of
from explore.register.derivation import reach
from explore.register.schema import Statistic
from explore.relations import overlap, relate, within
from explore.tables import Seeds, checked_library
from explore.terms import VERDICTS, VOCABULARY, ExploreError, nearest
from explore.values import Values, converted, direction, moves, of_number, of_statistic
from explore.wording import amount, capital, listed, say, when

LABELS = ("measure", "unit", "population", "place", "group", "period")
"""What a stated number and its source must agree in, where both say it."""

_WORST = ("agrees", "rounds", "mislabelled", "differs", "not read", "untraced")


class Finding(NamedTuple):
    """What one check found."""

    verdict: str
    reason: str
    found: str | None = None
    numbers: tuple[float, ...] = ()
    fields: tuple[str, ...] = ()


def audit(seeds: Seeds = None, document: str | None = None) -> pd.DataFrame:
    """Check every number that an article or a comment states in quoted words, one row each.

    A stated number stands for a set of values (`explore.values`), and so do its source and the parts that
    it is computed from; the verdict says how the sets are related (`explore.relations`). Then come the
    labels: what the number is said to count, of whom, where and when. A number whose source is known while
    its page could not be read is `not read`; one without source or parts is `untraced`.

    Args:
        seeds: folder of registers; the shipped ones when left out.
        document: audit this document instead, whatever its kind, with its numbers that are not quoted.

    Returns:
        One row a stated number, with the columns of `explore.columns.AUDIT_COLUMNS`.

    Raises:
        ExploreError: no register has this document, or a quote is not in its document’s text.

    >>> import explore
    >>> table = explore.audit().set_index("id")
    >>> table.loc["autostraddle-2015/christchurch-growth", "reason"]
    'From 375 to 392 people the change is 4.53%, which rounds to 4.5%.'
    """
    library = checked_library(seeds)
    if document is not None and document not in library.registers:
        raise ExploreError(f'no register has the document "{document}"; {nearest(document, library.registers)}')
    frame = table([_row(library, one) for one in _audited(library, document)], AUDIT_COLUMNS)
    frame["verdict"] = pd.Categorical(frame["verdict"], categories=list(VERDICTS))
    frame.attrs["seeds"] = str(library.folder)
    return frame


def verdict_on(library: Library, key: str) -> str:
    """Return the verdict on one statistic."""
    return _judge(library, library.statistics[key]).verdict


def matches(number: Number, text: str, target: Statistic | Comparison, library: Library) -> str:
    """Say whether a number of a text is that of a statistic, or the change of a comparison: as a verdict.

    A share may be written in any unit that converts. The change of a comparison is the one that the words ask for:
    in percent, in points, as a multiple, or in what is counted; its sign counts where words such as "fell" give one.

    >>> from explore.numbers import find
    >>> from explore.register import load
    >>> text, library = "more than 40% of the women", load()
    >>> matches(find(text)[0], text, library.statistics["autostraddle-2015/la-solicited"], library)
    'agrees'
    """
    stated, unit = of_number(number, text), number.unit
    if isinstance(target, Statistic):
        found, of, change = found_in(library, target), target.unit, units.is_change(target.unit)
    else:
        relative = number.kind in {"percent", "fraction", "multiple"} and not units.is_change(unit)
        found = reach(
            "percent_change" if relative else "difference",
            list(target.sets)[:: 1 if relative else -1],
            [target.unit] * 2,
            [],
        )
        of, change = "percent change" if relative else target.unit, True
    if stated is None or found is None:
        words = target.value_text if isinstance(target, Statistic) else None
        return "agrees" if number.words.casefold() == (words or "").casefold() else "differs"
    if change and number.kind in {"percent", "fraction"} and units.standard(unit) in {"percent", "ratio"}:
        stated, unit = stated.moved(units.factor(unit, "percent") or 1), "percent change"
    if change and (sign := direction(text, number)):
        stated = stated.moved(sign)
    elif change and found.given < 0:
        found = found.moved(-1)
    there = converted(found, of, unit)
    if there is None and not _of_one_kind(number, unit, of):
        return "differs"
    there = there or found
    relation = relate(stated, there)
    # What is written must hold the number as it is given: 42.3% is more than a row of 42% says.
    bound = there.bound and target.qualifier is not None
    return "differs" if relation == "rounds" and (bound or not within(there.as_given(), stated)) else relation


def _of_one_kind(number: Number, unit: str | None, other: str | None) -> bool:
    """Say whether a number may be of a row though their units do not convert: things are counted by many names."""
    return (
        unit is None
        or other is None
        or unit.rstrip("s") == other.rstrip("s")
        or (number.kind == "count" and units.is_counted(other))
    )


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
    read = [source for source in sources if source.evidence != "not read"]
    findings = [_recomputed(library, one)] if one.derived and one.value is not None else []
    if one.extreme:
        findings += [_extreme(library, one, source) for source in read]
    elif read:
        findings.append(_cited(library, one, read))
    if not findings:
        return _not_read(one, sources) if sources else _untraced(library, one)
    worst = max(findings, key=lambda finding: _WORST.index(finding.verdict))
    return worst._replace(reason=" ".join(finding.reason for finding in findings))


# --- recomputed from its parts ------------------------------------------------------------------


def _recomputed(library: Library, one: Statistic) -> Finding:
    operation, keys = parts_of(one)
    parts = _all(library, keys)
    stated = cast("Values", of_statistic(one))
    computed, unit = recomputed(library, one)
    left = (unit, one.unit) == ("percentage points", "percent") and not moves(one.quote or "")  # a share of the rest
    found = computed if left else converted(computed, unit, one.unit)
    value = float((found or computed).given)
    told = amount(value, one.unit if found else unit, 0 if value == round(value) else max(one.decimals, 0) + 1)
    same = len({part.unit for part in parts}) == 1 and units.is_counted(parts[0].unit)
    said = [
        amount(part.value or 0, None, part.decimals) if same and not part.qualifier else say(part) for part in parts
    ]
    said[-1] = say(parts[-1])
    what = VOCABULARY["computed"][operation].format(*([listed(said)] if operation == "sum" else said))
    verdict, end = relate(stated, found or computed), f"not {say(one)}"
    if found is None and verdict != "differs" and units.standard(one.unit) in units.HUNDREDTHS:
        reason = f"{capital(what)} is {told}, but the unit is “{unit}”, not “{one.unit}”."
        return Finding("mislabelled", reason, told, (value,), ("unit",))
    if verdict == "rounds":
        end = f"which fits {say(one)}, since its parts are rounded"
        if overlap(stated, (found or computed).as_given()):
            end = f"which {_fits(one)} {say(one)}"
    elif verdict == "agrees":
        end = f"which is {say(one)}" if stated.bound else "as stated"
    return Finding(verdict, f"{capital(what)} is {told}, {end}.", told, (value,))


def _fits(one: Statistic) -> str:
    """Say how a number that is not the stated one goes with it: only a plain one is the result of rounding."""
    plain = not one.qualifier and one.upper is None and one.kind not in {"fraction", "multiple"}
    return "rounds to" if plain else "fits"


# --- against its source -------------------------------------------------------------------------


def _cited(library: Library, one: Statistic, sources: list[Statistic]) -> Finding:
    """Compare with every source; none wins over another."""
    relations = [_relation(library, one, source) for source in sources]
    verdict = max(
        (
            "mislabelled" if relation != "differs" and _differing(one, source) else relation
            for relation, source in zip(relations, sources, strict=True)
        ),
        key=_WORST.index,
    )
    fields = tuple(name for name in LABELS if any(name in _differing(one, source) for source in sources))
    found = listed(list(dict.fromkeys(say(source) for source in sources)))
    single = len(sources) == 1
    likely = "" if one.source_is == "named" else "likely "
    who = f"the {likely}source ({sources[0].stated_by}) gives" if single else f"the {likely}sources give"
    given = found if single else listed([_given(one, source) for source in sources])
    exactly = set(relations) == {"agrees"} and all(one.qualifier == source.qualifier for source in sources)
    matches = f"the same number, {given}" if exactly else f"{given}, which {_fits(one)} {say(one)}"
    reason = {
        "agrees": f"{capital(who)} {matches if exactly else f'{given}, which is {say(one)}'}.",
        "rounds": f"{capital(who)} {matches}.",
        "differs": f"The text says {say(one)}; {who} {given}.",
        "mislabelled": f"{capital(who)} {matches}, but {_labels(one, sources, fields)}.",
    }[verdict]
    more = _whole(one, sources[0]) or (_first(sources[0].note) if single and verdict == "agrees" else "")
    values = tuple(float(each.given) for source in sources if (each := _in_unit(library, one, source)))
    return Finding(verdict, f"{reason} {more}".strip(), found, values, fields)


def _in_unit(library: Library, one: Statistic, source: Statistic) -> Values | None:
    """Return what a source gives, in the unit of the stated number where it converts."""
    found = found_in(library, source)
    return found and (converted(found, source.unit, one.unit) or found)


def _relation(library: Library, one: Statistic, source: Statistic) -> str:
    stated, found = of_statistic(one), _in_unit(library, one, source)
    if stated is None or found is None:
        return "agrees" if say(one).casefold() == say(source).casefold() else "differs"
    return relate(stated, found)


def _differing(one: Statistic, source: Statistic) -> list[str]:
    """Name the labels that differ; what one does not say is no difference, nor a month within its year.

    Neither are capitals and spaces, nor a unit that converts.
    """
    differing = [
        name for name in LABELS if getattr(one, name) and getattr(source, name) and not agree(one, source, name)
    ]
    periods = f"{one.period}-", f"{source.period}-"
    if periods[0].startswith(periods[1]) or periods[1].startswith(periods[0]):
        return [name for name in differing if name != "period"]
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


def _not_read(one: Statistic, sources: list[Statistic]) -> Finding:
    """Say which page should hold a number, where nobody could read it."""
    likely = "" if one.source_is == "named" else "likely "
    where = listed(list(dict.fromkeys(f"{source.stated_by}, {source.locator}" for source in sources)))
    reason = f"The {likely}source of {say(one)} is known ({where}), and the page with the number could not be read."
    return Finding("not read", f"{reason} {_first(sources[0].note)}".strip())


def _whole(one: Statistic, source: Statistic | None = None) -> str:
    """Say which whole number of cases gives a stated share, where the number of cases is known."""
    n = one.n or (source.n if source else None)
    if n is None or one.value is None or one.unit != "percent" or _fits(one) == "fits":
        return ""
    counts = cases(one.value, n, one.decimals)
    if not counts:
        return f"No whole number of {n:,} gives {say(one)}, so the base may be another."
    ends = [f"{count:,}" for count in dict.fromkeys((counts[0], counts[-1]))]
    which = (" or " if len(counts) == len(ends) else " to ").join(ends)  # fewer than three are all named
    return f"{which} of {n:,} would round to {say(one)}."


def _extreme(library: Library, one: Statistic, source: Statistic) -> Finding:
    """Check a record against the source’s series, up to the number that the source gives."""
    looked = library.record(source, str(one.extreme))
    if looked is None:
        return Finding("untraced", f"The source of “{say(one)}” belongs to no series, so no record can be checked.")
    record, years = looked
    breaks = library.series[str(source.series)].breaks
    since = max((each.at for each in breaks if each.side(source.period) == "since"), default="")
    found = f"{say(record)} in {when(str(record.period))}, the {one.extreme} of {years[0]}–{years[-1]}"
    values = tuple(other.value for other in (source,) if other.value is not None)
    if record is not source:
        return Finding("differs", f"The text says “{say(one)}”; the source’s series has {found}.", found, values)
    fields = tuple(_differing(one, source))
    label = f", but {_labels(one, [source], fields)}" if fields else ""
    broken = f" (counted another way before {since})" if since else ""
    reason = f"The source’s series has {found}{broken}{label}. {_first(source.note)}".strip()
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
    fits = _relation(library, one, other) != "differs"
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
