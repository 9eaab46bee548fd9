"""Bad input, all of it in one table: what was tried, and what the message says. No bare traceback from inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import pytest

import explore
from explore import charts, panels
from explore.terms import ExploreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHARES, COUNTS, ALL = explore.solicitation(), explore.christchurch(), explore.statistics()
ONE, OTHER = "autostraddle-2015/la-solicited", "autostraddle-2015/chicago-women"
SILENT = "autostraddle-2015/record-low"
BARE = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar()

REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: explore.statistics(5), "seeds = 5: is no folder; give its path"),
    (lambda: explore.documents("no such folder"), "no such folder: no such folder of registers"),
    (lambda: explore.solicitation("tests"), "tests: holds no register"),
    (lambda: explore.audit(document=5), 'no register has the document "5"; known: '),
    (lambda: explore.audit(document="autostradle-2015"), 'did you mean "autostraddle-2015"?'),
    (lambda: explore.compare(ONE, 5), 'no register holds the statistic "5"'),
    (lambda: explore.compare(ONE, [ONE]), "no register holds the statistic"),
    (lambda: explore.compare(ONE, "autostraddle-2015/chicago"), 'did you mean "autostraddle-2015/chicago-women"?'),
    (lambda: explore.compare(ONE, OTHER, None), "cannot be compared"),
    (lambda: explore.compare(ONE, OTHER, "colour"), 'allow: "colour" is no field that must agree; known: group'),
    (lambda: explore.compare(ONE, SILENT, ("measure", "unit", "population", "series")), "states no number"),
    (lambda: explore.scan(b"42%"), "bytes is no text; give the words, a path, or the id of a document"),
    (lambda: explore.scan("auto-straddle-2015"), 'is neither a file nor a document’s id; did you mean "autostraddle'),
    (lambda: explore.scan("missing.txt"), "missing.txt: there is no such file"),
    (lambda: explore.scan("tests"), "tests: is a folder; name one text"),
    (lambda: explore.export(5, "a.png"), "int: is no Altair chart"),
    (lambda: explore.export(BARE, None), "None: is no path"),
    (lambda: explore.export(BARE, "a"), "a: no suffix; write one of .png"),
    (lambda: explore.export(BARE, "a.gif"), "unknown suffix .gif"),
    (lambda: explore.export(BARE, "no such folder/a.png"), "there is no such folder; make it first"),
    (lambda: explore.export(BARE, "a.png", scale="2"), "scale = '2': write a number from 0.1 to 20"),
    (lambda: explore.export(BARE, "a.png", scale=1e-9), "scale = 1e-09"),
    (lambda: explore.export(BARE.encode(x="b"), "a.png"), "the chart cannot be drawn: "),
    (lambda: charts.arrests(5), "arrests: int is no table; give it rows of explore.arrests()"),
    (lambda: charts.arrests(SHARES.head(0)), "arrests: the table has no row"),
    (lambda: charts.arrests(ALL), "arrests: the table has no column percent"),
    (lambda: charts.arrests(explore.arrests().tail(1)), "arrests: no row has a number to draw"),
    (lambda: charts.reporting(pd.DataFrame()), "reporting: the table has no column id"),
    (lambda: charts.christchurch(COUNTS[COUNTS["sector"] == "all"]), "needs two years of every sector; street, rest"),
    (lambda: charts.christchurch(COUNTS[COUNTS["year"] == 2006]), "needs two years of every sector; all, street, rest"),
    (lambda: charts.christchurch(pd.concat([COUNTS] * 9000)), "needs two years of every sector; all, street, rest"),
    (lambda: charts.germany(ALL.head(0)), "germany: the table has no row"),
    (lambda: charts.germany(ALL.head(3)), 'germany: no row is of the series "bka-victims"'),
    (lambda: charts.timeline(ALL), "timeline: holds rows about arrests"),
    (lambda: charts.audit(ALL), "audit: the table has no column stated"),
    (lambda: charts.sweeps(SHARES), "arrests: holds rows about solicitation"),
    (lambda: charts.sample_size(SHARES.head(1)), "sample_size: no row is a share whose n is known"),
    (lambda: charts.sources("x"), "x: no register holds this statistic"),
    (lambda: charts.sources(SILENT), "has no number or names no source"),
    (lambda: charts.neighbours("x"), 'no row has the id "x"'),
    (lambda: charts.neighbours(SILENT), "states no number to draw"),
    (lambda: charts.comparison(ONE, "x"), 'no register holds the statistic "x"'),
    (lambda: panels.browse(ALL.head(0)), "browse: the table has no row; give it rows of explore.statistics()"),
    (lambda: panels.compare(ONE, SILENT), "states no number"),
    (lambda: panels.compare(ONE, "x"), 'no register holds the statistic "x"'),
    (lambda: panels.christchurch(COUNTS.head(2)), "needs two years of every sector"),
    (lambda: panels.sample_size(SHARES.head(1)), "no row is a share whose n is known"),
    (lambda: panels.export("chart"), "str: is no Altair chart"),
]


@pytest.mark.parametrize(("call", "says"), REFUSED, ids=[f"{at} {says}" for at, (_, says) in enumerate(REFUSED)])
def test_is_refused_in_words(call: Callable[[], Any], says: str) -> None:
    """The message names what was given and what to give instead."""
    with pytest.raises(ExploreError) as caught:
        call()
    assert says in str(caught.value)


DRAWN: list[Callable[[], Any]] = [
    lambda: charts.sweeps(pd.concat([explore.arrests()] * 2)),
    lambda: charts.solicitation(SHARES.iloc[::-1]),
    lambda: charts.arrests(explore.arrests().head(1)),
    lambda: charts.audit(explore.audit().tail(2)),
    lambda: charts.neighbours("autostraddle-2015/street-1999", ALL.tail(5)),
    lambda: panels.browse(pd.concat([ALL, ALL])).chart(),
    lambda: panels.browse(ALL[ALL["id"] == SHARES["id"].iloc[0]]).chart(),
]


@pytest.mark.parametrize("make", DRAWN, ids=range(len(DRAWN)))
def test_what_looks_odd_is_drawn(make: Callable[[], Any]) -> None:
    """Rows in another order, twice, or only one of them, are no reason to refuse."""
    assert make().to_dict()["title"]


def test_a_statistic_without_a_number_is_browsed() -> None:
    """What states no number shows its words, and no chart."""
    panel = panels.browse()
    panel.controls["chosen"].value = SILENT
    assert "record low" in panel.live.card
    assert panel.live.spec == {}


SKELETON = """[document]
title = "T"
publisher = "P"
published = 2015
kind = "article"
stated_by = "?"
evidence = "primary text"
locator = "paragraph 1"

[[statistic]]
id = "a"
topic = "t"
quote = "12 people left"
measure = "?"
population = "?"

[[statistic]]
id = "b"
topic = "t"
quote = "13 people came"
measure = "?"
population = "?"
"""


def test_a_register_that_is_not_filled_in_yet_can_be_looked_at(tmp_path: Path) -> None:
    """“?” is unknown: it is drawn as such, and agrees with nothing, not even with another “?”."""
    (tmp_path / "new.toml").write_text(SKELETON, encoding="utf-8")
    table = explore.statistics(tmp_path)
    assert charts.neighbours("new/a", table).to_dict()["title"]
    assert panels.browse(table).chart().to_dict()["title"]
    every = ("measure", "unit", "population", "series", "period")
    with pytest.raises(ExploreError, match="cannot be compared"):
        explore.compare("new/a", "new/b", seeds=tmp_path)
    found = explore.compare("new/a", "new/b", every, seeds=tmp_path)
    assert found.sentence.startswith("No measure stated (no population stated")
    assert charts.comparison("new/a", "new/b", every, tmp_path).to_dict()["title"]
    assert panels.compare("new/a", "new/b", seeds=tmp_path).sentence.startswith("These two may not be compared")
