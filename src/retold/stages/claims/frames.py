"""Reporting verbs in a sentence: the verb group, its subject, and the words given to that subject.

Owns the frames of a verb: "X said (that) S", "S, X said", "said X", "X told Y S", "X vowed to", "X called Y Q".
Who the subject is stands in ``subjects``, what follows the verb in ``right``, the passive in ``passives``.
"""

from __future__ import annotations

from dataclasses import replace

from retold.stages.claims.antecedents import antecedent
from retold.stages.claims.draft import Draft, clause_start, end_of_sentence
from retold.stages.claims.group import Group, group_at
from retold.stages.claims.idioms import is_adjective, is_bidden, is_idiom
from retold.stages.claims.inversions import asked, inverted, is_title, turned
from retold.stages.claims.lists import with_list
from retold.stages.claims.passives import passive_draft
from retold.stages.claims.phrases import Range, Tokens, subject_before
from retold.stages.claims.right import Right, right_side
from retold.stages.claims.statements import PRESENT
from retold.stages.claims.subjects import subjects
from retold.stages.claims.tokens import word_set
from retold.stages.claims.verbs import Use, uses


def verb_drafts(tokens: Tokens) -> list[Draft]:
    """Return a draft for every reporting verb of the sentence, in order."""
    known = uses()
    found: list[Draft] = []
    for i, token in enumerate(tokens):
        ways = known.get(token.low) if token.tag in "VGWKA" else None
        if ways is not None and ways[0].group == "seem":
            continue  # nobody says so: see ``unattributed``
        if ways is None or (token.tag == "K" and i > 0):
            continue
        if is_idiom(tokens, i) or is_bidden(tokens, i):
            continue
        if found and i < max(end for _, end in found[-1].cue):
            continue
        draft = _draft(tokens, i, ways, found)
        if draft is not None:
            found.append(draft)
    return found


_RECORDS = frozenset(
    {"records", "polls", "poll", "data", "documents", "figures", "papers", "filings", "emails", "studies"}
)
_OWNED = frozenset({"credit", "responsibility"})
_RELATIVES = frozenset({"which", "who", "that", "whom"})
_NAMING = frozenset({"call", "name"})


def _draft(tokens: Tokens, i: int, ways: tuple[Use, ...], before: list[Draft]) -> Draft | None:
    group = group_at(tokens, i)
    shape = ways[0].shape
    if is_adjective(tokens, i, group, shape):
        return None
    if group.has_be and shape == "past":
        return passive_draft(tokens, i, group.start, ways, negated=group.negated)
    if shape == "past" and (question := asked(tokens, i, group, ways)):
        return question
    if shape == "past" and (ended := turned(tokens, i, group, ways)):
        return ended
    for subject, is_own in subjects(tokens, i, group, ways, before):
        drafts = [_active(tokens, i, group, use, subject, is_own=is_own) for use in ways]
        made = [draft for draft in drafts if draft is not None]
        if made:
            # A frame that gives words goes before one that leaves them to the next sentence.
            is_owned = i + 1 < len(tokens) and tokens[i + 1].low in _OWNED
            best = max(made, key=lambda d: (bool(d.content), is_owned and d.group == "claim"))
            return replace(best, own_source=is_own)
    return inverted(tokens, i, group, ways)


