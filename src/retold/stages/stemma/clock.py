"""When a report came out, as far as its page says so, and which of two came out first.

Owns the comparison of publication times of unlike precision. Dates that the story lent to a report are no evidence
of order and are not used here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

DAY_LENGTH = len("2020-02-16")


@dataclass(frozen=True, slots=True)
class Clock:
    """The day (ISO) and, where an offset is printed too, the instant a report came out; None means unknown."""

    day: str | None = None
    instant: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """A key to sort by, unknown last."""
        return (self.day or "9999", self.instant.isoformat() if self.instant else "9999")


def clock_of(value: str | None) -> Clock:
    """Return the clock of an ISO date or time; unknown when there is none or it is no full date.

    >>> clock_of("2020-02-16T08:30:00+01:00").instant.hour
    7
    >>> clock_of("XXXX-02-16")
    Clock(day=None, instant=None)
    """
    if not value:
        return Clock()
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return Clock()
    if len(value) <= DAY_LENGTH or moment.tzinfo is None:
        return Clock(day=moment.date().isoformat())
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return Clock(day=moment.date().isoformat())
    return Clock(day=moment.date().isoformat(), instant=moment)


def is_before(first: Clock, second: Clock) -> bool | None:
    """Tell whether the first came out before the second; None where the clocks cannot say.

    >>> is_before(clock_of("2020-02-15"), clock_of("2020-02-16"))
    True
    >>> is_before(clock_of("2020-02-16"), clock_of("2020-02-16T08:30:00+01:00")) is None
    True
    """
    if first.instant and second.instant and first.instant != second.instant:
        return first.instant < second.instant
    if first.day is None or second.day is None or first.day == second.day:
        return None
    return first.day < second.day
