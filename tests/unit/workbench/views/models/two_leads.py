"""A hub and a shell, names, and what people added to them: the leads on which the screens' words are tested."""

from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.values import account, count, number, word
from workbench.casebook import Judgement
from workbench.language import words
from workbench.views.models.leads.listing import Casework
from workbench.views.models.names import Names

EN, FR = words("en"), words("fr")
TOLD = {
    "minors": count(41), "contacts": count(52), "usual": number(6.25),
    "records": word("some"), "beyond": word("more"), "cited": count(1),
}
HUB = Finding(
    "hub", ("p:adult",), "strong", 0.9,
    (Reason("minors_among_first_contacts", TOLD, 41, 6.25, "minors", ("messages:m1",)),),
    (CounterEvidence("most_answered", {"answered": count(4), "minors": count(8)}, 4, None, "minors"),),
    targets=("p:kid",), first_at="2024-03-01T10:00:00Z", last_at="2024-03-09T10:00:00Z",
)
SHELL = Finding(
    "shell", ("p:x", "p:y"), "weak", 0.4,
    (Reason("device_changed_hands", {"first": account("p:x"), "second": account("p:y")}),),
    (CounterEvidence("what_would_clear_it"),),
)
NAMES = Names({"p:adult": "old_oak", "p:kid": "little_fox"}, frozenset({"p:kid"}))
JUDGED = {SHELL.finding_id: Judgement("c", SHELL.finding_id, "cleared", "one household", "ann", "2024-01-02T03:04:05Z")}
CASEWORK = Casework(
    status=JUDGED, tags={HUB.finding_id: ("night",)}, assigned={HUB.finding_id: "bea"},
    notes={HUB.finding_id: ("ask the school",)},
)
