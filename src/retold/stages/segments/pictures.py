"""Captions and lone credit lines: the weighing of what only they have.

Owns the weights; the grammar of credits stands in ``retold.lexicon.credit_forms``.
"""

from __future__ import annotations

import re
from functools import cache

from retold.lexicon.calendar import dates_in
from retold.lexicon.credit_forms import credit_form, opens_like_picture_credit, picture_credit_at_end
from retold.lexicon.load import entries
from retold.stages.segments.features import Seen

# A caption scores at least this; set with the weights below on the even documents of lines/fundus-inscriptis.
CAPTION_FLOOR = 2.0

_LABEL_START = re.compile(
    r"^(?:image|photo|picture|media|bild)\s+(?:caption|copyright|source|credit|unterschrift)\b|^bildunterschrift\b|^caption\b",
    re.IGNORECASE,
)


@cache
def _picture_words() -> tuple[str, ...]:
    return tuple(word.casefold() for word in entries("credits")["picture"]["says"])


@cache
def _any_picture_word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _picture_words())))


def _ends_in_date(text: str) -> bool:
    dates = dates_in(text[-40:])
    return bool(dates) and dates[-1].span.end >= len(text[-40:]) - 2


def caption_reasons(seen: Seen) -> list[tuple[float, str]]:
    """Return what speaks for and against the block being a caption, by itself, heaviest first."""
    reasons: list[tuple[float, str]] = []
    folded = seen.text.casefold()
    if "caption" in seen.class_kinds or "figcaption" in seen.elements:
        reasons.append((5.0, "marked as a caption by the page"))
    elif "figure" in seen.elements:
        reasons.append((2.5, "inside <figure>"))
    if seen.n_words >= 5 and picture_credit_at_end(seen.text) is not None:
        reasons.append((2.6, "ends in a picture credit"))
    if _LABEL_START.match(seen.text):
        reasons.append((3.0, "opens like a caption"))
    if _any_picture_word().search(folded):
        word = next(word for word in _picture_words() if word in folded)
        reasons.append((1.4 if seen.n_words < 45 else 0.4, f"says '{word}'"))
    if seen.repeats_neighbour and seen.n_words >= 6:
        reasons.append((2.5, "printed twice in a row, like a picture's text and its caption"))
    if not seen.ends_sentence and seen.n_words >= 8 and _ends_in_date(seen.text):
        reasons.append((1.2, "ends in a date"))
    if seen.n_words > 70:
        reasons.append((-2.5, "longer than captions are"))
    if seen.n_words < 4:
        reasons.append((-2.0, "shorter than captions are"))
    if seen.bullet or (seen.telltale and seen.telltale.how != "holds"):
        reasons.append((-1.5, "looks like furniture"))
    return sorted(reasons, key=lambda reason: (-abs(reason[0]), reason[1]))


_CREDIT_SAYS = {
    "sign-off": "a sign-off",
    "contributed": "names who contributed",
    "credit line": "credits an agency",
    "picture": "a picture credit alone",
}


def credit_reason(seen: Seen) -> str | None:
    """Return why the block, alone, is a credit line, or None."""
    if not seen.n_words:
        return None
    form = credit_form(seen.text, seen.n_words)
    if form:
        return _CREDIT_SAYS[form]
    if seen.n_words <= 10 and "credit" in seen.class_kinds:
        return "marked as a credit by the page"
    if seen.n_words <= 8 and "figure" in seen.elements and opens_like_picture_credit(seen.text):
        return "a picture credit alone"
    return None
