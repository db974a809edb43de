"""Looking at sources, what would come of them, and rejected rows: the tables of the Sources screen."""

from pathlib import Path

import pandas as pd
import pytest

from ingest.batch import ingest
from ingest.batch.trial import Trial
from ingest.case_folder import CaseFolder
from ingest.errors import FilatureError, SourceUnreadable
from ingest.lake import Lake
from ingest.mapping import Mapping
from ingest.mapping.shape import Shape, shape_of
from ingest.rejects import Reject
from ingest.rejects.still_open import open_rejects, open_rows
from workbench.custody.receipt import Receipt
from workbench.language import words
from workbench.views.models.names import MASK
from workbench.views.models.sources import mapping as mappings
from workbench.views.models.sources import tables as sources
from workbench.views.models.sources.tables import Choice, Source

EN, FR = words("en"), words("fr")
TABLE = "when;who;to;message\n01/05/2024 18:03;ann;bob;hello\n13/05/2024 18:04;bob;ann;so\n32/05/2024 18:04;bob;ann;x\n"


def file(tmp_path: Path, name: str, text: str) -> Source:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return Source(path, name)


def shape(source: Source) -> Shape:
    found = shape_of(source.path)
    assert found is not None
    return found


def test_what_is_no_full_path_or_cannot_be_read_is_refused() -> None:
    for path in (Path("accounts.csv"), Path("/nowhere/at/all.csv")):
        with pytest.raises(SourceUnreadable):
            sources.taken_for(Source(path, str(path)))


def test_a_corrected_column_changes_what_would_be_accepted(tmp_path: Path) -> None:
    source = file(tmp_path, "chat.csv", TABLE)
    mapping = mappings.proposed(shape(source), None)
    assert mappings.plain_column(mapping, "messages", "sender_id") == "who"
    without = mappings.corrected(mapping, "messages", {"sender_id": None}, {})
    assert sources.lacking(without) == {"messages": ("sender_id",)}
    swapped = mappings.corrected(mapping, "messages", {"sent_at": "when"}, {"sent_at": "%m/%d/%Y %H:%M"})

    def accepted(text: str) -> int:
        found = sources.tried(
            Choice(source, "delimited", text), scratch=tmp_path / "s", case_name="c", timezone="UTC", most_bytes=1 << 20
        )
        assert isinstance(found, Trial)
        return found.accepted

    assert accepted(sources.described(mapping, "chat.csv")) == 2
    assert accepted(sources.described(swapped, "chat.csv")) == 1
    assert list((tmp_path / "s").iterdir()) == []


def test_what_lines_of_messages_tell_of_their_sender_makes_one_account_of_each(tmp_path: Path) -> None:
    lines = "when;who;to;text;years;n\n" + "".join(
        f"2024-05-01T10:0{number}:00Z;{who};cy;so;{age};{number}\n"
        for number, (who, age) in enumerate([("ann", 12), ("bob", 30), ("ann", 12), ("ann", "")])
    )
    source = file(tmp_path, "chat.csv", lines)
    plain = mappings.proposed(shape(source), "messages")
    told = mappings.of_sender(plain, {"pseudonym": None, "declared_age": "years"})

    def counts(mapping: Mapping) -> dict[str, int]:
        found = sources.tried(
            Choice(source, "delimited", sources.described(mapping, "chat.csv")), scratch=tmp_path / "s",
            case_name="c", timezone=None, most_bytes=1 << 20,
        )
        assert isinstance(found, Trial)
        return {name: one.accepted for name, one in found.counts.items()}

    assert counts(told) == {"accounts": 3, "messages": 4}, "ann of 12, bob, and ann of no age"
    assert counts(mappings.of_sender(told, {"declared_age": None})) == {"messages": 4}
    swapped = mappings.corrected(told, "messages", {"sender_id": "to", "recipient_id": "who"}, {})
    account = mappings.of_sender(swapped, {"declared_age": "years"}).tables[1]
    assert account.values["account_id"].columns == ("to",), "the account is that of whoever sends now"


