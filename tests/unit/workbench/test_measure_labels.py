"""French labels of the measures that findings have."""

import ast
from pathlib import Path

from workbench.measure_labels import FRENCH, label

DETECT = Path(__file__).resolve().parents[3] / "graph" / "detect"


def named() -> set[str]:
    """The measures that are written out where reasons and counter-evidence are made."""
    found = set()
    for path in DETECT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in ("Reason", "CounterEvidence") and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_every_measure_of_a_detection_has_a_french_label() -> None:
    assert len(named()) > 50
    assert sorted(named() - set(FRENCH)) == []


def test_a_measure_without_a_label_keeps_its_name_and_values_are_told_by_kind() -> None:
    assert label("role", "fr") == "rôle"
    assert label("role", "en") == "role"
    assert label("something new", "fr") == "something new"
    assert label("same device", "fr") == "valeur commune : appareil"
    assert label("same badge", "fr") == "valeur commune : badge"
    assert label("different declared ages", "fr") == "âges déclarés différents"
