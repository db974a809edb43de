"""What may a person be called on screen?  Pseudonyms as plain text; minors masked until somebody opens them."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import ibis
import pyarrow as pa

from graph.detect.wordings import Language, quoted
from graph.opaque import token
from graph.subgraph import Subgraph
from graph.text_forms.names import as_seen, skeletons, whole_skeleton
from ingest.lake import Lake
from workbench.masking.nodes import is_minor
from workbench.masking.people import masked_among
from workbench.masking.telling import HIDDEN, Telling, native
from workbench.plain_text import plain_text

MASK = f"minor {HIDDEN}"
_WORD: list[Callable[[], str]] = [lambda: "minor"]
"""What a minor is called: in English, then by the screens; asked at every mask, as sessions differ in language."""
NAMING = ("pseudonym", "name", "value")
_NAMED = (
    ("accounts", "account", "pseudonym"), ("rooms", "room", "name"), ("companies", "company", "name"),
    ("persons", "person", "name"),
)
_LEAST_ID = 5  # signs; a shorter one is many other things as well: a count, a year
_UNQUOTED = re.compile("[“”«»]")


@dataclass(frozen=True)
class Names:
    """Names by id.  A minor that is not ``opened`` is only told apart by four digits that say nothing.

    ``covered``: ids that do not stand anywhere, as a masked minor would be known by them: they are only told apart.
    """

    pseudonyms: Mapping[str, str] = field(default_factory=dict)
    minors: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    covered: Container[str] = frozenset()

    def masked(self, identity: str) -> bool:
        return identity in self.minors and identity not in self.opened

    def of(self, identity: str, *, limit: int = 48) -> str:
        """The pseudonym, or the id where there is none; the mask for a minor."""
        if self.masked(identity):
            return mask(identity)
        name = self.pseudonyms.get(identity)
        return plain_text(name, limit=limit) if name else self._id(identity, limit=limit)

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
        return frozenset(name for name, number in often.items() if number > 1)

    def labels(self, identities: Iterable[str]) -> Callable[[str], str]:
        """For a list to choose from: each in full, as it is called now, whoever asks again later."""
        return {identity: self.full(identity) for identity in identities}.__getitem__

    def called(self, identity: str, language: Language = "en") -> str:
        """In a sentence: the pseudonym in the language's quotation marks beside the id, or the mask.

        The marks show where a name begins and ends: one that reads like a sentence is no part of ours.
        """
        if self.masked(identity):
            return mask(identity)
        shown = self._id(identity, limit=60)
        pseudonym = self.pseudonyms.get(identity)
        if not pseudonym or pseudonym == identity:
            return shown
        return f"{quoted(_UNQUOTED.sub('', plain_text(pseudonym, limit=48)), language)} ({shown})"

    def chained(self, identity: str, language: Language = "en") -> str:
        """As ``called``, without the id where one of many stands in a chain; with it where another is called so."""
        name = self.pseudonyms.get(identity, "")
        if self.masked(identity) or not name or name == identity or as_seen(name) in self._borne_by_several:
            return self.called(identity, language)
        return quoted(_UNQUOTED.sub("", plain_text(name, limit=48)), language)

    def identity(self, identity: str) -> str:
        """The id itself, or the mask."""
        return mask(identity) if self.masked(identity) else self._id(identity, limit=120)

    def _id(self, identity: str, *, limit: int) -> str:
        """The id, or what only tells it apart."""
        if identity in self.covered:
            return f"{HIDDEN} {token(identity)[:4]}"
        return plain_text(identity, limit=limit)

    def written(self, text: str, *, beside: Collection[str] = ()) -> str:
        """A cell of data: the mask where it is a masked minor's id or pseudonym, else the text itself.

        Only the whole text is compared: a name inside a longer one, or inside a sentence, names nobody.  ``beside``:
        the ids of its row, which tell whose name it is where several have it.
        """
        meant = sorted(identity for identity in beside if self.pseudonyms.get(identity) == text)
        if meant:
            masked = [identity for identity in meant if self.masked(identity)]
            return mask(masked[0]) if masked else plain_text(text, limit=1_000)
        return mask(self._hidden[text]) if text in self._hidden else plain_text(text, limit=1_000)

    def quoted(self, text: str, about: Iterable[str]) -> str:
        """A text of the data in a sentence that names these ids: the mask where it is, or is a part of, the name of a
        masked one of them, as it is written or as names are compared."""
        seen, forms = as_seen(text), {text, *_compared(text)}
        for identity in about:
            name = self.pseudonyms.get(identity) if self.masked(identity) else None
            if name and (seen in as_seen(name) or not forms.isdisjoint(_compared(name))):
                return mask(identity)
        return text

    def telling(self, telling: Telling, text: str) -> bool:
        """Would a masked minor be known by a text of the data?  The name of somebody else of these is that person's."""
        return telling.hides("Account", text) if text in self.shown else telling.tells(text)

    @cached_property
    def shown(self) -> frozenset[str]:
        """Names of those who are not masked."""
        return frozenset(name for identity, name in self.pseudonyms.items() if not self.masked(identity))

    @cached_property
    def _hidden(self) -> dict[str, str]:
        """What whole texts name a masked minor alone, and whom."""
        hidden = {}
        for identity in sorted(self.minors - self.opened):
            hidden[identity] = identity
            if len(native(identity)) >= _LEAST_ID:
                hidden.setdefault(native(identity), identity)  # what a statement makes of an id: its platform cut off
            name = self.pseudonyms.get(identity)
            if name and name not in self.shown:
                hidden.setdefault(name, identity)
        return hidden

    def joined(
        self, identities: Iterable[str], *, most: int = 3, more: str = "and {number} more", total: int | None = None
    ) -> str:
        """Up to ``most`` names, and how many more there are of ``total`` (without it: of the ids given)."""
        ids = list(identities)
        left = (len(ids) if total is None else total) - most
        rest = " " + more.replace("{number}", f"{left:,}") if left > 0 else ""
        return ", ".join(self.of(identity, limit=28) for identity in ids[:most]) + rest


