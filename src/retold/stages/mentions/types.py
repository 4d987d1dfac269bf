"""What a name names: by the lexicon, by words in the name, by the words around it; None where nothing tells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from retold.model.facts import EntityType
from retold.stages.mentions.chunks import Chunk, is_team
from retold.stages.mentions.tokens import Token
from retold.stages.mentions.trade import Trade

MOST_PERSON_WORDS = 4
"""A person's name in news has two to four words; longer runs are headlines and captions run together."""

REACH = 4
"""How many words an apposition's noun may stand from the name ("factions, X", "X, a military network")."""


def type_of(tokens: Sequence[Token], chunk: Chunk, trade: Trade) -> EntityType | None:
    """Return the type that the name and its sentence give, strongest sign first."""
    words = tuple(token.text for token in tokens[chunk.first : chunk.last])
    if is_no_name(tokens, chunk, words, trade):
        return None
    for told in (_by_lexicon, _by_words, _by_context):
        kind = told(tokens, chunk, words, trade)
        if kind is not None:
            return kind
    return None


def is_no_name(tokens: Sequence[Token], chunk: Chunk, words: tuple[str, ...], trade: Trade) -> bool:
    """Tell whether the capitals name nobody: a day, a treaty, an adjective, a body's common word alone."""
    if joined(tokens, chunk) in trade.known:
        return False
    after = tokens[chunk.last].text if chunk.last < len(tokens) else ""
    if len(words) > 1:
        if words[0] in trade.storms or (_is_adjective(words[-1], after, trade) and len(words) == 2):
            return True  # "Hurricane Ann", "a South Asian island"
        return words[-1] in trade.things or words[-1] in _SUPPORTERS or _is_numbered(words)
    if words[0] in trade.organisation_words or words[0] in trade.group_words or words[0] in trade.generic:
        return True
    if (
        words[0] in trade.suffixes
        or words[0] in trade.titles
        or _is_shouted(words[0], trade)
        or _is_cut_off(tokens, chunk)
    ):
        return True
    adjective = _is_adjective(words[0], after, trade)
    inside = chunk.first > 1 and tokens[chunk.first - 1].text == "of" and tokens[chunk.first - 2].cap
    return adjective or (inside and tokens[chunk.first - 2].text not in trade.titles)


def _is_adjective(word: str, after: str, trade: Trade) -> bool:
    """Tell whether a word says whose something is: "Kessarian" in "Kessarian guns", not in "Kessarian said"."""
    ends = word.endswith(("ian", "ean", "ese", "ish"))
    return ends and after.islower() and after.isalpha() and after not in trade.speech


_SUPPORTERS = frozenset({"Democrats", "Democratic", "Republicans", "Republican", "Cabinet"})
"""Last words of phrases that name many people by one name: "Congressional Democrats", "Reed Republicans"."""


def _is_numbered(words: tuple[str, ...]) -> bool:
    """Tell whether a thing is counted and no person: "World War II"."""
    return words[-1] in {"I", "II", "III"} and words[0] in {
        "World",
        "Title",
        "Phase",
        "Part",
        "Article",
        "Chapter",
        "Section",
    }


def _is_shouted(word: str, trade: Trade) -> bool:
    """Tell whether capitals throughout are for force and no acronym: "RIGGED", "BROKEN"."""
    if word.isupper() and len(word) > 1 and word.capitalize() in trade.never:
        return True
    return word.isupper() and len(word) > 3 and word.endswith(("ED", "ING", "EN", "ESS", "LY", "NT"))


def _is_cut_off(tokens: Sequence[Token], chunk: Chunk) -> bool:
    """Tell whether an apostrophe stands right behind with letters that are no genitive: "DOESN'T"."""
    after = tokens[chunk.last : chunk.last + 2]
    if len(after) < 2 or after[0].text not in "'’" or after[0].start != tokens[chunk.last - 1].end:
        return False
    return after[1].start == after[0].end and after[1].text.isalpha()


def joined(tokens: Sequence[Token], chunk: Chunk) -> tuple[str, ...]:
    """Return the words of the chunk, parts joined by a hyphen as one word."""
    words: list[str] = []
    for i in range(chunk.first, chunk.last):
        if words and tokens[i].start == tokens[i - 1].end:
            words[-1] += tokens[i].text
        else:
            words.append(tokens[i].text)
    return tuple(words)


def _by_lexicon(tokens: Sequence[Token], chunk: Chunk, words: tuple[str, ...], trade: Trade) -> EntityType | None:
    known = trade.known.get(joined(tokens, chunk))
    if known is not None:
        # A people's city as a surname: "Mr London", "Chelsea Washington" keep their title's word.
        is_surname = chunk.title in trade.titles and len(words) == 1 and _is_courtesy(chunk)
        return EntityType.PERSON if is_surname and known[0] is EntityType.PLACE else known[0]
    return None


def _is_courtesy(chunk: Chunk) -> bool:
    return chunk.title is not None and chunk.title.rstrip(".") in {"Mr", "Mrs", "Ms", "Miss", "Dr", "Sir"}


