"""The second best explanation of each edge: another report, the source behind it, the other direction, an own text.

Owns the wording and the choice. A runner-up names the rival tree first and says after a colon what speaks for or
against it; where nothing does, it says that the evidence cannot tell the two trees apart (``UNDECIDED``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.model.page import PageId
from retold.stages.stemma.clock import is_before
from retold.stages.stemma.forms import SPEECH
from retold.stages.stemma.lineage import Hidden, Line
from retold.stages.stemma.witnesses import Witness

UNDECIDED = "the evidence cannot tell the two trees apart"

Witnesses = Mapping[PageId, Witness]


def of_unseen(line: Line, page: PageId, closest: PageId | None, witnesses: Witnesses) -> str:
    """Return what else a carrier of an unseen source could be: a copy of the closest one, or the source itself."""
    agency = line.head.agency
    if closest is None:
        return f"its own text with a credit for {agency}" if agency else "its own text, with no source at all"
    ahead = is_before(witnesses[closest].clock, witnesses[page].clock)
    if ahead is False:
        behind = f"it came out before '{{{closest}}}'"
        reason = f"but {agency} is credited for the text" if agency else "but it has not all of the common text"
        return f"'{{{page}}}' as the source of the others: {behind}, {reason}"
    copied = f"'{{{page}}}' copied from '{{{closest}}}'"
    clock = "the clock allows it" if ahead or _is_same_day(page, closest, witnesses) else "the clock does not forbid it"
    is_same = is_same_text(witnesses[page], witnesses[closest])
    if agency is None:
        undecided = f", so {UNDECIDED}" if len(line.parents) == TWO or is_same else ""
        return f"{copied}: {clock}, but nothing shows which way the text went{undecided}"
    if agency == SPEECH:
        return f"{copied}: {clock}, but the words are the speaker's, who is no report here"
    both = all(witnesses[p].credits_in_words(agency) for p in (page, closest))
    who = f"both credit {agency}" if both else f"the text is credited to {agency}"
    if is_same:
        return f"{copied}: they have the same words and {who}, so {UNDECIDED}"
    return f"{copied}: {clock}, but {who}, which is no report here"


def of_report(line: Line, page: PageId, parent: PageId, witnesses: Witnesses, equal: Sequence[PageId] = ()) -> str:
    """Return what else a copy of a report could be: one of a rival carrier, of the source behind, or its source.

    ``equal`` are the reports with the same words as the parent.
    """
    above, below = witnesses[parent], witnesses[page]
    if not above.own and is_same_text(above, below) and is_before(above.clock, below.clock) is None:
        reverse = f"'{{{parent}}}' copied from '{{{page}}}'"
        return f"{reverse}: the texts are the same and no clock orders them, so {UNDECIDED}"
    others = [o for o in equal if o not in (page, parent) and not is_before(below.clock, witnesses[o].clock)]
    if others:
        more = f", or from one of {len(others) - 1} more" if len(others) > 1 else ""
        words = "that has" if len(others) == 1 else "that have"
        return f"'{{{page}}}' copied from '{{{others[0]}}}'{more} {words} the same words: so far {UNDECIDED}"
    rival = line.rivals.get(page)
    if rival is not None and rival != parent:
        return f"'{{{page}}}' copied from '{{{rival}}}': it has changes of that one too, but fewer of them"
    if page in line.n_shared:
        head = f"'{{{line.head.report}}}'" if line.head.report else f"{line.head.agency or 'the unseen source'} itself"
        return f"'{{{page}}}' took the text from {head}: then both made the same changes by chance"
    if witnesses[parent].own:
        return f"'{{{page}}}' took the text from a take of {witnesses[parent].own} that is no report here"
    return f"an unseen source of '{{{page}}}' and '{{{parent}}}': no credit names one"


def of_version(page: PageId, parent: PageId) -> str:
    """Return what else a later version of a page could be."""
    return f"'{{{page}}}' written anew at the address of '{{{parent}}}'"


def to_hidden(line: Line, hidden: Hidden) -> str:
    """Return what else carriers with common changes could be: copies of the best of them."""
    first, *others = hidden.carriers
    back = "it has" if len(others) == 1 else "they have"
    copied = " and ".join(f"'{{{other}}}'" for other in others[:2]) if len(others) < SHOWN else f"{len(others)} others"
    return f"{copied} copied from '{{{first}}}', and no copy between: but {back} words of the source that it lacks"


TWO = 2
SHOWN = 3
"""From so many carriers beside the first their number is told."""


def from_hidden(line: Line, page: PageId, closest: PageId | None) -> str:
    """Return what else a carrier of an unseen copy could be: a copy of the closest one, or of the head itself."""
    if closest is not None:
        return f"'{{{page}}}' copied from '{{{closest}}}', which has changes it lacks"
    head = f"'{{{line.head.report}}}'" if line.head.report else line.head.agency or "the unseen source"
    return f"'{{{page}}}' took the text from {head} itself: then they made the same changes by chance"


def of_second_source(page: PageId, closest: PageId | None) -> str:
    """Return how else a report and another source can have a passage in common."""
    if closest is None:
        return f"'{{{page}}}' wrote that passage itself"
    return f"'{{{closest}}}' took it from '{{{page}}}'"


def same_texts(line: Line, witnesses: Witnesses) -> dict[PageId, tuple[PageId, ...]]:
    """Return for each report of a lineage those with the same words, itself among them, in order."""
    by_words: dict[tuple[str, ...], list[PageId]] = {}
    for page in line.parents:
        by_words.setdefault(tuple(word.key for word in witnesses[page].words), []).append(page)
    return {page: held for pages in by_words.values() for held in [tuple(pages)] for page in pages}


def is_same_text(one: Witness, other: Witness) -> bool:
    """Tell whether two reports have the same words in the same order."""
    a, b = one.words, other.words
    return len(a) == len(b) and all(x.key == y.key for x, y in zip(a, b, strict=True))


def _is_same_day(a: PageId, b: PageId, witnesses: Witnesses) -> bool:
    day = witnesses[a].clock.day
    return day is not None and day == witnesses[b].clock.day
