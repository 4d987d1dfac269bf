"""From scores to kinds: the report's region, then what stands in its head, between its paragraphs and after it.

Owns the order of judgement over the blocks of one page. Each pass is linear and only fills what earlier ones left open.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from retold.lexicon.credit_forms import picture_credit_at_end
from retold.lexicon.datelines import DatelineForm
from retold.lexicon.notes import is_update_stamp, note_form
from retold.model.report import SegmentKind
from retold.stages.segments.features import Seen, note_openings
from retold.stages.segments.heads import Declarations, label_biographies, label_head, topic_words
from retold.stages.segments.pictures import CAPTION_FLOOR, caption_reasons, credit_reason, is_list
from retold.stages.segments.regions import report_regions
from retold.stages.segments.scores import body_reasons, body_score
from retold.text.spans import Span
from retold.text.words import words_of

_TELLTALE_KIND = {
    "advert": SegmentKind.ADVERT,
    "related": SegmentKind.RELATED,
    "contact": SegmentKind.CONTACT,
}
_MAX_CROSSHEAD_WORDS = 14
# Lines of a page that are printed twice in a row: a picture or two, or every teaser of a list.
_TWICE_WORDS, _MOST_TWICE = 4, 4
# Share of the shorter text's content words that two texts of one picture have in common.
_SAME_PICTURE = 0.4
_REASONS_KEPT = 4
# A sentence of so few words above a picture credit is no paragraph; below one a caption stands where under this share
# of the running text does.
_TINY_CAPTION, _NO_TEXT_PLACE = 8, 0.05
# How a wire's desk opens its bracketed notes: "(Corrects paragraph 3 ...)".
_DESK_VERBS = frozenset({"corrects", "updates", "adds", "recasts", "refiles", "clarifies"})
# How often a page prints one credit line, and one that names a picture's source: a menu's words stand there more often.
_SAME_LINE, _SAME_CREDIT = 3, 6
# On a page of so few blocks a sentence of so many words is text where nothing else is.
_FEW_BLOCKS, _SHORT_SENTENCE = 12, 3
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# No note opens with more characters than this.
_OPENING = 200
_ITEM_TAGS = ("li", "dt", "dd", "pre", "td", "th")
_FOREIGN_CLASSES = frozenset(
    {"furniture", "share", "signup", "advert", "related", "comment", "biography", "byline", "time"}
)
_FOREIGN_ELEMENTS = frozenset({"nav", "aside", "footer", "form", "figure"})
# A tell-tale opening makes a block furniture unless it runs on this long ...
_LONG_WORDS = 45
# A sentence of this length between paragraphs is text wherever it is set: an item of a list, a quotation.
_LISTED_WORDS = 8
# ... and a block without a sentence's end is no paragraph below this length.
_FRAGMENT_WORDS = 15


@dataclass
class Labels:
    """The kinds given so far, by block, each with its evidence.

    ``scores`` and ``pictured`` keep what was weighed on the way: how much a block reads like running text, and what
    makes it look like a caption.
    """

    kinds: list[SegmentKind | None]
    why: list[tuple[str, ...]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    pictured: list[Sequence[tuple[float, str]]] = field(default_factory=list)

    @classmethod
    def none_yet(cls, n: int) -> Labels:
        """Return labels for n blocks, all open."""
        return cls([None] * n, [()] * n, [0.0] * n, [()] * n)

    def give(self, i: int, kind: SegmentKind, *why: str) -> None:
        """Set the kind of block i unless it has one."""
        if self.kinds[i] is None:
            self.kinds[i] = kind
            self.why[i] = why


def label(
    seen: Sequence[Seen],
    declarations: Declarations,
    standing: Mapping[int, str] = MappingProxyType({}),
    *,
    explained: bool = True,
) -> Labels:
    """Return the kind of every block, with its evidence where it is asked for; ``standing`` ones are furniture."""
    labels = Labels.none_yet(len(seen))
    for i, why in standing.items():
        labels.give(i, SegmentKind.FURNITURE, why)
    labels.scores = scores = [body_score(one) for one in seen]
    _label_notes(seen, labels)
    _label_note_forms(seen, labels)
    _label_datelines(seen, labels)
    _label_credits(seen, labels)
    _label_captions(seen, labels, scores)
    open_scores = [score if labels.kinds[i] is None else 0.0 for i, score in enumerate(scores)]
    regions = report_regions(seen, open_scores, topic_words(seen, declarations)) or _only_text(seen, labels)
    first = _first_body(regions, seen, labels, open_scores)
    label_head(seen, labels, declarations, first, _content(seen, regions, open_scores))
    label_biographies(seen, labels, declarations, first)
    for region in regions:
        _label_region(region, seen, labels, scores)
    _label_rest(seen, labels)
    if explained:
        _explain(seen, labels)
    return labels


def _explain(seen: Sequence[Seen], labels: Labels) -> None:
    """Say what was seen of the blocks that are text, or furniture, by the sum of all that was seen."""
    for one in seen:
        if not labels.why[one.i]:
            is_text = labels.kinds[one.i] is SegmentKind.BODY
            says = [reason.says for reason in body_reasons(one) if (reason.weight > 0) is is_text and reason.weight]
            labels.why[one.i] = tuple(says[:_REASONS_KEPT]) or ("outside the report",)


def _content(seen: Sequence[Seen], regions: Sequence[Span], scores: Sequence[float]) -> frozenset[str]:
    words: set[str] = set()
    for region in regions:
        for i in range(*region):
            if scores[i] > 0:
                words |= seen[i].content_words
    return frozenset(words)


def _first_body(regions: Sequence[Span], seen: Sequence[Seen], labels: Labels, scores: Sequence[float]) -> int | None:
    for region in regions:
        for i in range(*region):
            if labels.kinds[i] is None and scores[i] > 0 and _may_be_body(seen[i]) and seen[i].is_sentence:
                return i
    return None


def _may_be_body(one: Seen) -> bool:
    """Tell whether a block that scores as running text may stand as a paragraph."""
    if one.telltale and one.telltale.how != "holds" and one.n_words < _LONG_WORDS:
        return False
    if one.is_question:
        return False
    return one.ends_sentence or one.inner_sentences or one.n_words >= _FRAGMENT_WORDS


def _only_text(seen: Sequence[Seen], labels: Labels) -> list[Span]:
    """Return the block that reads most like a sentence where no region was found; of a short page all short ones."""
    best = max(
        (one for one in seen if labels.kinds[one.i] is None and one.is_sentence and one.telltale is None),
        key=lambda one: (one.n_words, -one.i),
        default=None,
    )
    if best is not None:
        return [Span(best.i, best.i + 1)]
    short = [one for one in seen if labels.kinds[one.i] is None and _is_short_sentence(one)]
    if not short or len(seen) > _FEW_BLOCKS:
        return []
    for one in short:
        labels.give(one.i, SegmentKind.BODY, "a short sentence on a page of few lines")
    return [Span(short[0].i, short[-1].i + 1)]


def _is_short_sentence(one: Seen) -> bool:
    is_open = one.telltale is None and not one.bullet and not one.is_question and not one.says_twice
    return one.ends_sentence and is_open and one.n_words >= _SHORT_SENTENCE and one.tag not in _HEADINGS


@cache
def _all_openings() -> tuple[str, ...]:
    return tuple(words for kind in ("correction", "editor", "update") for words in note_openings(kind))


def _label_notes(seen: Sequence[Seen], labels: Labels) -> None:
    for one in seen:
        if one.n_words < 5:
            continue
        opening = one.text[:_OPENING].casefold().lstrip("*•-–—[(_ ")
        if not opening.startswith(_all_openings()):
            continue
        for kind in ("correction", "editor", "update"):
            for words in note_openings(kind):
                if not opening.startswith(words):
                    continue
                after = opening[len(words) :].lstrip(" )*]")[:1]
                bracketed = one.text.lstrip()[:1] == "(" and after.isalnum() and words in _DESK_VERBS
                if len(words.split()) > 2 or after in (":", "–", "—", "-") or bracketed:
                    labels.give(one.i, SegmentKind.CORRECTION, f"opens with '{words}'")


def _label_note_forms(seen: Sequence[Seen], labels: Labels) -> None:
    """A line that says of its own report that it was corrected or updated; when alone, only behind running text."""
    n_sentences = 0
    for one in seen:
        n_sentences += one.is_sentence
        if labels.kinds[one.i] is not None or (n_sentences < 2 and is_update_stamp(one.text)):
            continue
        if (form := note_form(one.text)) is not None:
            labels.give(one.i, SegmentKind.CORRECTION, f"has the form of a note ({form})")


def _label_datelines(seen: Sequence[Seen], labels: Labels) -> None:
    """A line that is a dateline and nothing else."""
    for one in seen:
        found = None if one.bullet else one.wording.whole_dateline
        if found is not None and _is_whole_dateline(one, found):
            labels.give(one.i, SegmentKind.DATELINE, "has the form of a dateline")


def _is_whole_dateline(one: Seen, found: DatelineForm) -> bool:
    """Tell a dateline on its own line from a credit: an agency alone in brackets is one only before a dash."""
    if found.place or found.date:
        return bool(found.date or found.source)
    return not one.text.rstrip().endswith((")", "/"))


def _label_credits(seen: Sequence[Seen], labels: Labels) -> None:
    for one in seen:
        often = _SAME_CREDIT if one.wording.credit == "picture" else _SAME_LINE
        reason = credit_reason(one) if one.repeats <= often and not one.bullet else None
        if reason:
            labels.give(one.i, SegmentKind.CREDIT, reason)


def _label_captions(seen: Sequence[Seen], labels: Labels, scores: Sequence[float]) -> None:
    n_twice = sum(one.repeats_neighbour and one.n_words >= _TWICE_WORDS for one in seen)
    for one in seen:
        if labels.kinds[one.i] is not None:
            continue
        reasons = labels.pictured[one.i] = caption_reasons(one, are_doubled=n_twice > _MOST_TWICE)
        if not reasons:
            continue
        total = sum([weight for weight, _ in reasons]) - max(0.0, scores[one.i] - 3.0) * 0.3
        if total >= CAPTION_FLOOR:
            labels.give(one.i, SegmentKind.CAPTION, *(says for weight, says in reasons if weight > 0))
    _label_alternative_texts(seen, labels)
    _label_before_credits(seen, labels)


def _label_alternative_texts(seen: Sequence[Seen], labels: Labels) -> None:
    """A block glued above a caption that says the same in other words is the picture's alternative text."""
    for one, after in itertools.pairwise(seen):
        if labels.kinds[one.i] is not None or labels.kinds[after.i] is not SegmentKind.CAPTION or not after.glued:
            continue
        if is_list(one) or (one.telltale and one.telltale.how != "holds"):
            continue
        shared = len(one.content_words & after.content_words)
        smaller = min(len(one.content_words), len(after.content_words)) or 1
        unfinished = one.n_words >= 6 and not one.ends_sentence and not one.telltale and not one.bullet
        if unfinished or (one.n_words >= 4 and shared / smaller >= _SAME_PICTURE):
            labels.give(one.i, SegmentKind.CAPTION, "stands glued to a caption, as a picture's other text")


