"""What did the server send to a page?  Every text of every message: cells of tables, labels, keys of widgets, data."""

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from google.protobuf.message import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Received:
    """Gathers the frames of a page's web sockets from the moment it is made until it is closed."""

    def __init__(self, page: Any) -> None:
        self._page, self._frames = page, list[bytes]()
        page.on("websocket", self._listen)

    def close(self) -> None:
        self._page.remove_listener("websocket", self._listen)

    def forget(self) -> None:
        """What came until now was looked at."""
        self._frames.clear()

    def _listen(self, socket: Any) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, payload: bytes | str) -> None:
        self._frames.append(payload if isinstance(payload, bytes) else payload.encode())

    def texts(self) -> set[str]:
        """The texts of what came until now."""
        found: set[str] = set()
        for frame in self._frames:
            message = ForwardMsg()
            message.ParseFromString(frame)
            found.update(_texts(message))
        return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield from _cells(value)
    elif isinstance(value, Message):
        for _field, item in value.ListFields():
            yield from _texts(item)
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif hasattr(value, "__iter__"):
        for item in value:
            yield from _texts(item)


def _cells(data: bytes) -> Iterator[str]:
    try:
        table = pa.ipc.open_stream(data).read_all()
    except pa.ArrowInvalid:
        yield from _plain(data)
        return
    yield from table.column_names
    for column in table.columns:
        yield from (str(cell) for cell in column.to_pylist() if cell is not None)


def _plain(data: bytes) -> Iterator[str]:
    text = data.decode("utf-8", "replace")
    try:
        yield from _texts(json.loads(text))
    except ValueError:
        yield text
