"""People who speak by their surname alone and whom nothing in the report introduces: "..., Berg said".

Owns orphaned speakers. Judged only where one capitalised word stands right before a plain verb of speech, outside
quotations, and the page has it in no longer name, with no title and no office. Precision before recall.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from retold.lexicon import entries
from retold.model.page import PageId, Pointer
from retold.model.story import Breakage
from retold.stages.breakages.context import Context, Report
from retold.stages.breakages.names import KIND, MIN_SURNAME, Introductions, introductions
from retold.stages.breakages.persons import bare_key, is_half_of_compound, names_in, words_for
from retold.text.spans import Span
from retold.text.words import Word, words_of

_SPEECH = frozenset(["said", "says", "told", "tells", "added", "adds", "recalled", "explained"])
_OPENING_MARKS = frozenset("\"“‘'«„")
_AFTER_SPEECH, _CLOSING_SINGLE = frozenset(',.!?”"'), frozenset("'’")
"""What may stand before a speaker inside a sentence; a word there may be the rest of a longer name or a role."""
_APPOSED = frozenset(["who", "whose", "a", "an", "the", "one", "his", "her", "their"])
NEAR, LONG = 2, 6
"""Two names of at least so many letters are spellings of one name up to so many edits."""


def orphaned_speakers(context: Context) -> Iterator[Breakage]:
    """Yield the speakers named by surname alone whom nothing introduces, each once a report."""
    known = {page: introductions(report) for page, report in context.reports.items()}
    for report in context.reports.values():
        told: set[str] = set()
        for sentence in report.sentences:
            for word in _speakers(report, sentence, known[report.page]):
                key = bare_key(report.text, word)
                if key not in told:
                    told.add(key)
                    yield _breakage(context, report, word, known)


def _speakers(report: Report, sentence: Span, mine: Introductions) -> Iterator[Word]:
    words = words_of(report.text, sentence)
    single = {first for first, last in names_in(report.text, words) if first == last}
    for i in sorted(single):
        if i + 1 < len(words) and words[i + 1].key in _SPEECH and _is_bare(report, words, i, mine):
            yield words[i]


def _is_bare(report: Report, words: Sequence[Word], i: int, mine: Introductions) -> bool:
    """Tell whether a capitalised word is a surname that the report has nowhere else with more to it."""
    word, text = words[i], report.text
    key = bare_key(text, word)
    if len(key) < MIN_SURNAME or key in mine.in_full or text[word.start : word.end].isupper():
        return False
    if report.is_quoted(word.start) or text[word.end : words[i + 1].start] != " " or is_half_of_compound(text, word):
        return False
    if key in report.places or key in _no_surnames() or key in _in_small_letters(text):
        return False
    if any(key == of_title.key for of_title in words_of(report.title)):
        return False
    if any(span.start < word.end and word.start < span.end for span in report.no_persons):
        return False
    if _is_near(key, mine.in_full) or _is_told_of(report, key):
        return False
    return _may_be_named_here(report, words, i)


def _may_be_named_here(report: Report, words: Sequence[Word], i: int) -> bool:
    """Tell whether the place of the word shows that its capital is a name's and that no role stands before it."""
    word, text = words[i], report.text
    if i == 0:
        return bare_key(text, word) in report.names
    before = text[: word.start].rstrip()[-2:]
    if text[word.start - 1] in _OPENING_MARKS:
        return False
    return before[-1:] in _AFTER_SPEECH or (before[-1:] in _CLOSING_SINGLE and before[:1] in _AFTER_SPEECH)


def _is_told_of(report: Report, key: str) -> bool:
    """Tell whether some place of the report says who it is: "her sister Berg", "Berg, a pilot", "a Berg of 60"."""
    words = words_of(report.text)
    for i, word in enumerate(words):
        if bare_key(report.text, word) != key:
            continue
        before = report.text[words[i - 1].end : word.start] if i else ""
        if before == " " and words[i - 1].key in words_for("persons", "roles") | words_for("persons", "titles"):
            return True
        after = report.text[word.end : words[i + 1].start] if i + 1 < len(words) else ""
        if after == ", " and words[i + 1].key in _APPOSED:
            return True
    return False


def _is_near(key: str, names: Iterable[str]) -> bool:
    """Tell whether one of the names is the same in another spelling: "Lindqvist", "Lindkvist"."""
    return any(
        name[:1] == key[:1] and DamerauLevenshtein.distance(key, name, score_cutoff=NEAR) <= NEAR
        for name in names
        if len(name) >= LONG
    )


def _in_small_letters(text: str) -> frozenset[str]:
    """Return the words that the report has without a capital too: "analysts", "sources"."""
    return frozenset(word.key for word in words_of(text) if text[word.start].islower())


@cache
def _no_surnames() -> frozenset[str]:
    """Return words with a capital that are no surname, and surnames that need no introduction."""
    calendar, places = entries("calendar"), entries("places")
    named = [*calendar["months"].get("en", ()), *calendar["weekdays"].get("en", ())]
    days = {form.casefold() for forms in named for form in ([forms] if isinstance(forms, str) else forms)}
    peoples = {form.casefold() for forms in places["countries"].values() for form in forms}
    persons = entries("names")["person"]
    given = {name.casefold() for listed in ("given", "given_further", "women") for name in persons[listed]}
    listed = words_for("persons", "known_by_surname")
    return frozenset(days | peoples | {form + "s" for form in peoples} | given) | listed


def _breakage(context: Context, report: Report, word: Word, known: dict[PageId, Introductions]) -> Breakage:
    shown, key = report.text[word.start : word.end], bare_key(report.text, word)
    for other in context.others(report.page):
        where = known[other.page].surnames.get(key)
        if where is not None:
            full = other.text[where.start : where.end]
            says = f"'{shown}' is not introduced here; {{{other.page}}} has '{full}'"
            pointer: Pointer | None = Pointer(other.page, where.start, where.end)
            break
    else:
        says, pointer = f"nothing here tells who '{shown}' is; a cut is likely", None
    span = Span(word.start, word.end)
    return Breakage(context.story.story, report.page, span, shown, KIND, says, pointer)
