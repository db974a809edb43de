"""The time strip says how many messages it counts, and how many of them the picture does not show."""

from dataclasses import replace

from graph.fetch import Fetched
from graph.subgraph import Edge, Node, Subgraph
from workbench.explore import changes
from workbench.explore.filters import Filters
from workbench.language import words
from workbench.views.explore.time_strip import message_summary
from workbench.views.models import explore as model
from workbench.views.models.explore import View

EN = words("en")
A, B, KID = (Node(f"p:{name}", "Account") for name in ("a", "b", "kid"))
DEVICE = Node("device:1", "Identifier")
LINKS = {(A.key, B.key, "CONTACTED"): 5, (B.key, A.key, "CONTACTED"): 3, (A.key, KID.key, "CONTACTED"): 2}


def view() -> View:
    edges = [Edge(*link, {"messages": count}) for link, count in LINKS.items()]
    known = Subgraph.of([A, B, KID, DEVICE], [*edges, Edge(A.key, DEVICE.key, "USED", {"times": 9})])
    return model.begin(Fetched(known, 4, 4), EN, what="x", folding=False)


def test_what_is_hidden_is_said_to_be_counted() -> None:
    began = view()
    assert message_summary(began, 10, EN) == "10 messages"
    by_hand = model.changed(began, changes.hidden(began.board, [KID.key]), "hide")
    assert message_summary(by_hand, 10, EN) == "8 of 10 messages, 2 of hidden links"
    weak = model.changed(began, replace(began.board, filters=Filters(least_weight=4)), "filter")
    assert message_summary(weak, 10, EN) == "5 of 10 messages, 5 of hidden links"
    alone = model.changed(began, changes.hidden(began.board, [DEVICE.key]), "hide")
    assert message_summary(alone, 10, EN) == "10 messages", "what is hidden has none"


def test_within_a_period_too() -> None:
    within = {
        (A.key, B.key, "CONTACTED"): 2, (A.key, KID.key, "CONTACTED"): 1, (A.key, DEVICE.key, "USED"): 4,  # no messages
    }
    period = Filters(since="2030-01-01T00:00:00+00:00")
    began = replace(view(), weights=within)
    began = model.changed(began, replace(began.board, filters=period), "filter")
    assert message_summary(began, 10, EN) == "3 of 10 messages, 7 outside the period"
    by_hand = model.changed(began, changes.hidden(began.board, [KID.key]), "hide")
    assert message_summary(by_hand, 10, EN) == "2 of 10 messages, 7 outside the period, 1 of hidden links"
    assert "cachés" in message_summary(by_hand, 10, words("fr"))
