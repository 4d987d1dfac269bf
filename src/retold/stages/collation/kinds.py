"""What kind of edit a hunk is: where it stands (quote, attribution) and what it changed (all other kinds).

The kinds of an edit are a set. A hunk is read against all hunks of its alignment, so that words that only moved
inside the sentence are not told as a new number or date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rapidfuzz.distance import OSA

from retold.lexicon.spellings import bare
from retold.model.story import EditKind
from retold.stages.collation.attribution import BESIDE_SPEECH, agency_names, attribution_zone
from retold.stages.collation.diff import Hunk
from retold.stages.collation.tokens import Token
from retold.stages.collation.trade import PERCEIVING, REPORTING, hedges_in
from retold.stages.collation.values import Value, values_of
from retold.stages.collation.words import (
    COURTESY,
    DATE_WORDS,
    MONTHS,
    POINTING,
    STOPWORDS,
    TIME_UNITS,
    is_number,
    word_set,
)

_YEAR = re.compile(r"(?:19|20)\d\d$")
_NUMBER_PARTNERS = frozenset(["$", "£", "€", "¥", "₹", "%", "percent"])


@dataclass(frozen=True, slots=True)
class Marked:
    """What tokens are part of, as indices: sources and cues, agencies' names, hedges, values."""

    zone: frozenset[int]
    agency: Mapping[int, str]
    hedges: frozenset[int]
    values: Mapping[int, Value]


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of an alignment with what its tokens are part of."""

    tokens: Sequence[Token]
    marked: Marked


def mark(text: str, tokens: Sequence[Token]) -> Marked:
    """Return what the tokens are part of."""
    agency = agency_names(text, tokens)
    return Marked(attribution_zone(text, tokens, agency), agency, hedges_in(tokens), values_of(text, tokens))


def kinds_of(a: Reading, b: Reading, found: Sequence[Hunk], *, is_rewritten: bool = False) -> list[frozenset[EditKind]]:
    """Return the kinds of every hunk, in the order of the hunks.

    In other words altogether (``is_rewritten``) a number that only one side has is wording, not another number.
    """
    moved = _moved_words(a, b, found)
    near_names = _close_names(a, b, found)
    kinds = [_kinds(a, b, hunk, moved, near_names) for hunk in found]
    if not is_rewritten:
        return kinds
    in_a = _matter(a, [i for hunk in found for i in range(hunk.i1, hunk.i2)], moved, b)
    in_b = _matter(b, [j for hunk in found for j in range(hunk.j1, hunk.j2)], moved, a)
    one_sided = (in_a ^ in_b) & {EditKind.NUMBER}
    return [told - one_sided or frozenset({EditKind.WORDING}) for told in kinds]


def _moved_words(a: Reading, b: Reading, found: Sequence[Hunk]) -> Counter[str]:
    """Count the folded words that some hunk takes away and another puts back."""
    gone = Counter(t.fold for h in found for t in a.tokens[h.i1 : h.i2])
    come = Counter(t.fold for h in found for t in b.tokens[h.j1 : h.j2])
    return gone & come


def _kinds(
    a: Reading, b: Reading, hunk: Hunk, moved: Counter[str], near_names: tuple[frozenset[int], frozenset[int]]
) -> frozenset[EditKind]:
    range_a, range_b = range(hunk.i1, hunk.i2), range(hunk.j1, hunk.j2)
    kinds = _place(a, b, range_a, range_b)
    left_a = [i for i in range_a if i not in near_names[0]]
    left_b = [j for j in range_b if j not in near_names[1]]
    if len(left_a) < len(range_a) or len(left_b) < len(range_b):
        kinds.add(EditKind.NAME_SPELLING)
    if len(range_a) == len(range_b) == 1 and a.tokens[hunk.i1].fold == b.tokens[hunk.j1].fold:
        if not kinds & {EditKind.NAME_SPELLING}:
            kinds.add(_same_fold_kind(a, b, hunk))
        return frozenset(kinds)
    if "".join(a.tokens[i].fold for i in range_a) == "".join(b.tokens[j].fold for j in range_b):
        return frozenset(kinds | {EditKind.HOUSE_STYLE})  # one word or two
    if _is_same_value(a, b, range_a, range_b):
        return frozenset(kinds | {EditKind.HOUSE_STYLE})
    if _is_form_of_name(a, range_a, b, range_b):
        return frozenset(kinds) or frozenset({EditKind.HOUSE_STYLE})
    has_cue = _has_cue(a, range_a) or _has_cue(b, range_b)
    is_replaced = bool(range_a) and bool(range_b)
    is_changed_speech = is_replaced and all(
        side.tokens[i].quoted for side, r in ((a, range_a), (b, range_b)) for i in r
    )
    told_a = [i for i in left_a if is_changed_speech or not _is_told_by_place(a, i, has_cue)]
    told_b = [j for j in left_b if is_changed_speech or not _is_told_by_place(b, j, has_cue)]
    matter = _matter(a, told_a, moved, b) | _matter(b, told_b, moved, a)
    if has_cue and not is_replaced and (_is_beside_speech(a, range_a) or _is_beside_speech(b, range_b)):
        matter &= _VALUES
    in_a, in_b = (_matter(*one) & _VALUES for one in ((a, left_a, moved, b), (b, left_b, moved, a)))
    if is_replaced:
        matter |= in_a & in_b
    elif has_cue:
        matter |= in_a | in_b
    if not matter and not kinds:
        matter = {EditKind.WORDING}
    return frozenset(kinds | matter)


_CUES = REPORTING | PERCEIVING | BESIDE_SPEECH

_VALUES = frozenset({EditKind.NUMBER, EditKind.DATE})
"""What is told of words inside quotation marks or in a source too, where they stand for others."""


def _is_same_value(a: Reading, b: Reading, range_a: range, range_b: range) -> bool:
    """Tell whether a hunk only writes values otherwise that both sides have ("7:40 a.m." and "7.40am")."""
    values_a, values_b = a.marked.values, b.marked.values
    if not values_a or not values_b:
        return False
    if not (all(i in values_a for i in range_a) and all(j in values_b for j in range_b)):
        return False
    told = {values_a[i] for i in range_a} | {values_b[j] for j in range_b}
    return told <= set(values_a.values()) & set(values_b.values())


def _is_form_of_name(a: Reading, range_a: range, b: Reading, range_b: range) -> bool:
    """Tell whether a hunk only gives a name whose end stays more or less in front: "Justice Berg" and "Berg"."""
    sides = [(side.tokens, where) for side, where in ((a, range_a), (b, range_b)) if where]
    return len(sides) == 1 and all(
        where.stop < len(tokens)
        and tokens[where.stop].rest
        and all(tokens[i].capital and tokens[i].chain for i in where)
        and not any(is_number(tokens[i].fold) or _is_date(tokens, i) for i in where)
        for tokens, where in sides
    )


def _has_cue(side: Reading, where: range) -> bool:
    """Tell whether the hunk puts in or takes out a cue, and with it a source as a whole ("he said")."""
    return any(i in side.marked.zone and side.tokens[i].fold in _CUES for i in where)


def _is_beside_speech(side: Reading, where: range) -> bool:
    """Tell whether a hunk stands outside quotation marks and right beside them: who speaks, with what he or she is."""
    beside = [side.tokens[i] for i in (where.start - 1, where.stop) if 0 <= i < len(side.tokens)]
    is_open = not any(side.tokens[i].quoted for i in where)
    return bool(where) and is_open and any(token.quoted for token in beside)


def _is_told_by_place(side: Reading, i: int, has_cue: bool) -> bool:
    """Tell whether the kind quote, or attribution of a whole source, says all that is to say of a word."""
    return side.tokens[i].quoted or (has_cue and i in side.marked.zone)


def _place(a: Reading, b: Reading, range_a: range, range_b: range) -> set[EditKind]:
    """Say whether the hunk stands inside quotation marks, or in a source, cue or addressee."""
    kinds: set[EditKind] = set()
    if any(a.tokens[i].quoted for i in range_a) or any(b.tokens[j].quoted for j in range_b):
        kinds.add(EditKind.QUOTE)
    if _touches_source(a, range_a) or _touches_source(b, range_b):
        kinds.add(EditKind.ATTRIBUTION)
    return kinds


def _touches_source(side: Reading, where: range) -> bool:
    """Tell whether a token of the hunk, or the empty place where it stands, is inside a source, cue or addressee."""
    if where:
        return any(i in side.marked.zone for i in where)
    return where.start in side.marked.zone and where.start - 1 in side.marked.zone


def _same_fold_kind(a: Reading, b: Reading, hunk: Hunk) -> EditKind:
    one, other = a.tokens[hunk.i1], b.tokens[hunk.j1]
    if bare(one.key) == bare(other.key):
        return EditKind.NAME_SPELLING if one.capital and other.capital else EditKind.HOUSE_STYLE
    possessive = one.key.rstrip("s") == other.key.rstrip("s") and one.key != other.key
    if possessive and hunk.i1 not in a.marked.agency and hunk.j1 not in b.marked.agency:
        return EditKind.WORDING
    return EditKind.HOUSE_STYLE


def _matter(side: Reading, where: Sequence[int], moved: Counter[str], other: Reading) -> set[EditKind]:
    """Say what the telling words of one side of a hunk are; words that only moved are wording."""
    kinds: set[EditKind] = set()
    for i in where:
        token = side.tokens[i]
        if token.fold in moved:
            if token.fold not in STOPWORDS:
                kinds.add(EditKind.WORDING)
        elif _is_date(side.tokens, i):
            kinds.add(EditKind.DATE)
        elif is_number(token.fold) or token.fold in _NUMBER_PARTNERS:
            kinds.add(EditKind.NUMBER)
        elif i in side.marked.hedges:
            kinds.add(EditKind.HEDGE)
        elif _is_house_style(side, where, i, other):
            kinds.add(EditKind.HOUSE_STYLE)
        elif token.fold not in STOPWORDS:
            kinds.add(EditKind.WORDING)
    return kinds


def _is_house_style(side: Reading, where: Sequence[int], i: int, other: Reading) -> bool:
    """Tell whether a token is another form of an agency both name, or a title whose name is left in place."""
    if i in side.marked.agency:
        return side.marked.agency[i] in other.marked.agency.values()
    return side.tokens[i].fold in COURTESY and i + 1 not in where


def _is_date(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a token is a date word, or a number beside a month, or a year."""
    token = tokens[i]
    if token.fold in TIME_UNITS:
        return _points_in_time(tokens, i)
    if token.fold in DATE_WORDS or _YEAR.match(token.fold):
        return True
    near = (*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2])
    beside = [t.fold for t in near if max(t.start - token.end, token.start - t.end) <= 2]  # no dash between
    if token.fold in MONTHS:
        return token.capital and any(fold[:1].isdigit() for fold in beside)
    return token.fold[:1].isdigit() and any(fold in MONTHS for fold in beside)


