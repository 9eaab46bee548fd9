"""Sample sizes as a panel: how far a share would reach, were it of so many people drawn at random."""

from functools import partial
from typing import Any

import pandas as pd

from explore import charts
from explore.charts.samples import scales, shares_with_n
from explore.intervals import difference, wilson
from explore.panels.controls import button, row, slider
from explore.panels.exports import exportable
from explore.panels.panel import Panel, View, call
from explore.wording import amount, listed

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
        moves: dict[str, Any] = {"share": share.value, "n": people.value}
        return View(
            _sentence(shares, **moves),
            call("explore.charts.sample_size", frame=frame, **moves),
            partial(_rows, shares, **moves),
            partial(charts.sample_size, frame, **moves),
            moves,
        )

    sizes = [button(f"{n:,}", f"Set the people asked to {n:,}", partial(setattr, people, "value", n)) for n in SIZES]
    return exportable(
        Panel({"share": share, "n": people}, look, above=[row(share), row(people, row(*sizes, close=True))])
    )


def _rows(shares: pd.DataFrame, share: float, n: int) -> pd.DataFrame:
    """Give the share that is set and the others, with the intervals that random samples would have."""
    rows = shares[["id", "measure", "said", "percent", "n"]].astype({"percent": "Float64", "n": "Int64"})
    rows.loc[0, ["id", "said", "percent", "n"]] = "as set", f"{share:g}%", share, n
    cases = list(zip(rows["percent"].astype(float), rows["n"].astype(int), strict=True))
    low, high = zip(*(wilson(*one) for one in cases), strict=True)
    least, most = zip(*(difference(cases[0], one) for one in cases), strict=True)
    rows = rows.assign(low_if_random=low, high_if_random=high, difference_low=least, difference_high=most)
    return rows.assign(differs_if_random=(rows["difference_low"] > 0) | (rows["difference_high"] < 0))


def _sentence(shares: pd.DataFrame, share: float, n: int) -> str:
    """Say how far the share would reach, and which others would differ: not that they may be compared."""
    set_here, *others = _rows(shares, share, n).to_dict("records")
    low, high = (amount(set_here[f"{end}_if_random"], "percent", 1) for end in ("low", "high"))
    sentence = f"If {n:,} people had been drawn at random, {share:g}% would stand for {low} to {high} (95% interval)."
    if not others:
        return sentence
    near = list(dict.fromkeys(one["said"] for one in others if not one["differs_if_random"]))
    apart = sum(one["differs_if_random"] for one in others)
    would = f"{apart} of the {len(others)}" if near else f"all {len(others)}"
    could = f", and {listed(near)} may be equal" if near else ""
    return (
        f"{sentence} If each came from a random sample of its own, {would} other shares would differ from it by more "
        f"than chance{could}. Whether they count the same thing is another question: explore.compare answers it."
    )
