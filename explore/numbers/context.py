"""Context: what the words around a number say of it, the noun that it counts and what qualifies it."""

import re
from functools import cache, lru_cache

from explore.numbers.languages import Language

REACH = 40  # characters before a number in which the words that qualify it stand


@lru_cache(maxsize=8)  # one number asks several times
def nouns(text: str, end: int, words: Language) -> tuple[str, ...]:
    """Give the words of the noun phrase that follows, up to four."""
    match = words.regex("following").match(text, end)
    found: list[str] = []
    for word in re.split(r"[ \u00a0\n]", match[1]) if match else []:
        first = word.split("-")[0] if text[end] == "-" and not found else word
        low = first.lower()
        if not found and low in words.set_of("more"):
            continue
        if low in words.set_of("stops") or low.endswith(("'t", "’t")) or low in words.set_of("spelled"):
            break
        found.append(first)
        if first != word:
            break
    return tuple(found)


def is_plural(word: str, words: Language) -> bool:
    """Tell whether a noun is one of several things."""
    low = word.lower()
    return low in words.set_of("people") or words.regex("plural_noun").fullmatch(low) is not None


def unit(text: str, end: int, value: float | None, words: Language) -> str | None:
    """Name the noun that follows: the first plural, or for one thing the last word of a short phrase."""
    found = nouns(text, end, words)
    if not found or found[0].lower() in words.set_of("measures"):
        first = next(iter(found), "")
        many = words.table("plurals").get(first, f"{first}s")
        apart = value != 1 and text[end : end + 1] == " "
        return many if first == "year" or (apart and many in words.set_of("measures")) else first or None
    if "first" in words.set_of("noun"):
        return found[0]
    if "capital" in words.set_of("noun"):
        return next((word for word in found if word[0].isupper()), None)
    if value == 1 or text[end] == "-":
        found = found[:1] if text[end] == "-" else found
        return found[-1] if len(found) < 4 else found[0]
    alone = len(found) == 1 and not found[0].lower().endswith(("est", "ly", "ed", "ing"))
    return next((word for word in found if is_plural(word, words)), found[0] if alone else None)


@lru_cache(maxsize=8)
def said_before(text: str, start: int) -> tuple[str, ...]:
    """Give the last three words before a number as phrases, the longest first, in lower case."""
    before = text[max(0, start - REACH) : start].lower().replace("-", " ").split()[-3:]
    said = [word.lstrip("(\"'“‘[") for word in before]
    return tuple([" ".join(said[n:]) for n in range(len(said))])


@cache
def _qualifiers(words: Language) -> dict[str, str]:
    return {phrase: name for name, phrases in words.table("qualifiers").items() for phrase in phrases}


def qualifier(text: str, start: int, end: int, words: Language) -> str | None:
    """Find what qualifies a number: the words said before it, the sign before it, or what follows."""
    known, before = _qualifiers(words), text[max(0, start - REACH) : start]
    sign = before[-1:]
    if sign == ">" and words.regex("tag_before").search(before):
        sign = ""
    phrase = ""
    for one in (*said_before(text, start), sign):
        if one in known:
            phrase = one
            break
    if phrase in ("up to", "over", "hasta"):
        during = words.regex("during_behind").match(text, end)
        if words.regex("not_bound_during" if during else "not_bound").search(before):
            phrase = ""
    if phrase:
        return known[phrase]
    after = words.regex("said_behind").match(text, end)
    return after and after.lastgroup
