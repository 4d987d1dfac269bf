"""The verb group around a reporting verb: its auxiliaries, negation, and what it hangs on.

Owns where "has repeatedly refused to say" starts and whether it says no.
"""

from __future__ import annotations

from dataclasses import dataclass

from retold.stages.claims.phrases import Tokens
from retold.stages.claims.tokens import BE, HAVE, word_set

_CATENATIVES = word_set(
    "went go going goes declined refused wants wanted want expected likely continued continues began begun starts "
    "started used able set failed managed moved vowed hesitated plans planned chose decided quick hoping hopes tends "
    "tended got have had has ought dared dare proceeded rose stood attempted prompted forced happy proud came glad"
)
"""Words before "to" that belong to the verb group: "went on to say", "declined to comment"."""
_NEGATING = frozenset({"declined", "refused", "failed"})
MODALS = word_set(
    "do does did don't doesn't didn't don’t doesn’t didn’t will would can could shall should may might must won't "
    "wouldn't can't couldn't shouldn't won’t wouldn’t can’t couldn’t cannot"
)
DO = word_set("do does did don't doesn't didn't don’t doesn’t didn’t")


_CONTRACTED_BE = word_set("i'm i’m it's it’s they're they’re we're we’re you're you’re that's that’s")


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries from token ``start`` on, negated or not, and what they are."""

    start: int
    negated: bool
    has_be: bool
    has_have: bool
    has_modal: bool
    has_to: bool
    has_catenative: bool

    @property
    def is_finite(self) -> bool:
        """Tell whether an auxiliary shows that the form is a verb, whatever it may be elsewhere."""
        return self.has_modal or self.has_have


def group_at(tokens: Tokens, i: int) -> Group:
    """Return the verb group of the verb at ``i``."""
    start, negated, lows, has_to, catenative = i, False, set[str](), False, False
    while start > 0:
        token = tokens[start - 1]
        if token.tag == "A" or (token.tag == "Z" and _joins(tokens, start - 1)):
            lows.add(token.low)
            negated |= is_negative(token.low)
        elif token.low in {"all", "both", "each"} and start > 1 and tokens[start - 2].tag == "A":
            pass  # "Roe and Reed have all said"
        elif token.low == "since" and start > 1 and tokens[start - 2].tag == "A":
            pass  # has since said
        elif token.tag == "q" and start > 1 and start == i and tokens[start - 2].tag == "A":
            pass  # has "plainly" denied
        elif token.tag == "T" and not has_to:
            has_to = True
            if start > 1 and tokens[start - 2].low in _CATENATIVES:
                negated |= tokens[start - 2].low in _NEGATING
                start, catenative = start - 1, True
        else:
            break
        start -= 1
    if start and tokens[start - 1].low in _CONTRACTED_BE:
        lows.add("is")  # "it's expected to"
    return Group(start, negated, bool(lows & BE), bool(lows & HAVE), bool(lows & MODALS), has_to, catenative)


def group_start(tokens: Tokens, k: int) -> int:
    """Return where the auxiliaries and adverbs before the verb at ``k`` start."""
    while k > 0 and tokens[k - 1].tag in "ZA":
        k -= 1
    return k


def is_negative(low: str) -> bool:
    """Tell whether a word of a verb group negates it."""
    return low in {"not", "never", "cannot"} or low.endswith(("n't", "n’t"))


def _joins(tokens: Tokens, i: int) -> bool:
    """Tell whether the adverb belongs to the verb after it, not to a clause it opens."""
    return is_negative(tokens[i].low) or (i > 0 and tokens[i - 1].tag not in {",", "Q", ":"})
