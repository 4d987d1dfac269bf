"""The stage itself: names of every sentence, typed, and the later short forms of names the page has in full."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise

from retold.engine.stage import Stage, Written
from retold.model.facts import EntityType, Mention
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.plain.link_text import without_link_text
from retold.stages.mentions.chunks import Chunk, chunks_of
from retold.stages.mentions.tokens import Token, tokens_of
from retold.stages.mentions.trade import Trade, trade
from retold.stages.mentions.types import is_no_name, joined, type_of
from retold.tables.table import MENTIONS, PAGES, SEGMENTS, SENTENCES, Grain, Rows
from retold.text.spans import Span
from retold.text.words import key_of

_LOWER = re.compile(r"(?<![\w'’])[a-z][\w'’]*")
# In headlines every word may be capitalised; names there are found by what the rest of the page calls so.
_NOT_READ = frozenset({SegmentKind.HEADLINE, SegmentKind.CROSSHEAD})


def mark_mentions(rows: Rows) -> Written:
    """Return the names of the page, in order."""
    (page,) = rows.rows(PAGES)
    sentences = rows.rows(SENTENCES)
    names = trade()
    text = without_link_text(page.text)  # names in headlines of other stories are none of this page's
    common = frozenset(_LOWER.findall(text))
    found = [
        (sentence, tokens, chunk)
        for sentence in sentences
        if sentence.kind not in _NOT_READ
        for tokens in [tokens_of(text, sentence.span)]
        for chunk in chunks_of(tokens, names, common)
    ]
    types = _page_types(found, names)
    mentions = [mention for item in found if (mention := _mention(page.page, item, types, names)) is not None]
    mentions += _repeats_in_lower_case(page.page, text, sentences, mentions)
    return {MENTIONS: sorted(mentions, key=lambda mention: mention.span)}


Found = tuple[Sentence, list[Token], Chunk]


def _page_types(found: list[Found], names: Trade) -> dict[tuple[str, ...], EntityType]:
    """Return the type of each name as the page's mentions vote; a surname takes its full name's type."""
    votes: dict[tuple[str, ...], Counter[EntityType]] = defaultdict(Counter)
    for _, tokens, chunk in found:
        kind = type_of(tokens, chunk, names)
        if kind is not None:
            votes[joined(tokens, chunk)][kind] += 1
    for before, item in pairwise(found):
        after_a_person = type_of(before[1], before[2], names) is EntityType.PERSON and _is_named_with(before, item)
        if after_a_person and type_of(item[1], item[2], names) is None:
            votes[joined(item[1], item[2])][EntityType.PERSON] += 1
    types = {name: max(sorted(counts), key=lambda kind: counts[kind]) for name, counts in votes.items()}
    types |= _persons_by_surname(found, types, names)
    for name, kind in sorted(types.items()):
        if kind is EntityType.PERSON and len(name) > 1:
            if name[-1:] not in names.known and not _is_place_too(found, name[-1:]):
                types[name[-1:]] = kind
            types.setdefault(name[-1:], kind)
        elif kind in {EntityType.GROUP, EntityType.ORGANISATION} and len(name) > 1 and name[0] not in names.generic:
            types.setdefault(name[:1], kind)
    for _, tokens, chunk in found:
        words = joined(tokens, chunk)
        if len(words) > 1 and words[0] in names.storms:
            types.pop(words[-1:], None)
        if _is_short_for_thing(tokens, chunk, names):
            types.pop(words, None)
    return types


def _is_short_for_thing(tokens: list[Token], chunk: Chunk, names: Trade) -> bool:
    """Tell whether the name in brackets is short for a law, a treaty or a programme: "the Harbour Act (HARA)"."""
    i = chunk.first
    is_short = chunk.last - i == 1 and tokens[i].text.isupper() and i > 1 and tokens[i - 1].text == "("
    return is_short and (tokens[i - 2].text in names.things or tokens[i - 2].text in _LAWS)


_LAWS = frozenset({"Act", "Agreement", "Program", "Programme", "Plan", "Treaty", "Accord", "Action", "Pact", "Deal"})


def _persons_by_surname(
    found: list[Found], types: Mapping[tuple[str, ...], EntityType], names: Trade
) -> dict[tuple[str, ...], EntityType]:
    """Return names of two or three words that nothing typed and whose last word the page prints alone too.

    "Sumeth Atapa was seen. Atapa left.": bodies and places are seldom called by their last word alone.
    """
    alone = {joined(tokens, chunk)[0] for _, tokens, chunk in found if len(joined(tokens, chunk)) == 1}
    owned = {name[-1] for name, kind in types.items() if kind is EntityType.PERSON and len(name) > 1}
    taken: dict[tuple[str, ...], EntityType] = {}
    for _, tokens, chunk in found:
        words = joined(tokens, chunk)
        if words in types or len(words) not in {2, 3} or words[-1] not in alone - owned or words[-1:] in names.known:
            continue
        if chunk.first and tokens[chunk.first - 1].text in {"the", "The", '"', "“", "‘"}:
            continue
        plain = all(word.istitle() for word in words) and not words[-1].endswith("s")
        if plain and not is_no_name(tokens, chunk, words, names) and words[0] not in names.generic:
            taken[words] = EntityType.PERSON
    return taken


def _is_place_too(found: list[Found], name: tuple[str, ...]) -> bool:
    """Tell whether the page says twice or more that something is in what has this name."""
    n_inside = 0
    for _, tokens, chunk in found:
        if joined(tokens, chunk) == name and chunk.first and tokens[chunk.first - 1].text in {"in", "near", "outside"}:
            n_inside += 1
    return n_inside >= TIMES_A_PLACE


TIMES_A_PLACE = 2
"""A surname after "in" once is a slip or a house ("in McCain"); twice it is a town of that name."""


def _is_named_with(before: Found, item: Found) -> bool:
    """Tell whether a name of two or three words is joined to the one before it: "Ann Poe and Carl Roe"."""
    (_, tokens, first), (_, others, second) = before, item
    if tokens is not others or second.first != first.last + 1 or tokens[first.last].text != "and":
        return False
    return 2 <= second.last - second.first <= 3 and all(t.cap for t in tokens[second.first : second.last])


def _mention(page: PageId, item: Found, types: dict[tuple[str, ...], EntityType], names: Trade) -> Mention | None:
    _, tokens, chunk = item
    words = joined(tokens, chunk)
    opens = len(words) > 2 or (words not in types and tokens[chunk.first].first)
    if len(words) > 1 and types.get(words[1:]) is EntityType.PERSON and opens:
        chunk, words = chunk._replace(first=chunk.first + 1), words[1:]  # "Crooked Ann Poe", "Trolling Poe"
    first, last = tokens[chunk.first], tokens[chunk.last - 1]
    if is_no_name(tokens, chunk, words, names):
        return None
    if len(words) == 1 and (words[0] in names.peoples or words[0] in names.broadcaster_endings):
        return None
    kind = types.get(words)
    if kind is None:
        return None
    known = names.known.get(words)
    key = " ".join(key_of(word) for word in (known[1].split() if known else words))
    return Mention(page, Span(first.start, last.end), kind, key)


def _repeats_in_lower_case(
    page: PageId, text: str, sentences: tuple[Sentence, ...], mentions: list[Mention]
) -> list[Mention]:
    """Find names of three words or more that the page also prints without capitals, and in headlines."""
    repeats: list[Mention] = []
    taken = {mention.span for mention in mentions}
    names = {mention.key: mention for mention in mentions if text[slice(*mention.span)].count(" ") >= 2}
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    for key, mention in sorted(names.items()):
        wanted = text[slice(*mention.span)].lower()
        at = lowered.find(wanted)
        while at >= 0:
            span = Span(at, at + len(wanted))
            inside = any(sentence.start <= at and span.end <= sentence.end for sentence in sentences)
            if inside and not any(span.overlaps(other) for other in taken):
                repeats.append(Mention(page, span, mention.type, key))
                taken.add(span)
            at = lowered.find(wanted, span.end)
    return repeats


STAGE = Stage(
    name="mentions",
    reads=(PAGES, SEGMENTS, SENTENCES),
    writes=(MENTIONS,),
    grain=Grain.PAGE,
    version=5,
    run=mark_mentions,
)
