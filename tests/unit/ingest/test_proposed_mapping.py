"""A mapping proposed from names and values, written down and read back; how a table is cut is told from its lines."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mapping import WHITESPACE, Mapping, TableMapping, Value, mapping_text, parse_mapping
from ingest.mapping.column_names import NAMES, name_score, plain_name
from ingest.mapping.column_values import FORMATS, times_in
from ingest.mapping.propose import Proposal, missing_in, propose, with_value
from ingest.mapping.shape import Shape, shape_of, unique_names
from ingest.sources.text_lines import head_lines
from ingest.tables import TABLES

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


def shape(tmp_path: Path, text: str, name: str = "a.csv", **given_: object) -> Shape:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = shape_of(path, **given_)  # type: ignore[arg-type]
    assert found is not None
    return found


def told(proposal: Proposal, table: str) -> dict[str, str]:
    mapped = next(one for one in proposal.mapping.tables if one.table == table)
    return {target: value.columns[0] for target, value in mapped.values.items()}


@given(
    st.lists(TEXTS, min_size=2, max_size=4, unique=True), st.sampled_from([",", ";", "\t", "|", WHITESPACE]),
    st.sampled_from(["yes", "no", "optional"]), st.lists(TEXTS, max_size=2), TEXTS.filter(lambda text: ":" not in text),
    st.sampled_from([None, "%d/%m/%Y %H:%M"]), TEXTS, TEXTS,
)
def test_a_mapping_written_down_is_read_back_as_it_was(
    columns: list[str], delimiter: str, header: str, empty: list[str], platform: str, time: str | None, constant: str,
    equals: str,
) -> None:
    first, second = columns[:2]
    values = {
        "sent_at": Value.of(first, time=time), "sender_id": Value((("constant", constant), ("column", second))),
        "room_id": Value((("constant", constant),)),
        "text": Value((("column", second),), words=((constant, equals),)),
    }
    mapping = Mapping(
        "m", delimiter, header, tuple(columns), "#", "" if delimiter == WHITESPACE else '"', tuple(empty), platform,
        (TableMapping("messages", values, (first, equals)), TableMapping("persons", {"person_id": Value.of(first)})),
    )
    assert parse_mapping(mapping_text(mapping, description=constant).encode(), name="m", where="") == mapping


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@given(st.lists(st.lists(st.text("abc ,é\"'", max_size=8), min_size=3, max_size=3), min_size=3, max_size=12))
def test_a_table_written_by_a_library_is_cut_as_it_was_written(delimiter: str, rows: list[list[str]]) -> None:
    rows = [[cell.replace(",", delimiter) for cell in row] for row in rows]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["who", "to", "said"], *rows])
    with TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_text(stream.getvalue(), encoding="utf-8")
        found = shape_of(path)
    assert found is not None
    assert (found.delimiter, found.columns) == (delimiter, ("who", "to", "said"))
    assert [list(row) for row in found.rows] == rows


def test_names_of_several_languages_and_spellings_are_one() -> None:
    assert plain_name("Date d'envoi") == plain_name("dateEnvoi") == plain_name("DATE_ENVOI") == "date_envoi"
    assert name_score("messages", "sent_at", "Date d'envoi") > 0.5
    assert name_score("messages", "sent_at", "sent_at") == 1.0
    assert name_score("messages", "sent_at", "colour") == 0.0


def test_every_contract_column_has_names_and_every_name_is_plain() -> None:
    for name, table in TABLES.items():
        assert {*table.names} - {"platform"} <= {*NAMES[name], "platform"}
        for names in NAMES[name].values():
            assert [one for one in names if plain_name(one) != one] == []


def test_french_messages_by_semicolons_with_local_times(tmp_path: Path) -> None:
    proposal = propose(shape(
        tmp_path, "Date;Expéditeur;Destinataire;Message\n01/05/2024 18:03;ann;bob;hello\n13/05/2024 18:04;bob;ann;so\n"
    ))
    assert told(proposal, "messages") == {
        "sent_at": "Date", "sender_id": "Expéditeur", "recipient_id": "Destinataire", "text": "Message",
    }
    assert proposal.mapping.tables[0].values["sent_at"].time == "%d/%m/%Y %H:%M"
    assert (proposal.missing, proposal.exchanged) == ({}, {})


def test_where_day_and_month_may_be_exchanged_it_is_said(tmp_path: Path) -> None:
    proposal = propose(shape(tmp_path, "sender,room,date\na,r,01/05/2024 18:03\nb,r,02/06/2024 18:03\n"))
    assert proposal.exchanged == {"date": "%m/%d/%Y %H:%M"}


def test_a_table_without_header_is_told_by_its_values(tmp_path: Path) -> None:
    proposal = propose(shape(tmp_path, "1 2 1082040961\n3 4 1082155839\n2 1 1082155899\n4 3 1082155999\n", "b.txt"))
    assert told(proposal, "messages") == {"sent_at": "column 3", "sender_id": "column 1", "recipient_id": "column 2"}
    assert (proposal.mapping.header, proposal.mapping.delimiter) == ("no", WHITESPACE)


def test_a_name_beside_the_sender_gives_accounts_as_well(tmp_path: Path) -> None:
    proposal = propose(shape(
        tmp_path, 'author_id,author,channel,timestamp,content\n17,Ann,lobby,2024-05-01T10:00:00Z,"so, yes"\n'
    ))
    assert told(proposal, "accounts") == {"account_id": "author_id", "pseudonym": "author"}


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("user_id,username,age,registered\n1,ann,15,2020-01-01\n", "accounts"),
        ("user\tlogin_time\tlogout_time\tip\n1\t05/06/2024 10:00\t05/06/2024 11:00\t10.0.0.1\n", "sessions"),
        ("owner,owned,share\np1,c1,0.8\n", "ownerships"),
        ("user_id,kind,value\nu1,email,a@b.example\n", "identifiers"),
        ("reported_user,reporter,reason\nu1,u2,spam\n", "reports"),
    ],
)
def test_what_the_rows_are_is_told_by_their_columns(tmp_path: Path, text: str, table: str) -> None:
    proposal = propose(shape(tmp_path, text))
    assert (proposal.mapping.tables[0].table, proposal.missing) == (table, {})


MEMBERS = (
    "no_membre;pseudo;age_indique;courriel;ip_derniere;inscrit_le;rang\n"
    "7;ann;14 ans;ann@a.example;10.0.0.1;22/03/2024 19:16;membre\n"
    "8;bob;31;bob@a.example;10.0.0.2;06/02/2024 20:00;Modo\n"
)


def test_the_members_of_a_french_site_are_accounts_with_their_marks(tmp_path: Path) -> None:
    proposal = propose(shape(tmp_path, MEMBERS))
    assert told(proposal, "accounts") == {
        "account_id": "no_membre", "pseudonym": "pseudo", "created_at": "inscrit_le", "declared_age": "age_indique",
        "role": "rang",
    }
    marks = [one.values for one in proposal.mapping.tables if one.table == "identifiers"]
    assert [(one["kind"].parts[0][1], one["value"].columns) for one in marks] == [
        ("email", ("courriel",)), ("ip", ("ip_derniere",)),
    ]
    words = dict(proposal.mapping.tables[0].values["role"].words)
    assert (words["membre"], words["Modo"], words["modérateur"]) == ("member", "moderator", "moderator")


def test_roles_in_the_contracts_words_need_no_translation(tmp_path: Path) -> None:
    proposal = propose(shape(tmp_path, "user_id,username,role\n1,ann,Member\n2,bob,moderator\n"))
    assert proposal.mapping.tables[0].values["role"] == Value.of("role")
    assert "role" not in told(propose(shape(tmp_path, "user_id,username,rang\n1,ann,3\n2,bob,7\n")), "accounts")


def test_what_is_required_and_not_found_is_named(tmp_path: Path) -> None:
    found = shape(tmp_path, "colour,size\nred,1\n")
    assert propose(found, table="messages").missing == {
        "messages": ("sent_at", "sender_id", "room_id or recipient_id")
    }
    mapped = with_value(TableMapping("messages", {"text": Value.of("size")}), "sender_id", Value.of("colour"))
    assert [*mapped.values] == ["sender_id", "text"]
    assert missing_in(mapped) == ("sent_at", "room_id or recipient_id")
    assert [*with_value(mapped, "text", None).values] == ["sender_id"]


@pytest.mark.parametrize("value", [
    "01/05/2024 18:03", "13.5.2024 18:03:11", "2024/05/13 08:00", "5/13/24 9:05 PM", "Wed May 01 18:00:00 2024",
    "01/May/2024:18:03:00 +0200", "20240513T180300", "13 mars 2024",
])
def test_ways_to_write_a_time(value: str) -> None:
    found = times_in([value])
    if value.endswith("mars 2024"):
        assert found is None
    else:
        assert found is not None
        assert found.format in FORMATS


@pytest.mark.parametrize("value", ["2024-05-01T18:03:04+02:00", "2024-05-01 18:03", "1714579384", "1714579384123"])
def test_times_that_need_no_format(value: str) -> None:
    found = times_in([value])
    assert found is not None
    assert found.format is None


@pytest.mark.parametrize("value", ["12", "hello", "17.5", "0612345678", "10.0.0.1", ""])
def test_what_is_no_time(value: str) -> None:
    assert times_in([value] if value else []) is None


def test_a_header_s_empty_and_repeated_names_are_told_apart() -> None:
    assert unique_names(["a", "", "a", "a (2)", " b "]) == ("a", "column 2", "a (2)", "a (2) (2)", "b")


def test_what_is_no_table_has_no_shape(tmp_path: Path) -> None:
    for number, content in enumerate([b"", b"one line of prose, and\nanother without\nany\n", b"\x00\x01,\x02\n" * 9]):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(content)
        assert shape_of(path) is None


def test_remarks_are_left_out_but_a_header_that_begins_with_the_mark_is_not(tmp_path: Path) -> None:
    assert shape(tmp_path, "# made on Monday\nwho,to\na,b\n").columns == ("who", "to")
    assert shape(tmp_path, "#who,to\na,b\n", "b.csv").columns == ("#who", "to")
    assert shape(tmp_path, "a,b\nc,d\n", "c.csv", header=False).columns == ("column 1", "column 2")


def test_a_header_and_rows_that_are_no_utf8_are_shown_as_they_will_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Envoyé le;Œuvre\n1;b\n2;mémé\n".encode("cp1252"))
    found = shape_of(path)
    assert found is not None
    assert (found.columns, found.rows) == (("Envoyé le", "Œuvre"), (("1", "b"), ("2", "mémé")))
    assert found.guessed
    assert not shape(tmp_path, "Envoyé le;Œuvre\n1;mémé\n", "b.csv").guessed


def test_a_letter_that_the_end_of_the_head_cuts_is_no_other_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("who,où\na,éé".encode())
    assert head_lines(path, size=12) == [("who,où", True), ("a,é", True)]
    assert head_lines(path, size=11) == [("who,où", True), ("a,", True)]


def test_a_column_is_asked_once_how_its_times_are_written() -> None:
    values = ["03/11/2026 14:05", "04/11/2026 14:06"]
    assert times_in(values) is times_in([*values])


@pytest.mark.parametrize("values", [["1-May-24"], ["1/5/24", "2/5/24"], ["12h30"], ["kid91", "kid92"]])
def test_the_shortest_dates_are_dates_and_names_with_numbers_are_none(values: list[str]) -> None:
    assert (times_in(values) is not None) == ("kid" not in values[0] and "h" not in values[0])


def test_rooms_are_told_by_their_french_names(tmp_path: Path) -> None:
    proposal = propose(shape(tmp_path, "id_salon;nom_salon\nS1;Météo\nS2;Football\n"))
    assert told(proposal, "rooms") == {"room_id": "id_salon", "name": "nom_salon"}
