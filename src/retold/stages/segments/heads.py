"""The head of a report: headline, kicker, standfirst, byline, and the page's declared words they agree with.

Owns what stands between the page's menu and the first paragraph. Works with plain text, where nothing is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from retold.lexicon.bylines import PARTICLES, byline_opening, is_full_name, names_in
from retold.lexicon.load import entries
from retold.lexicon.phrases import plain
from retold.model.page import Declared
from retold.model.report import SegmentKind
from retold.stages.segments.features import Seen
from retold.stages.segments.wording import bag_of

_HEADLINE_FLOOR = 1.5
# How many blocks above the first paragraph a headline may stand: share bars and menus come between.
_REACH = 80
_BYLINE_REACH = 14
_MAX_BYLINE_WORDS = 22
# A byline that class words call so has so many words, and stands so far below the first sentences at most: these may be
# a summary, or a picture's.
_MARKED_WORDS, _BELOW_FIRST = 8, 4
# A summary stands so many blocks below the headline at most, and shares so many of its words with the text.
_STANDFIRST_REACH = 14
_ALIKE = 0.4
# Share of the words that a headline has in common with a declared title.
_SAME_TITLE = 0.7


class _Labels(Protocol):
    kinds: list[SegmentKind | None]

    def give(self, i: int, kind: SegmentKind, *why: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Declarations:
    """What the page declares of title, description and authors, in comparison form."""

    titles: tuple[frozenset[str], ...] = ()
    descriptions: tuple[frozenset[str], ...] = ()
    authors: frozenset[str] = frozenset()


_TITLE_NAMES = frozenset({"headline", "og:title", "title", "twitter:title", "name", "alternativeheadline"})
_DESCRIPTION_NAMES = frozenset({"description", "og:description", "twitter:description"})
_AUTHOR_NAMES = frozenset({"author", "article:author", "author.name", "creator", "byl"})


def read_declarations(declared: Iterable[Declared]) -> Declarations:
    """Return the declared titles, descriptions and authors as bags of words."""
    titles, descriptions, authors = [], [], set()
    for row in declared:
        if row.name in _TITLE_NAMES:
            titles.append(bag_of(row.value))
        elif row.name in _DESCRIPTION_NAMES:
            descriptions.append(bag_of(row.value))
        elif row.name in _AUTHOR_NAMES and not row.value.startswith("http"):
            authors.add(plain(row.value))
    return Declarations(tuple(filter(None, titles)), tuple(filter(None, descriptions)), frozenset(authors - {""}))


def topic_words(seen: Sequence[Seen], declarations: Declarations) -> frozenset[str]:
    """Return the longer words of the declared titles, else of the page's first heading."""
    bags = declarations.titles or tuple(one.wording.bag for one in seen if one.tag == "h1")[:1]
    return frozenset(word for bag in bags for word in bag if len(word) >= 5)


def _agreement(words: frozenset[str], declared: Sequence[frozenset[str]]) -> float:
    """Return the best Jaccard share of the words with a declared bag; a contained bag counts by its own size."""
    best = 0.0
    for other in declared:
        shared = len(words & other)
        best = max(best, shared / (len(words | other) or 1), 0.9 * shared / len(words) if len(words) >= 4 else 0.0)
    return best


def _headline_score(one: Seen, first: int, declarations: Declarations, content: frozenset[str]) -> float:
    score = 0.0
    if "h1" in one.elements:
        score += 3.0
    elif one.tag in ("h2", "h3"):
        score += 0.3
    score += 4.0 * _is_declared_title(one, declarations)
    if one.content_words:
        score += 3.0 * len(one.content_words & content) / len(one.content_words)
    score += 1.0 if 5 <= one.n_words <= 22 else (-1.5 if one.n_words < 3 else 0.0)
    if one.n_words > 30:
        score -= 3.0
    if one.text.rstrip().endswith((".", ":", "…", "。", "।", "۔")):
        score -= 1.5 if one.n_words <= 12 and not one.inner_sentences else 3.0
    if one.bullet or one.link_share > 0.6:
        score -= 1.5
    score += 0.5 * (one.repeats > 1) + (0.3 if len(one.content_words & content) >= 3 else 0.0)
    if one.opens_lower or one.digit_share > 0.25 or one.block.hidden:
        score -= 1.0
    score += 1.0 if one.pasted and one.i < first else 0.0
    score -= 0.06 * abs(first - one.i) + (1.0 if one.i > first else 0.0)
    return score


