"""The one composition root: settings in, a working case out.  Command line and screens both start here."""

import copy
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.detect.finding import Finding, FindingsDocument, best_first
from graph.detect.run import detect
from graph.embedded import EmbeddedEngine, Lease
from graph.errors import EngineUnavailable
from graph.load import LoadReport, alone, project, rebuild, write_findings
from graph.search import SearchIndex, make_index, open_index
from graph.store import Address, Store
from ingest.batch import IngestReport, ingest
from ingest.case_folder import CaseFolder, cases_in
from ingest.case_folder.kept_sources import Keep
from ingest.hash_lists.kept import HashList, add_list, hash_lists
from ingest.lake import Lake
from ingest.runtime.cut_off import marked, put_away
from ingest.runtime.progress import Progress, silent
from ingest.snapshots.taking import take_snapshot
from ingest.source_files import sha256_of
from workbench import __version__
from workbench.access import proved_person
from workbench.casebook import Casebook
from workbench.casebook.book import OPEN_CASE
from workbench.casebook.people import NotAllowed
from workbench.custody.receipt import HASH_LIST, RECEIVE, UNSAID, Receipt, received
from workbench.errors import UnknownCase, WorkbenchError
from workbench.querying.watching import check_watches
from workbench.runs.findings_file import findings_sha256, load_findings, load_former, store_findings
from workbench.runs.team_words import with_team_words
from workbench.settings import Settings


@dataclass(frozen=True)
class Reading:
    """Sources that are read in one way, as one batch; ``contexts``, ``keep`` and ``as_named`` as in ``ingest``.

    ``database``: the address of a database, of which a snapshot is taken with the mapping, and read.
    """

    sources: tuple[Path, ...]
    format: str = "auto"
    mapping: str | Path | None = None
    timezone: str | None = None
    contexts: Mapping[Path, str] | None = None
    receipt: Receipt = UNSAID
    keep: Keep | None = None
    database: str | None = None
    as_named: bool = False


