"""The mentions stage: which names a report prints, and what each names.

Owns finding names on one page and typing them by the lexicon and by the words around them. Which names of a story
are one person or body is told by ``entities``.
"""

from retold.stages.mentions.stage import STAGE

__all__ = ["STAGE"]
