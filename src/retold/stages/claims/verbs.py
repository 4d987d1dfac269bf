"""The reporting verbs as an index from a form to the ways it may be used.

Owns the reading of ``lexicon/reporting_verbs.toml`` and what a form's ending says of it (base, -s, past, -ing).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from retold.lexicon.load import entries


@dataclass(frozen=True, slots=True)
class Use:
    """One way a form may report: its group, what may follow, and the words that belong to it."""

    group: str
    strength: str
    frames: frozenset[str]
    particles: tuple[tuple[str, ...], ...]
    shape: str
    """"base", "s", "past" or "ing"."""


@cache
def uses() -> dict[str, tuple[Use, ...]]:
    """Return every form in lower case with its uses, in the order of the lexicon."""
    found: dict[str, list[Use]] = {}
    for name, group in entries("reporting_verbs")["groups"].items():
        forms = frozenset(group["forms"])
        particles = tuple(sorted((tuple(p.split()) for p in group["particles"]), key=len, reverse=True))
        for form in group["forms"]:
            use = Use(name, group["strength"], frozenset(group["frames"]), particles, _shape(form, forms))
            found.setdefault(form, []).append(use)
    return {form: tuple(dict.fromkeys(ways)) for form, ways in found.items()}


@cache
def reporting_only() -> frozenset[str]:
    """Return the forms that are hardly ever nouns: they end the noun phrase before them."""
    return frozenset(uses()) - nouns_too()


@cache
def nouns_too() -> frozenset[str]:
    """Return the forms that are nouns more often than verbs."""
    return frozenset(entries("reporting_verbs")["nouns_too"]["forms"])


def _shape(form: str, forms: frozenset[str]) -> str:
    """Return what the form is, from its ending and the forms beside it."""
    if form.endswith("ing") and form not in _BASES_IN_ING:
        return "ing"
    if form.endswith("s") and (form[:-1] in forms or form[:-2] in forms or form[:-3] + "y" in forms):
        return "s"
    if form in _SAME_IN_PAST:
        return "past"
    is_base = bool({form + "s", form + "es", form[:-1] + "ies"} & forms)
    return "base" if is_base else "past"


_SAME_IN_PAST = frozenset({"put", "read", "bet", "forecast", "broadcast"})
"""Bases that are their own past, and in news mostly that."""
_BASES_IN_ING = frozenset({"bring", "sing", "fling"})
