"""What may a person be called on screen?  Pseudonyms as plain text; minors masked until somebody opens them."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import ibis
import pyarrow as pa

from graph.detect.wordings import Language, quoted
from graph.opaque import NOBODYS_KEY, token
from graph.subgraph import Subgraph
from graph.text_forms.names import as_seen, skeletons, whole_skeleton
from ingest.case_folder import CaseFolder, label_key
from ingest.lake import Lake
from workbench.language import Words
from workbench.masking.borne import LEAST_ID, LINKING_KINDS, NOBODYS, Borne, borne_in, folded
from workbench.masking.nodes import is_likely, is_masked
from workbench.masking.people import LIKELY, masked_among
from workbench.masking.telling import HIDDEN, Telling, hidden_name, native
from workbench.plain_text import plain_text

MASK = f"minor {HIDDEN}"


class Said(NamedTuple):
    """What stands in place of a minor's name, of one that others have as well, and of a text with a minor's id."""

    minor: str = "minor"
    likely: str = "likely minor"
    shared: str = "(a name that a minor bears)"
    within: str = "(a text with the id of {minor})"

    @classmethod
    def of(cls, words: Words) -> "Said":
        """In that language."""
        _ = words.gettext
        return cls(
            _("minor"), _("likely minor"), _("(a name that a minor bears)"),
            _("(a text with the id of {minor})", minor="{minor}"),
        )


_SAID: list[Callable[[], Said]] = [Said]
"""In English, then by the screens; asked at every mask, as sessions differ in language."""
NAMING = ("pseudonym", "name", "value")
_NAMED = (
    ("accounts", "account", "pseudonym"), ("rooms", "room", "name"), ("companies", "company", "name"),
    ("persons", "person", "name"),
)
_NOBODY: frozenset[str] = frozenset()
_UNQUOTED = re.compile("[“”«»]")


@dataclass(frozen=True)
class Names:
    """Names by id.  A minor that is not ``opened`` is only told apart by a few digits that say nothing.

    ``likely``: those of the minors whom leads alone call so.  ``covered``: ids that do not stand anywhere, as a masked
    minor would be known by them: they are only told apart.  ``known``: by what the masked people of the whole case are
    known, for texts that come without an account.  ``held``: whose an e-mail, a telephone or the like is, by its id: it
    is shortened while a masked person is among them.  ``said``: how masks are said in what leaves, whoever writes it;
    None: in the language of the screen that asks.  ``whole``: with all signs of the data.  ``repeated``: names, as they
    are seen, that several accounts of the case have, whoever of them is here.  ``key``: the case's, for labels.
    """

    pseudonyms: Mapping[str, str] = field(default_factory=dict)
    minors: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    covered: Container[str] = frozenset()
    likely: frozenset[str] = frozenset()
    known: Borne = NOBODYS
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)
    said: Said | None = None
    whole: bool = False
    repeated: frozenset[str] = frozenset()
    key: bytes = field(default=NOBODYS_KEY, repr=False)

    def and_of(self, more: "Names") -> "Names":
        """With whomever else ``more`` has; whose mask is lifted stays what it is here."""
        key = more.key if self.key == NOBODYS_KEY else self.key
        return replace(
            self, pseudonyms={**more.pseudonyms, **self.pseudonyms}, minors=self.minors | more.minors,
            likely=self._likely_beside(more), held=self._held_beside(more), key=key,
        )

    def _held_beside(self, more: "Names") -> dict[str, frozenset[str]]:
        """Either of them may know of a masked holder."""
        marks = self.held.keys() | more.held.keys()
        return {mark: self.held.get(mark, _NOBODY) | more.held.get(mark, _NOBODY) for mark in marks}

    def _likely_beside(self, more: "Names") -> frozenset[str]:
        """Whom one of them knows to be a minor is none of the likely ones."""
        return (self.likely - (more.minors - more.likely)) | (more.likely - (self.minors - self.likely))

    def mask(self, identity: str) -> str:
        """What stands for that masked person."""
        return mask(identity, self.key, likely=identity in self.likely, said=self._wording)

    @property
    def _wording(self) -> Said:
        return self.said or _SAID[-1]()

    def unsaid(self, identity: str) -> bool:
        """Is it an e-mail, a telephone or the like of somebody masked?"""
        return bool(self.held) and not self.opened.issuperset(self.held.get(identity, ()))

    def mark_value(self, kind: str, value: str, holders: Iterable[str], *, limit: int = 120) -> str:
        """A mark's value; of a masked person's e-mail or telephone, as of all that says whose it is, two signs."""
        return self.shortened(value) if self.withholds(kind, holders, value) else self._plain(value, limit)

    def withholds(self, kind: str, holders: Iterable[str], value: str = "") -> bool:
        """Does a mark of the kind say whose it is, and is one of its holders, these or others, masked?"""
        return kind not in LINKING_KINDS and (any(map(self.masked, holders)) or self.unsaid(f"{kind}:{value}"))

    def shortened(self, text: str) -> str:
        """What stands for an address or a number of a masked minor: two digits tell two apart, none is its own."""
        return f"{HIDDEN} {token(folded(text), self.key)[:2]}"

    def masked(self, identity: str) -> bool:
        return identity in self.minors and identity not in self.opened

    def of(self, identity: str, *, limit: int = 48) -> str:
        """The pseudonym, or the id where there is none; the mask for a minor."""
        if self.masked(identity):
            return self.mask(identity)
        name = self.pseudonyms.get(identity)
        if self.unsaid(identity):
            return self.shortened(name or native(identity))
        return self._plain(name, limit) if name else self._id(identity, limit=limit)

    def full(self, identity: str) -> str:
        """Pseudonym and id, where both may be shown."""
        name = self.of(identity)
        shown = self._id(identity, limit=60)
        return name if self.masked(identity) or identity in self.covered or name == shown else f"{name} ({shown})"

    def among(self, identities: Iterable[str]) -> "Names":
        """Of these alone: whoever else has a name is no reason to tell two of them apart."""
        wanted = set(identities)
        return replace(self, pseudonyms={one: name for one, name in self.pseudonyms.items() if one in wanted})

    def apart(self, identity: str, *, limit: int = 48) -> str:
        """As ``of``; with the id where another's name looks the same, so that the two are told apart."""
        name = self.of(identity, limit=limit)
        if self.masked(identity) or as_seen(self.pseudonyms.get(identity, "")) not in self._borne_by_several:
            return name
        return f"{self.of(identity, limit=24)} ({self._id(identity, limit=60)})"

    @cached_property
    def _borne_by_several(self) -> frozenset[str]:
        """Names, as they are seen, that more than one of these has; a masked minor's is none of them."""
        often = Counter(as_seen(name) for identity, name in self.pseudonyms.items() if not self.masked(identity))
        return self.repeated.union(name for name, number in often.items() if number > 1)

    def labels(self, identities: Iterable[str]) -> Callable[[str], str]:
        """For a list to choose from: each in full, as it is called now, whoever asks again later."""
        return {identity: self.full(identity) for identity in identities}.__getitem__

    def called(self, identity: str, language: Language = "en") -> str:
        """In a sentence: the pseudonym in the language's quotation marks beside the id, or the mask.

        The marks show where a name begins and ends: one that reads like a sentence is no part of ours.
        """
        if self.masked(identity):
            return self.mask(identity)
        shown = self._id(identity, limit=60)
        pseudonym = self.pseudonyms.get(identity)
        if not pseudonym or pseudonym == identity or self.unsaid(identity):
            return shown
        return f"{quoted(_UNQUOTED.sub('', plain_text(pseudonym, limit=48)), language)} ({shown})"

    def chained(self, identity: str, language: Language = "en") -> str:
        """As ``called``, without the id where one of many stands in a chain; with it where another is called so."""
        name = self.pseudonyms.get(identity, "")
        unnamed = self.masked(identity) or self.unsaid(identity) or not name or name == identity
        if unnamed or as_seen(name) in self._borne_by_several:
            return self.called(identity, language)
        return quoted(_UNQUOTED.sub("", plain_text(name, limit=48)), language)

    def identity(self, identity: str) -> str:
        """The id itself, or the mask."""
        return self.mask(identity) if self.masked(identity) else self._id(identity, limit=120)

    def beside(self, identity: str) -> str:
        """The id in a column beside the name; nothing where a mask is the name, which would stand there twice."""
        return "" if self.masked(identity) else self.identity(identity)

    def _id(self, identity: str, *, limit: int) -> str:
        """The id, or what only tells it apart."""
        if identity in self.covered:
            return f"{HIDDEN} {token(identity, self.key)[:4]}"
        if self.unsaid(identity):
            return f"{identity.partition(':')[0]}:{self.shortened(native(identity))}"
        return self._plain(identity, limit)

    def _plain(self, text: str, limit: int) -> str:
        return text if self.whole else plain_text(text, limit=limit)

    def written(self, text: str, *, beside: Collection[str] = ()) -> str:
        """A cell of data: the mask where it is a masked minor's id or pseudonym, else the text itself.

        Only the whole text is compared, in any letters: a name inside a longer one, or inside a sentence, names nobody.
        ``beside``: the ids of its row, which tell whose name it is where several have it.  Where they do not, a name
        that others bear as well is withheld, and nobody is told by it.
        """
        plain = folded(text)
        meant = sorted({one for one in beside if self._folded.get(one) == plain})
        if meant:
            if any(map(self.unsaid, meant)):
                return self.shortened(text)
            if not any(map(self.masked, meant)):
                return plain_text(text, limit=1_000)
            return self.mask(meant[0]) if len(meant) == 1 else self._wording.shared
        return self._withheld(plain, text) or plain_text(text, limit=1_000)

    def _withheld(self, plain: str, text: str) -> str:
        """What stands in place of a text that is, or holds, what a masked minor is known by; empty for any other."""
        if (minor := self._ids.get(plain) or self.known.ids.get(plain)) and minor not in self.opened:
            return self.mask(minor)
        bearers = {*self._named.get(plain, ()), *self.known.called.get(plain, ())} - self.opened
        if bearers:
            shared = len(bearers) > 1 or plain in self.known.shared or plain in self._shown_folded
            return self._wording.shared if shared else self.mask(bearers.pop())
        if not self.opened.issuperset({*self.known.marks.get(plain, ()), *self.known.marks.get(native(plain), ())}):
            return self.shortened(text)
        told = next((one for one in self.known.accounts_by_id_in(plain) if one not in self.opened), None)
        return self._wording.within.replace("{minor}", self.mask(told)) if told else ""

    def quoted(self, text: str, about: Iterable[str]) -> str:
        """A text of the data in a sentence that names these ids: the mask where it is, or is a part of, the name of a
        masked one of them, as it is written or as names are compared."""
        seen, forms = as_seen(text), {text, *_compared(text)}
        for identity in about:
            name = self.pseudonyms.get(identity) if self.masked(identity) else None
            if name and (seen in as_seen(name) or not forms.isdisjoint(_compared(name))):
                return self.mask(identity)
        return text

    def telling(self, telling: Telling, text: str) -> bool:
        """Would a masked minor be known by a text of the data?  The name of somebody else of these is that person's."""
        return telling.hides("Account", text) if text in self.shown else telling.tells(text)

    @cached_property
    def shown(self) -> frozenset[str]:
        """Names of those who are not masked."""
        return frozenset(name for identity, name in self.pseudonyms.items() if not self.masked(identity))

    @cached_property
    def _folded(self) -> dict[str, str]:
        """By id the name, as cells are compared."""
        return {identity: folded(name) for identity, name in self.pseudonyms.items()}

    @cached_property
    def _shown_folded(self) -> frozenset[str]:
        return frozenset(name for identity, name in self._folded.items() if not self.masked(identity))

    @cached_property
    def _ids(self) -> dict[str, str]:
        """What whole texts are the id of a masked minor."""
        found = {}
        for identity in sorted(self.minors - self.opened):
            found[folded(identity)] = identity
            if len(native(identity)) >= LEAST_ID:
                found.setdefault(folded(native(identity)), identity)  # its platform cut off by a statement
        return found

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """Which masked minors bear a name."""
        found: dict[str, set[str]] = {}
        for identity in self.minors - self.opened:
            if name := self._folded.get(identity):
                found.setdefault(name, set()).add(identity)
        return found

    def joined(
        self, identities: Iterable[str], *, most: int = 3, more: str = "and {number} more", total: int | None = None,
        apart: bool = False,
    ) -> str:
        """Up to ``most`` names, and how many more there are of ``total`` (without it: of the ids given).

        ``apart``: with the id where another's name looks the same.
        """
        ids, called = list(identities), self.apart if apart else self.of
        left = (len(ids) if total is None else total) - most
        rest = " " + more.replace("{number}", f"{left:,}") if left > 0 else ""
        return ", ".join(called(identity, limit=28) for identity in ids[:most]) + rest


