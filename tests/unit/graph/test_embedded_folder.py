"""Are the embedded engine's files, locks and messages safe by themselves?"""

import socket
import stat
import threading
from pathlib import Path

import pytest

from graph.embedded import EdgeFile, NodeFile
from graph.embedded_server.folder import Endpoint, EngineFolder
from graph.embedded_server.wire import Wire
from graph.errors import EngineUnavailable, GraphError

ENDPOINT = Endpoint(1, 2, "token", 3, "writer", "reader")


@pytest.fixture
def folder(tmp_path: Path) -> EngineFolder:
    return EngineFolder(tmp_path / "engine").create()


def test_an_endpoint_is_read_back_and_closed_to_others(folder: EngineFolder) -> None:
    folder.publish(ENDPOINT)
    assert folder.endpoint() == ENDPOINT
    assert stat.S_IMODE(folder.endpoint_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "unknown": 2}', "\x00"])
def test_a_torn_endpoint_is_none(folder: EngineFolder, text: str) -> None:
    folder.endpoint_file.write_text(text, encoding="utf-8")
    assert folder.endpoint() is None


def test_a_lock_excludes_and_is_given_back(folder: EngineFolder) -> None:
    with folder.locked("start", wait_s=0.0):
        with pytest.raises(EngineUnavailable, match="another process"), folder.locked("start", wait_s=0.1):
            pass
        with folder.locked("serving", wait_s=0.0):
            pass
    with folder.locked("start", wait_s=0.0):
        pass


@pytest.mark.parametrize("sent", [b"", b"no json\n", b"[1]\n", b'{"torn": ', b"\xff\xfe\n", b"x" * 2_000_000])
def test_what_is_no_message_reads_as_none(sent: bytes) -> None:
    ours, theirs = socket.socketpair()

    def speak() -> None:
        with theirs:
            try:
                theirs.sendall(sent)
            except OSError:
                return  # the reader has hung up on us, as it should

    speaker = threading.Thread(target=speak)
    speaker.start()
    with Wire(ours) as wire:
        assert wire.receive(timeout_s=5.0) is None
    speaker.join()


def test_silence_reads_as_none_after_the_timeout() -> None:
    ours, theirs = socket.socketpair()
    with theirs, Wire(ours) as wire:
        assert wire.receive(timeout_s=0.05) is None


def test_messages_arrive_in_order() -> None:
    ours, theirs = socket.socketpair()
    with Wire(ours) as wire, Wire(theirs) as other:
        wire.send({"op": "open", "case": "\u202e☃"})
        wire.send({"op": "drop"})
        assert other.receive(timeout_s=5.0) == {"op": "open", "case": "\u202e☃"}
        assert other.receive(timeout_s=5.0) == {"op": "drop"}


def test_a_bulk_file_names_only_what_the_schema_has(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    node, edge = NodeFile("Account", path), EdgeFile("OWNS", "Person", "Company", path)
    assert NodeFile.from_dict(node.to_dict()) == node
    assert EdgeFile.from_dict(edge.to_dict()) == edge
    with pytest.raises(GraphError, match="Nobody"):
        NodeFile("Nobody", path)
    with pytest.raises(GraphError, match="OWNS"):
        EdgeFile("OWNS", "Company", "Person", path)
    with pytest.raises(GraphError, match="KNOWS"):
        EdgeFile("KNOWS", "Account", "Account", path)
