"""Noun phrases around a verb: the subject before it, the person after it.

Owns where a noun phrase starts and ends among tagged tokens. Appositions, relative clauses and inserted phrases
between two commas are stepped over; a phrase is given without them. Ranges are token indices, half-open.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.stages.claims.stretches import (
    ASKED_PERSONS,
    LONGEST,
    behind_time,
    last_phrase,
    stretch_start,
    without_day,
)
from retold.stages.claims.tokens import Token, word_set

Tokens = Sequence[Token]
Range = tuple[int, int]

_HEADS = frozenset("WKMq)DXO")
_LONGEST_RELATIVE = 12
"""Tokens looked back over for the relative pronoun of a clause that stands between subject and verb."""
_SPOKEN = 20
"""Characters from which a quotation before a name is what the name says, and no part of it."""
_SHORT_RELATIVE = 6
"""Tokens of a relative clause that ends in a pronoun."""


_SELVES = word_set("himself herself itself themselves myself ourselves yourself")
_NUMBERS = word_set("one two three four five six seven eight nine ten half a")
_ROUGHLY = word_set("about around over under nearly almost")

_NEEDING = word_set("people those voters adults respondents percent americans")
"""Heads that say little without their relative clause: "people who own boats said"."""
ALONE = word_set("many some several most all both few others neither one another majority half")
"""Determiners that may be a subject without a noun."""


def subject_before(tokens: Tokens, at: int) -> Range | None:
    """Return the noun phrase that is the subject of the verb group starting at ``at``, or None.

    Source: the subject stands last before the verb, but for what commas or brackets insert.
    """
    last = at - 1
    if last < 0:
        return None
    if tokens[last].low in _SELVES and last:
        own = subject_before(tokens, last)
        return own if own is not None and own[1] == last else None
    if tokens[last].tag == "Z" and last > 1 and tokens[last - 1].tag == ",":
        # "Reed, meanwhile, who sits ..., said"; "Reed, who sits ..., also said"
        return subject_before(tokens, last - 1 if tokens[at].tag == "," else last)
    if tokens[last].tag == "X" and last > 2 and tokens[last - 1].low == "on" and tokens[last - 2].tag == ",":
        return subject_before(tokens, last - 1)  # "Reed, the mayor, on Tuesday called"
    if tokens[last].tag == "," and last > 1 and tokens[last - 1].tag == ")":
        return _with_name(tokens, subject_before(tokens, last))  # "Ann Reed (D-Ohio), said"
    if tokens[last].tag in {",", "-"} or _closes_aside(tokens, last):
        opening = _inserted_from(tokens, last)
        age = None if opening is None else _age_before(tokens, opening)
        opening = opening if age is None else age[0]
        head = None if opening is None else subject_before(tokens, opening)
        if head is None and opening is not None:
            return _named_first(tokens, opening)
        if head is None or opening is None:
            return None
        if age is not None and tokens[age[1] + 1].tag not in "DWKP":
            return head[0], age[1]  # "Lee Park, 51, who drove it, said"
        named = _named_first(tokens, opening)
        if named is not None:
            return named
        if tokens[opening].tag == "," and _is_behind_opening(tokens, head[0], opening):
            return opening + 1, last  # "After taking her prize, Ann Reed of the Lantern, said"
        # An apposition belongs to the name; a relative clause or a circumstance does not.
        return (head[0], last) if tokens[opening + 1].tag in "DWKM" and tokens[head[0]].tag != "N" else head
    if tokens[last].tag == "O":
        return _behind_relative(tokens, last)
    if tokens[last].tag == "X" and (closing := _before_days(tokens, last)):
        return subject_before(tokens, closing)
    if tokens[last].tag == ")":
        opening = _previous(tokens, last, "(")
        return None if opening is None else subject_before(tokens, opening)
    if tokens[last].tag in {"N", "R"}:
        return _pronoun(tokens, last)
    return _phrase_before(tokens, at)


def _closes_aside(tokens: Tokens, last: int) -> bool:
    """Tell whether a title's own comma closes what is inserted: "Roe, in a talk with “Coast Today,” said"."""
    if tokens[last].tag not in "Qq" or tokens[last].low != '",':
        return False
    comma = next((k for k in range(last - 1, max(-1, last - LONGEST), -1) if tokens[k].tag in ",VAQq"), None)
    return comma is not None and tokens[comma].tag == "," and tokens[comma + 1].tag in "PG"


