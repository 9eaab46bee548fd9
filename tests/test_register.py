"""Registers: what they state is what the document states, and every mistake in them has a clear message."""

from __future__ import annotations

import csv
import os
from contextlib import suppress
from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import explore
from explore.register import load
from explore.register.schema import Document, Entry, Series, Statistic
from explore.terms import ExploreError

GOLD = Path(__file__).with_name("gold") / "statistics.csv"


def test_the_register_states_what_the_document_states() -> None:
    """The gold table, coded by hand from the text alone, holds against the register field by field."""
    found = explore.statistics()
    found = found[(found["document"] == "autostraddle-2015") & found["quote"].notna()]
    found = found.assign(
        id=found["id"].str.partition("/")[2],
        value=[f"{value:g}" if value == value else "" for value in found["value"].astype(float)],  # noqa: PLR0124
    ).astype("string")
    rows = found.set_index("id").fillna("").to_dict("index")
    with GOLD.open(encoding="utf-8", newline="") as file:
        gold = {row.pop("id"): row for row in csv.DictReader(file)}
    assert set(rows) == set(gold)
    differing = {
        (name, field)
        for name, row in gold.items()
        for field, value in row.items()
        if (
            rows[name][field].partition(", quoting")[0].partition(", quoted")[0]
            if field == "stated_by"
            else rows[name][field]
        )
        != value
    }
    assert differing == set()


def test_what_the_document_states_without_a_number_is_coded_or_dismissed(texts: list[Path]) -> None:
    """Every vague count, share and date that a reader of the text noted lies in words that the register holds."""
    text = (texts[0] / "autostraddle-2015.txt").read_text(encoding="utf-8")
    register = load().registers["autostraddle-2015"]
    quotes = [one.quote for one in register.statistics if one.quote]
    quotes += [words for one in register.dismissed for words in (one.quote, *one.quotes) if words]
    held = [(text.index(words), text.index(words) + len(words)) for words in quotes]
    for words in GOLD.with_name("vague.txt").read_text(encoding="utf-8").splitlines():
        assert text.count(words) == 1, words
        at = text.index(words)
        assert any(start < at + len(words) and at < end for start, end in held), words


HEADER = """\
[document]
title = "A text"
publisher = "Somebody"
published = 2015
kind = "report"
evidence = "primary text"
locator = "page 1"
"""
ENTRY = {
    "id": '"a"',
    "topic": '"law"',
    "quote": '"42% of them"',
    "measure": '"share"',
    "population": '"people"',
    "place": '"Chicago"',
}


def entry(**fields: str) -> str:
    """Write one statistic; a field given as "" is left out."""
    given = {name: value for name, value in (ENTRY | fields).items() if value}
    return "\n".join(["[[statistic]]", *(f"{name} = {value}" for name, value in given.items()), ""])


def without_quote(**fields: str) -> str:
    """Write one statistic with a value instead of a quote."""
    return entry(**({"quote": "", "value": "7", "unit": '"people"'} | fields))


SERIES = '[[series]]\nid = "s"\nmethod = "counted"\ncoverage = "here"\n'
LONG = '"' + " ".join(["word"] * 25) + ' 7"'

