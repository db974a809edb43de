"""Which code made a kept platform?  Those of other code are made anew."""

import hashlib
from collections.abc import Collection
from pathlib import Path


def sources(package: Path, *, beside: Collection[str] = (), settings: str = "") -> str:
    """A short name of what a package's modules hold, and its ``settings``; but for its command and those ``beside``
    what makes platforms."""
    digest = hashlib.sha256(settings.encode())
    for source in sorted(package.glob("*.py")):
        if source.stem not in ("__main__", *beside):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:10]
