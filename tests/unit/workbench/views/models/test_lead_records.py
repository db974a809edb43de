"""The records of a lead as rows of a table: where they stand, what they tell, what is hidden."""



from ingest.lake import Record
from tests.unit.workbench.views.models.two_leads import EN, FR, NAMES
from workbench.views.models import records as record_model
from workbench.views.models.names import MASK


def row(ref: str, place: int, *, source: str = "/in/messages.csv", **columns: str) -> Record:
    return Record(ref, ref.partition(":")[0], source, "00", place, columns)


def test_texts_stay_hidden_until_they_are_opened() -> None:
    record = row("messages:m1", 7, sender="p:adult", recipient="p:kid", text="hello there")
    hidden = record_model.table([record], NAMES, EN, texts=False).iloc[0]
    assert hidden["File and row"] == "messages.csv:7\nm1"
    assert hidden["Content"] == "hidden, 11 characters"
    assert hidden["Who"].startswith("old_oak → " + MASK)
    assert record_model.table([record], NAMES, EN, texts=True).iloc[0]["Content"] == "hello there"


def test_what_a_row_tells_stands_under_words_not_under_names_of_columns() -> None:
    session = row("sessions:s1", 2, account="p:adult", ip="192.0.2.1", device_id="d-1")
    told = [record_model.table([session], NAMES, words_, texts=False).iloc[0, 2] for words_ in (EN, FR)]
    assert told == ["IP address 192.0.2.1, device d-1", "adresse IP 192.0.2.1, appareil d-1"]


def test_a_row_of_operators_says_which_platform_the_company_runs() -> None:
    rows = [row("operators:o1", 2, company="c1", platform="causette-1"), row("persons:h1", 3, person="h1")]
    told = [list(record_model.table(rows, NAMES, words_, texts=False).iloc[:, 2]) for words_ in (EN, FR)]
    assert told == [["operates causette-1", "–"], ["exploite causette-1", "–"]]


def test_the_id_of_a_minor_is_masked_in_references_too() -> None:
    shown = record_model.table([row("accounts:p:kid", 2)], NAMES, EN, texts=False).to_string()
    assert "p:kid" not in shown
    assert MASK in shown


def test_files_of_one_name_are_told_apart_by_their_paths() -> None:
    records = [row("messages:m1", 2, source="/march/messages.csv"), row("messages:m1", 2, source="/may/messages.csv")]
    assert list(record_model.table(records, NAMES, EN, texts=False)["File and row"]) == [
        "/march/messages.csv:2\nm1", "/may/messages.csv:2\nm1"
    ]
