"""What a cut or an edit broke: words left without what they point to, claims turned into facts, changed figures.

Owns the table ``breakages``. What was cut or edited is the collation's; this stage says what it did to the sense.
"""

from retold.stages.breakages.stage import STAGE

__all__ = ["STAGE"]
