"""How is a room told as a finding?  Tier, reasons and counter-evidence in English and French."""

import math

from graph.detect.finding import CounterEvidence, Finding, Reason, Tier, instant
from graph.detect.french import decimal, share
from graph.detect.rooms.chance import Judged
from graph.detect.rooms.meetings import Audience
from graph.detect.rooms.parameters import RoomParameters


def lead(
    judged: Judged, audience: Audience, whole: Audience, seekers: frozenset[str], parameters: RoomParameters
) -> Finding:
    """The finding of one room; ``whole`` sums all rooms, ``seekers`` are adults who choose minors anywhere."""
    tier = _tier(judged, audience, parameters)
    met = judged.with_minors
    excess = max(len(met) - judged.expected, 0.0)
    base = {"weak": 0, "moderate": 1, "strong": 2}[tier]
    strength = excess * -math.log10(max(judged.p_value, 1e-12))
    return Finding(
        kind="room",
        members=(judged.room,),
        targets=tuple(meeting.target for meeting in met),
        tier=tier,
        score=(base + strength / (strength + 20.0)) / 3.0,
        q_value=judged.q_value,
        first_at=instant(min(meeting.at for meeting in met)),
        last_at=instant(max(meeting.at for meeting in met)),
        reasons=_reasons(judged, audience, whole, seekers, parameters),
        counter_evidence=_counter(judged, audience, parameters),
    )


def _tier(judged: Judged, audience: Audience, parameters: RoomParameters) -> Tier:
    if (audience.kind or "").lower() in parameters.kinds_apart:
        return "weak"
    if judged.q_value <= parameters.strong_q and judged.log_odds >= math.log(parameters.strong_odds):
        return "strong"
    return "moderate" if judged.q_value <= parameters.moderate_q else "weak"


def _reasons(
    judged: Judged, audience: Audience, whole: Audience, seekers: frozenset[str], parameters: RoomParameters
) -> tuple[Reason, ...]:
    met, total = judged.with_minors, len(judged.meetings)
    here, usual = audience.minors / audience.people, whole.minors / whole.people
    inflow = audience.newcomers / audience.adults if audience.adults else 0.0
    usual_inflow = whole.newcomers / whole.adults if whole.adults else 0.0
    found = sorted({meeting.adult for meeting in met} & seekers)
    reasons = [
        Reason(
            "private contacts with minors that start here", len(met), round(judged.expected, 2),
            f"{len(met)} of {total} first private messages by adults to people who had just posted here went to "
            "minors; "
            f"{judged.expected:.1f} would by who was there and how adults choose in the other rooms.",
            tuple(f"messages:{meeting.record}" for meeting in met)[: parameters.records_cap],
            f"{len(met)} des {total} premiers messages privés d'adultes à des personnes qui venaient d'écrire ici sont "
            f"allés à des mineurs ; {decimal(judged.expected, 1)} l'auraient fait d'après les présents et le choix des "
            "adultes dans les autres salons.",
        ),
        Reason(
            "adults who began them", judged.adults, None,
            f"{judged.adults} different adults began these contacts.", (),
            f"{judged.adults} adultes différents ont ouvert ces contacts.",
        ),
        Reason(
            "minors' share", round(here, 4), round(usual, 4),
            f"{here:.0%} of the accounts that posted here were known as minors, {usual:.0%} over all rooms.", (),
            f"{share(here)} des comptes qui ont écrit ici étaient connus comme mineurs, {share(usual)} tous salons "
            "confondus.",
        ),
    ]
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
    if found:
        reasons.append(
            Reason(
                "adults here who choose minors anywhere", len(found), None,
                f"Adults among them who write first to minors far more often than adults do: {len(found)} "
                f"({', '.join(found[:5])}).",
                tuple(f"accounts:{adult}" for adult in found)[:20],
                "Parmi eux, adultes qui écrivent en premier à des mineurs bien plus souvent que les adultes en "
                "général : "
                f"{len(found)} ({', '.join(found[:5])}).",
            )
        )
    return tuple(reasons)


def _counter(judged: Judged, audience: Audience, parameters: RoomParameters) -> tuple[CounterEvidence, ...]:
    counter = []
    if (audience.kind or "").lower() in parameters.kinds_apart:
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
    replied = sum(meeting.replied for meeting in judged.with_minors)
    counter += [
        CounterEvidence(
            "answers", replied, None, f"{replied} of these {len(judged.with_minors)} minors answered.",
            f"{replied} de ces {len(judged.with_minors)} mineurs ont répondu.",
        ),
        CounterEvidence(
            "a place, not a person", None, None,
            "The finding is about a place: most who post here have nothing to do with it, and a contact can start "
            "elsewhere at the same hour.",
            "Le constat porte sur un lieu : la plupart de ceux qui y écrivent n'y sont pour rien, et un contact peut "
            "être "
            "né ailleurs à la même heure.",
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
