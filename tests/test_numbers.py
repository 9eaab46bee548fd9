"""explore.numbers: every number of a text is found once, with its exact words and its right meaning."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explore.numbers import KINDS, LANGUAGES, Number, find, finding, rounding_interval

# One phrase a line; after it every number in it: words | kind | value | unit | qualifier, then flags:
# "..N" the upper end, "dN" the decimals where not 0, "?" ambiguous. A dash is None.
GOLD = """
42% of Latina transgender sex workers in Los Angeles
    42% | percent | 42 | percent | -
70 percent of sex workers say; 70 per cent; 3 percentage points; 25 basis points
    70 percent | percent | 70 | percent | -
    70 per cent | percent | 70 | percent | -
    3 percentage points | percent | 3 | percentage points | -
    25 basis points | percent | 25 | basis points | -
massage parlours increased threefold, then ten-fold, then 100-fold
    threefold | multiple | 3 | ratio | -
    ten-fold | multiple | 10 | ratio | -
    100-fold | multiple | 100 | ratio | -
close to 10,000 people have now signed
    10,000 | count | 10000 | people | about
spending eight hours a day in programming
    eight | measure | 8 | hours | -
hundreds of organizations, tens of thousands of women, dozens, and several hundred others
    hundreds | vague | - | organizations | vague
    tens of thousands | vague | - | women | vague
    dozens | vague | - | - | vague
    several hundred | vague | - | others | vague
human trafficking is at a record low; the lowest level on record; an all-time high
    record low | extreme | - | - | -
    lowest level on record | extreme | - | - | -
    all-time high | extreme | - | - | -
12 districts in 2003, 5 in 2006/2007
    12 | count | 12 | districts | -
    2003 | year | 2003 | year | -
    5 | count | 5 | - | -
    2006/2007 | years | 2006 | year | - | ..2007
from 375 in 1999, to 392 workers in 2006.
    375 | count | 375 | - | -
    1999 | year | 1999 | year | -
    392 | count | 392 | workers | -
    2006 | year | 2006 | year | -
2008–2011, 2008-2011, 2003/04, 1999/00, 2007-08
    2008–2011 | years | 2008 | year | - | ..2011
    2008-2011 | years | 2008 | year | - | ..2011
    2003/04 | years | 2003 | year | - | ..2004
    1999/00 | years | 1999 | year | - | ..2000
    2007-08 | years | 2007 | year | - | ..2008 ?
10–15% of sellers; 10–15 sellers; 5%-7.5%; between 10 and 15 percent
    10–15% | percent | 10 | percent | - | ..15
    10–15 | count | 10 | sellers | - | ..15
    5%-7.5% | percent | 5 | percent | - | ..7.5 d1
    10 and 15 percent | percent | 10 | percent | - | ..15
1,234.5 and 1 234 and 1\u2009234 and 1\u202f234 and 1\u00a0234.5 and 12,34,567
    1,234.5 | count | 1234.5 | - | - | d1
    1 234 | count | 1234 | - | -
    1\u2009234 | count | 1234 | - | -
    1\u202f234 | count | 1234 | - | -
    1\u00a0234.5 | count | 1234.5 | - | - | d1
    12,34,567 | count | 1234567 | - | -
12,5 or 1.234 or 1.234,5 or 1.234.567 or 0.234 or 375 392
    12,5 | count | 12.5 | - | - | d1 ?
    1.234 | count | 1.234 | - | - | d3 ?
    1.234,5 | count | 1234.5 | - | - | d1
    1.234.567 | count | 1234567 | - | - | ?
    0.234 | count | 0.234 | - | - | d3
    375 392 | count | 375392 | - | - | ?
