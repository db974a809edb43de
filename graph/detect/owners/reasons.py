"""Why is somebody the owner of a company, and what speaks against it?  Codes and typed values, by order of weight."""

from collections.abc import Iterable

from graph.detect.owners.companies import Period, Standing
from graph.detect.owners.model import OwnershipPath
from graph.detect.owners.tiers import hides, jurisdictions
from graph.detect.reason import CounterEvidence, Reason
from graph.detect.values import Value, companies, company, count, moment, number, owner, owners, quote, word

_LISTED = 12


def reasons(standing: Standing) -> tuple[Reason, ...]:
    """Five at most; the first one's ``observed`` is the integrated share."""
    return (*_share(standing), *_paths(standing), *_nominees(standing), *_periods(standing), *_links(standing))


def doubts(standing: Standing) -> tuple[CounterEvidence, ...]:
    """Doubts for which the finding is never strong."""
    return (*_no_person(standing), *_above_whole(standing), *_unnamed(standing), *_differs(standing))


def remarks(standing: Standing) -> tuple[CounterEvidence, ...]:
    """What also speaks against it, and last what would clear it."""
    return (
        *_no_platform(standing), *_inexact(standing), *_declarations(standing), *_doubles(standing), *_common(standing),
        *_left(standing), CounterEvidence("what_would_clear_it"),
    )


def _share(standing: Standing) -> Iterable[Reason]:
    names = standing.register.platforms.get(standing.company.name, ())
    at, share_ = standing.company.state.at, standing.share
    yield Reason(
        "integrated_share",
        {
            "who": owners(standing.owner.members), "standing": word(_kind(standing)), "share": _percent(share_.point),
            "company": company(standing.company.name), "platforms": quote(names) if names else word("none"),
            "at": word("undated") if at is None else moment(at),
        },
        observed=share_.point, unit="share",
        records=(*standing.records, *standing.register.records.get(standing.company.name, ())),
    )


def _kind(standing: Standing) -> str:
    who, register = standing.who, standing.register
    if standing.owner.circle:
        return "own_shares" if len(standing.owner.members) == 1 else "circle"
    if standing.natural:
        return "person"
    return "unnamed" if who in register.persons else "company" if who in register.companies else "unknown"


def _paths(standing: Standing) -> Iterable[Reason]:
    paths, circles = standing.paths.paths, standing.company.whole.circles
    if paths:
        crossed = max((jurisdictions(path.nodes, standing.register) for path in paths), key=len)
        yield Reason(
            "ownership_paths",
            {
                "paths": count(len(paths)), "counted": word("all" if standing.paths.complete else "more"),
                "shallowest": count(min(path.depth for path in paths)),
                "deepest": count(max(path.depth for path in paths)),
                "largest": quote([_written(path, standing) for path in paths[:_LISTED]]),
                "circles": _or_none(companies(sorted({name for circle in circles for name in circle}))),
                "jurisdictions": _or_none(quote(crossed)),
            },
            observed=len(paths), unit="paths", records=standing.records,
        )


def _written(path: OwnershipPath, standing: Standing) -> str:
    """``p -0.6-> a -1-> t = 0.6``; of a range its middle and ends."""
    chain = path.nodes[0]
    for pair in path.steps:
        stake = standing.company.state.stakes[pair]
        ends = f"[{stake.low:.4g}..{stake.high:.4g}]" if stake.low < stake.high else ""
        chain += f" -{'~' if ends else ''}{stake.share:.4g}{ends}-> {pair[1]}"
    return f"{chain} = {path.product:.6g}"


def _nominees(standing: Standing) -> Iterable[Reason]:
    looked = [(pair, stake) for pair, stake in standing.stakes if stake.declared.through]
    if looked:
        nominees = sorted({name for _, stake in looked for name in stake.declared.through})
        yield Reason(
            "nominees_looked_through",
            {"nominees": owners(nominees), "behind": owners(sorted({pair[0] for pair, _ in looked}))},
            observed=len(nominees), unit="nominees",
            records=tuple(record for _, stake in looked for record in stake.records),
        )


def _periods(standing: Standing) -> Iterable[Reason]:
    periods = standing.company.periods
    if len(periods) > 1:
        shown = periods[-_LISTED:]
        held = dict.fromkeys(name for period in shown for who, _ in period.owners for name in who)
        yield Reason(
            "successive_owners",
            {
                "company": company(standing.company.name), "periods": count(len(periods)),
                "counted": word("all" if standing.company.all_periods else "more"), "owners": owners(held),
                "last": quote([_period(period) for period in shown]),
            },
            observed=len(periods), unit="periods", records=tuple(record for item in shown for record in item.records),
        )


def _period(period: Period) -> str:
    """``2019-05-01/2021-03-01: a 0.465, b 0.31``: an interval of ISO 8601-2, open at ``..``."""
    ends = (period.since, period.until)
    since, until = (".." if at is None else at.isoformat().removesuffix("T00:00:00") for at in ends)
    return f"{since}/{until}: " + (", ".join(f"{'+'.join(who)} {part:.6g}" for who, part in period.owners) or "-")


def _links(standing: Standing) -> Iterable[Reason]:
    links = standing.links
    if links is not None and links.links:
        first = links.links[0]
        yield Reason(
            "shared_addresses_and_directors",
            {
                "linked": companies(link.company for link in links.links), "first": company(first.company),
                "shared": quote([value for _, (_, value) in first.shared]), "customary": _percent(first.chance),
                "companies": count(links.companies),
            },
            observed=first.chance, unit="share of companies",
            records=tuple(record for link in links.links[:_LISTED] for record in link.records),
        )


