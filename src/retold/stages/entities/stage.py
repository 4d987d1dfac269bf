"""The stage itself: joins the names of a story, weakest names to the one full name they can stand for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from retold.engine.stage import Stage, Written
from retold.model.facts import Entity, EntityType, Mention
from retold.model.page import Page, PageId, Pointer
from retold.model.story import Alignment, EditKind, StoryId
from retold.stages.entities.alone import surnames_alone
from retold.stages.entities.surnames import Name, meant_by_surname, with_reign
from retold.stages.entities.variants import BODIES, is_younger, known_bodies, known_keys, why_one, without_nation
from retold.tables.table import ALIGNMENTS, ENTITIES, MENTIONS, PAGES, SENTENCES, STORIES, Grain, Rows

_OWNER = re.compile(r"\b(?:[A-Z][\w-]*\s){0,2}[A-Z][\w-]*['’]s\s\Z")


def join_entities(rows: Rows) -> Written:
    """Return the entities of the story, in order of first mention."""
    (story,) = rows.rows(STORIES)
    pages = {page.page: page for page in rows.rows(PAGES)}
    order = {page: i for i, page in enumerate(story.pages)}
    mentions = list(rows.rows(MENTIONS))
    mentions += surnames_alone(mentions, pages, rows.rows(SENTENCES))
    mentions.sort(key=lambda m: (order[m.page], m.span))
    kinds = _kinds_by_vote(mentions)
    mentions = [replace(m, type=kinds[m.key]) if kinds[m.key] is not m.type else m for m in mentions]
    mentions = [replace(m, key=with_reign(m, pages[m.page].text[: m.span.start][-12:])) for m in mentions]
    names: dict[Name, list[Mention]] = defaultdict(list)
    for mention in mentions:
        names[_family(mention.type), mention.key].append(mention)
    groups = _Groups(names)
    shown = {name: _shown(name, found, pages) for name, found in names.items()}
    _join_same_slots(groups, rows.rows(ALIGNMENTS), mentions)
    _join_by_form(groups, shown, names)
    _join_by_page(groups, shown, names)
    told = [[name for name in group if names[name]] for group in groups.all()]
    return {ENTITIES: [_entity(story.story, group, names, pages, groups) for group in told if group]}


def _kinds_by_vote(mentions: Sequence[Mention]) -> dict[str, EntityType]:
    """Return the type of every name as the story's reports vote, one voice a report; ties to the first in order."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for _, key, kind in sorted({(m.page, m.key, m.type) for m in mentions}):
        votes[key][kind] += 1
    kinds = {key: max(sorted(counts), key=lambda kind: counts[kind]) for key, counts in votes.items()}
    surnames = {key.split()[-1] for key, kind in kinds.items() if kind is EntityType.PERSON and " " in key}
    persons = {key for key in surnames if kinds.get(key) in _MISTAKEN and key not in known_keys()}
    return kinds | dict.fromkeys(sorted(persons), EntityType.PERSON)


_MISTAKEN = frozenset({EntityType.TERRITORY, EntityType.PLACE})
"""What "Poe's army" makes of a surname on a page that never prints the full name."""


def _family(kind: EntityType) -> EntityType:
    return EntityType.GROUP if kind in BODIES else kind


