"""The story card: the one sentence that says how many reports and origins a story has, and what only one report has.

The rest of the card (reports, lineage, collation) is laid out by the terminal and the report from the same view.
"""

from __future__ import annotations

from collections import Counter

from retold.views.story_view import OriginCount, StoryView


def card_of(view: StoryView) -> str:
    """Return the sentence at the top of a story.

    For two seed pages of one agency: ``2 reports, 1 origin (AFP); 7 sentences found only in B, 3 only in A``.
    """
    head = f"{_counted(len(view.witnesses), 'report')}, {_how_sure(view)}{_origins_told(view.origins)}"
    if len(view.witnesses) < 2:
        return head
    only = sorted(only_in(view).items(), key=lambda item: (-item[1], item[0]))
    told = [(siglum, count) for siglum, count in only if count][:_MOST_TOLD]
    if not view.loci:
        return f"{head}; no report text was found to compare"
    if not any(pair.n_shared for pair in view.pairs):
        return f"{head}; no sentence in common"
    if not told:
        return f"{head}; every sentence stands in more than one report"
    first, *rest = told
    parts = [f"{_counted(first[1], 'sentence')} found only in {first[0]}"]
    parts += [f"{count} only in {siglum}" for siglum, count in rest]
    return f"{head}; {', '.join(parts)}"


_MOST_TOLD = 4
_SURE = 0.6
"""Below this confidence of an edge its runner-up is nearly as likely, and the count of origins is told as probable."""


def _how_sure(view: StoryView) -> str:
    return "probably " if any(edge.confidence < _SURE for edge in view.edges) else ""


def only_in(view: StoryView) -> Counter[str]:
    """Count for each witness the sentences that no other witness has in any wording."""
    sigla, counts = view.sigla, Counter[str]()
    for locus in view.loci:
        present = [reading for reading in locus.readings if reading.spans]
        if len(present) == 1:
            counts[sigla[present[0].page]] += len(present[0].spans)
    return counts


def _origins_told(origins: tuple[OriginCount, ...]) -> str:
    if not origins:
        return "origin not told"
    n_own = sum(len(origin.reports) for origin in origins if origin.own)
    counted = [(_name_told(origin), len(origin.reports)) for origin in origins if not origin.own]
    counted += [("own", n_own)] if n_own else []
    if len(origins) == 1:
        return f"1 origin ({counted[0][0]})"
    return f"{len(origins)} origins: {', '.join(f'{name} {count}' for name, count in counted)}"


def _name_told(origin: OriginCount) -> str:
    """Return the origin's name; where no source is credited, any of the reports may be the source of the others."""
    if not origin.name.startswith(_UNNAMED):
        return origin.name
    sigla = sorted(origin.reports, key=lambda siglum: (len(siglum), siglum))
    return f"{', '.join(sigla[:_MOST_TOLD])}{' …' if len(sigla) > _MOST_TOLD else ''} or {_UNSEEN}"


_UNNAMED = "unseen source"
"""How the stemma names an origin that no report credits."""
_UNSEEN = "a source none of them names"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
