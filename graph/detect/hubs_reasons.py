"""What is said for a hub lead, in words a person can check?"""

import math

from graph.detect.french import comma, decimal, share
from graph.detect.hubs_model import MANY
from graph.detect.hubs_portrait import Portrait
from graph.detect.minors.minority import BASES_FR
from graph.detect.written import Reason

_BANDS_FR = {
    "under 13": "moins de 13 ans", "55 and over": "55 ans et plus", "age unknown": "âge inconnu",
    "role moderator": "modérateurs", "role staff": "équipe", "role bot": "robots", "role helpline": "lignes d'écoute",
}


def reasons(portrait: Portrait, *, evidence: float, records_cap: int) -> tuple[Reason, ...]:
    """Reasons, the decisive ones first; each cites the first message of each contact it counts."""
    found = [_contacts(portrait, records_cap), _evidence(portrait, evidence)]
    for reason in (
        _star(portrait, records_cap), _answers(portrait), _own_age(portrait), _begun(portrait), _number(portrait),
        _reports(portrait), _later(portrait), _strangers(portrait), _delay(portrait),
    ):
        if reason is not None:
            found.append(reason)
    return tuple(found)


def _contacts(portrait: Portrait, cap: int) -> Reason:
    item, more = portrait.expectation, max(portrait.excess, 0.0)
    expected, cited, odds = item.mean * item.contacts, portrait.stranger_records, math.exp(portrait.log_odds)
    return Reason(
        "first contacts with minors", item.counted, round(expected, 3),
        f"{item.counted} of {item.contacts} first private contacts went to minors who are strangers to its circle; "
        f"{expected:.1f} are expected from who was there and whom accounts of this band ({item.band}) choose. "
        f"At least {more:.1f} more than expected, odds at least {odds:.1f} times (95 %).{_cited(len(cited), cap)}",
        cited[:cap],
        detail_fr=(
            f"{item.counted} des {item.contacts} premiers contacts privés visent des mineurs étrangers à son cercle ; "
            f"{decimal(expected, 1)} sont attendus d'après les présents et les choix des comptes de cette tranche "
            f"({_BANDS_FR.get(item.band, item.band)}). Au moins {decimal(more, 1)} de plus qu'attendu, une cote d'au "
            f"moins {decimal(odds, 1)} fois (95 %).{_cited_fr(len(cited), cap)}"
        ),
    )


def _evidence(portrait: Portrait, evidence: float) -> Reason:
    times, lower = math.exp(min(abs(portrait.weight.ratio), 7.0)), portrait.weight.ratio < 0
    said, said_fr = ("less likely", "moins vraisemblable") if lower else ("likelier", "plus vraisemblable")
    grown = portrait.weight.adult
    return Reason(
        "weight of evidence", round(evidence, 3), None,
        f"Whom it chose, who writes to it, its hours and its circles together are {_times(times)} times {said} for an "
        "adult who seeks minors than for others here. With the number reached, who begins its chats and reports by "
        f"those it wrote to, and counted with caution, {evidence:.1f} nats. Probability that its holder is an adult, "
        f"by stated age and by who writes to it: {grown:.0%}.",
        detail_fr=(
            f"Ses choix, ceux qui lui écrivent, ses heures et ses cercles sont ensemble {_times_fr(times)} fois "
            f"{said_fr}s chez un adulte qui cherche des mineurs que chez les autres comptes. Avec le nombre atteint, "
            f"qui commence ses conversations et les signalements "
            f"par ceux qu'il a contactés, et compté avec prudence, {decimal(evidence, 1)} nats. Probabilité que le "
            f"titulaire soit adulte, selon l'âge dit et ceux qui lui écrivent : {share(grown)}."
        ),
    )


def _star(portrait: Portrait, cap: int) -> Reason | None:
    if not portrait.known or portrait.stranger_share <= portrait.usual_strangers:
        return None
    cited = portrait.stranger_records
    return Reason(
        "star-shaped contacts", round(portrait.stranger_share, 4), round(portrait.usual_strangers, 4),
        f"{portrait.strangers} of {portrait.known} minors share no third contact with the account: a star, not a "
        f"circle of friends (usual in its band: {portrait.usual_strangers:.0%}).{_cited(len(cited), cap)}",
        cited[:cap],
        detail_fr=(
            f"{portrait.strangers} des {portrait.known} mineurs n'ont aucun contact commun avec le compte : une "
            f"étoile, pas un cercle d'amis (habituel dans sa tranche : {share(portrait.usual_strangers)})."
            f"{_cited_fr(len(cited), cap)}"
        ),
    )


def _answers(portrait: Portrait) -> Reason | None:
    if portrait.reply_share >= portrait.usual_replies:
        return None
    return Reason(
        "answers", portrait.replied, round(portrait.usual_replies * portrait.minors, 3),
        f"{portrait.replied} of {portrait.minors} minors answered (usual in its band: {portrait.usual_replies:.0%}).",
        detail_fr=(
            f"{portrait.replied} des {portrait.minors} mineurs ont répondu (habituel dans sa tranche : "
            f"{share(portrait.usual_replies)})."
        ),
    )


