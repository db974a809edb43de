"""Which real messages does a platform stand on?  CollegeMsg and the Ubuntu IRC logs, read once and kept outside.

People become numbers at once and texts are thrown away: what is kept is who wrote when and, in the channel, to whom.
The parsed arrays lie under the system's temporary folder, so that a platform is made in seconds.
"""

import hashlib
import io
import os
import re
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.real_data import real_data

DAY = 86400.0
MINUTE = 60.0
_VERSION = "3"
_LINE = re.compile(r"^\[(\d\d):(\d\d)\] <([^>]+)> (.*)$")
_ADDRESSED = re.compile(r"^@?([^\s:,]+)[:,](?:\s|$)")
_GOES_ON = 3 * MINUTE  # a line within that time of one addressed to somebody goes on speaking to him


@dataclass(frozen=True)
class Backbone:
    """Messages by time: ``at`` seconds from 0, ``sender``, ``recipient`` (-1: nobody in particular), people 0..count-1.

    ``channel`` says whether a message was written in public; ``bot`` names people who are programs.
    """

    at: NDArray[np.float64]
    sender: NDArray[np.int64]
    recipient: NDArray[np.int64]
    channel: NDArray[np.bool_]
    count: int
    bot: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not len(self.at) == len(self.sender) == len(self.recipient) == len(self.channel):
            raise ValueError("a backbone's columns differ in length")
        if len(self.at) and int(max(self.sender.max(), self.recipient.max())) >= self.count:
            raise ValueError(f"a backbone of {self.count} people names a higher number")

    @property
    def span(self) -> float:
        return float(self.at[-1]) + 1.0 if len(self.at) else 0.0

    def only(self, keep: NDArray[np.bool_]) -> "Backbone":
        """The messages of that mask, people renumbered in the order of their numbers, time from the first message."""
        people = np.unique(np.concatenate([self.sender[keep], self.recipient[keep][self.recipient[keep] >= 0]]))
        number = np.full(self.count + 1, -1, dtype=np.int64)
        number[people] = np.arange(len(people))
        week = 7 * DAY
        first = np.floor(self.at[keep].min() / week) * week if keep.any() else 0.0
        return Backbone(
            self.at[keep] - first, number[self.sender[keep]], number[self.recipient[keep]], self.channel[keep],
            len(people), frozenset(int(number[b]) for b in self.bot if number[b] >= 0),
        )


def college() -> Backbone:
    """CollegeMsg: 59,835 private messages among 1,899 students over 193 days; the hours of the day are theirs."""
    return _kept("college", real_data("CollegeMsg.txt"), _read_college)


def irc() -> Backbone:
    """Ubuntu IRC: 86 logged days set one after another; addressed lines have a recipient, all are public."""
    return _kept("irc", real_data("ubuntu-irc.tar.gz"), _read_irc)


def _read_college(file: Path) -> Backbone:
    table = np.array([
        [int(cell) for cell in line.split()]
        for line in file.read_text(encoding="utf-8").splitlines() if line[:1].isdigit()
    ], dtype=np.int64)
    table = table[np.argsort(table[:, 2], kind="stable")]
    people = np.unique(table[:, :2])
    at = table[:, 2] - table[0, 2] // 86400 * 86400 + 3 * 86400  # it begins on a Thursday
    return Backbone(
        at.astype(np.float64), np.searchsorted(people, table[:, 0]), np.searchsorted(people, table[:, 1]),
        np.zeros(len(table), dtype=np.bool_), len(people),
    )


def _read_irc(file: Path) -> Backbone:
    """Lines of a minute are spread over it in their order; ``nick_`` and ``nick|away`` are ``nick``."""
    spoken: list[tuple[float, str, str]] = []
    with tarfile.open(file) as archive:
        logs = sorted((m for m in archive.getmembers() if m.isfile()), key=lambda member: member.name)
        for day, member in enumerate(logs):
            data = archive.extractfile(member)
            assert data is not None
            by_minute: dict[int, list[tuple[str, str]]] = {}
            for line in io.TextIOWrapper(data, encoding="utf-8", errors="replace"):
                found = _LINE.match(line)
                if found:
                    minute = int(found[1]) * 60 + int(found[2])
                    by_minute.setdefault(minute, []).append((_nick(found[3]), found[4]))
            for minute, lines in sorted(by_minute.items()):
                for k, (nick, text) in enumerate(lines):
                    spoken.append((day * DAY + minute * MINUTE + MINUTE * k / len(lines), nick, text))
    nicks = sorted({nick for _, nick, _ in spoken})
    number = {nick: k for k, nick in enumerate(nicks)}
    recipient = np.full(len(spoken), -1, dtype=np.int64)
    speaking_to: dict[str, tuple[float, int]] = {}
    for k, (at, nick, text) in enumerate(spoken):
        found = _ADDRESSED.match(text)
        other = number.get(_nick(found[1]), -1) if found else -1
        if other >= 0 and other != number[nick]:
            recipient[k] = other
            speaking_to[nick] = (at, other)
        elif nick in speaking_to and at - speaking_to[nick][0] <= _GOES_ON:
            recipient[k] = speaking_to[nick][1]
    return Backbone(
        np.array([at for at, _, _ in spoken]), np.array([number[nick] for _, nick, _ in spoken]), recipient,
        np.ones(len(spoken), dtype=np.bool_), len(nicks),
        frozenset(number[b] for b in ("ubottu", "ubotu", "ubotwo") if b in number),
    )


def _nick(text: str) -> str:
    name = text.lower().split("|")[0].rstrip("_`^")
    return name or text.lower()


def _kept(name: str, source: Path, read: Callable[[Path], Backbone]) -> Backbone:
    """The parsed backbone from the temporary folder, read anew where the source differs."""
    stat = source.stat()
    digest = hashlib.sha256(f"{_VERSION} {source.name} {stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:12]
    home = Path(tempfile.gettempdir()) / "filature-backbones"
    file = home / f"{name}-{digest}.npz"
    if not file.exists():
        made = read(source)
        home.mkdir(parents=True, exist_ok=True)
        scratch = home / f"{name}-{digest}-{os.getpid()}.npz"
        np.savez_compressed(
            scratch, at=made.at, sender=made.sender, recipient=made.recipient, channel=made.channel,
            count=made.count, bot=np.array(sorted(made.bot), dtype=np.int64),
        )
        scratch.replace(file)
    with np.load(file) as kept:
        return Backbone(
            kept["at"], kept["sender"], kept["recipient"], kept["channel"], int(kept["count"]),
            frozenset(int(b) for b in kept["bot"]),
        )
