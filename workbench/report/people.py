"""What is each person called in a report?  Minors by a label of their own alone, wherever an id stands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.detect.finding import Finding
from graph.detect.reason import AS_WRITTEN, CounterEvidence, Reason
from graph.detect.registry import BY_KIND
from graph.detect.values import quote
from graph.detect.wordings import Said, render
from graph.opaque import token
from ingest.lake import Lake
from workbench.casebook.mentions import told
from workbench.dossier.ages import AgeBasis, age_bases
from workbench.dossier.rows import rows
from workbench.language import Words
from workbench.language.kinds import MANUAL
from workbench.plain_text import plain_text
from workbench.views.models.names import Names, names_of

HIDDEN = "▪▪▪"
_SHORTEST = 3
SHARED_KINDS = ("device", "ip", "host")


@dataclass(frozen=True)
class People:
    """Names by id for one report.  ``marks``: what identifies a minor beside the id (pseudonym, e-mail, phone, …), in
    lower case; ``ages``: what ruled last on an account's age; ``digits``: how many tell the minors apart."""

    names: Names
    words: Words
    marks: frozenset[str] = frozenset()
    ages: Mapping[str, AgeBasis] = field(default_factory=dict)
    digits: int = 4

    def minor(self, identity: str) -> bool:
        return identity in self.names.minors

    def of(self, identity: str, *, limit: int = 48) -> str:
        """The pseudonym or name, else the id; a minor's label."""
        return self._mask(identity) if self.minor(identity) else self.names.of(identity, limit=limit)

    def called(self, identity: str) -> str:
        """In a sentence: pseudonym in quotation marks beside the id, or a minor's label."""
        return self._mask(identity) if self.minor(identity) else self.names.called(identity, self.words.language)

    def identity(self, identity: str) -> str:
        """The id itself; a minor's label."""
        return self._mask(identity) if self.minor(identity) else self.names.identity(identity)

    def value(self, text: str, holder: str = "", *, limit: int = 200) -> str:
        """A value of the data, hidden where ``holder`` is a minor or the value is a minor's as well."""
        hidden = self.minor(holder) or text.casefold().strip() in self.marks
        return HIDDEN if hidden else plain_text(text, limit=limit)

    def said(self, finding: Finding, item: Reason | CounterEvidence) -> Said:
        """A reason or counter-evidence in words.

        Texts of the data in a sentence about a minor are hidden; prose in which names are no values is withheld where
        it may name one.
        """
        language = self.words.language
        if item.code == AS_WRITTEN:
            told = render(finding.kind, item, language)
            measure = plain_text(told.measure.replace("_", " "), limit=80)
            return Said(measure, self._prose(finding, told.detail))
        about = self.minors_of(finding.members) or self.minors_of(item.ids)
        kept = {
            name: quote(HIDDEN if about or isinstance(value.value, str) else (HIDDEN,))
            for name, value in item.values.items()
            if value.type == "quote" and (about or self._tells(value.value))
        }
        shown = replace(item, values={**item.values, **kept})
        told = render(finding.kind, shown, language, lambda _, identity: self.called(identity))
        return Said(plain_text(told.measure, limit=80), plain_text(told.detail, limit=4_000))

    def note(self, text: str) -> str:
        """What a person wrote; withheld as a whole where a minor's id or name stands in it."""
        text = told(text, self.called)  # whoever was picked into it stands under a label
        if self.names_a_minor(text):
            return self.words.gettext("(withheld: it names a minor)")
        return plain_text(text, limit=4_000) if text.strip() else ""

    def names_a_minor(self, text: str) -> bool:
        """Does a word of the text, or several, tell a minor by id, name or mark?"""
        low = text.casefold()
        ids = {identity.casefold() for identity in self.names.minors}
        told = ids | {identity.partition(":")[2] for identity in ids} | self.marks
        return any(
            re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", low)
            for mark in told
            if len(mark) >= _SHORTEST and mark in low
        )

    def minors_of(self, identities: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(identity for identity in identities if self.minor(identity)))

    def age(self, account: str) -> str:
        """Minor or adult and on what basis; empty where the evidence has none."""
        basis = self.ages.get(account)
        if basis is None:
            return self.words.gettext("minor") if self.minor(account) else self.words.gettext("age unknown")
        told = {
            "declared": self.words.gettext("declared age"),
            "stated": self.words.gettext("age stated in its own messages"),
            "report": self.words.gettext("a report"),
        }.get(basis.basis, basis.basis)
        who = self.words.gettext("minor") if self.minor(account) else self.words.gettext("adult")
        return f"{who} ({told})"

    def _prose(self, finding: Finding, detail: str) -> str:
        """Prose of a detection may name anybody; a person's own is read for the minors' names."""
        if finding.kind == MANUAL:
            return self.note(detail)
        if self.minors_of((*finding.members, *finding.targets)) or self.names_a_minor(detail):
            return self.words.gettext(
                "Withheld: the sentence is prose of an earlier version that may name a minor; run the detections again."
            )
        return plain_text(detail, limit=4_000)

    def _tells(self, value: object) -> bool:
        listed = value if isinstance(value, tuple) else (value,)
        return any(self.names_a_minor(str(one)) or str(one).casefold().strip() in self.marks for one in listed)

    def _mask(self, identity: str) -> str:
        return " ".join((self.words.gettext("minor"), HIDDEN, token(identity)[: self.digits]))


def people_of(lake: Lake, identities: Iterable[str], findings: Iterable[Finding], words: Words) -> People:
    """Names of these ids; minors are those by the evidence, and the targets of kinds that find minors."""
    ids = sorted(set(identities))
    found = names_of(lake, ids)
    latest = {basis.account: basis for basis in age_bases(lake, ids)}
    minors = set(found.minors) | {account for account, basis in latest.items() if basis.minor}
    for finding in findings:
        if finding.kind in BY_KIND and BY_KIND[finding.kind].targets_are_minors:
            minors.update(finding.targets)
    names = replace(found, minors=frozenset(minors))
    digits = next(
        (length for length in range(4, 16) if len({token(one)[:length] for one in minors}) == len(minors)), 16
    )
    return People(names, words, _marks(lake, minors, found), latest, digits)


def _marks(lake: Lake, minors: set[str], names: Names) -> frozenset[str]:
    """Pseudonyms and identifiers of the minors, in lower case; not what a home shares, as addresses and devices."""
    wanted = sorted(minors)
    found = {names.pseudonyms[identity] for identity in wanted if identity in names.pseudonyms}
    if wanted:
        identifiers = lake.table("identifiers")
        own = identifiers.filter(identifiers.account.isin(wanted), identifiers.kind.notin(SHARED_KINDS))
        found |= {str(row[0]) for row in rows(own.select("value").distinct()) if row[0]}
    return frozenset(value.casefold().strip() for value in found) - {""}
