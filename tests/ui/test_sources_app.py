"""The Sources screen in process: what files are taken for, what is corrected, what is asked, what stays masked."""

import gzip
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import CASE
from tests.ui.test_app import _closed, at_screen, table, texts
from tests.unit.workbench.custody.held_case import opened, without_graph
from tests.unit.workbench.hostile import HOSTILE

__all__ = ["_closed"]  # a fixture: what the screens hold open is given back after every test
pytestmark = pytest.mark.embedded


def test_the_sources_screen_lists_the_rejected_row_with_its_reason(workspace: Path) -> None:
    app = at_screen("Sources")
    groups = table(app, "How to fix it")
    assert groups.iloc[0].tolist()[:3] == [1, "Messages", "Sent at: is no time"]
    rejects = table(app, "Original text")
    assert rejects["Original text"].str.contains("29 February 2023").all()
    assert list(rejects["Reason"]) == ["Sent at: is no time"]
    app.text_input(key="reject_filter").set_value("no such thing").run()
    assert len(table(app, "Original text")) == 0


def test_a_source_that_cannot_be_read_is_a_sentence(workspace: Path) -> None:
    app = sources_of("/nowhere/at/all.csv")
    assert not app.exception
    assert "cannot be read" in app.error[0].value
    assert app.button(key="read").disabled


def sources_of(*paths: object, **address: str) -> AppTest:
    """The Sources screen with these files of the machine chosen."""
    app = at_screen("Sources", **address)
    app.segmented_control(key="where").set_value("machine").run()
    return app.text_area(key="paths").set_value("\n".join(map(str, paths))).run()


def keyed(app: AppTest, kind: str, part: str) -> Any:
    """The one widget of a kind whose key holds ``part``."""
    return next(widget for widget in getattr(app, kind) if part in str(widget.key))


