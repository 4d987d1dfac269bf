"""The main text of many reports as words, kept in files: numbers, places, marks. Pages are numbered as they come.

Words of a few thousand pages at a time are taken back; memory holds no more than them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from retold.kernels import quotes, words
from retold.plain.quotations import posts
from retold.tables.arrow import unescaped

if TYPE_CHECKING:
    import pyarrow as pa

BORDER, QUOTED = 1, 2
"""Bits of a word's marks: first of a stretch of main text; inside quotation marks or an embedded post."""
_COLUMNS = {"numbers": np.uint32, "starts": np.uint32, "ends": np.uint32, "marks": np.uint8}


@dataclass(frozen=True)
class Words:
    """Words of some pages, page after page.

    ``numbers``, ``starts``, ``ends``, ``marks`` ``(n_words,)``; ``firsts`` ``(n_pages + 1,)`` the first word of each;
    ``sentences`` ``(n_sentences, 2)`` first word and end, counted from the page's first; ``sentence_firsts``.
    """

    numbers: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    marks: NDArray[np.uint8]
    firsts: NDArray[np.int64]
    sentences: NDArray[np.uint32]
    sentence_firsts: NDArray[np.int64]

    @cached_property
    def borders(self) -> NDArray[np.int32]:
        """How many words before each are the first of a stretch ``(n_words + 1,)``."""
        return _before(self.marks, BORDER)

    @cached_property
    def quoted(self) -> NDArray[np.int32]:
        """How many words before each are quoted ``(n_words + 1,)``."""
        return _before(self.marks, QUOTED)

    @cached_property
    def all_sentences(self) -> NDArray[np.int64]:
        """The sentences, their words counted through all pages."""
        offsets = np.repeat(self.firsts[:-1], np.diff(self.sentence_firsts))
        return self.sentences.astype(np.int64) + offsets[:, None]


def _before(marks: NDArray[np.uint8], bit: int) -> NDArray[np.int32]:
    found = np.zeros(marks.size + 1, np.int32)
    np.cumsum(marks & bit != 0, out=found[1:])
    return found


def words_of(reports: pa.Table, key: int) -> Words:
    """Return the words of a table of reports (columns ``text``, ``main``, ``sentences``), numbered under the key."""
    texts = reports.column("text").combine_chunks()
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    text = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    spans, span_starts = _spans(reports, "main")
    numbers, starts, ends, borders, firsts = words.numbered(
        text, offsets, spans, span_starts, *words.character_tables(), np.uint64(key)
    )
    quoted, has_handle = quotes.quoted(text, offsets, spans, span_starts, starts, firsts, quotes.character_classes())
    _mark_posts(texts, np.flatnonzero(has_handle), quoted, starts, firsts)
    sentences, sentence_firsts = _spans(reports, "sentences")
    ranges = words.words_in(sentences, sentence_firsts, starts, firsts)
    marks = borders.astype(np.uint8) * np.uint8(BORDER) | quoted.astype(np.uint8) * np.uint8(QUOTED)
    return Words(numbers, starts, ends, marks, firsts, ranges, sentence_firsts)


def _spans(reports: pa.Table, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the spans of a column of lists ``(n_spans, 2)`` and where each page's begin ``(n_pages + 1,)``."""
    lists = reports.column(name).combine_chunks()
    flat = lists.flatten()
    starts = np.concatenate([[0], np.cumsum(lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False))])
    columns = [flat.field(side).to_numpy(zero_copy_only=False).astype(np.int64) for side in ("start", "end")]
    return np.ascontiguousarray(np.stack(columns, axis=1)), starts.astype(np.int64)


def _mark_posts(
    texts: pa.Array,
    pages: NDArray[np.int64],
    quoted: NDArray[np.bool_],
    starts: NDArray[np.uint32],
    firsts: NDArray[np.int64],
) -> None:
    """Mark the words of embedded posts of pages that have the sign of one, which few have."""
    for page in pages.tolist():
        own = slice(firsts[page], firsts[page + 1])
        for post in posts(unescaped(texts[page].as_py())):
            quoted[own] |= (starts[own] >= post.start) & (starts[own] < post.end)


