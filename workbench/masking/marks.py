"""Which e-mail or telephone says who a masked person is, and what stands for it in an address?"""

from collections.abc import Mapping
from functools import lru_cache

from graph.opaque import token
from ingest.case_folder import CaseFolder, label_key
from ingest.lake.digest import case_digest
from workbench.masking.borne import borne_in, folded
from workbench.runs.findings_file import findings_state


def mark_token(case: CaseFolder, text: str) -> str | None:
    """The token of a masked person's mark, given as ``kind:value`` or the value alone, in any letters; else None."""
    by_text = _tokens(case, case_digest(case), findings_state(case))
    return by_text.get(text) or by_text.get(folded(text))


def mark_behind(case: CaseFolder, hidden: str) -> str | None:
    """The mark that a token stands for (``graph.opaque``), written as in the evidence; None where it is nobody's."""
    return _by_token(case, case_digest(case), findings_state(case)).get(hidden)


@lru_cache(maxsize=4)
def _by_token(case: CaseFolder, _evidence: str, _found: object) -> Mapping[str, str]:
    key, owned = label_key(case), borne_in(case).owned
    values = {mark.partition(":")[2] for mark in owned}
    return {token(text, key): text for text in sorted(values | owned)}


@lru_cache(maxsize=4)
def _tokens(case: CaseFolder, evidence: str, found: object) -> Mapping[str, str]:
    """By the text folded, and as the evidence has it: of two that differ in their letters alone each has its own."""
    as_written = {text: hidden for hidden, text in _by_token(case, evidence, found).items()}
    return {**{folded(text): hidden for text, hidden in as_written.items()}, **as_written}
