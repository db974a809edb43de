"""What is in a source before it is read, what would come of it, and what was rejected: as the tables of the screen."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ingest.batch.trial import FaultGroup, Sample, Trial, try_out
from ingest.case_folder import CaseFolder
from ingest.case_folder.kept_sources import Keep
from ingest.case_folder.manifest import Counts, manifests, platforms_of
from ingest.errors import FilatureError, SourceUnreadable
from ingest.lake import Lake
from ingest.mapping import Mapping as Columns
from ingest.mapping import mapping_text
from ingest.mapping.propose import missing_in
from ingest.mapping.shape import Shape
from ingest.rejects import Reject
from ingest.rejects.still_open import OpenRejects
from ingest.source_files import files_below
from ingest.sources.evidence.folder import table_of
from ingest.sources.recognition import Recognised, recognise
from ingest.sources.text_lines import as_read
from workbench.bootstrap import Reading
from workbench.custody.receipt import UNSAID, Receipt
from workbench.language import Words
from workbench.masking.nodes import ADULT
from workbench.masking.people import masked_among
from workbench.masking.telling import HIDDEN
from workbench.plain_text import plain_text
from workbench.views.models.faults.sources import hint_text, own_path, reason_text
from workbench.views.models.names import MASK
from workbench.views.models.words.contract import column_word, table_word

PREVIEW_ROWS = 8
MOST_FILES = 100
"""Of a folder of tables, taken as if each had been named."""
_CELL = 120
_BETWEEN = re.compile(r"[,;|\t\s<>()\[\]{}\"']+")
_UNNAMED = re.compile(r"column (\d{1,6})")
_AGE = re.compile(r"\d{1,2}(?:\.0+)?")


@dataclass(frozen=True)
class Source:
    """A file or folder that somebody chose; ``name`` as he knows it, ``uploaded`` if it lies in the tray."""

    path: Path
    name: str
    uploaded: bool = False


@dataclass(frozen=True)
class Choice:
    """How a source is to be read: a format (``auto``: as recognised) and, for a table, the text of its mapping.

    ``as_named``: a chat that the case has under another name is another one.
    """

    source: Source
    format: str = "auto"
    mapping: str | None = None
    lacking: Mapping[str, tuple[str, ...]] | None = None
    as_named: bool = False

    @property
    def declares_ages(self) -> bool:
        """May the source say how old accounts are?  Then all of it is looked at: whom to mask in the others."""
        known = table_of(self.source.path.name)
        return "declared_age" in (self.mapping or "") or (known is not None and known[0] == "accounts")

    @property
    def ready(self) -> bool:
        return not self.lacking and (self.format != "delimited" or self.mapping is not None)


def taken_for(source: Source) -> Recognised:
    """What the source is taken for; SourceUnreadable if it cannot be read or is no full path."""
    if not source.path.is_absolute():
        raise SourceUnreadable("is not a full path", where=source.name, fix="write it from the root on")
    return recognise(source.path)


def files_of(path: Path, *, apart: bool = False) -> list[Path]:
    """What a path given on this machine means: itself, or the files of a folder that no format reads as a whole, or
    of which each is to be taken ``apart``."""
    try:
        if path.is_absolute() and path.is_dir() and (apart or recognise(path).format is None):
            found = files_below(path, limit=MOST_FILES + 1)
            return found if 0 < len(found) <= MOST_FILES else [path]
    except (FilatureError, OSError):
        pass  # told where it is shown
    return [path]


def lacking(mapping: Columns) -> dict[str, tuple[str, ...]]:
    """Required columns that nothing fills, by table."""
    return {table.table: found for table in mapping.tables if (found := missing_in(table))}


@dataclass(frozen=True)
class ReadBefore:
    """What the case has read: of a file of another size nothing can be there twice, and to look takes time."""

    case: CaseFolder
    batches: tuple[str, ...]
    sizes: frozenset[int]

    @classmethod
    def of(cls, case: CaseFolder) -> "ReadBefore":
        listed = manifests(case)
        sizes = frozenset(source.handed_in.bytes for batch in listed for source in batch.sources)
        return cls(case, tuple(batch.batch_id for batch in listed), sizes)


def platform_taken(case: CaseFolder | None, name: str) -> str | None:
    """On which platform rows are that name none: the only one of the case, in a new case one called like it.

    None where the case has several: then each row's account or room tells it, if it is known.
    """
    known = platforms_of(manifests(case)) if case is not None else ()
    return name if not known else known[0] if len(known) == 1 else None


def tried(
    choice: Choice, *, scratch: Path, case_name: str, timezone: str | None, most_bytes: int,
    case: CaseFolder | None = None,
) -> Trial | FilatureError:
    """What would come of the source, or why it cannot be read so; ``case``: whose rows it may have already."""
    scratch.mkdir(parents=True, exist_ok=True)
    mapping = None
    if choice.mapping is not None:
        mapping = scratch / f"{abs(hash(choice.mapping)):x}.toml"
        mapping.write_text(choice.mapping, encoding="utf-8")
    try:
        return try_out(
            choice.source.path, scratch=scratch, format=choice.format, mapping=mapping, timezone=timezone,
            case=case, case_name=case_name, as_named=choice.as_named, adult=ADULT, most_bytes=most_bytes,
        )
    except FilatureError as problem:
        return problem
    finally:
        if mapping is not None:
            mapping.unlink(missing_ok=True)


def readings(
    choices: Sequence[Choice], paths: Mapping[Path, Path], mappings: Mapping[str, Path], timezone: str | None,
    receipt: Receipt = UNSAID, keep: Keep | None = None,
) -> tuple[Reading, ...]:
    """Sources that are read alike in one batch; those without a mapping first, since their accounts name platforms.

    ``paths``: where a source lies in the case; ``mappings``: the file of a mapping's text.  ``receipt`` and ``keep``
    are those of all.
    """
    groups: dict[tuple[str, str, bool], list[Path]] = {}
    for choice in choices:
        groups.setdefault((choice.mapping or "", choice.format, choice.as_named), []).append(
            paths.get(choice.source.path, choice.source.path)
        )
    return tuple(
        Reading(tuple(files), format, mappings.get(mapping), timezone, receipt=receipt, keep=keep, as_named=as_named)
        for (mapping, format, as_named), files in sorted(groups.items(), key=lambda item: item[0])
    )


# -- tables of the screen -----------------------------------------------------
def first_cells(shape: Shape, mapping: Columns | None, words: Words, hidden: Collection[str] = ()) -> pd.DataFrame:
    """The first rows as they are cut; a head says what its column becomes.  Rows of minors show no name."""
    heads = [f"{plain_text(column_shown(name, words), limit=40)}{_becomes(name, mapping, words)}"
             for name in shape.columns]
    young, mask = _young(shape, mapping), masked(words)
    rows = [
        [mask if place in young.get(number, ()) else shown(cell, hidden, withheld=mask)
         for place, cell in enumerate(row)]
        for number, row in enumerate(shape.rows[:PREVIEW_ROWS])
    ]
    return pd.DataFrame(rows, columns=_unique(heads))


def _becomes(name: str, mapping: Columns | None, words: Words) -> str:
    found = [
        column_word(target, words)
        for table in (mapping.tables if mapping else ()) for target, value in table.values.items()
        if name in value.columns
    ]
    return f" → {', '.join(dict.fromkeys(found))}" if found else ""


def _young(shape: Shape, mapping: Columns | None) -> dict[int, set[int]]:
    """Row to the places in it that name somebody who is declared to be under age."""
    places: dict[int, set[int]] = {}
    for table in mapping.tables if mapping else ():
        age = table.values.get("declared_age")
        if table.table != "accounts" or age is None or not age.columns:
            continue
        named = {
            shape.columns.index(column) for target in ("account_id", "pseudonym") if target in table.values
            for column in table.values[target].columns
        }
        at = shape.columns.index(age.columns[0])
        for number, row in enumerate(shape.rows):
            if is_young(row[at]):
                places.setdefault(number, set()).update(named)
    return places


def is_young(text: str) -> bool:
    return bool(_AGE.fullmatch(text.strip())) and float(text) < ADULT


def sample_rows(sample: Sample, words: Words, hidden: Collection[str] = ()) -> pd.DataFrame:
    """First accepted rows as evidence; whoever is declared under age shows no name."""
    age = sample.columns.index("declared_age") if "declared_age" in sample.columns else None
    private = {place for place, name in enumerate(sample.columns)
               if name in ("account", "account_id", "pseudonym", "attributes")}
    mask = masked(words)
    rows = [
        [mask if age is not None and place in private and is_young(row[age]) else shown(cell, hidden, withheld=mask)
         for place, cell in enumerate(row)]
        for row in sample.rows
    ]
    return pd.DataFrame(rows, columns=_unique([column_word(name, words) for name in sample.columns]))


def counted(counts: Mapping[str, Counts], words: Words) -> pd.DataFrame:
    """What would be accepted and what not, one row a table."""
    _ = words.gettext
    rows = [
        (table_word(table, words), count.read, count.accepted, count.rejected, count.duplicate)
        for table, count in counts.items()
    ]
    return pd.DataFrame(
        rows, columns=[_("Table"), _("Read"), _("Would be accepted"), _("Would be rejected"), _("Duplicate")]
    )


def fault_rows(faults: Sequence[FaultGroup], words: Words, hidden: Collection[str] = ()) -> pd.DataFrame:
    """Why rows would be rejected, the most frequent fault first, each with its first row."""
    _ = words.gettext
    rows = [
        (
            fault.rows, table_word(fault.table, words), plain_text(reason_text(fault.reason, words), limit=200),
            fault.row,
            shown(_as_read(fault.raw, fault.reason), hidden, limit=300, withheld=_("(withheld: it names a minor)")),
            plain_text(hint_text(fault.hint, words) or "-", limit=200),
        )
        for fault in faults
    ]
    return pd.DataFrame(rows, columns=[
        _("Rows"), _("Table"), _("Reason"), _("First row"), _("Original text"), _("How to fix it"),
    ])


def report_rows(tables: Mapping[str, Mapping[str, int]], words: Words) -> pd.DataFrame:
    """read = accepted + rejected + duplicate, one row a table."""
    _ = words.gettext
    parts = ("read", "accepted", "rejected", "duplicate")
    rows = [(table_word(table, words), *(counts[part] for part in parts)) for table, counts in tables.items()]
    return pd.DataFrame(rows, columns=[_("Table"), _("Read"), _("Accepted"), _("Rejected"), _("Duplicate")])


def group_rows(found: OpenRejects, words: Words) -> pd.DataFrame:
    """Open rejects by fault: how many rows of how many files, and what mends them."""
    _ = words.gettext
    rows = [
        (
            group.rows, table_word(group.table, words), plain_text(reason_text(group.reason, words), limit=200),
            plain_text(hint_text(group.hint, words) or "-", limit=200), files_text(
                [source.path for source in group.sources], words),
        )
        for group in found.groups
    ]
    return pd.DataFrame(rows, columns=[_("Rows"), _("Table"), _("Reason"), _("How to fix it"), _("File")])


def reject_rows(rejects: Sequence[Reject], words: Words, hidden: Collection[str] = ()) -> pd.DataFrame:
    """Rejected rows, each beside its reason."""
    _ = words.gettext
    rows = [
        (
            file_name(reject.file), reject.row, plain_text(reason_text(reject.reason, words), limit=200),
            shown(_as_read(reject.raw, reject.reason), hidden, limit=400, withheld=_("(withheld: it names a minor)")),
        )
        for reject in rejects
    ]
    return pd.DataFrame(rows, columns=[_("File"), _("Row"), _("Reason"), _("Original text")])


def _as_read(raw: str, reason: str) -> str:
    """A row in the letters it was read in, by which a name to mask is known too; its bytes where it was not read."""
    return raw if "is not UTF-8" in reason else as_read(raw)


def file_name(path: str) -> str:
    """A file's own name, as text."""
    return plain_text(Path(own_path(path)).name, limit=_CELL)


