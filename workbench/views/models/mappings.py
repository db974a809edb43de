"""Which mappings are shipped?  By name, for the choice on screen."""

from importlib.resources import files
from pathlib import Path


def shipped_mappings() -> dict[str, Path]:
    """Name to file of every mapping that comes with the package; empty if there is none."""
    folder = files("ingest") / "mappings"
    if not folder.is_dir():
        return {}
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {entry.name.removesuffix(".toml"): Path(str(entry)) for entry in sorted(found, key=lambda entry: entry.name)}
