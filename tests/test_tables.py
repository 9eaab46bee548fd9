"""The tidy tables hold what the registers say: exact numbers, honest types, nothing made up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError

import explore
from explore import columns, register, tables, wording
from explore.article.tables import CHRISTCHURCH_COLUMNS
from explore.terms import ExploreError

# What the document states, number by number: id, value, unit, qualifier.
STATED = [
    ("la-solicited", 42, "percent", None),
    ("chicago-women", 97, "percent", None),
    ("innocence-lost", 93, "percent", None),
    ("nz-report-violence", 70, "percent", None),
    ("christchurch-1999", 375, "people", None),
    ("christchurch-2006", 392, "people", None),
    ("street-1999", 106, "people", None),
    ("street-2006", 100, "people", None),
    ("rest-1999", 269, "people", None),
    ("rest-2006", 292, "people", None),
    ("christchurch-growth", 4.5, "percent change", None),
    ("population-growth", 8.8, "percent change", None),
    ("districts-2003", 12, "districts", None),
    ("districts-2006", 5, "districts", None),
    ("parlours-threefold", 3, "ratio", None),
    ("petition-signatures", 10_000, "signatures", "about"),
    ("diversion-hours", 8, "hours", None),
    ("support-organizations", None, "organizations", "vague"),
    ("record-low", None, None, None),
]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Give a copy of the shipped registers that a test may change."""
    return shutil.copytree(register.shipped(), tmp_path / "seeds")


@pytest.mark.parametrize(("name", "value", "unit", "qualifier"), STATED, ids=[row[0] for row in STATED])
def test_stated_numbers_are_exact(name: str, value: float | None, unit: str | None, qualifier: str | None) -> None:
    """The tables hold the numbers of the text, and a missing value where the words give none."""
    row = explore.statistics().set_index("id").loc[f"autostraddle-2015/{name}"]
    for column, expected in (("value", value), ("unit", unit), ("qualifier", qualifier)):
        assert pd.isna(row[column]) if expected is None else row[column] == expected


def test_statistics_are_tidy_and_typed() -> None:
    """Every promised column is there, with the type that its missing values need, and every row has its evidence."""
    table = explore.statistics()
    assert list(table) == list(columns.STATISTIC_COLUMNS)
    assert table["id"].is_unique
    assert {str(table[name].dtype) for name in ("n", "start", "end")} == {"Int64"}
    assert {str(table[name].dtype) for name in ("value", "low", "high")} == {"Float64"}
    assert not table[["evidence", "locator", "stated_by", "measure", "population"]].isna().to_numpy().any()
    assert not (table.astype(object) == "").to_numpy().any()
    assert len(table) >= 120
    assert table["document"].nunique() >= 12


def test_values_come_from_words_or_a_locator() -> None:
    """No value stands without the words, the place it was read in, or the parts it was computed from."""
    table = explore.statistics()
    bare = table["quote"].isna() & ~table["evidence"].isin(["arithmetic", "not read"]) & table["url"].isna()
    bare &= table["document"] != "nz-act-2003"  # read in a stored copy that has no address; its note says so
    assert table[bare]["id"].tolist() == []


@pytest.mark.parametrize("topic", ["solicitation", "arrests", "reporting", "christchurch"])
def test_topic_tables_have_documented_columns(topic: str) -> None:
    """A topic table has exactly the columns that are documented, and some rows."""
    table = getattr(explore, topic)()
    assert list(table) == list(CHRISTCHURCH_COLUMNS if topic == "christchurch" else columns.SHARE_COLUMNS)
    assert len(table)


def test_a_frame_carries_what_is_said_of_it(own: Path, tmp_path: Path) -> None:
    """Publisher, topic and the number as told survive a filter, a sort, a concat of two folders and CSV."""
    both = pd.concat([explore.solicitation().head(1), tables.topic("reading", own)]).sort_values("document")
    both.to_csv(tmp_path / "both.csv", index=False)
    for rows in (both, pd.read_csv(tmp_path / "both.csv")):
        line = wording.source_line(rows)
        assert line == "Sources: Autostraddle 2015; The Gazette 2020; Town Office 2020."
        assert rows["said"].tolist() == ["42%", "42%", "42%"]
    assert wording.source_line(pd.DataFrame({"value": [1]})) == "Source: not stated."


def test_a_caller_cannot_change_what_the_next_call_returns() -> None:
    """The registers, once read, are fixed."""
    library = register.load()
    one = library.statistics["autostraddle-2015/la-solicited"]
    with pytest.raises(AttributeError):
        one.value = 47
    with pytest.raises(ValidationError):
        library.registers[one.document].document.title = "another"
    with pytest.raises(TypeError):
        library.statistics["x"] = one
    with pytest.raises(AttributeError):
        one.source.append("x")
    table = explore.statistics()
    table["value"] = 0
    assert explore.statistics()["value"].max() > 0


def test_christchurch_computes_beside_what_is_stated() -> None:
    """The computed growth stands beside the stated one, per resident on the stated population growth."""
    table = explore.christchurch().set_index(["sector", "year"])
    row = table.loc[("all", 2006)]
    assert row["change"] == 17
    assert row["change_percent"] == pytest.approx(100 * 17 / 375)
    assert row["stated_change_percent"] == 4.5
    assert row["index"] == pytest.approx(104.5333, abs=1e-4)
    assert row["population_percent"] == 8.8
    assert row["per_head_change_percent"] == pytest.approx(100 * (392 / 375 / 1.088 - 1))
    assert table["derived"].tolist() == [False] * 4 + [True] * 2


def test_editing_a_seed_and_calling_again_shows_the_change(seeds: Path) -> None:
    """Registers are read again when they change, without a restart."""
    path = seeds / "autostraddle-2015.toml"
    assert explore.statistics(seeds)["place"].eq("Gotham").sum() == 0
    path.write_text(path.read_text().replace('place      = "Los Angeles"', 'place      = "Gotham"', 1))
    assert explore.statistics(seeds)["place"].eq("Gotham").sum() == 1


def test_after_an_edit_only_that_register_is_read_again(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other registers say of an edited one is looked at anew, though they are not read again."""
    explore.statistics(seeds)
    opened = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.name) or whole(path))
    path = seeds / "galvan-bazargan-2012.toml"
    words = path.read_text()
    path.write_text(words.replace('id         = "solicited"', 'id         = "renamed"'))
    assert words != path.read_text()
    with pytest.raises(ExploreError, match="galvan-bazargan-2012/solicited"):
        explore.statistics(seeds)
    path.write_text(words)
    assert explore.statistics(seeds)["id"].eq("galvan-bazargan-2012/solicited").sum() == 1
    assert set(opened) == {path.name}


def test_a_folder_without_the_topic_is_a_clear_error(seeds: Path) -> None:
    """A topic that a folder of one's own does not hold is named in the error."""
    for path in seeds.glob("*.toml"):
        if path.stem != "abc-2008":
            path.unlink()
    with pytest.raises(ExploreError, match="reporting"):
        explore.reporting(seeds)
    with pytest.raises(ExploreError, match="csom-christchurch"):
        explore.christchurch(seeds)
