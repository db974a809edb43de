"""What speaks against an owner, and what would clear it?  Doubts about persons, shares, nominees and declarations."""

from graph.detect.french import decimal
from graph.detect.owners.standing import Standing
from graph.detect.owners.wording import listed, percent, pour_cent, some
from graph.detect.written import CounterEvidence


def doubts(standing: Standing) -> tuple[CounterEvidence, ...]:
    """Doubts for which the finding is never strong."""
    return (*_no_person(standing), *_above_whole(standing), *_nominees(standing), *_differs(standing))


def remarks(standing: Standing) -> tuple[CounterEvidence, ...]:
    """What also speaks against it, and last what would clear it."""
    return (
        *_not_exact(standing), *_superseded(standing), *_replaced(standing), *_common(standing), *_left(standing),
        CounterEvidence(
            "what would clear it", None, None,
            "A later register extract, a transfer of the shares or a mandate that shows another owner at this "
            "instant; ownership alone says nothing about conduct.",
            detail_fr="Un extrait de registre plus récent, une cession des parts ou un mandat qui montre un autre "
            "propriétaire à cet instant ; la propriété seule ne dit rien de la conduite.",
        ),
    )


def _no_person(standing: Standing) -> tuple[CounterEvidence, ...]:
    if standing.natural:
        return ()
    who, register = standing.who, standing.register
    reason = next((stake.withheld for (owner, _), stake in standing.stakes() if owner == who and stake.withheld), "")
    if who in register.persons and not standing.owner.circle:
        return (
            CounterEvidence(
                "person not identified", None, None,
                f"{who} is recorded as a person whose identity the register does not give.",
                detail_fr=f"{who} est enregistré comme une personne dont le registre ne donne pas l'identité.",
            ),
        )
    if standing.owner.circle and len(standing.owner.members) == 1:
        kind, sorte = "a company that holds its own shares", "une société qui détient ses propres parts"
    elif standing.owner.circle:
        kind, sorte = "a circle", "un cercle"
    elif reason:
        kind = f"a party that the register does not name, reason {reason!r}"
        sorte = f"une partie que le registre ne nomme pas, motif « {reason} »"
    elif who in register.companies and register.companies[who].kind:
        kind = f"a company, type {register.companies[who].kind!r}"
        sorte = f"une société, type « {register.companies[who].kind} »"
    else:
        kind, sorte = ("a company", "une société") if who in register.companies else ("unknown", "inconnu")
    return (
        CounterEvidence(
            "no natural person", None, None,
            f"The chain ends without a natural person (it ends in {kind}): the person behind is not in the evidence.",
            detail_fr=f"La chaîne s'arrête sans personne physique (elle finit par : {sorte}) : la personne derrière "
            "n'est pas dans les pièces.",
        ),
    )


def _above_whole(standing: Standing) -> tuple[CounterEvidence, ...]:
    totals, limit = standing.state.totals, standing.parameters.largest_share_total
    over = sorted({owned for _, owned in standing.steps if totals.get(owned, 0.0) > limit})
    return tuple(
        CounterEvidence(
            "shares above the whole", totals[name], 1.0,
            f"The declared shares of {name} add up to {percent(totals[name])}"
            + ("; they were scaled down to the whole." if name in standing.whole.scaled else "; used as declared."),
            detail_fr=f"Les parts déclarées de {name} font ensemble {pour_cent(totals[name])}"
            + (" ; elles ont été ramenées au tout." if name in standing.whole.scaled else " ; prises telles quelles."),
        )
        for name in over
    )


def _nominees(standing: Standing) -> tuple[CounterEvidence, ...]:
    nominees = [owner for (owner, _), stake in standing.stakes() if stake.nominee]
    if not nominees:
        return ()
    names = ", ".join(nominees)
    return (
        CounterEvidence(
            "nominee", len(nominees), None,
            f"Somebody on the way is recorded as a nominee, who holds for another not named: {names}.",
            detail_fr=f"Quelqu'un sur la chaîne est enregistré comme prête-nom, pour un autre qui n'est pas nommé : "
            f"{names}.",
        ),
    )


