"""Tokens of a sentence with a coarse part of speech, quotations folded into one token each.

Owns the cut into tokens and the tag of each, from closed classes of English and word endings: enough to see where a
noun phrase begins and a clause ends. Whether a word reports anything is said by ``verbs``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from retold.stages.claims.verbs import reporting_only
from retold.text.spans import Span

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Reps|Sens|Gov|Gen|Lt|Col|Sgt|Jr|Sr|St|Prof|Rev|Capt|Maj|Adm|Cmdr)\."
    r"|(?:Brig|Insp|Supt|Cpl|Pvt|Det|Hon|Atty|Cmdr)\."
    r"|(?<=[a-z.]\s)[A-Z]\.(?=\s[A-Z][a-z.])"
    r"|No\.(?=\s?\d)|\d+(?:-[a-z]+)+|\d[\d,.]*(?:m|bn|k|tn)\b"
    r"|[$£€]?\d[\d,.:]*\d%?|[$£€]?\d+%?|[@#]\w+|\w+(?:[-'’.&]\w+)*['’]?|--+|\S"
)


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a string."""
    return frozenset(listed.split())


DETERMINERS = word_set(
    "the a an his her their its my your our this these those some many several all both each every no any most another "
    "few whose such neither either much"
)
PREPOSITIONS = word_set(
    "of in on at by for from with about against during under over into through across among between around near "
    "toward towards within without despite via behind beyond upon outside inside along beside besides above below "
    "amid including following regarding concerning per like unlike up down out off after before since until till "
    "because-of versus alongside throughout"
)
SUBORDINATORS = word_set(
    "because if when while although though unless whether as than where so once why how what whenever wherever lest "
    "whereas provided whatever"
)
RELATIVES = frozenset({"who", "which", "whom", "that"})
PRONOUNS = word_set("he she they we i you it everyone everybody someone somebody nobody anyone no-one others")
OBJECT_PRONOUNS = word_set("him them us me himself herself themselves itself myself ourselves yourself")
BE = word_set("is are was were be been being am isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t 's ’s 're")
HAVE = word_set("has have had having hasn't haven't hadn't hasn’t haven’t hadn’t")
AUXILIARIES = (
    BE
    | HAVE
    | word_set(
        "do does did don't doesn't didn't don’t doesn’t didn’t will would can could shall should may might must won't "
        "wouldn't can't couldn't shouldn't mustn't won’t wouldn’t can’t couldn’t shouldn’t cannot ought"
    )
)
_CONTRACTED = re.compile(r"^(?:he|she|they|we|i|you|it|that|who|there|what)['’](?:s|ve|re|d|ll|m)$")
ADVERBS = word_set(
    "not never also then still again later now just even only often once ever already soon yet always instead "
    "however afterwards afterward therefore thus too perhaps maybe almost first further twice meanwhile long "
    "since-then earlier nevertheless nonetheless once-again rather quite very sometimes otherwise n't at-least here "
    "there today somehow outright"
)
_NOT_ADVERBS = word_set(
    "family july italy ally early daily weekly monthly only likely unlikely reply supply apply rely imply fly assembly "
    "friendly deadly elderly costly sicily rally bully anomaly homily lovely lonely holy multiply comply"
)
TIMES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight overnight "
    "january february april june july august september october november december"
)
_NAMING_DAYS = frozenset({"today", "tonight", "tomorrow"})
_TIME_NOUNS = word_set("week month year night morning afternoon evening weekend summer winter spring fall")
PAST = word_set(
    "went came took gave got made had kept left lost won ran fell rose grew held stood sat met led built sent spent "
    "began became broke chose drew drove flew forgot froze hid hit hurt laid lay lent let lit paid put quit rode shot "
    "shut sang sank slept slid sold sought spoke stole struck swore swept swam taught thought threw told tore "
    "understood woke wore wound wrote bought brought caught fought felt found heard knew said saw cut beat bore "
    "shook drank ate bit blew bent bred burst cast clung crept dealt dug fed fled flung hung knelt leapt meant "
    "rang shed shone shrank spun split spread sprang stuck stung swung wept withdrew overcame undertook forgave "
    "comes goes takes gives gets makes keeps leaves loses wins runs falls rises holds stands sits leads sends "
    "seen shown "
    "begins becomes remains needs uses works lives includes plays looks helps turns moves brings"
)
_PUNCTUATION = {
    ",": ",",
    ";": ";",
    ":": ":",
    "(": "(",
    ")": ")",
    "—": "-",
    "–": "-",
    "--": "-",
    "-": "-",
    "―": "-",
}
_LONGEST_INSIDE = 60
"""Characters of the longest quotation that may stand inside a phrase."""
CONJUNCTIONS = frozenset({"and", "or", "but", "nor", "&"})


