"""The main text of every page as words: their numbers in one row, and where each stands.

Main text is body and standfirst. A stretch is a run of main-text segments with nothing else between them; no passage
goes across its border, else it would hold words of a caption or an advert.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from retold.model.page import PageId
from retold.model.report import COLLATED_KINDS
from retold.plain.quotations import posts, quotations
from retold.plain.words import number_of, units_of
from retold.tables.table import PAGES, SEGMENTS, SENTENCES, Rows
from retold.text.spans import Span


@dataclass(frozen=True, slots=True)
class PageText:
    """A page and its main text: the spans of its segments, stretches, and sentences, in order of place."""

    page: PageId
    source: str
    text: str
    segments: tuple[Span, ...]
    stretches: tuple[Span, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pages in order of id and their words, page after page.

    ``numbers``, ``word_starts``, ``word_ends`` ``(n_words,)``; ``starts`` ``(n_pages + 1,)`` the first word of each.
    """

    pages: tuple[PageText, ...]
    numbers: array[int]
    word_starts: array[int]
    word_ends: array[int]
    starts: array[int]

    def n_words(self, i_page: int) -> int:
        """Return the number of main-text words of a page."""
        return self.starts[i_page + 1] - self.starts[i_page]

    def span(self, first: int, last: int) -> Span:
        """Return the characters from the first word to the last, both included."""
        return Span(self.word_starts[first], self.word_ends[last])

    def borders(self) -> array[int]:
        """Return 1 for the first word of every stretch of main text, else 0, ``(n_words,)``."""
        found = array("B", bytes(len(self.numbers)))
        for i_page, page in enumerate(self.pages):
            for stretch in page.stretches:
                words = self.words_in(i_page, stretch)
                if words:
                    found[words.start] = 1
        return found

    def sentences(self, i_page: int) -> list[range]:
        """Return the words of each sentence of a page."""
        return [self.words_in(i_page, span) for span in self.pages[i_page].sentences]

    def words_in(self, i_page: int, span: tuple[int, int]) -> range:
        """Return the words of a page that begin inside the span."""
        first, end = self.starts[i_page], self.starts[i_page + 1]
        left = bisect_right(self.word_starts, span[0] - 1, first, end)
        return range(left, bisect_right(self.word_starts, span[1] - 1, first, end))


def corpus_of(rows: Rows) -> Corpus:
    """Return the corpus of all pages, in order of id."""
    segments: dict[PageId, list[tuple[Span, bool]]] = {}
    for segment in rows.rows(SEGMENTS):
        segments.setdefault(segment.page, []).append((segment.span, segment.kind in COLLATED_KINDS))
    sentences: dict[PageId, list[Span]] = {}
    for sentence in rows.rows(SENTENCES):
        if sentence.kind in COLLATED_KINDS:
            sentences.setdefault(sentence.page, []).append(sentence.span)
    pages = []
    for page in sorted(rows.rows(PAGES), key=lambda row: row.page):
        parts = sorted(segments.get(page.page, ()))
        own = tuple(sorted(sentences.get(page.page, ())))
        main = tuple(span for span, is_main in parts if is_main)
        pages.append(PageText(page.page, page.source, page.text, main, _stretches(parts), own))
    return _counted(tuple(pages))


def quoted_words(corpus: Corpus, i_page: int) -> set[int]:
    """Return the words inside quotation marks or embedded posts; a mark left open counts to its paragraph's end."""
    page = corpus.pages[i_page]
    marks = [mark for stretch in page.stretches for mark in quotations(page.text, stretch)]
    return {word for mark in (*marks, *posts(page.text)) for word in corpus.words_in(i_page, (mark.start, mark.end))}


def _stretches(parts: Iterable[tuple[Span, bool]]) -> tuple[Span, ...]:
    found: list[Span] = []
    follows = False
    for span, is_main in parts:
        if is_main and follows and found[-1].end == span.start:
            found[-1] = Span(found[-1].start, span.end)
        elif is_main:
            found.append(span)
        follows = is_main
    return tuple(found)


def _counted(pages: tuple[PageText, ...]) -> Corpus:
    corpus = Corpus(pages, array("I"), array("q"), array("q"), array("q", [0]))
    for page in pages:
        for segment in page.segments:
            for start, end, key in units_of(page.text, segment):
                corpus.numbers.append(number_of(key))
                corpus.word_starts.append(start)
                corpus.word_ends.append(end)
        corpus.starts.append(len(corpus.numbers))
    return corpus
