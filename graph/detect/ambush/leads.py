"""How does a crew become a finding?  Reasons and counter-evidence in words, English and French side by side."""

from statistics import fmean

from graph.detect.ambush.crews import Crew
from graph.detect.ambush.parameters import AmbushParameters
from graph.detect.ambush.replay import replay
from graph.detect.ambush.surroundings import Surroundings
from graph.detect.ambush.weighing import (
    Weighing,
    comers,
    comers_by_halves,
    score_of,
    tier_of,
    together,
    told,
    weigh,
)
from graph.detect.finding import Finding, instant
from graph.detect.french import decimal, significant
from graph.detect.written import CounterEvidence, Reason


def lead(crew: Crew, around: Surroundings, parameters: AmbushParameters) -> Finding | None:
    """The finding of one crew; None if chance explains it and nothing else makes up for that."""
    signs = weigh(crew, around, parameters)
    if not told(crew, signs, parameters):
        return None
    first = min(meeting.first_at for meeting in crew.convergences)
    last = max(meeting.last_at for meeting in crew.convergences)
    tier = tier_of(crew, signs, parameters)
    return Finding(
        kind="ambush", members=crew.members, targets=crew.victims, tier=tier,
        score=score_of(crew, signs, tier),
        q_value=crew.q if crew.q <= parameters.alpha else together(crew, signs),
        first_at=instant(first), last_at=instant(last),
        reasons=(
            _beyond_chance(crew), *_outweighed(crew, signs, parameters), *_corroboration(crew, around, signs),
            *replay(crew),
        ),
        counter_evidence=_counter(crew, around, signs, parameters),
    )


def told_window(seconds: int) -> str:
    """``600`` to "10 min", ``21600`` to "6 h"."""
    return f"{seconds // 3600} h" if seconds >= 3600 and seconds % 3600 == 0 else f"{seconds / 60:g} min"


def _only(count: int | None) -> str:
    return f"Only {count}" if count else "None"


def _only_fr(count: int | None) -> str:
    if not count:
        return "Aucun contact n'a"
    return "Un seul contact a" if count == 1 else f"Seuls {count} contacts ont"


def _beyond_chance(crew: Crew) -> Reason:
    window, size, victims = told_window(crew.window_s), len(crew.members), len(crew.victims)
    each = fmean(len(meeting.hits) for meeting in crew.convergences)
    return Reason(
        "convergence beyond chance", crew.coincidences, crew.expected,
        f"The {size} accounts first wrote in private to {victims} common targets, {each:.1f} of them on average within "
        f"{window} each time; consistent with acting together. {crew.coincidences:.1f} times one came where another "
        f"already was (weighed by crowd), {crew.expected:.2g} expected given how much each writes; q = {crew.q:.2g} "
        "over all groups of that size.",
        tuple(f"messages:{hit.record}" for meeting in crew.convergences for hit in meeting.hits),
        f"Les {size} comptes ont écrit en privé pour la première fois à {victims} cibles communes, à "
        f"{decimal(each, 1)} en moyenne en moins de {window} chaque fois ; compatible avec une action concertée. "
        f"{decimal(crew.coincidences, 1)} fois l'un est venu là où un autre était déjà (pondéré par l'affluence), "
        f"{significant(crew.expected)} attendues d'après ce que chacun écrit ; q = {significant(crew.q)} sur tous les "
        "groupes de cette taille.",
    )


def _outweighed(crew: Crew, signs: Weighing, parameters: AmbushParameters) -> tuple[Reason, ...]:
    """What makes up for a number of co-hits that alone would not be told."""
    if crew.q <= parameters.alpha:
        return ()
    both = together(crew, signs)
    return (Reason(
        "co-hits together with other evidence", signs.ratio, None,
        f"The co-hits alone leave {crew.q:.2g} such groups by chance; minors among the targets, talk among the "
        f"members and reports are {signs.ratio:.0f} times likelier with a crew than without, which leaves {both:.2g}.",
        (),
        f"Les rencontres seules laissent {significant(crew.q)} groupes de ce genre par hasard ; les mineurs parmi les "
        f"cibles, les échanges entre membres et les signalements sont {signs.ratio:.0f} fois plus probables avec une "
        f"équipe que sans, ce qui en laisse {significant(both)}.",
    ),)