def test_a_corrected_account_keeps_what_its_roles_mean_and_takes_its_marks_along(tmp_path: Path) -> None:
    rows = "user_id;compte;pseudo;courriel;rang\n1;x1;ann;ann@a.example;membre\n2;x2;bob;bob@a.example;membre\n"
    mapping = mappings.proposed(shape(file(tmp_path, "members.csv", rows)), None)
    chosen = {"account_id": "compte", "role": "rang", "pseudonym": "pseudo"}
    accounts, email = mappings.corrected(mapping, "accounts", chosen, {}).tables
    assert dict(accounts.values["role"].words)["membre"] == "member"
    assert (email.table, email.values["account_id"].columns) == ("identifiers", ("compte",))
    assert len(mappings.corrected(mapping, "accounts", {"account_id": None}, {}).tables) == 1
    other = mappings.corrected(mapping, "accounts", {"role": "pseudo"}, {})
    assert other.tables[0].values["role"].words == ()


def test_what_cannot_be_tried_is_told_not_thrown(tmp_path: Path) -> None:
    source = file(tmp_path, "accounts.csv", "")
    found = sources.tried(Choice(source), scratch=tmp_path / "s", case_name="c", timezone=None, most_bytes=99)
    assert isinstance(found, FilatureError)


def test_the_ways_in_which_a_column_s_times_may_be_written(tmp_path: Path) -> None:
    one = shape(file(tmp_path, "a.csv", "when,who\n01/05/2024 18:03,a\n02/05/2024 18:03,b\n"))
    assert mappings.formats_for(one, "when")[:2] == ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")
    assert mappings.formats_for(one, "who")[0] == mappings.AS_IS
    assert mappings.is_odd(one, "who")
    assert mappings.example("%d/%m/%Y %H:%M") == "31/12/2024 18:03"


def test_first_rows_say_what_each_column_becomes_and_mask_minors(tmp_path: Path) -> None:
    source = file(tmp_path, "people.csv", "uid,username,age\nu1,little,13\nu2,oak,44\nu3,kid,\n")
    frame = sources.first_cells(shape(source), mappings.proposed(shape(source), None), EN, {"kid"})
    assert list(frame) == ["uid → Account id", "username → Pseudonym", "age → Declared age"]
    assert frame.to_numpy().tolist() == [[MASK, MASK, "13"], ["u2", "oak", "44"], ["u3", MASK, ""]]


def test_samples_mask_who_is_declared_under_age(tmp_path: Path) -> None:
    source = file(tmp_path, "accounts.csv", "account_id,pseudonym,declared_age\nu1,little,13\nu2,oak,44\n")
    found = sources.tried(Choice(source), scratch=tmp_path / "s", case_name="c", timezone=None, most_bytes=999)
    assert isinstance(found, Trial)
    frame = sources.sample_rows(found.samples["accounts"], EN)
    assert "little" not in frame.to_string()
    assert "u1" not in frame.to_string()
    assert "oak" in frame.to_string()


def test_a_text_is_withheld_only_where_a_minor_s_name_stands_as_a_word(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path / "ws", "harbour")
    rows = "m1,tom,13\nm2,lea,12\na1,tom_1996,\na2,lea,40\n"
    ingest([file(tmp_path, "accounts.csv", f"account_id,pseudonym,declared_age\n{rows}").path], case=case)
    with Lake(case) as lake:
        hidden = sources.hidden_names(lake, ())
        assert sources.hidden_names(lake, {"harbour:m1"}) == {"harbour:m2", "m2"}
    assert hidden == {"harbour:m1", "m1", "tom", "harbour:m2", "m2"}, "an adult is called lea as well"
    assert sources.shown("x;tom;y", hidden) == MASK
    assert sources.shown("x;tom_1996;lea", hidden) == "x;tom_1996;lea"
    assert sources.shown("", hidden) == ""


def test_rejects_are_grouped_and_each_row_stands_beside_its_reason(tmp_path: Path) -> None:
    case = CaseFolder(tmp_path / "ws", "harbour")
    ingest([file(tmp_path, "2024-05-01.log", "[18:00] <a> hi\n[18:01] <b> so\nnothing of a log\n").path], case=case)
    found = open_rejects(case)
    frame = sources.group_rows(found, EN)
    assert frame.to_numpy().tolist() == [
        [2, "Messages", "Sent at: is a time without a zone", "choose the zone that its clock showed", "2024-05-01.log"],
        [1, "Messages", "is no line of this IRC log", "it may belong to another format; choose it under Format",
         "2024-05-01.log"],
    ]
    assert sources.group_rows(found, FR).iloc[0, 2] == "Envoyé le\u00a0: est une heure sans fuseau"
    rows = sources.reject_rows(open_rows(case)[0], EN, {"b"})
    assert rows["Original text"].tolist() == ["[18:00] <a> hi", "(withheld: it names a minor)", "nothing of a log"]