$1.2 million, €30, £5bn, NZ$3m, 20 dollars, EUR 30, 5 million euros, £5–10m
    $1.2 million | money | 1200000 | USD | - | d-5
    €30 | money | 30 | EUR | -
    £5bn | money | 5000000000 | GBP | - | d-9
    NZ$3m | money | 3000000 | NZD | - | d-6
    20 dollars | money | 20 | USD | -
    EUR 30 | money | 30 | EUR | -
    5 million euros | money | 5000000 | EUR | - | d-6
    £5–10m | money | 5000000 | GBP | - | ..10000000 d-6
1.2 million people; two and a half million women; a hundred sellers; half a million visits
    1.2 million | count | 1200000 | people | - | d-5
    two and a half million | count | 2500000 | women | - | d-5
    a hundred | count | 100 | sellers | -
    half a million | count | 500000 | visits | - | d-5
the 1990s, the '90s, the mid-1980s, the 90s
    1990s | years | 1990 | year | - | ..1999
    '90s | years | 1990 | year | - | ..1999
    1980s | years | 1980 | year | - | ..1989
    90s | years | 1990 | year | - | ..1999
12 August 2015, August 12, 2015, 2015-08-12, 12/08/2015, 25/12/2015, August 2015, May 1
    12 August 2015 | date | 2015 | year | -
    August 12, 2015 | date | 2015 | year | -
    2015-08-12 | date | 2015 | year | -
    12/08/2015 | date | 2015 | year | - | ?
    25/12/2015 | date | 2015 | year | -
    August 2015 | date | 2015 | year | -
    May 1 | date | - | - | -
at 3am, 10:30, 3 p.m. and 10.30pm
    3am | time | - | - | -
    10:30 | time | - | - | -
    3 p.m. | time | - | - | -
    10.30pm | time | - | - | -
3rd, first, second-wave, the twenty-first, a 5th-grade class, the 20th century
    3rd | ordinal | 3 | - | -
    first | ordinal | 1 | - | -
    second | ordinal | 2 | - | -
    twenty-first | ordinal | 21 | - | -
    5th | ordinal | 5 | - | -
    20th | ordinal | 20 | - | -
2/3, two-thirds, half, a quarter of it, rose by a third, one in five, 1 in 100,000, three out of four, 2½
    2/3 | fraction | 0.6666666666666666 | ratio | -
    two-thirds | fraction | 0.6666666666666666 | ratio | -
    half | fraction | 0.5 | ratio | -
    a quarter | fraction | 0.25 | ratio | -
    a third | fraction | 0.3333333333333333 | ratio | -
    one in five | fraction | 0.2 | ratio | -
    1 in 100,000 | fraction | 0.00001 | ratio | -
    three out of four | fraction | 0.75 | ratio | -
    2½ | count | 2.5 | - | - | d1
doubled, tripled, twice, 3x, 2.5 times, halved; three times a week
    doubled | multiple | 2 | ratio | -
    tripled | multiple | 3 | ratio | -
    twice | multiple | 2 | ratio | -
    3x | multiple | 3 | ratio | -
    2.5 times | multiple | 2.5 | ratio | - | d1
    halved | multiple | 0.5 | ratio | -
    three times | count | 3 | times | -
twenty-five workers, three hundred and twelve cases, one two three, between five and ten
    twenty-five | count | 25 | workers | -
    three hundred and twelve | count | 312 | cases | -
    one | word | 1 | - | -
    two | count | 2 | - | -
    three | count | 3 | - | -
    five and ten | count | 5 | - | - | ..10
a dozen women, two dozen men, a couple of weeks, scores of letters, test scores, two decades, decades ago
    a dozen | count | 12 | women | -
    two dozen | count | 24 | men | -
    a couple | vague | - | weeks | vague
    scores | vague | - | letters | vague
    two | measure | 2 | decades | -
    decades | vague | - | - | vague
a fall of -3.5, of −3.5%, of (-2)
    -3.5 | count | -3.5 | - | - | d1
    −3.5% | percent | -3.5 | percent | - | d1
    -2 | count | -2 | - | -
