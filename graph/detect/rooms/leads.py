"""How is a room told as a finding?  Tier, reasons and counter-evidence in English and French."""

import math

from graph.detect.finding import Finding, Tier, instant
from graph.detect.french import decimal, share
from graph.detect.rooms.audience import Audience
from graph.detect.rooms.chance import Judged
from graph.detect.rooms.parameters import RoomParameters
from graph.detect.written import CounterEvidence, Reason

_NAMED = 5


def lead(judged: Judged, audience: Audience, whole: Audience, parameters: RoomParameters) -> Finding:
    """The finding of one room; ``whole`` sums all rooms."""
    tier = _tier(judged, audience, parameters)
    excess = max(judged.voices - judged.expected, 0.0)
    base = {"weak": 0, "moderate": 1, "strong": 2}[tier]
    strength = excess * -math.log10(max(judged.p_value, 1e-12))
    return Finding(
        kind="room",
        members=(judged.room,),
        targets=tuple(contact.to for contact in judged.met),
        tier=tier,
        score=(base + strength / (strength + 20.0)) / 3.0,
        q_value=judged.q_value,
        first_at=instant(min(contact.at for contact in judged.met)),
        last_at=instant(max(contact.at for contact in judged.met)),
        reasons=_reasons(judged, audience, whole, parameters),
        counter_evidence=_counter(judged, audience, parameters),
    )


def _apart(audience: Audience, parameters: RoomParameters) -> bool:
    return (audience.kind or "").lower() in parameters.kinds_apart


def _tier(judged: Judged, audience: Audience, parameters: RoomParameters) -> Tier:
    """By q and the number of seekers; a task of adults there, or minors who begin as well, leave it weak."""
    adults, q = len(judged.seekers), judged.q_value
    if _apart(audience, parameters) or judged.returned >= parameters.mutual_share:
        return "weak"
    clear = adults >= parameters.strong_adults and judged.least_ratio >= parameters.strong_ratio
    if q <= parameters.strong_q and clear:
        return "strong"
    return "moderate" if q <= parameters.moderate_q and adults >= parameters.moderate_adults else "weak"


def _reasons(
    judged: Judged, audience: Audience, whole: Audience, parameters: RoomParameters
) -> tuple[Reason, ...]:
    met, seekers = judged.met, judged.seekers
    named = sorted(seekers, key=lambda name: (-seekers[name][0], name))
    quiet = [name for name in named if seekers[name][0] > seekers[name][1]]
    minors = len({contact.to for contact in met})
    here, usual = audience.minors / audience.people, whole.minors / whole.people
    inflow = audience.newcomers / audience.adults if audience.adults else 0.0
    usual_inflow = whole.newcomers / whole.adults if whole.adults else 0.0
    reasons = [
        Reason(
            "adults who seek minors here", round(judged.voices, 2), round(judged.expected, 2),
            f"Adults who write first to minors above all met them here as {judged.voices:.1f} whole adults would, each "
            f"counted once over all rooms; {judged.expected:.1f} would by the minors who post and get to know each "
            f"other here and by the other rooms. {len(seekers)} of them met at least half of their minors here: "
            f"{', '.join(named[:_NAMED])}{'' if len(named) <= _NAMED else ' and others'}.",
            tuple(f"accounts:{name}" for name in named)[: parameters.records_cap],
            "Des adultes qui écrivent en premier surtout à des mineurs les ont rencontrés ici, à hauteur de "
            f"{decimal(judged.voices, 1)} adultes entiers, chacun compté une fois sur tous les salons ; "
            f"{decimal(judged.expected, 1)} l'auraient fait d'après les mineurs qui écrivent et se rencontrent ici et "
            f"d'après les autres salons. {len(seekers)} d'entre eux ont rencontré ici au moins la moitié de leurs "
            f"mineurs : {', '.join(named[:_NAMED])}{'' if len(named) <= _NAMED else ' et d’autres'}.",
        ),
        Reason(
            "private contacts with minors that start here", len(met), None,
            f"{len(met)} first private messages by adults went to {minors} minors whom they most probably met here.",
            tuple(f"messages:{contact.record}" for contact in met)[: parameters.records_cap],
            f"{len(met)} premiers messages privés d'adultes sont allés à {minors} mineurs rencontrés ici, selon toute "
            "probabilité.",
        ),
    ]
    if quiet:
        reasons.append(
            Reason(
                "they come to write in private", len(quiet), None,
                f"{len(quiet)} of these {len(seekers)} adults wrote to more minors met here than there are hours in "
                "which they posted here.",
                tuple(f"accounts:{name}" for name in sorted(quiet))[: parameters.records_cap],
                f"{len(quiet)} de ces {len(seekers)} adultes ont écrit à plus de mineurs rencontrés ici qu'il n'y a "
                "d'heures où ils ont écrit dans le salon.",
            )
        )
    reasons.append(
        Reason(
            "minors' share", round(here, 4), round(usual, 4),
            f"{here:.0%} of the accounts that posted here were known as minors, {usual:.0%} over all rooms.", (),
            f"{share(here)} des comptes qui ont écrit ici étaient connus comme mineurs, {share(usual)} tous salons "
            "confondus.",
        )
    )
    if inflow > usual_inflow:
        reasons.append(
            Reason(
                "adult inflow", round(inflow, 4), round(usual_inflow, 4),
                f"{inflow:.0%} of its {audience.adults} adults first posted here in the second half of its time, "
                f"{usual_inflow:.0%} over all rooms.",
                (),
                f"{share(inflow)} de ses {audience.adults} adultes y ont écrit pour la première fois dans la seconde "
                "moitié "
                f"de la période, {share(usual_inflow)} tous salons confondus.",
            )
        )
    return tuple(reasons)


