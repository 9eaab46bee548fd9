"""Find every number in a text: digits and spelled-out words, with what they count.

Patterns are tried in order and each claims the characters it understands, so the specific (a date, a
page number) comes before the general (a bare count). What no pattern understands but holds a digit is
an identifier: no digit of a text is ever lost.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial

from explore.numbers.forms import READERS
from explore.numbers.kinds import KINDS, Number
from explore.numbers.languages import Language
from explore.numbers.languages import language as language_of

_CUE = re.compile(r"[^\W\d_]+|[^\w\s]")
_TAKEN = "\ue000"  # stands where characters were claimed: no letter, no digit and no space
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8}\d{0,2});")
_METRES_TOO = re.compile(r"[^.;!?\n]{0,80}")

_compiled = cache(re.compile)  # when it is first needed: a quote needs few, and compiling takes longer than reading it
_Reader = Callable[[re.Match[str], Language], Number | None]


@cache
def _patterns(words: Language) -> list[tuple[_Reader, str, frozenset[str]]]:
    """Give the reader, the pattern and the cues of every form, in the order in which they claim characters."""
    forms = list[tuple[_Reader, str, frozenset[str]]]()
    for form in words.tables["forms"]:
        options = {name: form[name] for name in ("kind", "table") if name in form}
        cues = [cue for name in form.get("cues", "").split() for cue in _cues(name, words)]
        if "cues" in form and not cues:
            continue  # this language has no such words
        if form["reader"] == "amount" and words.tables.get("compound"):
            cues = []  # zweiunddreißig
        pattern = words.filled(form["pattern"])
        forms.append((partial(READERS[form["reader"]], **options), pattern, frozenset(cues)))
    return forms


def _cues(name: str, words: Language) -> list[str]:
    """Give a cue, or the first word of each phrase in the table that it names."""
    if not name.startswith("{"):
        return [name]
    return [_CUE.findall(phrase.lower())[0] for phrase in words.listed(name[1:-1])]


def find(text: str, language: str = "en") -> list[Number]:
    """Find every number in a text, in order and never overlapping.

    Every run of digits lies in exactly one of them. The time taken grows with the length of the text.
    `language` is one of `LANGUAGES`; numbers of a text in another are read as in English.

    >>> [(number.words, number.kind) for number in find("from 375 in 1999, to 392 workers")]
    [('375', 'count'), ('1999', 'year'), ('392', 'count')]
    >>> find("1.266 Opfer", language="de")[0].value
    1266
    """
    if "&" in text and _ENTITY.search(text):
        return _find_escaped(text, language)
    words, left, found = language_of(language), text, list[Number]()
    cues = set(_CUE.findall(text.lower()))
    for read, source, needed in _patterns(words):
        if needed and needed.isdisjoint(cues):
            continue
        pattern = _compiled(source)
        position, pieces, copied, many = 0, list[str](), 0, len(found)
        while match := pattern.search(left, position):
            number, position = read(match, words), match.end()
            if number:
                found.append(number)
                position = number.end
                pieces += [left[copied : number.start], _TAKEN * len(number.words)]
                copied = position
        if not pieces:
            continue
        left = "".join([*pieces, left[copied:]])
        if any(text[one.start - 1 : one.start].isalpha() for one in found[many:]):
            cues.update(_CUE.findall(left.lower()))  # "dozenhttps://a.b" holds "dozen" once the address is taken
    return _settle(text, sorted(found))


def _find_escaped(text: str, language: str) -> list[Number]:
    """Find the numbers of a text that holds "&nbsp;" and the like, read as what they stand for."""
    where, pieces, last = list[int](), list[str](), 0
    entities = list(_ENTITY.finditer(text))
    for entity in entities:
        sign = html.unescape(entity[0]).replace("&", "+")
        where += [*range(last, entity.start()), *[entity.start()] * len(sign)]
        pieces += [text[last : entity.start()], sign]
        last = entity.end()
    where += range(last, len(text) + 1)
    found = [
        number._replace(start=(start := where[number.start]), end=(end := where[number.end]), words=text[start:end])
        for number in find("".join([*pieces, text[last:]]), language)
    ]
    starts = [number.start for number in found]
    for entity in entities:
        before = bisect_right(starts, entity.start()) - 1
        if re.search(r"\d", entity[0]) and (before < 0 or found[before].end <= entity.start()):
            found.append(Number(*entity.span(), entity[0], "identifier", suggested="dismissed"))
    return sorted(found)


def _settle(text: str, found: list[Number]) -> list[Number]:
    """Suggest what each number is, drop "decades" where it is the unit of "two decades", read "2m … to 281m"."""
    settled: list[Number] = []
    for number in found:
        if settled and (number.kind == "vague" or number.unit == "m"):
            last = settled[-1]
            between = text[last.end : number.start]
            if number.kind == "vague" and (last.unit or "").lower() == number.words.lower() and between == " ":
                continue
            if number.unit == "m" and last.words.endswith("m") and last.unit != "m" and _METRES_TOO.fullmatch(between):
                number = _millions(number)  # noqa: PLW2901
        settled.append(number if number.suggested else Number(*number[:-1], KINDS[number.kind].suggested))
    return settled


def _millions(number: Number) -> Number:
    value = Decimal(str(number.value)).scaleb(6)
    return number._replace(kind="count", unit=None, value=int(value), decimals=number.decimals - 6)
