"""The parts of every figure: its rows, its words, its source line, and how they are laid over each other."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import altair as alt
import pandas as pd

from explore.charts.letters import wrapped
from explore.charts.theme import FAINT, INK, LABEL, LINES, QUIET, SMALL, TITLE
from explore.columns import COLUMNS
from explore.terms import EVIDENCE, ExploreError
from explore.wording import source_line, when

WIDTH, NARROWEST, WIDEST = 560, 240, 2000
MAX_ROWS = 500  # of a figure that has a line for each
AXIS, TITLED_AXIS, NO_AXIS = 36, 58, 14  # pixels from the plot down to the source line, past what stands between
_EXACT = 2**53  # beyond, a float is no whole number that JSON holds
SOURCE = "source line"
"""The column that holds a figure’s source line, in a table of its own; `file` beside it names the figure."""

TIPS = (
    "quote",
    "said",
    "measure",
    "population",
    "place",
    "period",
    "n",
    "stated_by",
    "publisher",
    "evidence",
    "locator",
    "note",
)
_ABSENT = {"quote": "not quoted: read at the source", "n": "not known", "note": "none"}
_PLAIN: dict[str, Callable[[Any], str]] = {
    "period": lambda cell: when(str(cell)),
    "evidence": lambda cell: EVIDENCE.get(str(cell), str(cell)),
}
_KEPT = ("id", "value", "unit", "group", "source", "url", "title", "published", *TIPS)


def plain(value: object) -> object:
    """Return a cell as JSON holds it: missing is None, a whole float is an integer."""
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124  # what is not a number
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value if isinstance(value, str | int | float) else str(value)


def records(frame: pd.DataFrame, *more: str) -> alt.InlineData:
    """Keep what a chart draws (`more`, and what begins with _) and what leads its marks back to their words.

    Plain values inside the chart are the same whatever data transformer the user has turned on.
    """
    frame = frame.assign(**_worded(frame))
    drawn = [name for name in map(str, frame) if name.startswith("_")]
    names = [name for name in dict.fromkeys([*_KEPT, *more, *drawn]) if name in frame]
    cells = zip(*([plain(value) for value in frame[name]] for name in names), strict=True)
    return alt.InlineData(values=[dict(zip(names, row, strict=True)) for row in cells])


def values(*rows: dict[str, Any]) -> alt.InlineData:
    """Hold rows that belong to no statistic."""
    return alt.InlineData(values=list(rows))


def tooltip(frame: pd.DataFrame) -> list[alt.Tooltip]:
    """Return the tooltip that leads a mark back to its words: what the frame holds of it."""
    worded = _worded(frame)
    held = [name for name in TIPS if name in frame and frame[name].notna().any()]
    return [
        alt.Tooltip(f"_tip_{name}:N" if f"_tip_{name}" in worded else f"{name}:N", title=COLUMNS[name].label)
        for name in held
    ]


def _worded(frame: pd.DataFrame) -> dict[str, list[str]]:
    """Say in words what a tooltip would show as a code or as nothing: periods, ways of reading, what is missing."""
    found = {}
    for name in TIPS:
        cells = list(frame[name]) if name in frame else []
        if name in _PLAIN or (any(map(pd.isna, cells)) and not all(map(pd.isna, cells))):
            say = _PLAIN.get(name, str)
            found[f"_tip_{name}"] = [
                _ABSENT.get(name, "not said") if pd.isna(cell) else say(plain(cell)) for cell in cells
            ]
    return {name: cells for name, cells in found.items() if cells}


def words(base: alt.Chart, field: str, size: int, *, quiet: bool = False, **mark: Any) -> alt.Chart:  # noqa: ANN401
    """Write the words of a field, in lines where it has them, in a colour that the theme’s ground asks for."""
    usual: dict[str, Any] = {"align": "left", "baseline": "top", "lineBreak": "\n", "lineHeight": LINES[size]}
    mark = {**usual, "fontSize": size, "color": QUIET if quiet else INK, **mark}
    return cast("alt.Chart", base.mark_text(**mark).encode(text=f"{field}:N"))


def position(height: int, field: str = "_at") -> alt.Y:
    """Place a mark at a height in pixels; where the user sets another height, all marks move with it."""
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=_no_axis(), scale=scale)


def between(height: int, width: int, tops: Sequence[float]) -> alt.Chart:
    """Draw rules between rows that share no axis, from the left edge to the right, however wide the plot is."""
    rules = alt.Chart(values(*({"_left": 0, "_at": top} for top in tops))).mark_rule(color=FAINT)
    scale = alt.Scale(domain=[0, width], nice=False)
    placed = rules.encode(x=alt.X("_left:Q", axis=_no_axis(), scale=scale), x2=alt.value("width"), y=position(height))
    return cast("alt.Chart", placed)


def off(field: str) -> alt.ExprRef:
    """Keep words their distance in pixels from the mark at `_at`, whatever the height of the plot."""
    return alt.ExprRef(f"datum.{field} - datum._at")


def _no_axis() -> alt.Axis:
    # Not None: laid under a rule that has an axis, Vega-Lite would then fail.
    return alt.Axis(title=None, labels=False, ticks=False, domain=False, grid=False)


def checked_width(width: object) -> int:
    """Return a width in pixels; refuse one that no chart can be laid out in."""
    if isinstance(width, bool) or not isinstance(width, int | float) or not NARROWEST <= width <= WIDEST:
        raise ExploreError(f"width = {width!r}: write a number of pixels from {NARROWEST} to {WIDEST}, such as {WIDTH}")
    return int(width)


def few(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return rows that are few enough for a figure with a line for each; refuse more."""
    if len(rows) > MAX_ROWS:
        message = f"{name}: has a mark for each row, and {len(rows):,} rows are more than a figure holds"
        raise ExploreError(f"{message}; give it a part of the table, {MAX_ROWS} rows at most")
    return rows


