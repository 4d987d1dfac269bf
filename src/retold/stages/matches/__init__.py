"""The stage that finds which pages share passages of their main text.

Owns the order of the steps for few pages, in plain Python: fingerprints, self-join, chains, passages, siblings, types.
``scaled`` takes the same steps with compiled kernels for any number of pages; both give the same rows. Which reports
make a story is said by ``stories``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from retold.engine.stage import Stage, Written
from retold.model.page import PageId
from retold.model.report import MetaField
from retold.model.story import Match, MatchSpan, MatchType
from retold.plain import join as plain_join
from retold.plain.align import Pairs, align
from retold.plain.passages import Passage, passages_of
from retold.plain.refine import RUN, refine
from retold.plain.siblings import siblings
from retold.plain.types import PairPassages, Publication, typed
from retold.plain.winnow import winnow
from retold.stages.matches.corpus import Corpus, corpus_of, quoted_words
from retold.tables.arrow import from_arrow
from retold.tables.table import MATCHES, META, PAGES, SEGMENTS, SENTENCES, Grain, Rows

__all__ = ["COMPILED_FROM", "SMALL", "STAGE", "STAGE_COMPILED"]

COMPILED_FROM = 1_000
"""Pages from which the compiled kernels are worth their compilation: some 65 CPU-seconds where nothing is cached."""
SMALL = 50
"""Pages under which the fine fingerprints are used: what a candidate story holds."""
FINE = (3, 3)
"""Words of a shingle and shingles of a window for few pages: five equal words in a row are always seen."""
COARSE = (5, 4)
"""The same for a corpus: eight equal words in a row are always seen."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What fingerprints show: words with standing text masked, pairs of pages to compare, pages that stand for many."""

    numbers: array[int]
    pairs: set[tuple[int, int]]
    leads: set[int]


def _seen(corpus: Corpus, published: list[Publication], k: int, w: int) -> _Seen:
    """Return what the fingerprints of all pages show, by the plain-Python twins of the kernels."""
    copies = _copies(corpus)
    hashes, pages, positions, tags = winnow(corpus.numbers, corpus.starts, k, w, without=copies)
    kinds = plain_join.survey(hashes, pages, *_numbered(published))
    weights = plain_join.weights_of(pages, kinds, len(corpus.pages))
    pairs = set(plain_join.join(hashes, pages, tags, kinds, weights, plain_join.frequent_tags(hashes, kinds)))
    pairs |= {(min(copy, lead), max(copy, lead)) for copy, lead in copies.items()}
    numbers = array("I", corpus.numbers)
    for position, kind in zip(positions, kinds, strict=True):
        if kind == plain_join.STANDING:
            numbers[position : position + k] = array("I", bytes(4 * k))
    leads = plain_join.leads_of(hashes, pages, kinds, weights) | set(copies.values())
    return _Seen(numbers, pairs, leads)


def _passages(corpus: Corpus, seen: _Seen, pairs: Iterable[tuple[int, int]], borders: Sequence[int]) -> PairPassages:
    """Return the passages of pairs of pages, of those that have any."""
    chains: dict[tuple[int, int], list[Pairs]] = {}
    hits = refine(seen.numbers, corpus.starts, sorted(pairs))
    for a, b, chain in align(seen.numbers, corpus.starts, hits, RUN):
        chains.setdefault((a, b), []).append(chain)
    sentences = {page: corpus.sentences(page) for page in sorted({page for pair in chains for page in pair})}
    found = {(a, b): passages_of(chains[a, b], borders, sentences[a], sentences[b]) for a, b in chains}
    return {pair: passages for pair, passages in found.items() if passages}


def _siblings(found: PairPassages, seen: _Seen, n_pages: int) -> list[tuple[int, int]]:
    """Return the pairs of pages that share words of a third."""
    shared = {pair: [(p.a.start, p.a.stop, p.b.start, p.b.stop) for p in passages] for pair, passages in found.items()}
    return siblings(shared, range(n_pages), seen.leads)


