"""What stands around a number: its approximator before it, its unit and the phrase it counts after it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retold.lexicon import entries
from retold.lexicon.calendar import weekday_names
from retold.stages.quantities.ages import is_age
from retold.stages.quantities.numbers import Number, Token, lexicon, span_of_tokens
from retold.text.spans import Span

MOST_COUNTED_WORDS = 5
"""A counted phrase in news has one to four words before its head; more is a clause read too far."""

LENGTHS_OF_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
"""Behind these stands what lasts so long only after "of"; else the next clause ("30 days unless ...")."""

_ONLY_WITH_OF = LENGTHS_OF_TIME | {
    "percent", "mile", "foot", "meter", "kilometer", "inch", "yard", "mile per hour", "kilometer per hour", "degree",
}  # fmt: skip
"""The same of other measures: "40 miles north", "100 percent sure", "the 90 mph limit"."""


@cache
def _approximators() -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(words.split()), sense) for sense, group in lexicon()["approximators"].items() for words in group]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


@cache
def _units() -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(words.lower().split()), unit) for unit, forms in lexicon()["units"].items() for words in forms]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def approximator_before(tokens: Sequence[Token], first: int) -> Span | None:
    """Return the approximator's words right before the token, currency signs and "the" passed over."""
    at = first
    while at > 0 and (tokens[at - 1].text in lexicon()["currency_signs"] or tokens[at - 1].low in {"the", "a"}):
        at -= 1
    of_known = any(token.low == "the" for token in tokens[at:first])
    for words, _ in _approximators():
        begin = at - len(words)
        if begin >= 0 and tuple(token.low for token in tokens[begin:at]) == words:
            is_preposition = words[-1] in PREPOSITIONS_TOO and len(words) == 1 and of_known
            return None if is_preposition else span_of_tokens(tokens, begin, at)
    return None


PREPOSITIONS_TOO = frozenset({"about", "around", "over", "above", "below", "under"})
"""Approximators that are prepositions before "the": "over the six-year term", "about the 40 boats"."""


def is_during(tokens: Sequence[Token], first: int, unit: str | None) -> bool:
    """Tell whether "over" right before the token says how long an amount takes: "$3 million over ten years"."""
    if unit not in LENGTHS_OF_TIME or first < 2 or tokens[first - 1].low != "over":
        return False
    amount = tokens[first - 2].low
    in_words = amount in lexicon()["words"] or amount in lexicon()["magnitudes"]
    return amount[0].isdigit() or in_words or any((amount,) == words for words, _ in _units())


def approximator_after(tokens: Sequence[Token], number: Number, at: int) -> Span | None:
    """Return "or more" and the like behind the number, its unit (up to ``at``) or one word it counts."""
    for begin in (number.last, at, at + 1):
        if begin + 1 < len(tokens) and tokens[begin].low == "or" and tokens[begin + 1].low in _OPEN_ENDS:
            return span_of_tokens(tokens, begin, begin + 2)
    return None


_OPEN_ENDS = frozenset({"more", "fewer", "less"})


def unit_after(tokens: Sequence[Token], number: Number) -> tuple[str | None, int]:
    """Return the unit (canonical English singular) and the index of the token after it.

    A currency sign before the number is its unit; "percent", "km", "-year" after it as well.
    """
    at = number.last
    if number.first > 0 and tokens[number.first - 1].text in lexicon()["currency_signs"]:
        return lexicon()["currency_signs"][tokens[number.first - 1].text], at
    if number.ordinal:
        return None, at
    if number.last - number.first == 5 and tokens[number.first + 2].low == "foot":
        return "foot", at  # "6-foot-8"
    tight = at < len(tokens) and tokens[at].start == number.end
    if tight and tokens[at].text in _TIGHT_UNITS:
        return _TIGHT_UNITS[tokens[at].text], at + 1
    if is_age(tokens, number):
        return "year of age", number.last
    if at + 1 < len(tokens) and tokens[at].text == "-":
        at += 1
    if number.low is not None and number.high is None and at + 1 < len(tokens) and tokens[at].low == "of":
        at += 1  # "billions of dollars"
    for words, unit in _units():
        if tuple(token.low for token in tokens[at : at + len(words)]) == words:
            return unit, at + len(words)
    if at == number.last and at + 1 < len(tokens) and tokens[at].low in _BEFORE_TIMES:
        for words, unit in _units():
            if unit in LENGTHS_OF_TIME and words == (tokens[at + 1].low,):
                return unit, at + 2  # "three straight years"
    if (shared := _end_of_list(tokens, number.last)) > number.last and tokens[shared].low in {"percent", "%"}:
        return "percent", number.last  # "12, 25 and 33 percent"
    if number.first and tokens[number.first - 1].low == "from" and at < len(tokens) and tokens[at].low == "to":
        for words, unit in _units():
            if tuple(token.low for token in tokens[at + 2 : at + 2 + len(words)]) == words:
                return unit, at  # "rose from 5 to 9 percent"
    return None, number.last


