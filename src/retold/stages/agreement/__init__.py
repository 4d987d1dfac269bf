"""The agreement stage: where the reports of a story agree, add, differ or contradict each other.

Owns comparing what aligned sentences and counts assert, and counting the origins behind each statement. Reading the
numbers and claims of one page belongs to ``quantities`` and ``claims``.
"""

from retold.stages.agreement.stage import STAGE

__all__ = ["STAGE"]
