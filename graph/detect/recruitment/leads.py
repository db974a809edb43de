"""How is a call told as a finding?  Tier, reasons and counter-evidence in English and French."""

from collections.abc import Collection
from dataclasses import replace

from scipy.special import betainc

from graph.detect.finding import Finding, Tier, instant
from graph.detect.french import share, significant
from graph.detect.recruitment.answers import Reach
from graph.detect.recruitment.calls import Call, SubjectKind
from graph.detect.recruitment.parameters import RecruitmentParameters
from graph.detect.written import CounterEvidence, Reason

_ENGLISH: dict[SubjectKind, str] = {
    "person": "the account named “{0}”", "handle": "“{0}”, outside this case", "room": "the room “{0}”",
    "link": "the link “{0}”",
}
_FRENCH: dict[SubjectKind, str] = {
    "person": "vers le compte nommé « {0} »", "handle": "vers « {0} », hors de ce dossier",
    "room": "vers le salon « {0} »", "link": "vers le lien « {0} »",
}
_SHOWN = 60


def lead(
    call: Call, reach: Reach, role: str | None, office: str | None, usual_minors: float,
    parameters: RecruitmentParameters,
) -> Finding | None:
    """The finding of one call; ``usual_minors``: share of minors among all first contacts with known ages.

    ``role`` is the caller's, ``office`` the one of the person called to (of every account of that name).
    None where nobody is named and the call goes to anybody, or nobody comes: an announcement, no recruitment.
    """
    only_adults = tail_low(reach.strange_minors, reach.strange_minors + reach.strange_adults, usual_minors)
    comes = tail_high(reach.came, reach.came + reach.before, 0.5)
    tier = _tier(call, reach, role or office, only_adults, comes, parameters)
    if tier is None:
        return None
    size = len(call.told)
    adult = (reach.adults + 0.5) / (reach.adults + reach.minors + 1.0)
    strength = size * (call.alike / size) * adult * (1.0 + min(1.0, reach.came / size))
    base = {"weak": 0, "moderate": 1, "strong": 2}[tier]
    return Finding(
        kind="recruitment",
        members=(call.sender,),
        targets=tuple(t.recipient for t in call.told),
        tier=tier,
        score=(base + strength / (strength + 20.0)) / 3.0,
        q_value=call.mention.q_value,
        first_at=instant(min(t.at for t in call.told)),
        last_at=instant(max(t.at for t in call.told)),
        reasons=_reasons(call, reach, usual_minors, parameters),
        counter_evidence=_counter(call, reach, role, office, usual_minors, parameters),
    )


def with_others(finding: Finding, names: Collection[str]) -> Finding:
    """The finding, told that its account also called other recipients to these ``names``."""
    if not names:
        return finding
    shown = [_shown(name) for name in list(names)[:5]]
    english, french = ", ".join(f"“{name}”" for name in shown), ", ".join(f"« {name} »" for name in shown)
    one = len(names) == 1
    other = Reason(
        "other calls", len(names), None,
        f"It called other people to one more name: {english}." if one
        else f"It called other people to {len(names)} more names, among them {english}.",
        (),
        f"Ce compte en a envoyé d'autres vers un autre nom : {french}." if one
        else f"Ce compte en a envoyé d'autres vers {len(names)} autres noms, dont {french}.",
    )
    return replace(finding, reasons=(*finding.reasons, other))


def tail_high(successes: int, trials: int, rate: float) -> float:
    """P(X >= successes), binomial; 1 where there are none."""
    return float(betainc(successes, trials - successes + 1, rate)) if successes > 0 else 1.0


def tail_low(successes: int, trials: int, rate: float) -> float:
    """P(X <= successes), binomial."""
    return tail_high(trials - successes, trials, 1.0 - rate)


