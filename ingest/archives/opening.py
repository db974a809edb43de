"""How is an archive opened safely?  Member by member into a folder of ours, never outside of it, within bounds.

Links, devices, names that lead outside and media are left where they are, and said; what swells beyond reason or is
damaged is refused as a whole.  An archive within an archive is opened as well, to a depth.
"""

import contextlib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.archives.media import HEAD, begins_as_media, named_as_media
from ingest.archives.members import Member, members_of, readable
from ingest.archives.recognising import archive_kind
from ingest.errors import FilatureError, IngestError, SourceUnreadable
from ingest.runtime.progress import Progress, silent
from ingest.source_files import hashes_of, printable, unchanged
from ingest.sources.gzip_files import check_growth
from ingest.sources.reader import Archive, SourceFile

DEEPEST = 4
"""Archives within each other, the outermost counted."""
BETWEEN = "!/"
_CHUNK = 1 << 20
_LONGEST, _LONGEST_PATH, _MOST_PARTS = 200, 2000, 60
_NAMED = 50
"""As many members that are left aside for one reason are named; of the others the number."""
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass
class _Aside:
    """What was not taken out of an archive, by reason."""

    shown: str
    names: dict[str, list[str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str, name: str) -> None:
        self.counts[reason] += 1
        if self.counts[reason] <= _NAMED:
            self.names.setdefault(reason, []).append(printable(name))

    def lines(self) -> list[str]:
        told = []
        for reason, names in self.names.items():
            if reason == _MEDIA:
                told.append(f"{self.shown}: {self.counts[reason]:,} {_MEDIA}")
                continue
            told += [f"{self.shown}{BETWEEN}{name} ({reason})" for name in names]
            if self.counts[reason] > len(names):
                told.append(f"{self.shown}: {self.counts[reason] - len(names):,} more ({reason})")
        return told


_MEDIA = "pictures, films and sounds, which are never taken out"


class Archives:
    """Opens archives below ``folder``, which its owner removes.  ``most``: bytes to take out at most, as for a trial;
    then ``complete`` says whether that was all.
    """

    def __init__(self, folder: Path, *, progress: Progress = silent, most: int | None = None) -> None:
        self._folder, self._progress, self._most = folder, progress, most
        self._outer: dict[Path, tuple[str, Archive, int]] = {}  # of a folder: shown, the archive as handed in, depth
        self._handed: dict[Path, tuple[Archive, int]] = {}
        self._written: Counter[Path] = Counter()  # by the archive that was handed in
        self.complete = True

    def open(self, path: Path) -> tuple[Path, list[str]]:
        """(the folder with the members of an archive, what was left aside); SourceUnreadable if it cannot be opened."""
        kind = archive_kind(path)
        if kind is None:
            raise SourceUnreadable("is no archive", where=self.shown(path), fix="give the file itself")
        within = self._within(path)
        shown, handed, depth = self.shown(path), within[1] if within else self._hash(path), within[2] if within else 0
        if depth >= DEEPEST:
            raise SourceUnreadable(
                f"is an archive within {DEEPEST} others", where=shown, fix="unpack it and give the folder"
            )
        into = self._folder / str(len(self._outer)) / _short(path.name)
        into.mkdir(parents=True)
        self._outer[into] = (shown, handed, depth + 1)
        aside = _Aside(shown)
        with readable(path):
            for member in members_of(path, kind):
                if self._full(handed):
                    break
                self._take(member, into, handed, aside)
        return _below(into), aside.lines()

    def described(self, source: SourceFile) -> SourceFile:
        """The source with the archive it was taken from, if it was."""
        within = self._within(source.path)
        return source if within is None else replace(source, shown=self.shown(source.path), archive=within[1])

    def shown(self, path: Path | str) -> str:
        """The path as people know it: ``ARCHIVE!/MEMBER`` of what was taken out."""
        within = self._within(Path(path))
        if within is None:
            return printable(path)
        into = next(folder for folder in self._outer if Path(path).is_relative_to(folder))
        member = Path(path).relative_to(into)
        return within[0] if member == Path() else f"{within[0]}{BETWEEN}{printable(member)}"

    @contextlib.contextmanager
    def naming(self) -> Iterator[None]:
        """An error about what was taken out names archive and member."""
        try:
            yield
        except FilatureError as error:
            prefix = printable(self._folder) + "/"
            at = error.where.find(prefix)
            if at < 0:
                raise
            shown = self.shown(self._folder / error.where[at + len(prefix):])
            raise type(error)(error.what, where=error.where[:at] + shown, fix=error.fix) from error

    def unchanged(self) -> None:
        """SourceUnreadable if an archive is no longer as it was when it was hashed."""
        for path, (archive, modified_ns) in self._handed.items():
            unchanged(path, archive.bytes, modified_ns)

    def _within(self, path: Path) -> tuple[str, Archive, int] | None:
        return next((told for folder, told in self._outer.items() if path.is_relative_to(folder)), None)

    def _hash(self, path: Path) -> Archive:
        if path not in self._handed:
            modified_ns = path.stat().st_mtime_ns
            found = hashes_of(path, progress=self._progress)
            archive = Archive(path.absolute(), found.sha256, found.sha1, found.bytes)
            self._handed[path] = (archive, modified_ns)
        return self._handed[path][0]

    def _full(self, handed: Archive) -> bool:
        if self._most is not None and self._written[handed.path] > self._most:
            self.complete = False
        return not self.complete

    def _take(self, member: Member, into: Path, handed: Archive, aside: _Aside) -> None:
        if member.form != "file":
            aside.add("a link, which is not followed" if member.form == "link" else "is no file", member.name)
            return
        place = _place(member.name)
        if place is None:
            aside.add("its name leads outside of the archive", member.name)
        elif named_as_media(member.name):
            aside.add(_MEDIA, member.name)
        elif any(part.startswith(".") for part in place.parts):
            aside.add("hidden", member.name)
        else:
            self._write(member, _free(into, place), handed, aside)
            return
        self._grown(member.size, handed, aside.shown)

    def _write(self, member: Member, target: Path, handed: Archive, aside: _Aside) -> None:
        with member.open() as stream:
            block = stream.read(_CHUNK)
            if begins_as_media(block[:HEAD]):
                aside.add(_MEDIA, member.name)
                self._grown(member.size, handed, aside.shown)
                return
            with _room(aside.shown):
                target.parent.mkdir(parents=True, exist_ok=True)
                out = target.open("xb")
            with out:
                while block:
                    self._grown(len(block), handed, aside.shown)
                    if self._full(handed):
                        break
                    with _room(aside.shown):
                        out.write(block)
                    self._progress(f"unpacking {printable(target.name)}", self._written[handed.path], None)
                    block = stream.read(_CHUNK)
        if not self.complete:
            target.unlink()  # a part of it may be read as another format

    def _grown(self, size: int, handed: Archive, shown: str) -> None:
        self._written[handed.path] += size
        check_growth(Path(shown), handed.bytes, self._written[handed.path])


@contextlib.contextmanager
def _room(shown: str) -> Iterator[None]:
    """What the disk refuses is no damage of the archive."""
    try:
        yield
    except OSError as error:
        raise IngestError(
            f"cannot be unpacked ({(error.strerror or str(error)).lower()})", where=shown,
            fix="make room in the workspace, or unpack it elsewhere and give the folder",
        ) from error


def _place(name: str) -> Path | None:
    """Where a member of that name stands in its folder; None where the name leads out of it or is none."""
    parts = [part for part in _DRIVE.sub("", name, count=1).replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or ".." in parts or "\x00" in name or len(parts) > _MOST_PARTS or len(name) > _LONGEST_PATH:
        return None
    return Path(*map(_short, parts))


def _short(part: str) -> str:
    """A name that fits into a folder; one that is too long keeps its beginning and its ending."""
    if len(part.encode("utf-8", "surrogateescape")) <= _LONGEST:
        return part
    mark = hashlib.sha256(part.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return f"{part[:40]}-{mark}{part[-10:]}"


def _free(into: Path, place: Path) -> Path:
    """A place that nothing has yet: one name may come several times, and a file where another member has a folder."""
    for turn in range(1, 1 << 20):
        target = into / place if turn == 1 else into / f"again-{turn}" / place
        if not target.exists() and not any(parent.is_file() for parent in target.parents if parent != into):
            return target
    raise SourceUnreadable("holds one name too often", where=printable(place), fix="unpack it and give the folder")


def _below(folder: Path) -> Path:
    """The folder, or what stands below it where everything stands in one."""
    while len(entries := list(folder.iterdir())) == 1 and entries[0].is_dir():
        folder = entries[0]
    return folder
