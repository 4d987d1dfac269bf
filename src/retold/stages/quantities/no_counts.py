"""Numbers that count nothing: parts of names, hours, years, idioms, places in a row.

Owns the tests that keep such a number out of the quantities; reading a number belongs to ``numbers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retold.lexicon import entries
from retold.lexicon.calendar import month_numbers, weekday_names
from retold.stages.quantities.numbers import Number, Token, lexicon

_NUMBERED = frozenset(
    {"week", "day", "page", "chapter", "grade", "phase", "part", "room", "gate", "act", "step", "category", "article",
     "section", "tier", "level", "round", "episode", "season", "exit", "size", "type", "flight", "interstate", "route"}
)  # fmt: skip


_BEFORE_CODES = frozenset("-:/'’#._=§")
"""Signs that stand tight before the number of a code, an address or a section."""

_PICTURES = frozenset({"caption", "photo", "photos", "image", "slide"})


def is_no_quantity(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number is part of a name, a pronoun or an adverb: "K1", "no one", "first of all"."""
    if number.tally_end:
        return False
    if _is_in_name(tokens, number):
        return True
    before = tokens[number.first - 1] if number.first else None
    after = tokens[number.last] if number.last < len(tokens) else None
    if any(told(tokens, number) for told in _TESTS):
        return True
    tight = before is not None and before.end == number.start
    if tight and before is not None and (before.text[-1].isalnum() or before.text in _BEFORE_CODES):
        return True
    if after is not None and after.start == number.end and after.text in {":", "/"}:
        return True
    if before is not None and before.text == "." and _words(tokens, number.first - 2, number.first - 1) in _SHORTENED:
        return tokens[number.first - 2].end == before.start  # "the No. 2 leader", "ch. 14"
    if before is not None and before.low == "of" and _words(tokens, number.first - 3, number.first - 2) in _PICTURES:
        return True  # "Caption 4 of 14"
    if before is not None and before.low == "number" and tokens[number.first].low == "one":
        return True  # "the number one worry"
    if before is not None and before.low in _NUMBERED and number.last == number.first + 1:
        return True  # "week five of the tour"
    digits = tokens[number.last + 1].text[0].isdigit() if number.last + 1 < len(tokens) else False
    if number.low is None and after is not None and after.text == "-" and digits and after.start == number.end:
        return True  # "555-0100"
    if tokens[number.first].low == "one" and number.last == number.first + 1:
        return _is_a_pronoun(before, after)
    return number.ordinal and _is_a_place_in_a_row(tokens, number)


