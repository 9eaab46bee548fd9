"""Drafts: texts of one's own whose every number is held to the row that it is bound to."""

from explore.drafts.checking import Check, check

__all__ = ["Check", "check"]
