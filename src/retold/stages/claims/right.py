"""What follows a reporting verb: its particles, the person told, the place of saying, and where the words begin.

Owns which frame of a use the tokens behind the verb satisfy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.phrases import Range, Tokens, is_seat, phrase_after
from retold.stages.claims.tokens import word_set
from retold.stages.claims.verbs import Use

MONTHS = word_set(
    "january february march april may june july august september october november december jan feb aug sept oct nov dec"
)
_MEDIA = word_set("message messages feed page account post broadcast interview appearance release")
_SERIES = word_set("series string couple pair number flurry")
_SPANS = word_set("minutes hours days weeks months years")
_NUMBERS = word_set("two three four five six seven eight nine ten several few")
_MANY = word_set("many several multiple numerous countless")
_QUESTION_WORDS = word_set("how why what whether who where when if which")


@dataclass(frozen=True, slots=True)
class Right:
    """The side behind a verb: the frame found ("" when none), where its words start, the cue's end, the person told.

    ``weak`` tells that the words may as well say when or where it was said.
    """

    frame: str
    start: int
    cue_end: int
    to: Range | None = None
    weak: bool = False


@cache
def places() -> dict[str, frozenset[str]]:
    """Return the nouns where something is said or written, by the preposition before them."""
    places = entries("reporting_verbs")["places"]
    return {word: frozenset(noun.lower() for noun in nouns) for word, nouns in places.items()}


def right_side(tokens: Tokens, at: int, use: Use, end: int) -> Right:
    """Return what stands behind the verb that ends at ``at``, read by the frames of ``use``."""
    cue_end, has_particle = _particles(tokens, at, use)
    r = cue_end
    to: Range | None = None
    if "addressee" in use.frames and not has_particle:
        to, r = _addressee(tokens, r, end)
        if to is None and (crowd := _gathered(tokens, r, end)):
            return Right("quote", crowd[1], cue_end, crowd)
        if to is not None:
            after, has_particle = _particles(tokens, r, use)
            r = after
    elif not has_particle and "inverted" in use.frames:
        to, r = _told_to(tokens, r, end, use)
    if not has_particle and to is None:
        later = _later_particle(tokens, r, end, use)
        if later > r:
            r = cue_end = later
            has_particle = True
    r, place_end = _time_and_place(tokens, r, end)
    if place_end and to is None:
        cue_end = place_end
    if place_end and r < end and tokens[r].tag == "V" and (that := _later_that(tokens, r + 1, end)):
        return Right("that", that, cue_end, to)  # "in a letter sent on Friday that"
    if place_end and r < end and tokens[r].tag == "V" and (quote := _later_quote(tokens, r + 1, end)):
        return Right("quote", quote, r + 1, to)  # "in a statement emailed to the paper, Q"
    if r == len(tokens) - 1 and tokens[r].tag == ":":
        return Right("colon", r, cue_end, to)
    if has_particle and r + 1 < end and tokens[r].tag in ",:" and tokens[r + 1].tag in "Qq":
        return Right("quote", r + 1, cue_end, to)
    if has_particle and r < end and tokens[r].tag not in {",", "."}:
        return Right("particle", r, cue_end, to)
    if r + 2 < end and tokens[r].tag == "," and tokens[r + 1].tag == "Z" and tokens[r + 2].tag == ",":
        r += 3  # "said, however, that"
    elif r + 3 < end and tokens[r].tag == "," and tokens[r + 1].tag == "S" and tokens[r + 1].low in {"if", "when"}:
        comma = next((k for k in range(r + 2, min(r + 9, end)) if tokens[k].tag == ","), None)
        r = comma + 1 if comma is not None else r  # "said, if elected, she would"
    if r < end and tokens[r].tag == "," and (inserted := _behind_insertion(tokens, r, end)):
        r = inserted
    if to is not None and r < end and tokens[r].tag in "DK" and (named := _named_that(tokens, r, end)):
        return Right("that", named, cue_end, (to[0], named))  # "told CBS on Sunday's Face the Nation that"
    is_place = to is not None and r + 1 < end and tokens[r].tag == "," and tokens[r + 1].tag == "K"
    if is_place and (that := _later_that(tokens, r + 2, min(r + 7, end))):
        return Right("that", that, cue_end, to)  # "told a meeting in Port City, Norland, on Monday that"
    frame, weak = _frame(tokens, r, end, use)
    if "quote" in use.frames and (weak or not frame) and (quote := _later_quote(tokens, r, end)):
        return Right("quote", quote, cue_end, to)
    if frame in {"clause", "bare"} and weak:
        that = _later_that(tokens, r, end)
        if that is not None:
            return Right("that", that, cue_end, to)
    if frame == "quote" and tokens[r].tag in ":,":
        r += 1
    return Right(frame, r, cue_end, to, weak)


def _behind_insertion(tokens: Tokens, r: int, end: int) -> int:
    """Return where "that" stands behind ", for example,", else 0."""
    comma = next((k for k in range(r + 1, min(r + 5, end)) if tokens[k].tag == ","), end)
    is_plain = not any(t.tag in "VANQq" for t in tokens[r:comma])
    return comma + 1 if is_plain and comma + 1 < end and tokens[comma + 1].low == "that" else 0


def _named_that(tokens: Tokens, r: int, end: int) -> int:
    """Return where the that-clause starts behind the rest of a programme's name, else 0."""
    k = r
    while k < end and tokens[k].tag in "DK":
        k += 1
    return k if k < end and tokens[k].low == "that" and tokens[k].tag == "R" and tokens[k - 1].tag == "K" else 0


