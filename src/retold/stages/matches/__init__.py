"""The stage that finds which pages share passages of their main text.

Owns the order of the steps: fingerprints, self-join, chains (an engine does these), passages, types, rows. The engine
is a function, plain Python or compiled; both give the same rows. Which reports make a story is said by ``stories``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from retold.engine.stage import Stage, Written
from retold.model.page import PageId
from retold.model.report import MetaField
from retold.model.story import Match, MatchSpan, MatchType
from retold.plain.align import Pairs, align
from retold.plain.join import join
from retold.plain.winnow import winnow
from retold.stages.matches.corpus import Corpus, corpus_of, quoted_words
from retold.stages.matches.passages import Passage, passages_of
from retold.stages.matches.types import Publication, typed
from retold.tables.table import MATCHES, META, PAGES, SEGMENTS, SENTENCES, Grain, Rows

__all__ = ["SMALL", "STAGE", "STAGE_COMPILED"]

SMALL = 50
"""Pages under which the fine fingerprints are used: what a candidate story holds."""
FINE = (3, 3)
"""Words of a shingle and shingles of a window for few pages: five equal words in a row are always seen."""
COARSE = (5, 4)
"""The same for a corpus: eight equal words in a row are always seen."""

Chain = tuple[int, int, Pairs]
Engine = Callable[[Corpus, int, int], list[Chain]]
"""From a corpus, k and w to the chains of equal words, as ``plain.align.align`` gives them."""


def plain_engine(corpus: Corpus, k: int, w: int) -> list[Chain]:
    """Return the chains, found by the plain-Python twins."""
    hits = join(*winnow(corpus.hashes, corpus.starts, k, w))
    return align(corpus.hashes, corpus.starts, hits, k)


def compiled_engine(corpus: Corpus, k: int, w: int) -> list[Chain]:
    """Return the chains, found by the compiled kernels."""
    import numpy as np

    from retold.kernels import align as align_kernel
    from retold.kernels import join as join_kernel
    from retold.kernels import winnow as winnow_kernel

    words, starts = np.frombuffer(corpus.hashes, np.uint64), np.frombuffer(corpus.starts, np.int64)
    hits = join_kernel.join(*winnow_kernel.winnow(words, starts, k, w))
    rows, equal = align_kernel.align(words, starts, hits, k)
    return [(a, b, [(x, y) for x, y in equal[first:end].tolist()]) for a, b, first, end in rows.tolist()]


def run(rows: Rows, *, engine: Engine) -> Written:
    """Return one row for each two pages that share a passage, in order of their ids."""
    corpus = corpus_of(rows)
    k, w = FINE if len(corpus.pages) < SMALL else COARSE
    chains: dict[tuple[int, int], list[Pairs]] = {}
    for a, b, pairs in engine(corpus, k, w):
        chains.setdefault((a, b), []).append(pairs)
    found = {(a, b): passages_of(corpus, a, b, chains[a, b]) for a, b in chains}
    found = {pair: passages for pair, passages in found.items() if passages}
    quoted = {page: quoted_words(corpus, page) for page in sorted({page for pair in found for page in pair})}
    types = typed(found, quoted, _publications(rows, corpus))
    return {MATCHES: [_match(corpus, *pair, found[pair], types[pair]) for pair in sorted(found)]}


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
STAGE = Stage("matches", _READS, (MATCHES,), Grain.CORPUS, 1, partial(run, engine=plain_engine))
STAGE_COMPILED = Stage("matches", _READS, (MATCHES,), Grain.CORPUS, 1, partial(run, engine=compiled_engine))