def _active(tokens: Tokens, i: int, group: Group, use: Use, subject: Range, *, is_own: bool) -> Draft | None:
    """Return the draft of a verb with this subject, or None when what stands around it fits none of its frames."""
    end = end_of_sentence(tokens)
    right = right_side(tokens, i + 1, use, end)
    cue: tuple[Range, ...] = ((group.start, right.cue_end),)
    made = Draft(subject, cue, (), use.strength, use.group, group.negated, to=right.to)
    # "The talks are continuing" says nothing; "S, she was saying" is no form of news.
    is_going_on = use.shape == "ing" and group.has_be
    is_paper = use.group == "document" and tokens[subject[1] - 1].low in _RECORDS
    is_relative = tokens[subject[0]].tag == "R"
    may_invert = (
        is_own
        and not is_going_on
        and not is_relative
        and ("inverted" in use.frames or is_paper)
        and subject[1] <= group.start
    )
    listed = with_list(tokens, subject) if is_own and subject[1] <= group.start and right.frame else subject
    made = replace(made, source=listed)
    left = _left_content(tokens, subject, right, use) if may_invert and listed == subject else None
    if left is not None:
        return replace(made, content=(left, *_continued(tokens, right, end)), after=False)
    if right.frame == "quote" and (opening := _phrase_around(tokens, subject, right)) is not None:
        return replace(made, content=(opening, (right.start, end)), after=False)
    if right.frame == "colon":
        return made
    if right.frame and right.start < end:
        if (head := _object_before(tokens, subject, right, use)) is not None:
            return replace(made, content=(head, (right.start, end)))
        stop = next((k for k in range(right.start, end) if tokens[k].tag == ";"), end)
        return replace(made, content=((right.start, stop),)) if right.start < stop else None
    found = _around(tokens, use, made, right, end)
    is_whole = subject[0] == 0 or (subject[0] == 1 and tokens[0].tag in "CZ")
    if found is None and is_whole and "inverted" in use.frames and (not right.frame or right.weak):
        return made  # "X said on Monday.": what is said may stand before or behind
    return found


def _phrase_around(tokens: Tokens, subject: Range, right: Right) -> Range | None:
    """Return the phrase that a quotation goes on with: "The plan, he said, “makes peace more likely.”"."""
    comma = subject[0] - 1
    if comma < 1 or tokens[comma].tag != "," or tokens[right.start - 1].tag != "," or tokens[right.start].tag != "q":
        return None
    start = clause_start(tokens, comma)
    return (start, comma) if _is_mere_phrase(tokens[start:comma]) and tokens[start].tag in "DK" else None


def _object_before(tokens: Tokens, subject: Range, right: Right, use: Use) -> Range | None:
    """Return what X says it of: "the plan, which X says breaks the law", "the money he has asked for the wall"."""
    k, first = subject[0] - 1, tokens[right.start]
    if k > 0 and use.group in _NAMING and tokens[k].low in {"which", "that"} and tokens[k].tag == "R":
        head = antecedent(tokens, k)
        # "on the same day that Holt called Roe a liar": the day is not called so
        return None if head is not None and tokens[head[1] - 1].low in _TIME_NOUNS else head
    if _is_gap(tokens, subject[0], right, use):
        return antecedent(tokens, k + 1)
    if k > 0 and first.tag == "P" and tokens[k].tag in "WK" and tokens[k + 1].tag == "N" and "np" in use.frames:
        return antecedent(tokens, k + 1)
    is_verb = first.tag in "AV" or first.low in PRESENT
    is_verb = is_verb or (first.tag == "W" and first.low.endswith("s") and not first.low.endswith("ss"))
    if k < 1 or tokens[k].low not in {"which", "who", "that", "whom"} or tokens[k].tag != "R" or not is_verb:
        return None
    return antecedent(tokens, k)


def _is_gap(tokens: Tokens, at: int, right: Right, use: Use) -> bool:
    """Tell whether a pronoun follows the noun it speaks of: "a port he calls dead", "a story he says he hears"."""
    k, first = at - 1, tokens[right.start]
    if k < 2 or tokens[k].tag != "W" or tokens[at].tag != "N" or tokens[k].low in _TIME_NOUNS:
        return False
    if not any(t.tag in "AV" or (t.tag == "N" and t.low.endswith(("'s", "’s"))) for t in tokens[:k]):
        return False
    is_verb = first.tag in "AV" or first.low in PRESENT or (first.tag == "W" and first.low.endswith("s"))
    is_clause = first.tag == "N" and right.frame == "clause"
    return use.group in _NAMING or (use.group == "say" and (is_verb or is_clause))


