"""How does an ultimate owner become a finding?  Share, paths, circles and doubts, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.detect.finding import CounterEvidence, Finding, Reason, Tier
from graph.detect.owners.integrated import Integrated, Ultimate
from graph.detect.owners.parameters import OwnerParameters
from graph.detect.owners.paths import OwnershipPath, Paths, ownership_paths
from graph.detect.owners.state import OwnershipState


@dataclass(frozen=True)
class Register:
    """Names of companies and persons by id, and which platforms a company operates, with the records that say so."""

    companies: Mapping[str, str]
    persons: Mapping[str, str]
    platforms: Mapping[str, tuple[str, ...]]
    records: Mapping[str, tuple[str, ...]]


def lead(
    owner: Ultimate,
    whole: Integrated,
    declared: float,
    state: OwnershipState,
    register: Register,
    parameters: OwnerParameters,
) -> Finding:
    """The finding of one ultimate owner of ``whole.company``; ``declared``: its share with missing shares as 0."""
    company = whole.company
    paths = ownership_paths(state.shares(), owner.members, company, limit=parameters.counted_paths)
    steps = sorted({step for path in paths.paths for step in path.steps})
    natural = not owner.circle and owner.members[0] in register.persons
    doubts = _doubts(owner, whole, declared, natural, steps, state, register, parameters)
    since = [stake.since for step in steps if (stake := state.stakes[step]).since is not None]
    starts = [instant for instant in since if instant is not None]
    return Finding(
        kind="owner", members=owner.members, targets=(company,), qualifier=company,
        tier=_tier(owner.share, bool(doubts), parameters), score=min(1.0, max(0.0, owner.share)),
        first_at=f"{min(starts).isoformat()}Z" if starts else None,
        last_at=f"{state.at.isoformat()}Z" if state.at else None,
        reasons=(
            _share_reason(owner, company, natural, steps, state, register),
            *_path_reason(paths, steps, state, parameters),
            *_circle_reason(whole),
        ),
        counter_evidence=(
            *doubts,
            *_remainder(whole),
            CounterEvidence(
                "what would clear it", None, None,
                "A later register extract, a transfer of the shares or a mandate that shows another owner at this "
                "instant; ownership alone says nothing about conduct.",
            ),
        ),
    )


def _tier(share: float, doubtful: bool, parameters: OwnerParameters) -> Tier:
    """Strong: at least ``control_share`` without a doubt; weak: below ``notable_share``."""
    if share < parameters.notable_share:
        return "weak"
    return "strong" if share >= parameters.control_share and not doubtful else "moderate"


def _share_reason(
    owner: Ultimate,
    company: str,
    natural: bool,
    steps: list[tuple[str, str]],
    state: OwnershipState,
    register: Register,
) -> Reason:
    who = owner.members[0]
    if owner.circle:
        what = f"The circle of {len(owner.members)} companies that own each other and that nobody else owns"
    elif natural:
        what = f"Person {who}"
    elif who in register.companies:
        what = f"Company {who}, of which no owner is recorded,"
    else:
        what = f"{who}, which the evidence names neither as person nor as company,"
    names = register.platforms.get(company, ())
    operates = f", which operates {', '.join(names)}" if names else ""
    at = f" at {state.at.isoformat()}Z" if state.at else ""
    records = {record for step in steps for record in state.stakes[step].records}
    return Reason(
        "integrated share", owner.share, None,
        f"{what} holds {owner.share:.4%} of {company}{operates}, through all chains and circles{at}; consistent with "
        "ultimate ownership.",
        (*sorted(records), *register.records.get(company, ())),
    )


def _path_reason(
    paths: Paths, steps: list[tuple[str, str]], state: OwnershipState, parameters: OwnerParameters
) -> tuple[Reason, ...]:
    if not paths.paths:
        return ()
    shown = paths.paths[: parameters.listed_paths]
    total = f"{len(paths.paths)}" if paths.complete else f"more than {len(paths.paths)}"
    cut = len(shown) < len(paths.paths) or not paths.complete
    rest = f" Showing {len(shown)} of {total} by product." if cut else ""
    depths = [path.depth for path in paths.paths]
    records = {record for step in steps for record in state.stakes[step].records}
    return (
        Reason(
            "ownership paths", len(paths.paths), None,
            f"{total} path(s), depth {min(depths)} to {max(depths)}: "
            + "; ".join(_told(path, state) for path in shown) + "." + rest,
            tuple(sorted(records)),
        ),
    )


def _told(path: OwnershipPath, state: OwnershipState) -> str:
    chain = path.nodes[0]
    for owner, owned in path.steps:
        stake = state.stakes[owner, owned]
        chain += f" -{'~' if stake.estimated else ''}{stake.share:.4g}-> {owned}"
    return f"{chain} = {path.product:.6g} (depth {path.depth})"


def _circle_reason(whole: Integrated) -> tuple[Reason, ...]:
    if not whole.circles:
        return ()
    told = "; ".join(", ".join(circle) for circle in whole.circles)
    return (
        Reason(
            "circles", len(whole.circles), None,
            f"Companies that own each other stand between: {told}. The share counts every turn of the circle; the "
            "circle itself owns nothing.",
        ),
    )


def _doubts(
    owner: Ultimate,
    whole: Integrated,
    declared: float,
    natural: bool,
    steps: list[tuple[str, str]],
    state: OwnershipState,
    register: Register,
    parameters: OwnerParameters,
) -> tuple[CounterEvidence, ...]:
    doubts = []
    if not natural:
        kind = "a circle" if owner.circle else ("a company" if owner.members[0] in register.companies else "unknown")
        doubts.append(CounterEvidence(
            "no natural person", None, None,
            f"The chain ends without a natural person (it ends in {kind}): the person behind is not in the evidence.",
        ))
    estimated = [step for step in steps if state.stakes[step].estimated]
    if estimated:
        doubts.append(CounterEvidence(
            "shares not declared", owner.share, declared,
            f"{len(estimated)} stake(s) on the way have no declared share; each was taken as an equal part of what the "
            f"declared ones leave. With them as nothing the integrated share is {declared:.4%}.",
        ))
    touched = {owned for _, owned in steps}
    over = [name for name in sorted(touched) if state.totals.get(name, 0.0) > parameters.largest_share_total]
    for name in over:
        doubts.append(CounterEvidence(
            "shares above the whole", state.totals[name], 1.0,
            f"The declared shares of {name} add up to {state.totals[name]:.4g}"
            + ("; they were scaled down to 1." if name in whole.scaled else "; they are used as declared."),
        ))
    nominees = [step for step in steps if state.stakes[step].nominee]
    if nominees:
        doubts.append(CounterEvidence(
            "nominee", len(nominees), None,
            "Somebody on the way is recorded as a nominee, who holds for another: "
            + ", ".join(owner for owner, _ in nominees) + ".",
        ))
    return tuple(doubts)


def _remainder(whole: Integrated) -> tuple[CounterEvidence, ...]:
    """What of the company no recorded ultimate owner holds."""
    left = 1.0 - sum(item.share for item in whole.owners)
    if left <= 1e-6:
        return ()
    return (
        CounterEvidence(
            "unknown owners", left, None, f"{left:.4%} of {whole.company} has no recorded ultimate owner."
        ),
    )
