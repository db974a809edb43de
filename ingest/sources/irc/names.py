"""What does the name of an IRC log tell?  Its date, the channel or person it was written for, and the network."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

CHANNEL_MARKS = "#&+!"
_DATE = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_ENDINGS = re.compile(r"\.(?:log|txt|weechatlog|ascii|gz)$", re.IGNORECASE)
_PLAIN = re.compile(r"[^\s:/\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class LogName:
    """``window``: a channel, or perhaps a nick of a private chat.  An empty text means the name does not tell."""

    dialect: str
    date: str = ""
    window: str = ""
    network: str = ""
    owner: str = ""

    def context(self) -> str:
        """As text that is equal for equal values."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_context(cls, text: str) -> "LogName":
        return cls(**json.loads(text))


def log_name(path: Path, root: Path, dialect: str) -> LogName:
    """What the path tells below ``root``, the file or folder that the user named.

    ZNC writes USER/NETWORK/WINDOW/DATE.log, irssi NETWORK/WINDOW.log, WeeChat irc.NETWORK.WINDOW.weechatlog.  A folder
    above counts only where it belongs to such a form: the same log elsewhere is the same evidence.
    """
    stem = path.name
    while _ENDINGS.search(stem):
        stem = _ENDINGS.sub("", stem)
    found = _DATE.search(stem)
    date = f"{found[1]}-{found[3]}-{found[4]}" if found else ""
    rest = (stem[: found.start()] + stem[found.end() :]).strip("-_. ") if found else stem
    folders = [_plain(name) for name in (root.name, *path.relative_to(root).parts[:-1])] if path != root else []
    if dialect == "weechat" and rest.startswith("irc.") and rest.count(".") >= 2:
        _, network, window = rest.split(".", 2)
        return LogName(dialect, date, _plain(window), _plain(network))
    if rest:
        named = rest[0] in CHANNEL_MARKS and len(folders) > 1
        return LogName(dialect, date, _plain(rest), folders[-1] if named else "")
    window = folders[-1] if folders else ""
    if window[:1] not in CHANNEL_MARKS and len(folders) < 3:
        return LogName(dialect, date)
    network = folders[-2] if len(folders) > 1 else ""
    owner = folders[-3] if len(folders) > 2 else ""
    return LogName(dialect, date, window, network, owner)


def _plain(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else ""
