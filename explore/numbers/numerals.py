"""The words and marks of numbers: what the patterns of ``numbers`` are made of, and how values are read."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import digit

from text_to_num import text2num  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable


class Stated(NamedTuple):
    """A value as stated, with its decimals, and whether it can be read another way."""

    value: Decimal
    decimals: int
    ambiguous: bool = False


def listed(text: str) -> list[str]:
    """Split a line of words."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """Split a line of words into a set."""
    return frozenset(text.split())


def any_of(words: Iterable[str]) -> str:
    """Give a pattern for any of the words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


LONGEST = 15  # digits; a longer run is a code, and a float would not hold it
SMALL = listed("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen")
SMALL += listed("fifteen sixteen seventeen eighteen nineteen")
DECADES = listed("twenty thirty forty fifty sixty seventy eighty ninety")
TENS = {word: 10 * n for n, word in enumerate(DECADES, 2)}
NTH = listed("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
NTHS = {word: n for n, word in enumerate(NTH + [f"{word}th" for word in SMALL[13:]]) if n}
NTHS |= {f"{tens}-{nth}": TENS[tens] + n for tens in TENS for n, nth in enumerate(NTH[1:10], 1)}
SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
SHORT = {"k": 3, "lakh": 5, "m": 6, "mn": 6, "crore": 7, "bn": 9, "tn": 12}
PARTS = {"half": 2, "halve": 2, "quarter": 4} | {word: n for word, n in NTHS.items() if 2 < n < 13}
MULTIPLES: dict[str, float] = {"twice": 2, "double": 2, "thrice": 3, "hundredfold": 100}
MULTIPLES.update({f"{word}fold": n for n, word in enumerate(SMALL)})
STEMS = {"halv": 0.5, "doubl": 2, "tripl": 3, "quadrupl": 4}
MULTIPLES |= {f"{stem}{end}": n for stem, n in STEMS.items() for end in ("ed", "ing")}
MARKS = listed("$ US$ NZ$ A$ AU$ C$ CA$ HK$ € £ ¥ ₹ dollar euro pound")
ISO = listed("USD USD NZD AUD AUD CAD CAD HKD EUR GBP JPY INR USD EUR GBP")
SIGNS = dict(zip(MARKS, ISO, strict=True))
SIGNS |= {"us dollar": "USD", "new zealand dollar": "NZD"}
CODES = "USD|EUR|GBP|NZD|AUD|CAD|CHF|SEK|NOK|DKK|JPY|INR|CNY"
HUNDREDTHS = {"points": "percentage points", "basis": "basis points", "percent": "percent"}
MEASURES = word_set("""
    hour hours minute minutes min mins second seconds day days week weeks month months year years night
    nights decade decades century centuries kg mg km cm mm metre meter mi ft lb lbs oz ha l ml kwh mw gwh
    mph metres meters kilometres kilometers mile miles foot feet inch inches acres hectares litres liters
    tonnes tons grams kilograms kilos degrees
""")
# Words that end a noun phrase: no unit is sought beyond them.
STOPS = word_set("""
    a about above after again against all also am an and another any are as at be became because been before
    being below between both but by came can could did do does down during each either else fell for from
    gave get got grew had has have he her here him his how i if in increased into is it its just last later
    least less like may me might more most must my never next no nor not now of off on only or our out over
    per rose said say says shall she should since so such than that the their them then there these they
    this those though through thus to told too under until up upon us versus via was we were what when where
    whether which while who whose why will with within without would yes yet you your remains remained
    dropped found decreased showed shows always perhaps ago earlier compared respectively whereas decided
    responded answered agreed percent
""").union(SMALL, TENS)
PEOPLE = word_set("people women men children persons police staff youth clergy personnel lives")
OF_A_YEAR = word_set("""
    reports figures results elections olympics games levels prices estimates rates reforms guidelines
    hearings amendments protests riots budgets findings statistics rules surveys studies laws changes
    numbers sales
""")
IN = word_set("in since during until till by before after year the early late mid a an and from between")
NOT_A_COUNT = word_set("no this that any every each some the which another only")
MANNER = word_set("day thing point way hand side time word place day's else off sided stop size")
QUALIFIERS = {
    "about": "about,around,approximately,approx.,roughly,some,circa,c.,ca.,close to,estimated,~,≈",
    "over": "more than,over,at least,no fewer than,no less than,not less than,upwards of,in excess of,above,"
    "exceeding,greater than,>,≥,+",
    "under": "less than,fewer than,under,below,nearly,almost,up to,at most,no more than,not more than,"
    "as many as,as much as,<,≤",
}
QUALIFIER = {phrase: name for name, phrases in QUALIFIERS.items() for phrase in phrases.split(",")}
WEAK = frozenset(("over", "about", "around", "up to", "some", "c.", "circa", "under", "by over"))
ABOUT_A_YEAR = frozenset(("about", "around", "approximately", "circa", "c.", "ca.", "~"))

DASH = "[-–‑]"
GROUPS = "|".join(rf"(?:{mark}\d{{3}}(?!\d))+" for mark in (",", "[ \u00a0\u2009\u202f]", "['’٬]"))
NUM = (
    rf"(?:\d{{1,3}}(?:{GROUPS})(?:[.٫]\d++)?|\d{{1,2}}(?:,\d\d(?!\d))+,\d{{3}}(?!\d)"
    r"|\d{1,3}(?:\.\d{3}(?!\d))+,\d++|\d{1,3}(?:\.\d{3}(?!\d)){2,}|(?<!\d,)\d++,\d{1,2}(?!\d|,\d)"
    r"|(?<!\d,)0,\d++(?!,\d)|\d++(?:[.٫]\d++)?|[.٫]\d++)"
)
CURRENCY = rf"(?:(?:US|NZ|AU?|CA?|HK)?\$|[€£¥₹]|(?:{CODES}))\s?"
BIG = rf"(?:{any_of(SCALES)})(?!\w)"
ONE = rf"(?:(?:{any_of(SMALL)})(?!\w)|{BIG}|(?:{any_of(TENS)})(?!\w|[-‑](?:{any_of(NTHS)})(?!\w)))"
RUN = rf"(?:(?:half\s)?an?\s(?:dozen(?!\w)|(?={BIG}){ONE})|{ONE})"
RUN += rf"(?:(?:[-‑]|(?!\s*?\n\s*?\n)\s{{1,2}}(?:and\s)?){ONE}){{0,11}}"
# What may be attached to a number; the name of the group that matched says what the number is.
TAIL = re.compile(
    rf"""(?P<half>\s{{1,2}}and\sa\shalf(?!\w))?(?P<vulgar>[¼-¾⅐-⅞])?
    (?:[\s-]{{0,2}}(?P<scale>(?:{any_of(SCALES)}|dozen|lakh|crore|mn|bn|tn|(?-i:k|m))(?!\w)))?
    (?:\s{{0,2}}(?P<points>(?:[%％]|[\s-]per\s?cent|(?:[\s-]per\s?cent|[\s-]percent)age)[\s-]points?(?!\w))
    |\s(?P<basis>basis\spoints?(?!\w))
    |[\s-]{{0,2}}(?P<percent>[%％٪]|(?:per\s?cent|pct)(?!\w))
    |(?P<fold>[\s-]?fold(?!\w)|[x×](?!\w)|[\s-]{{1,2}}(?P<times>times)(?!\w))
    |\s?(?P<money>[€£]|(?:{CODES}|(?:(?:US|New\sZealand)\s)?(?:dollar|euro|pound)(?=s?(?!\w))))s?
    |(?!\squarters\s(?!of\s))[\s-](?P<part>{any_of(PARTS)})s?(?!\w)
    |(?P<si>\s?°[CF]?|(?-i:km|kg|mg|cm|mm|ml|ft|lbs?|ha|kWh|GWh|MW|mph|mins?|hrs?|h|g|s))
    |(?P<of>/|\sin\s|\sout\sof\s)(?:every\s)?(?P<whole>{NUM}|{RUN})(?![\w%/]|{DASH}\d))?
    (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
LISTED = re.compile(r"[.)]\s")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
PHRASE_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+){0,2}"
FOLLOWING = re.compile(
    r"(?:\+|['’]?s)?(?:[ \u00a0]|[-‑](?=[a-z])|\n(?=[a-z]))(?:of\s)?"
    rf"({PHRASE_WORD}(?:[ \u00a0\n]{PHRASE_WORD}){{0,3}})"
)
AFTER = re.compile(
    r"\s?(?:(?P<over>\+(?!\d)|or\s(?:more|over|older|above)(?!\w))|(?P<under>or\s(?:less|fewer|under)(?!\w))"
    r"|(?P<about>or\sso(?!\w)|-odd(?!\w)))"
)
MONTH = r"(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\w)\.?"
MONTH += r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)(?!\w))"
MONTHS = frozenset(re.findall("[a-z]+", MONTH.replace("Sept?", "Sep|Sept").lower()))
DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?(?:{DASH}\d{{1,2}}(?:st|nd|rd|th)?)?(?!\w|[.,]\d|\s?%)"
YEAR = r"[12]\d{3}(?!\w|[.,]\d)"
LABEL = (
    r"(?:[§№]|§§|#(?=\d)|(?<!\w)(?:(?-i:Article|Table|Figure|Annex|Part|Volume|Resolution|Schedule|Rule|Title|Note|Box"
    r"|Directive|Question|Version|Item|No\.)|(?:sub)?sections?|chapters?|clauses?|paragraphs?|footnotes?|appendix"
    r"|pages?|pp?\.|no\.|vol\.|para\.|fig\.|sec\.|art\.|isbn|issn)\s)\s?"
)
LABELS = frozenset("§№#") | word_set("""
    article table figure annex part volume resolution schedule rule title note box directive question version item
    no section sections subsection subsections chapter chapters clause clauses paragraph paragraphs footnote
    footnotes appendix page pages p pp vol para fig sec art isbn issn
""")
CLOCK_WORDS = word_set("am pm m clock")
CLOCK = r"(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}"
SIGN = r"(?P<sign>(?<![)\]%-])[-−])?"
UP_TO = rf"(?:[%％]?{DASH}(?:{CURRENCY})?(?P<high>{NUM}))?"
SHARES = {word: 1 / n for word, n in PARTS.items()}
HALF = r"(?<!first )(?<!second )half"
DOUBLE = r"double\s(?!the|that|what)"
NAME = r"[^\W\d_]{1,20}[-‑]"
PREFIX = r"(?:mid|pre|post|non|under|over|sub|early|late|to|plus|and|of|aged?|around|top|up)[-‑]"
VAGUE = r"(?:(?:tens|hundreds|thousands)\sof\s)?(?:hundreds|thousands|millions|billions)|dozens"
VAGUE += r"|(?:tens|scores|tons)(?=\sof\s)|decades|centuries|a\scouple"
VAGUE_WORDS = word_set("tens hundreds thousands millions billions dozens scores tons decades centuries couple")
EXTREME_WORDS = word_set("record recorded time")
SUPER = r"(?:lowest|highest|fewest|most|largest|smallest)(?:\s[^\W\d_]{1,20}){0,2}"
SUPER += r"\s(?:on\srecord|ever\srecorded)"


def read_digits(words: str) -> Stated | None:
    """Read digits with their marks; None where they are a code and not a number."""
    groups = words.split(" ")
    ambiguous = len(groups) > 1 and len(groups[0]) == 3 and "000" not in groups
    plain = re.sub(r"[\s'’٬]", "", words).replace("٫", ".")
    head, comma, last = plain.rpartition(",")
    if comma and ("." in last or (len(last) == 3 and "." not in head and head != "0")):
        plain = plain.replace(",", "")
    elif comma:
        plain, ambiguous = plain.replace(".", "").replace(",", "."), "." not in head
    elif plain.count(".") > 1:
        plain, ambiguous = plain.replace(".", ""), True
    whole, _, places = plain.partition(".")
    padded = bool(whole) and digit(whole[0]) == 0
    if len(plain) > LONGEST or (padded and len(whole) > 1):
        return None
    loose = "," not in words and len(places) == 3 and 1 <= len(whole) <= 3 and not padded
    return Stated(Decimal(plain), len(places), ambiguous or loose)


def read_spelled(words: str) -> tuple[Stated, int] | None:
    """Read the longest run of number words at the start, and say where it ends.

    text2num is asked for values only: its idea of which words belong together is wider than ours.
    """
    for end in reversed([match.end() for match in re.finditer(r"[^\W_]+", words)]):
        said = re.sub(r"[\s‑-]+", " ", words[:end].lower())
        bare = re.sub(r"^(?:half )?an? (?!dozen)", "one ", said)
        if re.search(rf"(?<!{')(?<!'.join(SCALES)}) and\b", said):
            continue
        try:
            value = 12 if bare.endswith(" dozen") else text2num(bare, "en")
        except ValueError:
            continue
        half, scale = said.startswith("half"), SCALES.get(bare.split()[-1], 0)
        return Stated(Decimal(value) / (2 if half else 1), half - scale if scale > 3 else 0), end
    return None
