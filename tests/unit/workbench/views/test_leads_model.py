"""Findings as the Leads screen shows them."""

from graph.detect.finding import Finding
from graph.detect.wordings import catalogue
from graph.detect.written import CounterEvidence, Reason
from ingest.lake import Record
from workbench.casebook import Judgement
from workbench.views.models import leads
from workbench.views.models.names import MASK, Names

HUB = Finding(
    "hub",
    ("p:adult",),
    "strong",
    0.9,
    (Reason("minor_share", 41, 6.25, "41 of 52 were p:kid", ("messages:m1",)),),
    (CounterEvidence("reply_rate", 0.5, None, "half were answered"),),
    targets=("p:kid",),
)
SHELL = Finding("shell", ("p:x", "p:y"), "weak", 0.4, (Reason("device", 1, 0, "one device"),))
NAMES = leads.with_minor_targets(Names({"p:adult": "old_oak", "p:kid": "little_fox"}), (HUB, SHELL), frozenset())
JUDGED = {SHELL.finding_id: Judgement("c", SHELL.finding_id, "cleared", "one household", "ann", "2024-01-02T03:04:05Z")}


def test_targets_that_are_minors_by_kind_are_masked_everywhere() -> None:
    text = leads.members(HUB, NAMES).to_string() + str(leads.reasons(HUB, NAMES))
    assert "little_fox" not in text
    assert "p:kid" not in text
    assert MASK in text
    assert "old_oak" in text


def test_filters_narrow_by_kind_tier_status_and_words() -> None:
    both = (HUB, SHELL)

    def found(**given: object) -> list[str]:
        options = {"kinds": (), "tiers": (), "states": (), "text": "", **given}
        return [finding.kind for finding in leads.matching(both, NAMES, JUDGED, **options)]

    assert found() == ["hub", "shell"]
    assert found(kinds=("shell",)) == ["shell"]
    assert found(tiers=("strong",)) == ["hub"]
    assert found(states=("cleared",)) == ["shell"]
    assert found(states=("open",)) == ["hub"]
    assert found(text="OLD_oak") == ["hub"]
    assert found(text="little_fox") == []


def test_a_table_row_says_tier_kind_who_and_status() -> None:
    rows = leads.table((HUB, SHELL), NAMES, JUDGED).to_dict("records")
    assert rows[0] == {"Tier": "strong", "Kind": "hub", "Who": "old_oak", "Score": 0.9, "Status": "open"}
    assert rows[1]["Status"] == "cleared"


def test_figures_are_written_as_people_write_them() -> None:
    assert [leads.figure(value) for value in (None, 41, 6.25, 1234567.0, 0.000123)] == [
        "–",
        "41",
        "6.25",
        "1,234,567",
        "0.000123",
    ]


def test_texts_stay_hidden_until_they_are_opened() -> None:
    record = Record(
        "messages:m1",
        "messages",
        "/in/messages.csv",
        "00",
        7,
        {"sender": "p:adult", "recipient": "p:kid", "text": "hello there"},
    )
    hidden = leads.records_table([record], NAMES, texts=False).iloc[0]
    assert hidden["File and row"] == "messages.csv:7"
    assert hidden["Content"] == "hidden, 11 characters"
    assert hidden["Who"].startswith("old_oak → " + MASK)
    assert leads.records_table([record], NAMES, texts=True).iloc[0]["Content"] == "hello there"


def row(ref: str, number: int, *, source: str = "/in/messages.csv") -> Record:
    return Record(ref, ref.partition(":")[0], source, "00", number, {})


def test_the_records_shown_are_counted_and_ids_that_repeat_are_named() -> None:
    one, two = row("messages:m1", 2), row("messages:m2", 3)
    told = leads.records_told
    assert told([one, two], ["messages:m1", "messages:m2"], NAMES) == "Showing 2 records of 2 cited."
    assert told([one, row("messages:m1", 4), two], ["messages:m1", "messages:m2", "messages:m3"], NAMES) == (
        "Showing 2 records of 3 cited. The sources repeat ids: messages:m1 stands in 2 rows; "
        "each row is shown, 3 in all. Not in the evidence as it is now: 1."
    )


