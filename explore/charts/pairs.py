"""Statistics side by side: one among its neighbours, one beside its source, two that are compared."""

from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd

from explore import tables
from explore.charts.draw import amount_of, laid, library_of, ready, room_below
from explore.charts.figure import WIDTH, checked_width, figure, told
from explore.charts.labels import subtitle
from explore.columns import STATISTIC_COLUMNS, checked, ids
from explore.comparison import compare, find
from explore.register import load
from explore.tables import Seeds
from explore.terms import ExploreError, NotComparable
from explore.terms import nearest as nearest_word
from explore.wording import listed, say, source_line

MANY = 4
_ALIKE = {"series": 8, "measure": 4, "population": 2, "place": 1, "document": 1}


def neighbours(
    statistic: str, frame: pd.DataFrame | None = None, seeds: Seeds = None, *, width: int = WIDTH
) -> alt.LayerChart:
    """Draw one statistic among those nearest to it: the same topic and unit, most alike in what they count.

    Standing in one chart does not make numbers comparable: `explore.compare` says which are.

    Args:
        statistic: id of a statistic, such as `"autostraddle-2015/la-solicited"`.
        frame: rows of `explore.statistics()` to look among; all of them when left out.
        seeds: folder of registers; that of the rows, or the shipped ones, when left out.
        width: of the plot in pixels.

    Returns:
        One row a statistic, on an axis from zero.

    >>> import explore
    >>> explore.charts.neighbours("autostraddle-2015/la-solicited").to_dict()["width"]
    560
    """
    rows = near(statistic, frame, seeds)
    if rows["value"].isna().all():
        raise ExploreError(f"{statistic}: states no number to draw; see its words in explore.panels.browse()")
    one = rows[rows["id"] == statistic].iloc[0]
    others = len(rows) - 1
    many = f"{others} nearest in topic and unit" if others else "no other of its topic and unit"
    note = f"Filled: the chosen number. Pale: {many}. Not all of them may be compared."
    title = f"{one['said']} {one['measure']}{', and numbers like it' if others else ''}"
    return _side_by_side(rows, title, note, width, f"neighbours-{statistic.replace('/', '-')}", chosen=[statistic])


def near(statistic: str, frame: pd.DataFrame | None = None, seeds: Seeds = None) -> pd.DataFrame:
    """Return a statistic and its nearest neighbours, the largest value first.

    Raises:
        ExploreError: no row has the id, and the rows do not know the folder of their registers.
    """
    table = tables.statistics(seeds) if frame is None else checked(
        frame, "neighbours", STATISTIC_COLUMNS, "explore.statistics()"
    )  # fmt: skip
    if not (table["id"] == statistic).any() and frame is not None:
        library = library_of(frame, seeds)
        if library is None:
            raise ExploreError(f"{statistic}: is not among these rows; name the folder of its register, seeds=…")
        table = tables.statistics(library.folder)
    if not (table["id"] == statistic).any():
        fix = nearest_word(statistic, table["id"])
        raise ExploreError(f'no row has the id "{statistic}"; {fix}; for registers of your own give seeds=…')
    one = table[table["id"] == statistic].iloc[0]
    alike = (table["topic"] == one["topic"]) & (table["unit"] == one["unit"]).fillna(value=False)
    rows = table[(alike & table["value"].notna()) | (table["id"] == statistic)]
    repeats = rows["source"].map(lambda cell: statistic in ids(cell))
    score = rows["id"].isin([statistic]) * 100 + rows["id"].isin(ids(one["source"])) * 20 + repeats.astype(int) * 20
    for name, weight in _ALIKE.items():
        score = score + (rows[name] == one[name]).fillna(value=False).astype(int) * weight
    nearest = score.astype(float).sort_values(ascending=False, kind="stable").index[: MANY + 1]
    found: pd.DataFrame = rows.loc[list(nearest)].sort_values("value", ascending=False, kind="stable")
    return found.reset_index(drop=True)


