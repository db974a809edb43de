"""What stands in the audit log of a case?  One row an entry: who did what, when, to what; minors masked."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import pandas as pd

from graph.detect.finding import Finding
from workbench.casebook import AuditEntry
from workbench.casebook.saved.runs import RUNS
from workbench.language import Words
from workbench.masking.telling import Telling
from workbench.plain_text import plain_text
from workbench.views.models.handed_on import ITSELF, handed_on, leads_in, query_of
from workbench.views.models.leads.listing import title
from workbench.views.models.leads.who import on_whom
from workbench.views.models.names import Names
from workbench.views.models.queries.outcomes import outcome_text
from workbench.views.models.team import texts_in, values


def _(message: str) -> str:
    return message


_ACTS = {
    "begin case": _("case begun"), "open case": _("case opened"), "import case": _("case brought in whole"),
    "take in casework": _("casework brought in"), "add member": _("member added"),
    "remove member": _("member removed"), "receive": _("files received"), "ingest": _("files read"),
    "detect": _("detections run"), "rebuild": _("graph made anew"), "add hash list": _("list of hashes added"),
    "match hash lists": _("hashes compared"), "judge": _("judgement"), "write lead": _("lead of one’s own"),
    "note": _("note"), "tag": _("tag"), "untag": _("tag taken off"), "assign": _("assignment"),
    "description": _("description written"), "authority": _("authority written"), "scope": _("scope written"),
    "person": _("person named"), "person off": _("person taken off"), "save view": _("picture saved"),
    "archive view": _("picture archived"), "bring back view": _("archived picture brought back"),
    "run statement": _("statement run"), "run query": _("query run"), "watch query": _("watch begun"),
    "end watch": _("watch ended"), "unmask minor": _("mask lifted"), "open conversation": _("conversation opened"),
    "open texts": _("texts opened"), "search texts": _("texts searched"),
    "report texts": _("texts opened for a report"), "report": _("report made"), "export": _("export"),
    "verify": _("case verified"), "seal": _("case sealed"), "time-stamp": _("seal time-stamped"),
}
_IDS = ("account", "one", "other", "room", "members")
_UNLABELLED = ("who", "name", "text")
_LABELS = {
    "query": _("Query"), "batch_id": _("Batch"), "run_id": _("Run no."),
    "statement": _("Statement (digest)"), "to": _("Format"), "phrase": _("Words looked for"),
    "received_from": _("Received from"), "authority": _("Authority"), "note": _("Note"), "purpose": _("Purpose"),
    "reason": _("Reason"), "outcome": _("Outcome"),
}
"""What of an entry is told under a label, in this order: what was done, then why, then how it ended."""
_MOST = 3  # leads of an entry that are named, and members of a single one


@dataclass(frozen=True)
class Known:
    """What the case knows of what its log names by id: its ``leads``, and with which ``values`` queries were run, by
    the number of the run."""

    leads: Mapping[str, Finding] = field(default_factory=dict)
    values: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    def given(self, entry: AuditEntry) -> Mapping[str, Any]:
        """What the query was asked with that an entry tells of; nothing of any other entry."""
        return self.values.get(entry.facts.get("seq", 0), {}) if entry.facts.get("table") == RUNS else {}


NOTHING = Known()


def act_word(action: str, words: Words) -> str:
    """What an entry's action is called; one that nobody foresaw by its own name."""
    return words.gettext(_ACTS.get(action, action))


def ids_in(entries: Sequence[AuditEntry], known: Known = NOTHING) -> set[str]:
    """Whom the entries name by id, whom their leads are about, and what their queries were asked with."""
    leads = (known.leads[one] for entry in entries for one in leads_in(entry.facts) if one in known.leads)
    about = {who for lead in leads for who in (*lead.members[:_MOST], *on_whom(lead))}
    given = texts_in(given for entry in entries if (given := known.given(entry)))
    return {one for entry in entries for one in _ids(entry.facts)} | about | given


def _ids(facts: Mapping[str, Any]) -> list[str]:
    given = [facts[name] for name in _IDS if facts.get(name)]
    kind, _, on = str(facts.get("on", "")).partition(":")
    if kind in ("account", "room"):
        given.append(on)
    return [str(one) for some in given for one in (some if isinstance(some, list) else [some])]


