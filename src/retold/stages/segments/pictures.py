"""Captions and lone credit lines: the weighing of what only they have.

Owns the weights; the grammar of credits stands in ``retold.lexicon.credit_forms``.
"""

from __future__ import annotations

import re

from retold.lexicon.calendar import dates_in
from retold.lexicon.credit_forms import opens_like_picture_credit
from retold.stages.segments.features import Seen

# A caption scores at least this; set with the weights below on the even documents of lines/fundus-inscriptis.
CAPTION_FLOOR = 2.0

# "... at the gate. Photo taken on March 3": a last sentence that says when, or that it is from the archive.
_TAKEN = re.compile(
    r"[.!?\"”]\s+\(?(?:(?:archiv|symbol)?(?:aufnahmen?|bild|foto)|(?:file )?(?:photo|picture|image)|imagen)"
    r"(?:\s+(?:vom|von|aus|from|taken|dated|de|del)\b(?:[^.!?\n]|(?<=\d)\.){2,40})?[.)]*$",
    re.IGNORECASE,
)
_LABEL_START = re.compile(
    r"^(?:image|photo|picture|media|bild)\s+(?:caption|copyright|source|credit|unterschrift)\b|^bildunterschrift\b|^caption\b",
    re.IGNORECASE,
)


# A player that cannot play prints so, and the label of its film behind it: the line is the film's caption.
_PLAYER = re.compile(
    r"media playback is (?:unsupported|not supported) on (?:your|this) device\W{0,5}(?:media|video|image) caption\b",
    re.IGNORECASE,
)
_LABEL_INITIALS = frozenset("iIpPmMbBcC")


def _ends_in_date(text: str) -> bool:
    dates = dates_in(text[-40:])
    return bool(dates) and dates[-1].span.end >= len(text[-40:]) - 2


def caption_reasons(seen: Seen, *, are_doubled: bool = False) -> list[tuple[float, str]]:
    """Return what speaks for and against the block being a caption, by itself, heaviest first.

    ``are_doubled`` says that the page prints many of its lines twice in a row.
    """
    n_words = seen.n_words
    if (
        n_words < 4
        and seen.wording.is_mute
        and seen.elements.isdisjoint(_PICTURED)
        and "caption" not in seen.class_kinds
    ):
        return [_TOO_SHORT]
    reasons: list[tuple[float, str]] = []
    if "caption" in seen.class_kinds or "figcaption" in seen.elements:
        reasons.append((5.0, "marked as a caption by the page"))
    elif "figure" in seen.elements:
        reasons.append((2.5, "inside <figure>"))
    if n_words >= 5 and seen.text[0] != "©" and seen.wording.ends_in_picture_credit:
        reasons.append((2.6, "ends in a picture credit"))
    if seen.text[:1] in _LABEL_INITIALS and _LABEL_START.match(seen.text):
        reasons.append((3.0, "opens like a caption"))
    if seen.text[:1] in "mM" and _PLAYER.match(seen.text):
        reasons.append((6.0, "opens like the caption of a film"))
    if word := seen.wording.picture_word:
        reasons.append((1.4 if n_words < 45 else 0.4, f"says '{word}'"))
    if seen.repeats_neighbour and not are_doubled and n_words >= 6 and not is_list(seen):
        reasons.append((2.5, "printed twice in a row, like a picture's text and its caption"))
    if n_words >= 8 and not seen.ends_sentence and _ends_in_date(seen.text):
        reasons.append((1.2, "ends in a date"))
    if _TAKEN.search(seen.text):
        reasons.append((3.0, "ends in when the picture was taken"))
    if n_words > 70:
        reasons.append((-2.5, "longer than captions are"))
    if n_words < 4:
        reasons.append(_TOO_SHORT)
    credited = seen.bullet and seen.wording.ends_in_picture_credit
    if (seen.bullet and not credited) or (seen.telltale and seen.telltale.how != "holds"):
        reasons.append((-1.5, "looks like furniture"))
    if len(reasons) > 1:
        reasons.sort(key=lambda reason: (-abs(reason[0]), reason[1]))
    return reasons


def is_list(seen: Seen) -> bool:
    """Tell whether the block is mostly figures, or a menu's words in capitals: these are printed twice as well."""
    return seen.digit_share > _IN_FIGURES or (seen.capital_share > _IN_CAPITALS and not seen.ends_sentence)


# Shares of words in capitals and of figures; a caption that ends in a date has under a tenth of figures.
_IN_CAPITALS, _IN_FIGURES = 0.8, 0.2
_TOO_SHORT = (-2.0, "shorter than captions are")
_PICTURED = frozenset({"figure", "figcaption"})


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
    form = seen.wording.credit
    if form:
        return _CREDIT_SAYS[form]
    if seen.n_words <= 10 and "credit" in seen.class_kinds:
        return "marked as a credit by the page"
    if seen.n_words <= 8 and "figure" in seen.elements and opens_like_picture_credit(seen.text):
        return "a picture credit alone"
    return None
