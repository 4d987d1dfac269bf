"""What the phrases mean that name a length of time, a repetition, or no time in particular.

Owns durations ("three hours", "the past two years"), distances ("two years ago", "days later"), sets ("every Friday",
"twice a week") and the vague ("now", "in recent weeks").
"""

from __future__ import annotations

from retold.text.edtf import Days, format_days
from retold.text.times_calendar import Grain, Period, period_of
from retold.text.times_rules import Phrase
from retold.text.times_values import Meaning, Reader, meaning_of, number
from retold.text.times_words import Token

_UNIT_NAMES = ("UNIT", "UNITS", "QUARTER", "YEAR_WORD", "CENTURY")
_CLOCK_UNITS = {"S": "S", "MIN": "M", "H": "H"}
_MULTIPLES = {"FN": ("W", 2), "E": ("Y", 10), "C": ("Y", 100)}
_UNIT_DAYS = {"D": 1.0, "W": 7.0, "FN": 14.0, "H": 1 / 24, "MIN": 1 / 1440, "S": 1 / 86400}
_DISTANCE_GRAINS = {
    "D": Grain.DAY,
    "W": Grain.WEEK,
    "FN": Grain.WEEK,
    "WE": Grain.WEEKEND,
    "M": Grain.MONTH,
    "Q": Grain.QUARTER,
    "Y": Grain.YEAR,
    "E": Grain.YEAR,
    "C": Grain.YEAR,
}

_VAGUE = -1.0


def _amount(phrase: Phrase) -> float:
    """Return how many units the phrase speaks of; ``_VAGUE`` when it does not say."""
    tokens = phrase.inside()
    total, seen = 0.0, False
    for i, token in enumerate(tokens):
        if token.name == "TO" and not seen:
            continue
        if token.name in (*_UNIT_NAMES, "TO", "OR") or (token.name == "DASH" and seen and _is_range(tokens, i)):
            break
        value = _number_value(tokens, i)
        if value is not None:
            total, seen = (total + value, True)
        elif token.name == "DOZEN":
            total, seen = (total or 1) * float(token.value), True
        elif token.name == "VAGUE":
            return 2.0 if token.key == "couple" else _VAGUE
    if phrase.get("HALF"):
        return (total if seen else 1.0) + 0.5 if seen or _half_follows(tokens) else 0.5
    if seen:
        return total
    return 1.0 if phrase.get("A", "EVERY", "ONCE") and not phrase.get("UNITS") else _VAGUE


def _is_range(tokens: list[Token], i: int) -> bool:
    """Tell whether a dash joins two figures ("5-7 days") and not the parts of a number or a compound."""
    return i + 1 < len(tokens) and tokens[i + 1].name in ("INT", "DECIMAL") and tokens[i - 1].name in ("INT", "DECIMAL")


def _half_follows(tokens: list[Token]) -> bool:
    names = [token.name for token in tokens]
    return any(name in names and names.index(name) < names.index("HALF") for name in _UNIT_NAMES)


def _number_value(tokens: list[Token], i: int) -> float | None:
    token = tokens[i]
    if token.name in ("INT", "YEAR"):
        if i + 1 < len(tokens) and tokens[i + 1].name == "STROKE":
            below = number(tokens[i + 2]) if i + 2 < len(tokens) else 0
            return int(token.value) / below if below else 0.0
        return 0.0 if i and tokens[i - 1].name == "STROKE" else float(int(token.value))
    if token.name == "NUMBER":
        return float(token.value)
    if token.name == "DECIMAL":
        return _decimal(token.key)
    return None


def _decimal(found: str) -> float:
    fractions = {"½": 0.5, "¼": 0.25, "¾": 0.75}
    if found[-1] in fractions:
        return float(found[:-1]) + fractions[found[-1]]
    whole, _, after = found.replace(",", "").partition(".")
    return float(f"{whole}.{after.replace('.', '') or 0}")


def _length(amount: float, unit: str) -> str:
    """Return the TIMEX3 value of a length.

    >>> _length(2.5, "Y"), _length(24, "H"), _length(_VAGUE, "W")
    ('P2Y6M', 'PT24H', 'PXW')
    """
    letter, times = _MULTIPLES.get(unit, (unit, 1))
    clock = unit in _CLOCK_UNITS
    letter = _CLOCK_UNITS.get(unit, letter)
    head = "PT" if clock else "P"
    if unit == "6M":
        letter, times = "M", 6
    if amount == _VAGUE:
        return f"{head}X{letter}"
    total = amount * times
    smaller = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if clock else ("W", 0)}.get(letter)
    whole = int(total)
    if total == whole:
        return f"{head}{whole}{letter}"
    if smaller is not None and smaller[1]:
        rest = f"{round((total - whole) * smaller[1])}{smaller[0]}"
        return f"{head}{whole}{letter}{rest}" if whole else f"{head}{rest}"
    return f"{head}{total:g}{letter}"


