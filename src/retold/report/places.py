"""Where statements lead: the anchor of every sentence and segment, the links to it, the way back, and quotations.

An anchor is ``A-1967``: the siglum and the first character. In a version of excerpts reports are not printed whole:
a link goes to the page's own address with the words to be found there, and every quotation is cut short here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import quote, urlsplit

from retold.model.page import PageId, Pointer
from retold.model.report import MetaField
from retold.report.excerpts import RUN, Budget
from retold.text.spans import Span
from retold.views.story_view import StoryView, Witness

FRAGMENT_WORDS = 6
"""Words of a ``#:~:text=`` link: enough to be found once, short enough to survive small edits."""

EXCERPT_WORDS = 15
"""Words quoted in one piece in a version of excerpts."""

OPENING_WORDS = RUN - 1
"""Words quoted there of a statement that only needs naming: too few to count as a quotation."""

MOST_LINKS = 12
"""Links to readings that one statement shows in a story not printed in full."""

EXCERPT_CHARACTERS = 120
"""Characters quoted in one piece there: for scripts that do not part words, and for words without end."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")


@dataclass(frozen=True, slots=True)
class Link:
    """A siglum that opens the place of a statement; ``id`` is where the way back leads, "" where none is printed."""

    siglum: str
    href: str
    id: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a page, with the language they are in where known."""

    text: str
    lang: str | None


def cut_short(text: str, most_words: int = EXCERPT_WORDS) -> str:
    """Return at most so many words of the text, with an ellipsis where it is cut.

    >>> cut_short("the ferry left the quay at noon", 3)
    'the ferry left …'
    """
    words = text.split()
    short = " ".join(words[:most_words])
    cut = len(words) > most_words or len(short) > EXCERPT_CHARACTERS
    return f"{short[:EXCERPT_CHARACTERS].rstrip()} …" if cut else short