def _label_before_credits(seen: Sequence[Seen], labels: Labels) -> None:
    """An open block right above a lone picture credit, and not a whole paragraph, is that picture's caption."""
    for one, after in itertools.pairwise(seen):
        if labels.kinds[one.i] is not None or labels.kinds[after.i] is not SegmentKind.CREDIT:
            continue
        if labels.why[after.i] != ("a picture credit alone",) and picture_credit_at_end(after.text) is None:
            continue
        least = 3 if one.ends_sentence else 4
        short = least <= one.n_words <= 40 and not one.telltale and not one.bullet and not one.inner_sentences
        if is_list(one):
            continue
        apart = one.place_share < 0.3 or one.glued or not one.ends_sentence or one.n_words <= _TINY_CAPTION
        if short and apart:
            labels.give(one.i, SegmentKind.CAPTION, "stands above a picture credit")
    _label_below_credits(seen, labels)


def _label_below_credits(seen: Sequence[Seen], labels: Labels) -> None:
    """An open line right below a lone picture credit, where no running text stands, is that picture's caption."""
    for credit, one in itertools.pairwise(seen):
        if labels.kinds[one.i] is not None or labels.why[credit.i] != ("a picture credit alone",) or one.tag != "line":
            continue
        named = 4 <= one.n_words <= 40 and not one.telltale and not one.bullet and not is_list(one)
        if named and one.place_share < _NO_TEXT_PLACE and not one.says_twice and not one.wording.is_date_line:
            labels.give(one.i, SegmentKind.CAPTION, "stands below a picture credit")