# What is wrong | the register | what the message says.
BAD = [
    ("broken TOML", HEADER + "[[statistic]\n", "x.toml: file: text: is not valid TOML: "),
    ("deep TOML", "a = " + "[" * 5000, "x.toml: file: text: is not valid TOML"),
    ("long integer", "a = " + "1" * 5000, "x.toml: file: text: is not valid TOML"),
    ("no document", entry(), "x.toml: document: document: is missing; write [document]"),
    ("no title", HEADER.replace('title = "A text"', ""), 'document: title: is missing; write title = "…"'),
    ("empty title", HEADER.replace("A text", ""), "document: title = '': is empty; leave out what is unknown"),
    ("unknown kind", HEADER.replace("report", "book"), "document: kind = 'book': Input should be 'article', "),
    ("bad sha256", HEADER + 'sha256 = "12"', "document: sha256 = '12': is not 64 hexadecimal digits"),
    ("unknown field", HEADER + entry(populaton='"x"'), 'statistic a: populaton: is no field of a register; did you mean "population"?'),
    ("unknown table", HEADER + "[[statistics]]\n", 'file: statistics: is no field of a register; did you mean "statistic"?'),
    ("not a table", HEADER.replace("[document]", "statistic = [7]\n[document]"), "statistic number 1: statistic = 7: is no table"),
    ("table of nothing", HEADER.replace("[document]", "table = [7]\n[document]"), 'table number 1: columns, rows: write columns = ["id"'),
    ("short row", HEADER + '[[table]]\ncolumns = ["id", "value"]\nrows = [["a"]]', "table number 1: row 1 = ['a']: holds 1 values for 2 columns"),
    ("no population", HEADER + entry(population=""), 'statistic a: population: is missing; write population = "…"'),
    ("empty place", HEADER + entry(place='" "'), "statistic a: place = ' ': is empty; leave out what is unknown"),
    ("number for text", HEADER + entry(place="7"), "statistic a: place = 7: is no text; write it in quotes"),
    ("bad id", HEADER + entry(id='"A b"'), "id = 'A b': write an id of lower-case letters, digits and hyphens"),
    ("climbing source", HEADER + entry(source='"../x/a"'), "source = '../x/a': write an id of lower-case letters"),
    ("same id twice", HEADER + entry() + entry(), "statistic a: id = 'a': is used twice; give each statistic its own"),
    ("long quote", HEADER + entry(quote=LONG), "holds 26 words; shorten it to 25 at most"),
    ("spaced quote", HEADER + entry(quote='" 42%"'), "write the words alone, without space before or after them"),
    ("quote without number", HEADER + entry(quote='"nothing"'), "quote = 'nothing': states no number; quote the words that do"),
    ("two numbers", HEADER + entry(quote='"42% of men, 43% of women"'), 'statistic a: number: write number = one of the quote’s numbers: "42%", "43%"'),
    ("no such number", HEADER + entry(number='"41%"'), "number = '41%': write number = one of the quote’s numbers"),
    ("number twice", HEADER + entry(quote='"42% or 42%"', number='"42%"'), "stands in the quote more than once; shorten the quote"),
    ("number without quote", HEADER + without_quote(number='"7"'), "number = '7': picks a number of a quote"),
    ("not read but quoted", HEADER + entry(evidence='"not read"'), 'was read, so evidence cannot be "not read"'),
    ("not read but given", HEADER + without_quote(evidence='"not read"'), 'was read, so evidence cannot be "not read"'),
    ("break without a reason", HEADER + SERIES + "breaks = [{ at = 2005 }]\n", 'series s: why: is missing; write why = "…"'),
    ("nothing stated", HEADER + without_quote(value=""), "statistic a: quote: is missing; write the words, or value with locator"),
    ("percent over 100", HEADER + entry(quote='"142% of them"'), "value = 142: a share lies between 0 and 100"),
    ("infinite value", HEADER + without_quote(value="inf"), "value = inf: Input should be less than or equal to 1000000000000000"),
    ("huge value", HEADER + without_quote(value="1" * 400), "Input should be less than or equal to 1000000000000000"),
    ("impossible year", HEADER + without_quote(value="3015", unit='"year"'), "value = 3015: is no year"),
    ("impossible period", HEADER + entry(period="3015"), "period = 3015: write a year from 1500 to 2100"),
    ("impossible day", HEADER + entry(period='"2015-02-30"'), "period = '2015-02-30': is no date (day "),
    ("backward interval", HEADER + entry(period='"2008/2006"'), "write an interval as from/to, the earlier first"),
    ("time of day", HEADER + entry(period="07:32:00"), "write a year, a date, or an interval such as 2008/2011"),
    ("no unit", HEADER + entry(quote='"only 42."'), 'statistic a: unit: the words do not say it; write unit = "people"'),
    ("arithmetic of nothing", HEADER + without_quote(evidence='"arithmetic"'), "is said of what is computed here"),
    ("n of a count", HEADER + without_quote(n="10"), "n = 10: belongs to a share; leave it out"),
    ("n of nobody", HEADER + entry(n="0"), "n = 0: Input should be greater than 0"),
    ("start without end", HEADER + entry(start="7"), "start = 7: start and end go together; `explore scan --write`"),
    ("no evidence", HEADER.replace('evidence = "primary text"', "") + entry(), "statistic a: evidence: is missing"),
    ("no locator", HEADER.replace('locator = "page 1"', "") + entry(), "statistic a: locator: is missing; say where"),
    ("no such source", HEADER + entry(source='"x/b"'), 'source = \'x/b\': no register holds this statistic; did you mean "x/a"?'),
    ("no such series", HEADER + entry(series='"b"'), "series = 'b': no register declares this series"),
    ("two operations", HEADER + entry(derived='{ sum = ["a"], ratio = ["a", "a"] }'), "write one operation, such as { difference = [a, b] }"),
    ("unknown operation", HEADER + entry(derived='{ product = ["a", "a"] }'), "statistic a: derived = 'product': Input should be "),
    ("one part", HEADER + entry(derived='{ difference = ["a"] }'), "difference takes two ids"),
    ("no such part", HEADER + entry(derived='{ sum = ["b"] }'), "derived = 'x/b': no register holds this statistic"),
    ("circle", HEADER + entry(derived='{ sum = ["b"] }') + entry(id='"b"', derived='{ sum = ["a"] }'), "goes round in a circle: x/"),
    ("divided by nothing", HEADER + without_quote(value="0") + entry(id='"b"', quote="", derived='{ ratio = ["a", "a"] }'), "statistic b: derived = ['x/a', 'x/a']: divides by nothing"),
    ("series without method", HEADER + '[[series]]\nid = "s"\ncoverage = "all"', 'series s: method: is missing; write method = "…"'),
    ("dismissed without reason", HEADER + '[[dismissed]]\nquote = "7"', 'dismissed number 1: reason: is missing; write reason = "…"'),
]  # fmt: skip


