"""What would the first picture of a case wait for?  The engine's start and the accounts' order, made before.

Once a case and its evidence, whoever looks first; what fails is nobody's matter until a picture is asked for, which
then asks the graph itself.
"""

from dataclasses import dataclass, field

from graph import fetch
from graph.fetch import Ranking
from ingest.case_folder import CaseFolder
from ingest.case_folder.manifest import manifests
from ingest.errors import FilatureError
from ingest.lake.digest import case_digest, evidence_digest
from workbench.views.pictures.ahead import Ahead
from workbench.views.session import Server, answering, reading, server

_UNSEEN, _TIMES = 300, 4
"""Nodes of a picture that nobody sees, and how often: an engine that has just begun takes twice as long at first."""


@dataclass(frozen=True)
class _Asked:
    """Of a case and its evidence; ``at``: the server as the first person who asked has it."""

    case: CaseFolder
    digest: str
    at: Server = field(compare=False)


def soon(case: CaseFolder) -> None:
    """Have the engine start beside everything else, for as long as there is a server to give it back."""
    if not answering() or not (committed := manifests(case)):
        return
    asked = _Asked(case, evidence_digest(committed), server())
    _RANKED.soon(asked)
    _TRIED.soon(asked)


def ranking(case: CaseFolder) -> Ranking | None:
    """The order of the case's accounts; None where the graph does not tell it now."""
    try:
        return _RANKED.now(_Asked(case, case_digest(case), server()))
    except FilatureError:
        return None


def _ranked(asked: _Asked) -> Ranking:
    with reading(asked.case, at=asked.at) as store:
        return fetch.ranking(store)


def _tried(asked: _Asked) -> int:
    """Draw a picture for nobody; gives its nodes."""
    found = _RANKED.now(asked)
    with reading(asked.case, at=asked.at) as store:
        return max(fetch.whole(store, limit=_UNSEEN, ranking=found).shown for _time in range(_TIMES))


_RANKED: Ahead[_Asked, Ranking] = Ahead(_ranked, most=16)
_TRIED: Ahead[_Asked, int] = Ahead(_tried, most=16)
