"""What is a lead called in what leaves, and in an address?  Not by its id, a plain hash of whom it is about: with a few
people to choose from, one who is masked could be tried.  By a token under the case's key, which nobody else has.
"""

import re
from collections.abc import Iterable

from graph.detect.finding import FindingsDocument
from graph.detect.wordings.catalogue import has_catalogue
from graph.opaque import token
from ingest.case_folder import CaseFolder, label_key
from workbench.language.kinds import MANUAL

_ID = re.compile(r"(?<!\w)([^\W_]+)-[0-9a-f]{16}(?!\w)")
_CALLED = re.compile(r"(?<!\w)[^\W_]+-~[0-9a-f]{16}(?!\w)")


def lead_called(finding_id: str, key: bytes) -> str:
    """``hub-~`` and 16 hex digits: the same as long as the lead's id is.  ``key``: the case's."""
    return f"{finding_id.partition('-')[0]}-~{token(finding_id, key)}"


def is_lead(text: str) -> bool:
    """Is the whole text the id of a lead?"""
    found = _ID.fullmatch(text)
    return found is not None and _is_kind(found[1])


def leads_called(text: str, key: bytes) -> str:
    """The text with every lead's id in it as the lead is called."""
    return _ID.sub(lambda found: lead_called(found[0], key) if _is_kind(found[1]) else found[0], text)


def _is_kind(word: str) -> bool:
    return word == MANUAL or has_catalogue(word, "en")


def is_called(text: str) -> bool:
    """Is the whole text what a lead is called?"""
    return _CALLED.fullmatch(text) is not None


def lead_meant(text: str, case: CaseFolder, documents: Iterable[FindingsDocument | None]) -> str:
    """The text with the ids of the leads of these documents in place of what they are called; all else as it is."""
    if not _CALLED.search(text):
        return text
    key = label_key(case)
    ids = (finding.finding_id for document in documents if document for finding in document.findings)
    by_name = {lead_called(one, key): one for one in ids}
    return _CALLED.sub(lambda found: by_name.get(found[0], found[0]), text)
