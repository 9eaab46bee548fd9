"""Numbers: found in any text, and read, digits and words alike."""

from explore.numbers.finding import find
from explore.numbers.kinds import KINDS, Kind, Number, rounding_interval
from explore.numbers.languages import LANGUAGES

__all__ = ["KINDS", "LANGUAGES", "Kind", "Number", "find", "rounding_interval"]
