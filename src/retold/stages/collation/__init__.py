"""Collation: what every report of a story kept, changed, cut and added against every other, and the loci of all.

``STAGE`` is the stage; ``align`` collates two lists of sentences. Units are the sentences of body and standfirst.
Tokens and units stand in ``tokens``, likeness and its borders in ``likeness``, the assignment in ``pairs``, edits
and their kinds in ``describe``, ``diff``, ``kinds``, ``attribution``, the common places in ``loci``.
"""

from __future__ import annotations

from retold.stages.collation.aligned import Aligned, align
from retold.stages.collation.stage import STAGE

__all__ = ["STAGE", "Aligned", "align"]
