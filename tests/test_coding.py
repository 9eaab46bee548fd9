"""Coding: what is written into registers changes nothing that it need not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from explore.terms import ExploreError
from explore.texts.coding import fill
from explore.texts.scans import resolve

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = """\
# A comment at the top.
[document]
title     = "t"   # aside
publisher = "p"
published = 2015
kind      = "report"
evidence  = "relay"
locator   = "l"

# --- one ---

[[statistic]]
topic      = "law"
id         = "a"
quote      = "7 of them"   # the words
unit       = "people"
measure    = "m"
population = '''
[[series]]
quote = "no entry"
'''

[[series]]
id = "s"
quote = "8 others"
method = "m"
coverage = "c"
# --- two, after a series ---

[[statistic]]
id = "b"
topic = "law"
quote = "9"
suffix = " of us"
unit = "people"
measure = "m"
population = "p"
start = 0
end = 1

[[dismissed]]
quotes = ["10"]
reason = "r"
[[dismissed]]
quote  = "10"
reason = "r"
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_writing_places_keeps_the_rest(tmp_path: Path, newline: str, mark: str) -> None:
    """Only lines with start and end are new, lined up; comments, order and line ends stay."""
    (tmp_path / "a.txt").write_text("7 of them, 8 others, 9 of us, 10", encoding="utf-8")
    path = tmp_path / "a.toml"
    path.write_bytes((mark + REGISTER.replace("\n", newline)).encode())
    source, _ = resolve(path)
    assert fill(path, source) == 4
    wanted = REGISTER.replace("start = 0\nend = 1\n", "")
    wanted = wanted.replace("# the words\n", "# the words\nstart      = 0\nend        = 9\n")
    wanted = wanted.replace('quote = "8 others"\n', 'quote = "8 others"\nstart = 11\nend   = 19\n')
    wanted = wanted.replace('suffix = " of us"\n', 'suffix = " of us"\nstart = 21\nend   = 22\n')
    wanted = wanted.replace('quote  = "10"\n', 'quote  = "10"\nstart  = 30\nend    = 32\n')
    assert path.read_bytes().decode() == mark + wanted.replace("\n", newline)
    assert fill(path, source) == 0


def test_writing_places_refuses_a_quote_that_is_not_there(tmp_path: Path) -> None:
    """A register whose words are not all found is left as it is."""
    (tmp_path / "a.txt").write_text("7 of them, 8 others", encoding="utf-8")
    path = tmp_path / "a.toml"
    path.write_text(REGISTER, encoding="utf-8")
    with pytest.raises(ExploreError, match="2 mistakes:") as error:
        fill(path, resolve(tmp_path / "a.txt")[0])
    assert "a.toml: statistic b: quote = '9': is not in the text" in str(error.value)
    assert path.read_text(encoding="utf-8") == REGISTER
