"""Names: digits that are part of a name, a code, an address, a reference or a remnant of HTML, and count nothing."""

from __future__ import annotations

from explore.numbers.families import Pattern, code
from explore.numbers.languages import any_of, language

DASH = "[-–‑]"
URL = r"(?i)(?:https?://|(?<!\w)www\.|(?<!\w)10\.\d{4,9}/)[^\s<>\"]*[^\W_]"
TAG = r"</?[a-zA-Z][^<>]{0,400}>"  # <td width="40%">
CITATION = rf"\[\d{{1,3}}(?:(?:, ?|{DASH})\d{{1,3}}){{0,20}}\]"  # [3, 4–6]
MARK = r"(?<=[^\W\d_])\(\d{1,3}\)"  # Kent(4)
# A note's mark with no space before it: "Ana Roth,2 Ben Kaya,3", "it ended.4 The next", "30%5".
NOTE = (
    r"(?<=[^\W\d_][^\W\d_],)\d{1,2}(?=\s+[A-Z]|\s*$)|(?<=%)\d{1,2}(?![\w%]|[.,]\d)"
    r"|(?<=[^\W\d_][^\W\d_][.”\"])\d{1,2}(?:[,–-]\d{1,2}){0,4}(?=\s+[^\W\d_]|\s+\(|\s*$)"
)
# Words before a number that they name: some written large, others small as well.
LARGE, SMALL = language("en").listed("names_large"), language("en").listed("names_small")
LABEL = rf"(?:[§№]|§§|#(?=\d)|(?<!\w)(?:(?-i:{any_of(LARGE)}|No\.)|{any_of(SMALL)})\s)\s?"
LABELLED = rf"(?i){LABEL}\d++(?:(?:[./]|{DASH})\d++){{0,9}}(?:\(\w{{1,3}}\)){{0,3}}[a-z]?(?!\w|,\d{{3}}|\s?%)"
KINDS_OF = (  # type 2 diabetes
    r"(?i)(?<!\w)(?:phase|type|grade|tier|category|(?:stage|step)(?!\s\d+\s[a-z]+s\b))\s\d{1,2}[a-z]?(?!\w|[.,]\d|\s?%)"
)
ABROAD = r"(?<!\w)\+(?=(?:\D{0,2}\d){7})(?:\d{8,15}|\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5})(?!\w)"  # +64 3 366 3813
AT_HOME = (
    r"(?<![\w.])(?:1[ .-])?(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\w)"  # 1 (877) 555-0182
    r"|(?<![\w.])(?:\(?0\d{1,4}\)? \d{3,4} \d{3,4}|\d{3}-\d{4}|0\d{2,4} \d{5,8})(?!\w)"  # 020 7946 0018
    r"|(?<![\w.])(?:0?800|1[38]00) \d{2,4} \d{2,4}(?: \d{2})?(?!\w)"
)
CALLED = r"(?i)(?<=\b(?:dial|ring|text) )\d{2,6}(?!\w|[.,]\d|\s[a-z]+s\b)|(?<=\bcall )(?:911|999|112|988|111|101)(?!\w)"
JOURNAL = (
    r"(?<![\w.])\d{1,4}\(\d{1,5}(?:[-–]\d{1,4})?\)"  # 391(10128), 882–890
    r"(?:[,:]\s?(?:pp?\.\s?)?\w?\d{1,6}(?:[-–]\w?\d{1,6})?)?"
    r"|(?:(?<=[a-z] )|(?<=[a-z], ))\d{1,4}, \d{1,5}[-–]\d{1,5}(?=\.|\s*$)"  # The Lancet, 391, 882–890.
    r"|(?<!\w)\d{4};\s?\d{1,4}(?:\(\d{1,4}\))?:\s?\w?\d{1,6}(?:[-–]\w?\d{1,6})?"  # 2019;380:1234–45
)
# The degrees of freedom of a test: F(18,360), t(27), χ²(3, N = 90).
FREEDOM = r"(?<!\w)(?:[Ftrz]|[χΧX]²?2?|Q)\s?\(\d++(?:\.\d+)?(?:,\s?(?:[Nn]\s?=\s?)?\d++(?:\.\d+)?)?\)(?=\s?[=<>≈])"
CODE = r"(?<![\w,])(?!\d{1,3}(?:\.\d{3}){1,4}(?:\.\d{1,2})?(?![\w.]))\d++(?:(?:[-–]\d++){2,}|(?:[/.]\d++){2,})\w*+"
KNOWN = r"(?<!\w)(?:9/11|24/7|\d\d?/0\d|(?:1080|720|480)p)(?!\w)"
_PIECE = r"[^\W\d_]{1,20}[-‑]"
_FREE = r"(?:mid|pre|post|non|under|over|sub|early|late|to|plus|and|of|aged?|around|top|up|near|in|out|every)[-‑]"
HYPHENATED = (
    rf"(?<!\w)(?:{_PIECE}){{0,2}}(?!{_FREE}){_PIECE}(?!(?:1[89]|20)\d\ds?(?!\w))\d++(?!%|,\d{{3}})\w*+"  # COVID-19
)
# The name of a thing: a word written large after "the" or "on", as in "the Nasdaq 100", and no plural after it.
_THING = r"(?:[A-Z][\w&’']*[\s-]){0,2}(?:[A-Z&][\w&’']+|i[A-Z]\w+)"
NAMED = rf"(?<=[Tt]he ){_THING}\s\d{{1,4}}(?=\s(?:is|was|has|[a-z]+[^s\s])\b|[.,;:)](?!\d))"
REST = r"(?<!\w)\w*?\d\w*+(?:[-‑:]\w*\d\w*+)*"


def before() -> list[Pattern]:
    """Give the patterns of addresses, remnants and marks, which come before dates."""
    return [
        Pattern(code, URL, ("/", "www")),
        Pattern(code, TAG, "<"),
        Pattern(code, CITATION, "["),
        Pattern(code, JOURNAL, "(;,"),
        Pattern(code, FREEDOM, "("),
        Pattern(code, MARK, "("),
        Pattern(code, NOTE, ',.;:”"'),
    ]


def family() -> list[Pattern]:
    """Give the patterns of names, telephone numbers and codes, which come after dates."""
    return [
        Pattern(code, LABELLED, [*"§№#", *LARGE, *(name.rstrip(".") for name in SMALL)]),
        Pattern(code, KINDS_OF, ("phase", "stage", "type", "grade", "tier", "category", "step")),
        Pattern(code, ABROAD, "+"),
        Pattern(code, AT_HOME),
        Pattern(code, CALLED, ("dial", "ring", "text", "call")),
        Pattern(code, CODE, "-–/."),
        Pattern(code, KNOWN, ("/", "p")),
        Pattern(code, NAMED, ("the",)),
    ]


def hyphenated() -> list[Pattern]:
    """Give the pattern of names such as COVID-19, which comes after years."""
    return [Pattern(code, HYPHENATED, "-‑")]


def rest() -> list[Pattern]:
    """Give the patterns that take every digit that nothing else read."""
    return [Pattern(code, REST), Pattern(code, r"\d++")]
