"""How does a convergence become a finding?  Its tier, and what speaks for and against it in words."""

from itertools import pairwise
from math import comb
from statistics import median
from typing import TYPE_CHECKING

from graph.detect.convergence_around import Around, Elsewhere
from graph.detect.convergence_burst import Burst
from graph.detect.finding import Finding, Tier, instant
from graph.detect.french import decimal, significant
from graph.detect.minors.minority import BASES_FR
from graph.detect.written import CounterEvidence, Reason

if TYPE_CHECKING:
    from graph.detect.convergence import ConvergenceParameters

NEWCOMER_SECONDS = 24 * 3600.0
NAMED = 20  # arrivals written out in the order; the rest are counted


def lead(burst: Burst, around: Around, parameters: "ConvergenceParameters") -> Finding:
    """The finding of one burst."""
    tier = tier_of(burst, around, parameters)
    excess = max(len(burst.members) - burst.expected, 0.0)
    base = {"weak": 0, "moderate": 1, "strong": 2}[tier]
    return Finding(
        kind="convergence", members=burst.members, targets=(burst.target,), tier=tier,
        score=(base + excess / (excess + 10.0)) / 3.0, q_value=burst.q_value,
        first_at=instant(burst.at[0]), last_at=instant(burst.at[-1]), reasons=_reasons(burst, around, parameters),
        counter_evidence=_counter(burst, around, parameters), qualifier=burst.target,
    )


def tier_of(burst: Burst, around: Around, parameters: "ConvergenceParameters") -> Tier:
    """Strong needs corroboration; a public occasion, a task or a greeting makes a lead weak.

    Many come to one person for many good reasons, so the count alone is never more than moderate.
    """
    aimed = adults_on_minor(burst, around, parameters)
    again = recurs(burst)
    raid = one_wave(burst, around, parameters)
    public = around.role is not None or around.occasion is not None or ((again or raid) and not aimed)
    if public or greeted(burst, around, parameters):
        return "weak"
    reported = len({member for member, _ in around.reports}) >= parameters.reported_members
    corroborated = aimed or around.called is not None or reported
    host = burst.answered >= parameters.welcome_answers * len(burst.members)
    capped = again or host or raid or young_on_adult(around) or came_before(burst, around.elsewhere, parameters)
    if burst.q_value <= parameters.strong_q and corroborated and not capped:
        return "strong"
    if corroborated:
        return "moderate" if burst.q_value <= parameters.moderate_q else "weak"
    social = host or (young_on_adult(around) and around.target_basis is not None)
    return "moderate" if burst.q_value <= parameters.strong_q and not social else "weak"


def many(burst: Burst, parameters: "ConvergenceParameters") -> float:
    """So many of the members are the share that marks a crew, three at least."""
    return max(3, parameters.repeated_share * len(burst.members))


def came_before(burst: Burst, elsewhere: Elsewhere, parameters: "ConvergenceParameters") -> bool:
    """So many came together on another target, or in twos on several, that it may be the same people again."""
    return max(elsewhere.most_often, elsewhere.regulars) >= many(burst, parameters)


def one_wave(burst: Burst, around: Around, parameters: "ConvergenceParameters") -> bool:
    """As many came to another target on the same day: one wave over several people, as raids are."""
    return around.elsewhere.wave >= many(burst, parameters)


def greeted(burst: Burst, around: Around, parameters: "ConvergenceParameters") -> bool:
    """The target's first day, and members that come together on others as well, or friends: regulars who greet.

    Adults who know each other and come to a minor are no such friends, nor do two greeters among them make the others
    greeters.
    """
    size, aimed = len(burst.members), adults_on_minor(burst, around, parameters)
    friends = not aimed and around.elsewhere.acquainted >= parameters.acquainted_share * comb(size, 2)
    again = around.elsewhere.most_often >= max(2.0, parameters.acquainted_share * size if aimed else 0.0)
    return burst.seen_for_s <= NEWCOMER_SECONDS and (again or friends)


def recurs(burst: Burst) -> bool:
    """On another day others came to it in the same way: a stream, an event, a public person."""
    return burst.another > 0


def young_on_adult(around: Around) -> bool:
    """Most of those of known age are minors and the target is none by the evidence: people around an idol."""
    return not around.target_minor and around.minors > around.adults


def adults_on_minor(burst: Burst, around: Around, parameters: "ConvergenceParameters") -> bool:
    """The target is a minor by the evidence, most members are known adults, few are known to be minors themselves."""
    few = around.minors <= parameters.young_share * (around.adults + around.minors)
    many_known = around.adults >= parameters.adult_share * len(burst.members)
    more_than_usual = around.adults_p <= parameters.adults_p
    return around.target_minor and few and (many_known or more_than_usual)


