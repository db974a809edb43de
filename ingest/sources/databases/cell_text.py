"""How does a database's value become the text of evidence?  The same for a file of SQLite, a dump and a server."""

import datetime


def cell_text(value: object) -> str | None:
    """Numbers with all digits, bytes as text where they are UTF-8, else in hexadecimal, times as ISO 8601."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value.hex()
    return value.isoformat(sep=" ") if isinstance(value, datetime.datetime) else str(value)
