"""The words that edits keep or take for a cue, pinned: with the lexicon, a verb learned would change every story."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def pinned(kind: str) -> tuple[str, ...]:
    """Return the words of a kind (sayings, hedges, numbers) as ``pinned.toml`` lists them."""
    words = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))[kind]
    return tuple(words)
