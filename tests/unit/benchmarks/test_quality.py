"""The quality command goes on after a platform that its maker cannot make, and says so."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.benchmarks import quality
from tests.benchmarks.measured import Measured


def measured_but_the_second(maker: str, setting: str, seed: int, **_: Any) -> Measured:
    if seed == 2:
        raise IndexError("nobody is left to plant with")
    return Measured(maker, setting, seed, 10, planted=False, seconds=0.1, leads=(), sought=())


def test_a_platform_that_cannot_be_made_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.jsonl"
    monkeypatch.setattr(quality, "measure", measured_but_the_second)
    monkeypatch.setattr(quality, "MAKERS", {"toy": SimpleNamespace(settings=("plain",), empty=())})
    monkeypatch.setattr(sys, "argv", ["quality", "--makers", "toy", "--seeds", "1-3", "--results", str(results)])
    assert quality.main() == 1
    printed = capsys.readouterr().out
    assert "toy plain 2: not measured, IndexError('nobody is left to plant with')" in printed
    assert "not measured: toy plain 2" in printed
    assert [json.loads(line)["seed"] for line in results.read_text().splitlines()] == [1, 3]
