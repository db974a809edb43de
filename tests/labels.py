"""Tokens of people in tests whose case another process serves: the case's key is known from the beginning."""

from graph import opaque
from ingest.case_folder import LABEL_KEY, CaseFolder
from workbench.masking import leads
from workbench.views.models import names

KEY = bytes(range(32))


def known_key(case: CaseFolder) -> CaseFolder:
    """The case, new, with the key that ``token`` has."""
    (case.path / LABEL_KEY).write_text(KEY.hex() + "\n", encoding="ascii")
    return case


def token(text: str) -> str:
    """What stands for an id in such a case."""
    return opaque.token(text, KEY)


def lead(finding_id: str) -> str:
    """What a lead of such a case is called where it leaves, and in an address."""
    return leads.lead_called(finding_id, KEY)


def mask(identity: str, *, likely: bool = False) -> str:
    """What a masked person of such a case is called."""
    return names.mask(identity, KEY, likely=likely)
