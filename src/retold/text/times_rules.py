"""The grammar of English time expressions: rules over the class strings of ``text.times_words``.

Each rule is a name and a pattern whose capital words are classes and whose ``<names>`` are macros; spaces count for
nothing. Rules are tried in their order at the leftmost place where one matches, so longer forms stand first. No pattern
nests one repetition in another: matching is linear in the number of words. What a match means is said by
``text.times_values`` (points) and ``text.times_lengths`` (durations and sets).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from retold.text.times_words import LETTERS, Token, letters_of

_MACROS = {
    "unit": "(?:UNIT|QUARTER|YEAR_WORD|CENTURY)",
    "any_unit": "(?:UNITS|UNIT|QUARTER|YEAR_WORD|CENTURY)",
    "num": "(?:INT|YEAR|NUMBER|DECIMAL)",
    # "2", "2 1/2", "twenty-five", "two dozen", "two and a half", "a", "several", "a few", "a couple of", "half an"
    "amount": "(?:<num> (?:INT STROKE INT | DASH? NUMBER)? DOZEN? (?:AND A HALF)?"
    " | A? VAGUE OF? | A DOZEN | HALF A | A HALF)",
    "bound": "(?:ABOUT | (?:MORE|LESS) THAN | AT LEAST | UP TO)",
    "edge": "(?:EDGE (?:DASH|IN)?)",
    "end_of": "(?:THE? EDGE_NOUN OF)",
    "rel": "(?:LAST|NEXT|THIS|THAT|FOLLOWING|PREVIOUS|SAME|LATEST|CURRENT)",
    "day": "(?:INT|ORDINAL)",
    "year": "(?:YEAR|SHORT_YEAR)",
    "wday": "(?:WDAY COMMA?)",
    "md": "(?:<wday>? MONTH THE? <day> (?:COMMA? <year>)?)",
    "dm": "(?:<wday>? THE? <day> OF? MONTH (?:COMMA? <year>)?)",
    "date": "(?:<md>|<dm>|ISO|SLASH|WDAY|DEIXIS)",
    "clock": "(?:CLOCK AMPM?|(?:INT|NUMBER) AMPM|(?:INT|NUMBER) OCLOCK|HOUR_WORD|(?:INT|YEAR) (?=ZONE))",
    "zone": "(?:OPEN? ZONE TIME_WORD? CLOSE?)",
}

RULES: tuple[tuple[str, str], ...] = (
    ("age", "<amount> DASH? <any_unit> DASH? AGE | <amount> <any_unit> OF AGE | AGE OF <num>"),
    ("dated_feast", "DATED_FEAST"),
    # "5 p.m. EST, Nov. 6", "10:30 a.m. on Friday", "midnight Friday"
    ("clock_date", "<clock> (?:ZONE TIME_WORD?)? COMMA? ON? <date>"),
    ("clock", "<clock> (?:ZONE TIME_WORD?)?"),
    ("iso", "ISO"),
    ("slash", "SLASH"),
    # "Feb 16-18, 2020", "16-18 February"
    ("day_range", "MONTH <day> (?:DASH|TO) <day> (?:COMMA? YEAR)?"
                  " | <day> (?:DASH|TO) <day> OF? MONTH (?:COMMA? YEAR)?"),
    ("week_of", "THE UNIT OF (?:<md>|<dm>)"),
    ("month_day", "(?:<edge>|<end_of>)? (?:<md>|<dm>) PART?"),
    ("feast", "(?:LAST|NEXT|THIS)? FEAST (?:COMMA? YEAR)?"),
    ("month_year", "(?:<end_of>|THE? <edge>)? MONTH OF? COMMA? <year>"),
    ("quarter_of", "THE? <end_of>? (?:<rel> YEAR_WORD CLITIC)? (?:YEAR DASH?)? (?:YEAR_KIND DASH?)?"
                   " ORDINAL (?:QUARTER|HALF)"
                   " (?:OF (?:YEAR_KIND YEAR_WORD?)? (?:YEAR|THIS YEAR_WORD|LAST YEAR_WORD|NEXT YEAR_WORD))?"),
    ("quarter_adjective", "(?:YEAR_KIND DASH)? ORDINAL DASH (?:QUARTER|HALF)"),
    ("half_of", "THE (?:LAST|LATEST) HALF OF (?:THE? (?:YEAR|DECADE)|(?:THIS|LAST|NEXT|THE) YEAR_WORD)"),
    ("year_ago", "THE? YEAR_WORD DASH (?:AGO|EARLIER) (?:ORDINAL? QUARTER|PERIOD) | YEAR_WORD DASH (?:AGO|EARLIER)"),
    ("year_quarter", "THE? YEAR QUARTER | (?:LAST|THIS) YEAR_WORD CLITIC QUARTER"),
    ("century", "THE? <edge>? ORDINAL DASH? CENTURY"),
    ("decade", "THE? <edge>? (?:DECADE|DECADE_WORD)"),
    ("season", "(?:<end_of>? THE? (?:<edge>|LAST|NEXT|THIS|THAT|FOLLOWING|PREVIOUS)?) SEASON (?:OF? YEAR)?"),
    ("set_weekday", "EVERY (?:WDAY|PART) PART? | <edge>? WDAYS (?:PART|PARTS)? | WDAY PARTS"),
    ("weekday_part", "THE? <edge>? PART (?:COMMA|OF|ON)? (?:<md>|<dm>|WDAY|DEIXIS)"),
    ("weekday", "<edge>? (?:THE? (?:FOLLOWING|PREVIOUS|NEXT)|LAST|NEXT|THIS|THAT)? WDAY <edge>? PART?"),
    ("deixis", "<edge>? DEIXIS PART?"),
    ("spelled_year", "(?:THE YEAR_WORD)? NUMBER NUMBER (?:DASH? NUMBER)? (?!UNITS)| THE YEAR_WORD NUMBER DOZEN"),
    ("set_times", "(?:ONCE|<amount> TIMES) (?:A|EVERY|PER) <unit>"),
    ("set_every", "EVERY (?:<num>|ORDINAL|FULL)? <any_unit> | EVERY OF THE (?:LAST|NEXT) <amount> UNITS"),
    ("frequency", "FREQUENCY"),
    # "two years ago", "about a week from now"
    ("ago", "<bound>? (?:<amount> (?:FULL|MORE)? <any_unit>|A FULL? <unit>|UNITS) (?:AGO|HENCE|FROM PRESENT)"),
    # "the past two years", "at least the next 18 months", "the nine months"
    ("past_n", "(?:AT LEAST|(?:MORE|LESS) THAN)? (?:EVERY OF)? THE?"
               " (?:LAST|NEXT|FOLLOWING|PREVIOUS|LATEST|ORDINAL|CURRENT) <amount> (?:FULL|MORE)? <any_unit>"
               " | THE <amount> (?:FULL|MORE)? UNITS | THE? (?:LAST|NEXT) UNITS"),
    ("recent", "THE? MORE? RECENT (?:UNITS|UNIT) (?:(?:AND|OR) UNITS)? | RECENT"),
    ("later_than", "<bound>? (?:<amount> (?:FULL|MORE)? <any_unit>|A FULL? <unit>|UNITS) (?:LATER|EARLIER)"),
    # "earlier this month", "at the end of last year", "the current year", "later that day"
    ("same_period", "THE? SAME (?:PERIOD|<unit>) (?:OF|IN)? (?:LAST|PREVIOUS) YEAR_WORD"),
    ("year_range", "YEAR DASH INT (?!(?:DASH|STROKE|<any_unit>))"),
    ("relative", "(?:<end_of>|<edge>|EARLIER|LATER)? THE? <rel> YEAR_KIND? (?:<unit>|PERIOD) | THE? <rel> UNITS"),
    ("the_unit", "(?:<end_of>|<edge>|EARLIER|LATER) IN? THE YEAR_KIND? <unit> | THE YEAR_KIND? (?:<unit>)"),
    ("unit_end", "(?:UNIT|YEAR_WORD|QUARTER) (?:CLITIC|DASH)? EDGE_NOUN"),
    ("month", "(?:<end_of>|<edge>)? (?:LAST|NEXT|THIS|EVERY|THE? (?:FOLLOWING|PREVIOUS))? MONTH"),
    ("year", "(?:<end_of>|THE? <edge>)? (?:THE? YEAR_KIND? YEAR_WORD)? (?:YEAR_KIND)? YEAR"),
    ("part", "<edge>? (?:THE <rel>?|LAST|THIS|THAT|NEXT) PART | <edge> PART | (?<=AT) PART | (?<=BEFORE) PART"),
    ("overnight", "OVERNIGHT"),
    # "three hours", "two-day", "two to three weeks", "an hour and a half"
    ("duration", "<bound>? <amount> (?:(?:TO|OR|DASH) <num>)? DASH? (?:FULL|MORE)? DASH? <any_unit> (?:AND A HALF)?"
                 " | <bound>? A FULL? <unit> (?:AND A HALF)? | <bound>? UNITS (?:(?:AND|OR) UNITS)?"),
    ("present", "PRESENT"),
    ("past", "MORE? PAST"),
    ("current", "CURRENT"),
    ("vague_past", "(?<=IN) THE LAST"),
    ("vague_future", "THE FUTURE_NOUN | (?<=IN) FUTURE_NOUN"),
    ("later", "LATER"),
    ("earlier", "EARLIER"),
)  # fmt: skip


class Phrase(NamedTuple):
    """A rule's match: the words of the sentence it stands in, and which of them it covers."""

    rule: str
    tokens: list[Token]
    first: int
    last: int

    @property
    def start(self) -> int:
        """First character."""
        return self.tokens[self.first].start

    @property
    def end(self) -> int:
        """Character after the last."""
        return self.tokens[self.last - 1].end

    def inside(self) -> list[Token]:
        """Return the words covered."""
        return self.tokens[self.first : self.last]

    def get(self, *names: str) -> Token | None:
        """Return the first word of one of these classes, or None."""
        return next((token for token in self.inside() if token.name in names), None)

    def before(self, n: int = 1) -> Token | None:
        """Return the n-th word before the phrase, or None."""
        return self.tokens[self.first - n] if self.first >= n else None

    def after(self, n: int = 1) -> Token | None:
        """Return the n-th word after the phrase, or None."""
        return self.tokens[self.last + n - 1] if self.last + n <= len(self.tokens) else None


