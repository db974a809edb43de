"""From real chat logs to leads, by the command line alone: a second reading adds nothing, every cited line opens."""

import tarfile
from pathlib import Path

import pytest

from tests.contract.shell import Shell, opens_every_record
from tests.real_data import real_data


@pytest.mark.embedded
@pytest.mark.timeout(900)
def test_irc_logs(embedded_shell: Shell, tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    with tarfile.open(real_data("ubuntu-irc.tar.gz")) as archive:
        days = sorted((one for one in archive.getmembers() if one.isfile()), key=lambda one: one.name)
        archive.extractall(logs, days[::4], filter="data")
    arguments = (str(logs), "--format", "irc", "--timezone", "UTC", "--case", "irc")
    first, second = embedded_shell.report(*arguments), embedded_shell.report(*arguments)
    assert first["messages"]["accepted"] > 7_000
    assert {name: counts["accepted"] for name, counts in second.items()} == dict.fromkeys(second, 0)
    assert {name: counts["read"] for name, counts in second.items()} == {
        name: counts["read"] for name, counts in first.items()
    }
    assert opens_every_record(embedded_shell.workspace, "irc", embedded_shell.findings("irc")) > 0
