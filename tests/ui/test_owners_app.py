"""Screens of a company's owners: a person opens on what the person owns."""

from pathlib import Path

import pytest

from tests.ui.conftest import CASE
from tests.ui.test_app import _closed, at_screen, texts

__all__ = ["_closed"]  # a fixture: what the screens hold open is given back after every test
pytestmark = pytest.mark.embedded


def test_a_person_given_as_a_company_opens_on_what_it_owns(workspace: Path) -> None:
    app = at_screen("Company", company=f"{CASE}:p1")
    assert not app.exception
    assert "1 company is held directly" in texts(app)
    assert "No lead names it." in texts(app)
