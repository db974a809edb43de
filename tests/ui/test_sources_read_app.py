"""The Sources screen lists the files that were read; what of several files one tells of another."""

from pathlib import Path

import pytest

from tests.ui.test_app import _closed, at_screen, table, texts
from tests.ui.test_sources_app import keyed, sources_of
from tests.unit.workbench.custody.held_case import opened, without_graph
from workbench.views.models.sources.kept_mappings import kept_mappings
from workbench.views.models.sources.tray import keep_mapping

__all__ = ["_closed"]  # a fixture: what the screens hold open is given back after every test
pytestmark = pytest.mark.embedded


def test_every_file_that_was_read_stands_with_its_whole_hash(workspace: Path) -> None:
    app = at_screen("Sources")
    assert not app.exception
    assert "Files that were read into harbour" in [one.value for one in app.subheader]
    files = table(app, "Full path")
    assert {"messages.csv", "operators.csv"} <= set(files["File"])
    assert (files["SHA-256"].str.len() == 64).all()
    assert int(files.set_index("File")["Rejected"]["messages.csv"]) == 1


def test_whom_one_file_declares_under_age_no_preview_of_another_shows(workspace: Path, tmp_path: Path) -> None:
    (people := tmp_path / "membres.csv").write_text("id_membre;pseudo;age\nU0001;Rivi;13\nU0003;Chat;44\n")
    (visits := tmp_path / "visits.csv").write_text("membre;debut\nU0001;2024-03-12T21:10Z\nU0003;2024-03-12T21:10Z\n")
    app = sources_of(people, visits)
    app.session_state["open_source"] = str(visits)
    shown = table(app.run(), "membre → Account id")["membre → Account id"].tolist()
    assert shown == ["minor ▪▪▪", "U0003"]


def test_of_uploads_nobody_is_asked_whether_the_case_keeps_them(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "rooms.csv"
    path.write_text("room_id\nr\n")
    assert [one for one in sources_of(path).segmented_control if one.key == "received_keep"]
    app = at_screen("Sources")
    app.file_uploader(key="uploads").upload("rooms.csv", b"room_id\nr\n", "text/csv").run()
    assert not app.exception
    assert app.button(key="read")
    assert not [one for one in app.segmented_control if one.key == "received_keep"]


def test_a_folder_of_tables_is_its_files_and_who_lacks_a_column_is_named(workspace: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "dump").mkdir()
    (folder / "salons.csv").write_text("id_salon;nom_salon\nS1;Harbour\nS2;Quay\n")
    (folder / "autres.csv").write_text("col_x;col_y\nS1;Harbour\nS2;Quay\n")
    app = sources_of(folder)
    assert not app.exception
    states = table(app, "State").set_index("File")["State"]
    assert {Path(name).name: state for name, state in states.items()} == {
        "salons.csv": "ready", "autres.csv": "needs a mapping",
    }
    assert app.button(key="read").disabled
    assert "Choose a column for every field that must be filled, in: autres.csv" in texts(app).replace("\\", "")


def test_a_table_of_next_month_is_offered_the_mapping_of_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    march, april = tmp_path / "march.csv", tmp_path / "april.csv"
    march.write_text("moment;de;vers\n01/03/2024 08:16;a;b\n")
    april.write_text("vers;moment;de;zzz\nb;01/04/2024 08:16;a;x\n")
    with opened(tmp_path) as bench, without_graph():
        case = bench.case("quay", create=True)
        text = (
            '[file]\ndelimiter = ";"\n[[table]]\nname = "messages"\n[table.columns]\n'
            'sent_at = { column = "moment", time = "%d/%m/%Y %H:%M" }\nsender_id = { column = "vers" }\n'
            'recipient_id = { column = "de" }\n'
        )
        bench.ingest(case, [march], mapping=keep_mapping(case, text), timezone="UTC")
        (kept,) = kept_mappings(case)
        assert (kept.file, kept.text) == ("march.csv", text)
    app = sources_of(april, case="quay")
    assert not app.exception
    way = keyed(app, "selectbox", "start_")
    assert way.options[0].startswith("As march.csv, read on ")
    assert "vers → Sender" in table(app, "vers → Sender"), "not as it would be proposed"
    other = tmp_path / "other.csv"
    other.write_text("moment;auteur\n01/04/2024 08:16;a\n")
    assert keyed(sources_of(other, case="quay"), "selectbox", "start_").options[0] == "Proposed, to be corrected"


def test_a_mapping_among_the_files_is_called_one(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "march.toml"
    path.write_text('[file]\n[[table]]\nname = "rooms"\n[table.columns]\nroom_id = { column = "r" }\n')
    app = sources_of(path)
    assert "This file is a mapping, no evidence." in texts(app)
    assert app.button(key="read").disabled


def test_day_and_month_are_doubted_only_where_every_value_fits_both_ways(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "letters.csv"
    lines = "moment;de;a\n" + "".join(f"0{day}/03/2024 08:16;x;y\n" for day in range(1, 9)) * 30
    said = "Day and month of “Sent at” may be exchanged: every value fits both ways."
    path.write_text(lines)
    assert said in texts(sources_of(path))
    (rooms := tmp_path / "rooms.csv").write_text("room_id\nr\n")
    listed = table(sources_of(rooms, path), "Taken for").set_index("File")["Reason"]
    assert ["may be exchanged" in reason for reason in listed] == [Path(name) != rooms for name in listed.index]
    path.write_text(f"{lines}13/03/2024 08:16;x;y\n")
    assert "may be exchanged" not in texts(sources_of(path))
