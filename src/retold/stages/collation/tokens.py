"""Units of a report and their tokens: words with a strict key, a folded form, and whether they stand in quotes.

A unit is a sentence of body or standfirst. Owns how a unit is read for collation; what units are to each other
is said by ``likeness.py`` and ``pairs.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

from retold.lexicon.spellings import spelling_fold
from retold.plain.quotations import posts
from retold.stages.collation.words import ABBREVIATIONS, FORMULAIC, STOPWORDS, word_set
from retold.text.spans import Span, trim
from retold.text.words import Word, words_of


class Token(NamedTuple):
    """A word (or ``%``, ``$`` ...) at ``[start, end)`` of the page's text.

    ``key`` decides what is kept; ``fold`` is equal across spellings ("labour", "labor") and possessives; ``capital``
    says that it begins with a capital; ``quoted`` that it stands inside quotation marks; ``chain`` is the number of
    capitalised words of the name it is part of (0 for other words), ``rest`` says that it is not the name's first.
    """

    start: int
    end: int
    key: str
    fold: str
    capital: bool
    quoted: bool
    chain: int = 0
    rest: bool = False


Wording = tuple[str, tuple[tuple[int, int], ...]]
"""The characters of a unit, and the stretches of them that stand inside quotation marks."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a report, ready to be compared. ``keys`` are equal exactly for units that are kept.

    ``counts`` counts its folds; ``telling`` those that are neither stopwords nor formulaic, a name of many words once;
    ``names`` are those of capitalised words, ``tells`` says of each token whether it is telling. Units of one
    ``wording`` differ in nothing but where they stand: it holds their characters and which of them are quoted.
    """

    span: Span
    tokens: tuple[Token, ...]
    keys: tuple[str, ...]
    folds: tuple[str, ...]
    counts: Counter[str]
    telling: Counter[str]
    names: frozenset[str]
    tells: tuple[bool, ...]
    wording: Wording

    def at(self, start: int) -> Unit:
        """Return the same words standing elsewhere."""
        by = start - self.span.start
        if not by:
            return self
        tokens = tuple(Token(t[0] + by, t[1] + by, *t[2:]) for t in self.tokens)
        span = Span(self.span.start + by, self.span.end + by)
        own = (self.keys, self.folds, self.counts, self.telling, self.names, self.tells, self.wording)
        return Unit(span, tokens, *own)


@dataclass(frozen=True, slots=True)
class Side:
    """One witness of a collation: its text and its units in order."""

    text: str
    units: tuple[Unit, ...]


_SYMBOL = re.compile(r"[%$£€¥₹]")
_JOINED = {
    ("per", "cent"): "percent",
    ("united", "states"): "u.s.",
    ("united", "kingdom"): "u.k.",
    ("united", "nations"): "u.n.",
    ("european", "union"): "e.u.",
}
"""Two words that some style books write as one or as initials, and what both fold to."""

_INITIALS = frozenset({"US", "UK", "UN", "EU", "USA"})
_POSSESSIVE = re.compile(r"['’ʼ＇][sS]$")


def _pieces(text: str, span: tuple[int, int]) -> Iterator[Word]:
    """Yield words and symbols in order, dotted initials ("U.S.") and pairs such as "per cent" as one."""
    found = sorted(
        [*words_of(text, span), *(Word(m.start(), m.end(), m.group()) for m in _SYMBOL.finditer(text, *span))]
    )
    at = 0
    while at < len(found):
        upto = _end_of_initials(text, found, at)
        if upto > at + 1:
            keys = [word.key for word in found[at:upto]]
            end = found[upto - 1].end
            yield Word(found[at].start, end + text.startswith(".", end, span[1]), ".".join(keys) + ".")
        elif at + 1 < len(found) and (found[at].key, found[at + 1].key) in _JOINED:
            upto = at + 2
            yield Word(found[at].start, found[at + 1].end, f"{found[at].key} {found[at + 1].key}")
        else:
            yield _with_its_dot(text, found[at], span[1])
        at = upto


def _with_its_dot(text: str, word: Word, end: int) -> Word:
    """Return the word with the dot that belongs to it when it is an abbreviated title or month."""
    if word.key in ABBREVIATIONS and text.startswith(".", word.end, end):
        return word._replace(end=word.end + 1)
    return word


def _end_of_initials(text: str, found: Sequence[Word], at: int) -> int:
    upto = at + 1
    if found[at].end - found[at].start > 1 or not text[found[at].start].isupper():
        return upto
    while (
        upto < len(found)
        and found[upto].end - found[upto].start == 1
        and text[found[upto - 1].end : found[upto].start] == "."
    ):
        upto += 1
    return upto


def _fold(surface: str, key: str) -> str:
    if " " in key and tuple(key.split()) in _JOINED:
        first, second = key.split()
        return _JOINED[first, second]
    if key.endswith(".") and "." in key[:-1]:
        return _initials(key.replace(".", ""))
    owner = _POSSESSIVE.sub("", surface) if surface[-1] in "sS" else surface
    if owner in _INITIALS:
        return _initials(owner.casefold())
    if owner != surface and owner:
        return spelling_fold(key[:-1]) if len(key) > 1 else key
    return spelling_fold(key)


def _initials(letters: str) -> str:
    """Return the fold of initials: with dots where the letters alone are another word ("us")."""
    if letters == "usa":
        return "u.s."
    return ".".join(letters) + "." if letters.upper() in _INITIALS else letters


_MARK = re.compile(r"[\"“”„«»]|(?<!\w)['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_SINGLE = frozenset("'‘’")
_DOUBLE = frozenset('"“”„«»')
_DOUBLE_MARK = re.compile(r"[\"“”„«»]")


LONGEST_SPEECH = 12
"""Lines without any mark between one that opens a quotation and one that closes it; more are no speech."""


def quoted_stretches(text: str) -> list[Span]:
    """Return the stretches inside quotation marks and the embedded posts, in order, none overlapping.

    A line whose first mark closes is quoted from its start, and one whose last mark opens to its end: quotations
    run over several lines, lines without marks between those two included. A lone single quote is an apostrophe.

    >>> quoted_stretches('The mayor called it "a bad day" for all.')
    [Span(start=21, end=30)]
    """
    found = [Span(post.start, post.end) for post in posts(text)]
    start = 0
    between: list[Span] | None = None  # lines since a quotation was left open
    for line in text.split("\n"):
        end = start + len(line)
        stretches = [Span(start + s, start + e) for s, e in _quoted_in_line(line)]
        is_marked = _DOUBLE_MARK.search(line) is not None
        if between is not None and not is_marked:
            between = [*between, Span(start, end)] if len(between) < LONGEST_SPEECH else None
        elif is_marked:
            if between is not None and stretches and stretches[0].start == start:
                found += between
            between = [] if stretches and stretches[-1].end == end and text[end - 1] not in _DOUBLE else None
        found += stretches
        start = end + 1
    return _joined_spans(found)


def _joined_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones as one, empty ones left out."""
    done: list[Span] = []
    for span in sorted(span for span in spans if span.size):
        if done and span.start < done[-1].end:
            done[-1] = Span(done[-1].start, max(done[-1].end, span.end))
        else:
            done.append(span)
    return done


