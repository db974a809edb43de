"""The Sources screen lists the files that were read into the case."""

from pathlib import Path

import pytest

from tests.ui.test_app import _closed, at_screen, table

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