_NAMED_BEFORE = word_set("said says told added has had was is will would")
"""Words that follow a name at the start of a sentence and no adverb in -ly."""


class Token(NamedTuple):
    """A token at ``[start, end)`` of the text, its lower-case form and its tag.

    Tags: D determiner, P preposition, C conjunction, S subordinator, R relative, N pronoun (O as object), A auxiliary,
    Z adverb, X time, T to, M number, V verb, G -ing form, K capitalised, W other word, Q quotation
    that is speech, q one inside a phrase, else punctuation.
    """

    start: int
    end: int
    low: str
    tag: str


def tokens_of(text: str, sentence: Span, quotes: Sequence[tuple[int, int]]) -> list[Token]:
    """Return the tokens of a sentence; ``quotes`` are the quotations that touch it, sorted and disjoint.

    >>> [t.tag for t in tokens_of('The mayor said "no".', Span(0, 20), [(15, 19)])]
    ['D', 'W', 'V', 'q', '.']
    """
    found: list[Token] = []
    at = sentence.start
    # A headline or a telex in capitals: read as if it were in small letters.
    is_shouted = text[sentence.start : sentence.end].isupper()
    is_titled = not is_shouted and _is_titled(text[sentence.start : sentence.end])
    for start, end in (*quotes, (sentence.end, sentence.end)):
        start, end = max(start, sentence.start), min(end, sentence.end)
        for match in _TOKEN.finditer(text, at, max(start, at)):
            token = _tagged(match, found, is_shouted=is_shouted)
            found.append(_as_verb(token, found) if is_titled and token.tag == "K" else token)
        # The mark alone is left of a quotation that ended in the sentence before: “... in it.”Reed said.
        if end - start > (start == sentence.start):
            found.append(_quotation(text, start, end))
        at = max(at, end)
    if len(found) > 1 and _is_name_first(found[0], found[1]):
        found[0] = found[0]._replace(tag="K")
    return found


def _is_name_first(first: Token, second: Token) -> bool:
    """Tell whether a sentence opens with a name that is also another word: "Reilly said", "May, speaking there"."""
    if first.low == "may":
        return second.tag in {",", "V"} or second.low in _NAMED_BEFORE
    return first.tag == "Z" and first.low not in _CLOSED and second.low in _NAMED_BEFORE


_LONG_WORD = 4
"""Letters from which a title gives every word a capital."""


def _is_titled(sentence: str) -> bool:
    """Tell whether the sentence is a headline that gives every longer word a capital."""
    words = [word for word in _WORDS.findall(sentence) if len(word) >= _LONG_WORD]
    return len(words) > 2 and all(word[0].isupper() for word in words)


_WORDS = re.compile(r"[^\W\d_]+")


def _as_verb(token: Token, before: Sequence[Token]) -> Token:
    """Return a capitalised word of a headline as the verb it may be: "Roe Says Quay Must Close"."""
    is_verb = bool(before) and (token.low in reporting_only() or (token.low.endswith("ed") and len(token.low) > 4))
    return token._replace(tag="V") if is_verb else token


def _quotation(text: str, start: int, end: int) -> Token:
    """Return a Q for speech, a q for a few words held at arm's length or a title inside a phrase.

    Its form ends in a comma or full stop where the quotation does.
    """
    inner = text[start:end].strip("\"'“”‘’„«»` ")
    tag = "Q" if end - start > _LONGEST_INSIDE or inner[-1:] in ",.?!—-" else "q"
    mark = inner[-1:] if inner.endswith((",", ".")) else ""
    return Token(start, end, '"' + mark, tag)