def _counter(judged: Judged, audience: Audience, parameters: RoomParameters) -> tuple[CounterEvidence, ...]:
    counter = []
    if _apart(audience, parameters):
        counter.append(
            CounterEvidence(
                "kind of room", None, None,
                f"The room's kind is “{audience.kind}”: adults can have a task here (lessons, help, a family).",
                f"Le salon est de type « {audience.kind} » : des adultes peuvent y avoir une tâche (cours, aide, "
                "famille).",
            )
        )
    if audience.wardens:
        counter.append(
            CounterEvidence(
                "watched over", audience.wardens, None,
                f"Accounts with a role (moderators, staff) that post here: {audience.wardens}, in "
                f"{audience.warden_hours} of "
                f"{audience.hours} account-hours.",
                f"Comptes avec un rôle (modération, équipe) qui y écrivent : {audience.wardens}, dans "
                f"{audience.warden_hours} des "
                f"{audience.hours} heures-comptes.",
            )
        )
    replied = sum(contact.replied for contact in judged.met)
    counter += [
        CounterEvidence(
            "minors begin as well", round(judged.returned, 4), None,
            f"For each adult who wrote first to minors here, {judged.returned:.2f} were written to first by minors.",
            f"Pour chaque adulte qui a écrit en premier à des mineurs ici, {decimal(judged.returned)} ont reçu le "
            "premier message d'un mineur.",
        ),
        CounterEvidence(
            "answers", replied, None, f"{replied} of these {len(judged.met)} first messages were answered.",
            f"{replied} de ces {len(judged.met)} premiers messages ont reçu une réponse.",
        ),
        CounterEvidence(
            "a place, not a person", None, None,
            "The finding is about a place: most who post here have nothing to do with it. Where a contact started is "
            "inferred from the rooms of both, not recorded.",
            "Le constat porte sur un lieu : la plupart de ceux qui y écrivent n'y sont pour rien. Le salon où un "
            "contact est né est déduit des salons des deux personnes, il n'est pas enregistré.",
        ),
        CounterEvidence(
            "what would clear it", None, None,
            "A reason why adults write to minors here: lessons, a club, a game with teams, a family's or a helpline's "
            "room.",
            "Une raison pour laquelle des adultes y écrivent à des mineurs : cours, club, jeu en équipe, salon d'une "
            "famille "
            "ou d'une ligne d'écoute.",
        ),
    ]
    return tuple(counter)
