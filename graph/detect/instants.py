"""In which second and hour is an instant?  Whole numbers since 1970 that all engines agree on, and keys to join on."""

from typing import Any

HOURS = 10_000_000
"""Since 1970 more than there will be: a place or an account and an hour are one number (``at_hour``)."""


def seconds_of(instant: Any) -> Any:
    """Whole seconds, rounded down: engines differ in what they make of fractions."""
    return instant.truncate("s").epoch_seconds().cast("int64")


def hours_of(instant: Any) -> Any:
    """Whole hours."""
    return (seconds_of(instant) // 3600).cast("int64")


def at_hour(number: Any, hour: Any) -> Any:
    """One number for a place or an account and an hour: joined by two keys, an engine may join by the hour first."""
    return number.cast("int64") * HOURS + hour