class _Groups:
    """Names in disjoint groups, with the proof of each joining."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._root: dict[Name, Name] = {name: name for name in names}
        self._proofs: dict[Name, list[str]] = defaultdict(list)
        self._order = list(self._root)

    def of(self, name: Name) -> Name:
        """Return the name that stands for the group."""
        while self._root[name] != name:
            name = self._root[name]
        return name

    def join(self, a: Name, b: Name, proof: str) -> None:
        """Make the groups of a and b one."""
        root_a, root_b = sorted((self.of(a), self.of(b)), key=self._order.index)
        if root_a == root_b:
            return
        self._root[root_b] = root_a
        self._proofs[root_a] += [*self._proofs.pop(root_b, []), proof]

    def note(self, name: Name, proof: str) -> None:
        """Add a proof to the group of the name."""
        self._proofs[self.of(name)].append(proof)

    def is_joined(self, name: Name) -> bool:
        """Tell whether the name stands for others too."""
        return any(other != name and self.of(other) == name for other in self._order)

    def proofs(self, name: Name) -> tuple[str, ...]:
        """Return the proofs that made the group of this name, in a fixed order."""
        return tuple(sorted(self._proofs.get(self.of(name), [])))

    def all(self) -> list[list[Name]]:
        """Return the groups, each in order of first mention."""
        groups: dict[Name, list[Name]] = {}
        for name in self._order:
            groups.setdefault(self.of(name), []).append(name)
        return list(groups.values())


def _shown(name: Name, mentions: Sequence[Mention], pages: Mapping[PageId, Page]) -> str:
    """Return the form of the name printed most, ties to the first."""
    counts = Counter(_printed(mention, pages) for mention in mentions)
    form = max(counts, key=lambda form: (counts[form], form[:1].isupper()))
    is_reign = name[0] is EntityType.PERSON and " " in name[1] and " " not in form
    return name[1].title() if is_reign else form


def _printed(mention: Mention, pages: Mapping[PageId, Page]) -> str:
    return pages[mention.page].text[mention.span.start : mention.span.end]


def _join_same_slots(groups: _Groups, alignments: Sequence[Alignment], mentions: Sequence[Mention]) -> None:
    """Join names that stand in the same slot of aligned sentences and differ in spelling only."""
    by_page: dict[PageId, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_page[mention.page].append(mention)
    for alignment in alignments:
        for edit in alignment.edits:
            if EditKind.NAME_SPELLING not in edit.kinds:
                continue
            in_a = [m for m in by_page[alignment.a] if m.span.overlaps(edit.a)]
            in_b = [m for m in by_page[alignment.b] if m.span.overlaps(edit.b)]
            if len(in_a) == len(in_b) == 1 and _family(in_a[0].type) is _family(in_b[0].type):
                proof = f"'{in_a[0].key}' and '{in_b[0].key}' stand in the same place of one sentence"
                groups.join((_family(in_a[0].type), in_a[0].key), (_family(in_b[0].type), in_b[0].key), proof)


def _join_by_form(groups: _Groups, shown: Mapping[Name, str], names: Mapping[Name, Sequence[Mention]]) -> None:
    """Join names whose form proves them one, where a short name has one full name it can stand for."""
    _join_nations(groups, shown)
    for name in sorted(names, key=lambda n: (-len(n[1].split()), n[1])):
        fits: dict[Name, str] = {}
        for other in names:
            if other == name or other[0] is not name[0] or len(other[1].split()) < len(name[1].split()):
                continue
            proof = why_one(shown[name], shown[other], name[0])
            if proof is not None and not _is_other_generation(names, name, other):
                fits.setdefault(groups.of(other), proof)
        rivals = {root: proof for root, proof in fits.items() if root != groups.of(name)}
        if len(rivals) == 1 and not (len(fits) > len(rivals)):
            ((root, proof),) = rivals.items()
            groups.join(name, root, proof)


def _join_nations(groups: _Groups, shown: Mapping[Name, str]) -> None:
    """Join "U.S. Congress" and "Congress" before shorter forms look for the one name they stand for."""
    bodies: dict[str, Name] = {}
    for name in shown:
        if name[0] is EntityType.GROUP:
            known = bodies.setdefault(without_nation(shown[name]), name)
            if known != name:
                groups.join(known, name, f"'{shown[name]}' and '{shown[known]}' are one country's")


def _is_other_generation(names: Mapping[Name, Sequence[Mention]], a: Name, b: Name) -> bool:
    """Tell whether one page prints both "Carl Poe" and "Carl Poe Jr.": those are two people."""
    if a[0] is not EntityType.PERSON or is_younger(a[1]) == is_younger(b[1]) or " " not in a[1] or " " not in b[1]:
        return False
    return bool({m.page for m in names[a]} & {m.page for m in names[b]})


def _join_by_page(groups: _Groups, shown: Mapping[Name, str], names: dict[Name, list[Mention]]) -> None:
    """Give the mentions of a surname that several people bear to whom each page means by it."""
    for surname in [name for name in names if name[0] is EntityType.PERSON and " " not in name[1]]:
        if groups.of(surname) != surname or groups.is_joined(surname):
            continue
        meant = meant_by_surname(surname, names, groups.of)
        for full in dict.fromkeys(meant.values()):
            moved = [m for m in names[surname] if meant.get(m.page) == full]
            names[full] = [*names[full], *moved]
            groups.note(full, f"'{shown[surname]}' is the last name of '{shown[full]}'")
        names[surname] = [m for m in names[surname] if m.page not in meant]


def _entity(
    story: StoryId,
    group: Sequence[Name],
    names: Mapping[Name, Sequence[Mention]],
    pages: Mapping[PageId, Page],
    groups: _Groups,
) -> Entity:
    mentions = [mention for name in group for mention in names[name]]
    variants = list(dict.fromkeys(_printed(mention, pages) for mention in mentions))
    persons = {key.split()[-1] for kind, key in names if kind is EntityType.PERSON}
    variants += [form for form in _owned(mentions, pages, persons) if form not in variants]
    kinds = Counter(mention.type for mention in mentions)
    kind = max(sorted(kinds), key=lambda k: kinds[k])
    name = _best_name(mentions, pages)
    return Entity(
        story=story,
        entity=f"{kind.value}:{'-'.join(name.casefold().split())}",
        type=kind,
        name=name,
        variants=tuple(variants),
        mentions=tuple(Pointer(m.page, m.span.start, m.span.end) for m in mentions),
        because=groups.proofs(group[0]),
    )


def _best_name(mentions: Sequence[Mention], pages: Mapping[PageId, Page]) -> str:
    """Return the fullest form printed with capitals; of equally full ones the most frequent, then the first."""
    counts = Counter(_printed(mention, pages) for mention in mentions)
    first = {form: -i for i, form in enumerate(counts)}
    return max(counts, key=lambda form: (form[:1].isupper(), len(form.split()), counts[form], first[form]))


_WHEN = re.compile(
    r"(?:\w+day|Today|Tomorrow|January|February|March|April|June|July|August|September|October|November|December)['’]s"
)


def _owned(mentions: Sequence[Mention], pages: Mapping[PageId, Page], persons: Set[str]) -> list[str]:
    """Return the forms that name the owner as well: "Orvania's Coast Guard"; ``persons`` own no such bodies."""
    forms: list[str] = []
    for mention in mentions:
        if mention.type not in BODIES or mention.key in {word.casefold() for word in known_bodies()}:
            continue  # "Orvania's NATO bid" is no other NATO
        text, start = pages[mention.page].text, mention.span.start
        owner = _OWNER.search(text, max(0, start - 40), start)
        if owner is None or owner.group().split()[-1][:-2].casefold() in persons:
            continue  # "Poe's Coast Guard"
        if not _WHEN.match(owner.group()):
            forms.append(" ".join(text[owner.start() : mention.span.end].split()))
    return list(dict.fromkeys(forms))


STAGE = Stage(
    name="entities",
    reads=(STORIES, PAGES, SENTENCES, MENTIONS, ALIGNMENTS),
    writes=(ENTITIES,),
    grain=Grain.STORY,
    version=4,
    run=join_entities,
)