def _order(burst: Burst) -> tuple[str, str]:
    """Who came when after the first, in English and French."""
    steps = ", ".join(
        f"{name} +{(at - burst.at[0]).total_seconds():.0f} s"
        for name, at in list(zip(burst.members, burst.at, strict=True))[:NAMED]
    )
    size = len(burst.members)
    if size <= NAMED:
        return f"{steps}.", f"{steps}."
    return (f"{steps}; showing {NAMED} of {size}, the records hold all.",
            f"{steps} ; {NAMED} sur {size} sont montrés, les enregistrements les contiennent tous.")


def _reasons(burst: Burst, around: Around, parameters: "ConvergenceParameters") -> tuple[Reason, ...]:
    size, minutes = len(burst.members), burst.seconds / 60
    gap = median((later - earlier).total_seconds() for earlier, later in pairwise(burst.at))
    english, french = _order(burst)
    reasons = [
        Reason(
            "converging first contacts", size, round(burst.expected, 4),
            f"{size} accounts wrote to this account for the first time within {minutes:.0f} minutes; "
            f"{burst.expected:.2f} are expected from what it receives, when it is there, how new it was and how busy "
            f"the hour; q = {burst.q_value:.2g} over all accounts.",
            burst.records,
            f"{size} comptes ont écrit à ce compte pour la première fois en {minutes:.0f} minutes ; "
            f"{decimal(burst.expected)} sont attendus d'après ce qu'il reçoit, ses heures de présence, son ancienneté "
            f"et l'affluence de l'heure ; q = {significant(burst.q_value)} sur l'ensemble des comptes.",
        ),
        Reason(
            "replay", size, None,
            f"From {instant(burst.at[0])}, median gap {gap:.0f} s: {english}", burst.records,
            f"À partir de {instant(burst.at[0])}, écart médian {gap:.0f} s : {french}",
        ),
    ]
    basis_fr = BASES_FR.get(around.target_basis or "")
    if adults_on_minor(burst, around, parameters):
        reasons.append(Reason(
            "adults on a minor", around.adults, None,
            f"By the evidence of that moment the target was a minor ({around.target_basis}), {around.adults} of the "
            f"{size} accounts were adults and {around.minors} minors.", (),
            f"D'après les éléments de ce moment, le compte visé était celui d'un mineur ({basis_fr}), "
            f"{around.adults} des {size} comptes ceux d'adultes et {around.minors} ceux de mineurs.",
        ))
    elif around.target_minor:
        reasons.append(Reason(
            "target is a minor", None, None,
            f"By evidence of that moment the account is a minor's ({around.target_basis}).", (),
            f"D'après les éléments de ce moment, le compte est celui d'un mineur ({basis_fr}).",
        ))
    if around.called is not None:
        call = around.called
        reasons.append(Reason(
            "called by one account", call.told, None,
            f"{call.caller} had written in private to {call.told} of the {size} accounts within "
            f"{parameters.called_hours} hours before they came, and to {call.everyone} in all in that time; consistent "
            "with a call.",
            call.records,
            f"{call.caller} avait écrit en privé à {call.told} des {size} comptes dans les {parameters.called_hours} "
            f"heures précédentes, et à {call.everyone} en tout pendant ce temps ; compatible avec un appel.",
        ))
    if around.reports:
        reasons.append(Reason(
            "reported by the target", len(around.reports), None,
            f"The account reported members {len(around.reports)} times within a month.",
            tuple(record for _, record in around.reports),
            f"Le compte visé a signalé des membres {len(around.reports)} fois dans le mois.",
        ))
    return tuple(reasons)