def _tagged(match: re.Match[str], before: list[Token], *, is_shouted: bool) -> Token:
    word = match.group()
    low = word.lower()
    return Token(match.start(), match.end(), low, _tag(low if is_shouted else word, low, before))


def _tag(word: str, low: str, before: list[Token]) -> str:
    if not word[0].isalnum():
        return _PUNCTUATION.get(word, "K" if word[0] in "@#" else "M" if word[-1].isdigit() else ".")
    closed = _CLOSED.get(low)
    previous = before[-1] if before else None
    if closed is not None and len(word) > 1 and word.isupper():
        closed = None
    if word == "May" and previous is not None:
        # The month, or a name's last part: the verb has no capital inside a sentence.
        return "K" if previous.tag == "K" else "X"
    if closed == "X" and low in _NAMING_DAYS and word[0].isupper() and previous is not None:
        is_shout = len(before) == 1 and previous.low == "usa"
        if previous.tag == "K" or is_shout:
            return "K"  # "Coast Today" is a paper
    if closed is not None:
        if closed == "R" and low == "that" and (previous is None or previous.tag in "P,C"):
            return "D"
        return closed
    if word[0].isdigit():
        return "W" if "-" in word else "M"  # "her 87-year-old husband"
    if _CONTRACTED.match(low):
        return "N"
    if word[0].isupper() and previous is not None:
        return "K"
    if (
        low in _TIME_NOUNS
        and previous is not None
        and (previous.low in {"last", "next", "this", "that", "late", "early"} or previous.low in TIMES)
    ):
        before[-1] = previous._replace(tag="X")
        return "X"
    if low in _NOUNS_IN_S and previous is not None and _is_owned(before):
        return "W"
    tag = _open_tag(low, previous)
    # "Fielding said", "Reed said": a name may end so; what reports ("Citing …") is in the lexicon.
    return "W" if tag in "GV" and word[0].isupper() and low not in reporting_only() else tag


def _is_owned(before: Sequence[Token]) -> bool:
    """Tell whether an owner stands one or two words before: "Reed's moves", "Reed's recent moves"."""
    owner = before[-2] if len(before) > 1 and before[-1].tag == "W" else before[-1]
    return owner.low.endswith(("'s", "’s"))


_NOUNS_IN_S = word_set("moves plays works looks turns uses needs runs falls rises stands lives takes leads gives")


def _open_tag(low: str, previous: Token | None) -> str:
    """Return the tag of a word of an open class, from its ending."""
    if low.endswith("ly") and len(low) > 4 and low not in _NOT_ADVERBS:
        return "Z"
    if "-" in low and low.endswith(("ed", "ing")):
        return "W"  # "music-streaming", "ill-fated"
    in_phrase = previous is not None and (
        previous.tag in {"D", "M"} or previous.low.endswith(("'s", "’s"))  # "Thursday's meeting"
    )
    if low in PAST or (low.endswith("ed") and len(low) > 4):
        return "W" if in_phrase and low.endswith("ed") else "V"
    if low.endswith("ing") and len(low) > 5 and not in_phrase:
        return "G"
    is_noun = low in {"point", "points"} and previous is not None and previous.low in {"one", "two", "three"}
    if low in reporting_only() and not in_phrase and not is_noun:
        return "V"
    return "W"


_CLOSED: dict[str, str] = {
    **dict.fromkeys(ADVERBS, "Z"),
    **dict.fromkeys(TIMES, "X"),
    **dict.fromkeys(AUXILIARIES, "A"),
    **dict.fromkeys(OBJECT_PRONOUNS, "O"),
    **dict.fromkeys(PREPOSITIONS, "P"),
    **dict.fromkeys(SUBORDINATORS, "S"),
    **dict.fromkeys(DETERMINERS, "D"),
    **dict.fromkeys(PRONOUNS, "N"),
    **dict.fromkeys(RELATIVES, "R"),
    **dict.fromkeys(CONJUNCTIONS, "C"),
    "to": "T",
}