class Texts:
    """The words of all pages in files of a folder. Write first, then read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}
        self.n_pages = 0
        self._waiting: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = []
        self._end = self._sentence_end = 0
        # Of each page the first word and the end, the first sentence and the end; all 0 without words.
        self._places = np.zeros((0, 4), np.int64)
        self.has_words = np.zeros(0, np.bool_)

    def append(self, found: Words, pages: NDArray[np.int64]) -> None:
        """Write the words of pages with these numbers, which grow."""
        for name in (*_COLUMNS, "sentences"):
            if name not in self._files:
                self._files[name] = (self._folder / f"words-{name}").open("ab")
            self._files[name].write(np.ascontiguousarray(getattr(found, name)).data)
        self._waiting.append((pages, found.firsts + self._end, found.sentence_firsts + self._sentence_end))
        self._end += int(found.firsts[-1])
        self._sentence_end += int(found.sentence_firsts[-1])

    def close(self) -> None:
        """End writing, so that words can be read; more can be appended later."""
        for file in self._files.values():
            file.close()
        self._files = {}
        places = np.zeros((self.n_pages, 4), np.int64)
        places[: len(self._places)] = self._places
        has_words = np.zeros(self.n_pages, np.bool_)
        has_words[: self.has_words.size] = self.has_words
        for pages, firsts, sentence_firsts in self._waiting:
            has_words[pages] = True
            for column, values in enumerate((firsts[:-1], firsts[1:], sentence_firsts[:-1], sentence_firsts[1:])):
                places[pages, column] = values
        self._waiting, self._places, self.has_words = [], places, has_words

    def mask(self, pages: NDArray[np.uint32], places: NDArray[np.uint32], n_words: int) -> None:
        """Set the numbers of ``n_words`` words of pages, from these places on, to 0, which equals nothing."""
        if pages.size == 0:
            return
        numbers = np.memmap(self._folder / "words-numbers", np.uint32, "r+")
        words_at = self._places[pages, 0] + places
        for i in range(n_words):
            numbers[words_at + i] = 0

    def n_words(self, pages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many words these pages have."""
        return np.asarray(self._places[pages, 1] - self._places[pages, 0])

    def numbers(self, pages: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Return the first word of each of these pages and the end, and the numbers of their words."""
        firsts, columns = self._taken(self._places[pages, 0], self._places[pages, 1], {"numbers": np.uint32})
        return firsts, columns["numbers"]

    def take(self, pages: NDArray[np.int64]) -> Words:
        """Return the words of these pages, sorted and distinct."""
        firsts, columns = self._taken(self._places[pages, 0], self._places[pages, 1], _COLUMNS)
        sentence_firsts, sentences = self._taken(
            self._places[pages, 2], self._places[pages, 3], {"sentences": np.dtype((np.uint32, 2))}
        )
        return Words(firsts=firsts, sentence_firsts=sentence_firsts, **columns, **sentences)

    def _taken(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64], names: dict[str, Any]
    ) -> tuple[NDArray[np.int64], dict[str, NDArray[Any]]]:
        """Return where each page's rows begin among those taken, and the rows of each file."""
        firsts = np.concatenate([np.zeros(1, np.int64), np.cumsum(ends - starts)])
        breaks = np.flatnonzero(starts[1:] != ends[:-1])
        run_starts = starts[np.concatenate([[0], breaks + 1])] if starts.size else starts
        run_ends = ends[np.concatenate([breaks, [ends.size - 1]])] if starts.size else ends
        runs = list(zip(run_starts.tolist(), run_ends.tolist(), strict=True))
        columns = {}
        for name, dtype in names.items():
            path = self._folder / f"words-{name}"
            shape = np.dtype(dtype)
            if not path.exists() or path.stat().st_size == 0:
                columns[name] = np.empty((0, *shape.shape), shape.base)
                continue
            file = np.asarray(np.memmap(path, shape.base, "r")).reshape(-1, *shape.shape)
            columns[name] = np.concatenate([file[first:end] for first, end in runs]) if runs else np.array(file[:0])
        return firsts, columns