def _tier(
    call: Call, reach: Reach, role: str | None, only_adults: float, comes: float, parameters: RecruitmentParameters
) -> Tier | None:
    """A person named to adults who are strangers, by q (a bare number: not strong); places need adults alone as well.

    A name told to people of any age is publicity; to minors mostly, to friends who know the person, or of somebody with
    a role it is talk or advice: weak.
    """
    known, size, q = reach.adults + reach.minors, len(call.told), call.mention.q_value
    adults = reach.adults >= parameters.min_adults and reach.adults >= parameters.adult_share * known
    strangers = reach.strangers >= parameters.stranger_share * size
    marked = min(only_adults, comes) <= parameters.follow_p
    if call.kind in ("room", "link"):
        sure = marked and strangers and role is None and q <= parameters.moderate_q
        return None if not adults else "moderate" if sure else "weak" if marked else None
    young = known >= parameters.min_adults and 2 * reach.adults < known
    if role is not None or q > parameters.moderate_q or _common(call, parameters) or young:
        return "weak"
    if call.kind == "person" and adults and strangers and 2 * reach.knew < size:
        sure = q <= parameters.strong_q and size >= parameters.strong_recipients and not call.number
        return "strong" if sure else "moderate"
    anybody = known >= parameters.min_adults and reach.adults < parameters.adult_share * known and not marked
    return "moderate" if not anybody and (strangers or (marked and 2 * reach.knew < size)) else "weak"


def _common(call: Call, parameters: RecruitmentParameters) -> bool:
    return call.mention.expected > parameters.common_share * call.mention.partners


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _places(call: Call, forms: dict[SubjectKind, str], joint: str) -> str:
    return joint.join(forms[item.kind].format(_shown(item.name)) for item in (call, *call.also[:2]))


def _reasons(
    call: Call, reach: Reach, usual_minors: float, parameters: RecruitmentParameters
) -> tuple[Reason, ...]:
    size, expected = len(call.told), call.mention.expected
    records = tuple(f"messages:{t.record}" for t in call.told)[: parameters.records_cap]
    known = reach.adults + reach.minors
    reasons = [
        Reason(
            "people told of one person or place", size, round(expected, 4),
            f"{size} of the {call.mention.partners} people it wrote to were told of "
            f"{_places(call, _ENGLISH, ' and ')}; "
            f"{expected:.2g} would have been, had it come up as often as with others.",
            records,
            f"{size} des {call.mention.partners} personnes à qui ce compte a écrit ont été renvoyées "
            f"{_places(call, _FRENCH, ' et ')} ; {significant(expected)} l'auraient été si ce nom venait aussi "
            "souvent que chez les autres.",
        ),
        Reason(
            "near-identical messages", call.alike, None,
            f"{call.alike} of these {size} messages share at least half of their words, or of their runs of three "
            f"letters, with one of at most {parameters.wordings} wordings.",
            (),
            f"{call.alike} de ces {size} messages ont au moins la moitié de leurs mots, ou de leurs suites de trois "
            f"lettres, en commun avec l'une de {parameters.wordings} phrases au plus.",
        ),
    ]
    if call.persons:
        reasons.append(_bearers(call.persons, call.records))
    if known:
        reasons.append(
            Reason(
                "adults among the recipients", reach.adults, round(known * (1.0 - usual_minors), 2),
                f"{reach.adults} of the {known} recipients of known age were adults at that moment; "
                f"{1 - usual_minors:.0%} of all first contacts go to adults.",
                (),
                f"{reach.adults} des {known} destinataires d'âge connu étaient adultes à ce moment ; "
                f"{share(1 - usual_minors)} de tous les premiers contacts vont à des adultes.",
            )
        )
    if reach.came > reach.before:
        days = parameters.follow_days
        reasons.append(
            Reason(
                "recipients who came", reach.came, reach.before,
                f"{reach.came} of them met that person or place for the first time within {days} days after being "
                "told, "
                f"{reach.before} in the {days} days before.",
                (),
                f"{reach.came} d'entre eux y sont venus pour la première fois dans les {days} jours qui ont suivi le "
                f"message, {reach.before} dans les {days} jours d'avant.",
            )
        )
    return tuple(reasons)