class _Everything:
    """Holds every id."""

    def __contains__(self, _identity: object) -> bool:
        return True


NO_NAMES = Names(covered=_Everything())
"""Nobody and nothing is called by a name or an id."""


def mask(identity: str, key: bytes = NOBODYS_KEY, *, likely: bool = False, said: Said | None = None) -> str:
    """What stands for a masked minor, in the language of the screen that asks (``call_minors``), else in English."""
    said = said or _SAID[-1]()
    return f"{said.likely if likely else said.minor} {hidden_name(identity, key)}"


def _compared(name: str) -> frozenset[str]:
    """The name as names are compared."""
    whole = whole_skeleton(name)
    return skeletons(name) if whole is None else skeletons(name) | {whole}


def call_minors(said: Callable[[], Said]) -> None:
    """Have masks say ``said()`` of a minor: the frame of the screens gives what its session's language says."""
    _SAID[1:] = [said]


def names_in(subgraph: Subgraph, *, key: bytes = NOBODYS_KEY, opened: frozenset[str] = frozenset()) -> Names:
    """Names and minors from a fetched subgraph; ``key``: its case's."""
    pseudonyms = {}
    for node in subgraph.nodes:
        found = next((node.properties[name] for name in NAMING if node.properties.get(name)), None)
        if found is not None:
            pseudonyms[node.id] = str(found)
    likely = frozenset(node.id for node in subgraph.nodes if is_likely(node))
    minors = frozenset(node.id for node in subgraph.nodes if is_masked(node))
    naming = {
        node.key: node.id for node in subgraph.nodes
        if node.label == "Identifier" and node.id.partition(":")[0] not in LINKING_KINDS
    }
    held: dict[str, set[str]] = {}
    for edge in subgraph.edges:
        who = edge.source.partition("/")[2]
        if edge.target in naming and who in minors:
            held.setdefault(naming[edge.target], set()).add(who)
    return Names(
        pseudonyms, minors, opened, likely=likely, held={mark: frozenset(whose) for mark, whose in held.items()},
        key=key,
    )


