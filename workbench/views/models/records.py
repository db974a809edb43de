"""Which very rows stand behind a reason?  File and row, who and when; texts only where somebody opened them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from ingest.lake import Lake, Record
from workbench.casebook import Judgement
from workbench.cited import hidden_text, holders_by_value, involved, marks_in, moment, operated
from workbench.dossier import LIKELY
from workbench.language import Words
from workbench.language.vocabulary import mark_kind
from workbench.plain_text import plain_text
from workbench.views.models.names import Names, held_in, names_of
from workbench.views.models.words.contract import column_word
from workbench.views.models.words.marks import holders_told

PAGE = 200
"""References opened at once; the others are on the next pages."""
MOST_ROWS = 1_000
MOST_REASONS = 4_000
"""Letters that a judgement's reasons may have."""
Holders = Mapping[tuple[str, str], int]
"""By kind and value of a mark, how many accounts used it."""
_MARKS = {"ip": "ip", "device_id": "device"}
_SHOWN = ("kind", "value", "ip", "device_id", "reason", "share", "role")


def open_records(lake: Lake, references: Sequence[str], *, page: int = 0) -> list[Record]:
    """The rows behind one page of these references."""
    return lake.records(list(references[page * PAGE : (page + 1) * PAGE]))


def called(lake: Lake, records: Sequence[Record], names: Names) -> Names:
    """The names, and those of whom the records alone name: called and masked as everywhere else."""
    marks = {f"{kind}:{value}" for record in records for kind, value in marks_in(record)}
    names = names.and_of(Names(held=held_in(lake.case, marks)))
    more = {identity for record in records for identity in involved(record)} - names.pseudonyms.keys()
    return names.and_of(names_of(lake, more)) if more else names


def likely_elsewhere(records: Sequence[Record], names: Names, beyond: Mapping[str, str]) -> list[str]:
    """Masks of those in the rows whom other leads alone call likely minors; ``beyond``: whom the own lead does."""
    here = dict.fromkeys(identity for record in records for identity in involved(record))
    return [
        names.of(one) for one in here if one in names.likely and names.masked(one) and beyond.get(one) != LIKELY
    ]


def counted(
    records: Sequence[Record], references: Sequence[str], names: Names, words: Words, *, page: int = 0
) -> str:
    """How much of what is cited is shown, which ids open several rows, and how many open none."""
    cited = list(dict.fromkeys(references[page * PAGE : (page + 1) * PAGE]))
    rows = Counter(record.ref for record in records)
    lines = [
        words.gettext("Cited records shown: {shown} of {cited}.", shown=len(rows), cited=len(set(references)))
    ]
    if several := [ref for ref in cited if rows[ref] > 1]:
        lines.append(words.gettext(
            "The sources repeat ids: {first} stands in {rows} rows, {more} more in several; each row is shown, {all} "
            "in all.", first=reference(several[0], names), rows=rows[several[0]], more=len(several) - 1,
            all=min(len(records), MOST_ROWS),
        ))
    if len(records) > MOST_ROWS:
        lines.append(words.gettext("The first {shown} of {all} rows are shown.", shown=MOST_ROWS, all=len(records)))
    if lacking := sum(1 for ref in cited if ref not in rows):
        lines.append(words.gettext("Not in the evidence as it is now: {number}.", number=lacking))
    return " ".join(lines)


def table(
    records: Sequence[Record], names: Names, words: Words, *, texts: bool, holders: Holders = MappingProxyType({})
) -> pd.DataFrame:
    """The first ``MOST_ROWS`` rows: when, who, content (texts only where they were opened), ``file:row``, reference.

    Files of one name are told apart by their paths, people by their ids; ``holders``: how many accounts use each mark.
    Below file and row stands the reference, the record's id alone where all are of one table: beside a lead columns
    are narrow, and a word that has no room in its own is broken.
    """
    here = names.among(identity for record in records for identity in involved(record))
    files = Counter(PurePath(source).name for source in {record.source for record in records})
    single = len({record.table for record in records}) == 1
    _ = words.gettext
    heads = [_("When (UTC)"), _("Who"), _("Content"), _("File and row")]
    rows = []
    for record in records[:MOST_ROWS]:
        told = reference(record.ref, names)
        rows.append((
            moment(record)[0][:19],
            plain_text(" → ".join(here.apart(identity, limit=28) for identity in involved(record)), limit=240),
            _content(record, names, words, holders, texts=texts),
            f"{plain_text(_located(record, files), limit=240)}\n{told.partition(':')[2] if single else told}",
        ))
    return pd.DataFrame(rows, columns=heads)


class Judged(NamedTuple):
    """A judgement as it is read: when, status and by whom in a line, and its reasons, whole."""

    about: str
    reasons: str


def judgements(history: Sequence[Judgement], words: Words) -> list[Judged]:
    """Judgements, the newest first."""
    return [
        Judged(
            " · ".join([words.instant(item.at), words.gettext(item.status), plain_text(item.user, limit=80)]),
            plain_text(item.note, limit=MOST_REASONS),
        )
        for item in reversed(history)
    ]


def reference(ref: str, names: Names) -> str:
    """A record's reference; one to an account's own row holds its id."""
    table_, _, identity = ref.partition(":")
    return f"{table_}:{names.identity(identity)}" if table_ == "accounts" else plain_text(ref, limit=200)


def _located(record: Record, files: Mapping[str, int]) -> str:
    return record.location if files[PurePath(record.source).name] == 1 else f"{record.source}:{record.row}"


def _content(record: Record, names: Names, words: Words, holders: Holders, *, texts: bool) -> str:
    text = record.columns.get("text")
    if text is not None:
        return plain_text(text, limit=4_000) if texts else hidden_text(text, words)
    shown = {name: record.columns.get(name) for name in _SHOWN}
    by_value = holders_by_value(record, holders)
    told = [words.gettext("report")] if record.table == "reports" else []
    if operates := operated(record, words):
        told.append(operates)
    for name, value in shown.items():
        if value:
            masked = name == "reason" and names.masked(str(record.columns.get("reporter") or ""))
            written = hidden_text(str(value), words) if masked else names.written(str(value))
            holder = str(record.columns.get("account") or "")
            if name == "value" and names.withholds(shown["kind"] or "", (holder,), str(value)):
                written = names.shortened(str(value))
            written = f"{mark_kind(_MARKS[name], words)} {written}" if name in _MARKS else words.pair(
                column_word(name, words), written
            )
            used_by = by_value.get(str(value)) if name in (*_MARKS, "value") else None
            told.append(f"{written} ({holders_told(*used_by, words)})" if used_by else written)
    return plain_text(", ".join(told), limit=400) if told else "–"
