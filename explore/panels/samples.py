"""Sample sizes as a panel: how far a share reaches, and what it can be told from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from explore import charts
from explore.charts.samples import scales, shares_with_n
from explore.intervals import difference, wilson
from explore.panels.controls import button, row, slider
from explore.panels.panel import Panel, View
from explore.wording import amount, listed

if TYPE_CHECKING:
    import pandas as pd

SIZES = 50, 220, 1000


def sample_size(frame: pd.DataFrame | None = None) -> Panel:
    """Show how the interval round a share tightens with the people asked, and what it can be told from.

    Args:
        frame: rows of `explore.solicitation()`; the first share that another repeats is the one that
            moves. All of them when left out.

    Returns:
        A panel whose `controls` are share (percent) and n (people).

    >>> import explore
    >>> panel = explore.panels.sample_size()
    >>> panel.controls["n"].value = 50
    >>> panel.sentence
    '42% of 50 people asked stands for 29.4% to 55.8% (95% interval)...
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
    """Say and show how far a share of n people reaches."""
    low, high = wilson(share, n)
    known = zip(shares["percent"].astype(float), shares["n"].astype(int), strict=True)
    ends = [difference((share, n), other) for other in known]
    apart = [least > 0 or most < 0 for least, most in ends]
    others = shares.iloc[1:].assign(apart=apart[1:])
    near = [f"{amount(float(p), 'percent', int(p % 1 > 0))}" for p in others.loc[~others["apart"], "percent"]]
    told = f"{len(others) - len(near)} of the {len(others)}" if near else f"all {len(others)}"
    but = f", not from {listed(near)}" if near else ""
    sentence = (
        f"{share:g}% of {n:,} people asked stands for {amount(low, 'percent', 1)} to "
        f"{amount(high, 'percent', 1)} (95% interval). It can be told from {told} other shares of the same "
        f"study{but}."
    )

    def frame() -> pd.DataFrame:
        """Give the share that is set and the others: intervals, and whether they can be told apart."""
        rows = shares[["id", "measure", "percent", "low", "high", "n"]].copy()
        rows.loc[0, "id"], rows.loc[0, "n"] = "as set", n
        for name, value in {"percent": share, "low": low, "high": high}.items():
            rows.loc[0, name] = value
        return rows.assign(
            difference_low=[least for least, _ in ends],
            difference_high=[most for _, most in ends],
            told_apart=apart,
        )

    return View(
        sentence,
        {"share": share, "n": n},
        f"explore.charts.sample_size(share={share!r}, n={n})",
        frame,
        lambda: charts.sample_size(given, share=share, n=n),
    )