class _Everything:
    """Holds every id."""

    def __contains__(self, _identity: object) -> bool:
        return True


NO_NAMES = Names(covered=_Everything())
"""Nobody and nothing is called by a name or an id."""


def mask(identity: str) -> str:
    """What stands for a masked minor, in the language of the screen that asks (``call_minors``), else in English."""
    return f"{_WORD[-1]()} {HIDDEN} {token(identity)[:4]}"


def _compared(name: str) -> frozenset[str]:
    """The name as names are compared."""
    whole = whole_skeleton(name)
    return skeletons(name) if whole is None else skeletons(name) | {whole}


def call_minors(word: Callable[[], str]) -> None:
    """Have masks say ``word()`` for a minor: the frame of the screens gives what its session's language says."""
    _WORD[1:] = [word]


def names_in(subgraph: Subgraph, *, opened: frozenset[str] = frozenset()) -> Names:
    """Names and minors from a fetched subgraph."""
    pseudonyms = {}
    for node in subgraph.nodes:
        found = next((node.properties[name] for name in NAMING if node.properties.get(name)), None)
        if found is not None:
            pseudonyms[node.id] = str(found)
    return Names(pseudonyms, frozenset(node.id for node in subgraph.nodes if is_minor(node)), opened)


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
    return Names(pseudonyms, frozenset(masked_among(lake.case, wanted)))


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
    """Names of the ids among these texts, and of the minors whose pseudonym is one of them."""
    wanted = sorted(set(texts))
    if not wanted:
        return Names()
    people = lake.table("accounts")
    cells = ibis.memtable(pa.table({"text": pa.array(wanted, pa.string())}))
    called = people.semi_join(cells, people.pseudonym == cells.text).select("account").distinct()
    bearers = masked_among(lake.case, [row["account"] for row in called.to_pyarrow().to_pylist()])
    return names_of(lake, {*wanted, *bearers})
