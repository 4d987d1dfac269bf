"""Name chunks of a sentence: runs of capitalised words with the particles and numbers that belong to them.

A chunk is then cut at titles and at names the lexicon knows, so that "Orvanian Coast Guard General Yusuf Poe"
gives a people, a body, a title and a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retold.model.facts import EntityType
from retold.stages.mentions.tokens import Token
from retold.stages.mentions.trade import Trade


class Chunk(NamedTuple):
    """Tokens ``[first, last)`` that may be one name, and the title or role right before it."""

    first: int
    last: int
    title: str | None


def chunks_of(tokens: Sequence[Token], trade: Trade, common: frozenset[str]) -> list[Chunk]:
    """Return the possible names of a sentence, in order.

    ``common`` holds words the page also prints in lower case: they do not begin a name at the start of a sentence.
    """
    found: list[Chunk] = []
    i = 0
    while i < len(tokens):
        if not _may_begin(tokens, i, trade, common):
            i += 1
            continue
        last = _end_of_run(tokens, i, trade)
        found.extend(_cut(tokens, i, last, trade))
        i = last
    return found


def _may_begin(tokens: Sequence[Token], i: int, trade: Trade, common: frozenset[str]) -> bool:
    token = tokens[i]
    if _is_particle(tokens, i, trade) and i + 2 < len(tokens) and tokens[i + 1].text in "-‐‑" and tokens[i + 2].cap:
        return True
    if not token.cap or _is_office(tokens, i, trade):
        return False
    known = _known_at(tokens, i, trade) > 0
    if token.text in trade.never and not known and not _opens_body(tokens, i, trade):
        return False
    single = i + 1 >= len(tokens) or not tokens[i + 1].cap
    opens = token.first or (i > 0 and tokens[i - 1].text in '“"‘:•(')
    return not (opens and single and token.text.lower() in common and not known)


def _opens_body(tokens: Sequence[Token], i: int, trade: Trade) -> bool:
    """Tell whether "State" begins or goes on a body's name: "Losk State University", "the State Council"."""
    return tokens[i].text == "State" and _body_word(tokens, i + 1, trade)


def _is_office(tokens: Sequence[Token], i: int, trade: Trade) -> bool:
    """Tell whether a word says what somebody is in charge of: "Secretary of Defense Ann Poe"."""
    of = i - 1
    while of > 1 and tokens[of].text in _OFFICES:
        of -= 1
    if of < 1 or tokens[i].text not in _OFFICES or tokens[of].text != "of":
        return False
    return tokens[of - 1].text in trade.titles or tokens[of - 1].text in trade.roles


_OFFICES = frozenset(
    {
        "Defense", "Defence", "Treasury", "Labor", "Labour", "Commerce", "Energy", "Interior", "Education",
        "Agriculture", "Health", "Transportation", "Transport", "Justice", "Finance", "Staff", "State", "Homeland",
        "Security", "Veterans", "Affairs", "Housing", "Police", "War", "Naval", "Operations", "Foreign", "National",
    }
)  # fmt: skip


def _end_of_run(tokens: Sequence[Token], i: int, trade: Trade) -> int:
    """Return the index after the run of name words that begins at i; known names hold small words too."""
    last = i + max(1, _known_at(tokens, i, trade))
    while last < len(tokens):
        token, before = tokens[last], tokens[last - 1]
        spaced = token.start > before.end
        if token.cap and token.text == before.text and token.text.isalpha():
            break  # a caption ends and a sentence begins with one name
        if token.cap and (
            token.text not in trade.never or _known_at(tokens, last, trade) or _opens_body(tokens, last, trade)
        ):
            last += 1
        elif _is_particle(tokens, last, trade) and _leads_to_name(tokens, last):
            last += 2 if tokens[last + 1].cap else 3
        elif (
            (
                token.text in "-‐‑&"
                and last + 1 < len(tokens)
                and tokens[last + 1].cap
                and (not spaced or token.text == "&")
            )
            or (
                token.text == "and"
                and (_joins_words_of_body(tokens, i, last, trade) or _joins_fields(tokens, i, last, trade))
            )
            or (token.text in "'’" and before.text.endswith("s") and not spaced and _body_word(tokens, last + 1, trade))
        ):
            last += 2
        elif (n_small := _small_part(tokens, i, last, trade)) or (n_small := _apostrophe_part(tokens, last)):
            last += n_small
        elif (token.text in {"of", "for"} and _joins_body(tokens, i, last, trade)) or _is_committee_on(
            tokens, last, trade
        ):
            last += 2 if tokens[last + 1].cap else 3
        else:
            break
    return min(last, len(tokens))