def _label_region(region: Span, seen: Sequence[Seen], labels: Labels, scores: Sequence[float]) -> None:
    body = [i for i in range(*region) if labels.kinds[i] is None and scores[i] > 0 and _may_be_body(seen[i])]
    for i in body:
        labels.give(i, SegmentKind.BODY)
    for i in range(*region):
        if labels.kinds[i] is not None:
            continue
        if _is_short_body(i, region, seen, labels):
            labels.give(i, SegmentKind.BODY, "a short sentence between paragraphs")
        elif _is_list_item(i, region, seen, labels):
            labels.give(i, SegmentKind.BODY, "an item of a list among the paragraphs")
        elif _is_crosshead(i, region, seen, labels) and _is_quoted_again(seen[i], body, seen):
            labels.give(i, SegmentKind.PULLQUOTE, "a quotation that stands in the text as well")
        elif _is_crosshead(i, region, seen, labels):
            labels.give(i, SegmentKind.CROSSHEAD, "a short line between paragraphs")


def _is_quoted_again(one: Seen, body: Sequence[int], seen: Sequence[Seen]) -> bool:
    if one.text[:1] not in "\"“„«‘'»" or one.n_words < 4:
        return False
    words = " ".join(_keys_of(one.text))
    return any(words in " ".join(_keys_of(seen[i].text)) for i in body)


