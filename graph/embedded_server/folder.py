"""Where does the embedded engine keep itself?  WORKSPACE/engine: databases, locks, its endpoint and its log."""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from graph.errors import EngineUnavailable
from ingest.runtime.file_lock import locked


@dataclass(frozen=True)
class Endpoint:
    """How to reach a running engine.  It stands in a file that only its owner may read."""

    pid: int
    control_port: int
    token: str
    bolt_port: int
    writer_password: str
    reader_password: str


@dataclass(frozen=True)
class EngineFolder:
    """The layout of ``WORKSPACE/engine``."""

    path: Path

    @property
    def databases(self) -> Path:
        return self.path / "databases"

    @property
    def building(self) -> Path:
        """Bulk loads under way; whatever stands here when an engine starts is what a kill left, and is removed."""
        return self.path / "building"

    @property
    def ready(self) -> Path:
        """Finished bulk loads about to be swapped in."""
        return self.path / "ready"

    @property
    def retired(self) -> Path:
        """Graphs that a swap replaces; moved back if the swap was torn before the new one stood in their place."""
        return self.path / "retired"

    @property
    def damaged(self) -> Path:
        return self.path / "damaged"

    @property
    def config(self) -> Path:
        return self.path / "config"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def endpoint_file(self) -> Path:
        return self.path / "endpoint.json"

    def create(self) -> Self:
        """Make the folders, closed to others; returns itself."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o700)
        for folder in (self.databases, self.building, self.ready, self.retired, self.damaged, self.config, self.log):
            folder.mkdir(mode=0o700, exist_ok=True)
        return self

    def endpoint(self) -> Endpoint | None:
        """The engine that says it runs; None where there is none or its file is torn."""
        try:
            return Endpoint(**json.loads(self.endpoint_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def publish(self, endpoint: Endpoint) -> None:
        """Write the endpoint, mode 0600 from its first byte, by one rename."""
        fresh = self.endpoint_file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(endpoint), file)
        fresh.replace(self.endpoint_file)

    def locked(self, name: str, *, wait_s: float) -> contextlib.AbstractContextManager[None]:
        """Hold ``NAME.lock`` alone among all processes; raises EngineUnavailable when it is not free in time."""
        path = self.path / f"{name}.lock"
        busy = EngineUnavailable(
            "another process holds the embedded engine", where=str(path), fix="wait for it to finish, or end it"
        )
        return locked(path, wait_s=wait_s, busy=busy)
