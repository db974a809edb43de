"""Through whom does an owner hold a company?  The holdings that the lead cites, as a tree above the company."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from graph.detect.finding import Finding
from graph.detect.owners.holdings import is_nominator
from ingest.lake import Record
from workbench.language import Words
from workbench.plain_text import plain_text
from workbench.views.models.dossiers.company import percent
from workbench.views.models.names import Names
from workbench.views.models.pictures.picture import Picture

MOST_ROWS, MOST_DEEP = 40, 12


@dataclass(frozen=True)
class Holding:
    """``owner`` holds ``share`` of ``owned``, by ``kind``; ``until`` (ISO 8601) where it has ended."""

    owner: str
    owned: str
    share: float | None
    kind: str
    until: str
    record: str


@dataclass(frozen=True)
class Branch:
    """A holding in its place: its row, its depth above the company (1: it holds it) and the row of what is held."""

    row: int
    depth: int
    below: int
    holding: Holding
    circle: bool


def holdings(records: Sequence[Record]) -> tuple[Holding, ...]:
    """The cited holdings, each once."""
    found = {
        record.ref: Holding(
            str(record.columns["owner"]), str(record.columns["owned"]), _number(record.columns.get("share")),
            record.columns.get("kind") or "", record.columns.get("to") or "", record.ref,
        )
        for record in records
        if record.table == "ownerships" and record.columns.get("owner") and record.columns.get("owned")
    }
    return tuple(found[ref] for ref in sorted(found))


def tree(company: str, held: Sequence[Holding]) -> tuple[Branch, ...]:
    """Depth first from the company upwards, the largest share first, ended holdings last.

    An owner that stands below itself already closes a circle and is not followed again.
    """
    found: list[Branch] = []

    def climb(owned: str, depth: int, below: int, way: tuple[str, ...]) -> None:
        own = [one for one in held if one.owned == owned]
        for one in sorted(own, key=lambda one: (one.until != "", -(one.share or 0.0), one.owner, one.record)):
            circle = one.owner in way
            found.append(Branch(len(found) + 1, depth, below, one, circle))
            if not circle and depth < MOST_DEEP:
                climb(one.owner, depth + 1, found[-1].row, (*way, one.owner))

    climb(company, 1, 0, (company,))
    return tuple(found)


def picture(finding: Finding, company: str, branches: Sequence[Branch], names: Names, words: Words) -> Picture:
    """The company in the first row, each owner below and to the right of what it holds."""
    shown = branches[:MOST_ROWS]
    marks = {True: words.gettext("the owner of the lead"), False: words.gettext("others")}
    depths = {branch.row: branch.depth for branch in shown}
    rows = [(0, 0, 0, 0, names.of(company, limit=60), marks[False], "")]
    rows += [
        (branch.row, branch.depth, branch.below, depths.get(branch.below, 0),
         f"{names.of(branch.holding.owner, limit=48)} · {_told(branch, words)}",
         marks[branch.holding.owner in finding.members], branch.holding.record)
        for branch in shown
    ]
    frame = pd.DataFrame(rows, columns=["row", "depth", "below", "from_depth", "label", "who", "record"])
    _ = words.gettext
    heads = [_("Owner"), _("Holds"), _("Share"), _("Kind"), _("Until"), _("Remark")]
    table = pd.DataFrame(
        [
            (names.of(one.owner), names.of(one.owned), _share(one, words),
             plain_text(words.gettext(one.kind), limit=60), one.until[:10],
             words.gettext("closes a circle") if branch.circle else "")
            for branch in shown
            for one in (branch.holding,)
        ],
        columns=heads,
    )
    drawn, every = ({branch.holding.record for branch in some} for some in (shown, branches))
    told = words.gettext(  # rows: a chain has fewer steps where a nominee's are two
        "The holdings that the lead cites, above the company: {shown} of {total} rows of the register.",
        shown=len(drawn), total=len(every),
    )
    if any(is_nominator(branch.holding.kind) for branch in shown):
        told += " " + words.gettext(
            "What a nominee holds for a nominator is one holding, recorded on both sides, and one step of a chain."
        )
    parties = dict.fromkeys((company, *(branch.holding.owner for branch in shown)))
    return Picture("tree", frame, table, told, tuple(parties))


def _told(branch: Branch, words: Words) -> str:
    one = branch.holding
    parts = [_share(one, words), plain_text(words.gettext(one.kind), limit=40)]
    if one.until:
        parts.append(words.gettext("until {day}", day=words.short_day(date.fromisoformat(one.until[:10]))))
    parts.append(words.gettext("closes a circle") if branch.circle else "")
    return ", ".join(part for part in parts if part)


def _share(one: Holding, words: Words) -> str:
    return "–" if one.share is None else percent(one.share, words)


def _number(text: str | None) -> float | None:
    return float(text) if text else None