def _is_behind_opening(tokens: Tokens, head: int, opening: int) -> bool:
    """Tell whether a phrase belongs to a participle that opens the sentence, and a name stands behind the comma."""
    is_participle = head > 0 and tokens[head - 1].low.endswith("ing") and tokens[head - 1].tag in "GWV"
    is_first = head == 1 or (head == 2 and tokens[0].low in {"after", "before", "while", "when", "on", "by"})
    return is_participle and is_first and tokens[opening + 1].tag == "K"


def _behind_relative(tokens: Tokens, last: int) -> Range | None:
    """Return the subject whose relative clause ends in a pronoun: "clerks who backed him said"."""
    for k in range(last - 1, max(0, last - _SHORT_RELATIVE), -1):
        if tokens[k].tag == "R":
            return subject_before(tokens, k)
        if tokens[k].tag not in "VAZPT":
            break
    return _phrase_before(tokens, last + 1)


def _before_days(tokens: Tokens, last: int) -> int:
    """Return the index behind the bracket before "last week": of "Ann Reed (D-Ohio) last week said"; else 0."""
    while last > 0 and (tokens[last].tag == "X" or (tokens[last].tag == "Z" and tokens[last + 1].tag == "X")):
        last -= 1
    return last + 1 if tokens[last].tag == ")" else 0


def _age_before(tokens: Tokens, opening: int) -> Range | None:
    """Return the commas around an age that ends at ``opening``: "Lee Park, 51, a driver, said"."""
    is_age = opening > 2 and tokens[opening].tag == "," == tokens[opening - 2].tag
    is_age = is_age and (tokens[opening - 1].tag == "M" or is_seat(tokens, opening - 1))
    return (opening - 2, opening) if is_age else None


def is_seat(tokens: Tokens, k: int) -> bool:
    """Tell whether a word is the party and state of a member: "R-Ohio"."""
    low = tokens[k].low
    return tokens[k].tag == "K" and len(low) > 3 and low[0] in "rdi" and low[1] == "-"


def _named_first(tokens: Tokens, opening: int) -> Range | None:
    """Return the name a sentence opens with when more than one thing is inserted behind it.

    "Lee Park, the editor of the port's paper, the Lantern, said": Lee Park, not the editor.
    """
    comma = next((k for k in range(opening) if tokens[k].tag == ","), None)
    if comma is None or comma + 1 >= opening or any(t.tag not in "DWKMCP" for t in tokens[:comma]):
        return None
    after = tokens[comma + 1]
    if tokens[0].tag == "P" or not (after.tag in "DM" or after.low in {"who", "former"}):
        return None
    return 0, comma


def _with_name(tokens: Tokens, phrase: Range | None) -> Range | None:
    """Return the phrase with the name it explains: "Ann Reed, head of the agency (FMA)," is Ann Reed."""
    if phrase is None or phrase[0] < 2 or tokens[phrase[0] - 1].tag != "," or tokens[phrase[0]].tag == "K":
        return phrase
    k = phrase[0] - 1
    while k > 0 and (tokens[k - 1].tag == "K" or (k == 1 and tokens[0].tag == "W")):
        k -= 1
    is_start = k == 0 or tokens[k - 1].tag in "QCS"
    return (k, phrase[1]) if is_start and k < phrase[0] - 1 else phrase


def _pronoun(tokens: Tokens, last: int) -> Range:
    # "those who", "people who": the words before belong to it.
    if tokens[last].low == "who" and last and tokens[last - 1].low in {"those", "anyone", "everyone"}:
        return last - 1, last + 1
    return last, last + 1