def _by_words(tokens: Sequence[Token], chunk: Chunk, words: tuple[str, ...], trade: Trade) -> EntityType | None:
    if words[-1] in trade.broadcaster_endings and len(words) > 1:
        return EntityType.BROADCASTER
    after = tokens[chunk.last].text if chunk.last < len(tokens) else ""
    if len(words) > 1 and (after in _HOUSES or words[-1] == "Room"):
        return EntityType.PLACE  # "the Old Port Office building"
    if chunk.title is not None and len(words) == 2 and words[0] in trade.given:
        return EntityType.PERSON  # "Mayor Ann Hill"
    if any(is_team(tokens, chunk.first, i, chunk.last, trade) for i in range(chunk.first + 1, chunk.last)):
        return EntityType.ORGANISATION
    if len(words) > 1 and (words[-1].lower() in trade.place_after or words[0] in trade.place_first):
        return EntityType.PLACE
    # "International" and the like say something at the end of a name, nothing at its start.
    inside = set(words) - ({words[0]} & trade.generic)
    if len(words) > 1 and inside & trade.organisation_words:
        return EntityType.ORGANISATION
    if len(words) > 1 and inside & trade.group_words:
        return EntityType.GROUP
    if chunk.title is not None:
        return EntityType.PERSON
    if 1 < len(words) <= MOST_PERSON_WORDS and (words[0] in trade.given or words[-1] in trade.suffixes):
        return EntityType.PERSON
    calling = tokens[chunk.first - 1].text if chunk.first else ""
    if 1 < len(words) <= MOST_PERSON_WORDS and calling in trade.callings and words[0].istitle():
        return EntityType.PERSON
    if len(words) > 2 and len(words[1]) == 2 and words[1].endswith("."):
        return EntityType.PERSON
    return None


_HOUSES = frozenset({"building", "hotel", "tower", "skyscraper"})


def _by_context(tokens: Sequence[Token], chunk: Chunk, words: tuple[str, ...], trade: Trade) -> EntityType | None:
    after = [token.text for token in tokens[chunk.last : chunk.last + REACH + 2]]
    before = [token.text for token in tokens[max(0, chunk.first - REACH) : chunk.first]]
    if _is_party(after, before) and len(words) <= MOST_PERSON_WORDS and words[0].istitle():
        return EntityType.PERSON if len(words) == 1 else EntityType.ORGANISATION  # "Poe v. Norland"
    apposed = _apposed(after) | _appositive(before)
    if apposed & (trade.roles | trade.callings) and 2 <= len(words) <= MOST_PERSON_WORDS:
        return EntityType.PERSON
    if apposed & trade.group_nouns:
        return EntityType.GROUP
    if apposed & trade.organisation_nouns:
        return EntityType.ORGANISATION
    if _is_acronym(words) and not _is_in_capitals(tokens, chunk):
        return EntityType.ORGANISATION
    return _place_by_context(after, before, trade) or _person_by_context(after, before, words, trade)


def _is_party(after: Sequence[str], before: Sequence[str]) -> bool:
    """Tell whether the name is a side of a case at court."""
    return after[:1] in (["v."], ["v"]) or before[-1:] in (["v."], ["v"]) or before[-2:] == ["v", "."]


def _place_by_context(after: Sequence[str], before: Sequence[str], trade: Trade) -> EntityType | None:
    if len(after) > 1 and after[0] in {"'s", "’s"} and after[1] in trade.of_a_country:
        return EntityType.TERRITORY
    if before and before[-1] in {"neighboring", "neighbouring"}:
        return EntityType.TERRITORY
    if after[:1] and (after[0] in trade.place_followers or (after[0] in trade.place_after and len(after[0]) > 3)):
        return EntityType.PLACE
    if " ".join(after[:2]) in trade.place_after or any(tuple(before[-n:]) in trade.place_before for n in (1, 2)):
        return EntityType.PLACE
    if before and before[-1] in trade.place_prepositions and before[-1] in {"in", "near", "outside"}:
        return EntityType.PLACE
    return None


def _person_by_context(
    after: Sequence[str], before: Sequence[str], words: Sequence[str], trade: Trade
) -> EntityType | None:
    """Tell a person by what persons do and have: they speak, they are "who", they have an age."""
    if not 2 <= len(words) <= 4 or words[0].isupper():
        return None
    speaks = bool(after) and after[0] in trade.speech
    spoken = (
        bool(before) and before[-1] in trade.speech - {"told", "asked"} and bool(after) and after[0] in {",", ".", "of"}
    )
    described = len(after) > 2 and after[0] == "," and (after[1] == "who" or _is_age(after[1:3]))
    return EntityType.PERSON if speaks or spoken or described else None


def _is_age(after: Sequence[str]) -> bool:
    return len(after) == 2 and after[0].isdigit() and len(after[0]) == 2 and after[1] in {",", "."}


def _is_acronym(words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0].isupper() and words[0].isalpha() and 2 <= len(words[0]) <= 6


def _is_in_capitals(tokens: Sequence[Token], chunk: Chunk) -> bool:
    """Tell whether the words around stand in capitals too, so that capitals tell nothing: "TRIAL FOR THEFT OPENS"."""
    around = [*tokens[max(0, chunk.first - NEAR) : chunk.first], *tokens[chunk.last : chunk.last + NEAR]]
    return sum(token.text.isupper() and token.text.isalpha() and len(token.text) > 1 for token in around) > NEAR // 2


NEAR = 4
"""Words on either side; with three of them in capitals a headline is set so."""


def _apposed(after: Sequence[str]) -> set[str]:
    """Return the words of an apposition after the name: ", a military network"; owners in it do not count."""
    if len(after) < 3 or after[0] != "," or after[1].lower() not in _DETERMINERS:
        return set()
    tail = [*after[2:], ""]
    return {word for word, later in pairwise(tail) if word.islower() and later not in {"'s", "’s", "'"}}


_DETERMINERS = frozenset({"a", "an", "the", "one", "its", "his", "her"})


def _appositive(before: Sequence[str]) -> set[str]:
    """Return the noun that the name explains: "factions, X"; "the group X"."""
    if not before:
        return set()
    return {before[-2]} if before[-1] == "," and len(before) > 1 else {before[-1]}
