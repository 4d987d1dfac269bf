"""What the words of a block show by themselves, whatever page it stands on.

Owns everything that depends on a block's own text alone, so that it is read once for every distinct short text of a
process: menus repeat on every page of an outlet. What is dear and seldom asked for is read when it is asked for. Where
the block stands, and what stands around it, is seen by ``features``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from retold.lexicon.calendar import PrintedDate, dates_in
from retold.lexicon.credit_forms import (
    closing_phrases,
    credit_form,
    may_end_in_picture_credit,
    may_hold_credit,
    may_name_agency,
    picture_credit_at_end,
    rare_in_credits,
)
from retold.lexicon.datelines import DatelineForm, dateline_at
from retold.lexicon.load import entries
from retold.lexicon.phrases import EDGES, Telltale, any_of, held_phrases, telltale_of
from retold.lexicon.rare import RarePhrases
from retold.text.unspaced import has_no_stops, is_unspaced, overlapping, pieces

WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"[.!?…。？！।၊။។؟۔][\"”“’'»«)\]」』）]*\s*$|[.!?][\"”“’'»)\]]*\s*\[\d+\]$")
_ENDS = frozenset(".!?…。？！।၊။។؟۔")
_CLOSES = frozenset("\"”“’'»«)]」』）")
# Of scripts without spaces: a full stop that more follows.
_INNER_STOP = re.compile(r"[。！？。၊။។][」』”’）]*\s*[\w「『“‘（]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
# The mark first, then what stands before it: so the search leaps from mark to mark.
_INNER_END = re.compile(r"[.!?…](?<=[^\W\d_]{3}[.!?…])[\"”“’'»)\]]*\s+[\"“„«‘'(]?[^\W\d_a-z]")
_DIGIT = re.compile(r"\d")
_BULLETS = frozenset("*+•·▪■●‣»›>")
# A sentence of this length may end in a colon, before what it announces.
_ANNOUNCING_WORDS = 14
_SENTENCE_WORDS = 8
# Running text: what of a page's words is counted as such.
_RUNNING_WORDS = 12
_QUESTION_WORDS = 16
# A paragraph under a dateline has this many words at least, and a dateline one of these marks.
_DATELINED_WORDS = 12
_DATELINE_MARK = re.compile(r"[–—―)/]|--|\s-\s")
_LINE_OF_DATELINE = 16
_DATE_LINE_WORDS = 14
# What a picture's label opens with ("Image caption"), in any script of these languages.
_LABEL_WORDS = frozenset(["image", "photo", "picture", "media", "bild", "bildunterschrift", "caption"])
# Texts up to this length are kept, so many of them (about 25 MB); a paragraph does not come again.
_SHORT = 100
_KEPT = 1 << 14
# Characters looked at at either end of a block: no paragraph has a tenth of it (the longest on 543 open pages of
# pages/ has 4,609), and the words of 20 MB as Python strings take 700 MB.
_LOOKED_AT = 50_000

# Families of rare phrases: those that tell furniture, those of captions, of credits' ends, of picture credits.
HELD, PICTURED, CLOSING, CREDITED = 1, 2, 4, 8
_ANY_FAMILY = HELD | PICTURED | CLOSING | CREDITED
# Of fewer blocks each is looked at for itself: the arrays take .2 ms, and numpy is loaded for them.
_MANY_BLOCKS = 12

# Running text has a third of its words among these, menus and headings few.
_FUNCTION_WORDS: frozenset[str] = frozenset(entries("function_words")["running"]["all"].split())


class Wording:
    """What is seen of a text without white space at its ends. Shares are 0..1.

    ``folded`` are its words casefolded (no character becomes white space by that), ``capital_share`` the share of them
    that begin with a capital; ``runs_on`` says that it reads like running text of some length.
    """

    __slots__ = (
        "_bag", "_content_words", "_credit", "_dates", "_is_mute", "_is_unspaced", "_may_hold",
        "_opens_with_dateline", "_picture_credit", "_picture_word", "_whole_dateline", "bullet", "capital_share",
        "digit_share", "ends_sentence", "folded", "inner_sentences", "is_question", "is_sentence", "key", "mass",
        "n_function", "n_words", "opens_lower", "says_twice", "signs", "telltale", "text",
    )  # fmt: skip

    def __init__(self, text: str, may_hold: int = _ANY_FAMILY) -> None:
        self.text = text
        self._may_hold = may_hold
        self._is_unspaced = unspaced = is_unspaced(text)
        folded = text.casefold()
        words = pieces(text) if unspaced else WORD.findall(text)
        self.folded = " ".join(words).casefold().split(" ") if words else []
        self.n_words = n_words = len(words)
        self.capital_share: float = sum([word[0].isupper() for word in words]) / (n_words or 1)
        self.key = " ".join(folded.strip(EDGES).split())
        self.bullet = text[:1] in _BULLETS or (text[:1] == "-" and text[1:2].isspace())
        last = text[-1:]
        ends = last in _ENDS or (last in _CLOSES and _SENTENCE_END.search(text[-40:]) is not None)
        self.ends_sentence = ends or (n_words >= _ANNOUNCING_WORDS and last == ":")
        self.inner_sentences = n_words > 1 and _INNER_END.search(text) is not None
        if unspaced:
            self.inner_sentences = self.inner_sentences or _INNER_STOP.search(text) is not None
            self.ends_sentence = self.ends_sentence or (n_words >= _RUNNING_WORDS and has_no_stops(text))
        speaks = self.ends_sentence or self.inner_sentences
        self.is_sentence = speaks and n_words >= _SENTENCE_WORDS
        self.mass = n_words if speaks and n_words >= _RUNNING_WORDS and not self.bullet else 0
        self.n_function = sum(map(_FUNCTION_WORDS.__contains__, self.folded)) if n_words > 1 else 0
        self.digit_share = len(_DIGIT.findall(text)) / len(text) if _DIGIT.search(text) else 0.0
        self.opens_lower = text[:1].islower()
        asks = last == "?" and n_words <= _QUESTION_WORDS and not self.inner_sentences
        self.is_question = asks and text[:1] not in "\"“„«‘'"
        self.says_twice = n_words >= 4 and _is_doubled(self.key)
        self.telltale: Telltale | None = telltale_of(folded, self.key, may_hold=may_hold & HELD != 0)
        self.signs: dict[bool, tuple[tuple[object, ...], ...]] | None = None
        self._content_words: frozenset[str] | None = None
        self._bag: frozenset[str] | None = None
        self._dates: list[PrintedDate] | None = None
        self._credit: tuple[str | None] | None = None
        self._picture_credit: bool | None = None
        self._picture_word: tuple[str | None] | None = None
        self._is_mute: bool | None = None
        self._opens_with_dateline: bool | None = None
        self._whole_dateline: tuple[DatelineForm | None] | None = None

    @property
    def function_share(self) -> float:
        """The share of function words."""
        if self.n_words == 1:
            return float(self.folded[0] in _FUNCTION_WORDS)
        return self.n_function / (self.n_words or 1)

    @property
    def content_words(self) -> frozenset[str]:
        """The words of four letters and more, of two syllables in Korean, that are no function words."""
        if self._content_words is None:
            least = 4 if self.text.isascii() or not _HANGUL.search(self.text) else 2
            words = frozenset([w for w in self.folded if len(w) >= least]) - _FUNCTION_WORDS
            self._content_words = words | overlapping(self.text) if self._is_unspaced else words
        return self._content_words

    @property
    def bag(self) -> frozenset[str]:
        """All words, those around an apostrophe apart, as declared titles are compared."""
        if self._bag is None:
            is_plain = self.text.isascii() and "'" not in self.text  # then no word falls apart
            self._bag = frozenset(self.folded) if is_plain else bag_of(self.text)
        return self._bag

    @property
    def dates(self) -> list[PrintedDate]:
        """The calendar dates printed in the text."""
        if self._dates is None:
            self._dates = dates_in(self.text) if self.digit_share else []
        return self._dates

    @property
    def is_date_line(self) -> bool:
        """Whether the text is a date with little around it."""
        return self.n_words <= _DATE_LINE_WORDS and bool(self.dates)

    @property
    def credit(self) -> str | None:
        """Which form of a credit the whole text is, as ``credit_forms`` names it."""
        if self._credit is None:
            self._credit = (self._read_credit(),)
        return self._credit[0]

    def _read_credit(self) -> str | None:
        text, folded, may_close = self.text, self.folded, self._may_hold & CLOSING != 0
        if not may_hold_credit(text, folded, may_close=may_close):
            return None
        return credit_form(
            text, self.n_words, may_close=may_close, may_name=may_name_agency(text, folded),
            may_be_pictured=self._may_hold & CREDITED != 0 or may_end_in_picture_credit(text),
        )  # fmt: skip

    @property
    def ends_in_picture_credit(self) -> bool:
        """Whether a picture credit ends the text."""
        if self._picture_credit is None:
            self._picture_credit = (
                (self._may_hold & CREDITED != 0 or may_end_in_picture_credit(self.text))
                and may_hold_credit(self.text, self.folded, may_close=self._may_hold & CLOSING != 0)
                and picture_credit_at_end(self.text) is not None
            )
        return self._picture_credit

    @property
    def picture_word(self) -> str | None:
        """The first of the words that only captions say which stands in the text."""
        if self._picture_word is None and not self._may_hold & PICTURED:
            self._picture_word = (None,)
        if self._picture_word is None:
            folded = self.text.casefold()
            found = _any_picture_word().search(folded) is not None
            self._picture_word = (next((w for w in _picture_words() if w in folded), None) if found else None,)
        return self._picture_word[0]

    @property
    def is_mute(self) -> bool:
        """Whether a short text says nothing of pictures and is no furniture that gives itself away by its opening."""
        if self._is_mute is None:
            loud = self.bullet or (self.telltale is not None and self.telltale.how != "holds")
            label = self.folded and self.folded[0] in _LABEL_WORDS
            self._is_mute = not (loud or label or self.picture_word)
        return self._is_mute

    @property
    def opens_with_dateline(self) -> bool:
        """Whether a dateline opens the text, and running text goes on behind it."""
        if self._opens_with_dateline is None:
            self._opens_with_dateline = self.n_words >= _DATELINED_WORDS and _is_datelined(self.text)
        return self._opens_with_dateline

    @property
    def whole_dateline(self) -> DatelineForm | None:
        """The dateline that is the whole text, if it is one."""
        if self._whole_dateline is None:
            self._whole_dateline = (_whole_dateline(self),)
        return self._whole_dateline[0]


def may_hold(text: str, starts: Sequence[int]) -> Sequence[int]:
    """Return for every block of a page which families of rare phrases its text may hold; of few blocks, all of them."""
    return _rare().flags(text, starts) if len(starts) >= _MANY_BLOCKS else [_ANY_FAMILY] * len(starts)


@cache
def _rare() -> RarePhrases:
    return RarePhrases(
        {HELD: held_phrases(), PICTURED: _picture_words(), CLOSING: closing_phrases(), CREDITED: rare_in_credits()}
    )


def wording_of(text: str, may_hold: int = _ANY_FAMILY) -> Wording:
    """Return what is seen of a trimmed text; the same value for the same short text.

    Of one longer than a chapter the beginning and the end are looked at. ``may_hold`` is what the function of this name
    says of it.
    """
    if len(text) <= _SHORT:
        return _kept(text, may_hold)
    if len(text) <= 2 * _LOOKED_AT:
        return Wording(text, may_hold)
    return Wording(f"{text[:_LOOKED_AT]} {text[-_LOOKED_AT:]}")


@lru_cache(maxsize=_KEPT)
def _kept(text: str, may_hold: int) -> Wording:
    return Wording(text, may_hold)


def bag_of(words: str) -> frozenset[str]:
    """Return the words as titles are compared: casefolded, in no order."""
    found = frozenset(_bag_pattern().findall(words.casefold()))
    return found | overlapping(words) if is_unspaced(words) else found


@cache
def _bag_pattern() -> re.Pattern[str]:
    return re.compile(r"\w+")


@cache
def _picture_words() -> tuple[str, ...]:
    return tuple(word.casefold() for word in entries("credits")["picture"]["says"])


@cache
def _any_picture_word() -> re.Pattern[str]:
    return re.compile(any_of(_picture_words()))


def _is_doubled(key: str) -> bool:
    half = len(key) // 2
    return key[:half].strip(" .?!") == key[half:].strip(" .?!")


def _is_datelined(text: str) -> bool:
    if not _DATELINE_MARK.search(text, 0, 140):
        return False
    form = dateline_at(text)
    return form is not None and form.span.end < len(text) // 2


def _whole_dateline(wording: Wording) -> DatelineForm | None:
    """A dateline needs a date, which has figures, or a source, which stands in brackets or between slashes."""
    text = wording.text
    if wording.n_words > _LINE_OF_DATELINE or not (wording.digit_share or "(" in text or "/" in text):
        return None
    found = dateline_at(text)
    return found if found is not None and found.span.end >= len(text) else None
