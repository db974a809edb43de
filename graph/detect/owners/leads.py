"""How does an ultimate owner become a finding?  Its tier and score, with reasons and doubts in words."""

from graph.detect.finding import Finding, Tier
from graph.detect.owners.doubts import doubts, remarks
from graph.detect.owners.reasons import reasons
from graph.detect.owners.standing import Standing

_BANDS = {"weak": 0.0, "moderate": 1 / 3, "strong": 2 / 3}


def lead(standing: Standing) -> Finding:
    """The finding of one ultimate owner of one company; ``score``: the tier's third of [0, 1], in it by share."""
    against = doubts(standing)
    tier = _tier(standing, doubtful=bool(against))
    since = [stake.since for _, stake in standing.stakes() if stake.since is not None]
    at = standing.state.at
    return Finding(
        kind="owner", members=standing.owner.members, targets=(standing.company,), qualifier=standing.company,
        tier=tier, score=min(1.0, _BANDS[tier] + min(1.0, max(0.0, standing.share.point)) / 3),
        first_at=f"{min(since).isoformat()}Z" if since else None,
        last_at=f"{at.isoformat()}Z" if at else None,
        reasons=reasons(standing), counter_evidence=(*against, *remarks(standing)),
    )


def _tier(standing: Standing, *, doubtful: bool) -> Tier:
    """Strong: at the least ``control_share``, without a doubt; weak: below ``notable_share``."""
    parameters = standing.parameters
    if standing.share.point < parameters.notable_share:
        return "weak"
    return "strong" if standing.share.low >= parameters.control_share - 1e-12 and not doubtful else "moderate"