def _inserted_from(tokens: Tokens, last: int) -> int | None:
    """Return the index of the comma or dash that opens what the one at ``last`` closes."""
    mark = "," if tokens[last].tag in "Qq" else tokens[last].tag
    for i in range(last - 1, max(-1, last - LONGEST), -1):
        if tokens[i].tag == mark:
            # A place or an age: "Austin, Texas, said" and "Lee, 53, of Ohio, said".
            is_place = last - i <= 2 and i and not is_seat(tokens, i + 1)
            longer = _inserted_from(tokens, i) if is_place else None
            is_behind = longer is not None and (_is_short(tokens, longer, i) or tokens[longer + 1].tag == "R")
            return longer if is_behind else i  # "Roe, who led a visit to Losk, Norland, told"
        if tokens[i].tag in {";", ":", "Q"}:
            return None
    return None


def _is_short(tokens: Tokens, start: int, end: int) -> bool:
    return end - start <= 3 and all(t.tag not in "VAN" for t in tokens[start + 1 : end])


def _previous(tokens: Tokens, at: int, tag: str) -> int | None:
    for i in range(at - 1, max(-1, at - LONGEST), -1):
        if tokens[i].tag == tag:
            return i
    return None


def _phrase_before(tokens: Tokens, end: int) -> Range | None:
    start = stretch_start(tokens, end)
    opening = _relative_before(tokens, start)
    if opening is not None:
        head = subject_before(tokens, opening)
        is_needed = head is not None and tokens[opening - 1].low in _NEEDING and tokens[opening].low == "who"
        is_needed = is_needed and end < len(tokens) and tokens[end].tag in "AVZ"
        return (head[0], end) if head is not None and is_needed else head
    start = last_phrase(tokens, start, end)
    if start > 2 and tokens[start - 1].tag == "T" and tokens[start - 2].low == "not":
        return _phrase_before(tokens, start - 2)  # "the decision not to hear Reed suggests"
    start = next((k + 1 for k in range(end - 2, start - 1, -1) if tokens[k].low == "ago"), start)
    if start == end - 1 and tokens[start].tag == "q" and start and tokens[start - 1].tag in "NR":
        return _pronoun(tokens, start - 1)  # she "never" said
    end = without_day(tokens, start, end)
    if (
        tokens[start].low in _ROUGHLY
        and start + 1 < end
        and (tokens[start + 1].tag == "M" or tokens[start + 1].low in _NUMBERS)
    ):
        start += 1
    while start < end and (tokens[start].tag in {"C", "X", "R", "-", "G", ")"} or tokens[start].low in {"with", "out"}):
        start += 1
    start = _behind_participle(tokens, behind_time(tokens, start, end), end)
    end -= tokens[end - 1].low == "likely" and end - start > 1
    if start == 0 and end > 1 and tokens[0].tag == "q" and tokens[0].end - tokens[0].start > _SPOKEN:
        start = 1  # “The quay is old” Roe said
    if start and tokens[start - 1].tag == "," and start > 1 and tokens[end].tag != ",":
        named = _with_name(tokens, (start, end))
        is_spoken = named is not None and named[0] > 0 and tokens[named[0] - 1].tag == "Q"
        start = named[0] if named is not None and is_spoken else start
    is_outsider = start == 0 and tokens[0].low == "outside" and tokens[end - 1].low.endswith("s")
    if start >= end or (tokens[start].tag == "P" and not is_outsider):
        return None
    is_share = tokens[end - 1].tag == "M" and end - start > 2 and tokens[end - 2].low in {"in", "of"}
    if is_share:
        return start, end  # "six in 10 say"
    if tokens[end - 1].tag not in _HEADS and tokens[end - 1].low not in ALONE | ASKED_PERSONS:
        return None
    if end - start == 1 and tokens[start].tag == "X":
        return None
    return start, end


def _behind_participle(tokens: Tokens, start: int, end: int) -> int:
    """Return where the name starts behind a participle with its object: "Holding the prize Reed said"."""
    if start != 1 or not tokens[0].low.endswith("ing") or tokens[1].tag != "D" or tokens[0].tag not in "GW":
        return start
    first = next((k for k in range(2, end) if tokens[k].tag == "K"), end)
    is_object = first < end and all(t.tag == "W" for t in tokens[2:first])
    return first if is_object and all(t.tag == "K" for t in tokens[first:end]) else start


