"""Which names, addresses and ids are masked people's, whatever a statement made of their letters; are they others' too?

An answer's cells are texts without the account they came from.  They are compared as names are read aloud: in any
letters (NFKC, case folded).  An id is known inside a longer text as well, where it begins and ends between signs of two
kinds; a name inside one is not, as most names are words too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from ingest.lake.digest import case_digest
from workbench.dossier.rows import rows
from workbench.masking.people import masked_in
from workbench.runs.findings_file import findings_state

LINKING_KINDS = frozenset({"device", "ip", "host", "cookie", "payment", "avatar_sha256"})
"""Identifiers that tell accounts to be one person's, and do not say whose: they are shown of minors as well."""
LEAST_ID = 5
"""Signs of a native id; a shorter one is many other things as well: a count, a year."""
_RUN = re.compile(r"[^\W\d_]+|\d+")
_Key = tuple[str, str]


@dataclass(frozen=True)
class Borne:
    """By folded text the masked accounts: ``called`` so, of that e-mail or telephone (``marks``), of that id (``ids``).

    ``owned``: those marks as ``kind:value``, as the evidence has them.  ``shared``: the names that somebody who is not
    masked has as well.  ``within``: ids to be looked for in texts, by two of their parts.
    """

    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[_Key, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    owned: frozenset[str] = frozenset()

    def own(self, value: object) -> str:
        """The id of the masked account whose name this cell of an answer is, where nobody else is called so."""
        plain = folded(value) if isinstance(value, str) else ""
        called = self.called.get(plain, ())
        return called[0] if len(called) == 1 and plain not in self.shared else ""

    def bearers(self, text: str) -> frozenset[str]:
        """The masked accounts of which a text is a name, an e-mail, a telephone or an id, or whose id it holds."""
        plain = folded(text)
        own = {self.ids[plain]} if plain in self.ids else set()
        marked = (*self.called.get(plain, ()), *self.marks.get(plain, ()))
        return frozenset((*own, *marked, *self.accounts_by_id_in(plain)))

    def accounts_by_id_in(self, plain: str) -> Iterator[str]:
        """Masked accounts whose ids stand in a folded text."""
        before = ""
        for run in _RUN.findall(plain) if self.within else ():
            for key in ((before, run), ("", run)):
                for mark, account in self.within.get(key, ()):
                    if _stands(mark, plain):
                        yield account
            before = run


NOBODYS = Borne()


def folded(text: str) -> str:
    """A text as cells are compared."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold().strip()


def borne_in(case: CaseFolder) -> Borne:
    """Of everybody of the case who is masked; read once as long as evidence and leads are the same."""
    return _borne(case, case_digest(case), findings_state(case))


@lru_cache(maxsize=4)
def _borne(case: CaseFolder, _evidence: str, _found: object) -> Borne:
    with Lake(case) as lake:
        masked = masked_in(lake)
        if not masked:
            return NOBODYS
        people, identifiers = lake.table("accounts"), lake.table("identifiers")
        named = rows(people.select("account", "pseudonym").distinct())
        naming = identifiers.filter(identifiers.kind.notin(sorted(LINKING_KINDS))).select("account", "kind", "value")
        owned = [mark for mark in rows(naming.distinct()) if mark[2] and mark[0] in masked]
    called = _by_text((text, who) for who, text in named if text and who in masked)
    others = {folded(text) for who, text in named if text and who not in masked}
    ids: dict[str, str] = {}
    within: dict[_Key, list[tuple[str, str]]] = {}
    for who in sorted(masked):
        native = folded(who.partition(":")[2])
        ids[folded(who)] = who
        if len(native) >= LEAST_ID:
            ids.setdefault(native, who)
        mark = native if len(native) >= LEAST_ID and not native.isdigit() else ""
        if (key := _key(mark)) is None:  # a word or a number alone is an id beside its platform only
            mark, key = folded(who), _last(folded(who))
        within.setdefault(key, []).append((mark, who))
    return Borne(
        called, frozenset(called.keys() & others),
        _by_text((value, who) for who, _kind, value in owned), ids,
        {key: tuple(found) for key, found in within.items()},
        frozenset(f"{kind}:{value}" for _who, kind, value in owned),
    )


def _by_text(found: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    by: dict[str, set[str]] = {}
    for text, who in found:
        by.setdefault(folded(text), set()).add(who)
    return {text: tuple(sorted(several)) for text, several in by.items()}


def _key(mark: str) -> _Key | None:
    """The longest number of an id with what stands before it; None of an id without one, which may be a word."""
    runs = _RUN.findall(mark)
    numbers = [place for place, run in enumerate(runs) if run[0].isdigit()]
    if not numbers:
        return None
    place = max(numbers, key=lambda one: len(runs[one]))
    return (runs[place - 1] if place else "", runs[place])


def _last(mark: str) -> _Key:
    """The last two parts of an id."""
    *_rest, before, last = ["", "", *_RUN.findall(mark)]
    return (before, last)


def _stands(mark: str, plain: str) -> bool:
    """Does it begin and end where a word does, or where letters meet digits?"""
    at = plain.find(mark)
    while at >= 0:
        after = at + len(mark)
        if not _joins(plain[at - 1 : at], mark[0]) and not _joins(mark[-1], plain[after : after + 1]):
            return True
        at = plain.find(mark, at + 1)
    return False


def _joins(one: str, other: str) -> bool:
    """Are they of one word or one number?"""
    return bool(one and other) and ((one.isdigit() and other.isdigit()) or (one.isalpha() and other.isalpha()))
