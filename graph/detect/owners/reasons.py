"""Why is somebody the owner of a company, and what speaks against it?  Codes and typed values, by order of weight."""

from collections.abc import Iterator
from datetime import datetime, time

from graph.detect.chains import Chain, Held, Step
from graph.detect.owners.companies import Period, Standing, changed_hands
from graph.detect.owners.holdings import ROUNDING
from graph.detect.owners.model import OwnershipPath
from graph.detect.owners.tiers import hides, jurisdictions
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.values import Value, companies, company, count, day, moment, number, owner, owners, quote, word

_LISTED = 12


def reasons(standing: Standing) -> Iterator[Reason]:
    """Six at most; the first one's ``observed`` is the integrated share."""
    found, share, register, links = standing.company, standing.share, standing.register, standing.links
    name, at, paths = company(found.name), found.lost or found.state.at, standing.paths.paths
    platforms = register.platforms.get(found.name, ())
    yield Reason(
        "last_integrated_share" if found.lost else "integrated_share",
        {
            "who": owners(standing.owner.members), "standing": word(_kind(standing)), "share": _percent(share.point),
            "company": name, "platforms": quote(platforms) if platforms else word("none"),
            "at": word("undated") if at is None else _when(at),
        },
        observed=share.point, unit="share", records=(*standing.records, *register.records.get(found.name, ())),
    )
    if paths:
        nodes = {name for path in paths for name in path.nodes}
        circles = sorted({one for circle in found.whole.circles if not nodes.isdisjoint(circle) for one in circle})
        steps, turns = [len(path.steps) for path in paths], _turns(standing)
        yield Reason(
            "ownership_paths",
            {
                "paths": count(len(paths)), "counted": word("all" if standing.paths.complete else "more"),
                "shallowest": count(min(steps)), "deepest": count(max(steps)),
                "lengths": word("one" if len(set(steps)) == 1 else "several"),
                "largest": quote(_written(path, standing) for path in paths[:_LISTED]),
                "circles": _or_none(companies(circles)), "turning": word("adding" if turns else "none"),
                "turns": _percent(turns), "whole": _percent(standing.owner.share), **_crossed(standing),
            },
            observed=len(paths), unit="paths", records=standing.records,
        )
    for stated in (True, False):
        looked = [
            (pair[0], nominees, stake.records) for pair, stake in standing.stakes
            if (nominees := [who for who in stake.declared.through if (who in stake.declared.paired) != stated])
        ]
        if not looked:
            continue
        through = sorted({nominee for _, nominees, _ in looked for nominee in nominees})
        yield Reason(
            "nominees_looked_through" if stated else "nominees_and_nominators",
            {"nominees": owners(through), "behind": owners(sorted({behind for behind, *_ in looked}))},
            observed=len(through), unit="nominees", records=tuple(r for *_, records in looked for r in records),
        )
    control = standing.parameters.control_share
    if changed_hands(found.periods, control):
        shown = found.periods[-_LISTED:]
        held = dict.fromkeys(member for period in shown for who, _ in period.owners for member in who)
        yield Reason(
            "successive_owners",
            {
                "company": name, "periods": count(len(found.periods)), "owners": owners(held),
                "counted": word("all" if found.all_periods else "more"),
                "last": quote(_period(period) for period in shown),
            },
            observed=len(found.periods), unit="periods", records=tuple(r for item in shown for r in item.records),
        )
    if links is not None and links.links:
        first = links.links[0]
        yield Reason(
            "shared_addresses_and_directors",
            {
                "linked": companies(link.company for link in links.links), "first": company(first.company),
                "shared": quote(value for _, (_, value) in first.shared), "customary": _percent(first.chance),
                "companies": count(links.companies),
            },
            observed=first.chance, unit="share of companies",
            records=tuple(record for link in links.links[:_LISTED] for record in link.records),
        )