def figure(
    *layers: alt.Chart | alt.LayerChart,
    rows: pd.DataFrame,
    title: str | list[str] | alt.ExprRef,
    subtitle: str,
    alt_text: str,
    name: str,
    width: int,
    height: int,
    below: int = AXIS,
    source: str | None = None,
) -> alt.LayerChart:
    """Lay layers over each other as one figure: title, subtitle, source line, alt text, size.

    The source line is drawn under the plot, `below` pixels lower, and stays there in a chart of charts.
    `name` is that of its file.
    """
    line = "\n".join(wrapped(source or source_line(rows), width, SMALL))
    foot = words(
        alt.Chart(values({SOURCE: line, "file": f"explore-{name}", "rows": len(rows)})), SOURCE, SMALL,
        quiet=True, clip=False, dy=below,
    ).encode(x=alt.value(0), y=alt.value("height"))  # fmt: skip
    head = wrapped(title, width, TITLE, bold=True) if isinstance(title, str) else title
    layered = alt.layer(
        *layers,
        foot,
        title=alt.TitleParams(head, subtitle=wrapped(subtitle, width, LABEL)),
        description=alt_text,
        width=width,
        height=height,
    )
    # Beside another chart each keeps the colours of its own legend.
    return cast("alt.LayerChart", layered.resolve_scale(fill="independent", stroke="independent"))


def slider(name: str, value: float, ends: tuple[float, float], step: float, label: str) -> alt.Parameter:
    """Make a parameter of a chart that a slider under it moves."""
    bind = alt.binding_range(min=ends[0], max=ends[1], step=step, name=f"{label} ")
    return alt.param(name=name, value=value, bind=bind)


def following(template: str, said: dict[str, str], width: int) -> str:
    """Write a title as an expression that gives its lines; what is in braces follows the chart’s parameters.

    >>> following("{A}% of all", {"A": "share"}, 500)
    "['' + share + '% of all']"
    """
    lines = wrapped(template, width - 2 * TITLE, TITLE, bold=True)  # a number can be wider than its braces
    put = {name: f"' + {expression} + '" for name, expression in said.items()}
    return "[" + ", ".join(f"'{line.format(**put)}'" for line in lines) + "]"


def told(rows: pd.DataFrame, form: str, title: str, subtitle: str) -> str:
    """Write the alt text: what kind of picture it is, what it says, and its numbers with what they count."""
    lines = []
    for one in rows.head(12).to_dict("records"):
        parts = [one[name] for name in ("measure", "group", "place", "period") if pd.notna(one.get(name))]
        lines.append(f"{one['said']}, {', '.join(map(str, parts))}")
    more = [f"{len(rows) - len(lines)} more"] if len(rows) > len(lines) else []
    ended = title if title.endswith((".", "!", "?", "”")) else f"{title}."
    return f"{form}: {ended} {subtitle} {'; '.join([*lines, *more])}."