def _differs(standing: Standing) -> tuple[CounterEvidence, ...]:
    share = standing.share
    if share.stated is None or share.agrees:
        return ()
    return (
        CounterEvidence(
            "declared indirect share differs", share.stated, share.point,
            f"The register states {percent(share.stated)} held through others; the recorded chains give "
            f"{percent(share.point)}. One of the two is wrong or out of date.",
            detail_fr=f"Le registre indique {pour_cent(share.stated)} par personnes interposées ; les chaînes "
            f"enregistrées donnent {pour_cent(share.point)}. L'un des deux est faux ou périmé.",
        ),
    )


def _not_exact(standing: Standing) -> tuple[CounterEvidence, ...]:
    share, found = standing.share, []
    missing = sum(stake.estimated for _, stake in standing.stakes())
    ranged = sum(not stake.estimated and stake.low < stake.high for _, stake in standing.stakes())
    if missing:
        found.append(CounterEvidence(
            "shares not declared", share.point, share.low,
            f"{some(missing, 'stake')} on the way without a declared share, each taken as an equal part of what the "
            f"declared ones leave. At the least the integrated share is {percent(share.low)}.",
            detail_fr=f"{some(missing, 'participation')} sur la chaîne sans part déclarée, chacune prise comme une "
            f"part égale de ce que les autres laissent. Au moins, la part intégrée est de {pour_cent(share.low)}.",
        ))
    if ranged:
        found.append(CounterEvidence(
            "shares known as ranges", share.point, share.low,
            f"{some(ranged, 'stake')} on the way declared as a range; the middle was taken where the whole leaves "
            f"room. The integrated share lies between {percent(share.low)} and {percent(share.high)}.",
            detail_fr=f"{some(ranged, 'participation')} sur la chaîne, par tranche d'après le registre ; le milieu a "
            f"été pris là où le tout le permet. La part intégrée est entre {pour_cent(share.low)} et "
            f"{pour_cent(share.high)}.",
        ))
    return tuple(found)


def _superseded(standing: Standing) -> tuple[CounterEvidence, ...]:
    count = sum(stake.superseded for _, stake in standing.stakes())
    if not count:
        return ()
    return (
        CounterEvidence(
            "superseded statements", count, None,
            f"Statements that a later one replaced, for {some(count, 'stake')}: a change since then, or a correction.",
            detail_fr=f"Déclarations remplacées plus tard, pour {some(count, 'participation')} : un changement "
            "depuis, ou une correction.",
        ),
    )


def _replaced(standing: Standing) -> tuple[CounterEvidence, ...]:
    count = sum(stake.replaced for _, stake in standing.stakes())
    if not count:
        return ()
    return (
        CounterEvidence(
            "earlier declarations", count, None,
            f"{some(count, 'earlier declaration')} of the same owner, company and kind without an end before this "
            "instant; the latest was taken to replace them. If they are further parcels, the share is larger.",
            detail_fr=f"{some(count, 'déclaration antérieure', 'déclarations antérieures')} du même propriétaire, de "
            "la même société et du même type, sans fin avant cet instant ; la dernière a été prise à leur place. Si ce "
            "sont des parts supplémentaires, la part est plus grande.",
        ),
    )


def _common(standing: Standing) -> tuple[CounterEvidence, ...]:
    links = standing.links
    if links is None or not links.common:
        return ()
    most = max(count for _, count in links.common)
    kinds = listed(sorted({kind for (kind, _), _ in links.common}), most=2, rest="")
    sortes = kinds.replace("address", "adresse").replace("director", "dirigeant")
    return (
        CounterEvidence(
            "common addresses and directors", most, links.companies,
            f"Too common to tell anything, {some(len(links.common), 'shared value')} ({kinds}): up to {most:,} of "
            f"{links.companies:,} companies have one. Left out.",
            detail_fr="Trop courantes pour dire quoi que ce soit, "
            f"{some(len(links.common), 'valeur partagée', 'valeurs partagées')} ({sortes}) : "
            f"jusqu'à {decimal(most, 0)} sociétés sur {decimal(links.companies, 0)} en ont une. Laissées de côté.",
        ),
    )


def _left(standing: Standing) -> tuple[CounterEvidence, ...]:
    """What of the company no recorded ultimate owner holds."""
    if standing.left <= 1e-6:
        return ()
    return (
        CounterEvidence(
            "unknown owners", standing.left, None,
            f"{percent(standing.left)} of {standing.company} has no recorded ultimate owner.",
            detail_fr=f"{pour_cent(standing.left)} de {standing.company} n'a pas de propriétaire ultime enregistré.",
        ),
    )