def files_text(paths: Sequence[str], words: Words, *, most: int = 2) -> str:
    names = [file_name(path) for path in paths]
    more = len(names) - most
    shown = ", ".join(names[:most])
    return " ".join((shown, words.gettext("and {number} more", number=more))) if more > 0 else shown


# -- minors -------------------------------------------------------------------
def hidden_names(lake: Lake, opened: Collection[str]) -> frozenset[str]:
    """Ids and names of the case's minors, without those whose mask was lifted; a name others bear is none."""
    listed = lake.table("accounts").select("account", "account_id", "pseudonym").to_pyarrow().to_pylist()
    known = masked_among(lake.case, {row["account"] for row in listed})
    minors: set[str] = set()
    others: set[str] = set()
    for row in listed:
        young = row["account"] in known and row["account"] not in opened
        (minors if young else others).update({row["account"], row["account_id"], row["pseudonym"]} - {None})
    return frozenset(minors - others)


def masked(words: Words) -> str:
    """What stands in place of a minor's name."""
    minor = words.gettext("minor")
    return f"{minor} {HIDDEN}"


def shown(text: str, hidden: Collection[str], *, limit: int = _CELL, withheld: str = MASK) -> str:
    """Text of a source on screen; withheld as a whole where it names a minor of the case."""
    if hidden and (text in hidden or any(part in hidden for part in _BETWEEN.split(text))):
        return withheld
    return plain_text(text, limit=limit) if text else ""


def column_shown(name: str, words: Words) -> str:
    """A column of a source by its name; one that the source does not name by its number, in words."""
    unnamed = _UNNAMED.fullmatch(name)
    return words.gettext("column {number}", number=int(unnamed[1])) if unnamed else shown(name, ())


def _unique(heads: Sequence[str]) -> list[str]:
    """Heads that differ: a table of the screen needs them to."""
    return [f"{head} ({heads[:place].count(head) + 1})" if head in heads[:place] else head
            for place, head in enumerate(heads)]


def described(mapping: Columns, name: str) -> str:
    """The mapping as the text of a file that says what it was made for."""
    return mapping_text(mapping, description=f"for {plain_text(name, limit=80)}")