class Workbench:
    """Opens cases of one workspace for one person; holds the engine's leases until ``close``.

    Not shared between threads that write: readers open their own Store.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._asks_purpose = True
        self._opened_for: set[str] = set()
        self._leases: dict[str, Lease] = {}
        self._with_own: dict[str, tuple[FindingsDocument | None, tuple[Finding, ...], FindingsDocument]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back every lease; the embedded engine stops once the last process has."""
        self._leases.clear()
        self._stack.close()

    # -- who works here -------------------------------------------------------
    @cached_property
    def casework(self) -> Casebook:
        """The casework database with nobody signed in: for the sign-in itself, and to open it once."""
        self.settings.workspace.mkdir(parents=True, exist_ok=True)
        book = Casebook(self.settings.casework_url, closed=self.settings.sign_in is not None)
        self._stack.callback(book.close)
        return book

    @cached_property
    def casebook(self) -> Casebook:
        """The casework as the person who works here may see and sign it; raises NotSignedIn."""
        return self.casework.signed_in(proved_person(self.settings, self.casework))

    @property
    def person(self) -> str:
        """Who works here, proved where a team does."""
        return str(self.casebook.person)

    def acting(self, person: str) -> "Workbench":
        """This workbench for a person whose sign-in was checked: the same engine, their cases and their signature.

        The purpose for which a case is opened was asked there as well.  Closing it closes this one.
        """
        other = copy.copy(self)
        other.__dict__["casebook"] = self.casework.signed_in(person)
        other._asks_purpose = False
        return other

    # -- cases ---------------------------------------------------------------
    def cases(self) -> tuple[str, ...]:
        """The cases that the person may open."""
        known, book = cases_in(self.settings.workspace), self.casebook
        if not book.roster.is_team():
            return known
        return tuple(name for name in known if book.roster.may(self.person, "read", name))

    def known_cases(self) -> tuple[str, ...]:
        """The names of all cases, for whoever says who their members are; raises NotAllowed for anybody else."""
        self.casebook.allow("people")
        return cases_in(self.settings.workspace)

    def case(self, name: str | None, *, create: bool = False) -> CaseFolder:
        """The case of that name (None: the only one); raises UnknownCase and names those there are.

        In a team its opening is written into the audit log, once, with the purpose; raises NotAllowed without one.
        """
        known = self.cases()
        if name is None:
            if len(known) != 1:
                raise UnknownCase(
                    "no case was named" + (f", and there are {len(known)}: {', '.join(known)}" if known else ""),
                    where=str(self.settings.workspace),
                    fix="add --case NAME",
                )
            name = known[0]
        folder = CaseFolder(self.settings.workspace, name)
        if create and not folder.exists():
            self.casebook.roster.begin_case(name, by=self.person)
        elif name not in known:
            if create or self.casebook.roster.is_team():
                self.casebook.allow("read", name)
            raise UnknownCase(
                f"no case {name!r}; " + (f"there is {', '.join(known)}" if known else "the workspace is empty"),
                where=str(self.settings.workspace),
                fix="run filature ingest SOURCE --case NAME first",
            )
        self._opens(name)
        return folder.create() if create else folder

    def _opens(self, name: str) -> None:
        if not self._asks_purpose or name in self._opened_for or not self.casebook.roster.is_team():
            return
        self.opened(name, self.settings.purpose)

    def opened(self, name: str, purpose: str) -> None:
        """Write into the log that the person opens the case, and why; raises NotAllowed without a purpose."""
        if not purpose.strip():
            raise NotAllowed(
                "a team's log says why a case is opened, and no purpose is given", where=f"case {name}",
                fix="set FILATURE_PURPOSE to the purpose, in a few words",
            )
        self.casebook.record(self.person, name, OPEN_CASE, json.dumps({"purpose": purpose.strip()}))
        self._opened_for.add(name)

    # -- stores --------------------------------------------------------------
    def lake(self, case: CaseFolder, *, engine: str = "duckdb") -> Lake:
        self.casebook.allow("read", case.name)
        return Lake(case, engine=engine, spark_master=self.settings.spark_master)

    @cached_property
    def engine(self) -> EmbeddedEngine | None:
        """The embedded engine of this workspace; None where a Neo4j server serves the case."""
        return None if self.settings.graph_url else EmbeddedEngine(self.settings.workspace)

    @contextmanager
    def writer(self, case: CaseFolder) -> Iterator[Store]:
        with self._connected(case, writing=True) as store:
            yield store

    @contextmanager
    def reader(self, case: CaseFolder) -> Iterator[Store]:
        """A read-only store: the user of a read-only group (embedded) or read transactions (Neo4j)."""
        with self._connected(case, writing=False) as store:
            yield store

    def _connected(self, case: CaseFolder, *, writing: bool) -> Store:
        self.casebook.allow("read", case.name)
        try:
            return Store.connect(self._address(case, writing=writing), read_only=not writing)
        except EngineUnavailable:
            # An engine that was killed under a held lease: a new lease starts it again.
            if self._leases.pop(case.name, None) is None:
                raise
            return Store.connect(self._address(case, writing=writing), read_only=not writing)

    def _address(self, case: CaseFolder, *, writing: bool) -> Address:
        if self.engine is None:
            return Address.parse(
                str(self.settings.graph_url), user=self.settings.graph_user, password=self.settings.graph_password
            )
        if case.name not in self._leases:
            self._leases[case.name] = self._stack.enter_context(self.engine.lease(case.name))
        lease = self._leases[case.name]
        return lease.writer if writing else lease.reader

    # -- actions -------------------------------------------------------------
    def ingest(
        self,
        case: CaseFolder,
        sources: Sequence[Path],
        *,
        format: str = "auto",
        mapping: str | Path | None = None,
        timezone: str | None = None,
        receipt: Receipt = UNSAID,
        keep: Keep | None = None,
        database: str | None = None, as_named: bool = False,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Read sources into evidence, then bring the graph up to date with it."""
        reading = Reading(tuple(sources), format, mapping, timezone, None, receipt, keep, database, as_named)
        return self.read(case, [reading], progress=progress)[0]

    def read(
        self,
        case: CaseFolder,
        readings: Sequence[Reading],
        *,
        progress: Progress | None = None,
        while_reading: Progress | None = None,
    ) -> list[IngestReport]:
        """Read sources into evidence, a batch after the other, then bring the graph up to date with it.

        ``while_reading``: the progress of the part that may be given up at any time by raising; what was committed by
        then comes into the graph all the same.
        """
        self.casebook.allow("ingest", case.name)
        reports: list[IngestReport] = []
        shown = while_reading or progress
        try:
            for place, wanted in enumerate(readings):
                with marked(case, [path for one in readings[place:] for path in one.sources], by=self.person):
                    reading = self._snapshot(case, wanted, shown)
                    report = ingest(
                        reading.sources, case=case, format=reading.format, mapping=reading.mapping, keep=reading.keep,
                        timezone=reading.timezone, contexts=reading.contexts, as_named=reading.as_named, progress=shown,
                    )
                self._record(case, RECEIVE, received(report, reading.receipt))
                self._record(case, "ingest", {**report.to_dict(), "manifest_sha256": report.manifest_sha256})
                reports.append(report)
            put_away(case, [str(path) for one in readings for path in one.sources])
        finally:
            if reports:
                self.project(case, progress=progress)
                check_watches(self, case)
        if reports and hash_lists(case):
            reports[-1] = replace(reports[-1], known_media=self.match_hash_lists(case))
        return reports

    def _snapshot(self, case: CaseFolder, reading: Reading, progress: Progress | None) -> Reading:
        """The reading, with the snapshot of its database as one more source; it bears the mapping itself."""
        if reading.database is None:
            return reading
        if reading.mapping is None:
            raise WorkbenchError("a database needs a mapping", where="the database", fix="say which with --mapping")
        if reading.sources:
            raise WorkbenchError("a database is read alone", where="the database", fix="read files in another ingest")
        taken = take_snapshot(
            reading.database, reading.mapping, case.sources / "snapshots", progress=progress or silent
        )
        return replace(reading, sources=(taken.path,), mapping=None, format="auto", database=None)

    def add_hash_list(self, case: CaseFolder, path: Path) -> HashList:
        """Take a list of known media into the case; ``match_hash_lists`` then says what it finds."""
        self.casebook.allow("ingest", case.name)
        found = add_list(case, path)
        self._record(case, HASH_LIST, {
            **asdict(found), "facts_sha256": sha256_of(case.hash_lists / f"{found.sha256}.json")[0],
        })
        return found

    def hash_lists(self, case: CaseFolder) -> tuple[HashList, ...]:
        """The lists of known media of the case, by name."""
        return hash_lists(case)

    def match_hash_lists(self, case: CaseFolder) -> int:
        """How many records of the case name a medium of its lists; the result goes into the audit log."""
        with self.lake(case) as lake:
            records, digest = {one.record for one in lake.known_media()}, lake.digest()
        lists = [one.sha256 for one in hash_lists(case)]
        self._record(case, "match hash lists", {"records": len(records), "lists": lists, "evidence_digest": digest})
        return len(records)

    def project(self, case: CaseFolder, *, progress: Progress | None = None) -> LoadReport:
        """Bring the search index and the graph up to date with the evidence; does nothing where they are.

        A graph that is made anew has the findings of the case in it, as the one before had.
        """
        with self.lake(case) as lake:
            make_index(lake, progress=progress or silent)
            with self.writer(case) as store:
                report = project(lake, store, case=case.name, engine=self.engine, progress=progress)
                if report.mode == "full":
                    self._put_findings(case, store)
                return report

    def take_up(self, case: CaseFolder, *, progress: Progress | None = None) -> None:
        """Make the search index and the graph, findings included, of a case whose folder came whole from elsewhere."""
        self.project(case, progress=progress)
        with self.writer(case) as store:
            self._put_findings(case, store)

    def rebuild(self, case: CaseFolder, *, progress: Progress | None = None) -> LoadReport:
        """Drop the case's search index and graph and make them anew, findings included."""
        self.casebook.allow("detect", case.name)
        with self.lake(case) as lake:
            make_index(lake, anew=True, progress=progress or silent)
            with self.writer(case) as store:
                report = rebuild(lake, store, case=case.name, engine=self.engine, progress=progress)
                self._put_findings(case, store)
        self._record(case, "rebuild", {"nodes": report.nodes, "relationships": report.relationships})
        return report

    def _put_findings(self, case: CaseFolder, store: Store) -> None:
        with alone(case.path):  # the latest of them, whoever else runs or rebuilds
            document = load_findings(case)
            if document is not None:
                write_findings(store, document)

    def detect(
        self,
        case: CaseFolder,
        kinds: Sequence[str],
        *,
        engine: str = "duckdb",
        parameters: Mapping[str, Any] | None = None,
        progress: Progress | None = None,
    ) -> FindingsDocument:
        """Run detections, keep the document in the case and put the findings into the graph."""
        self.casebook.allow("detect", case.name)
        with self.lake(case, engine=engine) as lake:
            words = with_team_words(parameters, self.settings.workspace)
            document = detect(lake, kinds, parameters=words, progress=progress)
        with alone(case.path):  # each of two runs at once would leave the other's findings out of the latest
            store_findings(case, document)
            self._record(case, "detect", {
                "run_id": document.run_id, "findings": len(document.findings), "filature": __version__,
                "findings_sha256": findings_sha256(case), "run_sha256": findings_sha256(case, run_id=document.run_id),
            })
        self.project(case, progress=progress)
        with self.writer(case) as store:
            self._put_findings(case, store)
        check_watches(self, case)
        return document

    @contextmanager
    def searching(self, case: CaseFolder) -> Iterator[SearchIndex]:
        """The case's search index, made first where it is missing or of other evidence; no graph engine is needed."""
        self.casebook.allow("read", case.name)
        with open_index(case, lake=lambda: self.lake(case)) as index:
            yield index

    def findings(self, case: CaseFolder) -> FindingsDocument | None:
        """The findings last stored in the case, with the leads that people wrote; None where there is neither."""
        self.casebook.allow("read", case.name)
        document = load_findings(case)
        own = self.casebook.own_leads.of(case.name)
        if not own:
            return document
        kept = self._with_own.get(case.name)
        if kept is None or kept[0] is not document or kept[1] != own:  # else the same value: screens know it by that
            found = document or FindingsDocument(case.name, "", "", {}, ())
            kept = (document, own, replace(found, findings=best_first((*found.findings, *own))))
            self._with_own[case.name] = kept
        return kept[2]

    def run_findings(self, case: CaseFolder) -> FindingsDocument | None:
        """What the detections alone found."""
        self.casebook.allow("read", case.name)
        return load_findings(case)

    def former_findings(self, case: CaseFolder) -> FindingsDocument | None:
        """The findings that those replaced; None where no run has changed any yet."""
        return load_former(case)

    def _record(self, case: CaseFolder, action: str, detail: Mapping[str, Any]) -> None:
        self.casebook.record(self.person, case.name, action, json.dumps(detail, sort_keys=True))


def open_workbench(**options: str | None) -> Workbench:
    """A workbench from options and the process environment; options that are None count as absent."""
    unknown = set(options) - {"workspace", "graph", "user"}
    if unknown:
        raise WorkbenchError(f"unknown options {sorted(unknown)}", where="open_workbench")
    return Workbench(Settings.load(os.environ, **options))
