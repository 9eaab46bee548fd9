"""Findings: a sentence over a chart is true of the rows that are drawn, or it is not said."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import explore
from explore import charts
from explore.__main__ import main
from explore.register import load, shipped
from explore.register.sentences import braces
from explore.terms import ExploreError

if TYPE_CHECKING:
    from pathlib import Path

    import altair as alt


def title(chart: alt.LayerChart) -> str:
    """Give a chart's title in one line."""
    return " ".join(chart.to_dict()["title"]["text"])


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Change one place of a register."""
    path = folder / f"{name}.toml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def rows_of(topic: str, seeds: Path | None = None) -> pd.DataFrame:
    """Give the rows of one topic."""
    table = explore.statistics(seeds)
    return table[table["topic"] == topic]


def test_every_shipped_finding_holds() -> None:
    """What the shipped charts may say is so."""
    found = explore.findings()
    assert found["holds"].all(), found.loc[~found["holds"], ["id", "reason"]].to_string()
    assert main(["audit", "--strict"]) == 0


def test_findings_of_another_subject_are_said(own: Path) -> None:
    """Registers about anything else say their findings: numbers, n, periods and changes filled in."""
    assert title(charts.draw(rows_of("reading", own))) == "42% of members, not of everybody, of 500 asked in 2019"
    assert title(charts.draw(rows_of("loans", own))) == "Loans rose by 25% after 2016"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("gazette-2020", 'quote      = "42%', 'quote      = "47%'),
        ("office-2020", "value      = 42\n", "value      = 58\n"),
        ("gazette-2020", 'population = "adults"', 'population = "members of the library"'),
    ],
)
def test_a_changed_number_silences_the_finding(own: Path, name: str, old: str, new: str) -> None:
    """After an edit the title says nothing that is no longer so; the list of findings says why."""
    edit(own, name, old, new)
    assert title(charts.draw(rows_of("reading", own))) == "Reading in Harwick"
    found = explore.findings(own).set_index("id").loc["gazette-2020/whose"]
    assert not found["holds"]
    assert "verdict" in found["reason"]
    assert main(["audit", "--seeds", str(own), "--strict"]) == 1
    assert main(["audit", "--seeds", str(own)]) == 0


def test_the_article_s_numbers_are_not_outlived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """42% edited to 47% in a copy of the shipped registers is gone from title, subtitle and alt text."""
    monkeypatch.delenv("EXPLORE_TEXTS", raising=False)  # the text still says 42%
    seeds = tmp_path / "seeds"
    shutil.copytree(shipped(), seeds)
    edit(seeds, "autostraddle-2015", 'quote      = "42% of', 'quote      = "47% of')
    path = seeds / "autostraddle-2015.toml"
    path.write_text("".join(line for line in path.open(encoding="utf-8") if not line.startswith("sha256")), "utf-8")
    spec = charts.solicitation(explore.solicitation(seeds).head(1)).to_dict()
    assert "42" not in " ".join([*spec["title"]["text"], *spec["title"]["subtitle"], spec["description"]])


@pytest.mark.parametrize(
    "less",
    [
        lambda rows: rows[rows["document"] != "office-2020"],
        lambda rows: rows.assign(value=[41.0, *rows["value"][1:]], said=["41%", *rows["said"][1:]]),
        lambda rows: pd.DataFrame(rows.to_dict("records")),
    ],
    ids=["a row is gone", "a row was changed", "the registers are not known"],
)
def test_rows_that_are_not_all_there_get_the_neutral_title(own: Path, less: object) -> None:
    """A finding is said only where every row that it needs is drawn as it stands in its register."""
    assert title(charts.draw(less(rows_of("reading", own)))) == "Reading in Harwick"


def test_a_rise_must_go_beyond_rounding(own: Path) -> None:
    """What rounding alone could make is no rise, and across a break nothing is."""
    edit(own, "office-2020", '["loans-2019", 2019, 7500]', '["loans-2019", 2019, 6000]')
    assert title(charts.draw(rows_of("loans", own))) == "Books lent in Harwick"
    edit(own, "office-2020", '["loans-2016", 2016, 6000]', '["loans-2016", 2015, 6000]')
    reason = explore.findings(own).set_index("id").loc["gazette-2020/more", "reason"]
    assert "break" in reason or "compared" in reason


def test_the_highest_is_sought_on_one_side_of_a_break(own: Path) -> None:
    """9,400 books of the old way of counting do not beat 7,500 of the new; 7,600 of the new do."""
    assert explore.findings(own).set_index("id").loc["gazette-2020/more", "holds"]
    edit(own, "office-2020", '["loans-2017", 2017, 6100]', '["loans-2017", 2017, 7600]')
    assert "highest" in explore.findings(own).set_index("id").loc["gazette-2020/more", "reason"]


def test_what_lies_across_a_break_is_on_neither_side(own: Path) -> None:
    """Books of 2015 and 2016 together are counted in two ways: no row is set beside them, and no line joins them."""
    edit(own, "office-2020", '["loans-2017", 2017, 6100]', '["loans-2017", "2015/2016", 7600]')
    rows = explore.statistics(own).set_index("id")
    assert rows.loc[["office-2020/loans-2017", "office-2020/loans-2016"], "segment"].tolist() == [pd.NA, 1]
    assert "highest" not in explore.findings(own).set_index("id").loc["gazette-2020/more", "reason"]


def test_the_highest_must_go_beyond_rounding(own: Path) -> None:
    """Of two numbers that may be one number, none is the higher."""
    edit(own, "office-2020", 'unit       = "books"', 'unit       = "hours"')
    assert explore.findings(own).set_index("id").loc["gazette-2020/more", "holds"]
    edit(own, "office-2020", '["loans-2017", 2017, 6100]', '["loans-2017", 2017, 7499.5]')
    assert "rounding" in explore.findings(own).set_index("id").loc["gazette-2020/more", "reason"]


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        ("42% of members", "42%"),
        ("{readers}, about two-thirds", "two-thirds"),
        ("{readers} fell by half", "half"),
        ("{nobody} of them", "no register holds this statistic"),
        ("{readers!} of them", "is not understood"),
        ("{readers of them", "without its other half"),
        ("{readers..office-2020/readers}", "write rises or falls"),
    ],
)
def test_a_sentence_with_a_number_of_its_own_is_refused(own: Path, says: str, wrong: str) -> None:
    """A number outside braces would outlive the rows, so a register that writes one does not load."""
    edit(
        own,
        "gazette-2020",
        "{readers} of members, not of everybody, of {office-2020/readers.n} asked in {readers.period}",
        says,
    )
    with pytest.raises(ExploreError, match=r"finding whose: (says|needs)") as refusal:
        load(own)
    assert wrong in str(refusal.value)


def test_the_year_of_a_row_and_a_name_may_be_written(own: Path) -> None:
    """A period of a row that the finding needs, and a name with digits, are no numbers of their own."""
    edit(own, "gazette-2020", "asked in {readers.period}", "asked in 2019 under Bill C-36")
    assert "in 2019 under Bill C-36" in title(charts.draw(rows_of("reading", own)))


def test_a_title_of_one_s_own_takes_braces(own: Path) -> None:
    """A user's title is filled from the drawn rows, by short ids too; what nothing fills is refused."""
    rows = rows_of("loans", own)
    said = title(charts.draw(rows, title="{loans-2019} in {loans-2019.period}, {loans-2016..loans-2019} more"))
    assert said == "7,500 books in 2019, 25% more"
    with pytest.raises(ExploreError, match="no drawn row has the id"):
        charts.draw(rows, title="{loans-2020}")
    with pytest.raises(ExploreError, match="has no n"):
        charts.draw(rows, title="{loans-2019.n}")


