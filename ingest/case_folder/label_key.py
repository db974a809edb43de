"""By what secret are labels made that stand for people who must not be named?

A label is a keyed hash of an id.  Without a key whoever guesses ids, or has a list of them, would hash them and read
who is meant.  The key is random and of the case: the same label stands for the same person in all that leaves it.
"""

import contextlib
import os
import secrets
from pathlib import Path

from ingest.case_folder.folder import CaseFolder
from ingest.errors import EvidenceDamaged
from ingest.runtime.file_lock import locked
from ingest.runtime.to_disk import to_disk

LABEL_KEY = "labels.key"
"""Name of the file in the case folder: 64 hexadecimal digits."""
_BYTES, _WAIT_S = 32, 30.0


def label_key(case: CaseFolder) -> bytes:
    """The case's key, 32 bytes; made where an older case has none yet.

    EvidenceDamaged where the file holds anything else.  Two processes that make it at once agree on one.
    """
    path = case.path / LABEL_KEY
    with contextlib.suppress(FileNotFoundError):
        return _read(path)
    busy = EvidenceDamaged("another process makes the case's labels", where=str(path), fix="try again in a moment")
    with locked(case.path / "key.lock", wait_s=_WAIT_S, busy=busy):
        if not path.exists():
            draft = path.with_name(f".{LABEL_KEY}.new")
            draft.unlink(missing_ok=True)  # what a killed process left
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(secrets.token_hex(_BYTES) + "\n")
            to_disk(draft)
            draft.replace(path)
            to_disk(case.path)  # lost with a power cut, all labels were others
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (ValueError, PermissionError) as error:
        raise _damaged(path) from error
    if len(key) != _BYTES:
        raise _damaged(path)
    return key


def _damaged(path: Path) -> EvidenceDamaged:
    return EvidenceDamaged(
        "the secret of the case's labels cannot be read", where=str(path),
        fix="bring the file back from a backup; if there is none, remove it: people who must not be named then get "
            "other labels than in earlier exports",
    )
