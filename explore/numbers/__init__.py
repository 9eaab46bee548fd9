"""Numbers: found in any text, and read, digits and words alike."""

from explore.numbers.finding import find
from explore.numbers.kinds import KINDS, Kind, Number, rounding_interval

__all__ = ["KINDS", "Kind", "Number", "find", "rounding_interval"]
