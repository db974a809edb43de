"""How is a LAVA folder read, what iLEAPP, ALEAPP, RLEAPP and their kin write of some 80 applications?

``_lava_data.lava`` (or ``.json``) says which table of the SQLite file beside it is a conversation and which column
plays which part in it; those declared parts decide, no table is known by name.  Source: RLEAPP, scripts/lavafuncs.py
(schema 2) and the older spellings of the same parts.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import SourceUnreadable
from ingest.source_files import files_below, printable, regular_file
from ingest.sources.chats.json_stream import base_name, text_of
from ingest.sources.chats.lava.tables import Conversation, LavaTables, conversation_of
from ingest.sources.chats.rows import ChatRows
from ingest.sources.databases.sqlite_files import without_unmerged_log
from ingest.sources.reader import Desk, SourceFile, StagedTable, Survey

_MANIFESTS = ("_lava_data.lava", "_lava_data.json")
_LARGEST = 256 << 20
_UNENDED = "in progress"


class LavaFolder:
    """Reader of LAVA folders.  The files are opened for reading only; what no conversation view tells is left aside."""

    NAME = "lava"
    VERSION = "1"

    def recognises(self, path: Path) -> bool:
        return bool(_manifests(path))

    def survey(self, path: Path, *, mapping: Path | None) -> Survey:
        if mapping is not None:
            raise SourceUnreadable("a LAVA folder takes no mapping", where=printable(path), fix="leave the mapping out")
        files: list[SourceFile] = []
        ignored: list[str] = []
        for manifest in _manifests(path):
            told = _read(manifest)
            database = manifest.parent / (base_name(text_of(told.get("lava_db_name"))) or "_lava_artifacts.db")
            without_unmerged_log(regular_file(database))
            conversations, others = _conversations(told)
            ignored += [f"{printable(database)}: {name}" for name in others]
            plan = {"scope": _scope(told, manifest), "ended": _ended(told),
                    "conversations": [conversation.plain() for conversation in conversations]}
            files.append(SourceFile(regular_file(manifest), self.NAME, context="manifest"))
            files.append(SourceFile(database, self.NAME, context=json.dumps(plan, sort_keys=True, ensure_ascii=False)))
        if not files:
            raise SourceUnreadable("holds no LAVA output", where=printable(path),
                                   fix="give the folder that holds _lava_data.lava and its database")
        return Survey(tuple(files), tuple(ignored))

    def read(self, sources: Sequence[SourceFile], desk: Desk) -> Iterator[StagedTable]:
        rows = ChatRows(desk, "lava")
        for index, source in enumerate(sources):
            desk.progress("reading LAVA", index, len(sources))
            if source.context == "manifest":
                continue
            plan = json.loads(source.context)
            with LavaTables(source.path) as tables:
                row = 0
                for told in plan["conversations"]:
                    row = tables.write(Conversation(**told), rows, source=index, row=row, scope=plan["scope"])
            if not plan["ended"]:
                rows.reject("messages", index, row + 1, reason="the run that wrote this did not end", raw="",
                            hint="what stands there is read; let the program run to its end for the rest")
        desk.progress("reading LAVA", len(sources), len(sources))
        return rows.tables()


def _manifests(path: Path) -> list[Path]:
    if path.is_file():
        return [path] if path.name in _MANIFESTS else []
    try:
        found = [entry for entry in files_below(path) if entry.name in _MANIFESTS]
    except OSError:
        return []
    newest = {entry.parent: entry for entry in sorted(found)}  # where both stand, the newer ending
    return sorted(newest.values())


def _read(manifest: Path) -> Mapping[str, Any]:
    try:
        text = regular_file(manifest).read_bytes()[:_LARGEST].decode("utf-8-sig", "replace")
        told = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise SourceUnreadable(
            "is no whole JSON object", where=printable(manifest),
            fix="run the program that wrote it again: without it nobody knows the columns",
        ) from error
    if not isinstance(told, dict):
        raise SourceUnreadable("is no LAVA manifest", where=printable(manifest), fix="it should be a JSON object")
    return told


def _conversations(told: Mapping[str, Any]) -> tuple[list[Conversation], list[str]]:
    """The conversations that the manifest declares, and the names of all else it lists, with their counts."""
    found: list[Conversation] = []
    others: list[str] = []
    listed = told.get("artifacts")
    for category, artifacts in (listed.items() if isinstance(listed, dict) else ()):
        for artifact in artifacts if isinstance(artifacts, list) else ():
            if not isinstance(artifact, dict):
                continue
            conversation = conversation_of(str(category), artifact)
            if conversation is not None:
                found.append(conversation)
            else:
                others.append(f"{text_of(artifact.get('name')) or 'artifact'} (no conversation)")
    return found, others


def _scope(told: Mapping[str, Any], manifest: Path) -> str:
    """Names are the words of one device: what was examined names it, the same however often it is."""
    examined = text_of(told.get("param_input")) or str(manifest.resolve().parent)
    return base_name(examined.rstrip("/\\")) or "device"


def _ended(told: Mapping[str, Any]) -> bool:
    return (text_of(told.get("processing_status")) or "").strip().lower() != _UNENDED
