"""When is a file, or a name in a folder, sure to be there after a power cut?"""

import os
from pathlib import Path


def to_disk(path: Path) -> None:
    """Forces a file, or a folder's entries, onto the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
