"""Where sentences end: a library's boundaries, then the repairs that news text needs.

Boundaries come from nupunkt (English) or sentencex (other languages); ``repairs`` puts right what both get wrong.
Everything is a set of break positions inside a paragraph, so no character can be lost: the breaks cut, the trim
drops white space only.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from retold.plain.link_text import without_link_text
from retold.plain.quotations import paragraphs
from retold.stages.sentences.repairs import repaired
from retold.text.spans import Span, trim

_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 2000
"""Characters looked at to tell a page's script."""
_LANGUAGE_OF = {
    "ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
    "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GREEK": "el", "HEBREW": "he",
    "THAI": "th", "ARMENIAN": "hy", "GEORGIAN": "ka", "ETHIOPIC": "am", "MYANMAR": "my", "KHMER": "km",
}  # fmt: skip


def cut_sentences(text: str, span: tuple[int, int], *, language: str = "en", whole: bool = False) -> list[Span]:
    """Return the trimmed sentences of a segment; ``whole`` keeps each paragraph one sentence.

    >>> [text[a:b] for text in ['"It rained. We left," he said. No. 3 won.'] for a, b in cut_sentences(text, (0, 41))]
    ['"It rained. We left," he said.', 'No. 3 won.']
    """
    found: list[Span] = []
    seen = without_link_text(text, span)  # no sentence ends inside headlines run into one
    for paragraph in paragraphs(text, *span):
        breaks: list[int] = []
        if not whole and not seen[paragraph.start : paragraph.end].isspace():
            breaks = sorted(repaired(seen, paragraph, _library_breaks(seen, paragraph, language)))
        edges = [paragraph.start, *breaks, paragraph.end]
        pieces = (trim(text, (a, b)) for a, b in pairwise(edges))
        found.extend(piece for piece in pieces if piece.size)
    return found


def language_of_script(text: str) -> str:
    """Return the likeliest language of a page that declares none: English for Latin script, else by script.

    >>> language_of_script("Дождь шёл весь день.")
    'ru'
    """
    counts: dict[str, int] = {}
    for character in text[:_SAMPLE]:
        if character.isalpha():
            script = unicodedata.name(character, "LATIN").split(maxsplit=1)[0]
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return "en"
    # Japanese mixes scripts: any fair share of kana says it.
    if counts.get("HIRAGANA", 0) * 10 > sum(counts.values()):
        return "ja"
    return _LANGUAGE_OF.get(max(sorted(counts), key=lambda script: counts[script]), "en")


def _library_breaks(text: str, paragraph: Span, language: str) -> set[int]:
    """Return the positions where the library begins a new sentence, counted in ``text``."""
    # Lone surrogates cannot cross into sentencex; one character for one keeps the offsets.
    piece = _SURROGATE.sub("\ufffd", text[paragraph.start : paragraph.end])
    code = language.replace("_", "-").split("-")[0].lower()
    if code == "en":
        import nupunkt

        starts = [start for start, _ in nupunkt.sent_spans(piece)]
    else:
        import sentencex

        starts = [boundary["start_index"] for boundary in sentencex.get_sentence_boundaries(code, piece)]
    return {paragraph.start + start for start in starts if 0 < start < len(piece)}
