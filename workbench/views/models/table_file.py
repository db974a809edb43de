"""A table of a screen as the sheet of a file; an empty cell is an absent value, as in the other table formats."""

import pandas as pd

from workbench.exports.tables.columns import Cell, Sheet


def frame_sheet(frame: pd.DataFrame) -> Sheet:
    """The rows of a table that was made for a file: whole, nothing cut for want of room."""
    rows = frame.to_dict("split")["data"]
    return Sheet("table", dict.fromkeys(map(str, frame.columns), "text"), (tuple(map(_cell, row)) for row in rows))


def _cell(value: object) -> Cell:
    if value is None or value == "" or value != value:  # what pandas has where nothing is equals nothing
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)