def _particles(tokens: Tokens, at: int, use: Use) -> tuple[int, bool]:
    for words in use.particles:
        stop = at + len(words)
        is_day = words == ("on",) and stop < len(tokens) and tokens[stop].tag == "X"
        if not is_day and tuple(t.low for t in tokens[at:stop]) == words:
            return at + len(words), True
    return at, False


def _gathered(tokens: Tokens, at: int, end: int) -> Range | None:
    """Return the persons told with the participle behind them: "told a crowd gathered in the port on Monday, Q"."""
    stop = phrase_after(tokens, at, with_prepositions=False)
    if not at < stop < end or tokens[stop].tag != "V" or not tokens[stop].low.endswith("ed"):
        return None
    comma = next((k for k in range(stop + 1, min(stop + _FAR, end - 1)) if tokens[k].tag in ",VASRNQ"), end)
    is_speech = comma + 1 < end and tokens[comma].tag == "," and tokens[comma + 1].tag == "Q"
    return (at, comma + 1) if is_speech else None


_FAR = 12
"""Tokens between a crowd and what it is told."""


def _addressee(tokens: Tokens, at: int, end: int) -> tuple[Range | None, int]:
    """Return the person told and where the rest goes on; "told AFP", "told reporters on Monday that"."""
    stop = phrase_after(tokens, at, with_prepositions=False)
    if stop == at:
        return None, at
    if stop + 1 < end and tokens[stop].tag in "qQ" and tokens[stop - 1].low.endswith(("'s", "’s")):
        return (at, stop + 1), stop + 1  # "told CBS's “Coast Today” that"
    stop = _before_subject(tokens, at, stop, end)
    if tokens[at].tag == "O":
        return (at, stop), stop  # "told me at his house"
    span = next((k for k in range(at + 1, stop) if tokens[k].low in _SPANS), stop)
    if span < stop and span > at + 1:
        span -= tokens[span - 1].tag == "M" or tokens[span - 1].low in _NUMBERS
        return (at, span), span  # "told the paper hours after", "told a clerk two weeks after"
    # "the crowd of supporters", "reporters at the port"; but "told CNN of the clerk"
    if tokens[at].tag == "K" and stop < end and tokens[stop].low == "of":
        longer = phrase_after(tokens, stop + 1)
        is_topic = longer >= end or tokens[longer].tag in ",:.Qq" or tokens[longer].low == "that"
        return (at, stop), (longer if is_topic else stop)
    while stop + 1 < end and tokens[stop].tag == "P" and tokens[stop].low in {"of", "at", "in", "on", "from"}:
        longer = phrase_after(tokens, stop + 1, with_prepositions=False)
        if longer == stop + 1 or tokens[stop + 1].tag == "X":
            break
        stop = longer
    if stop < end and tokens[stop].tag in "VA":
        return None, at
    if stop + 1 < end and tokens[stop].tag == "," and is_seat(tokens, stop + 1):
        comma = next((k for k in range(stop + 2, min(stop + 5, end)) if tokens[k].tag == ","), None)
        return (at, stop), (comma + 1 if comma is not None else stop)
    return (at, min(stop, end)), min(stop, end)


