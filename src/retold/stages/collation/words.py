"""The small word lists that collation needs: stopwords, dates, scales, courtesy titles.

Closed classes of English and conventions of newspapers' style books; open lists of the trade (agencies, hedges,
reporting verbs) and spellings stand in ``retold.lexicon``. Nothing here knows of units or pages.
"""

from __future__ import annotations

from retold.lexicon.spellings import TITLES


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

SCALES = word_set(
    """
    hundred hundreds thousand thousands million millions billion billions trillion dozen
    """
)

COURTESY = word_set("mr mrs ms miss dr doctor sir dame lord lady prof professor")
"""Titles that one style book prints before a name and another leaves out."""

ABBREVIATIONS = frozenset(TITLES) | word_set("mr mrs ms jan feb apr aug sept sep oct nov dec")
"""Words to which a dot after them belongs, where there is one."""


def is_number(fold: str) -> bool:
    """Tell whether a folded word is a figure, an ordinal or a scale word."""
    return fold[:1].isdigit() or fold in SCALES
