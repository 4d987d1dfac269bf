"""The edges of a stemma, each with how sure it is, its evidence in true sentences, and its runner-up.

Owns the wording of the evidence and the confidence; ``runner_ups`` says what else it could be. Pages stand in the
sentences as ``{page id}``; a view puts their sigla there.

Confidence is a sum of what speaks for the edge (the constants below, set by hand), brought to the share of such edges
that are right (``CALIBRATED``), never above ``SUREST``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.model.page import PageId
from retold.model.report import CreditForm
from retold.model.story import StemmaEdge, StoryId
from retold.stages.stemma import runner_ups
from retold.stages.stemma.clock import is_before
from retold.stages.stemma.forms import SPEECH
from retold.stages.stemma.lineage import Hidden, Line
from retold.stages.stemma.pairs import Pair, Pairs, pair_of
from retold.stages.stemma.witnesses import Witness

SUREST = 0.95
CALIBRATED = {"unseen": (0.70, 0.2), "report": (0.75, 0.2), "guest": (0.80, 0.2)}
"""Base and slope by what stands above: of edges from an unseen source 86 % were right where the sums had a mean of .80,
of those from a report 93 % (.90), of second sources 7 of 7 (.43); made transmissions, 23 stories, seeds 0 to 19."""
TO_HIDDEN, FROM_HIDDEN = 0.5, 0.8
"""3 of 6 unseen later copies were there, and 21 of 26 of their carriers had the text from them; the same stories."""
UNSEEN_BASE, CREDITED, OTHERS_CREDIT, COMMON_TEXT = 0.4, 0.25, 0.1, 0.2
UNNAMED_BASE, CREDIT_ALONE, PART_CREDIT_ALONE = 0.35, 0.75, 0.45
REPORT_BASE, OWN_COPY, EARLIER, CREDITS_SOURCE, HELD_WHOLE = 0.35, 0.2, 0.15, 0.15, 0.1
NAMES_SOURCE = 0.25
SHARED_CHANGE, MOST_CHANGES = 0.06, 5
GUEST_LOSS = 0.15
WHOLE_SHARE = 0.8


def node_ids(lines: list[Line]) -> list[str]:
    """Return a node id for the head of each line: its page, or ``AFP*`` (``?*``), numbered where names repeat."""
    seen: dict[str, int] = {}
    ids: list[str] = []
    for line in lines:
        if line.head.report is not None:
            ids.append(line.head.report)
            continue
        name = f"{line.head.agency or '?'}*"
        seen[name] = seen.get(name, 0) + 1
        ids.append(name if seen[name] == 1 else f"{name}{seen[name]}")
    return ids


def edges_of(
    story: StoryId, line: Line, node: str, witnesses: Mapping[PageId, Witness], pairs: Pairs
) -> list[StemmaEdge]:
    """Return the edges of one group, in order of the carriers."""
    made: list[StemmaEdge] = []
    same = runner_ups.same_texts(line, witnesses)
    between = {page: hidden for hidden in line.hidden for page in hidden.carriers}
    for i, hidden in enumerate(line.hidden):
        made.append(_to_hidden(story, line, node, hidden_id(node, i), hidden))
        made += [_from_hidden(story, line, page, hidden_id(node, i), hidden, pairs) for page in hidden.carriers]
    for page, parent in line.parents.items():
        if page in between:
            continue
        if parent is not None and page in line.versions:
            made.append(_from_version(story, page, parent, pairs))
            continue
        if parent is not None:
            made.append(_from_report(story, line, page, parent, witnesses, pairs, same[parent]))
        elif line.head.is_unseen:
            made.append(_from_unseen(story, line, page, node, witnesses, pairs))
    for page in line.head.group.guests:
        made.append(_contamination(story, line, page, node, witnesses, pairs))
    return made


def hidden_id(node: str, i: int) -> str:
    """Return the node id of the i-th unseen copy below a head."""
    return f"{node}/{i + 1}"


def _to_hidden(story: StoryId, line: Line, node: str, name: str, hidden: Hidden) -> StemmaEdge:
    evidence = (f"{_named(list(hidden.carriers))} share changes that none of them can have from another of them",)
    return StemmaEdge(story, node, name, TO_HIDDEN, evidence, runner_ups.to_hidden(line, hidden))


def _from_hidden(story: StoryId, line: Line, page: PageId, name: str, hidden: Hidden, pairs: Pairs) -> StemmaEdge:
    others = [other for other in hidden.carriers if other != page]
    closest = pairs.closest(page, others)
    evidence = [*_common_evidence(page, closest, pairs), f"it shares changes of the text with {_named(others)}"]
    runner_up = runner_ups.from_hidden(line, page, closest)
    return StemmaEdge(story, name, page, FROM_HIDDEN, tuple(evidence), runner_up)


def _from_unseen(
    story: StoryId, line: Line, page: PageId, node: str, witnesses: Mapping[PageId, Witness], pairs: Pairs
) -> StemmaEdge:
    agency, witness = line.head.agency, witnesses[page]
    others = [other for other in line.carriers if other != page]
    closest = pairs.closest(page, others)
    evidence = _credit_evidence(witness, agency) + _common_evidence(page, closest, pairs)
    creditors = [other for other in others if agency and witnesses[other].credits_in_words(agency)]
    credited = agency is not None and witness.credits_in_words(agency)
    if credited and creditors:
        told = f"credit {agency} in words" if agency != SPEECH else "print the speaker's words in full"
        evidence.append(f"{_named([page, *creditors])} {'both' if len(creditors) == 1 else 'all'} {told}")
    elif creditors:
        told = f"credit {agency} for" if agency != SPEECH else "give the speaker's words as"
        evidence.append(f"{_named(creditors)} {told if len(creditors) > 1 else _singular(told)} the text they share")
    if agency is None:
        evidence.append("no report here names a source, and none can be shown to be it")
    evidence += _live_told(page, closest, witnesses)
    pair = pair_of(pairs, page, closest) if closest else None
    share = pair.share_of(page) if pair else 0.0
    if not others:
        score = PART_CREDIT_ALONE if witness.shares_work else CREDIT_ALONE
    else:
        score = UNSEEN_BASE if agency else UNNAMED_BASE
        score += (CREDITED if credited else 0) + (OTHERS_CREDIT if creditors else 0) + COMMON_TEXT * min(1.0, share)
    confidence = _calibrated("unseen", score) if others else _rounded(score)
    runner_up = runner_ups.of_unseen(line, page, closest, witnesses)
    return StemmaEdge(story, node, page, confidence, tuple(evidence), runner_up)


def _from_report(
    story: StoryId,
    line: Line,
    page: PageId,
    parent: PageId,
    witnesses: Mapping[PageId, Witness],
    pairs: Pairs,
    equal: Sequence[PageId],
) -> StemmaEdge:
    above, below, pair = witnesses[parent], witnesses[page], pair_of(pairs, page, parent)
    evidence = _common_evidence(page, parent, pairs)
    score = REPORT_BASE
    if above.own:
        score += OWN_COPY
        evidence.append(f"{{{parent}}} is {above.own}'s own report")
        if below.credits_in_words(above.own):
            evidence += _credit_evidence(below, above.own)
            score += CREDITS_SOURCE
    if pair is not None and pair.source == parent:
        evidence.append(f"it names {above.outlet} as a source")
        score += NAMES_SOURCE
    if is_before(above.clock, below.clock):
        evidence.append(f"{{{parent}}} came out before it")
        score += EARLIER
    elif is_before(below.clock, above.clock):
        evidence.append(
            f"but by the clocks it came out before {{{parent}}}: a clock is wrong, or an earlier copy unseen"
        )
        score -= EARLIER
    evidence += _live_told(page, parent, witnesses)
    if (n := line.n_shared.get(page)) is not None:
        evidence.append(f"it has {_count(n, 'change')} of {{{parent}}} that the other carriers have not")
        score += SHARED_CHANGE * min(n, MOST_CHANGES)
    if pair and pair.share_of(page) >= WHOLE_SHARE:
        score += HELD_WHOLE
    score += COMMON_TEXT * (pair.share_of(page) if pair else 0.0)
    if below.updated:
        evidence.append("it gives itself as an update")
    runner_up = runner_ups.of_report(line, page, parent, witnesses, equal)
    return StemmaEdge(story, parent, page, _calibrated("report", score), tuple(evidence), runner_up)


def _from_version(story: StoryId, page: PageId, parent: PageId, pairs: Pairs) -> StemmaEdge:
    told = f"both are versions of one page: they have one address, and {{{parent}}} is the earlier one"
    evidence = (told, *_common_evidence(page, parent, pairs))
    return StemmaEdge(story, parent, page, SUREST, evidence, runner_ups.of_version(page, parent))


def _contamination(
    story: StoryId, line: Line, page: PageId, node: str, witnesses: Mapping[PageId, Witness], pairs: Pairs
) -> StemmaEdge:
    closest = pairs.closest(page, line.head.group.members)
    evidence = [*_common_evidence(page, closest, pairs), "the rest of its text comes from elsewhere"]
    if line.head.agency:
        evidence += _credit_evidence(witnesses[page], line.head.agency)
    pair = pair_of(pairs, page, closest) if closest else None
    score = (UNSEEN_BASE if line.head.is_unseen else REPORT_BASE) + COMMON_TEXT - GUEST_LOSS
    score += COMMON_TEXT * (pair.share_of(page) if pair else 0.0)
    runner_up = runner_ups.of_second_source(page, closest)
    return StemmaEdge(story, node, page, _calibrated("guest", score), tuple(evidence), runner_up, contamination=True)


def _singular(told: str) -> str:
    verb, rest = told.split(" ", 1)
    return f"{verb}s {rest}"


def _live_told(page: PageId, other: PageId | None, witnesses: Mapping[PageId, Witness]) -> list[str]:
    """Say which of two reports is a live blog, whose clock says nothing of its sentences."""
    live = [name for name in (page, other) if name is not None and witnesses[name].is_live]
    return [f"{{{name}}} is a live blog: its clock does not say when a sentence of it was written" for name in live]


def _credit_evidence(witness: Witness, agency: str | None) -> list[str]:
    if agency is None or not witness.credits_in_words(agency):
        return []
    if agency == SPEECH:
        return ["it gives itself as the text of a speech, statement or letter"]
    if witness.dateline_agency == agency:
        return [f"its dateline is {agency}'s own form"]
    forms = [credit.form for credit in witness.credits if credit.agency == agency]
    if witness.shares_work:
        return [f"it credits {agency} with a part in words"]
    return [f"its {'byline' if forms[:1] == [CreditForm.BYLINE] else 'credit line'} names {agency}"]


def _common_evidence(page: PageId, other: PageId | None, pairs: Pairs) -> list[str]:
    pair = pair_of(pairs, page, other) if other else None
    if pair is None:
        return []
    told: list[str] = []
    if pair.common:
        told.append(_units_told(pair, other, pairs.ordered(pair)))
    told.append(f"{_percent(pair.share_of(page))} of its words stand in {{{other}}}, quotations left out")
    return told


def _units_told(pair: Pair, other: PageId | None, n_ordered: int) -> str:
    n, verb = _count(pair.common, "sentence"), "stands" if pair.common == 1 else "stand"
    if pair.common == 1:
        return f"{n} of it {verb} in {{{other}}}{', word for word' if pair.same else ', edited'}"
    order = "in the same order" if n_ordered == pair.common else f"{n_ordered} of them in the same order"
    order = "in another order" if n_ordered == 1 else order
    same = "all" if pair.same == pair.common else str(pair.same or "none")
    return f"{n} of it {verb} in {{{other}}}, {order}, {same} word for word"


def _named(pages: list[PageId]) -> str:
    shown = [f"{{{page}}}" for page in pages[:4]]
    if len(pages) > len(shown):
        shown.append(f"{len(pages) - len(shown)} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _calibrated(above: str, score: float) -> float:
    base, slope = CALIBRATED[above]
    return _rounded(base + slope * min(1.0, score))


def _rounded(score: float) -> float:
    return round(min(SUREST, max(0.05, score)), 2)