def _before_subject(tokens: Tokens, at: int, stop: int, end: int) -> int:
    """Return where the persons told end before a name that is a subject: "told reporters Coast Line simply hoped"."""
    k = stop
    while k > at and tokens[k - 1].tag == "K":
        k -= 1
    is_many = k > at and tokens[k - 1].tag == "W" and tokens[k - 1].low.endswith("s") and "'" not in tokens[k - 1].low
    is_verb = stop < end and tokens[stop].tag in "AVZ"
    return k if at < k < stop and is_many and is_verb else stop


def _told_to(tokens: Tokens, at: int, end: int, use: Use) -> tuple[Range | None, int]:
    """Return the person told behind "confirmed to", and where the rest goes on; "to" before a verb is none."""
    if at + 1 >= end or tokens[at].tag != "T":
        return None, at
    first = tokens[at + 1]
    is_plural = first.tag == "W" and first.low.endswith("s") and not first.low.endswith("ss")
    # A title in capitals: "Mayor Vows to Build Bridge".
    if first.tag not in "DO" and ("to" in use.frames or not (first.tag == "K" or is_plural)):
        return None, at
    to, stop = _addressee(tokens, at + 1, end)
    return (None, at) if to is None else (to, stop)


def _later_particle(tokens: Tokens, at: int, end: int, use: Use) -> int:
    """Return where "called in response for" ends, when a circumstance parts a verb from its particle, else ``at``."""
    singles = {words[0] for words in use.particles if len(words) == 1}
    if at + 1 >= end or not singles or tokens[at].tag not in "PXZ" or tokens[at].low in {"after", "before", "when"}:
        return at
    is_series = any(t.low in _SERIES for t in tokens[at + 1 : at + 3])
    if is_series or (tokens[at].low in singles and tokens[at + 1].tag != "X"):
        return at
    stop = phrase_after(tokens, at + 1, with_prepositions=False) if tokens[at].tag == "P" else at + 1
    while stop < end and tokens[stop].tag == "X":
        stop += 1
    is_found = stop > at + (tokens[at].tag == "P") and stop + 1 < end and tokens[stop].low in singles
    return stop + 1 if is_found and tokens[stop].tag in "PT" else at


def _time_and_place(tokens: Tokens, at: int, end: int) -> tuple[int, int]:
    """Return where the words go on behind "on Monday", "in a statement", and where the place of saying ends (or 0)."""
    r, place_end = at, 0
    while r < end:
        if tokens[r].tag == "X" or (tokens[r].tag == "Z" and r + 1 < end and tokens[r + 1].tag in "XP,RQq"):
            r += 1 + (r + 1 < end and tokens[r + 1].tag == "M" and tokens[r].low in MONTHS)
        elif r + 1 < end and tokens[r + 1].low == "times" and tokens[r].low in _MANY:
            r += 2 + (r + 2 < end and tokens[r + 2].low in {"before", "already"})
            r += r + 1 < end and tokens[r].tag == "," and tokens[r - 1].low == "before"
        elif tokens[r].low in {"on", "in"} and r + 1 < end and tokens[r + 1].tag == "X":
            r += 2
        elif tokens[r].tag == "P" and (stop := _place(tokens, r, end)):
            r = place_end = stop
        else:
            break
    return r, place_end


