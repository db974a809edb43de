"""Delimited files by a mapping: good rows arrive, odd lines are rejects, counts reconcile."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from ingest.batch import ingest
from ingest.batch.report import IngestReport
from ingest.case_folder import CaseFolder
from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.lake import Lake
from ingest.rejects import Reject, read_rejects

SHOP = """
[file]
delimiter = ","
quote = '"'
comment = "#"
empty = ["NULL"]
[[table]]
name = "messages"
only = { column = "what", equals = "chat" }
[table.columns]
sender_id = { column = "who" }
recipient_id = { concat = ["u", { column = "to" }] }
sent_at = { column = "at", time = "%d/%m/%Y %H:%M", zone = "+02:00" }
text = { column = "text" }
[[table]]
name = "sessions"
only = { column = "what", equals = "login" }
[table.columns]
account_id = { column = "who" }
started_at = { column = "at", time = "%d/%m/%Y %H:%M", zone = "+02:00" }
user_agent = { constant = "app" }
"""
ROWS = '''\
# exported on a Monday
what,who,to,at,text,colour
chat,ua,b,01/05/2024 18:03,"hello, you ""there""",blue
chat,ub,a,01/05/2024 18:04,NULL,
login,ua,,01/05/2024 18:00,,red

chat,ua,b,31/02/2024 18:05,bad day,
chat,ua,b
chat,ua,b,01/05/2024 18:06,"open quote,
chat,ua,b,01/05/2024 18:07,last,green
'''


class Case:
    """A case, its mapping, and what one ingest gave."""

    def __init__(self, tmp_path: Path, mapping: str | None = None) -> None:
        self.folder = CaseFolder(tmp_path / "ws", "case")
        self.mapping = tmp_path / "map.toml"
        if mapping is not None:
            self.mapping.write_text(mapping, encoding="utf-8")

    def ingest(self, *paths: Path, mapping: str | None = None) -> IngestReport:
        report = ingest(paths, case=self.folder, mapping=mapping or self.mapping)
        for counts in report.tables.values():
            assert counts.read == counts.accepted + counts.rejected + counts.duplicate
        return report

    def table(self, name: str) -> pd.DataFrame:
        with Lake(self.folder) as lake:
            return lake.table(name).to_pyarrow().to_pandas().sort_values("row")

    @property
    def rejects(self) -> list[Reject]:
        return list(read_rejects(self.folder))


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_several_tables_come_from_one_file_and_odd_lines_are_rejects(tmp_path: Path) -> None:
    case = Case(tmp_path, SHOP)
    report = case.ingest(write(tmp_path / "shop.csv", ROWS))
    messages = case.table("messages")
    assert messages["row"].tolist() == [3, 4, 10]
    assert messages["text"].tolist()[::2] == ['hello, you "there"', "last"]
    assert messages["text"].isna().tolist() == [False, True, False]
    assert messages["sent_at"].dt.strftime("%Y-%m-%d %H:%M").tolist()[0] == "2024-05-01 16:03"
    assert messages["recipient"].tolist() == ["case:ub", "case:ua", "case:ub"]
    assert '"colour":"blue"' in messages["attributes"].tolist()[0]
    assert '"at":"01/05/2024 18:03"' in messages["attributes"].tolist()[0]
    assert case.table("sessions")[["account", "user_agent"]].values.tolist() == [["case:ua", "app"]]
    counts = report.tables["messages"]
    assert (counts.read, counts.accepted, counts.rejected) == (6, 3, 3)
    told = {reject.row: reject for reject in case.rejects}
    assert set(told) == {7, 8, 9}
    assert told[7].column == "sent_at"
    assert told[8].reason == "has 3 columns, the mapping 6"
    assert told[9].reason == "opens a quote that does not close on its line"
    assert told[9].raw == 'chat,ua,b,01/05/2024 18:06,"open quote,'


def test_what_no_table_uses_is_kept_once_where_a_line_gives_a_message_and_its_account(tmp_path: Path) -> None:
    both = """
[file]
delimiter = ","
[[table]]
name = "messages"
{only}[table.columns]
sender_id = {{ column = "who" }}
room_id = {{ constant = "hall" }}
sent_at = {{ column = "at" }}
[[table]]
name = "accounts"
[table.columns]
account_id = {{ column = "who" }}
declared_age = {{ column = "age" }}
"""
    lines = "who,at,age,n,m\n" + "".join(f"ua,2024-05-01T18:0{nth}:00Z,14,{nth},{nth}\n" for nth in range(3))
    case = Case(tmp_path, both.format(only=""))
    report = case.ingest(write(tmp_path / "a.csv", lines))
    assert (report.tables["messages"].accepted, report.tables["accounts"].accepted) == (3, 1)
    assert case.table("messages")["attributes"].tolist()[2] == '{"n":"2","m":"2"}'
    (tmp_path / "other").mkdir()
    other = Case(tmp_path / "other", both.format(only='only = { column = "n", equals = "1" }\n'))
    other.ingest(write(tmp_path / "a.csv", lines))
    assert other.table("accounts")["attributes"].tolist() == [f'{{"m":"{nth}"}}' for nth in range(3)], "nowhere else"


def test_the_shipped_collegemsg_mapping_reads_with_and_without_a_header(tmp_path: Path) -> None:
    case = Case(tmp_path)
    with_header = write(tmp_path / "a.txt", "src dst time\n1 2 1082040961\n3 4 1082155839\n")
    without = write(tmp_path / "b.txt", "# comment\n3 4 1082155839\n01 2 1082414391\n")
    report = case.ingest(with_header, without, mapping="collegemsg")
    assert report.tables["messages"].accepted == 3
    assert report.tables["messages"].duplicate == 1
    assert set(case.table("messages")["sender"]) == {"collegemsg:1", "collegemsg:3", "collegemsg:01"}


def test_the_same_line_twice_in_one_file_is_two_messages(tmp_path: Path) -> None:
    case = Case(tmp_path)
    report = case.ingest(write(tmp_path / "a.txt", "1 2 1082040961\n1 2 1082040961\n"), mapping="collegemsg")
    assert report.tables["messages"].accepted == 2


def test_the_shipped_retweets_mapping_reads_gzip_and_a_second_run_adds_nothing(tmp_path: Path) -> None:
    text = "object_id,account_id,content_id,timestamp_share\no1,a1,c1,1623881091\no1,a2,c2,1623881093\n"
    path = write(tmp_path / "shares.csv.gz", gzip.compress(text.encode()))
    case = Case(tmp_path)
    assert case.ingest(path, mapping="coordinated-retweets").tables["messages"].accepted == 2
    again = case.ingest(path, mapping="coordinated-retweets").tables["messages"]
    assert (again.accepted, again.duplicate) == (0, 2)
    messages = case.table("messages")
    assert messages[["sender", "recipient", "message_id"]].values.tolist() == [
        ["retweets:a1", "retweets:o1", "c1"],
        ["retweets:a2", "retweets:o1", "c2"],
    ]


def test_a_torn_archive_is_a_one_line_error(tmp_path: Path) -> None:
    whole = gzip.compress(b"1 2 1082040961\n" * 50_000)
    path = write(tmp_path / "torn.gz", whole[: len(whole) // 2])
    with pytest.raises(SourceUnreadable) as refused:
        Case(tmp_path).ingest(path, mapping="collegemsg")
    assert "is damaged" in str(refused.value)


def test_a_header_that_does_not_fit_is_told_before_anything_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "object,account_id,content_id,timestamp_share\n1,2,3,1623881091\n")
    with pytest.raises(MappingInvalid) as refused:
        Case(tmp_path).ingest(path, mapping="coordinated-retweets")
    assert "has the header object, account_id" in str(refused.value)


def test_bytes_that_are_no_utf8_cost_no_row(tmp_path: Path) -> None:
    case = Case(tmp_path)
    report = case.ingest(write(tmp_path / "a.txt", b"1 2 1082040961\n\xe9t\xe9 2 1082040962\n"), mapping="collegemsg")
    assert report.tables["messages"].accepted == 2
    assert "collegemsg:été" in set(case.table("messages")["sender"])


def test_a_header_that_is_no_utf8_names_the_columns_as_it_was_written(tmp_path: Path) -> None:
    case = Case(tmp_path, SHOP.replace("what", "où"))
    lines = "où,who,to,at,text,âge\nchat,ua,b,01/05/2024 18:03,x,31\n"
    case.ingest(write(tmp_path / "shop.csv", lines.encode("cp1252")))
    assert '"âge":"31"' in case.table("messages")["attributes"].tolist()[0]


@pytest.mark.parametrize("delimiter", [";", "|", "\t", "^", "]", "-", "\\", "."])
def test_any_single_character_may_delimit(tmp_path: Path, delimiter: str) -> None:
    mapping = SHOP.replace(
        'delimiter = ","', f"delimiter = '{delimiter}'" if delimiter != "\t" else 'delimiter = "\\t"'
    )
    rows = [
        ["what", "who", "to", "at", "text", "colour"],
        ["chat", "ua", "b", "01/05/2024 18:03", f'"x{delimiter}y"', "red"],
    ]
    if delimiter in ".-":
        rows[1][3] = "01/05/2024 18:03"
    case = Case(tmp_path, mapping)
    case.ingest(write(tmp_path / "x.txt", "\n".join(delimiter.join(row) for row in rows) + "\n"))
    assert case.table("messages")["text"].tolist() == [f"x{delimiter}y"]


def test_old_and_windows_line_ends_and_a_byte_order_mark_are_understood(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.ingest(write(tmp_path / "dos.txt", b"\xef\xbb\xbfsrc dst time\r\n1 2 1082040961\r\n"), mapping="collegemsg")
    case.ingest(write(tmp_path / "mac.txt", b"src dst time\r5 6 1082040961\r"), mapping="collegemsg")
    assert set(case.table("messages")["sender"]) == {"collegemsg:1", "collegemsg:5"}


MEMBERS = """
[file]
delimiter = ";"
[[table]]
name = "accounts"
[table.columns]
account_id = { column = "no" }
declared_age = { column = "age" }
role = { column = "rang", values = { membre = "member", "non dit" = "" } }
[[table]]
name = "identifiers"
[table.columns]
account_id = { column = "no" }
kind = { constant = "email" }
value = { column = "courriel" }
"""


def test_words_are_translated_and_kept_and_a_line_without_an_identifier_is_no_reject(tmp_path: Path) -> None:
    case = Case(tmp_path, MEMBERS)
    rows = "no;age;rang;courriel\n1;14;membre;a@a.example\n2;15 ans;Moderator;\n3;16;non dit;\n4;17;chef;\n"
    report = case.ingest(write(tmp_path / "m.csv", rows))
    accounts = case.table("accounts").set_index("account_id")
    assert accounts.role.dropna().to_dict() == {"1": "member", "2": "moderator"}
    assert accounts.declared_age.to_dict() == {"1": 14, "2": 15, "3": 16}
    assert accounts.attributes["1"] == '{"rang":"membre"}'
    assert (report.tables["identifiers"].read, report.tables["identifiers"].rejected) == (1, 0)
    (reject,) = case.rejects
    assert (reject.row, reject.column) == (5, "role")
    assert "a mapping translates others (values)" in reject.hint


def test_contract_words_in_capitals_and_ages_with_their_unit_are_read(tmp_path: Path) -> None:
    ages = ("14 ans", "14 yo", "14 years", "14 Years old", "14ans", "14.0", "14 y/o", "1 an")
    wrong = ("14 mois", "ans", "14 - 15 ans", "140 ans", "14.5 ans")
    rows = "".join(f"{n},{age},MEMBER\n" for n, age in enumerate((*ages, *wrong)))
    folder = tmp_path / "evidence"
    folder.mkdir()
    write(folder / "accounts.csv", f"account_id,declared_age,role\n{rows}")
    case = CaseFolder(tmp_path / "ws", "case")
    ingest([folder], case=case)
    with Lake(case) as lake:
        accounts = lake.table("accounts").to_pyarrow().to_pandas().sort_values("row")
    assert [*accounts.declared_age] == [14] * 7 + [1]
    assert {*accounts.role} == {"member"}
    rejects = [(reject.column, reject.row) for reject in read_rejects(case)]
    assert rejects == [("declared_age", row) for row in range(10, 15)]