def _corroboration(crew: Crew, around: Surroundings, signs: Weighing) -> tuple[Reason, ...]:
    reasons = []
    window, victims = told_window(crew.window_s), len(crew.victims)
    if signs.minors and around.minor_expected is not None:
        reasons.append(Reason(
            "minors among the targets", around.minor_victims, around.minor_expected,
            f"{around.minor_victims} of {victims} common targets were minors by the evidence at that moment; accounts "
            f"of the members' age usually have {around.minor_expected:.1f} in as many.", (),
            f"{around.minor_victims} des {victims} cibles communes étaient mineures d'après les éléments du moment ; "
            f"les comptes de l'âge des membres en ont d'habitude {decimal(around.minor_expected, 1)} pour autant.",
        ))
    if signs.chatter:
        reasons.append(Reason(
            "talk among members around the convergences", around.chatter, around.chatter_expected,
            f"{around.chatter} private messages among members within {window} of a convergence; "
            f"{around.chatter_expected:.1f} at their usual rate in the hours they are active.",
            around.chatter_records,
            f"{around.chatter} messages privés entre membres à moins de {window} d'une convergence ; "
            f"{decimal(around.chatter_expected, 1)} à leur rythme habituel dans les heures où ils sont actifs.",
        ))
    if signs.chosen:
        reasons.append(Reason(
            "share of first contacts on the common targets", around.members_on_victims / around.own_contacts, None,
            f"{around.members_on_victims} of the members' {around.own_contacts} first contacts went to these targets.",
            (),
            f"{around.members_on_victims} des {around.own_contacts} premiers contacts des membres sont allés vers ces "
            "cibles.",
        ))
    if signs.apart:
        reasons.append(Reason(
            "contacts from outside a common room", around.hits - (around.hits_in_room or 0), None,
            f"{_only(around.hits_in_room)} of {around.hits} contacts followed a common hour in a room.", (),
            f"{_only_fr(around.hits_in_room)} suivi une heure commune dans un salon, sur {around.hits}.",
        ))
    if around.reports:
        count = len(around.reports)
        reasons.append(Reason(
            "reports by the targets", count, None,
            f"{count} {'report' if count == 1 else 'reports'} of a member by a target it had written to. Anyone can "
            "report anyone: a few count for little, and never for the tier.", around.reports,
            f"{count} {'signalement' if count == 1 else 'signalements'} d'un membre par une cible à qui il avait "
            "écrit. "
            "N'importe qui peut signaler n'importe qui : quelques-uns comptent peu, et jamais pour le niveau.",
        ))
    return tuple(reasons)