def _no_person(standing: Standing) -> Iterable[CounterEvidence]:
    kind, who = _kind(standing), standing.who
    held = [stake.declared for (name, _), stake in standing.stakes if name == who]
    withheld = [item.withheld for item in held if item.withheld]
    if kind == "unnamed":
        yield CounterEvidence("person_not_identified", {"who": owner(who)})
    elif kind != "person":
        directors = standing.shared.directors(standing.owner.members) if standing.shared else ()
        party = standing.register.companies.get(who)
        known = withheld[0] if withheld else party.kind if party is not None and kind == "company" else ""
        yield CounterEvidence("no_natural_person", {
            "ends": word("withheld" if withheld else kind), "type": quote(known) if known else word("none"),
            "directors": _or_none(owners(directors)),
        })


def _above_whole(standing: Standing) -> Iterable[CounterEvidence]:
    totals, limit = standing.company.state.totals, standing.parameters.largest_share_total
    for name in sorted({owned for (_, owned), _ in standing.stakes if totals.get(owned, 0.0) > limit}):
        scaled = word("scaled" if name in standing.company.whole.scaled else "as_declared")
        yield CounterEvidence(
            "shares_above_the_whole", {"company": company(name), "total": _percent(totals[name]), "used": scaled},
            observed=totals[name], expected=1.0, unit="share",
        )


def _unnamed(standing: Standing) -> Iterable[CounterEvidence]:
    nominees = sorted({name for (name, _), stake in standing.stakes if stake.declared.nominee})
    if nominees:
        yield CounterEvidence("nominee", {"nominees": owners(nominees)}, observed=len(nominees), unit="nominees")


def _differs(standing: Standing) -> Iterable[CounterEvidence]:
    found = standing.share
    if found.stated is not None and not found.agrees:
        yield CounterEvidence(
            "declared_indirect_share_differs", {"stated": _percent(found.stated), "chains": _percent(found.point)},
            observed=found.stated, expected=found.point, unit="share",
        )


def _no_platform(standing: Standing) -> Iterable[CounterEvidence]:
    hiding = standing.hiding
    if hiding is not None:
        values = {
            "company": company(standing.company.name), "signs": _or_none(word(hiding.signs)),
            "customary": _percent(hiding.customary),
        }
        if hides(standing):
            yield CounterEvidence("operates_no_platform", values, observed=len(hiding.signs), unit="signs")
        else:
            yield CounterEvidence("entry_of_the_register", values, observed=len(hiding.signs), unit="signs")


def _inexact(standing: Standing) -> Iterable[CounterEvidence]:
    found, stakes = standing.share, [stake for _, stake in standing.stakes]
    values = {"low": _percent(found.low), "high": _percent(found.high)}
    missing = sum(stake.estimated for stake in stakes)
    ranged = sum(not stake.estimated and stake.low < stake.high for stake in stakes)
    if missing:
        values["stakes"] = count(missing)
        yield CounterEvidence("shares_not_declared", values, observed=found.point, expected=found.low, unit="share")
    if ranged:
        values["stakes"] = count(ranged)
        yield CounterEvidence("shares_known_as_ranges", values, observed=found.point, expected=found.low, unit="share")
    if found.stated is not None and found.agrees:
        yield CounterEvidence(
            "declared_indirect_share",
            {"stated": _percent(found.stated), "chains": _percent(standing.owner.share)},
            observed=found.stated, expected=standing.owner.share, unit="share",
        )


def _declarations(standing: Standing) -> Iterable[CounterEvidence]:
    superseded = sum(stake.declared.superseded for _, stake in standing.stakes)
    replaced = sum(stake.declared.replaced for _, stake in standing.stakes)
    if superseded:
        yield CounterEvidence(
            "superseded_statements", {"number": count(superseded)}, observed=superseded, unit="statements"
        )
    if replaced:
        yield CounterEvidence("earlier_declarations", {"number": count(replaced)}, observed=replaced, unit="statements")


def _doubles(standing: Standing) -> Iterable[CounterEvidence]:
    """Other records of a party on the chains; with those that are ultimate owners too, the shares together."""
    chains = {*standing.owner.members, *(name for pair, _ in standing.stakes for name in pair)}
    found = standing.doubles.of(chains)
    if found:
        same = {double.party for double in standing.doubles.of(standing.owner.members)}
        parts = (item.share for item in standing.company.whole.owners if item.members[0] in same and not item.circle)
        yield CounterEvidence(
            "records_of_the_same_party",
            {
                "others": owners(double.party for double in found), "first": owner(found[0].party),
                "agreeing": word(found[0].fields), "together": _percent(standing.share.point + sum(parts)),
            },
            observed=found[0].probability, unit="probability",
        )


def _common(standing: Standing) -> Iterable[CounterEvidence]:
    if standing.links is not None and standing.links.common:
        most = max(number for _, number in standing.links.common)
        yield CounterEvidence(
            "common_addresses_and_directors",
            {
                "values": count(len(standing.links.common)), "most": count(most),
                "companies": count(standing.links.companies),
            },
            observed=most, expected=standing.links.companies, unit="companies",
        )


def _left(standing: Standing) -> Iterable[CounterEvidence]:
    """What of the company no recorded ultimate owner holds."""
    left = 1.0 - sum(found.point for found in standing.company.shares.values())
    if left > 1e-6:
        yield CounterEvidence(
            "unknown_owners", {"company": company(standing.company.name), "left": _percent(left)}, observed=left,
            unit="share",
        )


def _percent(value: float) -> Value:
    """Owners' shares are told with their decimals."""
    return number(round(100.0 * value, 6))


def _or_none(value: Value) -> Value:
    return value if value.value else word("none")