def is_date_line(one: Seen) -> bool:
    """Tell whether the block is a date with little around it."""
    return one.wording.is_date_line


def _find_headline(
    seen: Sequence[Seen], labels: _Labels, declarations: Declarations, first: int, content: frozenset[str]
) -> int | None:
    best: tuple[float, int] | None = None
    for i in range(max(0, first - _REACH), min(len(seen), first + 3)):
        one = seen[i]
        if labels.kinds[i] is not None or one.telltale or not one.n_words or i == first or one.opens_with_dateline:
            continue
        score = _headline_score(one, first, declarations, content)
        if score < _HEADLINE_FLOOR or (best is not None and score <= best[0]):
            continue
        if not byline_names(one) and (not is_date_line(one) or _is_declared_title(one, declarations)):
            best = (score, i)
    return best[1] if best else None


def _is_declared_title(one: Seen, declarations: Declarations) -> bool:
    return _agreement(one.wording.bag, declarations.titles) >= _SAME_TITLE


@cache
def _byline_first_words() -> frozenset[str]:
    return frozenset(words.split()[0] for words in entries("credits")["byline"]["opens"])


_NAME_LIKE = re.compile(r"^[^\W\d_][\w.'’-]*$")


def byline_names(one: Seen) -> str | None:
    """Return the words after "By" where the block has the form of a byline, else None."""
    if not 2 <= one.n_words <= _MAX_BYLINE_WORDS or (one.ends_sentence and one.n_words > 8):
        return None
    if one.wording.folded[0] not in _byline_first_words():
        return None
    opening = byline_opening().match(one.text)
    if not opening:
        return None
    rest = one.text[opening.end() :]
    head = re.split(r"[,|•·\n]| and | und | et | y ", rest)[0].split()
    if not 1 <= len(head) <= 5:
        return None
    named = [w for w in head if _NAME_LIKE.match(w.strip("."))]
    proper = all(w[0].isupper() or w in PARTICLES for w in named)
    return rest if named and proper and (named[0][0].isupper()) else None


def _is_bare_name(one: Seen) -> bool:
    words = one.text.split()
    if not 2 <= len(words) <= 4 or one.telltale or one.bullet:
        return False
    named = all(_NAME_LIKE.match(w) and (w[0].isupper() or w in PARTICLES) for w in words)
    return named and words[0][0].isupper()


def _label_bylines(seen: Sequence[Seen], labels: _Labels, authors: frozenset[str], headline: int, first: int) -> None:
    for i in range(max(0, min(headline, first) - 3), min(len(seen), first + _BYLINE_REACH)):
        one = seen[i]
        if labels.kinds[i] is not None or i == headline:
            continue
        key = one.key
        declared = one.n_words <= _MAX_BYLINE_WORDS and not one.is_sentence and any(name in key for name in authors)
        if byline_names(one):
            labels.give(i, SegmentKind.BYLINE, "opens like a byline")
        elif declared and i < first:
            labels.give(i, SegmentKind.BYLINE, "names the declared author")
        elif _is_marked_byline(one, first):
            labels.give(i, SegmentKind.BYLINE, "class words of byline")
        elif headline < i < first and _is_bare_name(one) and _near_date(seen, i):
            labels.give(i, SegmentKind.BYLINE, "a name beside the date")
        elif i < first and _names_beside_date(one):
            labels.give(i, SegmentKind.BYLINE, "a date with a name beside it")


def _is_marked_byline(one: Seen, first: int) -> bool:
    """Tell whether class words call the block a byline; below the first sentences it must be a name and no teaser's."""
    if "byline" not in one.class_kinds or one.n_words > _MARKED_WORDS or one.telltale:
        return False
    named = _is_bare_name(one) and "related" not in one.class_kinds
    return one.i < first or (one.i <= first + _BELOW_FIRST and named)


def _names_beside_date(one: Seen) -> bool:
    """Tell whether the block is a date line on which a person's name stands: "3 May 2021 | Ann Poe | 4 comments"."""
    if one.bullet or one.telltale or not is_date_line(one):
        return False
    return any(is_full_name(name) for name, _ in names_in(one.text))