def _own_age(portrait: Portrait) -> Reason | None:
    """A minor's age that behaviour contradicts: by circles, or by who writes to the account."""
    weight = portrait.weight
    circles = portrait.stranger_share >= 0.8
    told = weight.from_known >= 3 and weight.adult >= 2.0 * weight.stated and weight.adult >= 0.3
    if not portrait.own_minor or not (circles or told):
        return None
    why, why_fr = [], []
    if circles:
        why.append("teenagers here write within circles that know each other, it does not")
        why_fr.append("les adolescents écrivent ici dans des cercles qui se connaissent, ce compte non")
    if told:
        adults = weight.from_known - weight.from_minors
        why.append(f"{adults} of {weight.from_known} people of known age who wrote to it first are adults")
        why_fr.append(f"{adults} des {weight.from_known} personnes d'âge connu qui lui ont écrit d'abord sont adultes")
    basis = portrait.own_basis or ""
    return Reason(
        "declared age against behaviour", portrait.own_age, None,
        f"The account gives a minor's age ({basis}), but does not behave as teenagers here do: {'; '.join(why)}. "
        "Consistent with an age that is not true.",
        detail_fr=(
            f"Le compte donne un âge de mineur ({BASES_FR.get(basis, basis)}), mais ne se comporte pas comme les "
            f"adolescents ici : {' ; '.join(why_fr)}. Compatible avec un âge inexact."
        ),
    )


def _begun(portrait: Portrait) -> Reason | None:
    begun = portrait.expectation.contacts
    if portrait.begun_share < 0.8:
        return None
    return Reason(
        "chats begun", begun, None, f"It began {begun} of its {begun + portrait.received} private chats.",
        detail_fr=f"Le compte a commencé {begun} de ses {begun + portrait.received} conversations privées.",
    )


def _number(portrait: Portrait) -> Reason | None:
    reach = portrait.weight.reach
    if reach > 0.25:
        return None
    return Reason(
        "minors reached", portrait.strangers, None,
        f"Of ordinary accounts of its sort that wrote first to {MANY} minors or more outside their circles, about "
        f"{reach:.1%} reach as many.",
        detail_fr=(
            f"Parmi les comptes ordinaires du même genre qui ont écrit d'abord à {MANY} mineurs ou plus hors de leurs "
            f"cercles, environ {decimal(100 * reach, 1)} % en atteignent autant."
        ),
    )


def _reports(portrait: Portrait) -> Reason | None:
    if not portrait.reports:
        return None
    one = len(portrait.reports) == 1
    people = "person it had written to" if one else "people it had written to"
    return Reason(
        "reports by those written to", len(portrait.reports), None,
        f"{len(portrait.reports)} {people} first reported it afterwards. Anyone can report anyone, so a few count for "
        "as much as many.",
        portrait.reports,
        detail_fr=(
            f"{len(portrait.reports)} {'personne' if one else 'personnes'} à qui il avait écrit d'abord "
            f"{'l’a' if one else 'l’ont'} ensuite signalé. Chacun peut signaler chacun : peu de signalements comptent "
            "autant que beaucoup."
        ),
    )


def _later(portrait: Portrait) -> Reason | None:
    if not portrait.later:
        return None
    return Reason(
        "minors by what they said later", portrait.later, None,
        f"{portrait.later} more of those it wrote to had no known age then and were known to be minors afterwards: not "
        "counted above.",
        detail_fr=(
            f"{portrait.later} autres personnes contactées, d'âge alors inconnu, ont été connues comme mineures "
            "ensuite : non comptées ci-dessus."
        ),
    )


def _strangers(portrait: Portrait) -> Reason | None:
    if portrait.never_met <= portrait.minors / 2:
        return None
    return Reason(
        "strangers approached", portrait.never_met, None,
        f"{portrait.never_met} of {portrait.minors} minors had never posted in one room and hour with it.",
        detail_fr=(
            f"{portrait.never_met} des {portrait.minors} mineurs n'avaient jamais écrit dans le même salon à la même "
            "heure."
        ),
    )


def _delay(portrait: Portrait) -> Reason | None:
    if portrait.delay is None:
        return None
    return Reason(
        "from room to private", round(portrait.delay, 1), None,
        f"Half of the minors seen in a room that day were written to within {portrait.delay / 60:.0f} minutes of their "
        "last public message.",
        detail_fr=(
            f"La moitié des mineurs vus dans un salon ce jour-là ont été contactés dans les {portrait.delay / 60:.0f} "
            "minutes après leur dernier message public."
        ),
    )


def _times(times: float) -> str:
    return "over 1000" if times > 1000 else f"{times:.0f}" if times >= 3 else f"{times:.1f}"


def _times_fr(times: float) -> str:
    return "plus de 1\u202f000" if times > 1000 else comma(_times(times))


def _cited(count: int, cap: int) -> str:
    return f" The first {cap} of {count} records are cited." if count > cap else ""


def _cited_fr(count: int, cap: int) -> str:
    return f" Les {cap} premiers des {count} enregistrements sont cités." if count > cap else ""
