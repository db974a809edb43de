"""What the screen of the case lists: judgements with the lead they are on, and leads to be chosen, minors masked."""

from dataclasses import replace

from graph.detect.finding import Finding
from graph.detect.reason import Reason
from workbench.casebook import Judgement, Remark
from workbench.language import words
from workbench.views.models import casefile
from workbench.views.models.names import MASK, Names
from workbench.views.models.records import judgements

EN = words("en")
WHY = (Reason("minors_among_first_contacts", {}, 1, 1),)
HUB = Finding("hub", ("p:kid", "p:oak"), "strong", 0.9, WHY)
NAMES = Names({"p:kid": "little_fox", "p:oak": "oak"}, frozenset({"p:kid"}))


def judgement(finding: str, status: str = "in review") -> Judgement:
    return Judgement("c", finding, status, "looked at it", "ann", "2024-03-01T10:00:00Z")


def test_every_judgement_says_its_lead_and_one_on_a_lead_that_is_gone_says_so() -> None:
    history = (judgement(HUB.finding_id), judgement("hub-gone"))
    masked, gone = casefile.judged_titles(history, {HUB.finding_id: HUB}, NAMES, EN)
    assert gone == "hub-gone: no longer among the leads"
    assert masked.startswith(f"hub, strong: {MASK}")
    assert "fox" not in masked


def test_a_judgement_is_read_whole() -> None:
    long = " ".join(["it was read"] * 300)
    (one,) = judgements([Judgement("c", "hub-1", "in review", long, "ann", "2024-03-01T10:05:00Z")], EN)
    assert one == ("1 Mar 2024, 10:05 UTC · in review · ann", long)


def test_statuses_are_counted_in_their_order() -> None:
    latest = {name: judgement(name, status) for name, status in (("a", "cleared"), ("b", "open"), ("c", "cleared"))}
    assert casefile.by_status(latest) == [("open", 1), ("cleared", 2)]
    assert casefile.by_status({}) == []


def test_leads_to_choose_have_their_status_and_no_minor_s_name() -> None:
    rows = casefile.lead_rows((HUB,), {HUB.finding_id: judgement(HUB.finding_id)}, NAMES, EN)
    assert (rows["Status"][0], rows["Kind"][0], rows["Score"][0]) == ("in review", "hub", "0.90")
    assert MASK in rows["Who"][0]
    assert "fox" not in rows.to_string()


def test_what_was_added_says_what_it_is_about_and_no_minor_s_name() -> None:
    added = [
        Remark("c", subject, "note", "looked at it", "ann", "2024-03-01T10:00:00Z")
        for subject in (
            f"finding:{HUB.finding_id}", "finding:hub-gone", "account:p:kid", "account:p:oak", "room:p:hall"
        )
    ]
    titles = casefile.remarked_titles(added, {HUB.finding_id: HUB}, NAMES, NAMES, EN)
    assert titles[0].startswith(f"hub, strong: {MASK}")
    assert titles[1:2] == ["hub-gone: no longer among the leads"]
    assert titles[2].startswith(f"Account: {MASK}")
    assert titles[3:] == ["Account: oak (p:oak)", "Room: p:hall"]
    assert "fox" not in " ".join(titles)
    marks = [replace(added[0], subject=f"identifier:{mark}") for mark in ("email:fox@example.org", "device:d-1")]
    held = replace(NAMES, held={"email:fox@example.org": frozenset({"p:kid"})})
    told = casefile.remarked_titles(marks, {}, NAMES, held, EN)
    assert told[0].startswith("Identifier: e-mail ▪▪▪ ")
    assert told[1] == "Identifier: device d-1"
    assert [casefile.about(one) for one in added[2:4]] == [("account", "p:kid"), ("account", "p:oak")]
