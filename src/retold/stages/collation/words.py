"""The small word lists that collation needs: stopwords, dates, numbers, titles, spellings.

Closed classes of English and conventions of newspapers' style books; open lists of the trade (agencies, hedges,
reporting verbs) stand in ``retold.lexicon`` and are read by ``trade.py``. Nothing here knows of units or pages.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as running text.

    >>> sorted(word_set("oil gas"))
    ['gas', 'oil']
    """
    return frozenset(words.split())


STOPWORDS = word_set(
    """
    a about above after again against all also although am among an and any are as at be because been before
    being below between both but by can could did do does doing down during each either even every few for
    from further had has have having he her here hers herself him himself his how i if in into is it its
    itself just may me might more most much must my myself neither no nor not now of off on once one only
    onto or other our ours out over own per same she should since so some still such than that the their
    theirs them themselves then there these they this those though through to too under until up upon us
    very was we were what when where whether which while who whom whose why will with within without would
    yet you your yours s t d re ve ll de la el al van von bin im ive id dont doesnt didnt isnt arent
    wasnt werent wont wouldnt cant couldnt hasnt havent hadnt thats its
    """
)

FORMULAIC = word_set(
    """
    said says say saying told tells tell according statement reporters interview added adding asked news
    report reports reported reporting announced announcement spokesman spokeswoman spokesperson conference
    press tweet tweeted twitter mr mrs ms dr president minister prime secretary senator official officials
    government former people year years day days week weeks month months time last next new first two three
    earlier later ago monday tuesday wednesday thursday friday saturday sunday morning afternoon evening
    night today yesterday january february march april june july august september october november december
    """
)  # fmt: skip
"""Words of the trade that any two reports share without saying the same."""

WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
MONTHS = word_set(
    """
    january february march april may june july august september october november december
    """
)
DATE_WORDS = (
    WEEKDAYS
    | (MONTHS - {"may", "march"})
    | word_set(
        """
    today yesterday tomorrow tonight overnight morning afternoon evening night midnight noon weekend week
    weeks month months year years day days hour hours ago decade decades century
    """
    )
)
"""Words of time; ``may`` and ``march`` count only beside a number or as capitals."""

TIME_UNITS = word_set("week weeks month months year years day days hour hours decade decades century")
"""Words that alone count time ("a term of two years") ..."""
POINTING = word_set(
    """
    ago last next this that these those same past previous earlier later before after since coming following
    recent early late end start beginning ahead every each
    """
)
"""... and words that make a date of them ("two years ago", "in recent weeks")."""

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_ONES += " seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
NUMBER_WORDS: dict[str, str] = {
    **{word: str(value) for value, word in enumerate(_ONES.split()) if word != "one"},
    **{word: str(10 * value) for value, word in enumerate(_TENS.split(), 2)},
    **{word: f"{value}th" for value, word in enumerate(_ORDINALS.split(), 1) if word not in ("first", "second")},
    "1st": "1th", "2nd": "2th", "3rd": "3th", "21st": "21th", "22nd": "22th", "23rd": "23th", "31st": "31th",
}  # fmt: skip
"""Number words and the figures they compare as; ``one``, ``first`` and ``second`` are left out: they are
pronoun, adverb and unit."""

SCALES = word_set(
    """
    hundred hundreds thousand thousands million millions billion billions trillion dozen
    """
)

TITLES: dict[str, str] = {
    "prof": "professor", "gen": "general", "sen": "senator", "rep": "representative", "gov": "governor",
    "lt": "lieutenant", "col": "colonel", "sgt": "sergeant", "capt": "captain", "maj": "major",
    "pres": "president", "rev": "reverend", "dr": "doctor",
}  # fmt: skip
COURTESY = word_set("mr mrs ms miss dr doctor sir dame lord lady prof professor")
"""Titles that one style book prints before a name and another leaves out."""

_SPELLINGS: dict[str, str] = {
    "programme": "program", "programmes": "programs", "grey": "gray", "defence": "defense", "offence": "offense",
    "pretence": "pretense", "licence": "license", "towards": "toward", "amongst": "among", "whilst": "while",
    "judgement": "judgment", "ageing": "aging", "sceptic": "skeptic", "sceptical": "skeptical",
    "aluminium": "aluminum", "aeroplane": "airplane", "jewellery": "jewelry", "tonne": "ton", "tonnes": "tons",
    "moustache": "mustache", "cosy": "cozy", "mum": "mom", "pct": "percent", "%": "percent",
    "per cent": "percent", "enquiry": "inquiry", "enrol": "enroll", "fulfil": "fulfill", "skilful": "skillful",
    "jan": "january", "feb": "february", "apr": "april", "aug": "august", "sept": "september", "sep": "september",
    "oct": "october", "nov": "november", "dec": "december", "tues": "tuesday", "thurs": "thursday",
    "okay": "ok", "adviser": "advisor", "advisers": "advisors", "adviser's": "advisor's", "vs": "versus",
}  # fmt: skip

ABBREVIATIONS = frozenset(TITLES) | word_set("mr mrs ms jan feb apr aug sept sep oct nov dec")
"""Words to which a dot after them belongs, where there is one."""

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(\w{3,})is(e|ed|es|ing|ation|ations|er|ers)$"), r"\1iz\2"),
    (re.compile(r"^(\w{2,})ys(e|ed|es|ing)$"), r"\1yz\2"),
    (re.compile(r"^(\w{3,})our(s|ed|ing|ful|able|ite|ites|er|ers|hood|less|al)?$"), r"\1or\2"),
    (re.compile(r"^(\w{2,}[tb])re(s|d)?$"), r"\1er\2"),
    (re.compile(r"^(\w{5,})ll(ed|ing|er|ers)$"), r"\1l\2"),
)
"""British to American endings; what a rule makes of other words does not matter, as both sides get the same."""


def bare(word: str) -> str:
    """Return the word without accents and other marks on its letters.

    >>> bare("søndré")
    'søndre'
    """
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def spelling_fold(key: str) -> str:
    """Return the form under which spellings, titles and number words of different style books are equal.

    >>> spelling_fold("organised"), spelling_fold("harbour"), spelling_fold("twelve")
    ('organized', 'harbor', '12')
    """
    plain = bare(key) or key
    for table in (_SPELLINGS, NUMBER_WORDS, TITLES):
        if plain in table:
            return table[plain]
    if plain[0].isdigit():
        return plain.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain) else plain
    for pattern, put in _RULES:
        if pattern.match(plain):
            return pattern.sub(put, plain)
    return plain


def is_number(fold: str) -> bool:
    """Tell whether a folded word is a figure, an ordinal or a scale word."""
    return fold[:1].isdigit() or fold in SCALES
