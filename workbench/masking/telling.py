"""Does a text tell who a masked minor is?  By id, name, or what identifies the minor: for what leaves the workbench.

Screens mask people by id.  What leaves holds texts beside them that name people: of rooms and devices, of files, what
was asked for, what a person wrote.  Such a text is a value: it is given whole or not at all, never rewritten.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from graph.opaque import NOBODYS_KEY, token
from graph.subgraph import Node, Subgraph
from ingest.case_folder import CaseFolder, label_key
from ingest.lake import Lake
from ingest.lake.digest import case_digest
from workbench.dossier.rows import rows
from workbench.masking.leads import lead_called, leads_called
from workbench.masking.nodes import is_masked
from workbench.masking.people import masked_in
from workbench.runs.findings_file import findings_state

HIDDEN = "▪▪▪"
DIGITS = 6
"""Of a minor's token so many stand in the label, wherever it stands; the search finds by four of them."""
SHARED_KINDS = ("device", "ip", "host")
"""Identifiers that a home shares: they tell nobody."""
_LEAST, _LEAST_DIGITS = 3, 5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Telling:
    """``marks``: ids, names, addresses and numbers of the masked; a text tells where one stands in it as whole words.
    ``key``: the case's, for the labels that stand for them.

    Marks of fewer than three signs tell nobody, nor do numbers of fewer than five digits: dates and counts are many.
    """

    marks: frozenset[str] = field(default_factory=frozenset)
    key: bytes = field(default=NOBODYS_KEY, repr=False)

    def hidden_name(self, identity: str) -> str:
        """What stands for a masked minor's name where no language does."""
        return hidden_name(identity, self.key)

    def lead(self, finding_id: str) -> str:
        """What a lead is called here (``masking.leads``); by its id where nobody is masked."""
        return lead_called(finding_id, self.key) if self._masks else finding_id

    def leads(self, text: str) -> str:
        """The text with leads as they are called here in place of their ids."""
        return leads_called(text, self.key) if self._masks else text

    @property
    def _masks(self) -> bool:
        """Is it a case's, or is somebody masked in it?"""
        return bool(self.marks) or self.key != NOBODYS_KEY

    def tells(self, text: str) -> bool:
        """Whether somebody who is masked is told by a word of the text, or by several."""
        return bool(self.marks) and next(self._standing_in(_plain(text)), None) is not None

    def hides(self, label: str, text: str) -> bool:
        """May a thing of that label not be called so, by a name or an id?

        An account may bear a masked minor's name, and a word of it: those are its own.  With another's name of several
        words in its own (``Heron in Wren Smith``, as chats call their members) it tells that person.
        """
        if label != "Account" or not self.marks:
            return self.tells(text)
        plain = _plain(text)
        return any(mark != plain and len(_WORD.findall(mark)) > 1 for mark in self._standing_in(plain))

    def name_of(self, node: Node) -> str:
        """What a node may be called: its name, else its id; empty where either would tell a masked minor."""
        if node.label == "Finding":
            return self.lead(node.id)
        native_id = native(node.id)
        named = (node.properties.get(name) for name in ("pseudonym", "name", "value"))
        texts = [text for text in named if isinstance(text, str) and text][:1]
        shown = next((text for text in texts if not self.hides(node.label, text)), None)
        return shown or ("" if self.hides(node.label, native_id) else node.id)

    def _standing_in(self, plain: str) -> Iterator[str]:
        """The marks that stand in a text as whole words."""
        for word in dict.fromkeys(_WORD.findall(plain)):
            for mark in self._by_word.get(word, ()):
                if mark in plain and re.search(rf"(?<![^\W_]){re.escape(mark)}(?![^\W_])", plain):
                    yield mark
        yield from (mark for mark in self._by_word.get("", ()) if mark in plain)

    def beside(self, shown: Iterable[str]) -> "Telling":
        """What tells somebody beside these texts, which stand there anyway: names of people who are not masked.

        One name is borne by many: of "lea", an adult of a lead, a note may speak though a minor is called so too.
        """
        standing = {mark for text in shown for mark in self._standing_in(_plain(text))} if self.marks else ()
        if not standing:
            return self
        return replace(self, marks=frozenset(mark for mark in self.marks if _plain(mark) not in standing))

    def cleared(self, value: Any) -> Any:
        """The value, as JSON holds it, with every text in it that tells hidden, and leads as they are called here; keys
        are ours and stay."""
        return with_texts(self._cleared, value)

    def _cleared(self, text: str) -> str:
        return HIDDEN if self.tells(text) else self.leads(text)

    def __or__(self, other: "Telling") -> "Telling":
        key = other.key if self.key == NOBODYS_KEY else self.key
        same = key == self.key and other.marks <= self.marks  # what is looked up in it is not built anew
        return self if same else Telling(self.marks | other.marks, key)

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[str, ...]]:
        """The marks that count by their first word; those without any (signs alone) by none."""
        found: dict[str, list[str]] = {}
        for mark in sorted(set(map(_plain, self.marks))):
            if len(mark) >= (_LEAST_DIGITS if mark.isdigit() else _LEAST):
                word = _WORD.search(mark)
                found.setdefault(word[0] if word else "", []).append(mark)
        return {word: tuple(marks) for word, marks in found.items()}


NOBODY = Telling()


def hidden_name(identity: str, key: bytes) -> str:
    """What stands for a masked minor's name where no language does: digits tell two of them apart, and nothing else.

    ``key``: the case's, without which the digits of a guessed id cannot be found.
    """
    return f"{HIDDEN} {token(identity, key)[:DIGITS]}"


def telling_of(case: CaseFolder, *, opened: frozenset[str] = frozenset()) -> Telling:
    """What tells the masked minors of the case, but those whose mask somebody lifted (``opened``)."""
    return _telling(case, case_digest(case), findings_state(case), opened, label_key(case))


def telling_in(subgraph: Subgraph) -> Telling:
    """What tells the minors of a subgraph, by its own nodes alone."""
    minors = [node for node in subgraph.nodes if is_masked(node)]
    names = (str(node.properties["pseudonym"]) for node in minors if node.properties.get("pseudonym"))
    return Telling(frozenset((*names, *_ids(node.id for node in minors))))


def hidden_where(hides: Callable[[str], bool], value: Any) -> Any:
    """The value, as JSON holds it, with every text in it that ``hides`` hidden; keys are ours and stay."""
    return with_texts(lambda text: HIDDEN if hides(text) else text, value)


def with_texts(shown: Callable[[str], str], value: Any) -> Any:
    """The value, as JSON holds it, with every text in it as ``shown`` gives it; keys stay."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {key: with_texts(shown, item) for key, item in value.items()}
    return [with_texts(shown, item) for item in value] if isinstance(value, list | tuple) else value


def native(identity: str) -> str:
    """An id as its platform has it."""
    return identity.partition(":")[2] or identity


@lru_cache(maxsize=4)
def _telling(case: CaseFolder, _evidence: str, _found: object, opened: frozenset[str], key: bytes) -> Telling:
    with Lake(case) as lake:
        minors = masked_in(lake) - opened
        people, marks = lake.table("accounts"), lake.table("identifiers")
        called = rows(people.select("account", "pseudonym").distinct()) if minors else []
        own = marks.filter(marks.kind.notin(SHARED_KINDS)).select("account", "value")
        owned = rows(own.distinct()) if minors else []
    return Telling(frozenset((
        *(str(text) for who, text in (*called, *owned) if who in minors and text), *_ids(minors),
    )), key)


def _ids(identities: Iterable[str]) -> Iterable[str]:
    for identity in identities:
        yield identity
        yield native(identity)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