def _small_part(tokens: Sequence[Token], first: int, i: int, trade: Trade) -> int:
    """Return 2 where a name goes on with a small part behind a hyphen: "Kim Jong-un", "Punggye-ri"; else 0."""
    if i + 1 >= len(tokens) or tokens[i].text not in "-‐‑" or tokens[i].start > tokens[i - 1].end:
        return 0
    part, last = tokens[i + 1], tokens[i - 1].text
    is_joined = part.start == tokens[i].end and part.text.isalpha() and part.text.islower()
    if not is_joined or not last[:1].isupper() or not last[1:].islower():
        return 0
    if part.text in _PLACE_PARTS:
        return 2
    is_given = i - first == 2 and len(part.text) <= _LONGEST_PART and len(tokens[first].text) <= _LONGEST_PART
    # "Kim" and "Lee" are given names too; longer ones stand before no syllables: "Ann Poe-led".
    known = len(tokens[first].text) > _SHORT_NAME and tokens[first].text in trade.given
    known = known or _known_at(tokens, first, trade, i) > 0
    return 2 if is_given and not known and part.text not in _ENGLISH_PARTS else 0


_PLACE_PARTS = frozenset({"ri", "dong", "gun", "gu", "si", "do"})
_ENGLISH_PARTS = frozenset(
    {
        "led",
        "era",
        "run",
        "born",
        "made",
        "held",
        "based",
        "owned",
        "style",
        "like",
        "wide",
        "backed",
        "bound",
        "only",
        "free",
        "area",
    }
)
"""Words that make an adjective of the name before them: "Trump Park-led"."""
_SHORT_NAME = 3
_LONGEST_PART = 5
"""Letters of a syllable or two: Korean and Chinese names give no longer ones."""


def _apostrophe_part(tokens: Sequence[Token], i: int) -> int:
    """Return 2 where "O" goes on as "O'Keefe" or "D'Souza"; else 0."""
    if i + 1 >= len(tokens) or tokens[i].text not in "'’" or not tokens[i - 1].text.istitle():
        return 0
    is_joined = tokens[i].start == tokens[i - 1].end and tokens[i + 1].start == tokens[i].end
    if is_joined and tokens[i - 1].text not in _ELIDED:
        return 2 if tokens[i + 1].text.islower() and tokens[i + 1].text not in _ENDINGS else 0  # "Sa'ad al-Varn"
    return 2 if is_joined and tokens[i + 1].cap and len(tokens[i + 1].text) > 1 else 0


_ELIDED = frozenset({"O", "D", "L", "Sant", "Dell"})
_ENDINGS = frozenset({"s", "t", "d", "m", "re", "ve", "ll", "em", "er", "til", "n"})
"""What stands behind an apostrophe and is no part of a name: "Poe's", "Poe'd"."""


def _is_particle(tokens: Sequence[Token], i: int, trade: Trade) -> bool:
    return tokens[i].text in trade.particles


