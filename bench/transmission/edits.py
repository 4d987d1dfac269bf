"""What a carrier does to sentences: other words, numbers, days, hedges, cues, quotations; a split or a merger.

Every edit takes a line and gives the line changed, or None where it does not apply. Positions are chosen so that the
kind is beyond doubt: words in lower case outside quotations for wording, plain figures for numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from bench.transmission.lines import Edits, Line, dropped, inserted, joined, replaced, split_at
from bench.transmission.pinned import pinned

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HEDGES = ("reportedly", "allegedly", "apparently")
_FIGURE = re.compile(r"[1-9]\d{1,2}\Z")
_NO_FIGURE = re.compile(
    r"(?:years?|days?|weeks?|months?|hours?|a\.m|p\.m|percent|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)\b"
)
_PLAIN = re.compile(r"[a-z]{4,}\Z")


_SCALES = "hundred hundreds thousand thousands million millions billion billions trillion first second third fourth"
_SCALES += " fifth sixth seventh eighth ninth tenth"


@cache
def _sensitive() -> frozenset[str]:
    """Return the words that say more than themselves: numbers, days, reserves, verbs of saying."""
    words: set[str] = {"percent", "half", "dozen", "dozens", *_SCALES.split(), *pinned("numbers")}
    words |= {word for kind in ("hedges", "sayings") for form in pinned(kind) for word in form.split()}
    times = "today tomorrow yesterday tonight morning afternoon evening night weekend week month year days hours decade"
    return frozenset(words | {form for word in times.split() for form in (word, f"{word}s", word.removesuffix("s"))})


Edit = Callable[[Line, Random, Edits], Line | None]


def vocabulary_of(lines: Sequence[str]) -> list[str]:
    """Return the plain words that edits put in."""
    return sorted({word for line in lines for word in line.split() if _is_plain(word) and len(word) > 4})


def _is_plain(word: str) -> bool:
    return _PLAIN.match(word) is not None and word not in _sensitive()


def reworded(line: Line, n: int, draw: Random, edits: Edits, vocabulary: Sequence[str]) -> Line:
    """Return the line with up to n words replaced, dropped or put in, outside quotations."""
    edit = edits.new("wording")
    for _ in range(n):
        at = [i for i, t in enumerate(line.tokens) if i and not t.quoted and _is_plain(t.text)]
        if not at or len(line.tokens) < 6:
            break
        where, action = draw.choice(at), draw.choice(("replace", "replace", "drop", "insert"))
        if action == "replace":
            line = replaced(line, where, draw.choice(vocabulary), edit)
        elif action == "drop":
            line = dropped(line, where, where + 1, edit)
        else:
            line = inserted(line, where, draw.choice(vocabulary), edit, edits)
    return line


def other_number(line: Line, draw: Random, edits: Edits) -> Line | None:
    """Return the line with another number of two or three figures in the place of one."""
    at = [i for i, t in enumerate(line.tokens) if _FIGURE.match(t.text) and not t.quoted and not _is_dated(line, i)]
    if not at:
        return None
    where = draw.choice(at)
    return replaced(line, where, str(int(line.tokens[where].text) + draw.randint(1, 9)), edits.new("number"))


def _is_dated(line: Line, at: int) -> bool:
    near = [t.text for t in (*line.tokens[max(0, at - 2) : at], *line.tokens[at + 1 : at + 3])]
    return any(_NO_FIGURE.match(word) or word in DAYS for word in near)


def other_day(line: Line, draw: Random, edits: Edits) -> Line | None:
    """Return the line with another weekday in the place of one."""
    at = [i for i, t in enumerate(line.tokens) if t.text.rstrip(".,") in DAYS and not t.quoted]
    if not at:
        return None
    where = draw.choice(at)
    word = line.tokens[where].text
    day = word.rstrip(".,")
    return replaced(line, where, draw.choice([d for d in DAYS if d != day]) + word[len(day) :], edits.new("date"))


def hedge_put_in(line: Line, draw: Random, edits: Edits) -> Line | None:
    """Return the line with a reserve after its first verb of being."""
    at = [i for i, t in enumerate(line.tokens[:-2]) if t.text in ("was", "were") and not t.quoted]
    if not at or any(t.text in HEDGES or t.text == "not" for t in line.tokens):
        return None
    return inserted(line, at[0] + 1, draw.choice(HEDGES), edits.new("hedge"), edits)


def hedge_lost(line: Line, _draw: Random, edits: Edits) -> Line | None:
    """Return the line without its reserve."""
    at = [i for i, t in enumerate(line.tokens) if t.text in HEDGES and not t.quoted]
    return dropped(line, at[0], at[0] + 1, edits.new("hedge")) if at else None


def other_cue(line: Line, _draw: Random, edits: Edits) -> Line | None:
    """Return the line with an addressee for its first plain "said"."""
    words = [t.text for t in line.tokens]
    at = [i for i, w in enumerate(words[:-1]) if w == "said" and not line.tokens[i].quoted]
    at = [i for i in at if words[i + 1] not in ("that", "in", "on", "at")]
    return replaced(line, at[0], "told the committee", edits.new("attribution")) if at else None


TAIL = 6
"""Words of a source after the statement, its verb included."""


def source_tail(line: Line) -> int | None:
    """Return where a source at the end of the line begins (", police said."), or None."""
    words = [t.text for t in line.tokens]
    if words[-1] != "said." or line.tokens[-1].quoted:
        return None
    for i in range(len(words) - 2, max(8, len(words) - TAIL), -1):
        if words[i - 1].endswith(","):
            return None if line.tokens[i - 1].quoted else i
    return None


def source_lost(line: Line, _draw: Random, edits: Edits) -> Line | None:
    """Return the line without the source at its end: told as a fact."""
    at = source_tail(line)
    if at is None:
        return None
    edit = edits.new("attribution")
    line = dropped(line, at, len(line.tokens), edit)
    last = line.tokens[-1]
    whole = last._replace(text=last.text.rstrip(",") + ".")
    return Line((*line.tokens[:-1], whole), line.gone, line.is_clear)


def other_quoted_word(line: Line, draw: Random, edits: Edits) -> Line | None:
    """Return the line with a word of a quotation changed."""
    at = [i for i, t in enumerate(line.tokens) if t.quoted and _is_plain(t.text)]
    if not at or not line.is_clear:
        return None
    where = draw.choice(at)
    word = line.tokens[where].text
    options = [w for w in (t.text for t in line.tokens) if _is_plain(w) and w != word]
    return replaced(line, where, draw.choice(options), edits.new("quote")) if options else None


FACTS: tuple[tuple[float, Edit], ...] = (
    (0.010, other_number),
    (0.010, other_day),
    (0.010, hedge_put_in),
    (0.120, hedge_lost),
    (0.010, other_cue),
    (0.060, source_lost),
    (0.010, other_quoted_word),
)
"""How often a carrier makes each edit where it applies, by line."""


def facts_edited(line: Line, draw: Random, edits: Edits) -> Line:
    """Return the line with the edits of fact that fall on it."""
    for share, edit in FACTS:
        if draw.random() < share:
            line = edit(line, draw, edits) or line
    return line


PART_WORDS = 8
"""Words that either half of a split sentence has at least."""


def split(line: Line, edits: Edits) -> tuple[Line, Line] | None:
    """Return the line as two sentences, cut at a comma before "and", "but" or "while", or None."""
    words = [t.text for t in line.tokens]
    for i in range(PART_WORDS, len(words) - PART_WORDS):
        if words[i] in ("and", "but", "while") and words[i - 1].endswith(",") and not line.tokens[i].quoted:
            return split_at(dropped(line, i, i + 1, edits.new("wording")), i)
    return None


def merged(one: Line, other: Line, edits: Edits) -> Line | None:
    """Return two sentences as one, or None where either is short, quoted at the border or no plain sentence."""
    if min(len(one.tokens), len(other.tokens)) < PART_WORDS or len(one.tokens) + len(other.tokens) > 60:
        return None
    if not one.text.endswith(".") or one.tokens[-1].quoted or other.tokens[0].quoted:
        return None
    return joined(one, other, edits, edits.new("wording"))