def _quoted_in_line(line: str) -> Iterator[tuple[int, int]]:
    since: int | None = None
    single = False
    any_mark = False
    depth, nests = 0, _nests(line)
    for mark in _MARK.finditer(line):
        sign, at = mark.group(), mark.start()
        opens = _opens(line, sign, at)
        if sign in _SINGLE:
            if opens and since is None:
                since, single = mark.end(), True
            elif not opens and since is not None and single:
                yield since, at
                since, single = None, False
        elif opens:
            depth = depth + 1 if nests else 1
            if depth == 1:
                since, single = mark.end(), False
        elif since is not None and not single:
            depth -= 1
            if depth == 0:
                yield since, at
                since = None
        elif not any_mark:
            yield 0, at
        any_mark = any_mark or sign not in _SINGLE
    if since is not None and not single:
        yield since, len(line)


def _nests(line: str) -> bool:
    """Tell whether the line opens and closes its curly marks equally often, so that one may stand inside another."""
    return line.count("“") == line.count("”") > 1 and not any(mark in line for mark in '"„«»')


def _opens(line: str, sign: str, at: int) -> bool:
    if sign in _OPENING:
        return True
    if sign in _CLOSING:
        return False
    if sign == "‘":
        return True
    if sign == "’":
        return False
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    return (not before or before.isspace() or before in "([—–-") and bool(after) and not after.isspace()