def wanted(entries: Sequence[AuditEntry], people: Collection[str], acts: Collection[str]) -> list[AuditEntry]:
    """Those of these people and of these kinds of act; of all where none is named."""
    return [
        entry for entry in entries
        if (not people or entry.user in people) and (not acts or entry.action in acts)
    ]


def table(
    entries: Sequence[AuditEntry], names: Names, telling: Telling, words: Words, known: Known = NOTHING
) -> pd.DataFrame:
    """One row an entry; a text that tells a masked minor is withheld as a whole."""
    rows = [
        (
            entry.seq, words.instant(entry.at), plain_text(entry.user, limit=120),
            plain_text(act_word(entry.action, words)), _about(entry, names, telling, words, known),
        )
        for entry in entries
    ]
    _ = words.gettext
    return pd.DataFrame(rows, columns=[_("Entry"), _("When (UTC)"), _("Who"), _("What"), _("Details")])


def _about(entry: AuditEntry, names: Names, telling: Telling, words: Words, known: Known) -> str:
    """What the entry is about: whom, which files, which reason; hashes and numbers of rows stand in the log alone."""
    facts = entry.facts
    ids, on = _ids(facts), str(facts.get("on", "")).partition(":")
    sources = facts.get("sources")
    files = [str(one.get("path", "")) for one in sources if isinstance(one, dict)] if isinstance(sources, list) else []
    files += [str(facts[name]) for name in ("path", "file") if facts.get(name)]
    texts = [
        *(PurePath(file).name for file in files), *(str(facts[name]) for name in _UNLABELLED if facts.get(name)),
        *([on[2]] if on[2] and on[0] not in ("account", "room", "finding") else []),
    ]

    def shown(text: str) -> str:
        if telling.tells(text):
            return words.gettext("(withheld: it names a minor)")
        return plain_text(telling.leads(text), limit=400)

    told = [
        *([words.gettext(str(facts["is"]))] if facts.get("is") else []),
        *([words.gettext("nobody")] if entry.action == "assign" and not facts.get("text") else []),
        *(names.full(one) for one in ids),
        *handed_on(entry.action, facts, words),
        *map(shown, texts),
        *_leads(facts, names, words, known, shown),
    ]
    for name, label in _LABELS.items():
        if given := _given(name, facts):
            if name == "reason" and facts.get("stated") is False:  # a reason stands for hours, and in another session
                label = _("Reason, given earlier")
            told.append(words.pair(words.gettext(label), _value(name, str(given), words, shown)))
        if name == "query" and (asked := known.given(entry)):
            told.append(words.pair(words.gettext("Values"), shown(values(asked, names, words))))
    return plain_text(" · ".join(dict.fromkeys(told)), limit=1_000) if told else ""


def _given(name: str, facts: Mapping[str, Any]) -> object:
    if name == "query":
        return facts.get(name) or query_of(facts)
    return None if name == "to" and facts.get(name) in ITSELF else facts.get(name)


def _leads(
    facts: Mapping[str, Any], names: Names, words: Words, known: Known, shown: Callable[[str], str]
) -> list[str]:
    """What the leads of an entry are called; of those that the case has still, whom they are about."""
    ids = leads_in(facts)
    if not ids:
        return []
    most = _MOST if len(ids) == 1 else 1
    told = [
        shown(one)
        + (f" ({title(known.leads[one], names, words, most=most)})" if one in known.leads else "")
        for one in ids[:_MOST]
    ]
    if len(ids) > _MOST:
        told[-1] += " " + words.gettext("and {number} more", number=len(ids) - _MOST)
    label = words.gettext("Lead") if len(ids) == 1 else words.gettext("Leads")
    return [words.pair(label, words.joined(told))]


def _value(name: str, text: str, words: Words, shown: Callable[[str], str]) -> str:
    """A labelled part; how a run ended is said in the language, of what failed no more than that."""
    return outcome_text(text, words) if name == "outcome" else shown(text)