def _is_in_name(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number stands inside a name with its article: "on The 700 Club"."""
    if number.first < 2 or number.last >= len(tokens) or tokens[number.first - 1].text != "The":
        return False
    return tokens[number.last].text[0].isupper() and tokens[number.first - 2].text not in set('.!?:"“')


_SHORTENED = frozenset({"no", "nos", "ch", "p", "pp", "vol", "art", "sec", "cl", "para", "fig"})
"""Shortened words for what numbers name: "ch. 14", "No. 2"."""


def _is_a_code(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number names a rule, a plan or a place in a book: "the 5150 program", "a 712(c)"."""
    if number.last != number.first + 1:
        return False
    after = [token.text for token in tokens[number.last : number.last + 4]]
    digits = tokens[number.first].text.isdigit()
    if digits and len(after) > 2 and after[0] == "(" and after[2] == ")" and len(after[1]) == 1 and after[1].isalpha():
        return tokens[number.last].start == number.end
    before = tokens[number.first - 1].text if number.first else ""
    if digits and before == "(" and after[:1] == [")"] and len(tokens[number.first].text) == len("1225"):
        return True  # the year of a book or a law
    if digits and after[:1] and after[0].lower() in _NAMED_BY_NUMBERS and number.value not in {0, 1}:
        return True
    return _is_cited(after)


def _is_cited(after: Sequence[str]) -> bool:
    """Tell whether a shortened title follows, and more: "212 U.S., at 40", "9 Port. III", "one Feb. 19 talk"."""
    if len(after) > 1 and after[0] == "U.S.":
        return after[1][0].isdigit()
    if after[:4] == ["U", ".", "S", "."]:
        return True
    shortened = len(after) > 2 and after[1] == "." and after[0].istitle() and 2 < len(after[0]) < len("Port.")
    return shortened and (after[2][0].isupper() or after[2][0].isdigit())


_NAMED_BY_NUMBERS = frozenset({"program", "programme", "form", "plan", "bill", "resolution", "rule", "visa"})
"""Singular nouns that no count stands before: "the 5150 program" is the one of that number."""


def _is_no_amount(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether "zero" says that there is none of what has no number: "zero patience", "zero-waste rules".

    Before a plural or a unit it counts: "zero boats", "zero percent".
    """
    if tokens[number.first].low != "zero" or number.last != number.first + 1:
        return False
    later = [token.low for token in tokens[number.last : number.last + 2]]
    if later[:1] == ["-"] or later[:1] == ["to"]:
        return True
    is_noun = bool(later) and later[0].isalpha() and later[0] not in lexicon()["counted"]["stop"]
    if not is_noun or any(later[0] in forms for forms in lexicon()["units"].values()):
        return False
    return not any(word == "people" or (word.endswith("s") and not word.endswith("ss")) for word in later)


def _is_a_verb(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether "scores" is what somebody does or results of tests: "Poe scores a win", "test scores rose"."""
    if tokens[number.first].low != "scores" or number.last != number.first + 1:
        return False
    return number.last >= len(tokens) or tokens[number.last].low not in _AFTER_SCORES


_AFTER_SCORES = frozenset(
    {"of", "more", "were", "are", "have", "had", "others", "dead", "injured", "wounded", "killed"}
)


def _is_a_pronoun(before: Token | None, after: Token | None) -> bool:
    """Tell whether "one" stands for somebody or something: "no one", "one of them"."""
    prior, later = before.low if before else "", after.low if after else ""
    return prior in {"no", "any", "every", "some", "each", "this", "that", "the", "another"} or later in {
        "another", "of", "day", "that", "who", "can", "might", "would", "is", "was", "by", "may", "could",
    }  # fmt: skip


def is_idle_one(tokens: Sequence[Token], number: Number, head: str, *, others: bool) -> bool:
    """Tell whether "one" before a noun says no number: "at one point", "in one tense exchange".

    It says one where a word before it says so ("only one ship"), where the sentence counts ``others`` as well, or
    where it counts people.
    """
    if tokens[number.first].low != "one" or number.last != number.first + 1:
        return False
    if head in lexicon()["idioms"]["one"]:
        return True
    before = tokens[number.first - 1].low if number.first else ""
    persons = lexicon()["idioms"]["persons"]
    return not (others or head in persons or before in {"only", "just", "than", "least", "exactly", "most"})


def _is_a_place_in_a_row(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether an ordinal places without counting: "the first step", "his second term", "the third day".

    From the third on, what is placed has been counted ("the ninth explosion"), but for days, grades and the like.
    """
    if number.value is not None and number.value <= 2:
        return True
    nouns = [token.low for token in tokens[number.last : number.last + 2]]
    return any(noun in lexicon()["idioms"]["placed"] for noun in nouns)


def _words(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(token.low for token in tokens[max(0, first) : last])


def _is_an_hour(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number is a clock time that no date was read from: "at five in the morning"."""
    if number.value is None or not 1 <= number.value <= 12 or number.ordinal:
        return False
    later = _words(tokens, number.last, number.last + 3)
    past = number.first > 0 and tokens[number.first - 1].low == "past" and later[:1] in {",", ".", ""}
    return past or later.startswith(tuple(lexicon()["idioms"]["hours"]))


def _is_a_year(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether four bare digits are a year that stands before a noun: "2020 attacks"; 2000 may be a count."""
    text = tokens[number.first].text
    if number.last != number.first + 1 or not (text.isdigit() and len(text) == len("2020")):
        return False
    before = tokens[number.first - 1].text if number.first else ""
    return text[:2] in {"19", "20"} and text not in {"1900", "2000"} and before not in lexicon()["currency_signs"]


def _is_a_day(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number is a day of a month named later: "on Sunday 4 and Monday 5 March"."""
    if not number.first or tokens[number.first - 1].low not in weekday_names() or number.last >= len(tokens):
        return False
    later = tokens[number.last].low
    return tokens[number.first].text.isdigit() and (later in {"and", ",", ".", "-", "to"} or later in month_numbers())


def _is_an_idiom(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number counts nothing: "the eleventh hour", "the Group of Seven", "half a world"."""
    idioms = lexicon()["idioms"]
    if number.ordinal:
        return _words(tokens, number.first, number.last + 1) in idioms["ordinals"]
    later = _words(tokens, number.last, number.last + 2)
    if _words(tokens, number.first, number.last + 2) in idioms["phrases"] or later.startswith(("- star ", "- page ")):
        return not later.startswith("- page ")
    before = tokens[number.first - 1] if number.first else None
    named = before is not None and tokens[number.first].text[0].isupper() and number.last == number.first + 1
    group = _words(tokens, number.first - 2, number.first) in {"group of", "gang of"} or (
        before is not None and before.text == "Big"
    )
    return group and (named or tokens[number.first].text.isdigit())


def _is_in_a_name(tokens: Sequence[Token], number: Number) -> bool:
    """Tell whether the number is part of a name: "Berth 9", "Model 410 Sea 2", "the 4th District", "Losk Five"."""
    before = tokens[number.first - 1] if number.first > 1 else None
    after = tokens[number.last] if number.last < len(tokens) else None
    capital_after = after is not None and after.text[0].isupper() and len(after.text) > 1
    if number.ordinal:
        word = after.text.removesuffix("'s").removesuffix("’s") if after is not None else ""
        return capital_after and not word.endswith("s") and not _is_people(word)
    one_word = number.last == number.first + 1
    if one_word and tokens[number.first].text.istitle() and _is_titled(tokens, before, capital_after=capital_after):
        return True
    if one_word and number.first > 1 and tokens[number.first].text.istitle() and not capital_after:
        owner = tokens[number.first - 2].text in {"the", '"', "“", "‘"}
        return owner and before is not None and before.text.istitle()  # "the Losk Five"
    if not one_word or not tokens[number.first].text.isdigit():
        return False
    later = tokens[number.last + 1] if number.last + 1 < len(tokens) else None
    if capital_after and later is not None and later.text[0].isdigit():
        return True
    named = before is not None and before.text[0].isupper() and before.text.lower() not in _BEFORE_COUNTS
    owner = before is not None and before.low.endswith(("'s", "’s", "s'", "s’"))
    return named and before is not None and not owner and before.low not in lexicon()["counted"]["stop"]


def _is_titled(tokens: Sequence[Token], before: Token | None, *, capital_after: bool) -> bool:
    """Tell whether a capital makes a number word part of a name: "World War Two", "at the Two Anchors inn"."""
    if before is None or before.text in _NAMED_BEFORE:
        return before is not None
    return capital_after and before.text.islower() and _is_running_text(tokens)


_NAMED_BEFORE = frozenset({"War", "Force", "Title", "Formula", "Amendment"})
"""Words of names that end in a number written out."""


def _is_running_text(tokens: Sequence[Token]) -> bool:
    """Tell whether long words stand in small letters, as in no headline with capitals throughout."""
    return sum(token.text.islower() and len(token.text) > _LONG_WORD for token in tokens) > 1


_LONG_WORD = 4
"""Letters of words that headlines with capitals leave small: "from", "with"."""

_BEFORE_COUNTS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "some", "nearly", "almost", "about", "around", "roughly", "only", "just", "all", "at",
    "least", "over",
})  # fmt: skip


@cache
def _people() -> frozenset[str]:
    return frozenset(form for forms in entries("places")["countries"].values() for form in forms)


def _is_people(word: str) -> bool:
    return word in _people()


_TESTS = (_is_in_a_name, _is_an_hour, _is_an_idiom, _is_a_year, _is_a_day, _is_a_code, _is_no_amount, _is_a_verb)
