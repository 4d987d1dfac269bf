"""Retold: the stories behind many outlets' pages - who copied whom, what each changed, who said what, and when.

The public verbs: ``read`` labels pages, ``retell`` gives the stories back, ``evidence`` says what joins two pages,
``html_report`` lays stories out as one HTML file. All return frozen values; see ``retold.model`` and ``retold.views``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.pipeline import Reading, Retelling, evidence, read, retell
    from retold.report.page import html_of as html_report

__version__ = "0.1.0"
__all__ = ["Reading", "Retelling", "evidence", "html_report", "read", "retell"]


def __getattr__(name: str) -> Any:
    """Import the verbs on first use, so that ``import retold`` and ``retold --help`` stay quick."""
    if name == "html_report":
        from retold.report.page import html_of

        return html_of
    if name in __all__:
        from retold import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'retold' has no attribute '{name}'")
