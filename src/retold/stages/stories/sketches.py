"""Reports as an archive remembers them between builds: what grouping asks of each, in Arrow rows, week by week.

A sketch is a ``Profile`` without its text: vector, moment, heading, and where the words of its main text begin. Vectors
are never read as rows: ``asked_of`` takes the columns as they lie.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from retold.model.page import PageId
from retold.stages.stories.features import NOTHING, Features
from retold.stages.stories.profiles import Moment, Profile
from retold.stages.stories.scores import UNDATED as UNDATED_WEEK
from retold.stages.stories.scores import week_of
from retold.tables.arrow import escaped, unescaped

if TYPE_CHECKING:
    import pyarrow as pa

    from retold.stages.stories.asking import Asked

TABLE = "stories.sketches"
UNDATED = "undated"
LIGHT_COLUMNS = [
    *("page", "source", "outlet", "heading", "text_hash", "same", "day", "instant", "printed", "offset_s", "n_words")
]
"""What is asked of every report of an archive at once."""
WORD_COLUMNS = ["page", "n_words", "word_starts"]
VECTOR_COLUMNS = ["page", "day", "text_hash", "same", "finders", "terms", "weights"]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report without its text; vectors and word starts are empty where they were not read."""

    page: PageId
    source: str
    outlet: str | None
    heading: str
    text_hash: str | None
    same: str | None
    features: Features
    moment: Moment | None
    n_words: int
    word_starts: Sequence[int]

    def words_in(self, start: int, end: int) -> int:
        """Return how many words of the main text begin inside a span."""
        return bisect_left(self.word_starts, end) - bisect_left(self.word_starts, start)


def week_key(moment: Moment | None) -> str:
    """Return the key of the week of a moment, as ``week`` holds it."""
    return key_of_week(week_of(moment))


def key_of_week(week: int) -> str:
    """Return the key of a week: its number in six digits, or "undated"."""
    return UNDATED if week == UNDATED_WEEK else f"{week:06}"


def week_of_key(key: str) -> int:
    """Return the week of a key.

    >>> week_of_key(key_of_week(4711)), week_of_key("undated")
    (4711, -1)
    """
    return UNDATED_WEEK if key == UNDATED else int(key)


def rows_of(profiles: Iterable[Profile]) -> pa.Table:
    """Return the sketches of these reports as an Arrow table, in order of page id."""
    import pyarrow as pa

    rows = [_row(profile) for profile in sorted(profiles, key=lambda one: one.page)]
    return pa.Table.from_pylist(rows, schema=_schema())


def _schema() -> pa.Schema:
    import pyarrow as pa

    names = ("page", "week", "source", "outlet", "heading", "text_hash", "same", "day", "instant")
    numbers = [("printed", pa.bool_()), ("offset_s", pa.float64()), ("n_words", pa.int64())]
    lists = [("word_starts", pa.int32()), ("finders", pa.uint32()), ("terms", pa.uint64()), ("weights", pa.int32())]
    return pa.schema([*((name, pa.string()) for name in names), *numbers, *((n, pa.list_(kind)) for n, kind in lists)])


def _row(profile: Profile) -> dict[str, Any]:
    moment = profile.moment
    return {
        "page": profile.page,
        "week": week_key(moment),
        "source": escaped(profile.source),
        "outlet": profile.outlet and escaped(profile.outlet),
        "heading": escaped(profile.heading),
        "text_hash": profile.text_hash,
        "same": profile.same,
        "day": moment.day.isoformat() if moment else None,
        "instant": moment.instant.isoformat() if moment else None,
        "printed": moment.printed if moment else None,
        "offset_s": moment.offset.total_seconds() if moment and moment.offset is not None else None,
        "n_words": profile.n_words,
        "word_starts": [word.start for word in profile.words],
        "finders": list(profile.features.finders),
        "terms": list(profile.features.vector),
        "weights": list(profile.features.vector.values()),
    }


def sketches_of(rows: pa.Table) -> list[Sketch]:
    """Return the sketches of an Arrow table, with what its columns hold."""
    return [_sketch(row) for row in rows.to_pylist()]


def of_words(page: PageId, n_words: int, word_starts: Sequence[int]) -> Sketch:
    """Return a sketch that knows nothing but its words."""
    return Sketch(page, "", None, "", None, None, NOTHING, None, n_words, word_starts)


def _sketch(row: dict[str, Any]) -> Sketch:
    return Sketch(
        page=PageId(row["page"]),
        source=unescaped(row.get("source") or ""),
        outlet=unescaped(row["outlet"]) if row.get("outlet") else None,
        heading=unescaped(row.get("heading") or ""),
        text_hash=row.get("text_hash"),
        same=row.get("same"),
        features=NOTHING,
        moment=_moment(row) if row.get("day") else None,
        n_words=row["n_words"],
        word_starts=row.get("word_starts") or (),
    )


def asked_of(rows: pa.Table) -> Asked:
    """Return the reports of an Arrow table as they are asked, in order of page id; of equal ones on a day the first."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from retold.stages.stories.asking import UNKNOWN_DAY, Asked, Sparse

    rows = rows.sort_by("page").combine_chunks()
    rows = rows.take(pa.array(_firsts(rows.column("same").to_pylist()), pa.int64())).combine_chunks()
    days = [UNKNOWN_DAY if day is None else date.fromisoformat(day).toordinal() for day in rows["day"].to_pylist()]

    def lists(name: str) -> Sparse:
        column = rows[name].combine_chunks()
        lengths = pc.list_value_length(column).to_numpy(zero_copy_only=False).astype(np.int64)
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
        return Sparse(starts, pc.list_flatten(column).to_numpy(zero_copy_only=False))

    texts = np.array([text_number(text) for text in rows["text_hash"].to_pylist()], np.uint64)
    pages = rows["page"].to_pylist()
    return Asked(pages, np.array(days, np.int64), texts, lists("finders"), lists("terms"), lists("weights").values)


def day_number(moment: Moment | None) -> int:
    """Return the day of a moment as a number, -1 for none."""
    return moment.day.toordinal() if moment else -1


def text_number(text_hash: str | None) -> int:
    """Return the hash of a main text as a number, 0 for none."""
    return int(text_hash[:16], 16) or 1 if text_hash else 0


def _firsts(same: Sequence[str | None]) -> list[int]:
    """Return the places of the first of equal reports, and of those that equal none."""
    seen: set[str] = set()
    found = []
    for at, one in enumerate(same):
        if one is None or one not in seen:
            found.append(at)
        if one is not None:
            seen.add(one)
    return found


def _moment(row: dict[str, Any]) -> Moment:
    offset = row["offset_s"]
    return Moment(
        date.fromisoformat(row["day"]),
        datetime.fromisoformat(row["instant"]),
        row["printed"],
        None if offset is None else timedelta(seconds=offset),
    )
