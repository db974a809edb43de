"""Which picture stands beside a lead of a kind?  What is drawn is read once, with ids; names are put in at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.detect.finding import Finding
from ingest.case_folder import label_key
from ingest.lake import Lake, Record
from workbench.language import Words
from workbench.report.pictures.by_kind import arrivals, arrivals_told, audience, members_over_time, sequence
from workbench.report.pictures.shapes import Bars, Lanes
from workbench.views.models.names import Names, names_of
from workbench.views.models.pictures import hub_ages, over_time, owner_tree, shell_pairs
from workbench.views.models.pictures.hub_ages import Met
from workbench.views.models.pictures.owner_tree import Branch
from workbench.views.models.pictures.picture import Picture
from workbench.views.models.pictures.shell_pairs import Tie

MOST_RECORDS = 5_000
Drawn = Lanes | Bars | tuple[Met, ...] | tuple[Tie, ...] | tuple[Branch, ...]


@dataclass(frozen=True)
class Read:
    """What is drawn of a lead; ``names``: of whoever stands in it; ``cited`` references, ``opened`` of them read."""

    drawn: Drawn
    names: Names
    cited: int
    opened: int


def read(lake: Lake, finding: Finding, words: Words) -> Read | None:
    """From the lead's own records; None where they give nothing to draw.

    Whom the lead names the screen knows by name already: only the others are asked for.
    """
    cited = finding.supporting
    drawn = _drawn(lake, finding, cited, words)
    if not drawn:
        return None
    names = names_of(lake, _ids(drawn), named=(*finding.members, *finding.targets))
    return Read(drawn, names, len(cited), min(len(cited), MOST_RECORDS))


def called(given: Read, names: Names) -> Names:
    """Whom the picture names, too; ``names``: those of the screen, which know whose mask is lifted."""
    return names.and_of(given.names)


def picture(given: Read, finding: Finding, names: Names, words: Words) -> Picture:
    """With names, masks and captions."""
    here, drawn = called(given, names), given.drawn
    if isinstance(drawn, Bars):
        return over_time.bars(
            drawn, words, caption=words.gettext("Who wrote in the room, by month and by the age known then.")
        )
    if isinstance(drawn, Lanes):
        heads, caption = _lanes(finding, drawn, words)
        return over_time.lanes(drawn, here, words, heads=heads, caption=caption)
    first = drawn[0]
    if isinstance(first, Met):
        return hub_ages.picture([one for one in drawn if isinstance(one, Met)], here, words)
    if isinstance(first, Tie):
        return shell_pairs.picture(finding, [one for one in drawn if isinstance(one, Tie)], here, words)
    branches = [one for one in drawn if isinstance(one, Branch)]
    return owner_tree.picture(finding, finding.targets[0], branches, here, words)


def _drawn(lake: Lake, finding: Finding, cited: Sequence[str], words: Words) -> Drawn | None:
    if finding.kind == "hub":
        return hub_ages.first_written_to(lake, finding.members[0], frozenset(cited))
    if finding.kind == "room":
        return audience(lake, finding.members[0], words)
    return _of_records(finding, lake.records(cited[:MOST_RECORDS], texts=False), words, label_key(lake.case))


def _of_records(finding: Finding, records: Sequence[Record], words: Words, key: bytes) -> Drawn | None:
    match finding.kind:
        case "shell":
            return shell_pairs.ties(finding, records)
        case "owner":
            return owner_tree.tree(finding.targets[0], owner_tree.holdings(records)) if finding.targets else None
        case "ambush":
            return arrivals(finding, records, words, key)
        case "convergence":
            return members_over_time(finding, records, words, key)
    return sequence(finding, records, words, key)


def _ids(drawn: Drawn) -> set[str]:
    if isinstance(drawn, Lanes):
        return {*drawn.lanes, *drawn.series}
    if isinstance(drawn, Bars):
        return set()
    found: set[str] = set()
    for one in drawn:
        if isinstance(one, Met):
            found.add(one.other)
        elif isinstance(one, Tie):
            found.update(one.pair)
        else:
            found.update((one.holding.owner, one.holding.owned))
    return found


def _lanes(finding: Finding, drawn: Lanes, words: Words) -> tuple[tuple[str, str], str]:
    """Heads of lanes and series, and the caption."""
    _ = words.gettext
    if finding.kind == "ambush":
        return (_("Target"), _("Member")), arrivals_told(finding, drawn, words)
    if finding.kind == "convergence":
        return (_("Member"), _("What")), _(
            "When each account first wrote to the target, by the cited messages: {shown} of {total} accounts.",
            shown=len(drawn.lanes), total=len(finding.members),
        )
    return (_("With whom"), _("What")), _(
        "The cited messages in order of time, one line a person written to or from: {shown} messages.",
        shown=len(drawn.points),
    )