def _counter(burst: Burst, around: Around, parameters: "ConvergenceParameters") -> tuple[CounterEvidence, ...]:
    size = len(burst.members)
    counter = []
    if around.occasion is not None:
        room = around.occasion
        counter.append(CounterEvidence(
            "public occasion", room.crowd, round(room.usual, 1),
            f"{room.members} of the {size} accounts wrote in {room.room} around that time, where {room.crowd} accounts "
            f"wrote in that hour against {room.usual:.1f} usually: consistent with a crowd that came for an event or "
            "a raid.",
            f"{room.members} des {size} comptes ont écrit à ce moment dans {room.room}, où {room.crowd} comptes ont "
            f"écrit dans l'heure contre {decimal(room.usual, 1)} d'habitude : compatible avec une foule venue pour un "
            "événement ou une irruption collective.",
        ))
    if greeted(burst, around, parameters):
        counter.append(CounterEvidence(
            "newcomer", None, None,
            "It was its first day here, and some of these accounts come together on other people as well or had "
            f"known each other ({around.elsewhere.acquainted} pairs): consistent with regulars who greet newcomers.",
            "C'était son premier jour ici, et certains de ces comptes se retrouvent aussi auprès d'autres personnes ou "
            f"se connaissaient ({around.elsewhere.acquainted} paires) : compatible avec des habitués qui accueillent "
            "les nouveaux.",
        ))
    if around.elsewhere.most_often >= 2:
        most, times = around.elsewhere.most_often, around.elsewhere.times
        counter.append(CounterEvidence(
            "together elsewhere", most, None,
            f"Up to {most} of these accounts came together on another target as well"
            + (f", on {times} targets most of them." if times else "."),
            f"Jusqu'à {most} de ces comptes se sont retrouvés aussi auprès d'une autre cible"
            + (f", la plupart auprès de {times} cibles." if times else "."),
        ))
    if around.elsewhere.regulars >= 3:
        regulars = around.elsewhere.regulars
        counter.append(CounterEvidence(
            "regulars", regulars, None,
            f"{regulars} of these accounts met others of them on several other days and targets: consistent with "
            "regulars who come wherever there is something.",
            f"{regulars} de ces comptes ont retrouvé d'autres d'entre eux d'autres jours auprès d'autres cibles : "
            "compatible avec des habitués qui viennent partout où il se passe quelque chose.",
        ))
    if one_wave(burst, around, parameters):
        counter.append(CounterEvidence(
            "one wave", around.elsewhere.wave, None,
            f"{around.elsewhere.wave} of these accounts came to another target together on the same day: consistent "
            "with a raid or an event that reached several people.",
            f"{around.elsewhere.wave} de ces comptes sont venus ensemble vers une autre cible le même jour : "
            "compatible avec une irruption collective ou un événement qui a touché plusieurs personnes.",
        ))
    if recurs(burst):
        counter.append(CounterEvidence(
            "again and again", burst.another, None,
            f"At another time {burst.another} other accounts came to it within the same span: consistent with public "
            "attention that recurs (a stream, an event).",
            f"À un autre moment, {burst.another} autres comptes sont venus vers lui dans le même délai : compatible "
            "avec une attention publique qui revient (une diffusion, un événement).",
        ))
    if around.role is not None:
        counter.append(CounterEvidence(
            "role", None, None, f"The target is a {around.role}: being written to is its task.",
            f"Le compte visé a un rôle ({around.role}) : recevoir des messages est sa tâche.",
        ))
    if young_on_adult(around):
        counter.append(CounterEvidence(
            "young people", around.minors, around.adults,
            f"{around.minors} of them are minors by the evidence and {around.adults} adults, the target is no minor: "
            "consistent with followers of somebody they admire.",
            f"{around.minors} d'entre eux sont mineurs d'après les éléments et {around.adults} adultes, le compte visé "
            "n'est pas celui d'un mineur : compatible avec des admirateurs.",
        ))
    if around.spoke:
        counter.append(CounterEvidence(
            "drew attention", around.spoke, None,
            f"It posted {around.spoke} room messages in the hour before: an answer to these is possible.",
            f"Il avait publié {around.spoke} messages de salon dans l'heure précédente : une réponse à ceux-ci est "
            "possible.",
        ))
    if around.target_basis is None or 2 * (around.adults + around.minors) < size:
        counter.append(CounterEvidence(
            "ages", around.adults + around.minors, None,
            f"The age of {around.adults + around.minors} of the {size} accounts is known, that of the target is "
            + ("not." if around.target_basis is None else "known as well."),
            f"L'âge de {around.adults + around.minors} des {size} comptes est connu, celui du compte visé "
            + ("ne l'est pas." if around.target_basis is None else "aussi."),
        ))
    elif not adults_on_minor(burst, around, parameters):
        counter.append(CounterEvidence(
            "adults on a minor", around.adults, None,
            f"No picture of adults on a minor: the target is {'a' if around.target_minor else 'no'} minor by the "
            f"evidence, {around.adults} of the {size} accounts are adults and {around.minors} minors.",
            f"Pas d'adultes autour d'un mineur : le compte visé {'est' if around.target_minor else 'n’est pas'} celui "
            f"d'un mineur d'après les éléments, {around.adults} des {size} comptes sont ceux d'adultes et "
            f"{around.minors} ceux de mineurs.",
        ))
    counter.append(CounterEvidence(
        "answers", burst.answered, None, f"The account answered {burst.answered} of {size} of them.",
        f"Le compte visé a répondu à {burst.answered} d'entre eux sur {size}.",
    ))
    counter.append(CounterEvidence(
        "what would clear it", None, None,
        "A public occasion: an announcement, a birthday, a stream, a game or a question asked to all.",
        "Une occasion publique : une annonce, un anniversaire, une diffusion, un jeu ou une question posée à tous.",
    ))
    return tuple(counter)
