"""How does a person write a lead of their own?  A finding of the kind ``manual``, signed, beside those of detections.

It is kept with the findings, survives every later run, and is recorded in the audit log as they are.
"""

import hashlib
import json
from collections.abc import Sequence

from graph.detect.finding import Finding
from graph.detect.reason import AS_WRITTEN, Reason, as_written
from graph.load import write_findings
from ingest.case_folder import CaseFolder
from workbench.bootstrap import Workbench
from workbench.errors import WorkbenchError
from workbench.findings_file import add_finding, findings_sha256
from workbench.kinds import MANUAL

OWN_LEAD = "own lead"
"""The audit log's word for it."""
MOST_MEMBERS = 500
MOST_TITLE, MOST_WHY = 120, 4_000
_SCORE = 0.1  # a person gives no figure: own leads stand behind what was measured, in an order of their own


def add_own_lead(
    workbench: Workbench, case: CaseFolder, members: Sequence[str], *, targets: Sequence[str] = (), title: str,
    why: str, user: str,
) -> Finding:
    """Keep the lead, put it into the graph, record it; the same people under the same title are the same lead.

    ``members`` and ``targets`` are ids of accounts, rooms, persons or companies; who is both is a member.  Raises
    WorkbenchError without members, title, reason or user, or for too many or too long ones.
    """
    title, why = " ".join(title.split()), why.strip()
    if not user.strip():
        raise WorkbenchError("a lead needs a named person", where="user", fix="say who works here")
    if not members or len({*members, *targets}) > MOST_MEMBERS:
        raise WorkbenchError(
            f"a lead about {len(set(members)):,} that concerns {len(set(targets)):,}", where="own lead",
            fix=f"choose somebody, and at most {MOST_MEMBERS} in all",
        )
    if not 1 <= len(title) <= MOST_TITLE or not 1 <= len(why) <= MOST_WHY:
        raise WorkbenchError(
            "a lead needs a title and a reason", where="own lead",
            fix=f"write at most {MOST_TITLE} and {MOST_WHY:,} characters",
        )
    finding = Finding(
        MANUAL, tuple(members), "weak", _SCORE, (Reason(AS_WRITTEN, as_written(title, f"{user}: {why}")),),
        targets=tuple(one for one in targets if one not in members),
        qualifier=hashlib.sha256(title.casefold().encode()).hexdigest()[:16],
    )
    with workbench.lake(case) as lake:
        document = add_finding(case, finding, evidence_digest=lake.digest())
    detail = {"finding": finding.finding_id, "members": len(finding.members), "findings_sha256": findings_sha256(case)}
    workbench.casebook.record(user, case.name, OWN_LEAD, json.dumps(detail, sort_keys=True))
    with workbench.writer(case) as store:
        write_findings(store, document)
    return finding
