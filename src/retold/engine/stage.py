"""What a stage is: a function from the tables it reads to the tables it writes, with its grain and version.

An executor needs nothing but this declaration; what a stage does stands in ``retold.stages``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retold.tables.table import Grain, Rows, Table

Written = Mapping[Table[Any], Sequence[Any]]
"""The rows a stage wrote, table by table."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way of the data.

    ``run`` sees the tables in ``reads`` cut down to one page (grain page), one story (grain story) or whole (grain
    corpus), and returns rows for the tables in ``writes`` and no others. ``version`` grows when its answer changes.
    """

    name: str
    reads: tuple[Table[Any], ...]
    writes: tuple[Table[Any], ...]
    grain: Grain
    version: int
    run: Callable[[Rows], Written]
