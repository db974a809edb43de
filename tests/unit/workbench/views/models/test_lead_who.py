"""Who is in a lead: conversations in the order in which they are read, with their messages, each name once."""

from dataclasses import replace

import pytest

from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.values import accounts, count, word
from workbench.dossier import Exchanged
from workbench.dossier.first_written import LATER, LIKELY
from workbench.language import words
from workbench.views.models.leads import who
from workbench.views.models.names import Names, mask

EN, FR = words("en"), words("fr")
HUB = Finding("hub", ("p:hub",), "weak", 0.1, (Reason("replay"),), targets=("p:a", "p:b", "p:c", "p:d"))
WROTE = {("p:hub", "p:a"): Exchanged(3), ("p:hub", "p:b"): Exchanged(40), ("p:hub", "p:c"): Exchanged(2, 1)}
NAMES = Names({"p:hub": "oak", "p:a": "ann"}, frozenset({"p:b", "p:c"}))


def test_conversations_that_the_lead_cites_come_first_then_those_with_most_messages() -> None:
    assert [other for other, _ in who.with_whom(HUB, "p:hub", WROTE)] == ["p:c", "p:b", "p:a", "p:d"]
    assert who.with_whom(HUB, "p:a", WROTE) == (("p:hub", Exchanged(3)),)


def test_conversations_of_as_many_messages_stand_as_the_lead_lists_them() -> None:
    assert [other for other, _ in who.with_whom(HUB, "p:hub", {})] == list(HUB.targets)


def test_who_is_called_once_with_the_messages_of_the_other_part() -> None:
    frame = who.table(HUB, NAMES, EN, WROTE)
    assert list(frame["Messages here"]) == [45, 2, 40, 3, 0]
    assert list(frame["Cited"]) == [1, 1, 0, 0, 0]
    assert list(frame["Name"]) == ["oak", mask("p:c"), mask("p:b"), "ann", "p:d"]
    assert list(frame["Id"]) == ["p:hub", "", "", "p:a", ""], "neither a mask nor an id stands twice"


def test_an_owner_s_lead_opens_the_company_it_is_about_as_well() -> None:
    owner = Finding("owner", ("p1",), "weak", 0.1, (Reason("replay"),), targets=("c1",), qualifier="c1")
    assert who.opened(owner, most=4) == ("p1", "c1")
    circle = Finding("owner", ("c1", "c2", "c3"), "weak", 0.1, (Reason("replay"),), targets=("c3",), qualifier="c3")
    assert who.opened(circle, most=2) == ("c1", "c2", "c3")
    assert not who.on_one(circle), "nobody of it wrote to a company"
    many = Finding("convergence", ("p:a", "p:b"), "weak", 0.1, (Reason("replay"),), targets=("p:c",))
    assert who.opened(many, most=4) == ("p:c",)
    assert who.opened(HUB, most=4) == ("p:hub",)


def test_a_lead_is_about_its_one_member_or_whom_many_came_to_and_one_of_a_group_about_no_one_account() -> None:
    def of(kind: str, members: tuple[str, ...], targets: tuple[str, ...] = ()) -> str | None:
        return who.about_account(Finding(kind, members, "weak", 0.1, (Reason("replay"),), targets=targets))

    assert of("hub", ("p:hub",), ("p:a", "p:b")) == "p:hub"
    assert of("convergence", ("p:a", "p:b"), ("p:c",)) == "p:c"
    assert of("shell", ("p:a", "p:b")) is of("ambush", ("p:a", "p:b"), ("p:c", "p:d")) is None
    assert of("owner", ("p1",), ("c1",)) is of("room", ("p:hall",)) is None


def test_the_figures_of_a_hub_are_added_up_by_what_is_known_now() -> None:
    """12 likely minors in one place, 10 in another, 4 and 8 and 84 in others: none could be led to the next."""
    later, likely = (tuple(f"p:{part}{n}" for n in range(many)) for part, many in (("later", 4), ("likely", 8)))
    counted = Reason("likely_minors", {"minors": count(12)}, 12)
    elsewhere = CounterEvidence(
        "contacts_not_known_to_be_minors", {"contacts": count(111), "minors": count(72), "perhaps": count(10)}
    )
    targets = tuple(f"p:t{n:02d}" for n in range(72))
    lead = Finding("hub", ("p:hub",), "weak", 0.1, (counted,), (elsewhere,), targets=targets)
    beyond = {**dict.fromkeys(later, LATER), **dict.fromkeys(likely, LIKELY)}
    assert who.added_up(lead, beyond, EN) == (
        "How the figures add up. First contacts: 111, of them minors by what was known then (the targets) 72, known to "
        "be minors only later 4, likely minors 8, others 27. Counted as likely minors: 12, which are these 8 and 4 of "
        "those known later; of them among the contacts not known to be minors by the end of their chat: 10."
    )
    assert "Comptés comme mineurs probables\u00a0: 12, soit ces 8 et 4" in who.added_up(lead, beyond, FR)
    assert who.parts_told(lead, beyond, EN, members=False) == "target 72, later 4, likely 8", "84 to read with"
    assert who.parts_told(lead, beyond, EN) == "member 1, target 72, later 4, likely 8"
    assert who.added_up(lead, {}, EN) == "", "targets and others alone are told by the sentences"
    assert who.added_up(replace(lead, reasons=(Reason("replay"),)), dict.fromkeys(later, LATER), EN).endswith(
        "likely minors 0, others 35."
    )