def test_braces_are_read() -> None:
    """The parts of a brace come out apart."""
    assert [each[2:] for each in braces("{a/b..c} {d.period}")] == [("a/b", "c", None), ("d", None, "period")]


@pytest.mark.parametrize("qualifier", ["over", "at most", "about"])
def test_a_change_that_the_words_leave_open_is_not_said_as_one_number(own: Path, qualifier: str) -> None:
    """Between 6,000 books and “more than 7,500” there is no rise of 25%; the comparison says what is known."""
    table = 'columns    = ["id", "period", "value"]'
    edit(own, "office-2020", table, table.replace('"value"]', '"value", "qualifier"]'))
    for year, books in ((2013, 9000), (2014, 9400), (2016, 6000), (2017, 6100)):
        edit(own, "office-2020", f"{year}, {books}]", f'{year}, {books}, ""]')
    edit(own, "office-2020", "2019, 7500]", f'2019, 7500, "{qualifier}"]')
    reason = explore.findings(own).set_index("id").loc["gazette-2020/more", "reason"]
    assert "gives no one size to say" in reason
    assert "25%" not in title(charts.draw(rows_of("loans", own)))
    pair = ("office-2020/loans-2016", "office-2020/loans-2019")
    said = explore.compare(*pair, seeds=own).changed
    assert title(charts.comparison(*pair, seeds=own)) == f"Books lent: {said}"
    assert not said.startswith("+")