see [12] and [3, 4–6], § 232, Section 2.1.3, p. 14, pp. 12–14, No. 9
    [12] | identifier | - | - | -
    [3, 4–6] | identifier | - | - | -
    § 232 | identifier | - | - | -
    Section 2.1.3 | identifier | - | - | -
    p. 14 | identifier | - | - | -
    pp. 12–14 | identifier | - | - | -
    No. 9 | identifier | - | - | -
COVID-19, G20, H1N1, A4, 4K, B2B, SARS-CoV-2, version 4.6.6, 192.168.0.1, 2.1.3
    COVID-19 | identifier | - | - | -
    G20 | identifier | - | - | -
    H1N1 | identifier | - | - | -
    A4 | identifier | - | - | -
    4K | identifier | - | - | -
    B2B | identifier | - | - | -
    SARS-CoV-2 | identifier | - | - | -
    4.6.6 | identifier | - | - | -
    192.168.0.1 | identifier | - | - | -
    2.1.3 | identifier | - | - | -
call +64 3 366 3813 or 555-123-4567; ISBN 978-0-306-40615-7; 24/7; http://a.org/2015/x-1.
    +64 3 366 3813 | identifier | - | - | -
    555-123-4567 | identifier | - | - | -
    ISBN 978-0-306-40615-7 | identifier | - | - | -
    24/7 | identifier | - | - | -
    http://a.org/2015/x-1 | identifier | - | - | -
more than 40 cases, at least 5, 100+ people, nearly 300, up to 12 months, ~50, c. 1850, about half, over 18
    40 | count | 40 | cases | over
    5 | count | 5 | - | over
    100 | count | 100 | people | over
    300 | count | 300 | - | under
    12 | measure | 12 | months | under
    50 | count | 50 | - | about
    1850 | year | 1850 | year | about
    half | fraction | 0.5 | ratio | about
    18 | count | 18 | - | over
nearly 2000 people signed in 2000. In 2006 workers left, a rise of 5% over 2003.
    2000 | count | 2000 | people | under
    2000 | year | 2000 | year | -
    2006 | year | 2006 | year | -
    5% | percent | 5 | percent | -
    2003 | year | 2003 | year | -
a 19-year-old on a 12-month term, 5 kg, 20km, 30°C
    19 | measure | 19 | years | - | x
    12 | measure | 12 | month | -
    5 | measure | 5 | kg | -
    20km | measure | 20 | km | -
    30°C | measure | 30 | °C | -
one of their clients, no one, this one, one single sex worker or none, someone, one sex worker said
    one | word | 1 | - | -
    one | word | 1 | - | -
    one | word | 1 | - | -
    one | count | 1 | worker | -
    one | count | 1 | worker | -
\uff14\uff12\uff05 and \u0664\u0662 and \u0663\u066b\u0665
    \uff14\uff12\uff05 | percent | 42 | percent | -
    \u0664\u0662 | count | 42 | - | -
    \u0663\u066b\u0665 | count | 3.5 | - | - | d1
It was 1999. They were 12. Then 5.
    1999 | year | 1999 | year | -
    12 | count | 12 | - | -
    5 | count | 5 | - | -