def test_to_whom_people_were_sent_is_one_click_away_and_read_with_who_sent_them() -> None:
    named = Reason("people_sent_to_one_subject", {"bearers": accounts(["p:y", "p:x", "p:a"])}, 3)
    lead = Finding("recruitment", ("p:hub",), "weak", 0.1, (named,), targets=("p:a", "p:b"))
    beyond = who.people_sent_to(lead)
    assert beyond == {"p:y": "sent to", "p:x": "sent to"}, "a target stays one"
    assert who.opened(lead, most=4) == ("p:hub", "p:y", "p:x")
    wrote = {("p:hub", "p:a"): Exchanged(3, 1), ("p:hub", "p:x"): Exchanged(9)}
    frame = who.table(lead, NAMES, EN, wrote, beyond)
    assert list(frame["Part"]) == ["member", "target", "sent to", "target", "sent to"]
    assert who.with_whom(lead, "p:x", wrote, beyond) == (("p:hub", Exchanged(9)),)
    assert who.not_known_told(beyond, EN).startswith("Sent to (2): accounts of the name")
    nobody = Finding("recruitment", ("p:hub",), "weak", 0.1, (Reason("people_sent_to_one_subject", {
        "bearers": word("none")
    }, 3),), targets=("p:a",))
    assert who.people_sent_to(nobody) == {}, "a room, or a name of nobody here"


def test_without_targets_there_are_no_conversations_to_count() -> None:
    pair = Finding("shell", ("p:a", "p:hub"), "weak", 0.1, (Reason("replay"),))
    assert list(who.table(pair, NAMES, EN, {})) == ["Part", "Name", "Id"]
    assert who.with_whom(pair, "p:a", {}) == ()
    room = Finding("room", ("p:hall",), "weak", 0.1, (Reason("replay"),), targets=("p:a",))
    assert list(who.table(room, NAMES, EN, {})) == ["Part", "Name", "Id"], "a room writes to nobody"


@pytest.mark.parametrize(("found", "english", "french"), [
    (Exchanged(1), "1 message", "1 message"), (Exchanged(12, 3), "12 messages, 3 cited", "12 messages, dont 3 cités"),
])
def test_how_much_was_written_is_told(found: Exchanged, english: str, french: str) -> None:
    assert (who.message_counts(found, EN), who.message_counts(found, FR)) == (english, french)


def test_a_sum_over_the_lead_is_not_taken_for_all_messages_of_a_person() -> None:
    assert who.message_counts(Exchanged(12, 3), EN, summed=True) == "12 messages here, 3 cited"
    assert who.message_counts(Exchanged(1), FR, summed=True) == "1 message ici"


def test_where_people_are_chosen_from_an_id_stands_beside_a_name_only_where_another_reads_like_it() -> None:
    """The field cut “dont 84 cités” to “dont 84 cité”: the id that the table has as well took its room."""
    names = Names({"p:1": "oak_1996", "p:2": "0ak1996", "p:3": "soleil", "p:4": "tim"}, frozenset({"p:4"}))
    called = who.called_apart(["p:1", "p:2", "p:3", "p:4"], names)
    assert called == {"p:1": "oak_1996 (p:1)", "p:2": "0ak1996 (p:2)", "p:3": "soleil", "p:4": names.of("p:4")}


def test_who_was_not_known_to_be_a_minor_then_is_read_after_those_who_were_and_told_apart() -> None:
    """The first “Read with minor …” opened a chat in which every line says “age unknown then”."""
    beyond = {"p:x": "later", "p:y": "likely"}
    wrote = {**WROTE, ("p:hub", "p:x"): Exchanged(87, 1), ("p:hub", "p:y"): Exchanged(1, 1)}
    found = [other for other, _ in who.with_whom(HUB, "p:hub", wrote, beyond)]
    assert found == ["p:c", "p:b", "p:a", "p:d", "p:x", "p:y"]
    assert [one for _part, one, _messages in who.everybody(HUB, wrote, beyond)] == ["p:hub", *found]
    frame = who.table(HUB, NAMES, EN, wrote, beyond)
    assert list(frame["Part"]) == ["member", *["target"] * 4, "later", "likely"]
    assert list(frame["Messages here"]) == [133, 2, 40, 3, 0, 87, 1]
    assert who.with_whom(HUB, "p:x", wrote, beyond) == (("p:hub", Exchanged(87, 1)),)
    assert who.not_known_told(beyond, EN).startswith("Later (1): ")
    assert "Likely (1): " in who.not_known_told(beyond, EN)
    assert who.not_known_told({}, EN) == ""
