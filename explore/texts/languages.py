"""Languages: which one a text is in, told by its commonest words."""

import re
from pathlib import Path

import tomli

READ = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
"""The languages whose numbers are read, also in words; of any other only what stands in digits."""
UNTOLD = "und"  # BCP 47: no language was told

VOCABULARY = tomli.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_WORDS = {code: frozenset(words.split()) for code, words in VOCABULARY["common"].items()}
_SAMPLE, _FEW, _SHARE = 50_000, 20, 0.08  # characters; words that tell nothing; share of common ones that tells


def guess(words: str) -> str:
    """Guess the language of a text; English where it is too short to tell, "und" where it is none that is read.

    >>> guess("Die Zahl der Opfer ist in dem Jahr gestiegen, und die Polizei hat das nicht mit Sorge gesehen, " * 2)
    'de'
    >>> guess("Het aantal slachtoffers steeg met twaalf procent en niemand weet waarom dat zo was in dit jaar, " * 2)
    'und'
    """
    found = re.findall(r"[^\W\d_]+", words[:_SAMPLE].lower())
    if len(found) < _FEW:
        return "en"
    many = {code: sum(word in common for word in found) for code, common in _WORDS.items()}
    best = max(many, key=lambda code: many[code])
    return best if many[best] >= _SHARE * len(found) else UNTOLD


def unread(code: str) -> str:
    """Say of a language that is not read what that means; "" of one that is read.

    >>> unread("sv")
    'the text is in a language (sv) whose numbers in words, scales and months are not read: English, ...
    >>> unread("en-NZ")
    ''
    """
    if code.lower().split("-")[0] in READ:
        return ""
    named = "of its own" if code in ("", UNTOLD) else f"({code})"
    return (
        f"the text is in a language {named} whose numbers in words, scales and months are not read: "
        f"{', '.join(READ.values())} are; of any other only digits count"
    )
