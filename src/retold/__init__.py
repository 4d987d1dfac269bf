"""Retold: the stories behind many outlets' pages - who copied whom, what each changed, who said what, and when.

The public verbs: ``read`` labels pages, ``retell`` gives the stories back, ``evidence`` says what joins two pages,
``html_report`` lays stories out as one HTML file. Over an archive on disk: ``build`` takes pages in, ``stories_in``
lists its stories, ``stories_told`` tells some, ``matches_in`` gives shared passages. All return frozen values; see
``retold.model`` and ``retold.views``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.archives.building import build
    from retold.archives.listing import stories_in
    from retold.archives.passages import matches_in
    from retold.archives.telling import stories_told
    from retold.pipeline import Reading, Retelling, evidence, read, retell
    from retold.report.page import html_of as html_report

__version__ = "0.1.0"
__all__ = [
    "Reading",
    "Retelling",
    "build",
    "evidence",
    "html_report",
    "matches_in",
    "read",
    "retell",
    "stories_in",
    "stories_told",
]
_HOMES = {
    "build": "retold.archives.building",
    "html_report": "retold.report.page",
    "matches_in": "retold.archives.passages",
    "stories_in": "retold.archives.listing",
    "stories_told": "retold.archives.telling",
}
"""Where a verb stands that is not one of ``retold.pipeline``."""


def __getattr__(name: str) -> Any:
    """Import the verbs on first use, so that ``import retold`` and ``retold --help`` stay quick."""
    if name not in __all__:
        raise AttributeError(f"module 'retold' has no attribute '{name}'")
    return getattr(import_module(_HOMES.get(name, "retold.pipeline")), "html_of" if name == "html_report" else name)