def _unit(phrase: Phrase) -> Token | None:
    return phrase.get(*_UNIT_NAMES)


def read_age(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read nothing: "a 34-year-old", "three years old" tell an age."""
    return None


def read_duration(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "three hours", "two-day", "about two to three weeks"; "a day" after a rate is a set."""
    unit = _unit(phrase)
    if unit is None or unit.value == "WE" or _is_no_length(phrase, unit):
        return None
    if not phrase.get("UNITS") and not phrase.get("DASH") and _is_bare_one(phrase) and _is_rate(phrase):
        return Meaning("SET", _length(1.0, unit.value))
    after = phrase.after()
    order = after.value if after is not None and after.name in ("AFTER", "BEFORE") else None
    return Meaning("DURATION", _length(_amount(phrase), unit.value), None, order)


def _is_no_length(phrase: Phrase, unit: Token) -> bool:
    """Tell a share ("a quarter of"), lodgings ("such quarters") and "on days when" from a length."""
    before, after = phrase.before(), phrase.after()
    if unit.value == "Q":
        vague = phrase.last - phrase.first == 1 and (before is None or before.key not in ("for", "in", "recent"))
        return vague or bool(phrase.get("A", "DASH")) or (after is not None and after.name == "OF")
    return phrase.last - phrase.first == 1 and before is not None and before.name == "ON"


def _is_bare_one(phrase: Phrase) -> bool:
    return [token.name for token in phrase.inside()[:-1]] == ["A"]


def _is_rate(phrase: Phrase) -> bool:
    """Tell whether "a year" follows what is counted by it: "$1 billion a year", "4,000 tons a day"."""
    before = phrase.before()
    if before is None or before.name in ("IN", "FROM", "TO", "OF", "AFTER", "BEFORE", "BY", "AT", "ON"):
        return False
    key = before.key
    return (
        before.name in ("INT", "DECIMAL", "NUMBER", "DOZEN", "UNITS", "TIMES")
        or key in ("million", "billion", "trillion", "%", "percent", "apiece")
        or (before.name == "" and len(key) > 3 and key.endswith("s") and not key.endswith(("ss", "us", "is")))
    )


def read_past_n(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the past two years", "the next several days", "the first nine months"."""
    unit = _unit(phrase)
    if unit is None:
        return None
    amount = _amount(phrase)
    value = _length(amount, unit.value)
    if unit.value in ("M", "Y"):
        reader.tell_quarter(None)
    if phrase.get("EVERY"):
        return Meaning("SET", _length(1.0, unit.value), _reach(phrase, amount, unit.value, reader))
    return Meaning("DURATION", value, _reach(phrase, amount, unit.value, reader))


def _reach(phrase: Phrase, amount: float, unit: str, reader: Reader) -> str | None:
    """Return the days from the anchor back (or on) over the length: "in the past 24 hours"."""
    side = phrase.get("LAST", "NEXT")
    if side is None or amount == _VAGUE or reader.anchor is None or amount > 3000:
        return None
    there = _distant_day(reader.anchor, number(side) * amount, unit)
    if there is None:
        return None
    return format_days(Days(min(there, reader.anchor), max(there, reader.anchor)))


def _distant_day(anchor: int, amount: float, unit: str) -> int | None:
    if unit in _UNIT_DAYS:
        moved = amount * _UNIT_DAYS[unit]
        return anchor + (int(moved) if moved == int(moved) else int(moved) + (1 if moved > 0 else -1))
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit)
    if months is None:
        return None
    now = period_of(Grain.MONTH, anchor)
    there = now.shift(round(amount * months))
    if not there.is_sane():
        return None
    return min(there.days().first + anchor - now.days().first, there.days().last)


def read_ago(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "two years ago", "about six weeks ago", "a month from now"."""
    unit = _unit(phrase)
    if unit is None:
        return None
    amount = _amount(phrase)
    sign = -1 if phrase.get("AGO") else 1
    if amount == _VAGUE or reader.anchor is None:
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    compared = reader.compared_quarter()
    if compared is not None and sign < 0 and (amount, unit.value) == (1, "Y"):
        return meaning_of(compared.shift(-4 if compared.grain is Grain.QUARTER else -2))
    return _distance(amount * sign, unit.value, reader.anchor)


def _distance(amount: float, unit: str, anchor: int) -> Meaning | None:
    grain = _DISTANCE_GRAINS.get(unit)
    if grain is None:
        day = _distant_day(anchor, amount, unit) if unit in _UNIT_DAYS and abs(amount) < 100_000 else None
        # Hours ago is the anchor's day or the one before: the hour of publication is not known.
        return Meaning("TIME", "PAST_REF" if amount < 0 else "FUTURE_REF",
                       format_days(Days(min(day, anchor), max(day, anchor))) if day is not None else None)  # fmt: skip
    steps = amount * {"E": 10, "C": 100, "FN": 2}.get(unit, 1)
    if abs(steps) > 3000 * (366 if grain is Grain.DAY else 1):
        return None
    if steps != int(steps) and grain is Grain.YEAR:
        return meaning_of(period_of(Grain.MONTH, anchor).shift(round(steps * 12)))
    period = period_of(grain, anchor).shift(int(steps))
    if not period.is_sane():
        return None
    return meaning_of(period)


def read_later(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "days later", "three hours earlier": an order. "A year earlier" in a report on figures is a date."""
    unit, side = _unit(phrase), phrase.get("LATER", "EARLIER")
    if unit is None or side is None:
        return None
    amount = _amount(phrase)
    if side.name == "EARLIER" and unit.value == "Y" and amount == 1:
        return _year_before(reader, side.value)
    return Meaning("DURATION", _length(amount, unit.value), None, side.value)


def _year_before(reader: Reader, order: str) -> Meaning | None:
    told: Period | None = reader.compared_quarter()
    if told is not None:
        return Meaning("DATE", told.shift(-4 if told.grain is Grain.QUARTER else -2).value(), None, order)
    year = reader.context(Grain.YEAR)
    return Meaning("DATE", year.shift(-1).value() if year is not None else "XXXX", None, order)


def read_bare_earlier(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "earlier" as an adverb by itself ("Earlier, ...", "had earlier said"): an order and no more."""
    before, after = phrase.before(), phrase.after()
    closed = after is None or (after.name in ("COMMA", "CLOSE") or not after.key[:1].isalnum())
    inside = before is not None and before.key in ("had", "has", "have", "was", "were")
    if not (closed or inside) or (before is not None and before.key in ("no", "much", "or", "an", "any", "the")):
        return None
    return Meaning("DATE", "PAST_REF", None, "before")


def read_bare_later(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "later" by itself: an order and no more. "Sooner or later", "no later than", "a later date" are none."""
    before, after = phrase.before(), phrase.after()
    if before is not None and (before.name in ("OR", "A", "THE") or before.key in _BEFORE_NO_ORDER):
        return None
    if after is not None and (after.name in ("THAN", "IN", "ON", "AND", "OR") or after.key in _AFTER_NO_ORDER):
        return None
    return Meaning("DATE", "FUTURE_REF", None, "after")


_BEFORE_NO_ORDER = frozenset({"no", "much", "any", "not", "until"})
_AFTER_NO_ORDER = frozenset({"version", "date", "stage"})


def read_set_weekday(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "every Friday", "Sundays", "Monday nights", "every morning"."""
    day, part = phrase.get("WDAY", "WDAYS"), phrase.get("PART", "PARTS")
    return Meaning("SET", (f"XXXX-WXX-{day.value}" if day else "XXXX-XX-XX") + (part.value if part else ""))


def read_set_every(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "every day", "each of the last three years", "every two weeks"."""
    unit = _unit(phrase)
    if unit is None:
        return None
    if phrase.get("OF"):
        return Meaning("SET", _length(1.0, "D" if unit.value == "X" else unit.value))
    amount = _amount(phrase)
    return Meaning("SET", _length(1.0 if amount == _VAGUE else amount, unit.value))


def read_set_times(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "twice a week", "three times a day"."""
    unit = phrase.inside()[-1]
    return Meaning("SET", _length(1.0, unit.value))


def read_frequency(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "daily", "weekly", "annually"."""
    return Meaning("SET", phrase.inside()[0].value)


def read_reference(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "now", "recently", "currently", "current"."""
    token = phrase.inside()[-1]
    return Meaning("DATE", token.value if token.value.endswith("_REF") else "PRESENT_REF")


def read_recent(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "recent weeks", "recent"."""
    return Meaning("DATE", "PAST_REF")


def read_vague_past(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "in the past" where no unit follows."""
    after = phrase.after()
    if phrase.inside()[-1].key != "past" or (after is not None and after.name == "" and after.key.isalpha()
                                             and after.key not in _AFTER_PAST):  # fmt: skip
        return None
    return Meaning("DATE", "PAST_REF")


_AFTER_PAST = frozenset(
    "but as when have has had he she it they we i who that is was were are with because for".split()  # noqa: SIM905
)
"""Words that may follow "in the past" where it stands by itself."""


def read_vague_future(phrase: Phrase, reader: Reader) -> Meaning | None:
    """Read "the future", "in future"."""
    return Meaning("DATE", "FUTURE_REF")
