"""What is won where several pages of an outlet are at hand: `python -m bench.repeats [SET ...]`.

Labels the pages of every outlet with several of them in pages/fundus and pages/trafilatura, each page alone and with
what its outlet repeats, and prints both figures, on sealed and on open pages.
"""

from __future__ import annotations

import gzip
import json
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from bench.fit_segments import Judged, body_f, segments_f
from bench.segment_gold import DATA, Example
from retold.model.page import PageId, Repeat
from retold.model.report import SegmentKind
from retold.readers.read import ReadPage, read_source
from retold.stages.repeats import outlet_key, repeats_among
from retold.stages.segments import segment_page

_PROSE = frozenset({SegmentKind.BODY, SegmentKind.STANDFIRST, SegmentKind.PULLQUOTE})
FIGURES: dict[str, tuple[str, Callable[[Judged], float]]] = {
    "fundus": ("body F", body_f),
    "trafilatura": ("segments F", lambda judged: segments_f(judged, _PROSE)),
}


def pages_of(name: str) -> Iterator[tuple[dict[str, str], ReadPage]]:
    """Give the pages of a set with their gold records."""
    with tarfile.open(DATA / "pages" / f"{name}.tar.gz") as bundle:
        for line in bundle.extractfile("gold.jsonl").read().decode("utf-8").splitlines():  # type: ignore[union-attr]  # is a file
            gold = json.loads(line)
            raw = gzip.decompress(bundle.extractfile(gold["file"]).read())  # type: ignore[union-attr]  # is a file
            if isinstance(read := read_source(gold["url"] or gold["id"], raw), ReadPage):
                yield gold, read


def judged(
    name: str, gold: dict[str, str], read: ReadPage, repeats: Sequence[Repeat]
) -> tuple[Example, list[SegmentKind]]:
    """Return the page and the kinds of its segments, labelled with these repeats."""
    segments = segment_page(read.page, read.blocks, read.declared, repeats)
    starts = tuple(segment.start for segment in segments)
    example = Example(name, gold, "", read.page.text, starts, (), (), (), (), ())
    return example, [segment.kind for segment in segments]


def main(names: Sequence[str]) -> None:
    """Print one row a set."""
    print(
        "set: outlets with several pages, their pages, pages labelled otherwise; sealed alone / together, open the same"
    )
    for name in names:
        found = list(pages_of(name))
        n_pages = Counter(outlet_key(read.page, read.declared) for _, read in found)
        several = [(gold, read) for gold, read in found if n_pages[outlet_key(read.page, read.declared)] > 1]
        repeats: dict[PageId, list[Repeat]] = defaultdict(list)
        for repeat in repeats_among((read.page, read.blocks, read.declared) for _, read in several):
            repeats[repeat.page].append(repeat)
        alone = [judged(name, gold, read, ()) for gold, read in several]
        together = [judged(name, gold, read, repeats[read.page.page]) for gold, read in several]
        n_other = sum(one != other for (_, one), (_, other) in zip(alone, together, strict=True))
        what, figure = FIGURES[name]
        figures = [
            f"{figure([one for one in pages if one[0].is_sealed is sealed]):.3f}"
            for sealed in (True, False)
            for pages in (alone, together)
        ]
        print(name, sum(n > 1 for n in n_pages.values()), len(several), n_other, what, *figures)


if __name__ == "__main__":
    main(sys.argv[1:] or list(FIGURES))
