"""Sample sizes as a panel: how far a share would reach, were it of so many people drawn at random."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from explore import charts
from explore.intervals import difference
from explore.charts.samples import scales, shares_with_n
from explore.panels.controls import button, row, slider
from explore.panels.panel import Panel, View, call
from explore.intervals import wilson
from explore.wording import amount, listed

if TYPE_CHECKING:
    import pandas as pd

SIZES = 50, 220, 1000


def sample_size(frame: pd.DataFrame | None = None) -> Panel:
    """Show how far a share would reach if so many people had been drawn at random.

    Args:
        frame: rows of `explore.statistics()` or of a topic; the first share that another repeats is the
            one that moves. Those of the document with the most when left out.

    Returns:
        A panel whose `controls` are share (percent) and n (people).

    >>> import explore
    >>> panel = explore.panels.sample_size()
    >>> panel.controls["n"].value = 50
    >>> panel.sentence
    'If 50 people had been drawn at random, 42% would stand for 29.4% to 55.8% (95% interval)...
    >>> panel.code()
    'explore.charts.sample_size(share=42.0, n=50)'
    """
    shares = shares_with_n(frame)
    start, ends, steps = scales(shares)
    share = slider("Share, percent", "The share that is set", start[0], ends[0], steps[0])
    people = slider("People asked", "How many people the share is taken of", start[1], ends[1], steps[1])

    def look() -> View:
        return _view(frame, shares, share.value, people.value)

    sizes = [button(f"{n:,}", f"Set the people asked to {n:,}", partial(setattr, people, "value", n)) for n in SIZES]
    controls = {"share": share, "n": people}
    return Panel(controls, look, above=[row(share), row(people, row(*sizes, close=True))])


def _view(given: pd.DataFrame | None, shares: pd.DataFrame, share: float, n: int) -> View:
    """Say and show how far a share of n people would reach."""
    low, high = wilson(share, n)
    known = list(zip(shares["percent"].astype(float), shares["n"].astype(int), strict=True))
    ends = [difference((share, n), other) for other in known]
    apart = [least > 0 or most < 0 for least, most in ends]
    sentence = (
        f"If {n:,} people had been drawn at random, {share:g}% would stand for {amount(low, 'percent', 1)} to "
        f"{amount(high, 'percent', 1)} (95% interval).{_beside(shares.iloc[1:], apart[1:])}"
    )

    def frame() -> pd.DataFrame:
        """Give the share that is set and the others: the intervals that random samples would have."""
        reach = [(low, high), *(wilson(*one) for one in known[1:])]
        rows = shares[["id", "measure", "percent", "n"]].copy()
        rows.loc[0, ["id", "percent", "n"]] = "as set", share, n
        ends_named = {"low_if_random": [one for one, _ in reach], "high_if_random": [one for _, one in reach]}
        least, most = zip(*ends, strict=True)
        return rows.assign(**ends_named, difference_low=least, difference_high=most, differs_if_random=apart)

    return View(
        sentence,
        call("explore.charts.sample_size", frame=given, share=share, n=n),
        frame,
        lambda: charts.sample_size(given, share=share, n=n),
        {"share": share, "n": n},
    )


def _beside(others: pd.DataFrame, apart: list[bool]) -> str:
    """Say which other shares would differ by more than chance; not that they may be compared."""
    if others.empty:
        return ""
    near = list(dict.fromkeys(others.loc[[not one for one in apart], "said"]))
    would = f"{sum(apart)} of the {len(others)} other shares" if near else f"all {len(others)} other shares"
    could = f", and {listed(near)} could be the same" if near else ""
    return (
        f" If each came from a random sample of its own, {would} would differ from it by more than chance{could}. "
        "Whether they count the same thing is another question: explore.compare answers it."
    )
