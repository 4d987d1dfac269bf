"""Whether a stretch of text names or describes a person, told generously.

Owns the question an orphaned pronoun hangs on. It errs towards yes: a name counts as a person's unless its
neighbours, the calendar or its form (capitals only, "the" before it) speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from retold.lexicon import entries
from retold.text.spans import Span
from retold.text.words import Word, key_of, words_of

_SUFFIXES = ("man", "woman", "men", "women", "person", "ist", "ician", "ologist", "ster")
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "one",
        "another",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "former",
        "first",
        "top",
        "senior",
    ]
)
_JOINERS = frozenset(["al", "el", "bin", "ibn", "abu", "de", "da", "di", "du", "van", "von", "der", "la", "le", "of"])
_REACH = 3
_BEFORE_PLACES = frozenset(["a", "an", "the", "in", "at", "near", "across", "into", "outside", "throughout", "inside"])


@cache
def words_for(section: str, name: str) -> frozenset[str]:
    """Return a list of ``anaphora.toml`` as a set."""
    return frozenset(entries("anaphora")[section][name])


@cache
def _calendar() -> frozenset[str]:
    calendar = entries("calendar")
    named = [*calendar["months"].get("en", []), *calendar.get("weekdays", {}).get("en", [])]
    return frozenset(form.casefold() for forms in named for form in ([forms] if isinstance(forms, str) else forms))


def someone_in(
    text: str, span: tuple[int, int], no_persons: Sequence[Span] = (), names: frozenset[str] = frozenset()
) -> bool:
    """Tell whether the stretch has a person in it: a pronoun, a role, or what may be a person's name.

    ``no_persons`` are names known to be of something else, ``names`` words capitalised elsewhere inside a sentence.

    >>> someone_in("A dockworker saw the crane fall.", (0, 32)), someone_in("The crane in Ossel fell.", (0, 24))
    (True, False)
    >>> someone_in("One of the factions, Harat Nuur, fired the shells.", (0, 50))
    False
    """
    if any(word.key in words_for("pronouns", "any_form") for word in words_of(text, span)):
        return True
    return has_role(text, span) or count_named(text, span, no_persons, names) > 0


def has_role(text: str, span: tuple[int, int]) -> bool:
    """Tell whether the stretch speaks of somebody by what he or she is or does."""
    words = words_of(text, span)
    return any(_is_role(words, i) for i in range(len(words)))


def count_named(
    text: str, span: tuple[int, int], no_persons: Sequence[Span] = (), names: frozenset[str] = frozenset()
) -> int:
    """Count the names in the stretch that may be persons'."""
    words = words_of(text, span)
    runs = [_without_opener(text, words, first, last, names) for first, last in names_in(text, words)]
    return sum(_may_be_person(text, words, first, last, no_persons) for first, last in runs if first <= last)


def inner_names(text: str, sentences: Iterable[Span]) -> frozenset[str]:
    """Return the keys of the words that are capitalised inside a sentence of the text."""
    return frozenset(
        bare_key(text, word)
        for sentence in sentences
        for word in words_of(text, sentence)[1:]
        if _is_capitalised(text, word)
    )


def _without_opener(text: str, words: Sequence[Word], first: int, last: int, names: frozenset[str]) -> tuple[int, int]:
    """Return the run without a sentence's first word, where only its place makes that one a capital."""
    if first > 0 or (last > first and words[0].key not in _common_openers()):
        return first, last
    return (first, last) if bare_key(text, words[0]) in names else (1, last)


def _is_role(words: Sequence[Word], i: int) -> bool:
    key = words[i].key
    if key in words_for("persons", "roles") or key.endswith(_SUFFIXES):
        return True
    if key.endswith("s") and key[:-1] in words_for("persons", "roles"):
        return key not in words_for("groups", "heads")
    if key.endswith(("er", "or", "ee", "ian")) and len(key) > 4 and key not in words_for("persons", "not_roles"):
        return any(words[j].key in _DETERMINERS for j in range(max(0, i - _REACH), i))
    return False


def names_in(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the runs of capitalised words as (first, last) indices, joiners between two of them included."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        if not _is_capitalised(text, words[i]):
            i += 1
            continue
        last, j = i, i + 1
        while j < len(words) and _are_joined(text, words[j - 1], words[j]):
            if _is_capitalised(text, words[j]):
                last = j
            elif words[j].key not in _JOINERS or j - last > 2:
                break
            j += 1
        found.append((i, last))
        i = last + 1
    return found


def _is_capitalised(text: str, word: Word) -> bool:
    return text[word.start].isupper()


def _are_joined(text: str, left: Word, right: Word) -> bool:
    between = text[left.end : right.start]
    return len(between) <= 2 and not any(mark in between for mark in ',;:()"“”') and "\n" not in between


def _may_be_person(text: str, words: Sequence[Word], first: int, last: int, no_persons: Sequence[Span]) -> bool:
    run = words[first : last + 1]
    if any(span.start < run[-1].end and run[0].start < span.end for span in no_persons):
        return False
    if all(word.key in _common_openers() for word in run):
        return False
    if all(_bare(text, word).casefold() in _calendar() or _is_acronym(text, word) for word in run):
        return False
    before = words[first - 1].key if first else ""
    after = words[last + 1].key if last + 1 < len(words) else ""
    if before in _BEFORE_PLACES or is_half_of_compound(text, run[-1]):
        return False
    if after in words_for("groups", "heads") or run[-1].key in words_for("groups", "heads"):
        return False
    return not _is_named_group(text, words, first)


def _is_named_group(text: str, words: Sequence[Word], first: int) -> bool:
    """Tell whether the name stands in apposition to a group: "one of the factions, X,", "the group X"."""
    if first == 0:
        return False
    between = text[words[first - 1].end : words[first].start].strip()
    return between in ("", ",", "—", "–", "-", ":") and words[first - 1].key in words_for("groups", "heads")


def bare_key(text: str, word: Word) -> str:
    """Return the comparison key of a word without its possessive ending."""
    return key_of(_bare(text, word))


def _bare(text: str, word: Word) -> str:
    return text[word.start : word.end].removesuffix("'s").removesuffix("’s")


def is_half_of_compound(text: str, name: Word) -> bool:
    """Tell whether the name goes on as a compound ("Ossel-based")."""
    end = name.end
    return text[end : end + 1] in ("-", "‑", "–") and text[end + 1 : end + 2].islower()


def _is_acronym(text: str, word: Word) -> bool:
    letters = _bare(text, word)
    return len(letters) <= 6 and not any(letter.islower() for letter in letters)


@cache
def _common_openers() -> frozenset[str]:
    listed = """the a an in on at by for from to of with after before since during while when where as if but and or so
    it they we you he she this that these those there here some many most several all both each no not one two three
    four five six seven eight nine ten last next early late earlier later now then also although though because despite
    under over about around according until between among amid against what who how why which its their our his her
    still yet once even only other others more less another officials police authorities protesters critics supporters
    experts analysts people residents hundreds thousands dozens millions nearly almost asked meanwhile however"""
    return frozenset(listed.split())