def _relative_before(tokens: Tokens, start: int) -> int | None:
    """Return where a relative clause opens in which the phrase at ``start`` is the object, or None.

    "The man who won the race said": the subject of said stands before who.
    """
    if start > 1 and tokens[start - 1].low == "that" and tokens[start - 2].tag in "WK" and _is_present(tokens, start):
        return start - 1  # "a group that represents makers said"
    for k in range(start - 1, max(-1, start - _LONGEST_RELATIVE), -1):
        is_own = k == start - 1 or (k and tokens[k - 1].tag == "P")
        if tokens[k].low == "which" and is_own:
            return None  # "a town in which voters say", "his tone, which sailors say"
        if tokens[k].low in {"who", "which", "who'd", "who’d", "who's", "who’s", "who've", "who’ve", "whose"}:
            return k if k > 0 else None
        if tokens[k].tag not in "VAZWTPDXGM" and tokens[k].low != "as":
            return None
    return None


def _is_present(tokens: Tokens, k: int) -> bool:
    """Tell whether the word at ``k`` looks like a verb in -s with an object behind it."""
    low = tokens[k].low
    is_verb = tokens[k].tag == "W" and low.endswith("s") and not low.endswith(("ss", "'s", "’s"))
    return is_verb and k + 1 < len(tokens) and tokens[k + 1].tag in "WKDM"


def phrase_after(tokens: Tokens, start: int, *, with_prepositions: bool = True) -> int:
    """Return where the noun phrase that starts at ``start`` ends; ``start`` itself when there is none."""
    i, n = start, len(tokens)
    if i < n and tokens[i].tag in "NO":
        return i + 1
    has_head = False
    while i < n:
        tag, low = tokens[i].tag, tokens[i].low
        is_many = i > start and tokens[i - 1].tag == "W" and tokens[i - 1].low.endswith("s")
        if tag == "M" and has_head and is_many:
            break  # "asked the crews 20 questions"
        if tag in "WKM":
            has_head = True
        elif tag == "q" and has_head and i + 1 < n and tokens[i - 1].tag == "K" == tokens[i + 1].tag:
            pass  # Ann “Tex” Reed
        elif tag == "V" and not has_head and i + 1 < n and tokens[i + 1].tag in "WK":
            pass
        elif tag == "D":
            if has_head and tokens[i - 1].tag not in "PC":
                break
        elif tag == "P" and low in _JOINING and has_head and with_prepositions:
            if i + 1 >= n or tokens[i + 1].tag not in "DKWM":
                break
        elif tag == "C" and low in {"and", "&"} and has_head:
            if i + 1 >= n or not (tokens[i + 1].tag in "KDW" or tokens[i + 1].low == "others"):
                break
            if tokens[i + 1].low == "others":
                return i + 2
        else:
            break
        i += 1
    return i if has_head or (i > start and tokens[start].low in {"her", "some", "many", "all", "both"}) else start


def named_after(tokens: Tokens, start: int, stop: int, *, opens: bool = False) -> int:
    """Return where a name behind the phrase ``[start, stop)`` ends: "the operator, Coast Line"; else ``stop``.

    ``opens`` tells that the clause told follows, so that the name must end at a comma and not be a list's or a
    subject's first part.
    """
    n = len(tokens)
    if stop + 1 >= n or tokens[stop].tag != "," or tokens[start].tag not in "DW" or tokens[stop + 1].tag != "K":
        return stop
    end = phrase_after(tokens, stop + 1, with_prepositions=False)
    if end == stop + 1 or any(t.tag not in "KMC" for t in tokens[stop + 1 : end]):
        return stop
    if not opens:
        return end if end == n or tokens[end].tag in {",", ".", ";", "-", ")"} else stop
    if end + 1 >= n or tokens[end].tag != "," or tokens[end + 1].tag in "RCVA":
        return stop
    inserted = phrase_after(tokens, end + 1)
    return stop if inserted < n and inserted > end + 1 and tokens[inserted].tag == "," else end


_JOINING = frozenset({"of", "at", "from", "for", "with", "in", "on"})
