"""Who copied whom on real pairs whose wire original is known, with every name of an outlet or agency masked.

    python -m bench.masked_direction

Of the pairs of ``reuse-pairs.jsonl`` the agency's own report is ``a``. Its name, the other outlet's and those of all
agencies are replaced in titles and texts by a word that is no name of any; outlet, address and authors are left out of
the metadata, the day stays. What is left to tell the direction by are the text and the clock. No text is shown.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

from retold.engine.memory import MemoryTables, run_stages
from retold.lexicon.agencies import agencies_in
from retold.model.page import Block, Characters, Page, PageFormat, page_id_of
from retold.model.report import MetaField, MetaValue
from retold.model.story import Story, StoryId
from retold.stages import collation, marks, matches, segments, sentences, stemma
from retold.stages.stemma.naming import outlet_forms
from retold.tables import table as t

MASK = "Xxxxx"
SAFE_CONTAINMENT = 0.5
"""From here on the direction is safe (data/README.md); below, the two may share quotations only."""


def shared_folder() -> Path:
    """Return the folder of the measuring data."""
    return Path(os.environ.get("RETOLD_SHARED") or Path(__file__).parents[2] / "shared")


def known_pairs(shared: Path) -> Iterator[tuple[float, dict[str, Any], dict[str, Any]]]:
    """Give the pairs whose wire original is known, with their containment; the original comes first."""
    folder = shared / "data" / "stories" / "allsides"
    lines = (folder / "reuse-pairs.jsonl").read_text("utf-8").splitlines()
    pairs = [pair for pair in map(json.loads, lines) if pair["wire_original"] == "a"]
    wanted = {pair[side] for pair in pairs for side in "ab"}
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8", errors="surrogatepass") as handle:
        articles = {record["id"]: record for record in map(json.loads, handle) if record["id"] in wanted}
    for pair in pairs:
        yield pair["containment5"], articles[pair["a"]], articles[pair["b"]]


def masked(text: str, outlets: Sequence[str]) -> str:
    """Return the text with every name of these outlets and of any agency masked.

    >>> masked("KELL (AP) - The Ossel Post told Reuters so.", ["The Ossel Post"])
    'KELL (Xxxxx) - The Xxxxx told Xxxxx so.'
    """
    for form in sorted({form for outlet in outlets for form in outlet_forms(outlet)}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", MASK, text, flags=re.IGNORECASE)
    for named in reversed(agencies_in(text)):
        text = text[: named.span.start] + MASK + text[named.span.end :]
    return text


def direction(wire: Mapping[str, Any], carrier: Mapping[str, Any]) -> str:
    """Return "right", "wrong" or "not told" for the direction between a wire original and its carrier."""
    outlets = [wire["source"], carrier["source"]]
    tables = MemoryTables()
    names: dict[str, str] = {}
    for record in (wire, carrier):
        text = masked(f"{record['title']}\n\n{record['text']}", outlets)
        name = hashlib.sha256(record["id"].encode()).hexdigest()[:12]
        page = page_id_of(name, text.encode("utf-8", "surrogatepass"))
        names[page] = "wire" if record is wire else "carrier"
        row = Page(page, name, None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))
        lines = [Block(page, m.start(), m.end(), "line") for m in re.finditer(r"[^\n]+\n*|\n+", text)]
        tables.put(t.PAGES, (*tables.rows(t.PAGES), row))
        tables.put(t.BLOCKS, (*tables.rows(t.BLOCKS), *lines))
        if record["date_from"] == "field":
            day = MetaValue(page, MetaField.PUBLISHED, record["date"], "record")
            tables.put(t.META, (*tables.rows(t.META), day))
    story = StoryId("0" * 32)
    tables.put(t.STORIES, [Story(story, story, "", None, None, tuple(page.page for page in tables.rows(t.PAGES)))])
    run_stages(tables, [segments.STAGE, marks.STAGE, sentences.STAGE, matches.STAGE, collation.STAGE, stemma.STAGE])
    told = {(names.get(edge.source), names.get(edge.target)) for edge in tables.rows(t.STEMMA_EDGES)}
    if ("wire", "carrier") in told:
        return "right"
    return "wrong" if ("carrier", "wire") in told else "not told"


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return the interval of a share by Wilson's score.

    >>> tuple(round(end, 2) for end in wilson(9, 10))
    (0.6, 0.98)
    """
    if not n:
        return 0.0, 1.0
    share, z2 = right / n, z * z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return middle - reach, middle + reach


def counted(shared: Path, least: float = 0.0) -> Counter[str]:
    """Count the directions told of the pairs of at least this containment."""
    return Counter(direction(a, b) for containment, a, b in known_pairs(shared) if containment >= least)


def main() -> None:
    """Print the counts with Wilson's interval of the share right among those told."""
    for least in (0.0, SAFE_CONTAINMENT):
        found = counted(shared_folder(), least)
        n_told = found["right"] + found["wrong"]
        low, high = wilson(found["right"], n_told)
        counts = ", ".join(f"{name} {found[name]}" for name in ("right", "wrong", "not told"))
        share = found["right"] / max(1, n_told)
        print(
            f"containment from {least}: {found.total()} pairs, direction {counts}; right of told {share:.3f}", end=" "
        )
        print(f"[{low:.2f}, {high:.2f}]")


if __name__ == "__main__":
    main()
