"""Texts: a quote is found where it stands, or the error says what stands there instead."""

from __future__ import annotations

import hashlib
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explore.register import load
from explore.register.schema import Span
from explore.terms import ExploreError
from explore.texts import read_text
from explore.texts.spans import check, locate, same

if TYPE_CHECKING:
    from pathlib import Path

# The text | the quote, and prefix or suffix | the words found.
FOUND = [
    ("rose to 42% in 2006", {"quote": "to 42%"}, "to 42%"),
    ("the “Innocence Lost” sweep’s 93%", {"quote": "\"Innocence Lost\" sweep's 93%"}, "“Innocence Lost” sweep’s 93%"),
    ('the "Innocence Lost" sweep\'s 93%', {"quote": "“Innocence Lost” sweep’s 93%"}, '"Innocence Lost" sweep\'s 93%'),
    ("over 10\u00a0000\u202fpeople came", {"quote": "10 000 people"}, "10\u00a0000\u202fpeople"),
    ("the so\u00adlic\u00adi\u00adtation of 42%", {"quote": "solicitation of 42%"}, "so\u00adlic\u00adi\u00adtation of 42%"),
    ("decrim\u00ad\n   inalised in 2003", {"quote": "decriminalised in 2003"}, "decrim\u00ad\n   inalised in 2003"),
    ("from 375\n    in 1999", {"quote": "from 375 in 1999"}, "from 375\n    in 1999"),
    ("from 375\r\nin 1999\r\n", {"quote": "from 375 in 1999"}, "from 375\r\nin 1999"),
    ("from 375 in 1999", {"quote": "from 375\nin 1999"}, "from 375 in 1999"),
    ("pre‑ and post‑reform: 12", {"quote": "pre- and post-reform: 12"}, "pre‑ and post‑reform: 12"),
    ("1 of 2, 1 of 3", {"quote": "1 of", "suffix": " 3"}, "1 of"),
    ("first 7 then “7” again", {"quote": "7", "prefix": 'then "'}, "7"),
    ("a 7, a 17, a 7.5, a 7% and 2006/7", {"quote": "7", "suffix": ", a 17"}, "7"),
    ("17 or 7", {"quote": "7"}, "7"),
    ("illegal 7, then legal 7", {"quote": "legal 7"}, "legal 7"),
    ("共7人", {"quote": "7人"}, "7人"),
    ("7 and 7", {"quote": "7", "start": 6, "end": 7}, "7"),
    ("\U0001d7d5 people, 7 people", {"quote": "7 people"}, "7 people"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "words"), FOUND)
def test_a_quote_is_found_where_it_stands(text: str, span: dict[str, str], words: str) -> None:
    """Other quotes, spaces, hyphens and line ends count as the same, and the span found is exact."""
    start, end = locate(text, Span(**span))
    assert text[start:end] == words
    assert "prefix" not in span or start == text.rindex(words)
    assert "suffix" not in span or text[end:].lstrip().startswith(span["suffix"].strip())


# The text | the quote and more | what the error says.
REFUSED = [
    ("it rose to 42% in 2006", {"quote": "it rose to 43%"}, 'is not in the text; the nearest words there: "it rose to 42%"'),
    ("nothing of it", {"quote": "42 percent of them"}, "is not in the text; nothing like it is there"),
    ("", {"quote": "42"}, "nothing like it is there"),
    ("a 7 and b 7", {"quote": "7"}, 'more than once; say which with a prefix or suffix: prefix = "a" or prefix = "7 and b"'),
    ("a 7 and b 7", {"quote": "7", "prefix": "c"}, "is in the text, but not after this prefix and before this suffix"),
    ("it is 4.5% now", {"quote": "it is 4"}, 'is not in the text; the nearest words there: "it is 4'),
    ("in 1375 there", {"quote": "375"}, "is not in the text"),
    ("the 2006/2007 report", {"quote": "2006"}, "is not in the text"),
    ("42 or 43", {"quote": "42", "start": 6, "end": 8}, 'start and end mark "43" instead; correct them with `explore scan'),
    ("42 or 43", {"quote": "42", "start": 6, "end": 800}, "start and end mark"),
    ("42 or 43", {"quote": "42", "start": 0, "end": 1}, "start and end mark"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "message"), REFUSED)
def test_a_quote_that_is_not_there_is_refused(text: str, span: dict[str, str], message: str) -> None:
    """A quote that is missing, ambiguous, cut out of a number or elsewhere says what stands there."""
    with pytest.raises(ExploreError, match=re.escape(message)):
        locate(text, Span(**span))


