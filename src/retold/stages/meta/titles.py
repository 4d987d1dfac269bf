"""The title of a report: the visible headline where what the page declares, or its markup, speaks for it.

Where visible and declared title disagree, the headline that readers see is the title if a declared one says much the
same, opens with it (``Rain fell | Port City Post``), or if it is the page's only first-level heading; else the most
trusted declared one is. A kicker inside the heading is not part of the title where a declared title does without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.model.page import Declared, Page, Run
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.stages.meta.declarations import Wanted, values_of
from retold.text.spans import Span, trim

_DECLARED: Wanted = (
    ("json-ld", "headline"),
    ("opengraph", "og:title"),
    ("*", "twitter:title"),
    ("microdata", "headline"),
    ("record", "title"),
    ("title", "title"),
)
# A visible headline is the declared title when so much of their words is shared.
_AGREES = 0.6
_SUFFIX = re.compile(r"\s+(?:[|•·»«–—]|-{1,2}|::)\s+(?=[^|•·»«–—]*$)")
_MAX_SUFFIX_WORDS = 5
_SPACE = re.compile(r"\s+")
_PARTS = re.compile(r"\s*(?:[|•·»«–—/]|-|::?)+\s")
"""What parts a headline from what is declared behind it."""
_LEAST_OPENING = 6
"""Characters of a headline that a longer declared title opens with."""
_MAX_KICKER_WORDS, _LEAST_SHARED_WORDS, _LEAST_REST_WORDS = 8, 4, 3
_ENDS_KICKER = re.compile(r"[|•·»–—:/-]\s*$")
_FIRST_HEADING = re.compile(r"/h1(?:\[\d+\])?(?=/|$)")


def _bag(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words.casefold()))


def _squeezed(words: str) -> str:
    return "".join(re.findall(r"\w+", words.casefold()))


def without_outlet(title: str, outlet: str | None, others: Sequence[str] = ()) -> str:
    """Return the title without the outlet's name at its end (``" | Port City Post"``).

    A short ending is also dropped when another declared title, or the headline, is the rest.

    >>> without_outlet("Storm shuts harbour | Port City Post", "Port City Post")
    'Storm shuts harbour'
    """
    rest = _SPACE.sub(" ", title).strip()
    while match := _SUFFIX.search(rest):
        ending, head = rest[match.end() :], rest[: match.start()].rstrip()
        named = outlet is not None and _is_same_outlet(ending, outlet)
        known = any(_squeezed(head) == _squeezed(other) for other in others)
        if not head or not (named or known) or len(ending.split()) > _MAX_SUFFIX_WORDS:
            break
        rest = head
    return rest


def _is_same_outlet(ending: str, outlet: str) -> bool:
    one, other = _squeezed(ending), _squeezed(outlet)
    return bool(one) and (one in other or other in one)


def title_suffix(title: str) -> str | None:
    """Return the ending of a title that has the form of an outlet's name, or None."""
    match = _SUFFIX.search(_SPACE.sub(" ", title).strip())
    if match is None:
        return None
    ending = _SPACE.sub(" ", title).strip()[match.end() :]
    return ending if 1 <= len(ending.split()) <= _MAX_SUFFIX_WORDS else None


def _headlines(page: Page, segments: Sequence[Segment]) -> list[Span]:
    spans = [trim(page.text, segment.span) for segment in segments if segment.kind is SegmentKind.HEADLINE]
    first_body = next((segment.start for segment in segments if segment.kind is SegmentKind.BODY), 0)
    return sorted(spans, key=lambda span: (span.start > first_body, abs(first_body - span.start)))


def title_of(
    page: Page, segments: Sequence[Segment], declared: Sequence[Declared], outlet: str | None, runs: Sequence[Run] = ()
) -> MetaValue | None:
    """Return the report's title and where it was found."""
    headlines = _headlines(page, segments)
    visible = [_SPACE.sub(" ", page.text[span.start : span.end]) for span in headlines]
    rows = list(values_of(declared, _DECLARED))
    cleaned = [without_outlet(row.value, outlet, (*visible, *(r.value for r in rows))) for row in rows]
    only = _only_heading(page.text, runs) if headlines else None
    for span, words in zip(headlines, visible, strict=True):
        if not rows or any(_agree(words, title) or _opens(title, words) for title in cleaned) or words == only:
            place = Span(span.start + _kicker_end(page.text[span.start : span.end], cleaned), span.end)
            words = _SPACE.sub(" ", page.text[place.start : place.end])
            return MetaValue(page.page, MetaField.TITLE, words, "visible", place)
    if rows:
        return MetaValue(page.page, MetaField.TITLE, cleaned[0], rows[0].origin)
    return None


def _agree(visible: str, declared: str) -> bool:
    one, other = _bag(visible), _bag(declared)
    return len(one & other) >= _AGREES * (len(one | other) or 1)


def _opens(declared: str, visible: str) -> bool:
    """Tell whether a declared title is the headline and, behind a mark that parts them, more."""
    long, short = declared.casefold(), visible.strip().casefold()
    opens = len(short) >= _LEAST_OPENING and long.startswith(short)
    return opens and _PARTS.match(long, len(short)) is not None


def _kicker_end(headline: str, declared: Sequence[str]) -> int:
    """Return where the title begins in a headline: behind a kicker that a declared title does without.

    >>> _kicker_end("Storm at sea Ferry lost off Dunmara", ["Ferry lost off Dunmara"])
    13
    """
    return max((_shared_end(headline, title) for title in declared), default=0)


def _shared_end(headline: str, declared: str) -> int:
    """Return where the ending that headline and declared title share begins, 0 where it is no title by itself.

    It is one where it is all of the declared title, or where a mark parts it from what stands before it.
    """
    words = list(re.finditer(r"\w+", headline))
    others = [word.casefold() for word in re.findall(r"\w+", declared)]
    n_shared = 0
    for word, other in zip(reversed(words), reversed(others), strict=False):
        if word[0].casefold() != other:
            break
        n_shared += 1
    n_before = len(words) - n_shared
    if n_shared < _LEAST_REST_WORDS or not 0 < n_before <= _MAX_KICKER_WORDS:
        return 0
    start = words[n_before].start()
    while not headline[start - 1].isspace() and start > words[n_before - 1].end():
        start -= 1
    is_parted = n_shared >= _LEAST_SHARED_WORDS and _ENDS_KICKER.search(headline, 0, start) is not None
    return start if n_shared == len(others) or is_parted else 0


def _only_heading(text: str, runs: Sequence[Run]) -> str | None:
    """Return the words of the page's first-level heading where it has one, however often it is printed."""
    found = dict.fromkeys(_first_headings(text, runs))
    return next(iter(found)) if len(found) == 1 else None


def _first_headings(text: str, runs: Sequence[Run]) -> Iterator[str]:
    places: dict[str, list[int]] = {}
    for run in runs:
        if "/h1" in run.path and (at := _FIRST_HEADING.search(run.path)):
            places.setdefault(run.path[: at.end()], []).extend((run.start, run.end))
    for place in places.values():
        yield _SPACE.sub(" ", text[min(place) : max(place)]).strip()
