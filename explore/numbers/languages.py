"""Languages: the words that a language writes numbers with, read from the tables in the folder `words`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("en", "de", "fr", "es")
WORD_END = r"(?![^\W¹²³⁰-⁹])"  # the sign of a footnote ends a word


_MAY_BE_NOTHING = frozenset(("plural", "part_plural", "month_of", "link", "double", "day"))


@dataclass(frozen=True, eq=False)
class Language:
    """The words of one language, as its table holds them."""

    code: str
    tables: dict[str, Any]

    def pattern(self, name: str) -> str:
        """Give a regular expression; one that finds nothing where the language has no such words."""
        return str(self.tables.get(f"{name}_pattern", "" if name in _MAY_BE_NOTHING else "(?!)"))

    def table(self, name: str) -> dict[str, Any]:
        """Give words with what each means."""
        found: dict[str, Any] = self.tables.get(name, {})
        return found

    def listed(self, name: str) -> list[str]:
        """Give a line of words, in their order."""
        return str(self.tables.get(name, "")).split()

    def set_of(self, name: str) -> frozenset[str]:
        """Give a line of words as a set, in lower case."""
        return _word_set(str(self.tables.get(name, "")))

    def phrases(self, name: str) -> frozenset[str]:
        """Give phrases of several words."""
        return frozenset(self.tables.get(name, ()))

    def has(self, name: str) -> bool:
        """Tell a habit of the language, such as dividing with a comma."""
        return self.tables.get(name) is True


@cache
def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


@cache
def language(code: str) -> Language:
    """Read the words of a language; of one that is not known, the English ones."""
    short = code.lower()[:2] if code.lower()[:2] in LANGUAGES else "en"
    path = Path(__file__).parent / "words" / f"{short}.toml"
    return Language(short, tomli.loads(path.read_text(encoding="utf-8")))


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of the words, the longest first; a space stands for any space."""
    escaped = (word.replace(".", r"\.").replace(" ", r"\s") for word in words)
    return "|".join(sorted(escaped, key=len, reverse=True)) or "(?!)"
