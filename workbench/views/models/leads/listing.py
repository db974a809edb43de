"""Which findings are there, in which order, and which of them does somebody ask for?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

import pandas as pd

from graph.detect.finding import TIERS, Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.registry import KINDS
from graph.detect.wordings import LANGUAGES
from queries.finding import folded
from workbench.casebook import Judgement, Remark
from workbench.language import Words
from workbench.language.kinds import kind_label
from workbench.language.vocabulary import judged_earlier_told, status_told
from workbench.masking.leads import lead_called
from workbench.masking.telling import HIDDEN
from workbench.plain_text import plain_text
from workbench.related import related
from workbench.views.models.leads.lead import CLEAR, rendered
from workbench.views.models.leads.who import on_whom
from workbench.views.models.names import Names

T = TypeVar("T")
OPEN = "open"
NOBODY = "nobody"
_ACCOUNTS = "accounts:"
_TO = " → "
_LEAST, _FEWEST = 5, 2
"""Letters of a name that stay where a column is too narrow for it, and of an owner's beside a company's."""
_MORE = re.compile(r" \+[\d,]+$")
_MASK, _OF_DIGITS = re.compile(f"{HIDDEN} [0-9a-f]+$"), 6


@dataclass(frozen=True)
class Casework:
    """What people have added to findings: the latest judgement, tags, who works on it, and all notes, by finding id.

    ``earlier``: the leads that have changed since they were judged last, as they were then (``runs.judged_on``).
    """

    status: Mapping[str, Judgement] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    assigned: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: Mapping[str, Finding] = field(default_factory=dict)

    @classmethod
    def of(
        cls, status: Mapping[str, Judgement], remarks: Iterable[Remark], tags: Mapping[str, tuple[str, ...]],
        assigned: Mapping[str, str], earlier: Mapping[str, Finding] = MappingProxyType({}),
    ) -> "Casework":
        """From the casebook's answers, whose subjects are ``finding:ID``."""

        notes: dict[str, list[str]] = {}
        for remark in remarks:
            if remark.kind == "note":
                notes.setdefault(remark.subject, []).append(remark.text)
        return cls(status, _by_id(tags), _by_id(assigned), {k: tuple(v) for k, v in _by_id(notes).items()}, earlier)

    def status_of(self, finding: Finding) -> str:
        judged = self.status.get(finding.finding_id)
        return judged.status if judged else OPEN

    def status_told(self, finding: Finding, words: Words) -> str:
        """The status in words, whether people's latest judgements contradict each other, and what the lead was when it
        was judged if it has changed since."""
        judged, then = self.status.get(finding.finding_id), self.earlier.get(finding.finding_id)
        told = status_told(self.status_of(finding), words, opposed=judged is not None and judged.opposed)
        return told if then is None else f"{told} · {judged_earlier_told(then, words)}"

    def status_cell(self, finding: Finding, words: Words) -> str:
        """As ``status_told``, in a narrow column: where judgements contradict each other, that alone; one that somebody
        left or made open is told from those that nobody has judged."""
        judged = self.status.get(finding.finding_id)
        if judged and judged.opposed:
            return words.gettext("disputed")
        if judged and judged.status == OPEN:
            return words.gettext("open, judged")
        return words.gettext(self.status_of(finding))

    def judged_by(self, finding: Finding) -> str:
        judged = self.status.get(finding.finding_id)
        return judged.user if judged else ""


@dataclass(frozen=True)
class Wanted:
    """What a list of leads is narrowed to; what is empty narrows nothing.  ``since`` and ``until`` are days (ISO): no
    lead without a time is in any period."""

    kinds: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    judged_by: tuple[str, ...] = ()
    assigned: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    text: str = ""

    def fits(self, finding: Finding, names: Names, casework: Casework) -> bool:
        who = casework.assigned.get(finding.finding_id) or NOBODY
        return (
            (not self.kinds or finding.kind in self.kinds)
            and (not self.tiers or finding.tier in self.tiers)
            and (not self.states or casework.status_of(finding) in self.states)
            and (not self.judged_by or casework.judged_by(finding) in self.judged_by)
            and (not self.assigned or who in self.assigned)
            and (not self.tags or bool(set(self.tags) & set(casework.tags.get(finding.finding_id, ()))))
            and (not self.platforms or bool(set(self.platforms) & platforms_of(finding)))
            and (not (self.since or self.until) or dated(finding))
            and (not self.since or (finding.last_at or "9") >= self.since)  # without an end it lasts still
            and (not self.until or (finding.first_at or "0")[:10] <= self.until)
            and (not self.text.strip() or _spaced(self.text) in _searchable(finding, names, casework))
        )


