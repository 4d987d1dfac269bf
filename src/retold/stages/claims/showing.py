"""What papers, polls and pictures say, and who only shows or finds: "the poll shows that", "found himself".

Owns the test on verbs whose subject need not speak. With them only a paper or a poll says something, or somebody who
is given a that-clause; a stunt that reveals, footage that shows and a search that finds say nothing.
"""

from __future__ import annotations

from functools import cache

from retold.lexicon.load import entries
from retold.stages.claims.antecedents import antecedent
from retold.stages.claims.draft import Draft, cue_words
from retold.stages.claims.phrases import ALONE, Range, Tokens
from retold.stages.claims.statements import is_stated
from retold.stages.claims.tokens import word_set

_SHOWING = word_set("show shows showed shown showing")
_FINDING = word_set("find finds found finding")
_BETRAYING = word_set(
    "reveal reveals revealed revealing indicate indicates indicated indicating suggest suggests suggested suggesting "
    "recall recalls recalled recalling determine determines determined determining signal signals signaled signalled "
    "underscore underscores underscored underscoring underline underlines underlined underlining prove proves proved "
    "contradict contradicts contradicted contradicting"
)
"""Verbs of which a thing is the subject as often as a person."""
_PERSON_ENDINGS = ("man", "men", "woman", "women", "er", "ers", "or", "ors", "ist", "ists", "ian", "ians")
_PERSON_ENDINGS_TOO = (
    "ent",
    "ents",
    "ant",
    "ants",
    "ee",
    "ees",
    "person",
    "people",
    "ary",
    "ate",
    "ates",
    "ative",
    "atives",
)
_BODIES = word_set(
    "police officials official aides aide authorities agency company firm union court panel commission committee board "
    "council department ministry group party team school university bank army military government administration "
    "campaign democrats republicans critics experts sources source family staff judge judges jury allies rivals chief "
    "chiefs head clerk mayor pope premier king queen prince princess coach boss mother father wife husband son "
    "daughter sister brother friend friends voters troops side sides others outlet network association center centre"
)


_DECIDING = word_set("court courts justices board parliament senate house congress cabinet voters arbitrator regulator")


@cache
def _papers() -> frozenset[str]:
    lexicon = entries("reporting_verbs")
    return frozenset(lexicon["papers"]["nouns"]) | frozenset(lexicon["surveys"]["nouns"])


@cache
def person_roles() -> frozenset[str]:
    """Return the nouns for a person by what he or she is or does."""
    return frozenset(entries("anaphora")["persons"]["roles"])


def is_no_showing(tokens: Tokens, draft: Draft, start: int, end: int) -> bool:
    """Tell whether the subject of a verb of showing or finding says nothing with it."""
    cue = cue_words(tokens, draft)
    if draft.source is None or not cue & (_SHOWING | _FINDING | _BETRAYING):
        return False
    source = draft.source
    if tokens[source[0]].tag == "R":
        source = antecedent(tokens, source[0]) or source
    at = head_of(tokens, source)
    head = tokens[at].low
    is_paper = head in _papers() or tokens[at].tag == "R"
    is_that = tokens[start].low == "that"
    if cue & _SHOWING:
        is_thing = tokens[source[0]].low == "it" or not may_speak(tokens, source)
        return not is_paper and (not is_that or is_thing)
    if cue & _FINDING:
        is_clause = tokens[start].tag == "N" and start + 1 < end and tokens[start + 1].tag in "AV"
        is_stating = is_stated(tokens, start, end) and tokens[start].tag != "O"
        return not is_that and not is_clause and not (is_paper and is_stating)
    return not is_paper and not may_speak(tokens, source)


def is_body(tokens: Tokens, source: Range) -> bool:
    """Tell whether the source is a court, a board or another body that makes its mind known."""
    if tokens[source[0]].low == "the" and source[1] - source[0] > 1 and tokens[source[0] + 1].tag == "K":
        return True  # "the FMA", "the Treasury"
    return any(tokens[k].low in _BODIES or tokens[k].low in _DECIDING for k in range(*source))


def may_speak(tokens: Tokens, source: Range) -> bool:
    """Tell whether a noun phrase is a name, a pronoun, a person or a body."""
    at = head_of(tokens, source)
    head = tokens[at].low
    if tokens[at].tag in "KNOR" or any(tokens[k].low in {"and", "&"} for k in range(*source)):
        return True
    first = tokens[source[0]]
    if (source[0] == 0 and first.tag == "W" and source[1] - source[0] == 1) or first.low in ALONE:
        return True  # the first word of a sentence: perhaps a name
    return head in _BODIES or head in person_roles() or head.endswith(_PERSON_ENDINGS + _PERSON_ENDINGS_TOO)


def head_of(tokens: Tokens, source: Range) -> int:
    """Return the place of the head noun of a phrase: the last word before a preposition, a comma or a participle."""
    for k in range(source[0] + 1, source[1]):
        if tokens[k].tag in "P,VG-(":
            return k - 1
    return source[1] - 1
