"""Which reports and packages are kept with a case?  Those that the audit log names and that stand in its folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.case_folder import CaseFolder
from workbench.casebook import AuditEntry
from workbench.report.recheck import ACTION

FOLDER = "reports"
PACKAGE = "disclosure"
"""The format of a report that is a whole disclosure package."""
_EXPORT = "export"


@dataclass(frozen=True)
class Kept:
    """One file: ``to`` is ``html``, ``pdf`` or ``disclosure``; ``at``: ISO 8601 UTC; ``leads``: how many it holds.

    ``texts``: it shows message texts as written.
    """

    path: Path
    to: str
    at: str
    user: str
    leads: int
    texts: bool


def kept_with(case: CaseFolder, entries: Iterable[AuditEntry]) -> tuple[Kept, ...]:
    """The newest first; of several entries of one name the latest.  ``entries``: those of the case, in any order.

    A workspace that was moved has them still: they are found by their names within the case.
    """
    latest: dict[str, tuple[int, Kept]] = {}
    for entry in entries:
        one = _kept(case, entry)
        if one is not None and entry.seq > latest.get(one.path.name, (0, one))[0]:
            latest[one.path.name] = entry.seq, one
    return tuple(one for _seq, one in sorted(latest.values(), key=lambda item: -item[0]))


def _kept(case: CaseFolder, entry: AuditEntry) -> Kept | None:
    facts = entry.facts
    if entry.action not in (ACTION, _EXPORT) or (entry.action == _EXPORT and facts.get("to") != PACKAGE):
        return None
    named = Path(str(facts.get("path", "")))
    path = case.path / FOLDER / named.name
    if named.parts[-3:-1] != (case.name, FOLDER) or not path.is_file():
        return None
    chosen = facts.get("findings", facts.get("selection", {}).get("findings"))
    leads = len(chosen) if isinstance(chosen, list) else 0
    return Kept(path, str(facts.get("to")), entry.at, entry.user, leads, bool(facts.get("texts")))
