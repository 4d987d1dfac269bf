"""The pairs behind links: reports that are linked to one that stands for many, and so share its text with each other.

Of what more than 64 reports carry an archive keeps the links to one of them, for the pairs are quadratic in number.
Here they are worked out, one such report after the other, from its alignments with its carriers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from retold.engine.archive.reports import reports
from retold.engine.archive.snapshot import Snapshot
from retold.model.story import MatchType
from retold.plain.join import GROUP
from retold.tables import table as t

if TYPE_CHECKING:
    import sqlite3

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from retold.stages.matches.texts import Words

Links = dict[str, dict[str, list[tuple[int, int]]]]
"""Of each page that stands for many its carriers, and of each of them the characters of it that the carrier has too."""
ROWS = 4096


def pairs_behind(snapshot: Snapshot, model: sqlite3.Connection) -> Iterator[pa.RecordBatch]:
    """Give a row of ``matches`` for each two carriers of a report with more than ``GROUP`` that have none.

    A pair behind two such reports is told for the first of them, in order of id.
    """
    links = _links(snapshot)
    known = _known(snapshot, {page for carriers in links.values() for page in carriers})
    of_page: dict[str, set[str]] = {}
    for lead, carriers in links.items():
        for page in carriers:
            of_page.setdefault(page, set()).add(lead)
    for lead, carriers in sorted(links.items()):
        yield from _behind(snapshot, model, lead, carriers, known, of_page)


def _links(snapshot: Snapshot) -> Links:
    """Return the links of all reports that share a passage with more than ``GROUP`` others."""
    counts: Counter[str] = Counter()
    for rows in snapshot.stream(t.MATCHES.name, columns=["a", "b"]):
        for name in ("a", "b"):
            counts.update({row["values"]: row["counts"] for row in rows.column(name).value_counts().to_pylist()})
    links: Links = {page: {} for page, n in counts.items() if n > GROUP}
    if not links:
        return links
    for rows in snapshot.stream(t.MATCHES.name, columns=["a", "b", "spans"], rows=ROWS):
        for a, b, spans in zip(*(rows.column(name).to_pylist() for name in ("a", "b", "spans")), strict=True):
            told = [span for span in spans if span["type"] != MatchType.BOILERPLATE]
            if told and a in links:
                links[a][b] = [(span["a0"], span["a1"]) for span in told]
            if told and b in links:
                links[b][a] = [(span["b0"], span["b1"]) for span in told]
    return links


def _known(snapshot: Snapshot, carriers: set[str]) -> set[tuple[str, str]]:
    """Return the pairs of carriers that have a row of their own."""
    if not carriers:
        return set()
    return {
        (a, b)
        for rows in snapshot.stream(t.MATCHES.name, columns=["a", "b"])
        for a, b in zip(rows.column("a").to_pylist(), rows.column("b").to_pylist(), strict=True)
        if a in carriers and b in carriers
    }


def _behind(
    snapshot: Snapshot,
    model: sqlite3.Connection,
    lead: str,
    carriers: dict[str, list[tuple[int, int]]],
    known: set[tuple[str, str]],
    of_page: dict[str, set[str]],
) -> Iterator[pa.RecordBatch]:
    """Give the rows of pairs of carriers of one report."""
    import numpy as np

    from retold.stages.matches.expand import composed, partners_of

    ids = sorted({lead, *carriers})
    taken = _words(snapshot, model, ids)
    at_lead = ids.index(lead)
    local = np.flatnonzero(np.arange(len(ids)) != at_lead)
    partners = partners_of(taken, at_lead, local)
    starts = taken.starts[taken.firsts[at_lead] : taken.firsts[at_lead + 1]]
    for row, page in enumerate(local.tolist()):
        partners[row, ~_is_inside(starts, carriers[ids[page]])] = -1
    for rows in composed(taken, partners, local):
        pairs = [(ids[a], ids[b]) for a, b in zip(rows["a"].tolist(), rows["b"].tolist(), strict=True)]
        is_new = [pair not in known and min(of_page[pair[0]] & of_page[pair[1]]) == lead for pair in pairs]
        yield from _told(rows[np.array(is_new, np.bool_)], ids, np.diff(taken.firsts)).to_batches(ROWS)


def _words(snapshot: Snapshot, model: sqlite3.Connection, ids: list[str]) -> Words:
    """Return the words of these pages, in the order of their ids."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from retold.stages.matches.texts import words_of

    wanted = pa.array(ids, pa.string())
    batches = {model.execute("SELECT batch FROM reports WHERE page = ?", (page,)).fetchone()["batch"] for page in ids}
    found = pa.concat_tables(reports(snapshot, batches=batches, pages=wanted))
    return words_of(found.take(pc.sort_indices(found.column("page"))), 0)


def _is_inside(starts: NDArray[np.uint32], spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Tell of each word whether it begins in one of the spans."""
    import numpy as np

    found = np.zeros(starts.size, np.bool_)
    for start, end in spans:
        found |= (starts >= start) & (starts < end)
    return found


def _told(rows: NDArray[np.void], ids: list[str], n_words: NDArray[np.int64]) -> pa.Table:
    """Return passages, those of a pair together, as rows of ``matches``."""
    import pyarrow as pa

    from retold.tables.arrow import schema_of

    told: dict[tuple[int, int], list[dict[str, object]]] = {}
    shared: Counter[tuple[int, int]] = Counter()
    for row in rows:
        pair = (int(row["a"]), int(row["b"]))
        kind = MatchType.QUOTE if row["is_quoted"] else MatchType.COPY
        span = dict(zip(("a0", "a1", "b0", "b1"), row["span"].tolist(), strict=True))
        told.setdefault(pair, []).append({**span, "type": str(kind)})
        shared[pair] += int(row["n"])
    found = [
        {
            "a": ids[a],
            "b": ids[b],
            "shared_words": shared[a, b],
            "containment_a": shared[a, b] / int(n_words[a]),
            "containment_b": shared[a, b] / int(n_words[b]),
            "spans": spans,
        }
        for (a, b), spans in told.items()
    ]
    return pa.Table.from_pylist(found, schema=schema_of(t.MATCHES))
