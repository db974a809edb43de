"""What is each person called in a report?  Minors by a label of their own alone, wherever an id stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import PurePath

import ibis
import pyarrow as pa

from graph.detect.finding import Finding
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.registry import BY_KIND
from graph.detect.wordings import Said
from graph.opaque import token
from graph.text_forms.names import as_seen
from ingest.lake import Lake, Record
from workbench.dossier.ages import AgeBasis, age_bases
from workbench.dossier.rows import rows
from workbench.language import Words
from workbench.masking.people import masked_among
from workbench.masking.sentences import Hiding
from workbench.masking.telling import DIGITS, HIDDEN, NOBODY, Telling, native, telling_of
from workbench.plain_text import plain_text
from workbench.views.models.names import Names, names_of, names_without
from workbench.views.models.words.contract import role_word


@dataclass(frozen=True)
class People:
    """Names by id for one report.  ``telling``: what tells a minor of the case beside the id; ``ages``: what ruled last
    on an account's age; ``first_aged``: what first said the same, minor or adult; ``records``: where these stand, by
    reference; ``digits``: how many tell the minors apart; ``roles``: of accounts that are more than members, as their
    platform calls it."""

    names: Names
    words: Words
    telling: Telling = NOBODY
    ages: Mapping[str, AgeBasis] = field(default_factory=dict)
    first_aged: Mapping[str, AgeBasis] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    digits: int = DIGITS
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def minor(self, identity: str) -> bool:
        return identity in self.names.minors

    def of(self, identity: str, *, limit: int = 48) -> str:
        """The pseudonym or name, else the id; a minor's label."""
        return self._mask(identity) if self.minor(identity) else self.names.of(identity, limit=limit)

    def apart(self, identity: str, *, limit: int = 48) -> str:
        """As ``of``; with the id where the name of somebody else in the report looks the same."""
        return self._mask(identity) if self.minor(identity) else self.names.apart(identity, limit=limit)

    def called(self, identity: str) -> str:
        """In a sentence: pseudonym in quotation marks beside the id, or a minor's label."""
        return self._mask(identity) if self.minor(identity) else self.names.called(identity, self.words.language)

    def chained(self, identity: str) -> str:
        """As ``called`` in a chain of many: the id stands among the people of the lead."""
        return self._mask(identity) if self.minor(identity) else self.names.chained(identity, self.words.language)

    def identity(self, identity: str) -> str:
        """The id itself; a minor's label."""
        return self._mask(identity) if self.minor(identity) else self.names.identity(identity)

    def sort_key(self, identity: str) -> tuple[bool, str]:
        """What to sort people by, who else keep their order: a masked one's place among ids would tell the id, so that
        they stand last, by their labels."""
        return (True, self._mask(identity)) if self.minor(identity) else (False, "")

    def listed(self, identities: Iterable[str]) -> list[str]:
        """These people in the order given, minors after the others by their labels."""
        return sorted(identities, key=self.sort_key)

    def role(self, identity: str) -> str:
        """What the account is on its platform beside a member, in words; empty of any other, and of a minor, whom a
        rare role would tell."""
        found = () if self.minor(identity) else self.roles.get(identity, ())
        return ", ".join(role_word(role, self.words) for role in found)

    def own_row(self, record: Record) -> bool:
        """Is that a minor's own row among the accounts?  By its place in the file, or by what stands in it, whoever has
        the file finds the minor."""
        return record.table == "accounts" and self.minor(record.columns.get("account") or "")

    def record_sort_key(self, record: Record) -> tuple[bool, str]:
        """What to sort records by, before their own order: minors' own rows stand last, by their labels."""
        return self.sort_key(record.columns.get("account") or "") if self.own_row(record) else (False, "")

    def value(self, text: str, holder: str = "", *, limit: int = 200) -> str:
        """A value of the data, hidden where ``holder`` is a minor or the value tells one."""
        return HIDDEN if self.minor(holder) or self.names_a_minor(text) else plain_text(text, limit=limit)

    def file(self, path: str) -> str:
        """The name of a source file, hidden where it tells a minor; its hash stands beside it."""
        return str(self.telling.cleared(PurePath(path).name))

    def said(self, finding: Finding, item: Reason | CounterEvidence) -> Said:
        """A reason or counter-evidence in words."""
        return self._hiding.rendered(finding, item)

    def note(self, text: str) -> str:
        """What a person wrote; withheld as a whole where it tells a minor."""
        shown = self._hiding.note(text)
        return plain_text(shown, limit=4_000) if shown.strip() else ""

    def names_a_minor(self, text: str) -> bool:
        """Does a word of the text, or several, tell a minor of the case by id, name or mark?"""
        return self.names.telling(self.telling, text)

    def minors_of(self, identities: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(identity for identity in identities if self.minor(identity)))

    def age(self, account: str, *, by_another: bool = False, until: str | None = None) -> str:
        """Minor or adult and on what basis; what leads alone say of it, empty where the evidence has none.

        ``by_another``: the lead that is told of is none of those that call it a likely minor.  ``until``: the end of
        its period (ISO 8601); where nothing said it by then, what said it later, and that it did.
        """
        if account in self.names.likely:
            if by_another:
                return self.words.gettext("likely minor (another lead)")
            return self.words.gettext("likely minor (a lead)")
        basis = self._basis(account, until)
        if basis is None:
            return self.words.gettext("minor") if self.minor(account) else self.words.gettext("age unknown")
        told = {
            "declared": self.words.gettext("declared age"),
            "stated": self.words.gettext("age stated in its own messages"),
            "report": self.words.gettext("a report"),
        }.get(basis.basis, basis.basis)
        who = self.words.gettext("minor") if self.minor(account) else self.words.gettext("adult")
        if _after(basis, until):
            told = self.words.gettext("{told}, after the lead’s period", told=told)
        return f"{who} ({told})"

    def age_from(self, account: str, *, until: str | None = None) -> str:
        """File and row of what the age is known by, as ``age`` tells it."""
        basis = self._basis(account, until)
        record = self.records.get(basis.record) if basis else None
        return "–" if record is None or account in self.names.likely else self.source_reference(record)

    def _basis(self, account: str, until: str | None) -> AgeBasis | None:
        latest = self.ages.get(account)
        return self.first_aged.get(account, latest) if latest is not None and _after(latest, until) else latest

    def source_reference(self, record: Record) -> str:
        """File and row of a record; of a minor's own row the file alone."""
        name = self.file(record.source)
        return plain_text(name if self.own_row(record) else f"{name}:{record.row}", limit=200)

    @property
    def _hiding(self) -> Hiding:
        noted = self._beside_the_shown.tells
        return Hiding(self.words, self.called, self.chained, self.minor, self.names_a_minor, noted,
                      leads=self.telling.leads)

    @cached_property
    def _beside_the_shown(self) -> Telling:
        return self.telling.beside(self.names.shown)

    def _mask(self, identity: str) -> str:
        likely = identity in self.names.likely
        word = self.words.gettext("likely minor") if likely else self.words.gettext("minor")
        return " ".join((word, HIDDEN, token(identity, self.telling.key)[: self.digits]))