def _by_id(given: Mapping[str, T]) -> dict[str, T]:
    """Of subjects ``finding:ID`` alone, by that id."""
    return {name.partition(":")[2]: value for name, value in given.items() if name.startswith("finding:")}


def dated(finding: Finding) -> bool:
    """Has it a time at all?  Accounts on one device, say, have none."""
    return bool(finding.first_at or finding.last_at)


def platforms_of(finding: Finding) -> frozenset[str]:
    """The platforms of its members and targets."""
    return frozenset(identity.partition(":")[0] for identity in (*finding.members, *finding.targets))


def people(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Every id that the findings name, also among the accounts their reasons cite and in their sentences."""
    named: set[str] = set()
    for finding in findings:
        named.update(finding.members, finding.targets)
        for reason in finding.reasons:
            named.update(ref.removeprefix(_ACCOUNTS) for ref in reason.records if ref.startswith(_ACCOUNTS))
        items: tuple[Reason | CounterEvidence, ...] = (*finding.reasons, *finding.counter_evidence)
        for item in items:
            named.update(item.ids)
    return tuple(sorted(named))


def matching(
    findings: Sequence[Finding], names: Names, casework: Casework, wanted: Wanted
) -> tuple[Finding, ...]:
    """The findings that fit, in the order given."""
    if wanted == Wanted():
        return tuple(findings)
    return tuple(finding for finding in findings if wanted.fits(finding, names, casework))


def without_time(
    findings: Sequence[Finding], names: Names, casework: Casework, wanted: Wanted
) -> int:
    """How many leads a period leaves out for having no time, and nothing else that is asked for."""
    if not (wanted.since or wanted.until):
        return 0
    others = replace(wanted, since="", until="")
    return len(matching([finding for finding in findings if not dated(finding)], names, casework, others))


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By tier, then by kind, those of one kind as given: by score, which compares them alone."""
    kinds = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(sorted(findings, key=lambda one: (TIERS.index(one.tier), kinds.get(one.kind, len(kinds)), one.kind)))


def title(finding: Finding, names: Names, words: Words, *, tier: bool = False, most: int = 3) -> str:
    """The lead in one line: its kind (and tier), and who; of many on one person on whom, of an owner of what."""
    kind = kind_label(finding.kind, words) + (f", {words.gettext(finding.tier)}" if tier else "")
    who = names.joined(finding.members, most=most, more=words.gettext("and {number} more"))
    return words.pair(kind, who + _on_whom(finding, names))


def _on_whom(finding: Finding, names: Names) -> str:
    return "".join(f"{_TO}{names.of(one, limit=28)}" for one in on_whom(finding))


def counted(shown: int, total: int, words: Words) -> str:
    """How many leads of how many, and what orders them."""
    return words.ngettext(
        "{shown} of {total} lead, by tier, kind and score", "{shown} of {total} leads, by tier, kind and score", total,
        shown=shown, total=total,
    )


def narrowed(wanted: Wanted, words: Words) -> str:
    """What a list is narrowed to beside its kind, tier, status and words; empty where it is not."""
    nobody = words.gettext("nobody")
    days = [f"{sign} {day}" for sign, day in (("≥", wanted.since), ("≤", wanted.until)) if day]
    people = [*wanted.judged_by, *(nobody if name == NOBODY else name for name in wanted.assigned)]
    return ", ".join([*map(plain_text, (*people, *wanted.tags, *wanted.platforms)), *days])


Beginning = tuple[str, str, str, str, int]
"""What a lead's row says whatever people added: tier, score (two decimals), kind, who, targets."""


def beginnings(findings: Iterable[Finding], names: Names, words: Words) -> dict[str, Beginning]:
    """By id.  Names are as few as a narrow column holds."""
    return {
        finding.finding_id: (
            words.gettext(finding.tier), words.decimals(finding.score), kind_label(finding.kind, words),
            names.joined(finding.members, most=1, more="+{number}")
            + (_on_whom(finding, names) if len(finding.members) == 1 else ""), len(finding.targets),
        )
        for finding in findings
    }


def table(
    findings: Sequence[Finding], begun: Mapping[str, Beginning], casework: Casework, words: Words, *,
    marks: Mapping[str, str] | None = None, letters: int = 40, kinds: bool = True,
) -> pd.DataFrame:
    """One row a finding, in the order given; ``marks``: by id what the last run changed, where there was one before.

    Without ``kinds`` all are of one that is said elsewhere, whose room has who they are about.

    ``letters``: so many of who it is about have room; how many more there are stands there always.

    Who works on a lead and its tags stand in the open lead and are asked for by filters: beside the status they were
    cut.
    """
    _ = words.gettext
    heads = [_("Tier"), _("Score"), *([_("Kind")] if kinds else []), _("Who"), _("Targets"), _("Status")]
    heads += [_("Change")] if marks is not None else []
    # where all are on one company, it tells none of them apart
    named = {who.rpartition(_TO)[2] for *_begun, who, _targets in (begun[one.finding_id] for one in findings)
             if _TO in who}
    alike = len(named) == 1
    rows = [
        (
            tier, score, *([kind] if kinds else []), _fitted(who, letters, alike=alike), targets,
            casework.status_cell(finding, words),
            *([marks.get(finding.finding_id, "")] if marks is not None else []),
        )
        for finding in findings
        for tier, score, kind, who, targets in [begun[finding.finding_id]]
    ]
    return pd.DataFrame(rows, columns=heads)


def _fitted(who: str, letters: int, *, alike: bool = False) -> str:
    """A name and how many more there are, in so many letters: the name is cut within, as many differ at their ends
    alone, the number never.

    Of an owner and a company, which tells leads apart, the owner is cut first, at its end; where the list has
    one company (``alike``) the owner stands alone.
    """
    if len(who) <= letters:
        return who
    owner, to, company = who.rpartition(_TO)
    if to and alike:
        return _within(owner, letters)
    if to:
        letters -= len(_TO)
        room = max(_LEAST if letters - _LEAST >= _LEAST else _FEWEST, letters - len(company))
        owner = owner if len(owner) <= room else owner[: room - 1].rstrip() + "…"
        return f"{owner}{to}{_within(company, letters - len(owner) if room > _FEWEST else _LEAST)}"
    more = found[0] if (found := _MORE.search(who)) else ""
    return _within(who.removesuffix(more), letters - len(more)) + more


def _within(name: str, room: int) -> str:
    """Both ends of a name that has no room, a sign of each at least; of a mask its digits, whole."""
    room = max(room, 3)
    if len(name) <= room:
        return name
    if masked := _MASK.search(name):
        return masked[0][-max(room, _OF_DIGITS):].lstrip()
    return name[: room // 2].rstrip() + "…" + name[room // 2 + 1 - room :].lstrip()


def similar(finding: Finding, findings: Iterable[Finding], *, most: int = 5) -> tuple[tuple[Finding, int, int], ...]:
    """Leads of the same kind about others that rest on most of the same reasons, and most of the same against them.

    Each with how many codes of reasons and counter-evidence the two have in common, of how many in either (Jaccard
    1912); alike ones by the nearer score.  Leads that are ``related`` stand elsewhere.
    """
    listed = tuple(findings)
    apart = {finding.finding_id, *(one.finding_id for one in related(finding, listed))}
    own, found = _codes(finding), []
    for other in listed:
        if other.kind == finding.kind and other.finding_id not in apart:
            common, either = len(own & _codes(other)), len(own | _codes(other))
            if 2 * common >= either:
                found.append((other, common, either))
    found.sort(key=lambda item: (-item[1] / item[2], abs(item[0].score - finding.score), item[0].finding_id))
    return tuple(found[:most])


def _codes(finding: Finding) -> frozenset[str]:
    """What the lead rests on and what speaks against it, without what would clear any lead of the kind."""
    items: tuple[Reason | CounterEvidence, ...] = (*finding.reasons, *finding.counter_evidence)
    return frozenset(item.code for item in items) - {CLEAR}


def beside(shown: Sequence[Finding], finding: Finding | None, step: int) -> Finding | None:
    """The lead that many places further in the list; None at its end."""
    ids = [item.finding_id for item in shown]
    if finding is None or finding.finding_id not in ids:
        return shown[0] if shown else None
    place = ids.index(finding.finding_id) + step
    return shown[place] if 0 <= place < len(shown) else None


def _searchable(finding: Finding, names: Names, casework: Casework) -> str:
    """Names, ids, sentences in both languages, days as tables write them, what people added; the masked by masks."""
    named = " ".join(names.full(identity) for identity in (*finding.members, *finding.targets))
    items: tuple[Reason | CounterEvidence, ...] = (*finding.reasons, *finding.counter_evidence)
    sentences = " ".join(
        rendered(finding, item, names, language).detail for item in items for language in LANGUAGES
    )
    told = (value for item in items for value in item.values.values() if value.type in ("instant", "day"))
    days = " ".join(text[:10] for value in told for text in value.texts)
    judged = casework.status.get(finding.finding_id)
    added = " ".join([
        *casework.notes.get(finding.finding_id, ()), *casework.tags.get(finding.finding_id, ()),
        judged.note if judged else "",
    ])
    ids = f"{finding.finding_id} {lead_called(finding.finding_id, names.key)}"
    return _spaced(f"{ids} {named} {sentences} {days} {added}")


def _spaced(text: str) -> str:
    """In small letters without accents, each space a plain one: nobody types those of French sentences."""
    return " ".join(folded(text).split())
