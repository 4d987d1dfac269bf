"""What people overruled of a story's lineage and names, applied to the story when it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retold.engine.memory import MemoryTables
from retold.model.facts import Entity
from retold.model.fix import Fix, FixKind
from retold.model.story import Derivation, StemmaEdge, Story
from retold.tables import table as t


def amend(tables: MemoryTables, story: Story, fixes: Sequence[Fix]) -> None:
    """Change the rows of a story as the fixes want; those about other stories do nothing."""
    for fix in fixes:
        if fix.kind is FixKind.ALIAS:
            tables.put(t.ENTITIES, _one_entity(tables.rows(t.ENTITIES), fix))
        elif fix.kind is FixKind.EDGE and {fix.pages[0], fix.others[0]} <= set(story.pages):
            _amend_edge(tables, story, fix)


def _one_entity(entities: Sequence[Entity], fix: Fix) -> list[Entity]:
    """Return the entities with those that have the two names as one, under the first name."""
    names = {name.casefold() for name in fix.words}
    meant = [one for one in entities if names & {name.casefold() for name in (one.name, *one.variants)}]
    if len(meant) < 2:
        return list(entities)
    joined = replace(
        meant[0],
        name=fix.words[0],
        variants=tuple(dict.fromkeys(name for one in meant for name in (*one.variants, one.name))),
        mentions=tuple(
            sorted((pointer for one in meant for pointer in one.mentions), key=lambda p: (p.page, p.start, p.end))
        ),
        because=(*(why for one in meant for why in one.because), f"{fix.words[1]} is {fix.words[0]}: {fix.says}"),
    )
    return [joined if one is meant[0] else one for one in entities if one is meant[0] or one not in meant]


def _amend_edge(tables: MemoryTables, story: Story, fix: Fix) -> None:
    carrier, source = fix.pages[0], fix.others[0]
    edges = tables.rows(t.STEMMA_EDGES)
    if fix.words[0] != "from":
        tables.put(t.STEMMA_EDGES, [one for one in edges if (one.source, one.target) != (source, carrier)])
        return
    before = [one for one in edges if one.target == carrier and not one.contamination]
    turned = [one for one in edges if (one.source, one.target) == (carrier, source)]
    runner_up = f"without that word: from {{{before[0].source}}}" if before else None
    new = StemmaEdge(story.story, source, carrier, 1.0, (fix.says,), runner_up)
    tables.put(t.STEMMA_EDGES, [*(one for one in edges if one not in before and one not in turned), new])
    origins = {one.page: one for one in tables.rows(t.REPORT_ORIGINS)}
    if carrier in origins and source in origins:
        own = origins[carrier]
        derivation = own.derivation if own.derivation is not Derivation.NOT else Derivation.PARTLY
        told = replace(own, origin=origins[source].source_name, derivation=derivation, because=(*own.because, fix.says))
        tables.put(t.REPORT_ORIGINS, [told if one.page == carrier else one for one in origins.values()])
