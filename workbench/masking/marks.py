"""Which e-mail or telephone says who a masked person is, and what stands for it in an address?"""

from collections.abc import Mapping
from functools import lru_cache

from graph.opaque import token
from ingest.case_folder import CaseFolder, label_key
from ingest.lake.digest import case_digest
from workbench.masking.borne import LINKING_KINDS, borne_in, folded
from workbench.runs.findings_file import findings_state


def says_whose(case: CaseFolder, text: str) -> bool:
    """Is the text such a mark of somebody who is masked: as ``kind:value``, or the value alone?"""
    kind, colon, value = text.partition(":")
    if kind in LINKING_KINDS:
        return False
    marks = borne_in(case).marks
    return folded(text) in marks or (bool(colon) and folded(value) in marks)


def mark_behind(case: CaseFolder, hidden: str) -> str | None:
    """The mark that a token stands for (``graph.opaque``), written as in the evidence; None where it is nobody's."""
    return _by_token(case, case_digest(case), findings_state(case)).get(hidden)


@lru_cache(maxsize=4)
def _by_token(case: CaseFolder, _evidence: str, _found: object) -> Mapping[str, str]:
    key, owned = label_key(case), borne_in(case).owned
    values = {mark.partition(":")[2] for mark in owned}
    return {token(text, key): text for text in (*values, *owned)}