def _near_date(seen: Sequence[Seen], i: int) -> bool:
    return any(is_date_line(seen[j]) for j in (i - 1, i + 1, i + 2) if 0 <= j < len(seen))


def _label_kicker(seen: Sequence[Seen], labels: _Labels, headline: int) -> None:
    for i in (headline - 1, headline + 1):
        if not 0 <= i < len(seen) or labels.kinds[i] is not None:
            continue
        one = seen[i]
        marked = "kicker" in one.class_kinds
        above = i < headline and one.n_words <= 6 and not one.ends_sentence and not one.bullet and one.link_share < 0.9
        if (marked or (above and one.glued == seen[headline].glued)) and not one.telltale and one.n_words:
            labels.give(i, SegmentKind.KICKER, "class words of kicker" if marked else "a short line above the headline")


def _label_standfirst(
    seen: Sequence[Seen],
    labels: _Labels,
    declarations: Declarations,
    headline: int,
    first: int,
    content: frozenset[str],
) -> None:
    """Sentences between the headline and a byline, date or picture, or marked or declared as the summary."""
    for i in range(headline + 1, min(len(seen), first + 3)):
        one = seen[i]
        if labels.kinds[i] is not None or one.telltale or not 6 <= one.n_words <= 90 or one.link_share > 0.5:
            continue
        if is_date_line(one) or one.says_twice:
            continue
        agrees = _agreement(one.wording.bag, declarations.descriptions) >= 0.8
        marked = "standfirst" in one.class_kinds
        near = headline < i <= headline + _STANDFIRST_REACH and i < first and one.n_words >= 8
        alike = near and len(one.content_words & content) >= _ALIKE * (len(one.content_words) or 1)
        heading = one.tag in ("h2", "h3") and i <= headline + 2
        parted = one.is_sentence and i < len(seen) - 1 and i <= headline + 3 and _is_date_or_byline(seen, labels, i + 1)
        if marked or parted or alike or (agrees and (heading or i < first)) or (heading and one.is_sentence):
            why = "the declared description" if agrees else "between headline and text, of the same words"
            labels.give(i, SegmentKind.STANDFIRST, "marked as summary" if marked else why)


def _is_date_or_byline(seen: Sequence[Seen], labels: _Labels, i: int) -> bool:
    return labels.kinds[i] is SegmentKind.BYLINE or is_date_line(seen[i])


def label_head(
    seen: Sequence[Seen], labels: _Labels, declarations: Declarations, first: int | None, content: frozenset[str]
) -> None:
    """Label headline, bylines, kicker and standfirst around block ``first``, the first paragraph."""
    anchor = first if first is not None else len(seen)
    headline = _find_headline(seen, labels, declarations, anchor, content)
    if headline is None:
        _label_bylines(seen, labels, declarations.authors, max(0, anchor - 6), anchor)
        return
    agrees = _is_declared_title(seen[headline], declarations)
    why = "the declared title" if agrees else "stands above the text and says in short what it says"
    for one in seen:
        if one.i == headline or (one.key == seen[headline].key and one.key):
            labels.give(one.i, SegmentKind.HEADLINE, why)
    _label_bylines(seen, labels, declarations.authors, headline, anchor)
    _label_kicker(seen, labels, headline)
    _label_standfirst(seen, labels, declarations, headline, anchor, content)


_ABOUT = re.compile(
    r"^\W*(?:is|was|has|writes|covers|reports|makes|joined|ist|war|hat|schreibt|berichtet|arbeitet|leitet|est|es)\b"
)


def label_biographies(seen: Sequence[Seen], labels: _Labels, declarations: Declarations, first: int | None) -> None:
    """Label what is said of the report's own writers below its text ("Ann Poe is ...")."""
    names = set(declarations.authors)
    for one in seen:
        if labels.kinds[one.i] is SegmentKind.BYLINE and (words := byline_names(one)):
            names.add(plain(re.split(r"[,|•·\n]", words)[0]))
    names = {name for name in names if len(name.split()) >= 2}
    if not names:
        return
    for one in seen[(first or 0) + 1 :]:
        opening = " ".join(one.text[:80].casefold().split())
        for name in names:
            if opening.startswith(name) and _ABOUT.match(opening[len(name) :]):
                labels.give(one.i, SegmentKind.FURNITURE, "tells of the report's writer")