def test_a_table_is_recognised_and_its_mapping_corrected_with_a_count(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text("when;from;to;who\n2024-05-13 18:03Z;a;b;ann\n2024-05-14 18:04Z;b;a;\n2024-05-32 18:04Z;b;a;cy\n")
    app = sources_of(path)
    assert not app.exception
    assert table(app, "Would be accepted").iloc[0].tolist() == ["Messages", 3, 2, 1, 0]
    assert "when → Sent at" in table(app, "when → Sent at")
    sender = keyed(app, "selectbox", "_sender_id")
    assert sender.value == "from"
    sender.set_value("who").run()
    assert table(app, "Would be accepted").iloc[0].tolist() == ["Messages", 3, 1, 2, 0], "one row has no such name"
    keyed(app, "selectbox", "_sender_id").set_value("").run()
    assert app.button(key="read").disabled
    assert "Choose a column for every field that must be filled." in texts(app)
    keyed(app, "selectbox", "_sender_id").set_value("from").run()
    assert not app.button(key="read").disabled


def test_a_database_on_a_server_asks_for_address_and_mapping_and_shows_no_password(workspace: Path) -> None:
    app = at_screen("Sources")
    app.segmented_control(key="where").set_value("server").run()
    assert app.button(key="read").disabled
    assert "Give the address and choose the mapping." in texts(app)
    options = app.selectbox(key="database_mapping").options
    assert {"mattermost", "prosody", "A mapping of your own (TOML)"} <= set(options)
    app.text_input(key="database_password_0").set_value("tide-9")
    app.text_input(key="database_address").set_value("sqlite:///chat.db")
    app.selectbox(key="database_mapping").set_value("mattermost").run()
    assert [error.value for error in app.error if "is no address of a database" in error.value]
    assert app.button(key="read").disabled
    app.text_input(key="database_address").set_value("postgresql://reader@127.0.0.1:1/chat").run()
    assert not app.exception
    assert not app.button(key="read").disabled
    assert "tide-9" not in texts(app)


def test_a_log_is_not_read_before_its_zone_is_asked(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "2024-05-01.log"
    path.write_text("[18:00] <a> hi\n[18:01] <b> so\n")
    app = sources_of(path)
    assert "2 rows state times without their zone" in app.warning[0].value
    assert app.button(key="read").disabled
    app.selectbox(key="timezone").set_value("Europe/Paris").run()
    assert not app.warning
    assert not app.button(key="read").disabled
    accepted = table(app, "Would be accepted").set_index("Table")["Would be accepted"]
    assert accepted["Messages"] == 2
    path.with_name("rooms.csv").write_text("room_id\nr\n")
    assert not sources_of(path.with_name("rooms.csv")).warning, "nothing there needs a zone"


def test_one_zone_for_several_files_says_for_which(workspace: Path, tmp_path: Path) -> None:
    for name in ("2024-05-01.log", "2024-05-02.log"):
        (tmp_path / name).write_text("[18:00] <a> hi\n[18:01] <b> so\n")
    (tmp_path / "rooms.csv").write_text("room_id\nr\n")
    app = sources_of(tmp_path / "rooms.csv", tmp_path / "2024-05-01.log", tmp_path / "2024-05-02.log")
    assert "4 rows state times without their zone" in app.warning[0].value
    assert "One zone is taken for all of: 2024-05-01.log, 2024-05-02.log." in texts(app)


def test_a_name_that_no_case_may_have_is_refused_beside_its_field(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "rooms.csv"
    path.write_text("room_id\nr\n")
    app = sources_of(path)
    app.selectbox(key="target_case").set_value(app.selectbox(key="target_case").options[-1]).run()
    for name, said in (("été2024", "is 1 to 63 characters"), (CASE, "There is a case of that name")):
        app.text_input(key="new_case").set_value(name).run()
        assert [error.value for error in app.error if said in error.value] == [app.error[0].value]
        assert len(app.error) == 1, "the file has no fault"
        assert "Name the case first." in texts(app)
        assert app.button(key="read").disabled
    app.session_state["case_begun"] = CASE  # what is set where that field began the case
    assert not app.run().error


def test_where_files_go_into_another_case_the_lists_below_say_of_which_they_are(workspace: Path) -> None:
    app, told = at_screen("Sources"), f"that are listed below are those of {CASE}, the chosen case."
    assert told not in texts(app)
    app.selectbox(key="target_case").set_value(app.selectbox(key="target_case").options[-1]).run()
    assert told in texts(app)


def test_a_database_of_no_known_layout_names_its_tables_and_takes_a_mapping(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE TABLE said (n INTEGER PRIMARY KEY, at TEXT, who TEXT, chan TEXT)")
        base.execute("INSERT INTO said VALUES (1, '2024-05-01T18:00:00Z', 'a', 'r'), (2, 'soon', 'b', 'r')")
    app = sources_of(path)
    assert "of the tables said" in app.error[0].value
    assert "choose under Mapping a file of yours" in app.error[0].value
    layout = keyed(app, "selectbox", "layout_")
    app.session_state[str(layout.key).replace("layout_", "own_text_")] = (
        b'[database]\ntables = ["said"]\n[[table]]\nname = "messages"\nkey = "n"\nquery = "SELECT * FROM said"\n'
        b'[table.columns]\nsent_at = { column = "at" }\nsender_id = { column = "who" }\nroom_id = { column = "chan" }\n'
    )
    layout.set_value(layout.options[-1]).run()
    assert not app.exception
    assert not app.error
    assert table(app, "Would be accepted").iloc[0].tolist() == ["Messages", 2, 1, 1, 0]


def test_json_lines_are_mapped_field_by_field(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text('{"when": "2024-05-13T18:03:00Z", "by": {"name": "a"}, "room": "r", "body": "so, so"}\n')
    app = sources_of(path)
    keyed(app, "selectbox", "table_").set_value("messages").run()
    keyed(app, "selectbox", "_sender_id").set_value("by_name").run()
    assert not app.exception
    assert table(app, "Would be accepted").iloc[0].tolist()[1:] == [1, 1, 0, 0]


def test_a_file_that_was_read_otherwise_before_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    path = tmp_path / "2024-05-01.log"
    path.write_text("[18:00] <a> hi\n[18:01] <b> so\n")
    with opened(tmp_path) as bench, without_graph():
        bench.ingest(bench.case("quay", create=True), [path], timezone="UTC")
    app = sources_of(path, case="quay")
    app.selectbox(key="timezone").set_value("UTC").run()
    assert not app.warning
    app.selectbox(key="timezone").set_value("Europe/Paris").run()
    assert "2 rows that the case has of 2024-05-01.log already come out otherwise now" in app.warning[0].value


def test_nothing_of_the_command_line_stands_on_the_sources_screen(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "messages.csv").write_text("sent_at,sender_id,room_id\n2024-05-01 18:00,a,r\nsoon,a,r\n")
    (tmp_path / "odd.txt").write_text("nothing like a table\n")
    (tmp_path / "torn.parquet").write_bytes(b"PAR1")
    (tmp_path / "accounts.parquet").write_bytes(b"PAR1 and nothing more")
    for language in ("en", "fr"):
        for path in sorted(tmp_path.iterdir()):
            app = sources_of(path, language=language)
            assert not app.exception
            shown = texts(app) + " ".join(frame.value.to_string() for frame in app.dataframe)
            shown += " ".join(item.value for item in app.error)
            assert not re.search(r"--[a-z]", shown), path.name


def test_hostile_names_and_cells_are_text(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "![x](http:example.net) <b>\u202e.csv"
    path.write_text("who](x),when,room\n" + "".join(f'"{name}",1714579384,r\n' for name in HOSTILE if '"' not in name))
    app = sources_of(path)
    assert not app.exception
    assert not any("![x](http" in item.value for item in app.markdown)


def test_minors_of_the_case_stay_masked_in_what_is_looked_at(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "chat.csv"
    path.write_text("sent_at,sender_id,recipient_id,text\n1714579384,hub,m0,little_m0 said so\nsoon,m1,hub,x\n")
    app = sources_of(path)
    shown = " ".join(frame.value.to_string() for frame in app.dataframe)
    assert "soon" not in shown or "m1" not in shown
    assert "little_m0" not in shown
    assert "hub" in shown


def test_what_goes_to_another_case_is_not_masked_by_the_minors_of_the_open_one(
    workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "chat.csv"
    path.write_text("sent_at,sender_id,recipient_id,text\n1714579384,hub,oak,little_m0\n")
    app = sources_of(path)
    assert "little_m0" not in " ".join(frame.value.to_string() for frame in app.dataframe)
    app.selectbox(key="target_case").set_value(app.selectbox(key="target_case").options[-1]).run()
    app.text_input(key="new_case").set_value("quay").run()
    assert not app.exception
    assert "little_m0" in " ".join(frame.value.to_string() for frame in app.dataframe)


def test_of_several_files_the_list_says_which_cannot_be_read_and_why(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "2024-05-01.log").write_text("[18:00] <a> hi\n[18:01] <b> so\n")
    (tmp_path / "torn.csv.gz").write_bytes(gzip.compress(b"room_id\n" + b"r\n" * 4_000)[:-12])
    (tmp_path / "rooms.csv").write_text("room_id\nr\n")
    app = sources_of(*(tmp_path / name for name in ("rooms.csv", "2024-05-01.log", "torn.csv.gz")))
    assert not app.exception
    listed = table(app, "Taken for").set_index("File")
    assert {Path(name).name: state for name, state in listed["State"].items()} == {
        "rooms.csv": "ready", "2024-05-01.log": "needs a time zone", "torn.csv.gz": "cannot be read",
    }
    assert listed["Reason"].iloc[0], "what stands in the way comes first"
    assert "Correct or leave out what cannot be read: torn.csv.gz" in texts(app).replace("\\", "")
    app.selectbox(key="timezone").set_value("Europe/Paris").run()
    assert list(table(app, "Taken for")["State"]) == ["cannot be read", "ready", "ready"]
    read_before = sources_of(tmp_path / "rooms.csv", Path(str(workspace)).parent / "none.csv")
    assert list(table(read_before, "Taken for")["State"]) == ["cannot be read", "ready"]


def test_of_a_file_handed_in_twice_the_trial_counts_the_rows_once(workspace: Path, tmp_path: Path) -> None:
    one, two = (tmp_path / name / "rooms.csv" for name in ("one", "two"))
    for path in (one, two):
        path.parent.mkdir()
        path.write_text("room_id\n" + "".join(f"room-{number}\n" for number in range(1_200)))
    app = sources_of(one, two)
    assert list(table(app, "Taken for")["State"]) == ["ready", "handed in twice"]
    assert table(app, "Would be accepted").iloc[0].tolist() == ["Rooms", 1200, 1200, 0, 0]
    shown = next(frame for frame in app.dataframe if "Would be accepted" in frame.value.columns)
    assert b"1,200" in shown.proto.arrow_data.styler.display_values
    app.session_state["open_source"] = str(two)
    app.run()
    assert table(app, "Would be accepted").iloc[0].tolist() == ["Rooms", 1200, 0, 0, 1200]
    assert "The same bytes as rooms.csv" in texts(app).replace("\\", "")


def test_a_reading_that_ended_with_the_server_is_said_until_it_is_put_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as bench:
        case = bench.case("quay", create=True)
    mark = case.path / "reading" / "1.json"
    mark.parent.mkdir()
    mark.write_text('{"at": "2024-05-01T18:00:00+00:00", "by": "ann", "files": ["/in/messages.csv"]}')
    monkeypatch.setenv("FILATURE_WORKSPACE", str(case.workspace))
    app = at_screen("Sources")
    assert "Reading was cut off: messages.csv" in app.warning[0].value.replace("\\", "")
    app.button(key="cut_off_close").click().run()
    assert not app.warning
    assert not mark.exists()


def test_a_folder_that_was_read_promises_no_rows_a_second_time_and_a_fault_says_of_which_table_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    folder = tmp_path / "extra"
    folder.mkdir()
    (folder / "accounts.csv").write_text("account_id,pseudonym,declared_age\na,ann,30\nb,bob,999\n")
    (folder / "messages.csv").write_text(
        "message_id,sent_at,sender_id,recipient_id,room_id,text\nm1,2024-05-01T10:00:00Z,a,b,,hello\n"
        "m2,2024-02-30T10:00:00Z,a,b,,hello\n"
    )
    with opened(tmp_path) as bench, without_graph():
        case = bench.case("quay", create=True)
        app = sources_of(folder, case="quay")
        assert [row[:4] for row in table(app, "Would be accepted").to_numpy().tolist()] == [
            ["Accounts", 2, 1, 1], ["Messages", 2, 1, 1]
        ]
        assert sorted(table(app, "First row")["Table"]) == ["Accounts", "Messages"]
        assert "adds nothing" not in texts(app)
        bench.ingest(case, [folder])
    app = sources_of(folder, case="quay")
    assert [row[1:] for row in table(app, "Would be accepted").to_numpy().tolist()] == [[2, 0, 1, 1], [2, 0, 1, 1]]
    assert "The case has every row of it that can be read: reading it again adds nothing." in texts(app)


def test_a_second_download_of_a_chat_is_told_and_read_as_another_only_where_somebody_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    (path := tmp_path / "harbour.txt").write_text("13/05/2024, 18:03 - Wolf: hi\n13/05/2024, 18:04 - Kid: hello\n")
    (again := tmp_path / "harbour (1).txt").write_bytes(path.read_bytes())
    with opened(tmp_path) as bench, without_graph():
        bench.ingest(bench.case("quay", create=True), [path], timezone="UTC")
    app = sources_of(again, case="quay")
    app.selectbox(key="timezone").set_value("UTC").run()
    assert "The same bytes as harbour.txt, which was read into the case on" in texts(app).replace("\\", "")
    accepted = table(app, "Would be accepted").set_index("Table")
    assert (accepted.loc["Messages", "Would be accepted"], accepted.loc["Messages", "Duplicate"]) == (0, 2)
    keyed(app, "checkbox", "as_named_").check().run()
    accepted = table(app, "Would be accepted").set_index("Table")
    assert (accepted.loc["Messages", "Would be accepted"], accepted.loc["Messages", "Duplicate"]) == (2, 0)
