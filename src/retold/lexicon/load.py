"""Loading of the lexicon's TOML files, once per process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def entries(name: str) -> dict[str, Any]:
    """Return the content of ``<name>.toml`` without its ``[about]`` table.

    Every file begins with ``[about]``: ``holds`` (one sentence), ``dated`` (ISO day), ``sources`` (list of strings).
    The returned dict is shared: do not change it.
    """
    with (files("retold.lexicon") / f"{name}.toml").open("rb") as handle:
        content = tomllib.load(handle)
    content.pop("about")
    return content