class Places:
    """The anchors of one story's reports, and who refers to them."""

    def __init__(
        self,
        view: StoryView,
        *,
        prefix: str,
        excerpts: bool,
        homes: Mapping[PageId, Sequence[tuple[Span, str]]] | None = None,
    ) -> None:
        """Take ``homes``, where each report's sentences stand among the readings, for a story not printed in full."""
        self.prefix, self.excerpts, self._homes = prefix, excerpts, homes
        self._sigla = view.sigla
        self._witnesses = {witness.page: witness for witness in view.witnesses}
        self._starts = {witness.page: _starts(witness) for witness in view.witnesses}
        self._sentences = {w.page: sorted(s.span for s in w.report.sentences) for w in view.witnesses}
        self._budget = Budget(w.report.page.text for w in view.witnesses) if excerpts else None
        self._back: dict[str, dict[str, str]] = {}
        self._n_links = 0

    @property
    def is_printed_full(self) -> bool:
        """Whether the story's reports are printed one by one."""
        return self._homes is None

    def anchor(self, page: PageId, start: int) -> str:
        """Return the id of the sentence or segment that begins at this character."""
        return f"{self.prefix}{self._sigla[page]}-{start}"

    def report(self, page: PageId) -> str:
        """Return the id of the whole report."""
        return f"{self.prefix}{self._sigla[page]}"

    def link(self, pointer: Pointer, part: str) -> Link:
        """Return the link to the pointer's sentence, noting that this part of the report refers to it."""
        siglum = self._sigla[pointer.page]
        if self.excerpts:
            address = self._outside(pointer)
            return Link(siglum, address or f"#{self.report(pointer.page)}", "", address is not None)
        if self._homes is not None:
            return Link(siglum, f"#{self._home(pointer)}", "")
        self._n_links += 1
        own = f"{self.prefix}r{self._n_links}"
        starts = self._starts[pointer.page]
        i = bisect_right(starts, pointer.start) - 1
        anchor = self.anchor(pointer.page, starts[i]) if i >= 0 else self.report(pointer.page)
        self._back.setdefault(anchor, {}).setdefault(part, own)
        return Link(siglum, f"#{anchor}", own)

    def _home(self, pointer: Pointer) -> str:
        """Return the id of the reading that holds the pointer's first character, else of the whole report."""
        spans = (self._homes or {}).get(pointer.page, ())
        i = bisect_right(spans, pointer.start, key=lambda home: home[0].start) - 1
        return spans[i][1] if i >= 0 and pointer.start < spans[i][0].end else self.report(pointer.page)

    def links(self, pointers: Iterable[Pointer], part: str) -> tuple[Link, ...]:
        """Return one link a pointer, in the order of sigla and places; one a reading in a story not printed in full."""
        ordered = sorted(set(pointers), key=lambda p: (len(self._sigla[p.page]), self._sigla[p.page], p.start))
        if self._homes is not None:
            return self._by_reading(ordered, part)
        return tuple(self.link(pointer, part) for pointer in ordered)

    def _by_reading(self, pointers: Sequence[Pointer], part: str) -> tuple[Link, ...]:
        found: dict[str, list[Pointer]] = {}
        for pointer in pointers:
            found.setdefault(self._home(pointer), []).append(pointer)
        links = []
        for same in found.values():
            link = self.link(same[0], part)
            more = len({pointer.page for pointer in same}) - 1
            links.append(replace(link, siglum=f"{link.siglum} +{more}") if more else link)
        return tuple(links[:MOST_LINKS])

    def once_a_report(self, pointers: Iterable[Pointer], part: str, most: int | None = None) -> tuple[Link, ...]:
        """Return one link a report, to the first of its places; ``most`` links at most."""
        first: dict[PageId, Pointer] = {}
        for pointer in sorted(pointers, key=lambda p: p.start):
            first.setdefault(pointer.page, pointer)
        return self.links(islice(first.values(), most), part)

    def back(self, anchor: str) -> tuple[tuple[str, str], ...]:
        """Return the parts of the report that refer to this anchor, each with where it does."""
        return tuple(self._back.get(anchor, {}).items())

    def quote(self, page: PageId, spans: Iterable[tuple[int, int]], most_words: int = EXCERPT_WORDS) -> Quote:
        """Return the words at these spans on one line, pieces joined by an ellipsis; cut short in excerpts."""
        witness = self._witnesses[page]
        text = witness.report.page.text
        pieces = list(spans)
        told = " … ".join(" ".join(text[start:end].split()) for start, end in pieces)
        if not self.excerpts:
            return Quote(told, language_of(witness))
        return Quote(self.clip(told, most_words), language_of(witness))

    def allowed(self, words: Sequence[str]) -> int:
        """Return how many of the words may be printed here, from the first on; all but in a version of excerpts."""
        return len(words) if self._budget is None else self._budget.take(words)

    def quote_at(self, pointer: Pointer, most_words: int = EXCERPT_WORDS) -> Quote:
        """Return the words at the pointer."""
        return self.quote(pointer.page, [Span(pointer.start, pointer.end)], most_words)

    def sentence(self, pointer: Pointer) -> Pointer:
        """Return the sentence around the pointer's first character, or the pointer where none is."""
        spans = self._sentences[pointer.page]
        i = bisect_right(spans, pointer.start, key=lambda span: span.start) - 1
        if i < 0 or spans[i].end <= pointer.start:
            return pointer
        return Pointer(pointer.page, spans[i].start, max(spans[i].end, pointer.end))

    def context(self, pointer: Pointer, n_words: int = 6) -> tuple[str, Quote, str]:
        """Return the pointer's words with up to so many before and after them in their sentence."""
        around = self.sentence(pointer)
        text = self._witnesses[pointer.page].report.page.text
        before, after = text[around.start : pointer.start].split(), text[pointer.end : around.end].split()
        if self.excerpts:
            around_it = [*before[-2:], *text[pointer.start : pointer.end].split(), *after[:2]]
            is_short = len(around_it) <= EXCERPT_WORDS and self.allowed(around_it) == len(around_it)
            n_words = 2 if is_short else 0
        told_before = " ".join(before[-n_words:] if n_words else [])[-EXCERPT_CHARACTERS:]
        told_after = " ".join(after[:n_words])[:EXCERPT_CHARACTERS]
        head = f"… {told_before}" if len(before) > n_words else told_before
        tail = f"{told_after} …" if len(after) > n_words else told_after
        joined = pointer.end < len(text) and not text[pointer.end].isspace()
        spaced_head = f"{head} " if pointer.start > around.start and text[pointer.start - 1].isspace() else head
        return spaced_head, self.quote_at(pointer, EXCERPT_WORDS - 4), tail if joined else f" {tail}"

    def clip(self, told: str, most_words: int = EXCERPT_WORDS) -> str:
        """Return the words as they are, or cut short in a version of excerpts."""
        if not self.excerpts:
            return told
        return cut_short(told, self.allowed(told.split()[:most_words]))

    def siglum(self, pointer: Pointer) -> str:
        """Return the siglum of the pointer's report."""
        return self._sigla[pointer.page]

    def _outside(self, pointer: Pointer) -> str | None:
        witness = self._witnesses[pointer.page]
        address = address_of(witness)
        if address is None:
            return None
        words = witness.report.page.text[pointer.start : pointer.end].split()[:FRAGMENT_WORDS]
        sought = quote(" ".join(words)[:EXCERPT_CHARACTERS], safe="", errors="replace").replace("-", "%2D")
        return f"{address.split('#')[0]}#:~:text={sought}"


def _starts(witness: Witness) -> list[int]:
    starts = {segment.start for segment in witness.report.segments}
    return sorted(starts | {sentence.start for sentence in witness.report.sentences})


def language_of(witness: Witness) -> str | None:
    """Return the report's language as a language tag, or None where it is unknown or no tag."""
    told = witness.report.meta_value(MetaField.LANGUAGE)
    return told if told is not None and _LANGUAGE.fullmatch(told) else None


def address_of(witness: Witness) -> str | None:
    """Return the page's own http(s) address, or None; no other scheme is ever linked."""
    for address in (witness.report.meta_value(MetaField.URL), witness.report.page.source):
        if address is not None and _is_web(address):
            return address
    return None


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not any(c.isspace() for c in address)
