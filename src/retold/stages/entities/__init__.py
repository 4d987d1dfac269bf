"""The entities stage: which names of a story are one person, place or body, and what proves it.

Owns joining the mentions of all reports of a story. Finding and typing names on a page belongs to ``mentions``.
"""

from retold.stages.entities.stage import STAGE

__all__ = ["STAGE"]
