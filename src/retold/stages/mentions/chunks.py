"""Name chunks of a sentence: runs of capitalised words with the particles and numbers that belong to them.

A chunk is then cut at titles and at names the lexicon knows, so that "Orvanian Coast Guard General Yusuf Poe"
gives a people, a body, a title and a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

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
    if not token.cap:
        return False
    known = _known_at(tokens, i, trade) > 0
    if token.text in trade.never and not known:
        return False
    single = i + 1 >= len(tokens) or not tokens[i + 1].cap
    opens = token.first or (i > 0 and tokens[i - 1].text in '“"‘:•(')
    return not (opens and single and token.text.lower() in common and not known)


def _end_of_run(tokens: Sequence[Token], i: int, trade: Trade) -> int:
    """Return the index after the run of name words that begins at i."""
    last = i + 1
    while last < len(tokens):
        token, before = tokens[last], tokens[last - 1]
        spaced = token.start > before.end
        if token.cap and (token.text not in trade.never or _known_at(tokens, last, trade)):
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
            or (token.text == "and" and _joins_words_of_body(tokens, i, last, trade))
            or (token.text in "'’" and before.text.endswith("s") and not spaced and _body_word(tokens, last + 1, trade))
        ):
            last += 2
        elif token.text in {"of", "for"} and _joins_body(tokens, i, last, trade):
            last += 2 if tokens[last + 1].cap else 3
        else:
            break
    return min(last, len(tokens))


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
    if head not in trade.organisation_words and head not in trade.group_words:
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return False
    return after.cap or (after.text == "the" and i + 2 < len(tokens) and tokens[i + 2].cap)


def _body_word(tokens: Sequence[Token], i: int, trade: Trade) -> bool:
    return i < len(tokens) and tokens[i].cap and tokens[i].text in trade.organisation_words | trade.group_words


def _joins_words_of_body(tokens: Sequence[Token], first: int, i: int, trade: Trade) -> bool:
    """Tell whether "and" at i stands inside a body's name: "the Dock and Harbour Workers' Federation"."""
    if i - first != 1 or first == 0 or tokens[first - 1].text.lower() != "the" or _known_at(tokens, first, trade):
        return False
    last = i + 1
    while last < len(tokens) and (tokens[last].cap or tokens[last].text in "'’"):
        last += 1
    return last - i > 2 and _body_word(tokens, last - 1, trade)


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
        if (
            tokens[i].text in trade.titles
            and i + 1 < last
            and tokens[i + 1].cap
            and not _is_body(tokens, i, last, trade)
        ):
            _add(found, tokens, begin, i, title, trade)
            title, begin, i = tokens[i].text, i + 1, i + 1
        elif (
            tokens[i].text in trade.peoples and i == begin and not (i + 2 == last and _body_word(tokens, i + 1, trade))
        ):
            found.append(Chunk(i, i + 1, None))
            begin = i = i + 1
        elif whole and i == begin:
            found.append(Chunk(i, i + n_known, title))
            title, begin, i = None, i + n_known, i + n_known
        else:
            i += 1
    _add(found, tokens, begin, last, title, trade)
    return found


def _is_body(tokens: Sequence[Token], i: int, last: int, trade: Trade) -> bool:
    """Tell whether the word at i, a title elsewhere, begins a firm's name: "General Dynamics Corp"."""
    return tokens[i].text == "General" and _body_word(tokens, last - 1, trade)


def _goes_on(tokens: Sequence[Token], begin: int, after_known: int, last: int, trade: Trade) -> bool:
    """Tell whether a known name is only the start of a longer one: "Iraq War Museum", "Paris Saint-Germain"."""
    if after_known >= last:
        return False
    rest = {token.text for token in tokens[after_known:last]}
    return bool(rest & (trade.organisation_words | trade.group_words | trade.broadcaster_endings)) and not (
        rest & trade.titles
    )


def _role_before(tokens: Sequence[Token], first: int, trade: Trade) -> str | None:
    if first == 0:
        return None
    word = tokens[first - 1].text
    return word if word in trade.roles or word in trade.titles else None


def _add(found: list[Chunk], tokens: Sequence[Token], first: int, last: int, title: str | None, trade: Trade) -> None:
    while first < last and not (tokens[first].text[0].isalnum()):
        first += 1
    while first < last and (tokens[last - 1].text in trade.titles and last - first > 1):
        last -= 1
    if first < last:
        found.append(Chunk(first, last, title))