"""


# The same of whole sentences, by kinds of fault that were found in texts; "# de" says that German follows. In both,
# "x" marks a number that is not suggested to be what its kind most often is.
SENTENCES = (Path(__file__).parent / "gold" / "numbers.txt").read_text(encoding="utf-8")


def _cases() -> list[tuple[str, str, list[str]]]:
    cases: list[tuple[str, str, list[str]]] = []
    language = "en"
    for line in f"{GOLD.strip()}\n{SENTENCES.strip()}".split("\n"):
        if line.startswith("# "):
            language = line[2:]
        elif line.startswith("    "):
            cases[-1][2].append(re.sub(r"(?<=\|) | (?=\|)|^ +| $", "", line).strip())
        else:
            cases.append((language, line, []))
    return cases


def _shown(value: object) -> str:
    return "-" if value is None else f"{value:.16f}".rstrip("0") if value == 0.00001 else str(value)


def _row(number: Number) -> str:
    flags = [f"..{number.upper}"] if number.upper is not None else []
    flags += [f"d{number.decimals}"] if number.decimals else []
    flags += ["?"] if number.ambiguous else []
    flags += ["x"] if number.suggested != KINDS[number.kind].suggested else []
    cells = [number.words, number.kind, _shown(number.value), number.unit or "-", number.qualifier or "-"]
    return "|".join([*cells, " ".join(flags)] if flags else cells)


@pytest.mark.parametrize(
    ("language", "phrase", "expected"), _cases(), ids=lambda part: part[:30] if isinstance(part, str) else ""
)
def test_gold(language: str, phrase: str, expected: list[str]) -> None:
    """Protects the meaning of every form of number that registers and scans rely on."""
    assert [_row(number) for number in find(phrase, language)] == expected


def test_what_is_not_a_known_language_is_read_as_english() -> None:
    """Protects registers in other languages from breaking: their digits are read all the same."""
    assert find("12 percent", language="it") == find("12 percent") == find("12 percent", language="en-GB")


def test_list_numbers_open_a_line() -> None:
    """Protects numbered comments from being taken for counts."""
    found = find("  1. I was\n\n  12) We are 3. Or\n(a) no 4.")
    assert [(number.words, number.kind) for number in found] == [
        ("1", "list"), ("12", "list"), ("3", "count"), ("4", "count"),
    ]  # fmt: skip


def test_whole_values_are_ints() -> None:
    """Protects the difference between 42 and 42.0, which shows how a number was stated."""
    assert [type(number.value) for number in find("42 and 42.0 and 1.2 million and eight")] == [
        int,
        float,
        int,
        int,
    ]


def test_kinds_are_explained() -> None:
    """Protects the table of kinds: a sentence and a known suggestion for each."""
    assert {kind.suggested for kind in KINDS.values()} == {"statistic", "dismissed"}
    assert all(kind.meaning.endswith(".") for kind in KINDS.values())


_PIECES = st.sampled_from(
    [*"0123456789.,-–/:%$€£+()[]'’~#§xks \n", "one", "twenty-", "hundred", " and ", "million", " in ", "half",
     "°C", "1999", "2,003", "12.5", "August ", "th", "’90s", "COVID-", "٤", "\uff11", "½", "²", "a ",
     "per cent", "\u202f", " to ", " per ", "&#160;", "&amp;", "<b", ">", "(1)", "±", "m", " a ", "quarter", "\ue000"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map("".join)))
@example("1,2,3,4.5.6-7/8:9")
@example("9" * 400)
@example("1 in 10 May 2015")
@example("²³ ½ Ⅳ ٤٫٢ 1\u0660")
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_text(language: str, text: str) -> None:
    """Protects the promise: exact spans, in order, disjoint, and no digit lost, whatever the text."""
    found = find(text, language)
    assert all(text[number.start : number.end] == number.words and number.words for number in found)
    assert all(number.kind in KINDS for number in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    for run in re.finditer(r"\d+", text):
        assert [n for n in found if n.start < run.end() and run.start() < n.end] == [
            n for n in found if n.start <= run.start() and run.end() <= n.end
        ]
        assert sum(n.start <= run.start() and run.end() <= n.end for n in found) == 1


# At least one phrase for every pattern and for every word or sign that lets a pattern be tried.
_SAID = (
    """
