"""What is a lead called in what leaves, and in an address?  Not by its id, a plain hash of whom it is about: with a few
people to choose from, one who is masked could be tried.  By a token under the case's key, which nobody else has.
"""

import re
from collections.abc import Iterable

from graph.detect.finding import FindingsDocument
from graph.detect.wordings.catalogue import has_catalogue
from graph.opaque import token
from workbench.language.kinds import MANUAL

_ID = re.compile(r"(\w+)-[0-9a-f]{16}")
_CALLED = re.compile(r"\w+-~[0-9a-f]{16}")


def lead_called(finding_id: str, key: bytes) -> str:
    """``hub-~`` and 16 hex digits: the same as long as the lead's id is.  ``key``: the case's."""
    return f"{finding_id.partition('-')[0]}-~{token(finding_id, key)}"


def is_lead(text: str) -> bool:
    """Is the whole text the id of a lead?"""
    found = _ID.fullmatch(text)
    return found is not None and (found[1] == MANUAL or has_catalogue(found[1], "en"))


def is_called(text: str) -> bool:
    """Is the whole text what a lead is called?"""
    return _CALLED.fullmatch(text) is not None


def lead_meant(text: str, documents: Iterable[FindingsDocument | None], key: bytes) -> str:
    """The id of the lead of these documents that is called so; the text itself where none is."""
    if not is_called(text):
        return text
    ids = (finding.finding_id for document in documents if document for finding in document.findings)
    return next((one for one in ids if lead_called(one, key) == text), text)