def _end_of_list(tokens: Sequence[Token], at: int) -> int:
    """Return the place behind further numbers of a list, and ``at`` itself where none follow."""
    while at + 2 < len(tokens) and tokens[at].low in {",", "and", "or"}:
        step = 2 if tokens[at + 1].low in {"and", "or"} else 1
        if at + step + 1 >= len(tokens) or not tokens[at + step].text.isdigit():
            break
        at += step + 1
    return at


_BEFORE_TIMES = frozenset({"straight", "consecutive", "full", "whole", "more", "long", "additional"})


_TIGHT_UNITS = {"F": "degree", "C": "degree", "°": "degree", "in": "inch"}
"""Letters that are a unit only where they stand right behind the digits."""


def counted_by(tokens: Sequence[Token], number: Number, unit: str | None, at: int) -> Span | None:
    """Return the phrase that the number with its unit (tokens up to ``at``) counts or measures; None for none.

    A measure joined to its noun by a hyphen measures it ("the 62-meter boom"), a length of time does not.
    """
    if number.tally_end:
        cast = tokens[number.tally_end] if number.tally_end < len(tokens) else None
        return Span(cast.start, cast.end) if cast is not None and cast.low in {"vote", "votes"} else None
    joined = number.last < len(tokens) and tokens[number.last].text == "-" and unit not in LENGTHS_OF_TIME
    is_share_before_noun = unit == "percent" and number.first > 0 and tokens[number.first - 1].low in {"a", "an"}
    with_of = at < len(tokens) and tokens[at].low == "of"
    if unit is None and (part := _joined_noun(tokens, number)) is not None:
        return part
    if unit in _ONLY_WITH_OF and not (with_of or joined or is_share_before_noun):
        return None
    if unit in LENGTHS_OF_TIME and with_of and at + 1 < len(tokens) and tokens[at + 1].low in _DETERMINERS:
        return None  # "the first seven years of his term"
    if at < len(tokens) and tokens[at].low == unit and tokens[number.first - 1].text in lexicon()["currency_signs"]:
        at += 1  # "a $20 billion dollar wall"
    if unit is None and number.last == at and _is_parents(tokens, number.first):
        return None
    counted = counted_after(tokens, at)
    if counted is None or unit is not None:
        return counted
    return _of_one(tokens, counted) if number.value == 1 else _to_plural(tokens, counted)


def _of_one(tokens: Sequence[Token], counted: Span) -> Span:
    """Return what is counted once without the verb that looks like its plural: "one harbour candidate wins"."""
    words = [i for i, token in enumerate(tokens) if counted.start <= token.start < counted.end]
    last = tokens[words[-1]].low
    is_verb = len(words) > 1 and last.endswith("s") and not last.endswith(("ss", "us", "is", "ics", "ws", "ies"))
    return Span(counted.start, tokens[words[-2]].end) if is_verb and tokens[words[-1]].text.islower() else counted


def _to_plural(tokens: Sequence[Token], counted: Span) -> Span:
    """Return a singular up to the plural it belongs to behind "and": "15 quay and harbour rulings"."""
    last = next(i for i in range(len(tokens) - 1, -1, -1) if tokens[i].end == counted.end)
    if _is_plural(tokens[last].low) or last + 2 >= len(tokens) or tokens[last + 1].low != "and":
        return counted
    for i in range(last + 2, min(last + 2 + MOST_COUNTED_WORDS, len(tokens))):
        if not tokens[i].text.islower() or not _may_be_counted(tokens, i, begun=True):
            break
        if _is_plural(tokens[i].low) and i > last + 2:
            return Span(counted.start, tokens[i].end)
    return counted


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is")))


