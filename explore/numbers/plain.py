"""Plain numbers: what a number with no unit of its own is, a count, a year, an age, the number of a list item."""

from explore.numbers.context import REACH, is_plural, nouns, said_before, unit
from explore.numbers.kinds import Number
from explore.numbers.languages import Language

_OLDEST = 115
_P_LINKS = ("=", "<", ">", "≤", "≥", "of", "was", "is")


def is_year(words: str) -> bool:
    """Tell whether digits are those of a year."""
    return len(words) == 4 and words.isdecimal() and 1800 <= int(words) <= 2100


def is_measure(text: str, end: int, words: Language) -> bool:
    """Tell whether a unit of measure follows."""
    return any(word.lower() in words.set_of("measures") for word in nouns(text, end, words)[:1])


def is_place(text: str, end: int, words: Language) -> bool:
    """Tell whether places follow, as in "one clinic in five towns"."""
    return any(word.lower() in words.set_of("places") for word in nouns(text, end, words)[:2])


def _is_counted(text: str, number: Number, said: tuple[str, ...], words: Language) -> bool:
    """Tell "2000 people signed" from "in 2000 people signed", and "at least 2000" from "until at least 2031"."""
    things = [word.lower() for word in nouns(text, number.end, words)[:2] if is_plural(word, words)]
    near = bool(things) and things[0] not in words.set_of("of_a_year")
    if number.qualifier and words.set_of("weak").isdisjoint(said):
        before = text[max(0, number.start - 30) : number.start].lower().split()[-3:]
        return near or words.set_of("since").isdisjoint(before)
    return near and words.set_of("when").isdisjoint(said[-1:])


def age(text: str, number: Number, words: Language) -> Number:
    """Mark an age: it says of whom, and is no statistic; an average age is one."""
    highest = number.upper or number.value or 0
    if not 0 <= highest <= _OLDEST:
        return number
    before = text[max(0, number.start - REACH) : number.start]
    after = words.regex("age_after").match(text, number.end)
    young = after and any(unit in after[0].lower() for unit in ("month", "week", "day"))
    counted, years = (number.unit or "").lower(), words.set_of("years_of_age")
    if counted in words.set_of("measures") - years and not (young and counted == number.unit):
        return number
    hint = said_before(text, number.start)[-1:]
    said = after or (
        words.set_of("age_words").issuperset(hint)
        and (
            words.regex("age_before").search(before)
            or (counted in years and words.regex("of_whom_before").search(before))
        )
    )
    tens = "s" in (number.unit, text[number.end : number.end + 1]) and words.regex("over_tens").search(before)
    group = number.upper is not None and (
        words.regex("ages_after").match(text, number.end) or words.regex("ages_before").search(before)
    )
    plain = number.unit is None and number.words.isdecimal() and 4 < highest < 100
    apposed = (
        plain
        and before[-2:-1] == ","
        and words.regex("apposed_before").search(before)
        and words.regex("apposed_after").match(text, number.end)
    )
    named = (
        plain
        and before.endswith("(")
        and (
            words.regex("named_before").search(before)
            or (words.regex("named_any").search(before) and words.regex("person_behind").match(text, number.end))
        )
    )
    if not (said or tens or group or apposed or named):
        return number
    mean = "" if words.regex("mean_age").search(before) else "dismissed"
    return number._replace(kind="measure", unit=number.unit if young else "years", suggested=mean)


def is_level(text: str, number: Number, words: Language) -> bool:
    """Tell the level of a test or of an interval, which was chosen and counts nothing."""
    if words.regex("confidence").match(text, number.end):
        return number.kind == "percent"
    percent = number.kind == "percent"
    if number.upper is not None or not 0 < (number.value or 0) <= (10 if percent else 0.1):
        return False
    behind = words.regex("level_named" if percent else "level_behind").match(text, number.end)
    return bool(behind or words.regex("level_before").search(text[max(0, number.start - REACH) : number.start]))


def _is_listed(text: str, number: Number, words: Language) -> bool:
    """Tell the number of a list item, which opens its line."""
    if len(number.words) > 3 or not number.words.isdecimal() or not words.regex("list_mark").match(text, number.end):
        return False
    blank, line, before = text[max(0, number.start - REACH) : number.start].rpartition("\n")
    return not before.strip() and (bool(line) or len(blank + before) == number.start)


def _is_word(text: str, number: Number, noun: str, said: tuple[str, ...], words: Language) -> bool:
    """Tell "one of them", "no one" and "one day", which count nothing."""
    return bool(
        noun in words.set_of("manner")
        or words.set_of("not_a_count").intersection(said[-1:])
        or words.regex("one_of").match(text, number.end)
    )


def read(text: str, number: Number, words: Language) -> Number:
    """Decide what a number with nothing attached to it is."""
    start, end, as_said = number[:3]
    if _is_listed(text, number, words):
        return number._replace(kind="list")
    if number.upper is not None and is_year(as_said[:4]) and is_year(as_said[-4:]):
        return number._replace(kind="years", unit="year")
    said = said_before(text, start)
    if is_year(as_said) and not _is_counted(text, number, said, words):
        about = "about" if words.set_of("about_a_year").intersection(said) else None
        return number._replace(kind="year", unit="year", qualifier=about)
    if number.decimals > 0 and is_level(text, number, words):
        return number._replace(suggested="dismissed")
    if said and said[-1:] == ("of",) and words.regex("factor_before").search(text[max(0, start - 14) : start]):
        return number._replace(kind="multiple", unit="ratio")
    if said and said[-1].endswith(_P_LINKS) and words.regex("p_value").search(text[max(0, start - 14) : start]):
        return number._replace(suggested="dismissed")
    named = unit(text, end, number.value, words)
    noun = named.lower() if named else "day"
    if text[end : end + 1] == "-" and (tied := nouns(text, end, words)[:1]) and tied[0] in words.set_of("tied"):
        return number._replace(unit=tied[0], suggested="dismissed")
    if as_said.lower() == "one":
        if _is_word(text, number, noun, said, words):
            return number._replace(kind="word", qualifier=None)
        number = number if number.qualifier == "about" else number._replace(qualifier=None)
    kind = "measure" if named and noun in words.set_of("measures") else "count"
    return age(text, number._replace(kind=kind, unit=named), words)