def test_a_rejected_upload_is_told_by_its_own_name() -> None:
    kept = "/ws/cases/c/sources/0123456789abcdef/notes from May.csv"
    frame = sources.reject_rows([Reject(kept, 3, "sent_at", "sent_at is no time", "", "x")], EN)
    assert frame.iloc[0, 0] == "notes from May.csv"
    assert sources.files_text([kept, "/a/b.csv", "/a/c.csv"], EN) == "notes from May.csv, b.csv and 1 more"


def test_sources_read_alike_are_one_reading_and_those_without_a_mapping_come_first(tmp_path: Path) -> None:
    one, two, three = (Source(tmp_path / name, name) for name in "abc")
    kept = tmp_path / "kept"
    ways = sources.readings(
        [Choice(one, "delimited", "text"), Choice(two, "irc"), Choice(three, "irc")], {two.path: kept},
        {"text": tmp_path / "m.toml"}, "UTC", Receipt("Officer Lind", "Order 12"), "copy",
    )
    assert {(way.receipt.received_from, way.receipt.authority, way.keep) for way in ways} == {
        ("Officer Lind", "Order 12", "copy")
    }
    assert [(way.sources, way.format, way.mapping, way.timezone) for way in ways] == [
        ((kept, three.path), "irc", None, "UTC"), ((one.path,), "delimited", tmp_path / "m.toml", "UTC"),
    ]


def test_the_report_reconciles_row_by_row() -> None:
    counts = {"read": 5, "accepted": 3, "rejected": 1, "duplicate": 1}
    frame = sources.report_rows({"messages": counts}, EN)
    assert frame.equals(pd.DataFrame([{"Table": "Messages", "Read": 5, "Accepted": 3, "Rejected": 1, "Duplicate": 1}]))


def test_rows_without_a_platform_are_of_the_only_one_of_the_case_or_of_one_called_like_a_new_case(
    tmp_path: Path,
) -> None:
    case = CaseFolder(tmp_path / "night", "night")
    assert sources.platform_taken(None, "night") == "night"
    ingest([file(tmp_path, "accounts.csv", "account_id,platform\na,lantern\n").path], case=case)
    assert sources.platform_taken(case, "night") == "lantern"
    ingest([file(tmp_path, "rooms.csv", "room_id,platform\nr,harbour\n").path], case=case)
    assert sources.platform_taken(case, "night") is None


def test_a_column_without_a_name_is_called_by_its_number_in_words() -> None:
    assert sources.column_shown("column 2", FR) == "colonne 2"
    assert sources.column_shown("column two", FR) == "column two"


def test_a_rejected_row_is_shown_in_the_letters_it_was_read_in(tmp_path: Path) -> None:
    kept = str(tmp_path / "a.csv")

    def shown(raw: str, reason: str = "sent_at is no time", hidden: tuple[str, ...] = ()) -> str:
        return str(sources.reject_rows([Reject(kept, 3, "", reason, "", raw)], EN, hidden)["Original text"][0])

    assert shown(r"zo\xe9;31/02/2024;caf\xe9") == "zoé;31/02/2024;café"
    assert shown(r"a\x81b") == r"a\x81b", "no letter of that encoding"
    assert shown(r"caf\xe9", "text is not UTF-8") == r"caf\xe9", "the file was not read so"
    assert shown("café") == "café"
    assert shown(r"zo\xe9;1", hidden=("zoé",)) == "(withheld: it names a minor)", "a name is known by its letters"


def test_a_mask_is_said_in_the_language_of_the_screen() -> None:
    assert (sources.masked(EN), sources.masked(FR)) == (MASK, "mineur ▪▪▪")


def test_a_folder_that_no_format_reads_is_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "dump"
    assert sources.files_of(folder) == [folder]
    folder.mkdir()
    one, other = (file(folder, name, "a;b\n1;2\n").path for name in ("b.csv", "a.csv"))
    assert sources.files_of(folder) == [other, one]
    assert sources.files_of(one) == [one]
    file(folder, "accounts.csv", "account_id\na\n")
    assert sources.files_of(folder) == [folder], "a format reads it, and says what it leaves aside"