SIGNS = st.sampled_from(list("abé“”\"'’ \u00a0\u00ad\u200b\n\r\t-‑.,/%1234567890٣\U0001d7d5"))
WORDS = st.text(SIGNS, max_size=60) | st.text(max_size=40)


@given(text=WORDS, data=st.data())
@example(text="\u00ad1 \u00ad", data=None)
def test_what_is_found_reproduces_its_words(text: str, data: st.DataObject | None) -> None:
    """Any piece of any text is found at a place with the same words, or refused; never at another."""
    start = data.draw(st.integers(0, len(text))) if data else 0
    end = data.draw(st.integers(start, len(text))) if data else len(text)
    for quote in (text[start:end].strip(), " ".join(text[start:end].replace("“", '"').split())):
        try:
            found = locate(text, Span.model_construct(quote=quote))
        except ExploreError:
            continue
        assert same(text[slice(*found)], quote)
        assert 0 <= found[0] < found[1] <= len(text)


def test_searching_stays_fast() -> None:
    """Quotes, found or not, in a text of a million characters take time in step with its length."""
    text = "the number of people, of whom 7, “and so on”, " * 20_000
    started = time.perf_counter()
    for at in range(100):
        with pytest.raises(ExploreError):
            locate(text, Span(quote=f'the number of "people", and {at} so on'))
    assert time.perf_counter() - started < 5


def write(folder: Path, name: str, text: str, quotes: list[str], sha256: str | None = None) -> None:
    """Write a text and a register of it."""
    raw = text.encode()
    (folder / f"{name}.txt").write_bytes(raw)
    header = '[document]\ntitle = "t"\npublisher = "p"\npublished = 2015\nkind = "report"\n'
    header += f'evidence = "relay"\nlocator = "l"\nsha256 = "{sha256 or hashlib.sha256(raw).hexdigest()}"\n'
    entries = [f"[[dismissed]]\nquote = '''{quote}'''\nreason = \"r\"\n" for quote in quotes]
    (folder / f"{name}.toml").write_text(header + "".join(entries), encoding="utf-8")


def test_a_check_names_every_mistake(tmp_path: Path) -> None:
    """All quotes of all registers are looked up; a text that has changed is named once."""
    write(tmp_path, "a", "7 and 8", ["7", "9", "10"])
    write(tmp_path, "b", "7 and 8", ["9"], sha256="0" * 64)
    with pytest.raises(ExploreError) as error:
        check(load(tmp_path))
    assert str(error.value).startswith("3 mistakes:")
    assert "a.toml: dismissed: quote = '9': is not in the text" in str(error.value)
    assert "b.toml: document: sha256 = '0000" in str(error.value)
    assert "b.txt is not the text that was coded" in str(error.value)


def test_a_corrected_text_is_checked_again(tmp_path: Path) -> None:
    """A check remembers what has not changed, and nothing else."""
    write(tmp_path, "a", "7 and 8", ["9"])
    with pytest.raises(ExploreError):
        check(load(tmp_path))
    write(tmp_path, "a", "7 and 8 and 9", ["9"])
    check(load(tmp_path))


def test_texts_are_looked_for_in_their_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """EXPLORE_TEXTS and `texts=` come before the text beside the register; a wrong folder is named."""
    write(tmp_path, "a", "7", ["7"])
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("8", encoding="utf-8")
    monkeypatch.setenv("EXPLORE_TEXTS", "")
    check(load(tmp_path))
    monkeypatch.setenv("EXPLORE_TEXTS", str(elsewhere))
    with pytest.raises(ExploreError, match="is not the text that was coded"):
        check(load(tmp_path))
    check(load(tmp_path), texts=tmp_path)
    with pytest.raises(ExploreError, match="nowhere: no such folder of texts"):
        check(load(tmp_path), texts=tmp_path / "nowhere")


def test_every_shipped_quote_is_in_its_text(texts: list[Path]) -> None:
    """With the texts at hand, every quote of every shipped register stands where its register says."""
    library = load()
    check(library, texts[0])
    coded = [one for key, one in library.statistics.items() if key.startswith("autostraddle-2015/") and one.quote]
    words = read_text(texts[0] / "autostraddle-2015.txt").words
    assert coded
    assert all(words[one.start : one.end] == one.quote for one in coded)
