"""The timeline stage: the events a story's reports tell, one entry an event, dated and ordered as the words say.

Owns cutting sentences into clauses, which clauses tell events, joining them across reports, and solving their order.
Reading time expressions belongs to ``times``; which sentences correspond to ``collation``.
"""

from retold.stages.timeline.anchoring import anchored
from retold.stages.timeline.entity import Told, entity_timeline
from retold.stages.timeline.stage import STAGE

__all__ = ["STAGE", "Told", "anchored", "entity_timeline"]