def sources(statistic: str, seeds: Seeds = None, *, width: int = WIDTH) -> alt.LayerChart:
    """Draw one stated number among the neighbours of the source it cites.

    Args:
        statistic: id of a statistic that names a `source` or `candidates`, such as
            `"autostraddle-2015/la-solicited"`.
        seeds: folder of registers; the shipped ones when left out.
        width: of the plot in pixels.

    Returns:
        The number, and what its source’s register holds in the same unit and topic, from zero.

    >>> import explore
    >>> chart = explore.charts.sources("autostraddle-2015/street-2006")
    >>> chart.to_dict()["width"]
    560
    """
    table, library = tables.statistics(seeds), load(seeds)
    one = library.statistics.get(statistic)
    if one is None:
        fix = nearest_word(statistic, table["id"])
        raise ExploreError(f"{statistic}: no register holds this statistic; {fix}; for your own give seeds=…")
    named = [*one.source, *one.candidates]
    if one.value is None or not named:
        raise ExploreError(f"{statistic}: has no number or names no source to draw; see `explore.audit()`")
    homes = {key.partition("/")[0] for key in named}
    topics = {library.statistics[key].topic for key in named}
    close = table["document"].isin(homes) & (table["unit"] == one.unit) & table["topic"].isin(topics)
    rows = table[(close & table["value"].notna()) | (table["id"] == statistic)]
    first = [statistic, *named]
    rest = [key for key in rows["id"] if key not in first][: 2 * MANY]
    order = {key: at for at, key in enumerate([*first, *rest])}
    rows = rows[rows["id"].isin(order)].sort_values("id", key=lambda keys: keys.map(order))
    what = "beside its source" if one.source else "no source found; nearest figures"
    said = f"{say(one)} {one.measure}"
    title = f"{said[:1].upper()}{said[1:]}: {what}"
    note = f"Filled: the number as stated, of {one.population}. Pale: what can be set beside it."
    return _side_by_side(rows.reset_index(drop=True), title, note, width, f"sources-{one.id}", chosen=[statistic])


def comparison(a: str, b: str, allow: Iterable[str] = (), seeds: Seeds = None, *, width: int = WIDTH) -> alt.LayerChart:
    """Draw statistics on one axis where they may be compared; as bare numbers where they may not.

    Args:
        a: id of a statistic, such as `"autostraddle-2015/christchurch-1999"`.
        b: id of another.
        allow: fields that may differ all the same, as in `explore.compare`; the caption then says so.
        seeds: folder of registers; the shipped ones when left out.
        width: of the plot in pixels.

    Returns:
        Two rows on an axis from zero; two numbers without an axis where `explore.compare` refuses.

    >>> import explore
    >>> chart = explore.charts.comparison("plrc-2005/identified", "plrc-2008/five-centres")
    >>> chart.to_dict()["title"]["text"]
    ['These two may not be compared']
    """
    table, library = tables.statistics(seeds), load(seeds)
    pair = [find(library, a), find(library, b)]
    rows = table.set_index("id", drop=False).loc[[a, b]].reset_index(drop=True)
    name = f"comparison-{pair[0].id}-{pair[1].id}"
    try:
        found = compare(a, b, allow, seeds)
    except NotComparable as refusal:
        note = f"They differ in {listed(refusal.fields)}, so no axis holds them together."
        return _side_by_side(rows, "These two may not be compared", note, width, name, apart=True)
    same = pair[0].measure is not None and pair[0].measure == pair[1].measure
    about = pair[0].measure if same else f"{say(pair[0])} against {say(pair[1])}"
    title = f"{about[:1].upper()}{about[1:]}: {found.changed}"
    methods = set(rows["method"].dropna())
    growths = listed(list(dict.fromkeys(str(amount_of(round(one.growth, 2), "percent")) for one in found.per_head)))
    notes = [f"Both: {methods.pop()}."] if len(methods) == 1 else []
    notes += [f"Per resident: if the residents grew by {growths}."] if growths else []
    notes += ["Interval of the difference: Newcombe’s method 10."] if found.interval else []
    return _side_by_side(
        rows, title, found.sentence, width, name, chosen=[a, b], source=" ".join([source_line(rows), *notes])
    )


def _side_by_side(
    rows: pd.DataFrame,
    title: str,
    note: str,
    width: int,
    name: str,
    *,
    chosen: Sequence[str] = (),
    apart: bool = False,
    source: str | None = None,
) -> alt.LayerChart:
    """Draw rows that somebody chose: on one axis, or as words without one."""
    wide = checked_width(width)
    table = ready(rows)
    drawn = table if apart else table[table["value"].notna()].reset_index(drop=True)
    form = "apart" if apart else "dates" if set(drawn["unit"].dropna()) == {"year"} else "bars"
    layers, height = laid(form, drawn, wide, chosen=chosen)
    below = note if apart or source else subtitle(drawn, note)
    kind = "Numbers as words, without an axis" if apart else "Chart of numbers on one axis"
    return figure(
        *layers, rows=drawn, title=title, subtitle=below, alt_text=told(drawn, kind, title, below), name=name,
        width=wide, height=height, below=room_below(form, drawn), source=source,
    )  # fmt: skip