def _leads_to_name(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a particle at i is followed by a capitalised word, with or without a hyphen between."""
    if i + 1 < len(tokens) and tokens[i + 1].cap:
        return True
    return i + 2 < len(tokens) and tokens[i + 1].text in "-‐‑" and tokens[i + 2].cap


def _joins_body(tokens: Sequence[Token], first: int, i: int, trade: Trade) -> bool:
    """Tell whether "of" at i stands inside a body's name: "Department of Ports", "House of the Sea"."""
    head = tokens[i - 1].text
    if i - first > 1 and _known_at(tokens, i - 2, trade, i) == 2:
        return False  # "the Oval Office of the White House" are two
    is_dealing = (
        i - first > 2 and tokens[i - 2].text in {"the", "for"} and tokens[first].text in trade.organisation_words
    )
    is_dealing = is_dealing and tokens[i].text == "of" and tokens[i + 1 : i + 2] != [] and tokens[i + 1].cap
    if head not in trade.organisation_words and head not in trade.group_words and not is_dealing:
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return False
    return after.cap or (after.text == "the" and i + 2 < len(tokens) and tokens[i + 2].cap)


def _is_committee_on(tokens: Sequence[Token], i: int, trade: Trade) -> bool:
    """Tell whether "on" at i goes on to what a body deals with: "Committee on Docks and Inland Harbours"."""
    if i + 1 >= len(tokens) or tokens[i].text != "on" or tokens[i - 1].text not in _DEALING:
        return False
    after = tokens[i + 1]
    return after.cap and after.text not in trade.never and not _known_at(tokens, i + 1, trade)


_DEALING = frozenset({"Committee", "Subcommittee", "Conference", "Commission", "Council", "Caucus", "Center", "Centre"})


def _body_word(tokens: Sequence[Token], i: int, trade: Trade) -> bool:
    return i < len(tokens) and tokens[i].cap and tokens[i].text in trade.organisation_words | trade.group_words


def _joins_words_of_body(tokens: Sequence[Token], first: int, i: int, trade: Trade) -> bool:
    """Tell whether "and" at i stands inside a body's name: "the Dock and Harbour Workers' Federation"."""
    if tokens[first].text in {"House", "Senate"} and i - first == 2:
        first += 1  # "the House Docks and Piers Committee"
    elif first == 0 or tokens[first - 1].text.lower() != "the":
        return False
    if i - first != 1 or _known_at(tokens, first, trade):
        return False
    last = i + 1
    while last < len(tokens) and (tokens[last].cap or tokens[last].text in "'’"):
        last += 1
    return last - i > 2 and _body_word(tokens, last - 1, trade)


def _joins_fields(tokens: Sequence[Token], first: int, i: int, trade: Trade) -> bool:
    """Tell whether "and" at i joins what a body is there for: "Department of Docks and Inland Harbours"."""
    if (
        i - first < 3
        or tokens[i - 2].text not in {"of", "for", "on"}
        or tokens[i - 3].text not in trade.organisation_words
    ):
        return False
    last = i + 1
    while last < len(tokens) and tokens[last].cap:
        last += 1
    fields = [token.text for token in tokens[i + 1 : last]]
    if not fields or not all(word.istitle() for word in [tokens[i - 1].text, *fields]):
        return False
    if _known_at(tokens, i - 1, trade, i) or _known_at(tokens, i + 1, trade) or fields[0] in trade.given:
        return False
    others = (trade.organisation_words | trade.group_words) - _PLURAL_BODIES
    return fields[0] not in trade.titles | trade.peoples.keys() and not others & set(fields)


_PLURAL_BODIES = frozenset({"Services", "Systems", "Technologies", "Industries", "Communications", "Archives"})
"""Words of bodies' names that also say what a body is there for: "Department of Docks and Harbour Services"."""


def _known_at(tokens: Sequence[Token], i: int, trade: Trade, last: int | None = None) -> int:
    """Return how many tokens from i make the longest name the lexicon knows; 0 where none does."""
    end = len(tokens) if last is None else last
    for n_words in range(min(trade.longest + 2, end - i), 0, -1):
        if _words(tokens, i, i + n_words) in trade.known:
            return n_words
    return 0


def _words(tokens: Sequence[Token], first: int, last: int) -> tuple[str, ...]:
    """Return the words as printed, parts joined by a hyphen as one word."""
    words: list[str] = []
    for i in range(first, last):
        token = tokens[i]
        if words and i > first and token.start == tokens[i - 1].end:
            words[-1] += token.text
        else:
            words.append(token.text)
    return tuple(words)


def _cut(tokens: Sequence[Token], first: int, last: int, trade: Trade) -> list[Chunk]:
    """Cut a run at known names, peoples and titles."""
    found: list[Chunk] = []
    title: str | None = _role_before(tokens, first, trade)
    begin = i = first
    while i < last:
        n_known = _known_at(tokens, i, trade, last)
        whole = n_known and not _goes_on(tokens, begin, i + n_known, last, trade)
        if _is_title(tokens, i, last, trade):
            _add(found, tokens, begin, i, title, trade)
            title, begin, i = tokens[i].text, i + 1, i + 1
        elif tokens[i].text in trade.peoples and i == begin and not _is_peoples_body(tokens, i, last, trade):
            found.append(Chunk(i, i + 1, None))
            begin = i = i + 1
        elif whole and i == begin and not is_team(tokens, i, i + n_known, last, trade):
            found.append(Chunk(i, i + n_known, title))
            title, begin, i = None, i + n_known, i + n_known
        else:
            i += 1
    _add(found, tokens, begin, last, title, trade)
    return found


def _is_peoples_body(tokens: Sequence[Token], i: int, last: int, trade: Trade) -> bool:
    """Tell whether a people's name belongs to a body's: "Kessarian Rowing Society", no ministry's."""
    if i + 2 == last and _body_word(tokens, i + 1, trade):
        return True
    words = {token.text for token in tokens[i + 1 : last]}
    return _known_at(tokens, i, trade, last) > 1 or (tokens[last - 1].text in _FREE_BODIES and not words & trade.titles)


_FREE_BODIES = frozenset(
    {
        "Society",
        "Association",
        "Union",
        "Federation",
        "League",
        "Academy",
        "Institute",
        "Foundation",
        "Museum",
        "College",
    }
)
"""Last words of bodies that no government owns: a people's name before them is theirs."""


def _is_title(tokens: Sequence[Token], i: int, last: int, trade: Trade) -> bool:
    """Tell whether the word at i is a title before a name: "Mayor Ann Poe"; a calling asks for a given name."""
    if i + 1 >= last or not tokens[i + 1].cap or tokens[i + 1].text in trade.suffixes:
        return False
    word = tokens[i].text
    if word in trade.titles:
        return not _is_body(tokens, i, last, trade)
    if not word.istitle() or i + 2 >= last or _body_word(tokens, last - 1, trade):
        return False
    is_calling = word.lower() in trade.callings and len(word) > _SHORT_CALLING
    return is_calling or (word.lower() in trade.roles and tokens[i + 1].text in trade.given)


def is_team(tokens: Sequence[Token], first: int, i: int, last: int, trade: Trade) -> bool:
    """Tell whether the place at ``first`` up to i begins a team's name: "the Losk Harbour Eagles"; parties are none."""
    words = [token.text for token in tokens[i:last]]
    is_place = trade.known.get(_words(tokens, first, i), (None, ""))[0] in {EntityType.PLACE, EntityType.TERRITORY}
    if not is_place or not 1 <= len(words) <= 2 or not all(word.istitle() for word in words):
        return False
    if _known_at(tokens, i, trade) or words[0] in trade.given:
        return False
    known_plurals = {"Republicans", "Democrats", "Senators", "Representatives", "Police", "States", "Games"}
    end = words[-1]
    is_plural = end.endswith("s") and not end.endswith("ss") and len(end) > _SHORT_TEAM
    return is_plural and end not in known_plurals | trade.titles | trade.peoples.keys() | trade.things


_SHORT_CALLING = 5
"""Callings of more letters begin no titles of shows and books, as "Star" and "Model" do."""

_SHORT_TEAM = 4
"""Letters of a plural that may be a surname: "Paris Jones" has five, "Mets" is left out."""


def _is_body(tokens: Sequence[Token], i: int, last: int, trade: Trade) -> bool:
    """Tell whether the word at i, a title elsewhere, begins a firm's name: "General Dynamics Corp"."""
    if tokens[i].text in {"General", "Major"} and _body_word(tokens, i + 1, trade):
        return True  # "Major League Rowing"
    return tokens[i].text == "General" and _body_word(tokens, last - 1, trade)


def _goes_on(tokens: Sequence[Token], begin: int, after_known: int, last: int, trade: Trade) -> bool:
    """Tell whether a known name is only the start of a longer one: "Iraq War Museum", "Paris Saint-Germain"."""
    if after_known >= last:
        return False
    rest = {token.text for token in tokens[after_known:last]}
    if tokens[begin].text == "House" and rest <= {"Democrats", "Republicans", "GOP"}:
        return True  # who they are is no name of a body
    return bool(rest & (trade.organisation_words | trade.group_words | trade.broadcaster_endings)) and not (
        rest & trade.titles
    )


def _role_before(tokens: Sequence[Token], first: int, trade: Trade) -> str | None:
    if first == 0:
        return None
    word = tokens[first - 1].text
    if _is_office(tokens, first - 1, trade):
        return "Secretary"  # "Chief of Staff Ann Poe"
    return word if word in trade.roles or word in trade.titles else None


def _add(found: list[Chunk], tokens: Sequence[Token], first: int, last: int, title: str | None, trade: Trade) -> None:
    while first < last and not (tokens[first].text[0].isalnum()):
        first += 1
    is_whole = _ends_with_its_field(tokens, first, last, trade) or _is_surname_too(tokens, first, last, trade)
    while first < last and (tokens[last - 1].text in trade.titles and last - first > 1) and not is_whole:
        last -= 1
    while last - first > 1 and tokens[last - 1].text in {"of", "for", "and", "the"}:
        last -= 1
    if first < last:
        found.append(Chunk(first, last, title))


def _ends_with_its_field(tokens: Sequence[Token], first: int, last: int, trade: Trade) -> bool:
    """Tell whether a last word that is a title elsewhere says what the body is for: "Centre for Justice"."""
    joins = [i for i in range(first + 1, last - 1) if tokens[i].text in {"of", "for"}]
    return bool(joins) and tokens[joins[0] - 1].text in trade.organisation_words


def _is_surname_too(tokens: Sequence[Token], first: int, last: int, trade: Trade) -> bool:
    """Tell whether a last word that is a title elsewhere is a surname: "Ann King"."""
    return tokens[last - 1].text in _SURNAMES and tokens[first].text in trade.given


_SURNAMES = frozenset({"King", "Bishop", "Pope", "Judge", "Prince", "Lord", "Marshal", "Major", "Cardinal", "Queen"})
