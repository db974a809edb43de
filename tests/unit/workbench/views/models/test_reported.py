"""What a minor wrote in a report is not shown before the mask is lifted: in records, dossiers, details."""

from datetime import UTC, datetime

from graph.subgraph import Edge, Node, Subgraph
from ingest.lake import Record
from workbench.dossier import Report
from workbench.language import words
from workbench.views.models.dossiers.account import report_rows
from workbench.views.models.explore import rows
from workbench.views.models.names import Names, names_in
from workbench.views.models.records import table
from workbench.views.models.reported import reason_told

EN, WORDS = words("en"), "asks my school"
MASKED = Names({"p:kid": "fox", "p:man": "owl"}, minors=frozenset({"p:kid"}))
LIFTED = Names({"p:kid": "fox", "p:man": "owl"}, minors=frozenset({"p:kid"}), opened=frozenset({"p:kid"}))


def test_the_words_of_a_masked_minor_are_counted_and_an_adult_s_are_shown() -> None:
    assert reason_told(WORDS, "p:kid", MASKED, EN) == "hidden, 14 characters"
    assert reason_told(WORDS, "p:kid", LIFTED, EN) == WORDS
    assert reason_told(WORDS, "p:man", MASKED, EN) == WORDS
    assert reason_told("", "p:kid", MASKED, EN) == ""


def test_an_account_s_reports_and_a_lead_s_records_hide_them_alike() -> None:
    report = Report(datetime(2024, 3, 1, tzinfo=UTC), "p:kid", "p:man", WORDS, "reports:r1")
    record = Record(
        "reports:r1", "reports", "reports.csv", "0" * 64, 2,
        {"reporter": "p:kid", "reported": "p:man", "reason": WORDS, "made_at": "2024-03-01T00:00:00Z"},
    )
    for names, shown in ((MASKED, False), (LIFTED, True)):
        said = report_rows([report], "p:man", names, EN).to_string()
        said += table([record], names, EN, texts=False).to_string()
        assert (WORDS in said, said.count("hidden, 14 characters")) == (shown, 0 if shown else 2)


def test_details_of_a_report_on_the_canvas_count_its_words() -> None:
    kid, man = Node("p:kid", "Account", {"declared_age": 13}), Node("p:man", "Account", {})
    graph = Subgraph.of([kid, man], [Edge("Account/p:kid", "Account/p:man", "REPORTED", {"reason": WORDS})])
    (edge,) = graph.edges
    assert rows.properties(edge, names_in(graph), EN)["Reason"] == "hidden, 14 characters"
