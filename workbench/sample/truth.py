"""What was planted in a synthetic platform, and which look-alikes live beside it?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLANTED = ("hub", "ambush", "convergence", "recruitment", "extortion", "shell", "owner")
PLANTED_ON_REQUEST = ("room",)
"""Planted only in worlds that ask for it."""


@dataclass(frozen=True)
class Group:
    """One planted group or one group of look-alikes.

    ``kind`` is a finding's kind for what was planted (``PLANTED``, ``PLANTED_ON_REQUEST``), else the look-alike's own
    name.  ``members`` and
    ``targets`` are full ids; ``style`` names the variant; ``details`` holds plain JSON values.
    """

    kind: str
    members: tuple[str, ...]
    targets: tuple[str, ...] = ()
    style: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def planted(self) -> bool:
        return self.kind in (*PLANTED, *PLANTED_ON_REQUEST)


@dataclass(frozen=True)
class Truth:
    """The answer sheet of one synthetic platform.

    ``sizes`` counts the rows written per table; ``minors`` are the accounts whose person is under 18, whatever they
    declare.  Groups of companies and persons carry the prefix of ``case``, all others that of ``platform``.
    """

    platform: str
    case: str
    seed: int
    groups: tuple[Group, ...]
    minors: tuple[str, ...]
    sizes: Mapping[str, int]

    def of(self, kind: str) -> tuple[Group, ...]:
        """The groups of one kind, in the order planted."""
        return tuple(group for group in self.groups if group.kind == kind)

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted({group.kind for group in self.groups}))

    @property
    def hubs(self) -> tuple[str, ...]:
        """Full ids of the planted hubs, sorted."""
        return tuple(sorted({member for group in self.of("hub") for member in group.members}))

    @property
    def seekers(self) -> frozenset[str]:
        """Every planted account that approaches minors (hubs, crews, extorters, in rooms): no false alarm as a hub."""
        kinds = ("hub", "ambush", "convergence", "extortion")
        named = {member for group in self.groups if group.kind in kinds for member in group.members}
        return frozenset(named.union(*(group.details["adults"] for group in self.of("room"))))

    @property
    def crews(self) -> tuple[Group, ...]:
        return self.of("ambush")

    @property
    def rings(self) -> tuple[Group, ...]:
        return self.of("shell")

    @property
    def owners(self) -> tuple[Group, ...]:
        return self.of("owner")

    @property
    def look_alikes(self) -> Mapping[str, tuple[Group, ...]]:
        """Benign groups by kind."""
        return {kind: self.of(kind) for kind in self.kinds if not self.of(kind)[0].planted}

    def to_json(self) -> str:
        body = {
            "platform": self.platform,
            "case": self.case,
            "seed": self.seed,
            "sizes": dict(self.sizes),
            "groups": [
                {
                    "kind": group.kind,
                    "planted": group.planted,
                    "style": group.style,
                    "members": list(group.members),
                    "targets": list(group.targets),
                    "details": dict(group.details),
                }
                for group in self.groups
            ],
            "minors": list(self.minors),
        }
        return json.dumps(body, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def read(cls, path: Path) -> "Truth":
        """The truth written by ``generate``."""
        body = json.loads(path.read_text(encoding="utf-8"))
        groups = tuple(
            Group(item["kind"], tuple(item["members"]), tuple(item["targets"]), item["style"], item["details"])
            for item in body["groups"]
        )
        return cls(body["platform"], body["case"], body["seed"], groups, tuple(body["minors"]), body["sizes"])
