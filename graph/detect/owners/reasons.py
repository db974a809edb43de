"""Why is somebody called the owner of a company?  Share, paths, circles, nominees, predecessors, linked companies."""

from collections.abc import Callable, Sequence

from graph.detect.french import decimal
from graph.detect.owners.changes import Held, Period
from graph.detect.owners.doubles_told import doubles_told
from graph.detect.owners.links import Link
from graph.detect.owners.paths import OwnershipPath
from graph.detect.owners.standing import Standing
from graph.detect.owners.wording import instant, listed, percent, pour_cent, some
from graph.detect.written import Reason


def reasons(standing: Standing) -> tuple[Reason, ...]:
    """All reasons; the first one's ``observed`` is the integrated share."""
    return (
        _share(standing), *_stated(standing), *_paths(standing), *_circles(standing), *_nominees(standing),
        *_changes(standing), *_seats(standing), *_links(standing), *doubles_told(standing),
    )


def _share(standing: Standing) -> Reason:
    who, share, register = standing.who, standing.share, standing.register
    count = len(standing.owner.members)
    called, company = register.called(who), register.called(standing.company)
    if standing.owner.circle and count == 1:
        what = f"Company {called}, which holds shares in itself and of which no other owner is recorded,"
        quoi = f"La société {called}, qui détient ses propres parts et dont aucun autre propriétaire n'est enregistré,"
    elif standing.owner.circle:
        what = f"The circle of {count} companies that own each other and that nobody else owns"
        quoi = f"Le cercle de {count} sociétés qui se détiennent l'une l'autre et que personne d'autre ne détient"
    elif standing.natural:
        what, quoi = f"Person {called}", f"La personne {called}"
    elif who in register.persons:
        what = f"{called}, a person whom the register does not name,"
        quoi = f"{called}, personne que le registre ne nomme pas,"
    elif who in register.companies:
        what = f"Company {called}, of which no owner is recorded,"
        quoi = f"La société {called}, dont aucun propriétaire n'est enregistré,"
    else:
        what = f"{called}, which the evidence names neither as person nor as company,"
        quoi = f"{called}, que les pièces ne nomment ni comme personne ni comme société,"
    names = ", ".join(register.platforms.get(standing.company, ()))
    at = instant(standing.state.at)
    between = between_fr = ""
    if not share.exact:
        between = f" (between {percent(share.low)} and {percent(share.high)})"
        between_fr = f" (entre {pour_cent(share.low)} et {pour_cent(share.high)})"
    return Reason(
        "integrated share", share.point, None,
        f"{what} holds {percent(share.point)}{between} of {company}"
        + (f", which operates {names}" if names else "")
        + f", through all chains and circles{f' on {at}' if at else ''}; consistent with ultimate ownership.",
        (*standing.records(), *register.records.get(standing.company, ())),
        detail_fr=f"{quoi} détient {pour_cent(share.point)}{between_fr} de {company}"
        + (f", qui exploite {names}" if names else "")
        + f", par toutes les chaînes et tous les cercles{f' au {at}' if at else ''} ; compatible avec une "
        "propriété ultime.",
    )


def _stated(standing: Standing) -> tuple[Reason, ...]:
    share = standing.share
    if share.stated is None or not share.agrees:
        return ()
    return (
        Reason(
            "declared indirect share", share.stated, standing.owner.share,
            f"The register itself states {percent(share.stated)} held through others; the chains alone let expect "
            f"{percent(standing.owner.share)}. What is stated fits them and is used.",
            share.records,
            detail_fr=f"Le registre lui-même indique {pour_cent(share.stated)} par personnes interposées ; les chaînes "
            f"seules laisseraient attendre {pour_cent(standing.owner.share)}. L'indication leur est compatible et est "
            "retenue.",
        ),
    )


def _paths(standing: Standing) -> tuple[Reason, ...]:
    paths, limits = standing.paths, standing.parameters
    if not paths.paths:
        return ()
    shown = paths.paths[: limits.listed_paths]
    count = len(paths.paths)
    total, en_tout = (f"{count}",) * 2 if paths.complete else (f"more than {count}", f"plus de {count}")
    plural = "" if paths.complete and count == 1 else "s"
    cut = len(shown) < count or not paths.complete
    depths = [path.depth for path in paths.paths]
    told = "; ".join(_told(path, standing, "depth") for path in shown)
    dit = " ; ".join(_told(path, standing, "profondeur") for path in shown)
    return (
        Reason(
            "ownership paths", count, None,
            f"{total} path{plural}, depth {_from_to(depths, 'to')}: {told}."
            + (f" Showing {len(shown)} of {total} by product." if cut else ""),
            standing.records(),
            detail_fr=f"{en_tout} chaîne{plural}, de profondeur {_from_to(depths, 'à')} : {dit}."
            + (f" {len(shown)} sur {en_tout} montrées, par produit." if cut else ""),
        ),
    )


def _from_to(depths: Sequence[int], to: str) -> str:
    low, high = min(depths), max(depths)
    return f"{low}" if low == high else f"{low} {to} {high}"


def _told(path: OwnershipPath, standing: Standing, depth: str) -> str:
    chain = path.nodes[0]
    for owner, owned in path.steps:
        stake = standing.state.stakes[owner, owned]
        share = f"{stake.share:.4g}"
        if stake.low < stake.high:
            share = f"~{share}[{stake.low:.4g}..{stake.high:.4g}]"
        chain += f" -{share}-> {owned}"
    return f"{chain} = {path.product:.6g} ({depth} {path.depth})"


