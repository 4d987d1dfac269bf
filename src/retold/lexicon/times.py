"""English words of time as the grammar of time expressions wants them.

Owns the reading of ``times.toml`` and of the English part of ``calendar.toml`` into one ``TimeWords`` value.
"""

from __future__ import annotations

import re
from functools import cache

from retold.lexicon.load import entries
from retold.text.times_words import TimeWords


@cache
def time_words() -> TimeWords:
    """Return the English word tables of time.

    >>> time_words().months["sept"]
    9
    """
    content = entries("times")
    calendar = entries("calendar")
    months = _numbered(calendar["months"]["en"])
    weekdays = _numbered(calendar["weekdays"]["en"])
    ambiguous, tense = content["ambiguous"], content["tense"]
    return TimeWords(
        classes={word: (name, str(value)) for name, table in content["class"].items() for word, value in table.items()},
        months=months,
        weekdays=weekdays,
        short=_short(calendar["months"]["en"]) | _short(calendar["weekdays"]["en"]),
        numbers=content["number"],
        ordinals=content["ordinal"],
        decades=content["decade"],
        feasts=content["feast"],
        feast_openings=frozenset(re.split(r"[ .']", name)[0] for name in content["feast"]),
        dated_feasts=content["feast_dated"],
        ambiguous_months=frozenset(ambiguous["months"]),
        given_names=frozenset(ambiguous["given_names"]),
        before_month=frozenset(ambiguous["before_month"]),
        names_after_weekday=frozenset(ambiguous["names_after_weekday"]),
        counted=frozenset(ambiguous["counted"]),
        future=frozenset(tense["future"]),
        past=frozenset(tense["past"]),
        not_past=frozenset(tense["not_past"]),
        present=frozenset(tense["present"]),
        breaks=frozenset(tense["breaks"]),
        past_with_to=frozenset(tense["past_with_to"]),
        not_infinitive=frozenset(tense["not_infinitive"]),
    )


def _numbered(lists: list[list[str]]) -> dict[str, int]:
    return {name.casefold(): number for number, names in enumerate(lists, start=1) for name in names}


def _short(lists: list[list[str]]) -> frozenset[str]:
    return frozenset(name.casefold() for names in lists for name in names[1:])
