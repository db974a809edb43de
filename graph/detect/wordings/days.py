"""How does a language write a day, or a moment in UTC?  In sentences of reasons as on the screens around them."""

from datetime import UTC, date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime

from graph.detect.wordings.catalogue import Language


@lru_cache(maxsize=10_000)  # a list of 5,000 leads says the same days again and again
def day_told(at: date, language: Language, *, whole: bool = False) -> str:
    """``3 Mar 2024``, ``3 mars 2024``; with the ``whole`` name of the month ``3 March 2024``."""
    return str(format_date(at, format=_day(at, language, "MMMM" if whole else "MMM"), locale=Locale(language)))


def moment_told(at: datetime, language: Language) -> str:
    """To the minute: ``3 Mar 2024, 20:15 UTC``; one without zone is taken as UTC."""
    return _moment(at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at, language)


@lru_cache(maxsize=10_000)
def _moment(at: datetime, language: Language) -> str:
    pattern = f"{_day(at, language, 'MMM')}, HH:mm"
    return str(format_datetime(at, format=pattern, locale=Locale(language))) + " UTC"


def _day(at: date, language: Language, month: str) -> str:
    """French alone counts the first of a month: ``1er mars``, then ``2 mars``; its locale data do not."""
    return f"d'er' {month} y" if language == "fr" and at.day == 1 else f"d {month} y"
