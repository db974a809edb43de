"""Which moment did an exporter write in words?  ISO 8601 of the forms that exports and returns show, or nothing.

Providers write UTC and say so in words, or by convention; a download shows the clock of whoever asked for it.  Names of
months are English: what another language wrote is left as it stands, and the check of times says so.
"""

import re
from collections.abc import Mapping

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u200e": None, "\u200f": None})
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d{1,9})?))?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"(?: ?(?P<zone>UTC(?:[+-]\d{2}:\d{2})?|GMT|Z|[+-]\d{2}:?\d{2}))?"
_NAME = r"(?P<name>[A-Za-z]{3})[a-z]*\.?"
_DAY_NAME = r"(?:[A-Za-z]+,? )?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>\d{{4}})[-/](?P<month>\d{{2}})[-/](?P<day>\d{{2}})[T ]{_CLOCK}{_ZONE}",  # 2024-05-01 16:03:04 UTC
        rf"(?P<day>\d{{2}})\.(?P<month>\d{{2}})\.(?P<year>\d{{4}}) {_CLOCK}{_ZONE}",  # 01.05.2024 18:03:04 UTC+02:00
        rf"[A-Za-z]{{3}} {_NAME} (?P<day>\d{{1,2}}) {_CLOCK}{_ZONE} (?P<year>\d{{4}})",  # Wed May 01 16:03:04 UTC 2024
        # May 1, 2024 at 6:03 PM; 1 May 2024 at 18:03
        rf"{_DAY_NAME}{_NAME} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}),?(?: at)? {_CLOCK}{_ZONE}",
        rf"{_DAY_NAME}(?P<day>\d{{1,2}})[ -]{_NAME}[ -](?P<year>\d{{4}}|\d{{2}}),?(?: at)? {_CLOCK}{_ZONE}",
    )
)
_MONTH_FIRST = re.compile(rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}}),? {_CLOCK}{_ZONE}")
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}}),? {_CLOCK}{_ZONE}")


def iso_time(text: str | None, *, utc: bool = False, order: str = "") -> str | None:
    """ISO 8601 of a time in words; the text itself where it is none of them, or a number.

    ``utc``: a time without a zone is UTC, as the provider says.  ``order``: ``mdy`` or ``dmy`` of dates with slashes.
    """
    if text is None:
        return None
    plain = " ".join(text.translate(_SPACES).split())
    forms = (*_FORMS, *({"mdy": (_MONTH_FIRST,), "dmy": (_DAY_FIRST,)}.get(order, ())))
    for form in forms:
        if found := form.fullmatch(plain):
            return _iso(found.groupdict(), utc=utc) or text
    return text


def _iso(parts: Mapping[str, str | None], *, utc: bool) -> str | None:
    name, hour, half = parts.get("name"), int(parts["hour"] or 0), parts.get("half")
    month = _MONTHS.get(name.lower(), 0) if name else int(parts.get("month") or 0)
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half in ("P", "p") else 0) if half else hour
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    year += 2000 if year < 100 else 0
    zone = (parts.get("zone") or ("UTC" if utc else "")).replace("GMT", "UTC").replace("Z", "UTC")
    offset = (zone.removeprefix("UTC") or "+00:00") if zone else ""
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{parts['minute']}:{parts.get('second') or '00'}{offset}"