def names_of(lake: Lake, identities: Iterable[str], *, named: Iterable[str] = ()) -> Names:
    """Pseudonyms, and names of rooms, companies and persons, from evidence; and who of them is masked.

    ``named``: those whose names are known already, and are not asked for.
    """
    wanted = set(identities)
    asked = sorted(wanted.difference(named))
    pseudonyms: dict[str, str] = {}
    if asked:
        ids = ibis.memtable(pa.table({"wanted": pa.array(asked, pa.string())}))
        tables = [(number, lake.table(table), key, name) for number, (table, key, name) in enumerate(_NAMED)]
        parts = [
            rows.semi_join(ids, rows[key] == ids.wanted).select(id=key, name=name, of=ibis.literal(number))
            for number, rows, key, name in tables
        ]
        found = ibis.union(*parts).to_pyarrow().to_pylist()  # one question: asking takes longer than the answer
        pseudonyms = {row["id"]: row["name"] for row in sorted(found, key=lambda row: row["of"]) if row["name"]}
    masked = masked_among(lake.case, wanted)
    likely = frozenset(identity for identity, basis in masked.items() if basis == LIKELY)
    return Names(pseudonyms, frozenset(masked), likely=likely, key=label_key(lake.case))


def names_without(names: Names, telling: Telling, labels: Mapping[str, str]) -> Names:
    """The names for what leaves the workbench: no name and no id stands in it by which a masked minor is known.

    ``labels``: by id; what is no account may hold nobody's name.
    """
    called = {
        identity: name for identity, name in names.pseudonyms.items()
        if names.masked(identity) or not telling.hides(labels.get(identity, ""), name)
    }
    covered = frozenset(identity for identity, label in labels.items() if telling.hides(label, native(identity)))
    return replace(names, pseudonyms=called, covered=covered)


def names_in_cells(lake: Lake, texts: Iterable[str]) -> Names:
    """Names of the ids among these texts, and of the minors whose pseudonym, address or id one of them is or holds."""
    wanted = set(texts)
    if not wanted:
        return Names()
    known = borne_in(lake.case)
    held = held_in(lake.case, wanted)
    told = {who for whose in held.values() for who in whose}
    for plain in map(folded, wanted):
        told |= {*known.called.get(plain, ()), *known.marks.get(plain, ()), *known.accounts_by_id_in(plain)}
    return replace(names_of(lake, wanted | told), known=known, held=held)


def held_in(case: CaseFolder, marks: Iterable[str]) -> dict[str, frozenset[str]]:
    """By id (``kind:value``) the masked people who have that e-mail, telephone or the like; without what nobody of
    them has, and without what tells accounts to be one person's."""
    naming = [mark for mark in marks if mark.partition(":")[0] not in LINKING_KINDS]
    known = borne_in(case).marks if naming else {}
    found = {mark: frozenset(known.get(native(folded(mark)), ())) for mark in naming}
    return {mark: whose for mark, whose in found.items() if whose}