def _copies(corpus: Corpus) -> dict[int, int]:
    """Return for each but the first of more than ``GROUP`` pages with equal words that first one."""
    alike: dict[bytes, list[int]] = {}
    for i_page in range(len(corpus.pages)):
        words = corpus.numbers[corpus.starts[i_page] : corpus.starts[i_page + 1]]
        alike.setdefault(words.tobytes(), []).append(i_page)
    return {copy: pages[0] for pages in alike.values() if len(pages) > plain_join.GROUP for copy in pages[1:]}


def _numbered(published: list[Publication]) -> tuple[list[int], list[int]]:
    """Return day and outlet of each page as numbers, -1 where unknown."""
    outlets: dict[str, int] = {}
    return (
        [-1 if one.day is None else one.day.toordinal() for one in published],
        [-1 if one.outlet is None else outlets.setdefault(one.outlet, len(outlets)) for one in published],
    )


def run(rows: Rows) -> Written:
    """Return one row for each two pages that share a passage, in order of their ids."""
    corpus = corpus_of(rows)
    k, w = FINE if len(corpus.pages) < SMALL else COARSE
    published = _publications(rows, corpus)
    borders = corpus.borders()
    seen = _seen(corpus, published, k, w)
    found = dict(_passages(corpus, seen, seen.pairs, borders))
    found |= _passages(corpus, seen, _siblings(found, seen, len(corpus.pages)), borders)
    quoted = {page: quoted_words(corpus, page) for page in sorted({page for pair in found for page in pair})}
    types = typed(found, quoted, published)
    return {MATCHES: [_match(corpus, *pair, found[pair], types[pair]) for pair in sorted(found)]}


def run_compiled(rows: Rows) -> Written:
    """Return the same rows by the compiled kernels, with what memory does not hold in a temporary folder."""
    from retold.stages.matches.scaled import Options, found_of
    from retold.stages.matches.tabled import matches_tables, reports_of

    corpus = corpus_of(rows)
    k, w = FINE if len(corpus.pages) < SMALL else COARSE
    table = reports_of(corpus, _publications(rows, corpus))
    with TemporaryDirectory() as scratch:
        found = found_of([table], Path(scratch), n_partitions=1, options=Options(k=k, w=w))
        return {MATCHES: [row for rows in matches_tables(found, Path(scratch)) for row in from_arrow(MATCHES, rows)]}


def _match(corpus: Corpus, a: int, b: int, passages: list[Passage], types: list[MatchType]) -> Match:
    spans = tuple(
        MatchSpan(*corpus.span(p.a[0], p.a[-1]), *corpus.span(p.b[0], p.b[-1]), kind)
        for p, kind in zip(passages, types, strict=True)
    )
    counted = zip(passages, types, strict=True)
    n_shared = sum(len(p.pairs) for p, kind in counted if kind is not MatchType.BOILERPLATE)
    return Match(
        corpus.pages[a].page,
        corpus.pages[b].page,
        n_shared,
        n_shared / corpus.n_words(a),
        n_shared / corpus.n_words(b),
        spans,
    )


def _publications(rows: Rows, corpus: Corpus) -> list[Publication]:
    """Return outlet and day of every page; the outlet is its name, else the host of its address."""
    outlets: dict[PageId, str] = {}
    days: dict[PageId, date] = {}
    for row in rows.rows(META):
        if row.field is MetaField.OUTLET:
            outlets[row.page] = row.value
        elif row.field is MetaField.PUBLISHED and (day := _day(row.value)) is not None:
            days[row.page] = day
    return [
        Publication(outlets.get(page.page) or _host(page.source), days.get(page.page), corpus.n_words(i_page))
        for i_page, page in enumerate(corpus.pages)
    ]


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _host(source: str) -> str | None:
    try:
        return urlsplit(source).hostname
    except ValueError:
        return None


_READS = (PAGES, SEGMENTS, SENTENCES, META)
STAGE = Stage("matches", _READS, (MATCHES,), Grain.CORPUS, 5, run)
STAGE_COMPILED = Stage("matches", _READS, (MATCHES,), Grain.CORPUS, 5, run_compiled)
