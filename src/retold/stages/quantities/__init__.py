"""The quantities stage: which numbers a report prints, and what each one counts.

Owns reading numbers in words and digits, approximators, ranges, units and the counted phrase. Numbers that tell a day
or a clock time belong to ``times``; comparing numbers across reports belongs to ``agreement``.
"""

from retold.stages.quantities.stage import STAGE

__all__ = ["STAGE"]
