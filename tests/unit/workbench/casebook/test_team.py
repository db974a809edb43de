"""What a role and a membership allow is asked in the casework layer; who is signed in signs, and nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from queries.errors import UnknownQuery
from tests.unit.workbench.casebook.conftest import ON_BOTH, Opened, Tamper
from tests.unit.workbench.casebook.test_casebook import QUERY
from workbench.casebook import Casebook
from workbench.casebook.people import NotAllowed
from workbench.casebook.people.rights import RIGHTS, NotSignedIn
from workbench.errors import UnknownCase, WorkbenchError


@pytest.fixture
def team(opened: Opened) -> Casebook:
    """Ada governs; lea leads and ann works on the case north, rob reads it; eve is an analyst without a case."""
    book = opened()
    for name, role in (
        ("ada", "administrator"), ("lea", "lead"), ("ann", "analyst"), ("rob", "reader"), ("eve", "analyst"),
    ):
        book.roster.give_role(name, role, by="ada")
    for name in ("lea", "ann", "rob"):
        book.roster.add_member("north", name, by="ada")
    return book


def test_while_nobody_has_a_role_one_person_may_do_everything(opened: Opened) -> None:
    book = opened().signed_in("ann")
    assert not book.roster.is_team()
    book.judge("hub-1", "open", "", "ann", case="north")
    book.record("ann", "north", "export", "{}")
    assert opened(closed=True).roster.is_team(), "where there is a sign-in, nobody may without a role"
    with pytest.raises(UnknownCase):
        opened(closed=True).signed_in("ann").judge("hub-1", "open", "", "ann", case="north")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ada", {"people", "members", "save", "create"}),
        ("lea", RIGHTS["lead"]),
        ("ann", RIGHTS["analyst"]),
        ("rob", {"read"}),
        ("eve", {"save"}),
        ("zoe", set()),
    ],
)
def test_what_each_may_do_in_a_case(team: Casebook, who: str, may: set[str]) -> None:
    assert {right for right in RIGHTS["administrator"] if team.roster.may(who, right, "north")} == set(may)


def test_an_outsider_neither_reads_nor_writes_and_is_told_what_a_stranger_is(team: Casebook) -> None:
    team.judge("hub-1", "open", "private words", "ann", case="north")
    team.remarks.add("north", ["case:north"], "note", "private words", user="ann")
    team.record("ann", "north", "export", "private words")
    eve = team.signed_in("eve")
    attempts = (
        lambda: eve.judgements("north"), lambda: eve.status("north"), lambda: eve.remarks.of("north"),
        lambda: eve.statements.of("eve", "north"), lambda: eve.runs.of("north"), lambda: eve.watches.of("north", "eve"),
        lambda: eve.judge("hub-1", "open", "", "eve", case="north"),
        lambda: eve.remarks.add("north", ["case:north"], "note", "x", user="eve"),
        lambda: eve.record("eve", "north", "export", "{}"), lambda: eve.allow("read", "north"),
        lambda: eve.places.picture("north", "0"), lambda: eve.boards.views("north"),
        lambda: eve.boards.archived("north"), lambda: eve.boards.archive("north", "View", user="eve"),
        lambda: eve.boards.keep_steps("eve", "north", "p", done=0, changed={}, kept=()),
        lambda: eve.own_leads.of("north"),
    )
    for attempt in attempts:
        with pytest.raises(UnknownCase, match="no case 'north' that eve is a member of"):
            attempt()
    assert all("private words" not in repr(entry) for entry in eve.audit())
    assert [entry.hash for entry in eve.audit()] == [entry.hash for entry in team.audit()], "the chain is whole"
    assert any("private words" in entry.detail for entry in team.signed_in("rob").audit())


def test_who_is_signed_in_signs_and_nobody_else(team: Casebook) -> None:
    ann = team.signed_in("ann")
    for attempt in (
        lambda: ann.judge("hub-1", "open", "", "lea", case="north"),
        lambda: ann.save_query(QUERY, user="lea"),
        lambda: ann.record("lea", "north", "export", "{}"),
        lambda: ann.remarks.add("north", ["case:north"], "note", "x", user="lea"),
        lambda: ann.queries("lea"),
    ):
        with pytest.raises(NotAllowed, match=r"signed by who is signed in \(ann\)"):
            attempt()


def test_a_reader_reads_and_changes_nothing(team: Casebook) -> None:
    rob = team.signed_in("rob")
    assert rob.judgements("north") == ()
    for attempt in (
        lambda: rob.judge("hub-1", "open", "", "rob", case="north"), lambda: rob.save_query(QUERY, user="rob"),
        lambda: rob.record("rob", "north", "export", "{}"), lambda: rob.record("rob", "north", "unmask minor", "{}"),
    ):
        with pytest.raises(NotAllowed, match=r"rob \(reader\) may not"):
            attempt()


def test_roles_begin_with_an_administrator_keep_one_and_are_theirs_to_give(team: Casebook, opened: Opened) -> None:
    with pytest.raises(NotAllowed, match="roles"):
        team.roster.give_role("eve", "lead", by="lea")
    with pytest.raises(WorkbenchError, match="keeps an administrator"):
        team.roster.give_role("ada", "reader", by="ada")
    with pytest.raises(NotAllowed):
        team.roster.add_member("south", "ann", by="lea")
    team.roster.add_member("north", "eve", by="lea")
    team.roster.remove_member("north", "ann", by="lea")
    assert team.roster.of_case("north") == ("eve", "lea", "rob")
    told = {who: {one.name: one.cases for one in team.roster.members(seen_by=who)} for who in ("ada", "lea", "ann")}
    assert (told["ada"]["rob"], told["lea"]["rob"], told["ann"]["rob"]) == (("north",), ("north",), ())
    team.roster.give_role("eve", None, by="ada")
    assert not team.roster.may("eve", "read", "north"), "without a role a membership opens nothing"
    assert team.verify_audit() == ()


def test_the_first_role_makes_an_administrator(opened: Opened) -> None:
    with pytest.raises(WorkbenchError, match="first role makes an administrator"):
        opened().roster.give_role("ann", "lead", by="ann")


def test_who_begins_a_case_is_its_member_and_a_name_that_is_taken_is_not_told_apart(team: Casebook) -> None:
    team.roster.begin_case("west", by="lea")
    assert team.roster.of_case("west") == ("lea",)
    with pytest.raises(NotAllowed):
        team.roster.begin_case("east", by="ann")
    with pytest.raises(UnknownCase, match="cannot be used"):
        team.roster.begin_case("west", by="ada")


@ON_BOTH
def test_a_pass_is_its_owners_until_it_is_withdrawn_or_expires(opened: Opened, tamper: Tamper) -> None:
    now = [datetime(2024, 5, 1, tzinfo=UTC)]
    book = opened(clock=lambda: now[0])
    book.roster.give_role("ada", "administrator", by="ada")
    book.roster.give_role("ann", "analyst", by="ada")
    mine, other = (book.passes.issue("ann", note=note, days=2, by="ann") for note in ("laptop", "server"))
    assert book.passes.owner_of(mine) == "ann"
    assert all(mine not in entry.detail for entry in book.audit()), "the secret is written nowhere"
    book.passes.withdraw(book.passes.standing("ann")[0].number, by="ada")
    with pytest.raises(NotSignedIn):
        book.passes.owner_of(mine)
    assert book.passes.owner_of(other) == "ann"
    now[0] += timedelta(days=2)
    for secret in (other, "", "filature_guess"):
        with pytest.raises(NotSignedIn):
            book.passes.owner_of(secret)
    with pytest.raises(NotAllowed):
        book.passes.issue("ada", note="", days=1, by="ann")
    with pytest.raises(NotAllowed):
        book.signed_in("ann").passes.standing()
    assert book.verify_audit() == ()


@ON_BOTH
def test_a_session_ends_for_all_its_tabs_and_never_begins_again(team: Casebook) -> None:
    assert team.sign_ins.begin("s1", "ann")
    assert team.sign_ins.begin("s1", "ann"), "a second tab"
    assert team.sign_ins.begin("s2", "ann")
    team.sign_ins.end("s1", "ann")
    assert (team.sign_ins.ended("s1"), team.sign_ins.ended("s2")) == (True, False)
    assert not team.sign_ins.begin("s1", "ann"), "its cookie opens nothing any more"
    with pytest.raises(NotAllowed):
        team.sign_ins.end_all("ann", by="lea")
    assert team.sign_ins.end_all("ann", by="ada") == 1
    assert team.sign_ins.ended("s2")
    assert team.verify_audit() == ()


def test_a_role_of_the_identity_provider_stands_and_is_written_once(opened: Opened) -> None:
    book = opened(closed=True)
    for role in ("lead", "lead", "reader"):
        book.roster.signed_in("ann", role)
    assert book.roster.role("ann") == "reader"
    assert [entry.action for entry in book.audit()] == ["role by sign-in", "role by sign-in"]


@ON_BOTH
def test_a_text_is_kept_with_any_character(opened: Opened) -> None:
    note = "nul \x00 mark \ue000 both \ue000\ue002 and \ue001"
    opened().judge("hub-1", "open", note, "ann", case="north")
    again = opened()
    assert again.judgements("north")[0].note == note
    assert again.verify_audit() == ()


def test_who_lost_their_role_sees_no_shared_query(team: Casebook) -> None:
    team.save_query(replace(QUERY, title="Shared"), user="ann", shared=True)
    assert team.signed_in("eve").query("late-openers", "eve").owner == "ann"
    team.roster.give_role("eve", None, by="ada")
    with pytest.raises(NotAllowed):
        team.signed_in("eve").queries("eve")
    with pytest.raises(UnknownQuery):
        team.signed_in("lea").query("other", "lea")