def _keys_of(text: str) -> list[str]:
    """Return the comparison keys of the words of a text."""
    return [word.key for word in words_of(text)]


def _between_body(i: int, region: Span, labels: Labels) -> bool:
    before = any(labels.kinds[j] is SegmentKind.BODY for j in range(max(region.start, i - 4), i))
    after = any(labels.kinds[j] is SegmentKind.BODY for j in range(i + 1, min(region.end, i + 3)))
    return before and after


def _is_short_body(i: int, region: Span, seen: Sequence[Seen], labels: Labels) -> bool:
    """A sentence too short to score by itself, in the line of the paragraphs around it."""
    one = seen[i]
    if one.telltale or one.repeats > 1 or one.link_share > 0.5 or one.block.hidden:
        return False
    if one.bullet and not one.is_sentence:
        return False
    if not one.ends_sentence or one.is_question or one.n_words < 2 or one.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return False
    if one.is_sentence and one.n_words >= _LISTED_WORDS:
        return _between_body(i, region, labels)
    near = [seen[j].place for j in (i - 1, i + 1) if region.start <= j < region.end]
    return one.place in near and _between_body(i, region, labels)


def _is_list_item(i: int, region: Span, seen: Sequence[Seen], labels: Labels) -> bool:
    """An item of a list set inside the element that holds the paragraphs (HTML)."""
    one = seen[i]
    if one.tag not in _ITEM_TAGS or one.telltale or one.link_share > 0.4 or one.repeats > 1 or not one.n_words:
        return False
    if one.class_kinds & _FOREIGN_CLASSES or one.elements & _FOREIGN_ELEMENTS:
        return False
    before = next((j for j in range(i - 1, region.start - 1, -1) if labels.kinds[j] is SegmentKind.BODY), None)
    return before is not None and _holder(seen[before]) == one.place[: len(_holder(seen[before]))]


def _holder(one: Seen) -> tuple[str, ...]:
    """Return the place without the paragraph's own element, or the list an item stands in."""
    place = one.place
    while place and place[-1].split(".")[0] in (*_ITEM_TAGS, "ul", "ol", "dl", "p", "blockquote"):
        place = place[:-1]
    return place or ("nowhere",)


def _is_crosshead(i: int, region: Span, seen: Sequence[Seen], labels: Labels) -> bool:
    one = seen[i]
    if one.telltale or one.bullet or one.block.hidden or one.repeats > 2 or not one.n_words:
        return False
    if one.n_words > _MAX_CROSSHEAD_WORDS or one.link_share > 0.5 or one.digit_share > 0.3:
        return False
    follows = i + 1 < region.end and labels.kinds[i + 1] is SegmentKind.BODY
    heading = one.tag in ("h2", "h3", "h4", "h5", "h6", "strong", "line", "p", "div")
    return heading and follows and _between_body(i, region, labels)


def _label_rest(seen: Sequence[Seen], labels: Labels) -> None:
    under_related = False
    for one in seen:
        if labels.kinds[one.i] is not None:
            under_related = False
            continue
        tale = one.telltale
        if tale and tale.how != "holds" and tale.kind in _TELLTALE_KIND:
            labels.give(one.i, _TELLTALE_KIND[tale.kind], f"says '{tale.phrase}'")
            under_related = tale.kind == "related"
        elif tale and tale.kind == "contact":
            labels.give(one.i, SegmentKind.CONTACT, f"says '{tale.phrase}'")
        elif "advert" in one.class_kinds:
            labels.give(one.i, SegmentKind.ADVERT, "class words of advert")
        elif "related" in one.class_kinds or (under_related and not tale and one.n_words >= 4):
            labels.give(one.i, SegmentKind.RELATED, "in a list of other reports")
        else:
            under_related = under_related and not tale
            labels.give(one.i, SegmentKind.FURNITURE)
