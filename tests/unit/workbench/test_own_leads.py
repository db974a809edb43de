"""A person's own lead stands among those of the detections, under its author's name, whatever runs after it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbench.bootstrap import Workbench
from workbench.casebook import Casebook
from workbench.casebook.own_leads import OwnLead
from workbench.casebook.saved.boards import MOST_TABS, Boards, Tab
from workbench.errors import Overtaken, WorkbenchError
from workbench.settings import Settings

LEAD = OwnLead(("p:a",), ("p:b", "p:a"), "moderate", ("Wrote first.", " ", "Then again."), ("They are cousins.",))


@pytest.fixture
def casebook(tmp_path: Path) -> Casebook:
    moments = iter(range(1, 60))
    return Casebook(
        f"sqlite:///{tmp_path / 'filature.db'}", clock=lambda: datetime(2024, 3, 1, 12, next(moments), tzinfo=UTC)
    )


def test_a_lead_is_kept_with_its_author_reasons_and_what_speaks_against_it(casebook: Casebook) -> None:
    written = casebook.own_leads.add("harbour", LEAD, user="ann")
    again = casebook.own_leads.add("harbour", LEAD, user="ann")
    assert casebook.own_leads.of("harbour") == (written, again)
    assert casebook.own_leads.of("other") == ()
    assert (written.kind, written.members, written.targets, written.tier) == ("manual", ("p:a",), ("p:b",), "moderate")
    told = written.to_dict()
    assert [reason["detail"] for reason in told["reasons"]] == ["Wrote first.", "Then again."]
    assert told["reasons"][0]["measure"] == "in the words of ann"
    assert told["counter_evidence"][0]["detail"] == "They are cousins."
    assert again.finding_id != written.finding_id, "two leads on the same person are two"
    assert casebook.verify_audit() == ()


@pytest.mark.parametrize(
    ("lead", "user"),
    [
        (LEAD, " "), (OwnLead((), ("p:b",), "weak", ("x",)), "ann"), (OwnLead(("p:a",), (), "weak", (" ",)), "ann"),
        (OwnLead(("p:a",), (), "sure", ("x",)), "ann"),  # type: ignore[arg-type]
    ],
)
def test_a_lead_without_author_person_reason_or_tier_is_refused(casebook: Casebook, lead: OwnLead, user: str) -> None:
    with pytest.raises(WorkbenchError):
        casebook.own_leads.add("harbour", lead, user=user)
    assert casebook.own_leads.of("harbour") == ()


def test_it_stands_among_the_findings_before_any_run_and_is_the_same_value_at_every_look(tmp_path: Path) -> None:
    with Workbench(Settings(workspace=tmp_path, user="ann")) as workbench:
        case = workbench.case("harbour", create=True)
        assert workbench.findings(case) is None
        written = workbench.casebook.own_leads.add("harbour", LEAD, user="ann")
        document = workbench.findings(case)
        assert document is not None
        assert document.findings == (written,)
        assert workbench.findings(case) is document
        assert workbench.run_findings(case) is None


def test_a_view_has_revisions_and_remembers_the_evidence_it_was_saved_on(casebook: Casebook) -> None:
    boards: Boards = casebook.boards
    first = boards.save("harbour", " First  look ", "{}", user="ann", digest="sha256:1", selection=("Account/p:a",))
    second = boards.save("harbour", "First look", '{"a":1}', user="ben", digest="sha256:2")
    boards.save("other", "First look", "{}", user="ann", digest="")
    assert (first.name, first.revision, second.revision) == ("First look", 1, 2)
    assert boards.views("harbour") == (second,)
    assert boards.revisions("harbour", "First look") == (first, second)
    assert boards.view("harbour", "First look", 1) == first
    assert boards.view("harbour", "nothing") is None
    for name, user in (("", "ann"), ("x" * 121, "ann"), ("x", "")):
        with pytest.raises(WorkbenchError):
            boards.save("harbour", name, "{}", user=user, digest="")
    assert casebook.verify_audit() == ()


def test_a_newer_revision_is_not_covered_unread_and_what_is_saved_already_makes_none(casebook: Casebook) -> None:
    boards = casebook.boards
    first = boards.save("harbour", "Quay", "{}", user="ann", digest="d", seen=0)
    assert boards.save("harbour", "Quay ", "{}", user="ben", digest="d", seen=0) == first, "the same: none made"
    second = boards.save("harbour", "Quay", "{1}", user="ann", digest="d", seen=1)
    for began in (0, 1):
        with pytest.raises(Overtaken, match="ann has saved revision 2 meanwhile"):
            boards.save("harbour", "Quay", "{2}", user="ann", digest="d", seen=began)
    with pytest.raises(Overtaken):
        boards.save("harbour", "Quay", "{}", user="ann", digest="d", seen=1)
    assert boards.revisions("harbour", "Quay") == (first, second)
    assert boards.save("harbour", "Quay", "{2}", user="ben", digest="d", seen=2).revision == 3
    assert boards.save("harbour", "Quay", "{2}", user="ben", digest="other evidence", seen=3).revision == 4
    assert boards.save("harbour", "Quay", "{2}", user="ben", digest="other evidence", selection=["a"]).revision == 5


def test_a_person_s_steps_are_replaced_one_by_one(casebook: Casebook) -> None:
    boards = casebook.boards
    boards.keep_steps("ann", "harbour", "p2", done=2, changed={1: "one", 2: "two"}, kept=[])
    boards.keep_steps("ann", "harbour", "p3", done=1, changed={3: "three"}, kept=[2])
    boards.keep_steps("ben", "harbour", "q1", done=1, changed={1: "his"}, kept=[])
    assert (boards.head("ann", "harbour"), boards.steps("ann", "harbour")) == ("p3", ({2: "two", 3: "three"}, 1))
    assert (boards.head("ben", "harbour"), boards.head("cleo", "harbour")) == ("q1", None)
    assert boards.steps("cleo", "harbour") == ({}, 0)


def test_a_canvas_has_tabs_each_with_its_own_steps_and_one_is_closed(casebook: Casebook) -> None:
    boards = casebook.boards
    boards.keep_steps("ann", "harbour", "p1", done=1, changed={1: "one"}, kept=[])
    boards.keep_steps("ann", "harbour", "q1", done=1, changed={1: "other"}, kept=[], tab=2, title="hub")
    assert boards.tabs("ann", "harbour") == (Tab(1, "", "p1", 1), Tab(2, "hub", "q1", 2))
    assert (boards.head("ann", "harbour"), boards.head("ann", "harbour", 1)) == ("q1", "p1")
    boards.keep_steps("ann", "harbour", "p2", done=2, changed={2: "two"}, kept=[1])
    assert boards.head("ann", "harbour") == "p2"
    assert boards.steps("ann", "harbour", 2) == ({1: "other"}, 1)
    boards.close_tab("ann", "harbour", 1)
    assert (boards.tabs("ann", "harbour"), boards.steps("ann", "harbour", 1)) == ((Tab(2, "hub", "q1", 2),), ({}, 0))
    for number in range(3, 3 + MOST_TABS):
        boards.keep_steps("ann", "harbour", "p", done=1, changed={1: "one"}, kept=[], tab=number)
    assert [tab.number for tab in boards.tabs("ann", "harbour")] == list(range(3, 3 + MOST_TABS))
    assert boards.steps("ann", "harbour", 2) == ({}, 0)
