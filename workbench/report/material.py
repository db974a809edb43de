"""What does the case hold for a report?  Everything is read here once; what is said of it stands in other files."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from graph.detect.finding import Finding, FindingsDocument
from graph.errors import GraphError
from graph.store import Store
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import Manifest, ManifestSource, manifests
from ingest.lake import Lake, Record
from ingest.rejects import read_rejects
from ingest.runtime.progress import Progress, silent
from workbench.casebook import Casebook, Judgement, Remark, Standing
from workbench.casebook.mentions import mentioned
from workbench.cited import involved, marks_in
from workbench.dossier import LIKELY, holders_counted, not_known_then
from workbench.dossier.company import Level, company_file
from workbench.language import Words
from workbench.related import Tie, ties
from workbench.report.beside import Beside, read_beside
from workbench.report.choice import Choice
from workbench.report.parts.views import SavedView, read_views
from workbench.report.people import People, people_of
from workbench.report.pictures.by_kind import picture_of
from workbench.report.pictures.saved_view import pictured
from workbench.report.pictures.shapes import Chart
from workbench.runs.judged_on import RUN, judged_earlier
from workbench.views.models.leads.who import on_whom

Reader = Callable[[], AbstractContextManager[Store]]
READING = "read leads"


@dataclass(frozen=True)
class Drawn:
    """A lead's picture with ids for labels; ``tree``: the holdings above an owner's company."""

    picture: Chart | None
    tree: tuple[Level, ...] = ()


@dataclass(frozen=True)
class LeadMaterial:
    """One chosen lead: its records by reference, what is drawn of it, its judgements oldest first, related leads.

    ``holders``: by kind and value, how many accounts use each mark of the records.  ``beyond``: by id whom a hub wrote
    to first who was not known to be a minor then (``later``, ``likely``).  ``judged_as``: the lead as it was when
    it was judged last, where it has changed since.
    """

    finding: Finding
    records: Mapping[str, tuple[Record, ...]]
    drawn: Drawn
    judgements: tuple[Judgement, ...]
    notes: tuple[Remark, ...]
    tags: tuple[str, ...]
    assigned: str
    related: tuple[Tie, ...]
    holders: Mapping[tuple[str, str], int] = field(default_factory=dict)
    beyond: Mapping[str, str] = field(default_factory=dict)
    judged_as: Finding | None = None

    @property
    def met(self) -> tuple[str, ...]:
        """Whom its records alone name: neither a member, a target nor ``beyond``, in order of their ids.

        Of leads about accounts no room: it is no person.
        """
        there = {*self.finding.members, *self.finding.targets, *self.beyond}
        listed = [one for several in self.records.values() for one in several]
        rooms = {record.columns.get("room") for record in listed} if self.finding.kind not in ("owner", "room") else ()
        return tuple(sorted({who for record in listed for who in involved(record)} - there - set(rooms)))

    def likely_elsewhere(self, likely: Collection[str]) -> tuple[str, ...]:
        """Who of the likely minors of the case (``likely``) stands here and is one by other leads alone."""
        here = (*self.finding.members, *self.finding.targets, *self.beyond, *self.met)
        return tuple(one for one in dict.fromkeys(here) if one in likely and self.beyond.get(one) != LIKELY)


@dataclass(frozen=True)
class Material:
    """The whole case as a report needs it; ``as_of``: ISO 8601 UTC, ``rejects``: number of rejected rows by reason."""

    case: str
    user: str
    choice: Choice
    words: Words
    document: FindingsDocument
    leads: tuple[LeadMaterial, ...]
    people: People
    status: Mapping[str, Judgement]
    description: tuple[Remark, ...]
    beside: Beside
    views: tuple[SavedView, ...]
    batches: tuple[Manifest, ...]
    rejects: Mapping[str, int]
    digest: str
    as_of: str

    @property
    def sources(self) -> tuple[ManifestSource, ...]:
        """Every source once, by name and hash."""
        found = {(_name(source.path), source.sha256): source for batch in self.batches for source in batch.sources}
        return tuple(found[key] for key in sorted(found))


def read_material(
    case: CaseFolder, lake: Lake, casebook: Casebook, document: FindingsDocument, choice: Choice, *, user: str,
    words: Words, progress: Progress = silent, reader: Reader | None = None,
) -> Material:
    """Read it, lead by lead; raises WorkbenchError where the choice names what the case lacks.

    ``reader`` opens the graph, for the pictures of saved views alone.
    """
    findings = choice.of(document)
    remarks, judgements = casebook.remarks.of(case.name), casebook.judgements(case.name)
    tags, assigned = casebook.remarks.tags(case.name), casebook.remarks.assigned(case.name)
    status = casebook.status(case.name)
    earlier = judged_earlier(case, status, casebook.audit_of(case.name, action=RUN), findings)
    leads = []
    for done, finding in enumerate(findings):
        progress(READING, done, len(findings))
        subject = f"finding:{finding.finding_id}"
        records = _records(lake, finding)
        leads.append(LeadMaterial(
            finding, records, _drawn(lake, finding, records, words) if choice.pictures else Drawn(None),
            tuple(item for item in judgements if item.finding_id == finding.finding_id),
            tuple(item for item in remarks if item.subject == subject and item.kind == "note"),
            tuple(tags.get(subject, ())), assigned.get(subject, ""), ties(finding, document.findings),
            holders_counted(lake, [mark for several in records.values() for one in several for mark in marks_in(one)]),
            not_known_then(lake, finding), earlier.get(finding.finding_id),
        ))
    batches, beside = manifests(case), read_beside(lake, choice.accounts, choice.threads)
    views = read_views(casebook.boards, case.name, choice.views)
    if views and choice.pictures and reader is not None:
        views = _pictured(case, lake, reader, views, document.findings)
    people = _ids(leads).union(beside.ids, _mentioned(remarks, judgements), *(view.ids for view in views))
    return Material(
        case.name, user, choice, words, document, tuple(leads),
        people_of(lake, people, _chosen_and_related(leads), words), status,
        _description(case.name, remarks), beside, views,
        batches, Counter(reject.reason for reject in read_rejects(case)), lake.digest(),
        _as_of(case, casebook, document, batches, [
            *(item.at for item in judgements), *(item.at for item in remarks), *(view.saved.at for view in views),
        ]),
    )


def _pictured(
    case: CaseFolder, lake: Lake, reader: Reader, views: Sequence[SavedView], findings: Sequence[Finding]
) -> tuple[SavedView, ...]:
    """With what the graph holds of them; as they are where it cannot be asked, which the report says."""
    try:
        with reader() as store:
            return tuple(replace(view, pictured=pictured(case, lake, store, view.board, findings)) for view in views)
    except GraphError:
        return tuple(views)


def _mentioned(remarks: Sequence[Remark], judgements: Sequence[Judgement]) -> set[str]:
    """Whoever was picked into a note."""
    texts = (*(remark.text for remark in remarks), *(judgement.note for judgement in judgements))
    return {identity for text in texts for identity in mentioned(text)}


def _description(case: str, remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """What is said of the case: its description as it stands, then the notes."""
    said = Standing.of(case, remarks).description
    notes = tuple(item for item in remarks if item.subject == f"case:{case}" and item.kind == "note")
    return (said, *notes) if said else notes


def _records(lake: Lake, finding: Finding) -> dict[str, tuple[Record, ...]]:
    found: dict[str, list[Record]] = {}
    for record in lake.records(finding.cited):
        found.setdefault(record.ref, []).append(record)
    return {ref: tuple(several) for ref, several in found.items()}


def _drawn(lake: Lake, finding: Finding, records: Mapping[str, Sequence[Record]], words: Words) -> Drawn:
    if finding.kind == "owner" and finding.targets:
        return Drawn(None, company_file(lake, finding.targets[0]).tree)
    told = [one for ref in finding.supporting for one in records.get(ref, ())]
    return Drawn(picture_of(lake, finding, told, words))


def _chosen_and_related(leads: Sequence[LeadMaterial]) -> list[Finding]:
    """The chosen leads and those related to them, whose targets may be minors by the kind of lead alone."""
    return [*(lead.finding for lead in leads), *(tie.other for lead in leads for tie in lead.related)]


def _ids(leads: Sequence[LeadMaterial]) -> set[str]:
    """Whoever stands anywhere in these leads."""
    found: set[str] = set()
    for lead in leads:
        finding = lead.finding
        found.update(finding.members, finding.targets, lead.beyond, *(item.ids for item in finding.reasons))
        found.update(*(item.ids for item in finding.counter_evidence))
        for level in lead.drawn.tree:
            found.update((level.owner, level.owned))
        for several in lead.records.values():
            found.update(identity for one in several for identity in involved(one))
        for tie in lead.related:
            found.update(tie.other.members, on_whom(tie.other))
    return found


def _as_of(
    case: CaseFolder, casebook: Casebook, document: FindingsDocument, batches: Sequence[Manifest], work: Sequence[str]
) -> str:
    """When the case was last changed: a batch, this run's first mention in the audit log, a judgement, a remark or a
    saved view that is reported.

    Making a report, looking and exporting change nothing, so the same case gives the same day.
    """
    ran = [
        entry.at
        for entry in casebook.audit()
        if entry.case == case.name and entry.action == "detect" and document.run_id in entry.detail
    ][:1]
    moments = [*(batch.created_at for batch in batches if batch.created_at), *ran, *work]
    return max((moment.replace("+00:00", "Z") for moment in moments), default="")


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]
