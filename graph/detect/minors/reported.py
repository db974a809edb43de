"""Does a report say that the reported person is a minor?  Not that they talk to minors: that is another matter."""

import re
from dataclasses import dataclass

from graph.detect.texts import bare

_ABOUT = re.compile(
    r"\b(?:is|'s|looks|seems|claims to be|says (?:he|she|they) (?:is|are)|said (?:he|she|they) (?:is|was)|est|semble|"
    r"parait|a dit avoir|dit avoir)\s+(?:(?:only|just|clearly|obviously|probably|a|an|que|etre|avoir|une?)\s+)*"
    r"(?:(?P<age>\d{1,2})(?=\s*(?:years? old|yo\b|ans\b|$|[.,;!]))|(?:underage|under age|minor\b(?! mod)|mineure?\b|"
    r"under 1[3-8]|moins de 1[3-8])|(?:child|kid|enfant)\b)"
    r"|\b(?:il|elle|a)\s+(?:a\s+)?(?:que\s+)?(?P<ans>\d{1,2})\s*ans\b"
)
_ADULT = 18
_WHOLE = re.compile(r"(?:underage(?: user| account| person)?|under age|minor|mineure?|compte de mineure?)[.!]?")


@dataclass(frozen=True)
class ReportedMinor:
    """A report that says minor; ``age`` in years where it names one."""

    age: int | None


def reported_minor(reason: str) -> ReportedMinor | None:
    """What a report's reason says of the reported person's age; None if it says nothing of it or says adult."""
    plain = " ".join(bare(reason.replace("’", "'")).split())
    if _WHOLE.fullmatch(plain):
        return ReportedMinor(None)
    found = _ABOUT.search(plain)
    if not found:
        return None
    number = found["age"] or found["ans"]
    if number is None:
        return ReportedMinor(None)
    age = int(number)
    return ReportedMinor(age) if age < _ADULT else None