_PLURALS = frozenset({"people", "men", "women", "children", "police", "percent"})


def _is_parents(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether children are counted that nobody names: "father of four Carl Roe"."""
    parent = tokens[first - 2].low if first > 1 and tokens[first - 1].low == "of" else ""
    return parent.removeprefix("grand") in {"father", "mother", "parent", "dad", "mom", "mum"}


def _joined_noun(tokens: Sequence[Token], number: Number) -> Span | None:
    """Return the noun that a hyphen joins to its number: "a 1,400-room hotel", "a 10-point lead"."""
    if number.ordinal or number.last + 1 >= len(tokens) or tokens[number.last].text != "-":
        return None
    noun = tokens[number.last + 1]
    tight = tokens[number.last].start == number.end and noun.start == tokens[number.last].end
    if not (tight and noun.low.isalpha() and len(noun.low) > 2) or noun.low in {"way", "fold", "plus", "star", "time"}:
        return None
    return Span(noun.start, noun.end)


def counted_after(tokens: Sequence[Token], at: int) -> Span | None:
    """Return the phrase that tokens from ``at`` give as counted: up to its head noun, "of the" passed over."""
    if at + 3 < len(tokens) and tokens[at].text in _QUOTES and tokens[at + 2].text in _CLOSING_QUOTES:
        at += 3  # 'three "no" votes'
    if at + 1 < len(tokens) and tokens[at].text in _CLOSING_QUOTES and tokens[at + 1].text[0].isalpha():
        at += 1  # '"at least 10" senators'
    at = _past_describing(tokens, _past_of(tokens, at))
    last = at
    while last < len(tokens) and last - at < MOST_COUNTED_WORDS and _may_be_counted(tokens, last, last > at):
        if last > at and _ends_with_plural(tokens, last):
            break
        last += 1
    if (joined := _noun_after_next_number(tokens, at, last)) is not None:
        return joined
    while last > at and (not _ends_a_noun(tokens[last - 1].text) or tokens[last - 1].low in _adjectives()):
        last -= 1
    if last == at + 1 and _is_participle(tokens[at].low):
        return None
    return span_of_tokens(tokens, at, last) if last > at else None


def _ends_with_plural(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether the phrase before i ends in a plural and what stands at i says what they do: "two cats visit"."""
    before, here = tokens[i - 1].low, tokens[i].low
    is_plural = len(before) > 3 and before[-1] == "s" and before[-2] not in "s'’ui" and before not in _PLURAL_BEFORE
    is_plural = is_plural or before in {"people", "men", "women", "children"}
    if is_plural and tokens[i - 1].text.islower() and tokens[i].text.istitle():
        return True  # "five ways Poe works"
    return is_plural and tokens[i].text.islower() and (here[-1] != "s" or here.endswith("ss"))


_PLURAL_BEFORE = frozenset(
    {
        "arms", "sales", "sports", "weapons", "drugs", "savings", "news", "goods", "customs", "rights", "states",
        "veterans", "operations", "communications", "securities",
    }
)  # fmt: skip
"""Plurals that stand before the noun they describe: "four arms dealers", "ten sports cars"."""


def _noun_after_next_number(tokens: Sequence[Token], at: int, last: int) -> Span | None:
    """Return the noun that two numbers share: "three Red and two Blue commissioners", "two and four berths"."""
    if last - at > 1 or (last > at and (not tokens[at].text[0].isupper() or tokens[at].low.endswith("s"))):
        return None
    if last + 2 >= len(tokens) or tokens[last].low != "and":
        return None
    if not (tokens[last + 1].text.isdigit() or tokens[last + 1].low in lexicon()["words"]):
        return None
    shared = counted_after(tokens, last + 2)
    if shared is None:
        return None
    begin = next(i for i in range(len(tokens) - 1, -1, -1) if tokens[i].end == shared.end)
    is_plural = tokens[begin].low.endswith("s") and begin - (last + 2) == last - at
    return span_of_tokens(tokens, begin, begin + 1) if is_plural else None


def _past_describing(tokens: Sequence[Token], at: int) -> int:
    """Return the place behind an adverb ("44 previously unseen letters") or an owner ("the state's 18 seats")."""
    if at + 1 < len(tokens) and tokens[at].low.endswith("ly") and tokens[at].low not in _LY_NOUNS:
        at += 2 if tokens[at + 1].text == "-" else 1
    for i in range(at, min(at + _OWNER_WORDS, len(tokens) - 1)):
        owner = tokens[i].low.endswith(("'s", "’s"))
        if owner and (tokens[i + 1].text.isdigit() or tokens[i + 1].low in lexicon()["words"]):
            return i + 2  # "nine of the port board's 29 members"
        if not tokens[i].text[0].isalpha():
            break
    return at


_OWNER_WORDS = 3
"""Words of the longest owner before a second number."""


_LY_NOUNS = frozenset(
    {
        "assembly", "family", "supply", "ally", "reply", "rally", "fly", "lily", "bully", "daily", "weekly", "monthly",
        "quarterly", "elderly", "anomaly", "monopoly", "friendly", "early",
    }
)  # fmt: skip
"""Nouns and adjectives before nouns that end as adverbs do."""

_NOUNS_TOO = frozenset(
    {"cut", "set", "spread", "split", "hit", "lead", "run", "felt", "found", "ground", "saw", "shot"}
)


@cache
def _past_forms() -> frozenset[str]:
    return frozenset(entries("events")["verbs"]["past"])


_CLOSING_QUOTES = frozenset({'"', "”"})
_QUOTES = frozenset({'"', "“"})


def _ends_a_noun(word: str) -> bool:
    return word[-1].isalpha() and not (len(word) == 1 and word.isupper())


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(lexicon()["counted"]["adjectives"])


def _is_participle(word: str) -> bool:
    rules = lexicon()["counted"]
    past = word.endswith("ed") and word not in rules["ed_nouns"]
    return past or (word.endswith("ing") and word not in rules["ing_nouns"])


def _past_of(tokens: Sequence[Token], at: int) -> int:
    if at < len(tokens) and tokens[at].low == "of":
        at += 1
        if at < len(tokens) and tokens[at].low in _DETERMINERS:
            at += 1
        start = at
        while at < len(tokens) and (tokens[at].text[0].isdigit() or tokens[at].low in _number_words()):
            at += 1
        if at < len(tokens) and at > start and tokens[at].text == "-":
            at = start  # "two of the ten-year bonds"
    return at


@cache
def _number_words() -> frozenset[str]:
    """Return the words that numbers are written with: "seven of the eight berths" counts berths."""
    return frozenset(lexicon()["words"]) | frozenset(lexicon()["magnitudes"])


_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr"})
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "those", "these", "our", "all"})


