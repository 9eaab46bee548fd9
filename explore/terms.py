"""The words that every module shares: errors, column names, and the fixed vocabularies."""

import difflib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import tomli

Kind = Literal["article", "report", "release", "table", "comment"]
Evidence = Literal[
    "primary text", "abstract", "council table", "relay", "compilation", "quotation", "arithmetic", "not read"
]
Qualifier = Literal["about", "nearly", "over", "at least", "under", "at most", "vague"]
Sample = Literal["random", "volunteers", "full count", "expert estimate"]
Verdict = Literal["agrees", "rounds", "differs", "mislabelled", "not read", "untraced"]

# All control characters but tab and line feed, and those that turn the direction of writing.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TOLD = 20  # mistakes of one file: a reader mends some of them, and asks again

VOCABULARY = tomli.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
"""The fixed vocabularies, each word with what it means, and the words of messages, as `terms.toml` has them."""

EVIDENCE: dict[str, str] = {name: about["meaning"] for name, about in VOCABULARY["evidence"].items()}
VERDICTS: dict[str, str] = VOCABULARY["verdicts"]


class ExploreError(Exception):
    """Something is wrong with what was given; the message says what, where, and what to write instead.

    `fix` is that last part where it depends on who asks: a command and a panel say it in their own words.
    """

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message, fix)
        self.message, self.fix = message, fix

    def __str__(self) -> str:
        return "; ".join(filter(None, self.args))

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook: IPython asks for this, and `%debug` still finds the rest."""
        return [f"{type(self).__name__}: {self}"]


class FileExists(ExploreError):  # noqa: N818
    """A file is there already, and nobody has said that it may be replaced."""


class Difference(NamedTuple):
    """One reason not to compare: the field, what each side says of it, and the words that say more.

    `final` differences stay, whatever is allowed.
    """

    field: str
    a: str
    b: str
    says: tuple[str, ...] = ()
    final: bool = False


class NotComparable(ExploreError):  # noqa: N818
    """Two statistics count different things; the message says what differs and who says so.

    `differences` are the reasons as data, `fix` the way round them, `card` the message as HTML.
    """

    def __init__(self, message: str, differences: Sequence[Difference], fix: str, card: str) -> None:
        super().__init__(message)
        self.differences = tuple(differences)
        self.fix = fix
        self.card = card

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ, each once."""
        return tuple(dict.fromkeys(one.field for one in self.differences))

    def _repr_html_(self) -> str:
        return self.card


class Mistake(NamedTuple):
    """One mistake in a register: where it is, what stands there, and what to write instead."""

    file: str
    entry: str
    field: str
    value: object
    fix: str

    def __str__(self) -> str:
        text = repr(self.value)
        short = text if len(text) <= 80 else f"{text[:76]} …{text[-1]}"
        shown = "" if self.value is None else f" = {short}"
        return f"{self.file}: {self.entry}: {self.field}{shown}: {self.fix}"


def refuse(mistakes: Sequence[Mistake]) -> None:
    """Raise one `ExploreError` that lists the mistakes, the first twenty of each file; do nothing when there is none.

    >>> refuse([])
    >>> refuse([Mistake("a.toml", "statistic x", "unit", None, 'missing; write unit = "people"')])
    Traceback (most recent call last):
    explore.terms.ExploreError: 1 mistake:
      a.toml: statistic x: unit: missing; write unit = "people"
    """
    if mistakes:
        many = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        found: dict[str, list[Mistake]] = {}
        for one in mistakes:
            found.setdefault(one.file, []).append(one)
        lines = [f"{many}:"]
        for file, held in found.items():
            lines += map(str, held[:_TOLD])
            lines += [f"{file}: and {len(held) - _TOLD} more; mend these first"] if len(held) > _TOLD else []
        raise ExploreError("\n  ".join(lines))


def printable(words: str) -> str:
    r"""Write words for a terminal: signs that would steer it are seen, not obeyed.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return _STEERING.sub(lambda sign: ascii(sign[0])[1:-1], words)


def nearest(word: object, known: Iterable[str]) -> str:
    """Say which known word is meant, or which there are: the last part of an error message.

    >>> nearest("populaton", ["population", "place"])
    'did you mean "population"?'
    >>> nearest("zzz", ["population", "place"])
    'known: place, population'
    """
    names = sorted(set(known))
    close = difflib.get_close_matches(str(word), names, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"known: {listed}" if names else "there is none to choose from"
