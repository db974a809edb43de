"""What may a person be called on screen?  Pseudonyms as plain text; minors masked until somebody opens them."""

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.subgraph import Node, Subgraph
from ingest.lake import Lake
from workbench.canvas.payload import token
from workbench.plain_text import plain_text

ADULT = 18
MASK = "minor ▪▪▪"
NAMING = ("pseudonym", "name", "value")
_UNQUOTED = re.compile("[“”]")
_STARTS = re.compile(r"(?<![^\W_])[^\W_]|[\W_]")  # the first letter or digit of a word, and every other character


@dataclass(frozen=True)
class Names:
    """Names by id.  A minor that is not ``opened`` is only told apart by four digits that say nothing."""

    pseudonyms: Mapping[str, str] = field(default_factory=dict)
    minors: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()

    def masked(self, identity: str) -> bool:
        return identity in self.minors and identity not in self.opened

    def of(self, identity: str, *, limit: int = 48) -> str:
        """The pseudonym, or the id where there is none; the mask for a minor."""
        if self.masked(identity):
            return mask(identity)
        return plain_text(self.pseudonyms.get(identity) or identity, limit=limit)

    def full(self, identity: str) -> str:
        """Pseudonym and id, where both may be shown."""
        name = self.of(identity)
        shown = plain_text(identity, limit=60)
        return name if self.masked(identity) or name == shown else f"{name} ({shown})"

    def called(self, identity: str) -> str:
        """In a sentence: the pseudonym in quotation marks beside the id, or the mask.

        The marks show where a name begins and ends: one that reads like a sentence is no part of ours.
        """
        if self.masked(identity):
            return mask(identity)
        shown = plain_text(identity, limit=60)
        name = plain_text(self.pseudonyms.get(identity) or "", limit=48)
        return f"“{_UNQUOTED.sub('', name)}” ({shown})" if name and name != shown else shown

    def identity(self, identity: str) -> str:
        """The id itself, or the mask."""
        return mask(identity) if self.masked(identity) else plain_text(identity, limit=120)

    def hide_in(self, text: str) -> str:
        """The text with ids and pseudonyms of masked minors replaced, in any case, where they stand as whole words.

        A minor called ``lea`` does not break the word ``clearest``; names of a single character are left.
        """
        return plain_text(_replaced(text, *self._hidden), limit=1_000)

    def told_in(self, text: str) -> str:
        """A sentence of ours in which ids come with the pseudonym, in quotation marks, and masked minors stay masked.

        The marks show where a name begins and ends: one that reads like a sentence is no part of ours.
        """
        hidden, lengths = self._hidden
        named = self._named_in(text)
        longest_first = tuple(sorted({*lengths, *map(len, named)}, reverse=True))
        return plain_text(_replaced(text, ChainMap(hidden, named), longest_first), limit=4_000)

    def _named_in(self, text: str) -> dict[str, str]:
        """The text's ids that may be shown (``platform:id``, so that no figure is one), each with its pseudonym."""
        named: dict[str, str] = {}
        for start in (match.start() for match in _STARTS.finditer(text)):
            for length in self._id_lengths:
                identity = text[start : start + length]
                name = self.pseudonyms.get(identity)
                if name and ":" in identity and name != identity and not self.masked(identity):
                    called = f"“{_UNQUOTED.sub('', plain_text(name, limit=48))}” ({plain_text(identity, limit=60)})"
                    named[identity] = named[f"{identity} ({name!r})"] = called  # the second where the sentence has both
        return named

    @cached_property
    def _id_lengths(self) -> frozenset[int]:
        return frozenset(map(len, self.pseudonyms))

    @cached_property
    def _hidden(self) -> tuple[dict[str, str], tuple[int, ...]]:
        """What is hidden, in lower case, with what stands in its place; and the lengths there are, longest first."""
        hidden: dict[str, str] = {}
        for identity in sorted(self.minors - self.opened):
            for known in (identity, self.pseudonyms.get(identity) or ""):
                if len(known) > 1:
                    hidden.setdefault(known.lower(), mask(identity))
                    hidden.setdefault(known, mask(identity))  # a text whose length changes in lower case keeps its own
        return hidden, tuple(sorted({len(known) for known in hidden}, reverse=True))

    def joined(self, identities: Iterable[str], *, most: int = 3) -> str:
        """Up to ``most`` names, and how many more there are."""
        ids = list(identities)
        more = f" and {len(ids) - most:,} more" if len(ids) > most else ""
        return ", ".join(self.of(identity, limit=28) for identity in ids[:most]) + more


def _replaced(text: str, table: Mapping[str, str], lengths: tuple[int, ...]) -> str:
    """The text with every key of the table that stands as whole words replaced: as it stands, else in lower case."""
    lowered = text.lower()
    folded = lowered if len(lowered) == len(text) else text
    shown, done = [], 0
    for start in (match.start() for match in _STARTS.finditer(text) if table):
        if start < done:
            continue
        for length in lengths:
            found = table.get(text[start : start + length]) or table.get(folded[start : start + length])
            if found is not None and _ends_word(text, start + length):
                shown += [text[done:start], found]
                done = start + length
                break
    return "".join(shown) + text[done:]


def _ends_word(text: str, end: int) -> bool:
    return end >= len(text) or not (text[end - 1].isalnum() and text[end].isalnum())


def mask(identity: str) -> str:
    return f"{MASK} {token(identity)[:4]}"


def is_minor(node: Node) -> bool:
    """Does the graph hold the account for a minor: by declared age, or by another basis?"""
    age = node.properties.get("declared_age")
    return node.label == "Account" and (bool(node.properties.get("minor_basis")) or (age is not None and age < ADULT))


def names_in(subgraph: Subgraph, *, opened: frozenset[str] = frozenset()) -> Names:
    """Names and minors from a fetched subgraph."""
    pseudonyms = {}
    for node in subgraph.nodes:
        found = next((node.properties[name] for name in NAMING if node.properties.get(name)), None)
        if found is not None:
            pseudonyms[node.id] = str(found)
    return Names(pseudonyms, frozenset(node.id for node in subgraph.nodes if is_minor(node)), opened)


def names_of(lake: Lake, identities: Iterable[str]) -> Names:
    """Pseudonyms, declared minors, and names of rooms, companies and persons, from evidence."""
    wanted = sorted(set(identities))
    pseudonyms: dict[str, str] = {}
    minors: set[str] = set()
    if wanted:
        accounts = lake.table("accounts")
        found = accounts.filter(accounts.account.isin(wanted)).select("account", "pseudonym", "declared_age")
        for row in found.to_pyarrow().to_pylist():
            if row["pseudonym"]:
                pseudonyms[row["account"]] = row["pseudonym"]
            if row["declared_age"] is not None and row["declared_age"] < ADULT:
                minors.add(row["account"])
        for table, key in (("rooms", "room"), ("companies", "company"), ("persons", "person")):
            rows = lake.table(table)
            for row in rows.filter(rows[key].isin(wanted)).select(key, "name").to_pyarrow().to_pylist():
                if row["name"]:
                    pseudonyms[row[key]] = row["name"]
    return Names(pseudonyms, frozenset(minors))