def _compile() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{_letters(pattern)})" for name, pattern in RULES))


def _letters(pattern: str) -> str:
    while "<" in re.sub(r"\(\?<=", "", pattern):
        pattern = re.sub(r"(?<!\(\?)<(\w+)>", lambda match: _MACROS[match[1]], pattern)
    return re.sub(r"[A-Z_]{1,}", lambda match: LETTERS[match[0]], pattern).replace(" ", "")


_GRAMMAR = _compile()
_TRIGGERS = re.compile(
    "[" + "".join(
        LETTERS[name]
        for name in (
            "ISO", "SLASH", "CLOCK", "YEAR", "DECADE", "DECADE_WORD", "MONTH", "WDAY", "WDAYS", "FEAST",
            "DATED_FEAST", "UNIT", "QUARTER", "YEAR_WORD", "CENTURY", "UNITS", "PART", "PARTS", "HOUR_WORD",
            "DEIXIS", "PRESENT", "PAST", "RECENT", "CURRENT", "LAST", "AGO", "SEASON", "FREQUENCY", "AMPM",
            "OCLOCK", "ZONE", "OVERNIGHT", "FUTURE_NOUN", "LATER", "EARLIER",
        )
    ) + "]|" + LETTERS["NUMBER"] * 2
)  # fmt: skip


def phrases_of(tokens: list[Token]) -> list[Phrase]:
    """Return the time expressions among the words of a sentence, in order, none overlapping."""
    letters = letters_of(tokens)
    if not _TRIGGERS.search(letters):
        return []
    found = []
    for match in _GRAMMAR.finditer(letters):
        if match.end() > match.start():
            found.append(Phrase(match.lastgroup or "", tokens, *match.span()))
    return found
