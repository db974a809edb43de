"""How does a test run a notebook?  Its code cells one after the other, in one namespace, as a kernel would."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "notebooks"


def run_notebook(name: str) -> dict[str, Any]:
    """What its cells leave behind, by name; what a cell raises says which cell."""
    cells = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    left: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"{name}, cell {number}", "exec"), left)
    return left
