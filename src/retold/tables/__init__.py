"""One table per kind of row: its name, its row class, its writer's grain. Tables are the only contract between stages.

Row classes stand in ``retold.model``; Arrow schemas are made from them in ``tables.arrow``; what each column means
stands in ``tables.meanings`` and becomes ``docs/tables.md``.
"""

from retold.tables.table import ALL_TABLES, Grain, Table

__all__ = ["ALL_TABLES", "Grain", "Table"]
