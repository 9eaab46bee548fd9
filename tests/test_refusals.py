"""Bad input, all of it in one table: what was tried, and what the message says. No bare traceback from inside."""

from __future__ import annotations

import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
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
    (lambda: explore.statistics("a" * 5000), "the name is too long; shorten it"),
    (lambda: explore.statistics("a\0b"), "'a\\x00b': holds a character that no file name can"),
    (lambda: explore.export(BARE, "a\ud800.png"), "'a\\ud800.png': holds a character that no file name can"),
    (lambda: explore.check("a\ud800.md"), "holds a character that no file name can"),
    (lambda: charts.arrests(explore.arrests().assign(percent="10%")), "the column percent holds '10%', which is no"),
    (lambda: charts.draw(SHARES.assign(n=["x"] * len(SHARES))), "draw: the column n holds 'x', which is no number"),
    (lambda: charts.draw(SHARES.assign(value=float("inf"))), "draw: no row has a number to draw"),
    (lambda: charts.draw(pd.concat([SHARES, SHARES["value"]], axis=1)), "draw: the table has two columns value"),
    (
        lambda: explore.export(alt.Chart(BARE.data).mark_image(url="file:///a.png"), "a.json"),
        "as an address that begins",
    ),
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


@pytest.mark.parametrize("kind", ["csv", "object", "text of numbers", "not finite"])
@pytest.mark.parametrize("name", ["solicitation", "arrests", "reporting", "christchurch"])
def test_a_table_that_went_through_a_file_is_drawn_as_before(name: str, kind: str, tmp_path: Path) -> None:
    """A period that came back as a number, a percent as a text, what is not finite: all is as it was, or missing."""
    table = getattr(explore, name)()
    if kind == "csv":
        table.to_csv(tmp_path / "a.csv", index=False)
        back = pd.read_csv(tmp_path / "a.csv")
    elif kind == "text of numbers":
        back = table.astype(str).where(table.notna(), None)
    else:
        back = table.astype("object").assign(low=float("nan") if kind == "object" else float("inf"))
    drawn, expected = (getattr(charts, name)(one).to_dict() for one in (back, table))
    assert drawn["title"]["subtitle"] == expected["title"]["subtitle"]


@pytest.mark.parametrize("where", ["n = {}", "value2 = {}", "id = {}", "period = {}", "source = [[{{ a = {} }}]]"])
def test_a_number_of_thousands_of_digits_is_refused(where: str, own: Path) -> None:
    """Wherever it stands: a hexadecimal number can be longer than Python says."""
    register = own / "gazette-2020.toml"
    text = f"{register.read_text('utf-8')}\n[[statistic]]\n{where.format('0x' + 'f' * 5000)}\n"
    register.write_text(text, encoding="utf-8")
    with pytest.raises(ExploreError, match=r"gazette-2020.toml: file: text: is not valid TOML: Exceeds the limit"):
        explore.statistics(own)


def test_a_computed_share_lies_between_0_and_100(own: Path) -> None:
    """As a stated one does; with the number of cases too."""
    register = own / "office-2020.toml"
    for parts, says in (('"loans-2014", "loans-2013"', "comes to 104.4"), ('"loans-2013", "loans-2014"', "")):
        entry = f"""
[[statistic]]
id = "share"
topic = "loans"
measure = "books lent"
population = "loans"
derived = {{ share = [{parts}] }}
evidence = "arithmetic"
n = 9400
sample = "random"
"""
        text = register.read_text("utf-8").partition('\n[[statistic]]\nid = "share')[0] + entry
        register.write_text(text, encoding="utf-8")
        if says:
            with pytest.raises(ExploreError, match=says):
                explore.statistics(own)
        else:
            assert explore.statistics(own).set_index("id").loc["office-2020/share", "n"] == 9400


def test_of_many_mistakes_the_first_are_told(own: Path) -> None:
    """The first twenty of each file, and how many more there are."""
    for register in own.iterdir():
        wrong = "".join(f'\n[[topic]]\nid = "Topic {at}"\ntitle = "A"\n' for at in range(100))
        register.write_text(register.read_text("utf-8") + wrong, encoding="utf-8")
    with pytest.raises(ExploreError) as caught:
        explore.statistics(own)
    lines = str(caught.value).splitlines()
    assert len(lines) == 1 + 2 * 21
    assert lines[0] == "200 mistakes:"
    assert lines[21] == "  gazette-2020.toml: and 80 more; mend these first"


