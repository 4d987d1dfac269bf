"""Values that style books write in several ways: amounts, times of day, days of a month, by the tokens that tell them.

Serves only to tell a change of value from a change of style; what a report says of quantities and times is told by
their own stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from retold.stages.collation.tokens import Token
from retold.stages.collation.words import MONTHS, word_set

Value = tuple[str, ...]
"""What is measured, and how much of it: two of them are equal exactly where the values are."""

_SCALES = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "million": 6, "millions": 6, "bn": 9, "b": 9, "billion": 9,
    "billions": 9, "tn": 12, "trn": 12, "trillion": 12,
}  # fmt: skip
_CURRENCIES = {
    "$": "$", "dollar": "$", "dollars": "$", "usd": "$", "£": "£", "pound": "£", "pounds": "£", "gbp": "£",
    "€": "€", "euro": "€", "euros": "€", "eur": "€", "¥": "¥", "yen": "¥", "₹": "₹", "rupees": "₹",
}  # fmt: skip
_UNITS = {
    "km": "km", "kilometer": "km", "kilometers": "km", "kg": "kg", "kilogram": "kg", "kilograms": "kg", "kilo": "kg",
    "kilos": "kg", "cm": "cm", "centimeter": "cm", "centimeters": "cm", "mm": "mm", "millimeter": "mm",
    "millimeters": "mm", "mph": "mph", "ft": "ft", "foot": "ft", "feet": "ft",
}  # fmt: skip
_HALVES = word_set("am pm")


def values_of(text: str, tokens: Sequence[Token]) -> Mapping[int, Value]:
    """Return the value of each token that is part of an amount, a time of day, or a day of a month.

    A number that stands alone is none: another form of it is equal as a word already.
    """
    found: dict[int, Value] = {}
    i = 0
    while i < len(tokens):
        end, value = next(_told_at(text, tokens, i), (i + 1, None))
        if value is not None:
            found.update(dict.fromkeys(range(i, end), value))
        i = end
    return found


def _told_at(text: str, tokens: Sequence[Token], start: int) -> Iterator[tuple[int, Value]]:
    """Give the values that begin at a token, each with its end, the surest first."""
    for read in (_clock, _day, _amount):
        found = read(text, tokens, start)
        if found is not None:
            yield found


def _clock(text: str, tokens: Sequence[Token], start: int) -> tuple[int, Value] | None:
    """Read "7:40 a.m.", "7.40am", "7pm", "18:00"."""
    fold = tokens[start].fold
    digits = fold.rstrip("amp")
    hour, _, minute = digits.partition(".")
    at = start + 1
    if digits != fold and fold[len(digits) :] in _HALVES:
        return _time(hour, minute, fold[len(digits) :], at)
    if not minute and at < len(tokens) and _gap(text, tokens, at) == ":":
        minute, at = tokens[at].fold, at + 1
        digits = minute.rstrip("amp")
        if digits != minute and minute[len(digits) :] in _HALVES:
            return _time(hour, digits, minute[len(digits) :], at)
    half = tokens[at].fold if at < len(tokens) else ""
    if half in _HALVES:
        return _time(hour, minute, half, at + 1)
    if half in ("a", "p") and at + 1 < len(tokens) and tokens[at + 1].fold == "m":
        return _time(hour, minute, f"{half}m", at + 2)
    return _time(hour, minute, "", at) if at > start + 1 else None


def _time(hour: str, minute: str, half: str, end: int) -> tuple[int, Value] | None:
    if not (hour.isdecimal() and (minute or "00").isdecimal() and len(hour) <= 2 and len(minute) in (0, 2)):
        return None
    h, m = int(hour), int(minute or "0")
    if h > (12 if half else 24) or m > 59:
        return None
    h = h % 12 + 12 * (half == "pm") if half else h
    return end, ("clock", f"{h:02}:{m:02}")


def _day(text: str, tokens: Sequence[Token], start: int) -> tuple[int, Value] | None:
    """Read "March 5" and "5 March"."""
    if start + 1 >= len(tokens) or _gap(text, tokens, start + 1).strip(" ."):
        return None
    one, other = tokens[start], tokens[start + 1]
    for month, day in ((one, other), (other, one)):
        number = day.fold.removesuffix("th")
        if month.fold in MONTHS and month.capital and number.isdecimal() and 1 <= int(number[:3]) <= 31:
            return start + 2, ("day", month.fold, number)
    return None


def _amount(text: str, tokens: Sequence[Token], start: int) -> tuple[int, Value] | None:
    """Read "$1.5 million", "1.5m dollars", "3bn", "20 km"."""
    at = start
    kind = _CURRENCIES.get(tokens[at].fold, "")
    at += bool(kind)
    if at >= len(tokens):
        return None
    digits = tokens[at].fold.rstrip("abcdefghijklmnopqrstuvwxyz")
    tail = tokens[at].fold[len(digits) :]
    number = _number(digits)
    if number is None or (tail and tail not in _SCALES and tail not in _UNITS):
        return None
    at += 1
    words = [tail] if tail else []
    while at < len(tokens) and len(words) < 2 and _gap(text, tokens, at) in ("", " ", "-", "\xa0"):
        fold = tokens[at].fold
        if fold not in _SCALES and fold not in _UNITS and (kind or fold not in _CURRENCIES):
            break
        words.append(fold)
        at += 1
    for word in words:
        if word in _SCALES and (word not in ("m", "b", "k") or word == tail or kind or len(words) > 1):
            number = number.scaleb(_SCALES[word])
        else:
            kind = kind or _CURRENCIES.get(word) or _UNITS.get(word) or word
    if not kind and not words:
        return None
    return at, ("amount", kind, str(number.normalize()))


def _number(digits: str) -> Decimal | None:
    if not digits[:1].isdecimal() or not digits.isascii():
        return None
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None


def _gap(text: str, tokens: Sequence[Token], at: int) -> str:
    """Return what stands before a token."""
    return text[tokens[at - 1].end : tokens[at].start]
