"""What was reported, and from what?  The manifest beside every report; ASCII, whatever a name holds."""

import hashlib
import json

from workbench import __version__
from workbench.report.material import Material


def manifest_text(material: Material, body: bytes, *, to: str) -> str:
    """One JSON object, keys sorted; no clock is read, and the same report gives the same bytes.

    It names no account: leads stand as the report calls them, sources by file name and hash.
    """
    choice, document, people = material.choice, material.document, material.people
    return json.dumps({
        "report": to, "sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body), "case": material.case,
        "language": choice.language, "as_of": material.as_of, "made_by": material.user,
        "authority": people.note(choice.authority), "scope": people.note(choice.scope),
        "texts": "shown" if choice.texts else "hidden", "pictures": choice.pictures,
        "accounts": len(choice.accounts), "conversations": len(choice.threads), "views": len(choice.views),
        "minors": "masked", "findings": [people.telling.lead(lead.finding.finding_id) for lead in material.leads],
        "findings_in_case": len(document.findings), "run_id": document.run_id, "evidence_digest": material.digest,
        "evidence_digest_of_run": document.evidence_digest, "batch_ids": [batch.batch_id for batch in material.batches],
        "parameters": people.telling.cleared(dict(document.parameters)), "filature": __version__,
        "sources": [
            {"name": people.file(one.path), "sha256": one.sha256, "bytes": one.bytes, "format": one.format}
            for one in material.sources
        ],
    }, indent=1, sort_keys=True, ensure_ascii=True) + "\n"