def doubts(standing: Standing) -> Iterator[CounterEvidence]:
    """Doubts for which the finding is never strong."""
    kind, who, register, share = _kind(standing), standing.who, standing.register, standing.share
    found = standing.company
    if found.lost is not None:
        yield CounterEvidence("no_owner_since", {"company": company(found.name), "lost": _when(found.lost)})
    if kind == "unnamed":
        yield CounterEvidence("person_not_identified", {"who": owner(who)})
    elif kind != "person":
        reasons = [s.declared.withheld for (name, _), s in standing.stakes if name == who and s.declared.withheld]
        directors = standing.shared.directors(standing.owner.members) if standing.shared else ()
        known = reasons[0] if reasons else register.companies[who].kind if kind == "company" else ""
        yield CounterEvidence("no_natural_person", {
            "ends": word("withheld" if reasons else kind), "type": quote(known) if known else word("none"),
            "directors": _or_none(owners(directors)),
        })
    totals, limit = standing.company.state.totals, standing.parameters.largest_share_total
    for name in sorted({owned for (_, owned), _ in standing.stakes if totals.get(owned, 0.0) > limit}):
        scaled = word("scaled" if name in standing.company.whole.scaled else "as_declared")
        yield CounterEvidence(
            "shares_above_the_whole", {"company": company(name), "total": _percent(totals[name]), "used": scaled},
            observed=totals[name], expected=1.0, unit="share",
        )
    nominees = sorted({name for (name, _), stake in standing.stakes if stake.declared.nominee})
    if nominees:
        yield CounterEvidence("nominee", {"nominees": owners(nominees)}, observed=len(nominees), unit="nominees")
    if share.stated is not None and not share.agrees:
        yield CounterEvidence(
            "declared_indirect_share_differs", {"stated": _percent(share.stated), "chains": _percent(share.point)},
            observed=share.stated, expected=share.point, unit="share",
        )


def remarks(standing: Standing) -> Iterator[CounterEvidence]:
    """What also speaks against it, and last what would clear it."""
    found, share, links, hiding = standing.company, standing.share, standing.links, standing.hiding
    register, name, stakes = standing.register, company(found.name), [stake for _, stake in standing.stakes]
    if hiding is not None:
        signs = {"company": name, "signs": _or_none(word(hiding.signs)), "customary": _percent(hiding.customary)}
        yield CounterEvidence(
            "operates_no_platform" if hides(standing) else "entry_of_the_register", signs,
            observed=len(hiding.signs), unit="signs",
        )
    if silent := [platform for platform in register.platforms.get(found.name, ()) if platform not in register.heard]:
        yield CounterEvidence(
            "platform_without_data", {"company": name, "platforms": quote(silent), "silent": count(len(silent))},
            observed=len(silent), unit="platforms", records=register.records.get(found.name, ()),
        )
    if undated := [stake.declared.undated for stake in stakes if stake.declared.undated]:
        yield CounterEvidence(
            "start_not_recorded", {"stakes": count(len(undated))}, observed=len(undated), unit="stakes",
            records=tuple(record for records in undated for record in records),
        )
    ended = [stake.declared.until for stake in stakes if stake.declared.until is not None]
    if ended and not found.lost:
        yield CounterEvidence(
            "end_to_come", {"stakes": count(len(ended)), "end": _when(min(ended))}, observed=len(ended), unit="stakes"
        )
    ends = {"low": _percent(share.low), "high": _percent(share.high)}
    if missing := sum(stake.estimated for stake in stakes):
        ends["stakes"] = count(missing)
        yield CounterEvidence("shares_not_declared", ends, observed=share.point, expected=share.low, unit="share")
    if ranged := sum(not stake.estimated and stake.low < stake.high for stake in stakes):
        ends["stakes"] = count(ranged)
        yield CounterEvidence("shares_known_as_ranges", ends, observed=share.point, expected=share.low, unit="share")
    if share.stated is not None and share.agrees:
        chains = standing.owner.share
        yield CounterEvidence(
            "declared_indirect_share", {"stated": _percent(share.stated), "chains": _percent(chains)},
            observed=share.stated, expected=chains, unit="share",
        )
    if later := sum(stake.declared.superseded for stake in stakes):
        yield CounterEvidence("superseded_statements", {"number": count(later)}, observed=later, unit="statements")
    if earlier := sum(stake.declared.replaced for stake in stakes):
        yield CounterEvidence("earlier_declarations", {"number": count(earlier)}, observed=earlier, unit="statements")
    doubles = standing.doubles.of({*standing.owner.members, *(who for pair, _ in standing.stakes for who in pair)})
    if doubles:
        same = {double.party for double in standing.doubles.of(standing.owner.members)}
        together = share.point + sum(item.share for item in found.whole.owners if item.members[0] in same)
        yield CounterEvidence(
            "records_of_the_same_party",
            {
                "others": owners(double.party for double in doubles), "first": owner(doubles[0].party),
                "agreeing": word(doubles[0].fields), "together": _percent(together),
            },
            observed=doubles[0].probability, unit="probability",
        )
    if links is not None and links.common:
        most = max(number for _, number in links.common)
        yield CounterEvidence(
            "common_addresses_and_directors",
            {"values": count(len(links.common)), "most": count(most), "companies": count(links.companies)},
            observed=most, expected=links.companies, unit="companies",
        )
    left = found.unrecorded
    if left > 1e-6:
        held = tuple(found.recorded.items())
        yield CounterEvidence(
            "unknown_owners",
            {
                "company": name, "left": _percent(left), "held": quote(str(Held(None, None, held[:_LISTED]))),
                "left_out": count(max(0, len(held) - _LISTED)), "more": word("all" if len(held) <= _LISTED else "more"),
            },
            observed=left, unit="share",
            records=tuple(record for stake in found.state.stakes.values() for record in stake.records),
        )
    yield CounterEvidence("what_would_clear_it")