def _may_be_counted(tokens: Sequence[Token], i: int, begun: bool) -> bool:
    token, rules = tokens[i], lexicon()["counted"]
    if not token.text[0].isalpha():
        joins = token.text == "-" and begun and i + 1 < len(tokens) and tokens[i + 1].text[0].isalpha()
        return joins and token.start == tokens[i - 1].end  # a dash with a space before it begins a remark
    if begun and tokens[i - 1].text == "-":
        return True  # "tribute-filled days"
    if (
        token.low.endswith(("n't", "n’t"))
        or token.text == "us"
        or token.text in _TITLES
        or (begun and token.text.istitle() and token.low in weekday_names())
        or (not begun and token.low in {"less", "more"})
        or (token.low in rules["stop"] and not (token.low == "lives" and not begun))
    ):
        return False
    if not begun and token.text.islower() and token.low in _past_forms() - _NOUNS_TOO:
        return False
    if begun and token.low in lexicon()["words"]:
        return False
    if not begun:
        return True
    # A participle after the noun begins what is said of it: "troops stationed", "people killed", "sites bearing".
    if token.low.endswith("ed") and token.low not in rules["ed_nouns"]:
        return False
    if (token.low.endswith("ly") and token.low not in _LY_NOUNS) or token.low in _past_forms():
        return False
    return not (token.low.endswith("ing") and token.low not in rules["ing_nouns"])