_TIME_NOUNS = word_set("times time days day week month year moment way once so once night morning reason whatever")


def _around(tokens: Tokens, use: Use, made: Draft, right: Right, end: int) -> Draft | None:
    """Return the draft of words that run around the attribution: "which X said was", "In the end, X said, S"."""
    behind = right.cue_end if right.to is None else max(right.cue_end, right.to[1])
    if "inverted" not in use.frames or made.source is None or behind >= end:
        return None
    before, token = made.source[0] - 1, tokens[behind]
    if token.tag in "AV" and before >= 0 and tokens[before].tag in "RS":
        is_relative = tokens[before].low in _RELATIVES
        head = _relative_head(tokens, before) if is_relative else None
        return replace(made, content=tuple(p for p in (head, (behind, end)) if p is not None))
    is_as = tokens[before].low == "as" and not any(t.tag in "VAN" for t in tokens[: max(before, 0)])
    is_before = before < 0 or tokens[before].tag in {",", "C", "R"} or is_as
    if token.tag == "," and behind + 1 < end and is_before:
        start = behind + 1
        is_rest = tokens[start].tag == "A" and before > 0
        is_verb = tokens[start].tag == "V" and _is_mere_phrase(tokens[clause_start(tokens, before) : before])
        is_own = not is_verb and tokens[start].tag in "GVRSC" and not _may_open(tokens, start, end)
        if is_own or (end - start < 3 and not is_rest):
            return None
        is_opened = before > 0 and tokens[before].tag == "," and tokens[before - 1].tag not in "RP"
        opening = (clause_start(tokens, before), before) if is_opened else None
        pieces = tuple(p for p in (opening, (start, end)) if p is not None and p[0] < p[1])
        return replace(made, content=pieces, after=False)
    return None


def _relative_head(tokens: Tokens, relative: int) -> Range | None:
    """Return what a relative pronoun stands for, a pair in full: "malt and hops that brewers say are dear"."""
    near, far = antecedent(tokens, relative), subject_before(tokens, relative)
    if near is None or far is None or far[1] != near[1] or far[0] >= near[0]:
        return near or far
    return far if all(t.tag in "DWKMC" for t in tokens[far[0] : near[0]]) else near