def test_the_id_of_a_minor_is_masked_in_references_too() -> None:
    records = [row("accounts:p:kid", 2), row("accounts:p:kid", 3)]
    shown = leads.records_table(records, NAMES, texts=False).to_string()
    assert "p:kid" not in shown + leads.records_told(records, ["accounts:p:kid"], NAMES)
    assert MASK in shown


def test_more_rows_than_are_shown_are_told() -> None:
    records = [row("messages:m1", number) for number in range(2, 1_503)]
    assert "the first 1,000 of 1,501 rows are shown" in leads.records_told(records, ["messages:m1"], NAMES)
    assert len(leads.records_table(records, NAMES, texts=False)) == 1_000


def test_files_of_one_name_are_told_apart_by_their_paths() -> None:
    records = [row("messages:m1", 2, source="/march/messages.csv"), row("messages:m1", 2, source="/may/messages.csv")]
    assert list(leads.records_table(records, NAMES, texts=False)["File and row"]) == [
        "/march/messages.csv:2", "/may/messages.csv:2"
    ]


def test_reasons_and_what_speaks_against_them_are_told_with_their_figures() -> None:
    ((figures, _sentence),) = leads.reasons(HUB, NAMES)
    assert figures == "minor share: 41 observed, 6.25 expected"
    assert leads.against(HUB, NAMES) == [("reply rate: 0.5 observed", "half were answered")]
    assert leads.citing(HUB) == {0: "minor share: 1 record"}
    assert leads.citing(SHELL) == {}


def test_sentences_labels_and_figures_are_french_where_they_are_asked_for_and_minors_stay_masked() -> None:
    told = Finding(
        "hub", ("p:adult",), "strong", 0.9,
        (Reason("minors reached", 1234, 6.25, "wrote to p:kid", ("messages:m1",), "a écrit à p:kid (little_fox)"),),
        (
            CounterEvidence("role", None, None, "a moderator"),
            CounterEvidence("what would clear it", None, None, "A task.", "Une tâche."),
        ),
        targets=("p:kid",),
    )
    names = leads.with_minor_targets(Names({"p:kid": "little_fox"}), (told,), frozenset())
    ((figures, sentence),) = leads.reasons(told, names, "fr")
    assert figures == "minors reached : 1\u202f234 observé, 6,25 attendu"
    assert sentence.startswith("a écrit à " + MASK)
    assert "little_fox" not in sentence
    assert leads.against(told, names, "fr") == [("role", "a moderator")]
    assert leads.clears(told, names, "fr") == "Une tâche."
    assert leads.clears(told, names) == "A task."
    assert leads.clears(SHELL, NAMES, "fr") == catalogue("shell", "fr").described["clears"]
    assert leads.citing(told, "fr") == {0: "minors reached : 1 enregistrement"}
    found = leads.matching((told,), names, {}, kinds=(), tiers=(), states=(), text="a écrit")
    assert found == (told,)


def test_accounts_that_a_reason_cites_are_among_the_people() -> None:
    cited = Finding("recruitment", ("p:a",), "weak", 0.1, (Reason("x", 1, 0, "x", ("accounts:p:b", "messages:m1")),))
    assert leads.people((cited,)) == ("p:a", "p:b")


def test_whom_a_sentence_names_is_among_the_people_so_that_a_minor_there_is_masked() -> None:
    told = Finding(
        "shell", ("p:a", "p:b"), "weak", 0.1, (Reason("x", 1, 0, "p:c (p:d) at 10:05, q:e; then p:f."),),
        (CounterEvidence("y", None, 0.5, "p:g: seldom"),),
    )
    assert leads.people((told,)) == ("p:a", "p:b", "p:c", "p:d", "p:f", "p:g")
    assert leads.against(told, NAMES)[0][0] == "y: 0.5 expected"