@pytest.mark.parametrize(
    "words", ["W" * 60, "在城市里工作的女性说她们没有向任何人报告过这些事情" * 2, "word " * 5000, "\u200d" * 900]
)
@pytest.mark.parametrize("form", ["bars", "dots", "line", "dates", "apart"])
def test_any_label_is_drawn(words: str, form: str) -> None:
    """A word that cannot be broken, one without spaces, one of many pages: what is drawn of it fits."""
    rows = pd.DataFrame({"value": [1.0, 2.0, 3.0], "unit": "percent", "period": ["2001", "2002", "2003"]})
    chart = charts.draw(rows.assign(measure=words, group=[words, "b", "c"], place=words), form=form, width=240)
    assert len(str(chart.to_dict()["layer"])) < 10 * 25_000 + 20_000
    assert chart.to_dict()["height"] < 20_000


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".html", ".json", ".csv", ".xlsx"])
def test_any_cell_is_exported(suffix: str, tmp_path: Path) -> None:
    """Days, decimals, periods and intervals as they are written; half a character harms nothing."""
    odd = [dt.date(2015, 8, 12), Decimal("1.5"), pd.Period("2015"), pd.Interval(0, 1), pd.NaT, "\ud800", {1}, b"a", 1j]
    chart = alt.Chart(pd.DataFrame({"a": 1, "b": odd})).mark_bar().encode(x="a:Q", y="b:N")
    assert explore.export(chart, tmp_path / f"a{suffix}").stat().st_size > 0
    if suffix == ".csv":
        assert "2015-08-12\n1,1.5\n1,2015\n" in (tmp_path / "a.csv").read_text("utf-8")


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


def test_exports_in_threads_leave_the_session_as_it_is(tmp_path: Path) -> None:
    """Eight at once: the theme, the transformer and the level of the log are as before, and every file is as if alone."""
    makes = [charts.arrests, charts.christchurch, charts.reporting, charts.solicitation] * 2
    made = [make() for make in makes]
    for number in range(8):
        (tmp_path / str(number)).mkdir()
    alone = [explore.export(chart, tmp_path / "a.svg", overwrite=True).read_bytes() for chart in made]
    before = alt.theme.active, alt.data_transformers.active, logging.getLogger("pypdf").level
    with ThreadPoolExecutor(8) as pool:
        together = list(
            pool.map(lambda at: explore.export(made[at], tmp_path / str(at) / "a.svg").read_bytes(), range(8))
        )
        list(pool.map(lambda at: explore.export(made[at], tmp_path / f"{at}.pdf"), range(8)))
    assert together == alone
    assert (alt.theme.active, alt.data_transformers.active, logging.getLogger("pypdf").level) == before


def test_the_rows_of_a_panel_are_the_users_own() -> None:
    """What is written into them changes nothing that is shown."""
    panel = panels.browse()
    rows = panel.frame()
    rows["said"] = "nothing"
    assert "nothing" not in set(panel.frame()["said"])


def test_the_audit_looks_up_quotes_too(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the texts are at hand, words that are not in them are refused as `statistics` refuses them."""
    (tmp_path / "gazette-2020.txt").write_text("43% of them", encoding="utf-8")
    monkeypatch.setenv("EXPLORE_TEXTS", str(tmp_path))
    for table in (explore.statistics, explore.audit, explore.findings):
        with pytest.raises(ExploreError, match="is not in the text"):
            table(own)


def test_pages_carry_the_licence_of_what_draws_them(tmp_path: Path) -> None:
    """The notice that its authors ask for stands in every page, in front of their script."""
    page = explore.export(charts.arrests(), tmp_path / "a.html").read_text("utf-8")
    assert "University of Washington Interactive Data Lab" in page
    assert "Redistributions in binary form must reproduce the above copyright notice" in page