def read_side(text: str, spans: Iterable[tuple[int, int]], known: dict[Wording, Unit] | None = None) -> Side:
    """Return the witness with these units, trimmed; spans without any character are dropped.

    ``known`` are units read before: one of the same wording is not read again.

    >>> [unit.keys for unit in read_side("Rain fell. Dams held.", [(0, 10), (11, 21)]).units]
    [('rain', 'fell'), ('dams', 'held')]
    """
    before = {} if known is None else known
    quotes = quoted_stretches(text)
    starts = [quote.start for quote in quotes]
    parts = (part for span in spans for part in _cut_speech(text, Span(*span), quotes, starts))
    trimmed = (trim(text, part) for part in parts)
    return Side(text, tuple(_read_unit(text, span, quotes, starts, before) for span in trimmed if span.size))


def _read_unit(
    text: str, span: Span, quotes: Sequence[Span], starts: Sequence[int], known: dict[Wording, Unit]
) -> Unit:
    first = max(0, bisect_right(starts, span.start) - 1)
    inside = quotes[first : bisect_right(starts, span.end)]
    quoted = tuple(
        (max(quote.start, span.start) - span.start, min(quote.end, span.end) - span.start)
        for quote in inside
        if quote.end > span.start and quote.start < span.end
    )
    wording = (text[span.start : span.end], quoted)
    if wording not in known:
        known[wording] = _unit(text, span, wording)
    return known[wording].at(span.start)


_SPEECH_END = re.compile(r"(?<=[a-z]{3}[.!?])[ \t]+(?=[A-Z])")
_PART_WORDS = 4


def _cut_speech(text: str, span: Span, quotes: Sequence[Span], starts: Sequence[int]) -> Iterator[Span]:
    """Yield the sentences of a speech that is one sentence with its speaker, of at least ``_PART_WORDS`` words each.

    Outlets print what was said in part, sentence by sentence, and put the speaker before, between or after.
    """
    start = span.start
    for gap in _SPEECH_END.finditer(text, *span):
        i = bisect_right(starts, gap.start()) - 1
        if i < 0 or gap.end() >= quotes[i].end:
            continue
        if min(_n_words(text, start, gap.start()), _n_words(text, gap.end(), span.end)) >= _PART_WORDS:
            yield Span(start, gap.start())
            start = gap.end()
    yield Span(start, span.end)


def _n_words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


def _unit(text: str, span: Span, wording: Wording) -> Unit:
    quoted = [(span.start + start, span.start + end) for start, end in wording[1]]
    tokens = []
    for start, end, key in _pieces(text, span):
        surface = text[start:end]
        is_quoted = any(low <= start < high for low, high in quoted)
        tokens.append(Token(start, end, key, _fold(surface, key), surface[:1].isupper(), is_quoted))
    return unit_of(text, span, _with_names(text, tokens), wording)


def unit_of(text: str, span: Span, tokens: Sequence[Token], wording: Wording) -> Unit:
    """Return the unit with these tokens; one without a word is compared by its characters."""
    keys = tuple(token.key for token in tokens) or (text[span.start : span.end],)
    folds = tuple(token.fold for token in tokens)
    tells = tuple(map(is_telling, tokens))
    telling = Counter(compress(folds, tells))
    names = frozenset(token.fold for token in tokens if token.chain)
    return Unit(span, tuple(tokens), keys, folds, Counter(folds), telling, names, tells, wording)


def is_telling(token: Token) -> bool:
    """Tell whether a word says something of the event: no stopword, no word of the trade, no further word of a name."""
    return not token.rest and token.fold not in STOPWORDS and token.fold not in FORMULAIC


_LINKS = word_set("of for on de la le al el bin van von der")


def _with_names(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Mark the names of several words: capitals with nothing but a blank, a hyphen or a small link between them."""
    found = list(tokens)
    at = 0
    while at < len(found):
        members = [at] if found[at].capital and found[at].fold not in STOPWORDS else []
        while members:
            after = _next_of_name(text, found, members[-1])
            if after is None:
                break
            members.append(after)
        for n, i in enumerate(members):
            found[i] = found[i]._replace(chain=len(members), rest=n > 0)
        at = members[-1] + 1 if members else at + 1
    return found


def _next_of_name(text: str, tokens: Sequence[Token], at: int) -> int | None:
    for after in (at + 1, at + 2):
        if after >= len(tokens):
            return None
        gap = text[tokens[after - 1].end : tokens[after].start]
        if gap not in (" ", "-", ". ", " “", ' "'):
            return None
        if tokens[after].capital:
            return after
        if tokens[after].fold not in _LINKS:
            return None
    return None
