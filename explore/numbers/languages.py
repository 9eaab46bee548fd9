"""Languages: the words that a language writes numbers with, and the patterns made of them, from the folder `words`."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import tomli

LANGUAGES = ("en", "de", "fr", "es")
_REFERENCE = re.compile(r"\{([a-z_]+)\}")


@cache
def _tables(name: str) -> dict[str, Any]:
    return tomli.loads((Path(__file__).parent / "words" / f"{name}.toml").read_text(encoding="utf-8"))


class Language:
    """The words and patterns of one language: those of its own table, and what all share (`patterns.toml`)."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.tables = _tables("patterns") | _tables(code)
        self.set_of: Callable[[str], frozenset[str]] = cache(self._set_of)
        self.regex: Callable[[str], re.Pattern[str]] = cache(self._regex)

    def table(self, name: str) -> dict[str, Any]:
        """Give words with what each means."""
        found: dict[str, Any] = self.tables.get(name, {})
        return found

    def listed(self, name: str) -> list[str]:
        """Give the words of a line, or of a table, in their order."""
        found = self.tables.get(name, "")
        return found.split() if isinstance(found, str) else list(found)

    def _set_of(self, name: str) -> frozenset[str]:
        return frozenset(word.lower() for word in self.listed(name))

    def pattern(self, name: str) -> str:
        """Give a regular expression by its name; one that finds nothing where the language has no such words."""
        said = self.tables.get(f"{name}_pattern", self.tables["patterns"].get(name))
        return self.filled(said) if isinstance(said, str) else _any_of(self.listed(name))

    def filled(self, pattern: str) -> str:
        """Give a pattern with those that it names in it."""
        return _REFERENCE.sub(lambda name: f"(?:{self.pattern(name[1])})", pattern)

    def _regex(self, name: str) -> re.Pattern[str]:
        return re.compile(self.pattern(name))


@cache
def language(code: str) -> Language:
    """Read the words of a language; of one that is not known, the English ones."""
    short = code.lower()[:2]
    return Language(short) if short in LANGUAGES else language("en")


def _any_of(words: list[str]) -> str:
    """Give a pattern for any of the words, the longest first, behind a look at their first letters, which is quick."""
    if not words:
        return "(?!)"
    escaped = (word.replace(".", r"\.").replace(" ", r"\s") for word in words)
    first = "".join(sorted({word[0] for word in words}))
    return f"(?=[{first}])(?:{'|'.join(sorted(escaped, key=len, reverse=True))})"
