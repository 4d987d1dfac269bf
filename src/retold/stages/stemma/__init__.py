"""Who copied whom: the lineage of a story's reports, with the unseen copies behind them.

Owns the tables ``stemma_nodes``, ``stemma_edges``, ``report_origins`` and ``archetype_readings``. What the reports
have in common, unit by unit, is the collation's (``loci``); this stage weighs it with credits and clock.
"""

from retold.stages.stemma.stage import STAGE

__all__ = ["STAGE"]
