"""Registers: one TOML file a document, checked whole, its values read out of the quoted words."""

from explore.register.derivation import compute, parts_of
from explore.register.reading import Library, Register, load, read, shipped

__all__ = ["Library", "Register", "compute", "load", "parts_of", "read", "shipped"]
