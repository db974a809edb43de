"""A lead of one's own: signed, in the graph, recorded, and still there after runs on whatever evidence."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.scenarios import one_private_chat
from workbench.bootstrap import Workbench
from workbench.custody.recorded import check_recorded
from workbench.errors import WorkbenchError
from workbench.findings_file import load_findings, load_former, store_findings
from workbench.own_lead import add_own_lead
from workbench.settings import Settings


@pytest.mark.embedded
def test_a_person_s_lead_is_signed_drawn_recorded_and_survives_every_run(tmp_path: Path) -> None:
    planted = one_private_chat(tmp_path / "evidence")
    with Workbench(Settings(workspace=tmp_path / "w", user="ada")) as bench:
        case = bench.case("c", create=True)
        bench.ingest(case, [planted.folder])
        who = planted.members
        lead = add_own_lead(bench, case, who, title="Two names,  one hand", why="The same turn of phrase.", user="ada")
        assert (lead.kind, lead.members) == ("manual", who)
        again = add_own_lead(bench, case, who, title="two names, one hand", why="And the same hours.", user="ada")
        assert again.finding_id == lead.finding_id
        other = add_own_lead(bench, case, who, title="Another thing", why="x", user="ada")
        document = bench.detect(case, ["hub"])
        kept = load_findings(case)
        assert kept is not None
        assert {one.finding_id for one in kept.findings} >= {lead.finding_id, other.finding_id}
        said = [one.to_dict()["reasons"][0] for one in kept.findings if one.finding_id == lead.finding_id]
        told = [(one["measure"], one["detail"]) for one in said]
        assert told == [("two names, one hand", "ada: And the same hours.")]
        with bench.reader(case) as store:
            drawn = store.read("MATCH (f:Finding {kind: 'manual'})-[i:INVOLVES]->(a) RETURN f.id, i.part, a.id").rows
        assert {row[0] for row in drawn} == {lead.finding_id, other.finding_id}
        assert {row[1:] for row in drawn} == {("member", one) for one in who}
        entries = [entry for entry in bench.casebook.audit() if entry.case == "c"]
        assert [entry.user for entry in entries if entry.action == "own lead"] == ["ada"] * 3
        assert check_recorded(case, entries).faults == ()
        # other evidence: what was measured goes, what a person wrote stays
        store_findings(case, replace(document, evidence_digest="sha256:other", run_id="another"))
        latest, former = load_findings(case), load_former(case)
        assert latest is not None
        assert former == kept
        assert {one.finding_id for one in latest.findings if one.kind == "manual"} == {
            lead.finding_id, other.finding_id,
        }
        for members, title, why, user in (((), "t", "w", "a"), (who, " ", "w", "a"), (who, "t", "", "a"),
                                          (who, "t", "w", " "), (who, "t" * 121, "w", "a")):
            with pytest.raises(WorkbenchError):
                add_own_lead(bench, case, members, title=title, why=why, user=user)
