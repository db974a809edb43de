"""Settings are read once, options before environment, and every fault is told at once."""

from pathlib import Path

import pytest

from workbench.errors import SettingsInvalid
from workbench.settings import Settings


def test_options_win_over_the_environment(tmp_path: Path) -> None:
    environ = {"FILATURE_WORKSPACE": "/elsewhere", "FILATURE_USER": "ada", "FILATURE_GRAPH": "bolt://one:7687"}
    settings = Settings.load(environ, workspace=str(tmp_path), graph="neo4j://two:7687/cases")
    assert (settings.workspace, settings.graph_url, settings.user) == (tmp_path, "neo4j://two:7687/cases", "ada")


def test_an_empty_variable_counts_as_absent() -> None:
    settings = Settings.load({"FILATURE_GRAPH": "", "FILATURE_WORKSPACE": ""})
    assert settings.graph_url is None
    assert settings.workspace.name == "filature-workspace"
    assert settings.workspace.is_absolute()


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    environ = {"FILATURE_GRAPH": "http://x", "FILATURE_DATABASE": "oracle://x", "FILATURE_USER": "a\x1b[2J"}
    with pytest.raises(SettingsInvalid) as caught:
        Settings.load(environ, workspace=str(file))
    for word in ("is not a folder", "bolt://host:port", "FILATURE_DATABASE", "FILATURE_USER"):
        assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_casework_defaults_to_sqlite_in_the_workspace(tmp_path: Path) -> None:
    assert Settings.load({}, workspace=str(tmp_path)).casework_url == f"sqlite:///{tmp_path / 'filature.db'}"
    given = Settings.load({"FILATURE_DATABASE": "postgresql+psycopg://h/d"}, workspace=str(tmp_path))
    assert given.casework_url == "postgresql+psycopg://h/d"


def test_the_spark_master_is_local_unless_named_and_of_a_known_form() -> None:
    assert Settings.load({}).spark_master == "local[*]"
    assert Settings.load({"FILATURE_SPARK_MASTER": "spark://127.0.0.1:7077"}).spark_master == "spark://127.0.0.1:7077"
    with pytest.raises(SettingsInvalid, match="FILATURE_SPARK_MASTER"):
        Settings.load({"FILATURE_SPARK_MASTER": "http://127.0.0.1:7077"})
