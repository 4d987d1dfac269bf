"""Pictures as the page prints them: a caption, and the credit at its end or right beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.lexicon.credit_forms import picture_credit_at_end
from retold.model.page import Page
from retold.model.report import Image, Segment, SegmentKind
from retold.text.spans import Span, trim
from retold.text.words import words_of

# Share of the shorter caption's words that stand in the longer one when both belong to one picture.
_SAME_PICTURE = 0.4
# So many segments above the headline and below the text a picture of the report may stand.
_REACH = 10


def images_of(page: Page, segments: Sequence[Segment]) -> Iterator[Image]:
    """Yield the pictures of a report in order; an alternative text and its caption make one picture."""
    near = _near_report(segments)
    captions = [i for i in near if segments[i].kind is SegmentKind.CAPTION]
    for n, i in enumerate(captions):
        following = captions[n + 1] if n + 1 < len(captions) else None
        if following == i + 1 and _is_alternative(page, segments[i], segments[i + 1]):
            continue
        yield _image(page, segments, i)


def _near_report(segments: Sequence[Segment]) -> range:
    """Return the segments from a little above the headline to a little below the text; teasers lie beyond."""
    bodies = [i for i, segment in enumerate(segments) if segment.kind is SegmentKind.BODY]
    if not bodies:
        return range(len(segments))
    heads = [i for i, one in enumerate(segments) if one.kind is SegmentKind.HEADLINE and i < bodies[0]]
    start = heads[-1] if heads else bodies[0]
    return range(max(0, start - _REACH), min(len(segments), bodies[-1] + _REACH))


def _is_alternative(page: Page, above: Segment, below: Segment) -> bool:
    """Tell whether a caption without credit is the alternative text of the one right below it."""
    if picture_credit_at_end(page.text, above.span) is not None:
        return False
    first = {word.key for word in words_of(page.text, above.span) if len(word.key) > 3}
    second = {word.key for word in words_of(page.text, below.span) if len(word.key) > 3}
    return len(first & second) >= _SAME_PICTURE * (min(len(first), len(second)) or 1)


def _image(page: Page, segments: Sequence[Segment], i: int) -> Image:
    span = trim(page.text, segments[i].span)
    credit = picture_credit_at_end(page.text, span)
    if credit is not None and credit.start > span.start:
        return Image(page.page, trim(page.text, (span.start, credit.start)), credit)
    if credit is None:
        beside = segments[i + 1] if i + 1 < len(segments) else None
        if beside is not None and beside.kind is SegmentKind.CREDIT:
            credit = trim(page.text, beside.span)
    return Image(page.page, Span(*span), credit)
