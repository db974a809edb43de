"""The Sources screen where many files lie: a folder of several formats, what state each is in, which were tried."""

import json
from pathlib import Path

import pytest

from tests.ui.conftest import CASE
from tests.ui.test_app import _closed, at_screen, table
from tests.ui.test_sources_app import sources_of
from tests.unit.workbench.custody.held_case import opened, without_graph

__all__ = ["_closed"]  # a fixture: what the screens hold open is given back after every test
pytestmark = pytest.mark.embedded
IRC = "[18:00] <ann> hello\n[18:01] <bob> good evening\n"
TELEGRAM = {
    "name": "Harbour", "type": "private_group", "id": 7,
    "messages": [{
        "id": 1, "type": "message", "date": "2024-05-01T18:00:00", "date_unixtime": "1714586400", "from": "cleo",
        "from_id": "user3", "text": "hello",
    }],
}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with an IRC log, a Telegram export and a table of its own columns."""
    (folder := tmp_path / "seized").mkdir()
    (folder / "2024-05-01.log").write_text(IRC)
    (folder / "result.json").write_text(json.dumps(TELEGRAM))
    (folder / "letters.csv").write_text("when;from;to;body\n2024-05-13T18:03Z;a;b;hello\n2024-05-14T18:04Z;b;a;so\n")
    return folder


def test_a_folder_of_several_formats_is_read_by_all_and_names_what_is_left_aside(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    with opened(tmp_path) as bench, without_graph():
        bench.case("quay", create=True)
        app = sources_of(mixed, case="quay")
        app.selectbox(key="timezone").set_value("Europe/Paris").run()
        counts = table(app, "Would be accepted").set_index("Table")["Would be accepted"]
        assert counts["Messages"] == 3, "two lines of the log and one of the export"
        formats = next(box for box in app.selectbox if str(box.key).startswith("format_"))
        assert formats.options[0] == "As recognised: Telegram Desktop export, IRC logs"
        (said,) = [one.value for one in app.warning if "left aside" in one.value]
        assert said.endswith("letters\\.csv")
        next(button for button in app.button if str(button.key).startswith("apart_")).click().run()
        assert not app.exception
        assert len(table(app, "Taken for")) == 3
        assert set(table(app, "Taken for")["State"]) == {"ready"}
        assert not app.button(key="read").disabled


def test_a_file_of_which_rows_are_rejected_says_so_before_and_after_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    (whole := tmp_path / "rooms.csv").write_text("room_id\nr\n")
    (people := tmp_path / "accounts.csv").write_text("account_id,pseudonym,declared_age\na,ann,30\nb,bob,999\n")
    (undated := tmp_path / "noon.log").write_text(IRC)

    def states() -> dict[str, tuple[str, str]]:
        listed = table(sources_of(whole, people, undated, case="quay"), "State", "Reason")
        return {Path(row.File).name: (row.State, row.Reason) for row in listed.itertuples()}

    with opened(tmp_path) as bench, without_graph():
        case = bench.case("quay", create=True)
        before = states()
        assert before["rooms.csv"] == ("ready", "")
        state, reason = before["accounts.csv"]
        assert state == "ready, in part"
        assert reason.startswith("1 row of those looked at is rejected: ")
        state, reason = before["noon.log"]
        assert state == "ready, but without Messages"
        assert reason.startswith("2 rows of those looked at are rejected: ")
        bench.ingest(case, [whole, people])
    after = states()
    assert after["rooms.csv"] == ("already read", "")
    assert after["accounts.csv"][0] == "already read"
    assert after["accounts.csv"][1].startswith("1 row of those looked at is rejected: ")


def test_of_many_files_all_are_tried_when_asked_and_who_was_opened_stays_tried(
    workspace: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / f"result-{number}.json" for number in range(14)]
    for number, path in enumerate(paths):
        path.write_text(json.dumps({**TELEGRAM, "id": number}))
    app = sources_of(*paths)
    states = list(table(app, "Taken for")["State"])
    assert states == ["ready", *["not tried yet"] * 13]
    app.session_state["open_source"] = str(paths[5])
    app.run()
    assert [n for n, state in enumerate(table(app, "Taken for")["State"]) if state == "ready"] == [0, 5]
    app.button(key="look_at_all").click().run()
    assert set(table(app, "Taken for")["State"]) == {"ready"}
    assert not [button for button in app.button if button.key == "look_at_all"]


def test_a_new_case_is_asked_for_where_cases_are_chosen_and_begun_where_files_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILATURE_WORKSPACE", str(tmp_path / "workspace"))
    with opened(tmp_path) as bench, without_graph():
        bench.case("quay", create=True)
    app = at_screen("Case")
    chooser = app.selectbox(key="case")
    assert chooser.options == ["quay", "A new case…"]
    app = chooser.set_value(" new").run()
    assert not app.exception
    assert app.session_state["case"] == "quay"
    assert app.selectbox(key="target_case").value == " new"
    assert app.text_input(key="new_case").value == ""


def test_what_was_begun_as_a_new_case_is_chosen_like_any_other(workspace: Path) -> None:
    app = at_screen("Sources")
    app.selectbox(key="target_case").set_value(" new").run()
    app.text_input(key="new_case").set_value("wharf").run()
    app.session_state["case_begun"] = CASE  # what is set when reading begins
    app.run()
    assert app.selectbox(key="target_case").value == CASE