def _circles(standing: Standing) -> tuple[Reason, ...]:
    circles = standing.whole.circles
    if not circles:
        return ()
    told = "; ".join(", ".join(circle) for circle in circles)
    if all(len(circle) == 1 for circle in circles):
        what, quoi = "Companies that hold shares in themselves", "Des sociétés qui détiennent leurs propres parts"
    else:
        what, quoi = "Companies that own each other", "Des sociétés qui se détiennent l'une l'autre"
    return (
        Reason(
            "circles", len(circles), None,
            f"{what} stand between: {told}. The share counts every turn of the circle; the circle itself owns nothing.",
            detail_fr=f"{quoi} sont entre les deux : {told}. La part compte chaque tour du cercle ; le cercle lui-même "
            "ne détient rien.",
        ),
    )


def _nominees(standing: Standing) -> tuple[Reason, ...]:
    looked = [(step, stake) for step, stake in standing.stakes() if stake.through]
    if not looked:
        return ()
    names = ", ".join(f"{', '.join(stake.through)} for {owner} in {owned}" for (owner, owned), stake in looked)
    noms = ", ".join(f"{', '.join(stake.through)} pour {owner} dans {owned}" for (owner, owned), stake in looked)
    return (
        Reason(
            "nominees looked through", sum(len(stake.through) for _, stake in looked), None,
            f"The register names who holds for whom: {names}. Shares of nominees are counted once, for their "
            "nominators.",
            tuple(record for _, stake in looked for record in stake.records),
            detail_fr=f"Le registre dit qui détient pour qui : {noms}. Les parts des prête-noms sont comptées une "
            "fois, chez leurs mandants.",
        ),
    )


def _changes(standing: Standing) -> tuple[Reason, ...]:
    periods = standing.periods
    if len(periods) < 2:
        return ()
    shown = periods[-standing.parameters.listed_changes :]
    cut = len(shown) < len(periods) or not standing.all_periods
    total = f"{len(periods)}" if standing.all_periods else f"more than {len(periods)}"
    en_tout = total if standing.all_periods else f"plus de {len(periods)}"
    return (
        Reason(
            "successive owners", len(periods), None,
            f"Owners of {standing.company} over time: " + "; then ".join(_period(item) for item in shown) + "."
            + (f" Showing the last {len(shown)} of {total} periods." if cut else ""),
            tuple(record for item in shown for record in item.records),
            detail_fr=f"Propriétaires de {standing.company} dans le temps : "
            + " ; puis ".join(_periode(item) for item in shown) + "."
            + (f" Les {len(shown)} dernières de {en_tout} périodes." if cut else ""),
        ),
    )


def _period(item: Period) -> str:
    since = f" from {instant(item.since)}" if item.since else ""
    return f"{_held(item.owners, percent, 'no recorded owner')}{since}" + (
        f" until {instant(item.until)}" if item.until else ""
    )


def _periode(item: Period) -> str:
    since = f" à partir du {instant(item.since)}" if item.since else ""
    return f"{_held(item.owners, pour_cent, 'aucun propriétaire enregistré')}{since}" + (
        f" jusqu'au {instant(item.until)}" if item.until else ""
    )


def _held(owners: Held, written: Callable[[float], str], nobody: str) -> str:
    return ", ".join(f"{'+'.join(who)} {written(share)}" for who, share in owners) or nobody


def _seats(standing: Standing) -> tuple[Reason, ...]:
    """Who directs the company in which the chain ends without a natural person."""
    if standing.natural or not standing.seats:
        return ()
    told = listed((f"{who} ({count})" for who, count, _ in standing.seats), most=10, rest=" and {count} more")
    dit = listed((f"{who} ({count})" for who, count, _ in standing.seats), most=10, rest=" et {count} autres")
    where = ", ".join(standing.owner.members)
    return (
        Reason(
            "directors where the chain ends", len(standing.seats), None,
            f"Recorded directors of {where}, with the number of companies each directs: {told}. A director is no "
            "owner.",
            tuple(record for _, _, records in standing.seats for record in records),
            detail_fr=f"Dirigeants enregistrés de {where}, avec le nombre de sociétés que chacun dirige : {dit}. Un "
            "dirigeant n'est pas un propriétaire.",
        ),
    )


def _links(standing: Standing) -> tuple[Reason, ...]:
    links = standing.links
    if links is None or not links.links:
        return ()
    shown = links.links[: standing.parameters.listed_links]
    cut = len(shown) < len(links.links)
    return (
        Reason(
            "shared addresses and directors", links.links[0].bits, None,
            f"{some(len(links.links), 'other company', 'other companies')}, each by what it shares with these chains "
            f"and how rare that is among {links.companies:,} companies: "
            + "; ".join(_link(link, links.companies) for link in shown) + "."
            + (f" Showing {len(shown)} of {len(links.links)}." if cut else "") + " Linked, not owned.",
            tuple(record for link in shown for record in link.records),
            detail_fr=f"{some(len(links.links), 'autre société', 'autres sociétés')}, chacune avec ce qu'elle partage "
            f"avec ces chaînes et sa rareté parmi {decimal(links.companies, 0)} sociétés : "
            + " ; ".join(_lien(link, links.companies) for link in shown) + "."
            + (f" {len(shown)} sur {len(links.links)} montrées." if cut else "")
            + " Liées, non détenues.",
        ),
    )


def _link(link: Link, companies: int) -> str:
    shared = ", ".join(f"{kind} {value!r}: {count} of {companies:,}" for (kind, value), count, _ in link.shared)
    return f"{link.company} {link.bits:.1f} bits ({shared})"


def _lien(link: Link, companies: int) -> str:
    words = {"address": "adresse", "director": "dirigeant"}
    shared = ", ".join(
        f"{words[kind]} « {value} » : {count} sur {decimal(companies, 0)}" for (kind, value), count, _ in link.shared
    )
    return f"{link.company} {decimal(link.bits, 1)} bits ({shared})"