@pytest.mark.parametrize(("register", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_every_mistake_has_one_clear_message(tmp_path: Path, register: str, message: str) -> None:
    """A bad register is refused with file, entry, field, value, and what to write instead."""
    (tmp_path / "x.toml").write_text(register, encoding="utf-8")
    with pytest.raises(ExploreError) as error:
        load(tmp_path)
    assert message in str(error.value)
    assert str(error.value).startswith("1 mistake:"), error.value


def test_ten_mistakes_are_named_at_once(tmp_path: Path) -> None:
    """Mistakes of every sort, in two registers, come out in one error, each once."""
    first = [
        HEADER.replace('kind = "report"', 'kind = "book"'),
        entry(id='"a"', populaton='"x"'),
        entry(id='"b"', quote=LONG),
        entry(id='"c"', quote='"142% of them"'),
        entry(id='"d"', period='"2015-13"'),
        entry(id='"e"', source='["x/zzz", "x/f"]'),
        entry(id='"f"', quote='"nothing at all"'),
        entry(id='"g"', number='"41%"'),
        entry(id='"h"', derived='{ sum = ["i"] }'),
        entry(id='"i"', derived='{ sum = ["h", "a"] }'),
        entry(id='"j"'),
        entry(id='"j"', source='"x/b"'),
    ]
    (tmp_path / "x.toml").write_text("".join(first), encoding="utf-8")
    (tmp_path / "y.toml").write_text("[[", encoding="utf-8")
    with pytest.raises(ExploreError) as error:
        load(tmp_path)
    told = str(error.value)
    wanted = [
        "'book'",
        "populaton",
        "26 words",
        "142",
        "2015-13",
        "x/zzz",
        "nothing at all",
        "'41%'",
        "used twice",
        "y.toml",
    ]
    assert [word for word in wanted if told.count(word) != 1] == []
    assert told.startswith("10 mistakes:"), told


def one(tmp_path: Path, register: str, key: str = "x/a") -> Statistic:
    """Read one statistic out of a register."""
    (tmp_path / "x.toml").write_text(register, encoding="utf-8")
    return load(tmp_path).statistics[key]


def test_a_document_says_once_what_holds_for_all_of_it(tmp_path: Path) -> None:
    """Place, population, period and series stand once; what a statistic says itself wins."""
    shared = HEADER + 'place = "Here"\npopulation = "all"\nperiod = 2001\nseries = "s"\n'
    plain = entry(population="", place="", period="")
    found = one(tmp_path, shared + SERIES + plain)
    assert (found.place, found.population, found.period, found.series) == ("Here", "all", "2001", "s")
    own = one(tmp_path, shared + SERIES + entry(population='"some"', place='"There"', period="2002"))
    assert (own.place, own.population, own.period) == ("There", "some", "2002")


@pytest.mark.parametrize(
    ("document", "series", "own", "found"),
    [
        ("volunteers", "", "", "volunteers"),
        ("volunteers", "full count", "", "full count"),
        ("volunteers", "full count", "random", "random"),
        ("", "", "", None),
    ],
)
def test_the_nearest_word_on_a_sample_wins(
    tmp_path: Path, document: str, series: str, own: str, found: str | None
) -> None:
    """A statistic's own `sample` comes before its series', and that before its document's."""
    head, made = (f'sample = "{name}"\n' if name else "" for name in (document, series))
    stated = entry(series='"s"', sample=f'"{own}"' if own else "")
    assert one(tmp_path, HEADER + head + SERIES + made + stated).sample == found


def test_a_value_beside_its_quote_is_marked_as_typed(tmp_path: Path) -> None:
    """Where the reader is wrong the value is written beside the words, and everybody can see that it was."""
    found = one(tmp_path, HEADER + entry(quote='"a great part of them"', value="42", unit='"percent"'))
    assert (found.value, found.typed) == (42, True)
    assert not one(tmp_path, HEADER + entry(quote='"it was 44% of them"')).typed
    assert explore.statistics(tmp_path)["typed"].tolist() == [False]


def test_a_page_that_could_not_be_read_is_coded_without_a_value(tmp_path: Path) -> None:
    """The source's register can say where the number should stand, and that nobody could read it."""
    found = one(tmp_path, HEADER + without_quote(value="", unit="", evidence='"not read"'))
    assert (found.value, found.locator, found.evidence) == (None, "page 1", "not read")


def test_decimals_and_ranges_are_kept_as_written(tmp_path: Path) -> None:
    """12.50 states two decimals, and "50–70%" both its ends."""
    assert one(tmp_path, HEADER + without_quote(value="12.50")).decimals == 2
    found = one(tmp_path, HEADER + entry(quote='"50–70% of them"'))
    assert (found.value, found.upper) == (50, 70)
    assert explore.statistics(tmp_path)[["value", "upper"]].to_numpy().tolist() == [[50, 70]]


def test_a_circle_is_found_beside_other_mistakes(tmp_path: Path) -> None:
    """That one entry is wrong does not hide that two others wait for each other."""
    circle = entry(id='"b"', derived='{ sum = ["c"] }') + entry(id='"c"', derived='{ sum = ["b"] }')
    (tmp_path / "x.toml").write_text(HEADER + entry(measure="") + circle, encoding="utf-8")
    with pytest.raises(ExploreError, match=r"2 mistakes:\n.*measure: is missing[\s\S]*goes round in a circle"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("Bad Name.toml", HEADER.encode(), "name the file with lower-case letters, digits and hyphens"),
        ("...toml", HEADER.encode(), "name the file with lower-case letters, digits and hyphens"),
        ("x.toml", b"\xff\xfe" + HEADER.encode(), "is not UTF-8 (byte 0); save it as UTF-8"),
        ("x.toml", b"\0", "is not valid TOML"),
        ("x.toml", b"#" * 8_000_001, "is larger than 8,000,000 bytes"),
        ("x.toml", None, "x.toml: file: text: cannot be read: Is a directory"),
        ("notes.txt", b"", "holds no register; write one with `explore scan TEXT --new`"),
    ],
)
def test_a_bad_file_has_one_clear_message(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    """What is no readable register says so, and what to do."""
    if content is None:
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ExploreError) as error:
        load(tmp_path)
    assert message in str(error.value)


def test_a_missing_folder_and_a_dead_link_are_named(tmp_path: Path) -> None:
    """A folder or a file that is not there is no traceback."""
    with pytest.raises(ExploreError, match="no such folder of registers"):
        load(tmp_path / "nowhere")
    (tmp_path / "x.toml").symlink_to(tmp_path / "nowhere.toml")
    with pytest.raises(ExploreError, match=r"x\.toml: cannot be read: No such file"):
        load(tmp_path)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """An editor that puts a byte-order mark before the text does no harm."""
    (tmp_path / "x.toml").write_bytes(b"\xef\xbb\xbf" + (HEADER + entry()).replace("\n", "\r\n").encode())
    assert load(tmp_path).statistics["x/a"].value == 42


ODD = st.one_of(
    st.none().map(lambda _: {}),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from(
        ["42% of them", "x/a", "a", "b", "?", "2006/2007", "percent", "year", "people", "half of 12 in 1999"]
    ),
)
VALUES = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
DERIVED = st.dictionaries(
    st.sampled_from(["sum", "ratio", "difference", "share", "percent_change", "interpolate", "before_change"]),
    st.lists(st.sampled_from(["a", "b", "c", "x/a"]), max_size=3),
    max_size=2,
)
PLAIN = {name: value.strip('"') for name, value in ENTRY.items()}
ENTRIES = st.fixed_dictionaries(
    {name: st.just(value) for name, value in PLAIN.items()} | {"id": st.sampled_from("abc")},
    optional={
        "derived": DERIVED,
        "value": st.integers() | st.floats(),
        "unit": st.sampled_from(["percent", "people", "year", "percent change"]),
        "n": st.integers(),
        "period": st.sampled_from(["1999", "2006", "2015-08", "?"]),
        "source": st.sampled_from(["x/a", "x/b"]),
        **{name: VALUES for name in Entry.model_fields if name not in PLAIN and name not in ("derived", "value")},
    },
).flatmap(lambda made: st.just(made) | st.just({key: value for key, value in made.items() if key != "quote"}))
DOCUMENTS = st.just(
    {"title": "t", "publisher": "p", "published": 2015, "kind": "report", "evidence": "relay", "locator": "l"}
)
REGISTERS = st.fixed_dictionaries(
    {"document": DOCUMENTS | st.dictionaries(st.sampled_from([*Document.model_fields, "odd"]), VALUES, max_size=4)},
    optional={
        "statistic": st.lists(ENTRIES, max_size=4) | st.lists(ENTRIES | VALUES, max_size=4) | VALUES,
        "series": st.lists(st.dictionaries(st.sampled_from([*Series.model_fields]), VALUES), max_size=2) | VALUES,
        "dismissed": st.lists(
            st.dictionaries(st.sampled_from(["quote", "quotes", "reason", "start"]), VALUES), max_size=2
        )
        | VALUES,
        "table": st.lists(st.fixed_dictionaries({"columns": VALUES, "rows": VALUES}) | VALUES, max_size=2) | VALUES,
        "odd": VALUES,
    },
)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(register=REGISTERS)
def test_no_register_breaks_the_reader(tmp_path: Path, register: dict[str, object]) -> None:
    """Whatever TOML a register holds, it loads and makes a table, or is refused with an ExploreError."""
    try:
        written = tomlkit.dumps(register)
    except (ValueError, TypeError, AttributeError):  # tomlkit cannot write every Python value
        return
    path = tmp_path / "x.toml"
    path.write_text(written, encoding="utf-8", errors="replace")
    os.utime(path, ns=(0, abs(hash(written)) % 10**18))
    with suppress(ExploreError):
        explore.statistics(tmp_path)
        explore.documents(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
def test_no_bytes_break_the_reader(tmp_path: Path, raw: bytes) -> None:
    """Whatever bytes a file holds, it is refused with an ExploreError or read."""
    path = tmp_path / "x.toml"
    path.write_bytes(raw)
    os.utime(path, ns=(0, abs(hash(raw)) % 10**18))
    with pytest.raises(ExploreError):
        load(tmp_path)