_POINTING_REACH = 3
"""Words between a unit of time and what makes a date of it."""


def _points_in_time(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a unit of time says when ("two years ago", "in ten days"), not how long."""
    around = tokens[max(0, i - _POINTING_REACH) : i + _POINTING_REACH + 1]
    before = [token.fold for token in tokens[max(0, i - 2) : i]]
    return any(token.fold in POINTING for token in around) or "in" in before


def _close_names(a: Reading, b: Reading, found: Sequence[Hunk]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the tokens of a and of b in hunks that are spellings of one name."""
    folds_a, folds_b = {token.fold for token in a.tokens}, {token.fold for token in b.tokens}
    of_a = [i for h in found for i in range(h.i1, h.i2) if _may_be_name(a.tokens[i], folds_b)]
    of_b = [j for h in found for j in range(h.j1, h.j2) if _may_be_name(b.tokens[j], folds_a)]
    near_a, near_b = set(), set()
    for i in of_a:
        for j in of_b:
            if is_same_name(a.tokens[i].fold, b.tokens[j].fold):
                near_a.add(i)
                near_b.add(j)
    return frozenset(near_a), frozenset(near_b)


def _may_be_name(token: Token, others: Collection[str]) -> bool:
    """Tell whether a token may be a name that the other side spells otherwise."""
    is_word = len(token.fold) >= 4 and token.fold.isalpha() and token.fold not in STOPWORDS
    return token.capital and is_word and token.fold not in others


_ENDINGS = word_set("s i n an ian ese ish er ers es ed ing ly al e en and land ic ics ts") | {""}
"""What words of one stem end in: a country and its people, a party and its members."""
_STEM = 3
_IRREGULAR = word_set("french dutch welsh swiss danish danes greek greeks turk turks pole poles thai spaniard")
"""Names of peoples that are no spelling of their country's."""

_SOUNDS = str.maketrans({"q": "k", "c": "k", "g": "k", "y": "i", "w": "v", "z": "s", "j": "i"})
_VOWELS = re.compile(r"[aeiouh]")
_DOUBLED = re.compile(r"(.)\1+")


def skeleton(name: str) -> str:
    """Return what transliterations of one name have in common: consonants, like sounds made equal.

    >>> skeleton("qadhafi") == skeleton("gaddafi")
    True
    """
    plain = bare(name).replace("ph", "f").replace("dh", "d").translate(_SOUNDS)
    return _DOUBLED.sub(r"\1", plain[:1] + _VOWELS.sub("", plain[1:]))


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two folded capitalised words are spellings of one name, not forms of one word.

    >>> is_same_name("yusef", "youssef"), is_same_name("malta", "maltese"), is_same_name("mali", "malta")
    (True, False, False)
    """
    if one == other:
        return False
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    is_derived = stem >= _STEM and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS
    if is_derived or one in _IRREGULAR or other in _IRREGULAR:
        return False
    if skeleton(one) == skeleton(other) and len(skeleton(one)) >= 2:
        return True
    n = min(len(one), len(other))
    far = 1 if n < 8 else 2
    return n >= 5 and one[0] == other[0] and OSA.distance(one, other) <= far