https://a.b/1|www.a.b/2|10.1000/182|[1, 2]|3 Sept. 2015|May 2015|2015-08-12|1/2/2015|1.2.2015|3 p.m.|3am|3 pm|4 o’clock
10:30|Table 3|§ 3|№ 3|#3|Sections 3|Subsection 3|pp. 3|para. 3|ISBN 3|issn 3|Art. 3|Fig. 3|vol. 3|sec. 3|No. 3|Item 3
Version 3|Box 3|footnote 3|footnotes 3|chapter 3|chapters 3|clause 3|clauses 3|paragraph 3|paragraphs 3|appendix 3
page 3|pages 3|p. 3|Article 3|Figure 3|Annex 3|Part 3|Volume 3|Resolution 3|Schedule 3|Rule 3|Title 3|Note 3
Directive 3|Question 3|section 3|subsections 3|+64 21 555 12 34|555 123 4567|1-2-3|1–2–3|1.2.3.4|1/2/3|9/11|2008–2011|2008/09|the '90s|1990s|21st
22nd|3rd|4th|COVID-19|covid‑19|several hundred|a few thousand|many million|half a dozen|seven|sixteen|ninety|a third of
by a quarter|half|twenty-first|eighteenth|second|twice|double|tenfold|hundredfold|doubling|halved|tens of men|hundreds
tens of thousands|millions|billions|dozens|scores of men|tons of it|decades|centuries|a couple|record low|all-time high
lowest on record|highest ever recorded|most on record
""".strip()
    .replace("\n", "|")
    .split("|")
)


def find_without_shortcuts(text: str) -> list[Number]:
    """Try every pattern, whatever the text holds."""
    patterns = finding._patterns  # noqa: SLF001  # there is no other way to switch the shortcut off
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "_patterns", lambda words: [(*one[:2], frozenset()) for one in patterns(words)])
        return find(text)


@pytest.mark.parametrize("text", _SAID)
def test_every_shortcut_finds_what_it_should(text: str) -> None:
    """Protects the shortcut: a pattern is left out only where the text holds none of its words and signs."""
    assert find(text) == find_without_shortcuts(text) != []


@given(st.lists(st.one_of(st.sampled_from(_SAID), _PIECES), max_size=12), st.sampled_from(["", " ", "\n", "-"]))
def test_no_shortcut_misses_a_number(words: list[str], between: str) -> None:
    """Protects the same in texts of many phrases."""
    text = between.join(words)
    assert find(text) == find_without_shortcuts(text)


def test_a_word_before_an_address_is_a_word() -> None:
    """What an address without a space hides is found all the same."""
    assert [one.words for one in find("half a dozenhttps://a.b/1")] == ["half a dozen", "https://a.b/1"]


@given(st.integers(0, 10**12 - 1), st.integers(1, 4))
def test_formatted_numbers_come_back(value: int, places: int) -> None:
    """Protects the reading of values: what is written out is read back."""
    assert [n.value for n in find(f"They counted {value:,} sellers.")] == [value]
    share = f"{value % 1000 / 10**places:.{places}f}"
    (percent,) = find(f"It was {share}% then")
    assert (percent.value, percent.decimals, percent.unit) == (float(share), places, "percent")
    (signed,) = find(f"a change of -{share}")
    assert signed.value == -float(share)


@given(st.floats(-1e12, 1e12), st.integers(-6, 6))
def test_rounding_interval_contains_the_value(value: float, decimals: int) -> None:
    """Protects the audit: a stated value always lies in its own interval."""
    low, high = rounding_interval(value, decimals)
    assert low <= value <= high
    assert high - low == pytest.approx(10.0**-decimals, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "12,",
        "1,1",
        "123,",
        "one ",
        "1-",
        "x",
        " ",
        "1:",
        "a-",
        "twenty-",
        "[1, ",
        "http://",
        "1 to ",
        "one in ",
        "1 per ",
    ],
)
def test_time_grows_with_the_length(piece: str) -> None:
    """Protects long texts from patterns that run away: eight times the text is far from 64 times the work."""

    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        began = time.process_time()
        find(text)
        return time.process_time() - began

    long, short = (min(seconds(size) for _ in range(3)) for size in (40_000, 5_000))
    assert long < 16 * short + 0.1