def _place(tokens: Tokens, at: int, end: int) -> int:
    nouns = places().get("on" if tokens[at].low == "on" else "in", frozenset())
    if tokens[at].low not in {"in", "on", "during", "at", "via", "through"}:
        return 0
    for k in range(at + 1, min(at + 6, end)):
        if tokens[k].low in nouns:
            return k + 1 + (k + 1 < end and tokens[k + 1].low in _MEDIA)  # "in a video message", "on its Twitter feed"
        if tokens[k].tag in "Qq" and k + 1 < end and tokens[k + 1].low == "that":
            return k + 1  # on the channel's "Morning" that
        is_series = tokens[k].low == "of" and tokens[k - 1].low in _SERIES
        if tokens[k].tag not in "DWKMX" and not is_series:
            break
    return 0


def _frame(tokens: Tokens, r: int, end: int, use: Use) -> tuple[str, bool]:
    """Return the frame that the token at ``r`` opens, and whether the words may be a mere circumstance."""
    frames = use.frames
    if r >= end:
        return "", False
    token = tokens[r]
    if token.low == "that" and "that" in frames:
        return "that", False
    if token.tag in "Qq" and "quote" in frames:
        return "quote", False
    if (
        token.tag in {":", ","}
        and "quote" in frames
        and r + 1 < end
        and (tokens[r + 1].tag in "Qq" or token.tag == ":")
    ):
        return "quote", False
    if token.low in _QUESTION_WORDS and "wh" in frames:
        return "wh", False
    if token.tag == "T":
        return ("to", False) if "to" in frames else ("", False)
    if token.low in {"yes", "no"} and use.group == "say" and (r + 1 >= end or tokens[r + 1].tag in "TCSP,"):
        return "clause", False  # "said no to the toll"
    if "clause" in frames and token.tag in "DNWKMGZPXROSq":
        if token.low == "into" or (token.tag in "PSX" and "inverted" not in frames):
            return "", False
        is_weak = token.tag in "PSXZ" or (token.tag == "G" and not _has_verb(tokens, r, end))
        if token.tag in "SPXZ" or "np" in frames or _has_verb(tokens, r, end):
            return "clause", is_weak
        return "", False
    if "as" in frames:
        stop = phrase_after(tokens, r)
        return ("np", False) if r < stop < end and tokens[stop].low == "as" else ("", False)
    if "np" in frames and token.tag in "DWKMOGNQVRq":
        return "np", False
    return "", False


def _has_verb(tokens: Tokens, r: int, end: int) -> bool:
    if tokens[r].tag == "N" or any(t.tag in "Qq" for t in tokens[r:end]):
        return True
    return any(
        t.tag in "VA" or (t.tag in "WN" and t.low.endswith(("s", "'d", "’d", "'ll", "’ll"))) for t in tokens[r:end]
    )


def _later_quote(tokens: Tokens, r: int, end: int) -> int | None:
    """Return where speech starts behind "said last week in the capital," or "said:"."""
    for k in range(r, min(r + 15, end - 1)):
        if tokens[k].tag in ",:" and tokens[k + 1].tag in "Qq":
            return k + 1
        if tokens[k].tag in "VAQSRN,;":
            return None
    return None


def _later_that(tokens: Tokens, r: int, end: int) -> int | None:
    for k in range(r, min(r + 12, end)):
        if tokens[k].low == "that" and tokens[k].tag == "R":
            return k
        if tokens[k].tag in {"V", "A", "Q", "q", ":"}:
            return None
    return None