def _counter(
    crew: Crew, around: Surroundings, signs: Weighing, parameters: AmbushParameters
) -> tuple[CounterEvidence, ...]:
    victims = len(crew.victims)
    against = [
        CounterEvidence(
            "others around the targets", around.outsiders_on_victims, None,
            f"{around.outsiders_on_victims} first contacts by accounts outside the group fell on the same targets "
            f"within an hour of theirs, beside {around.members_on_victims} by members"
            + ("; a crowd like that is consistent with a popular target." if signs.crowd else "."),
            f"{around.outsiders_on_victims} premiers contacts de comptes extérieurs au groupe sont tombés sur les "
            f"mêmes cibles à moins d'une heure des leurs, à côté de {around.members_on_victims} de membres"
            + (" ; une telle affluence est compatible avec une cible populaire." if signs.crowd else "."),
        )
    ]
    if crew.joined:
        count, size, share = len(crew.joined), len(crew.members), f"{parameters.join_fdr * 100:.0f}"
        against.append(CounterEvidence(
            "members that joined", count, None,
            f"{count} of the {size} members joined by evidence of their own: they came to meetings of the others, whom "
            f"they may know; the group is beyond chance without them. Up to {share}% of such members may be there by "
            "chance.",
            f"{count} des {size} membres s'y ajoutent par des éléments propres : présence aux rencontres des autres, "
            f"qu'ils connaissent peut-être ; sans eux le groupe dépasse déjà le hasard. Jusqu'à {share} % de tels "
            "membres peuvent être là par hasard.",
        ))
    if around.coverage is not None:
        against.append(CounterEvidence(
            "arrivals greeted", around.rushed, around.beside,
            f"Two members or more wrote to {around.rushed} of the {around.beside} arrivals they shared a room and hour "
            "with" + ("; consistent with regulars who greet everybody." if signs.rush else "."),
            f"Deux membres ou plus ont écrit à {around.rushed} des {around.beside} nouveaux venus avec qui ils ont "
            "partagé un salon et une heure"
            + (" ; compatible avec des habitués qui accueillent tout le monde." if signs.rush else "."),
        ))
    if around.arrivals:
        against.append(CounterEvidence(
            "targets that had just arrived", around.arrivals, None,
            f"{around.arrivals} of {victims} targets had been seen for less than a day"
            + ("; consistent with friends or regulars who greet arrivals." if signs.greeting else "."),
            f"{around.arrivals} des {victims} cibles étaient connues depuis moins d'un jour"
            + (" ; compatible avec des amis ou des habitués qui accueillent les nouveaux." if signs.greeting else "."),
        ))
    if around.hits_in_room is not None and not signs.apart:
        against.append(CounterEvidence(
            "contacts out of a common room", around.hits_in_room, around.hits,
            f"{around.hits_in_room} of {around.hits} contacts followed a common hour in a room, perhaps a meeting.",
            f"{around.hits_in_room} des {around.hits} contacts ont suivi une heure commune dans un salon, peut-être "
            "une rencontre.",
        ))
    if around.minor_expected is None:
        against.append(CounterEvidence(
            "ages", None, None, "No age is known of any target: minority cannot be judged.",
            "Aucun âge n'est connu pour les cibles : la minorité ne peut être appréciée.",
        ))
    elif not signs.minors:
        against.append(CounterEvidence(
            "minors among the targets", around.minor_victims, around.minor_expected,
            f"{around.minor_victims} of {victims} targets were minors, {around.minor_expected:.1f} are usual for "
            "accounts of the members' age.",
            f"{around.minor_victims} des {victims} cibles étaient mineures, {decimal(around.minor_expected, 1)} sont "
            "habituelles pour des comptes de l'âge des membres.",
        ))
    if around.minor_members:
        against.append(CounterEvidence(
            "minors among the members", around.minor_members, None,
            f"{around.minor_members} of {len(crew.members)} members are minors by the evidence: a circle of friends?",
            f"{around.minor_members} des {len(crew.members)} membres sont mineurs d'après les éléments : un cercle "
            "d'amis ?",
        ))
    against.extend(_each_for_itself(crew, around, signs))
    against.append(CounterEvidence(
        "answers", around.answered, around.hits, f"{around.answered} of {around.hits} contacts were answered.",
        f"{around.answered} des {around.hits} contacts ont reçu une réponse.",
    ))
    against.append(CounterEvidence(
        "what would clear it", None, None,
        "A common event, game or duty that brought these accounts to these targets at these times, or ordinary "
        "conversation in the cited messages.",
        "Un événement, un jeu ou une tâche en commun qui a mené ces comptes à ces cibles à ces moments, ou une "
        "conversation ordinaire dans les messages cités.",
    ))
    return tuple(against)


def _each_for_itself(crew: Crew, around: Surroundings, signs: Weighing) -> tuple[CounterEvidence, ...]:
    """What looks like people who came to the targets each on their own account."""
    against = []
    if signs.seldom:
        came, halves, size = comers(crew), comers_by_halves(len(crew.members)), len(crew.members)
        against.append(CounterEvidence(
            "members who stayed away", came, halves,
            f"{came:.1f} of the {size} members came to a target on average; {halves:.1f} would if each came to every "
            "other one: consistent with people who choose each for themselves.",
            f"{decimal(came, 1)} des {size} membres sont venus en moyenne à une cible ; {decimal(halves, 1)} si chacun "
            "venait à une sur deux : compatible avec des gens qui choisissent chacun pour soi.",
        ))
    if signs.letters and around.same_text is not None:
        alike = f"{around.same_text * 100:.0f}"
        against.append(CounterEvidence(
            "one text for all", around.same_text, None,
            f"{alike}% of the members' openings are one text of theirs: consistent with automatic messages, duty or "
            "promotion.",
            f"{alike} % des premiers messages des membres sont un même texte de chacun : compatible avec des messages "
            "automatiques, une tâche ou une promotion.",
        ))
    return tuple(against)
