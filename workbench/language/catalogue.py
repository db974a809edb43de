"""In which language does the workbench speak?  Messages by gettext catalogues, numbers and dates by locale (Babel)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from graph.detect.wordings import Language, day_told, moment_told

NAMES: Mapping[Language, str] = MappingProxyType({"en": "English", "fr": "Français"})
_PLACE = re.compile(r"\{(\w+)\}")

Message = str | tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """All messages of one language.  The key of a message is its English text, with ``{name}`` for what is filled in.

    Values are written by the language: whole numbers with their groups, other numbers with at most two digits after
    the point.  A value is never read as a message, whatever it holds.
    """

    language: Language
    messages: Mapping[str, Message]

    def gettext(self, message: str, **values: object) -> str:
        """The message in this language (English where it has none), its places filled."""
        found = self.messages.get(message) or message
        return self._filled(found if isinstance(found, str) else found[0], values)

    def ngettext(self, one: str, other: str, number: int, **values: object) -> str:
        """The form that the number asks for; ``{number}`` is filled by it."""
        found = self.messages.get(one)
        forms = found if isinstance(found, tuple) and all(found) else (one, other)
        single = self.locale.plural_form(number) == "one"
        return self._filled(forms[0] if single else forms[-1], {"number": number, **values})

    def pair(self, name: str, value: str) -> str:
        """A name and what it is, with the colon as this language sets it."""
        return f"{name}\u00a0: {value}" if self.language == "fr" else f"{name}: {value}"

    def joined(self, parts: Iterable[str]) -> str:
        """Clauses one after the other, with the semicolon as this language sets it."""
        return ("\u00a0; " if self.language == "fr" else "; ").join(parts)

    @property
    def locale(self) -> Locale:
        return _locale(self.language)

    def number(self, value: float) -> str:
        """A number as this language writes it."""
        return _number(self.language, value)

    def decimals(self, value: float) -> str:
        """A number to two decimals, as those of a column that is read down."""
        return str(format_decimal(value, format="#,##0.00", locale=self.locale))

    def figure(self, value: float) -> str:
        """A measured value in a table: whole numbers with their groups, others to four digits that count."""
        if float(value).is_integer() or abs(value) >= 1_000:
            return self.number(value)
        pattern = "@###" if abs(value) >= 0.001 else "0.##E0"
        return str(format_decimal(value, format=pattern, locale=self.locale))

    @property
    def chart_locale(self) -> dict[str, Any]:
        """How Vega writes numbers and dates in this language (the locale definitions of D3)."""
        names = {
            (form, width): [self.locale.days["stand-alone"][width][day].strip() for day in (6, 0, 1, 2, 3, 4, 5)]
            if form == "days" else [self.locale.months["stand-alone"][width][month] for month in range(1, 13)]
            for form in ("days", "months") for width in ("wide", "abbreviated")
        }
        signs = self.locale.number_symbols["latn"]
        return {
            "number": {
                "decimal": signs["decimal"], "thousands": signs["group"], "grouping": [3], "currency": ["", ""],
            },
            "time": {
                "dateTime": "%d %b %Y, %H:%M", "date": "%d %b %Y", "time": "%H:%M", "periods": ["AM", "PM"],
                "days": names["days", "wide"], "shortDays": names["days", "abbreviated"],
                "months": names["months", "wide"], "shortMonths": names["months", "abbreviated"],
            },
        }

    def percent(self, value: float) -> str:
        pattern = "#,##0\u202f%" if self.language == "fr" else "#,##0%"
        return str(format_percent(value, format=pattern, locale=self.locale))

    def day(self, value: date) -> str:
        """``3 March 2024``, ``3 mars 2024``."""
        return day_told(value, self.language, whole=True)

    def short_day(self, value: date) -> str:
        """``3 Mar 2024``, ``3 mars 2024``: beside moments."""
        return day_told(value, self.language)

    def instant(self, value: datetime | str) -> str:
        """A moment in UTC to the minute: ``3 Mar 2024, 20:15 UTC``; texts are ISO 8601, without zone taken as UTC."""
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment_told(at, self.language)

    def second(self, value: datetime) -> str:
        """A moment in UTC to the second, as a record has it: ``3 Mar 2024, 20:15:09 UTC``."""
        at = value.astimezone(UTC) if value.tzinfo else value
        return f"{self.short_day(at.date())}, {at:%H:%M:%S} UTC"

    def _filled(self, message: str, values: Mapping[str, object]) -> str:
        return _PLACE.sub(lambda match: self._written(values[match.group(1)]), message) if values else message

    def _written(self, value: object) -> str:
        return self.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


@cache
def words(language: Language) -> Words:
    """The messages of a language; English has its keys, and words for the names of the data and the graph."""
    path = files("workbench.language") / "locale" / f"{language}.po"
    if not path.is_file():
        return Words(language, MappingProxyType({}))
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=language)
    messages: dict[str, Message] = {}
    for message in catalog:
        if message.id and message.string and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            messages[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return Words(language, MappingProxyType(messages))


@lru_cache(maxsize=10_000)  # a table writes few numbers many times
def _number(language: Language, value: float) -> str:
    pattern = "#,##0" if float(value).is_integer() or abs(value) >= 1_000 else "#,##0.##"
    return str(format_decimal(value, format=pattern, locale=_locale(language)))


@cache
def _locale(language: Language) -> Locale:
    return Locale(language)