def _may_open(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether words behind "X said," open what is said though they look like X's own doing.

    "that S"; "while A, B"; "continued rows will".
    """
    if tokens[start].low == "that":
        return True
    if tokens[start].tag == "S":
        return any(tokens[k].tag == "," for k in range(start + 2, end - 2))
    return tokens[start].low.endswith("ed") and start + 2 < end and tokens[start + 1].tag in "WK"


def _left_content(tokens: Tokens, subject: Range, right: Right, use: Use) -> Range | None:
    """Return what stands before "X said", when it and not the words behind is what is said."""
    k = subject[0] - 1
    if k >= 0 and tokens[k].tag == "S" and tokens[k].low == "as":
        if use.strength not in {"neutral", "hedging"} or (right.frame in {"clause", "that"} and not right.weak):
            return None  # "It rained, as he had promised": he promised something else
        k -= 1
    if right.cue_end + 1 < len(tokens) and tokens[right.cue_end].tag == "T" and tokens[right.cue_end + 1].tag == "S":
        return None  # "these cases testify to how"
    if k < 0 or tokens[k].tag not in {",", "Q", "q", "-"}:
        return None
    k = _behind_apposition(tokens, k)
    if tokens[k].tag == "Q":
        opening = clause_start(tokens, k + 1)
        if _is_before_speech(tokens, opening, k, right):
            return None
        if k == 0 or tokens[k - 1].tag != ":":
            if tokens[subject[0] - 1].low == "as" and any(t.low in {"said", "says"} for t in tokens[opening:k]):
                # "Roe said that it proved that S, as Holt claimed": S
                opening = next((n + 1 for n in range(k - 1, opening, -1) if tokens[n].low == "that"), opening)
            return None if tokens[opening].tag == "G" and right.frame else (opening, k + 1)
        return (k, k + 1) if tokens[k].low == '",' else None
    is_particle = right.frame == "particle" and use.group not in {"say", "report"}
    if is_particle or right.frame in {"that", "quote", "to", "wh"} or (right.frame == "clause" and not right.weak):
        return None
    stop = k if tokens[k].tag not in "Qq" else k + 1
    start = clause_start(tokens, stop)
    words = tokens[start:stop]
    if len(words) > 1 and words[0].tag in "ZW" and words[1].low in {"after", "before"}:
        words = words[1:]
    if len(words) > 1 and words[0].tag == "V" and words[1].tag in "PSX" and right.frame and words[0].low.endswith("ed"):
        return None  # "Pressed by Mr. Reed, Holt said it rained"
    if not words or (words[0].tag in "PSG" and _is_opening(words, right)) or tokens[k - 1].tag in "RP":
        return None
    behind = right.cue_end
    is_split = behind + 1 < len(tokens) and tokens[behind].tag == "," and tokens[behind + 1].tag in "AV"
    if is_split and (
        _is_mere_phrase(words) or (tokens[behind + 1].tag == "A" and not any(t.tag in "VAQq" for t in words))
    ):
        return None  # "Her strongest wish, Roe said, was"
    return (start, stop) if any(t.tag in "VAQqG" for t in words) or len(words) > 5 else None


def _is_before_speech(tokens: Tokens, opening: int, k: int, right: Right) -> bool:
    """Tell whether the quotation at ``k`` before "X said" is another's, or a title in a circumstance."""
    is_whole = opening == k or tokens[k - 1].tag == ":"
    if tokens[k].low == '".' and ((right.frame and not right.weak) or not is_whole):
        return True  # "... “It is over.” Roe said he was not"
    if right.frame == "that" and opening < k:
        return True
    is_named = bool(right.frame) and not any(t.tag in "VAN" for t in tokens[opening:k])
    return opening < k and tokens[opening].tag in "PSX" and (is_named or is_title(tokens, k))


def _behind_apposition(tokens: Tokens, comma: int) -> int:
    """Return the quotation before an apposition to the speaker: “Q,” the top member, Ann Reed, said; else the comma."""
    first = comma
    while first > 0 and tokens[first - 1].tag in "DWKP":
        first -= 1
    is_speech = 0 < first < comma and tokens[first - 1].tag == "Q" and tokens[first - 1].low == '",'
    return first - 1 if is_speech and tokens[first].tag == "D" else comma


def _is_mere_phrase(words: Tokens) -> bool:
    """Tell whether words before "X said, ..." are a subject whose verb follows: "Her wish, Roe said, faded"."""
    return bool(words) and words[0].tag in "DWKMG" and all(t.tag in "DWKMPCGT" for t in words)


def _is_opening(words: Tokens, right: Right) -> bool:
    """Tell whether words before "X said" only open the sentence: "At a rally in the port,"."""
    if any(t.tag in {",", "Q"} for t in words):
        return False
    if words[0].low in {"after", "before", "since", "until"}:
        return True
    is_finite = any(
        t.tag == "A" or (t.tag == "V" and not (n + 1 < len(words) and words[n + 1].tag == "P"))
        for n, t in enumerate(words)
    )  # "in a note obtained by the Lantern" has no verb of its own
    return bool(right.frame) or words[0].tag != "P" or not is_finite


def _continued(tokens: Tokens, right: Right, end: int) -> tuple[Range, ...]:
    """Return the quotation that goes on behind the attribution in the same sentence."""
    for k in range(right.cue_end, end):
        if tokens[k].tag in "Qq":
            is_told = k == right.cue_end and tokens[k - 1].low in {"told", "tells"}  # told “Coast Today”
            return () if is_told or is_title(tokens, k) else ((k, k + 1),)
        if tokens[k].tag in "VSRN":
            break
    return ()
