"""Reports as an archive remembers them between builds: what grouping asks of each, in Arrow rows, week by week.

A sketch is a ``Profile`` without its text: vectors, moment, heading, and where the words of its main text begin.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from retold.model.page import PageId
from retold.stages.stories.features import Features, Vector
from retold.stages.stories.profiles import Moment, Profile
from retold.tables.arrow import escaped, unescaped

if TYPE_CHECKING:
    import pyarrow as pa

TABLE = "stories.sketches"
UNDATED = "undated"
WEEK_DAYS = 7
_VECTORS = ("text", "names", "lead")
LIGHT_COLUMNS = ["page", "source", "heading", "text_hash", "day", "instant", "printed", "offset_s", "n_words"]
"""What is asked of every report of an archive at once."""
WORD_COLUMNS = ["page", "n_words", "word_starts"]
SCHEMA_NAMES = [
    *("page", "week", "source", "heading", "text_hash", "day", "instant", "printed", "offset_s", "n_words"),
    *("word_starts", *(f"{name}_keys" for name in _VECTORS), *(f"{name}_weights" for name in _VECTORS)),
]
_NOTHING = Features({}, {}, {})


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report without its text; vectors and word starts are empty where they were not read."""

    page: PageId
    source: str
    heading: str
    text_hash: str | None
    features: Features
    moment: Moment | None
    n_words: int
    word_starts: Sequence[int]

    def words_in(self, start: int, end: int) -> int:
        """Return how many words of the main text begin inside a span."""
        return bisect_left(self.word_starts, end) - bisect_left(self.word_starts, start)


def week_of(moment: Moment | None) -> str:
    """Return the key of the part that holds reports of this moment: the number of its week, or "undated"."""
    return UNDATED if moment is None else f"{moment.day.toordinal() // WEEK_DAYS:06}"


def rows_of(profiles: Iterable[Profile]) -> pa.Table:
    """Return the sketches of these reports as an Arrow table, in order of page id."""
    import pyarrow as pa

    rows = [_row(profile) for profile in sorted(profiles, key=lambda one: one.page)]
    return pa.Table.from_pylist(rows, schema=_schema())


def _schema() -> pa.Schema:
    import pyarrow as pa

    texts = [(name, pa.string()) for name in ("page", "week", "source", "heading", "text_hash", "day", "instant")]
    numbers = [("printed", pa.bool_()), ("offset_s", pa.float64()), ("n_words", pa.int64())]
    vectors = [(f"{name}_keys", pa.list_(pa.string())) for name in _VECTORS]
    weights = [(f"{name}_weights", pa.list_(pa.float64())) for name in _VECTORS]
    return pa.schema([*texts, *numbers, ("word_starts", pa.list_(pa.int32())), *vectors, *weights])


def _row(profile: Profile) -> dict[str, Any]:
    moment = profile.moment
    vectors = dict(zip(_VECTORS, profile.features, strict=True))
    return {
        "page": profile.page,
        "week": week_of(moment),
        "source": escaped(profile.source),
        "heading": escaped(profile.heading),
        "text_hash": profile.text_hash,
        "day": moment.day.isoformat() if moment else None,
        "instant": moment.instant.isoformat() if moment else None,
        "printed": moment.printed if moment else None,
        "offset_s": moment.offset.total_seconds() if moment and moment.offset is not None else None,
        "n_words": profile.n_words,
        "word_starts": [word.start for word in profile.words],
        **{f"{name}_keys": [escaped(key) for key in vector] for name, vector in vectors.items()},
        **{f"{name}_weights": list(vector.values()) for name, vector in vectors.items()},
    }


def sketches_of(rows: pa.Table) -> list[Sketch]:
    """Return the sketches of an Arrow table, with what its columns hold."""
    return [_sketch(row) for row in rows.to_pylist()]


def of_words(page: PageId, n_words: int, word_starts: Sequence[int]) -> Sketch:
    """Return a sketch that knows nothing but its words."""
    return Sketch(page, "", "", None, _NOTHING, None, n_words, word_starts)


def _sketch(row: dict[str, Any]) -> Sketch:
    return Sketch(
        page=PageId(row["page"]),
        source=unescaped(row.get("source") or ""),
        heading=unescaped(row.get("heading") or ""),
        text_hash=row.get("text_hash"),
        features=Features(*(_vector(row, name) for name in _VECTORS)) if "text_keys" in row else _NOTHING,
        moment=_moment(row) if row.get("day") else None,
        n_words=row["n_words"],
        word_starts=row.get("word_starts") or (),
    )


def _vector(row: dict[str, Any], name: str) -> Vector:
    keys = (unescaped(key) for key in row[f"{name}_keys"])
    return dict(zip(keys, row[f"{name}_weights"], strict=True))


def _moment(row: dict[str, Any]) -> Moment:
    offset = row["offset_s"]
    return Moment(
        date.fromisoformat(row["day"]),
        datetime.fromisoformat(row["instant"]),
        row["printed"],
        None if offset is None else timedelta(seconds=offset),
    )
