"""How are a hub, a convergence and an extorter drawn?  One in the middle, the others on arcs by time."""

from graph.detect.finding import Finding
from ingest.lake import Lake, Record
from workbench.dossier.first_written import both_ways, first_written, parted
from workbench.dossier.rows import rows
from workbench.lead_graphs.caption import Caption, Link
from workbench.lead_graphs.cited import Cited, stands_for
from workbench.lead_graphs.places import arcs
from workbench.lead_graphs.sketch import Sketch, contacted, first_messages, moment


def hub(lake: Lake, finding: Finding, cited: Cited) -> Sketch:
    """Minors on the right, everybody else whom the account wrote to first on the left; numbered in order of time.

    Who was not known to be a minor then stands on the right as well, behind the others.
    """
    (account,) = finding.members
    met = sorted(first_written(lake, account), key=lambda one: (one.at, one.other))
    captions = {
        contacted(account, one.other): Caption(order=place, at=one.at) for place, one in enumerate(met, start=1)
    }
    minors = set(finding.targets)
    right = [one.other for one in met if one.other in minors]
    right += sorted(minors - set(right))
    beyond = parted(lake, finding, met)
    left = [one.other for one in met if one.other not in minors and one.other not in beyond]
    left += sorted(_reporters(cited) - minors - set(left) - beyond.keys())
    return Sketch(
        _shown(cited.all), _around(account, [*right, *beyond], left), {**captions, **_reports(cited)},
        others=tuple(f"Account/{other}" for other in (*beyond, *left)),
        parts={f"Account/{other}": part for other, part in beyond.items()},
    )


def convergence(lake: Lake, finding: Finding, cited: Cited) -> Sketch:  # noqa: ARG001
    """The one they came to, and on the left those who came, numbered in order of time."""
    (target,) = finding.targets
    first = {sender: record for (sender, to), record in first_messages(cited.all).items() if to == target}
    came = sorted(first, key=lambda sender: (moment(first[sender]), sender))
    captions = {
        contacted(sender, target): Caption(order=place, at=moment(first[sender]))
        for place, sender in enumerate(came, start=1)
    }
    left = [*came, *sorted(set(finding.members) - set(came))]
    return Sketch(_shown(cited.all), _around(target, [], left), {**captions, **_reports(cited)})


def extortion(lake: Lake, finding: Finding, cited: Cited) -> Sketch:
    """Those it pressed, in order of the first cited message; each link says how many messages went each way."""
    (account,) = finding.members
    asked = {other: record for (sender, other), record in first_messages(cited.all).items() if sender == account}
    told = both_ways(lake, account)
    sums = told.group_by("other").agg(own=told.own.cast("int64").sum(), all=told.count())
    counts = {other: (own, every - own) for other, own, every in rows(sums.select("other", "own", "all"))}
    people = sorted(
        set(finding.targets) | set(asked),
        key=lambda other: (other not in asked, moment(asked[other]).isoformat() if other in asked else "", other),
    )
    captions = {}
    for place, other in enumerate(people, start=1):
        own, back = counts.get(other, (0, 0))
        at = moment(asked[other]) if other in asked else None
        captions[contacted(account, other)] = Caption(
            order=place if at else None, at=at, messages=own or None, back=back
        )
    left = sorted(_partners(cited.all, account) - set(people))
    return Sketch(_shown(cited.all), _around(account, people, left), {**captions, **_reports(cited)})


def _shown(records: list[Record]) -> tuple[tuple[Link | str, str], ...]:
    return tuple((link, record.ref) for record in records for link in stands_for(record))


def _around(middle: str, right: list[str], left: list[str]) -> dict[str, tuple[float, float]]:
    return {
        f"Account/{middle}": (0.0, 0.0),
        **arcs([f"Account/{other}" for other in right if other != middle], side=1),
        **arcs([f"Account/{other}" for other in left if other != middle], side=-1),
    }


def _reporters(cited: Cited) -> set[str]:
    return {reporter for record in cited.table("reports") if (reporter := record.columns.get("reporter"))}


def _reports(cited: Cited) -> dict[Link, Caption]:
    found: dict[Link, Caption] = {}
    for record in sorted(cited.table("reports"), key=lambda record: (moment(record), record.ref), reverse=True):
        for link in stands_for(record):
            if not isinstance(link, str):
                found[link] = Caption(at=moment(record))
    return found


def _partners(records: list[Record], account: str) -> set[str]:
    found = set()
    for record in records:
        for name in ("sender", "recipient", "reporter"):
            if (other := record.columns.get(name)) and other != account:
                found.add(other)
    return found