def _bearers(persons: tuple[str, ...], records: tuple[str, ...]) -> Reason:
    """Which accounts of the case have the name that was told."""
    count, named = len(persons), ", ".join(persons[:5])
    one = count == 1
    return Reason(
        "the person they were sent to", count, None,
        f"One account of the case has that name: {named}." if one
        else f"{count} accounts of the case have that name, among them {named}.",
        records[:20],
        f"Un compte du dossier porte ce nom : {named}." if one
        else f"{count} comptes du dossier portent ce nom, dont {named}.",
    )


def _counter(
    call: Call, reach: Reach, role: str | None, office: str | None, usual_minors: float,
    parameters: RecruitmentParameters,
) -> tuple[CounterEvidence, ...]:
    size, known = len(call.told), reach.adults + reach.minors
    counter = []
    if role is not None:
        counter.append(
            CounterEvidence(
                "role", None, None, f"The account is a {role}: telling people where to go can be its task.",
                f"Le compte a le rôle « {role} » : orienter les gens peut être sa tâche.",
            )
        )
    if office is not None:
        counter.append(
            CounterEvidence(
                "role of the person named", None, None,
                f"The account they were sent to is a {office}: consistent with advice on where to turn.",
                f"Le compte indiqué a le rôle « {office} » : cela peut être un conseil sur la personne à qui "
                "s'adresser.",
            )
        )
    if call.kind in ("person", "handle") and _common(call, parameters):
        usual = call.mention.expected / call.mention.partners
        counter.append(
            CounterEvidence(
                "a common word", None, None,
                f"Others say this word to {usual:.0%} of the people they write to: it may be a word, and no name.",
                f"Les autres disent ce mot à {share(usual)} de leurs correspondants : ce peut être un mot, et non un "
                "nom.",
            )
        )
    if call.number:
        counter.append(
            CounterEvidence(
                "a number", None, None,
                "The person is named by a bare number: it may be a price, a telephone or a code, and no account.",
                "La personne est désignée par un simple nombre : ce peut être un prix, un téléphone ou un code, et non "
                "un compte.",
            )
        )
    if call.kind in ("room", "link"):
        counter.append(
            CounterEvidence(
                "no person named", None, None,
                "The messages name a place and nobody: consistent with an announcement or an advertisement.",
                "Les messages nomment un lieu et personne : cela peut être une annonce ou une publicité.",
            )
        )
    if reach.minors and reach.minors > (1.0 - parameters.adult_share) * known:
        counter.append(
            CounterEvidence(
                "minors among the recipients", reach.minors, round(known * usual_minors, 2),
                f"{reach.minors} of {known} recipients of known age were minors: it is not addressed to adults alone.",
                f"{reach.minors} des {known} destinataires d'âge connu étaient mineurs : l'appel ne vise pas les seuls "
                "adultes.",
            )
        )
    if reach.strangers < size:
        counter.append(
            CounterEvidence(
                "acquaintances", size - reach.strangers, None,
                f"{size - reach.strangers} of {size} were not told within {parameters.call_hours} hours of a first "
                "message from this account: an exchange came before.",
                f"{size - reach.strangers} sur {size} n'ont pas reçu ce message dans les {parameters.call_hours} "
                "heures "
                "d'un premier contact par ce compte : un échange l'a précédé.",
            )
        )
    if reach.knew:
        counter.append(
            CounterEvidence(
                "knew the person or place", reach.knew, None,
                f"{reach.knew} of {size} were in contact with that person, or had posted in that room, before they "
                "were "
                "told.",
                f"{reach.knew} sur {size} étaient en contact avec cette personne, ou avaient écrit dans ce salon, "
                "avant le "
                "message.",
            )
        )
    counter += [
        CounterEvidence(
            "answers", reach.answered, None, f"{reach.answered} of {size} recipients answered.",
            f"{reach.answered} destinataires sur {size} ont répondu.",
        ),
        CounterEvidence(
            "what would clear it", None, None,
            "An invitation the recipients had asked for: a party, a game, a stream or a club that the named person "
            "runs "
            "openly.",
            "Une invitation que les destinataires attendaient : une fête, un jeu, une diffusion en direct ou un club "
            "que "
            "la personne nommée anime ouvertement.",
        ),
    ]
    return tuple(counter)