def _turns(standing: Standing) -> float:
    """What going round circles adds to the chains; 0 where it is nothing, or where not all chains were counted."""
    beyond = standing.owner.share - sum(path.product for path in standing.paths.paths)
    return beyond if beyond > ROUNDING and standing.paths.complete and not standing.company.whole.scaled else 0.0


def _crossed(standing: Standing) -> dict[str, Value]:
    """The most jurisdictions on one chain; where none has two, those of all chains."""
    paths, register = standing.paths.paths, standing.register
    most = max((jurisdictions(path.nodes, register) for path in paths), key=len)
    if len(most) > 1:
        return {"crossed": word("several"), "jurisdictions": quote(most)}
    every = jurisdictions((name for path in paths for name in path.nodes), register)
    return {"crossed": word("one" if every else "none"), "jurisdictions": _or_none(quote(every))}


def _kind(standing: Standing) -> str:
    who, register = standing.who, standing.register
    if standing.owner.circle:
        return "own_shares" if len(standing.owner.members) == 1 else "circle"
    if who in register.persons:
        return "unnamed" if register.persons[who].withheld else "person"
    return "company" if who in register.companies else "unknown"


def _written(path: OwnershipPath, standing: Standing) -> str:
    stakes = [standing.company.state.stakes[pair] for pair in path.steps]
    nodes = (path.nodes[0], *(owned for _, owned in path.steps))
    return str(Chain(nodes, tuple(Step(stake.share, stake.low, stake.high) for stake in stakes), path.product))


def _period(period: Period) -> str:
    ends = (period.since, period.until)
    since, until = (None if at is None else at.isoformat().removesuffix("T00:00:00") for at in ends)
    return str(Held(since, until, tuple((tuple(who), part) for who, part in period.owners)))


def _when(at: datetime) -> Value:
    """A day of the register has no time of day; where a row gives one, the moment."""
    return day(at.date()) if at.time() == time() else moment(at)


def _percent(value: float) -> Value:
    """Owners' shares are given with their decimals."""
    return number(round(100.0 * value, 6))


def _or_none(value: Value) -> Value:
    return value if value.value else word("none")