def people_of(lake: Lake, identities: Iterable[str], findings: Iterable[Finding], words: Words) -> People:
    """Names of these ids; masked are minors by the evidence, targets of kinds that find minors, and likely minors."""
    ids = sorted(set(identities))
    found = names_of(lake, ids)
    bases = age_bases(lake, ids)
    latest = {basis.account: basis for basis in bases}
    first = {basis.account: basis for basis in reversed(bases) if basis.minor == latest[basis.account].minor}
    told = {account for account, basis in latest.items() if basis.minor}
    for finding in findings:
        if finding.kind in BY_KIND and BY_KIND[finding.kind].targets_are_minors:
            told.update(finding.targets)
    minors = found.minors | told
    own = (name for one in minors for name in (one, native(one), found.pseudonyms.get(one, "")) if name)
    telling = telling_of(lake.case) | Telling(frozenset(own))
    accounts = _accounts(lake, ids) | minors
    names = names_without(
        replace(
            found, minors=frozenset(minors), likely=found.likely - told,
            repeated=_repeated(lake, (name for one, name in found.pseudonyms.items() if one not in minors)),
        ), telling,
        {one: "Account" if one in accounts else "" for one in ids},
    )
    tokens = {token(one, telling.key) for one in minors}
    digits = next((most for most in range(DIGITS, 16) if len({one[:most] for one in tokens}) == len(minors)), 16)
    said = sorted({basis.record for basis in (*latest.values(), *first.values())})
    records = {record.ref: record for record in lake.records(said, texts=False)}
    return People(names, words, telling, latest, first, records, digits, _roles(lake, ids))


def _after(basis: AgeBasis, until: str | None) -> bool:
    """Was it said after that moment?  ``until`` is ISO 8601, ``since`` UTC without a zone."""
    if until is None or basis.since is None:
        return False
    return basis.since > datetime.fromisoformat(until.removesuffix("Z"))


def _accounts(lake: Lake, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are accounts."""
    people = lake.table("accounts")
    asked = ibis.memtable(pa.table({"wanted": pa.array(ids, pa.string())}))
    found = people.semi_join(asked, people.account == asked.wanted)
    return {str(row[0]) for row in rows(found.select("account").distinct())}


def _roles(lake: Lake, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By account the roles that its rows give, but that of a member."""
    people = lake.table("accounts")
    asked = ibis.memtable(pa.table({"wanted": pa.array(ids, pa.string())}))
    given = people.semi_join(asked, people.account == asked.wanted).filter(people.role.notnull())
    found: dict[str, tuple[str, ...]] = {}
    for account, role in sorted(rows(given.select("account", "role").distinct())):
        if role not in ("", "member"):
            found[account] = (*found.get(account, ()), role)
    return found


def _repeated(lake: Lake, names: Iterable[str]) -> frozenset[str]:
    """Those of the names, as they are seen, that more than one account of the case has that is not masked.

    A masked minor's does not count: an id beside its name in somebody else's row would tell that it is called so.
    """
    people = lake.table("accounts")
    called = people.mutate(plain=people.pseudonym.lower())
    asked = ibis.memtable(pa.table({"wanted": pa.array(sorted({name.lower() for name in names}), pa.string())}))
    found = rows(called.semi_join(asked, called.plain == asked.wanted).select("plain", "account").distinct())
    masked = masked_among(lake.case, {str(account) for _, account in found})
    often = Counter(str(name) for name, account in found if account not in masked)
    return frozenset(as_seen(name) for name, number in often.items() if number > 1)
