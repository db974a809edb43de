"""What speaks against a hub lead, and what would clear it?"""

from graph.detect.french import share
from graph.detect.hubs_portrait import Portrait
from graph.detect.written import CounterEvidence

_ROLES_FR = {"moderator": "modérateur", "staff": "membre de l'équipe", "bot": "robot", "helpline": "ligne d'écoute"}


def counter_evidence(portrait: Portrait, *, same_text: float, arrivals_share: float) -> tuple[CounterEvidence, ...]:
    """The benign explanations that fit, then what is uncertain, at last what would clear the lead."""
    item = portrait.expectation
    found = [*_explanations(portrait, same_text=same_text, arrivals_share=arrivals_share)]
    if portrait.reply_share >= portrait.usual_replies:
        found.append(
            CounterEvidence(
                "answers", portrait.replied, round(portrait.usual_replies * portrait.minors, 3),
                f"{portrait.replied} of {portrait.minors} minors answered, as usual in its band or more.",
                detail_fr=(
                    f"{portrait.replied} des {portrait.minors} mineurs ont répondu, autant qu'il est habituel dans sa "
                    "tranche ou plus."
                ),
            )
        )
    if portrait.begun_share < 0.6:
        whole = item.contacts + portrait.received
        found.append(
            CounterEvidence(
                "chats begun by others", portrait.received, None,
                f"{portrait.received} of its {whole} private chats were begun by others.",
                detail_fr=f"{portrait.received} de ses {whole} conversations privées ont été commencées par d'autres.",
            )
        )
    adults = item.contacts - item.minors
    found.append(
        CounterEvidence(
            "contacts not known to be minors", adults, None,
            f"{adults} of {item.contacts} first contacts went to adults or people of unknown age.",
            detail_fr=(
                f"{adults} des {item.contacts} premiers contacts visent des adultes ou des personnes d'âge inconnu."
            ),
        )
    )
    found += _own_age(portrait)
    found.append(
        CounterEvidence(
            "what would clear it", None, None,
            "A shared school, club, family or game outside the platform, or a task (teaching, coaching, moderation).",
            detail_fr=(
                "Une école, un club, une famille ou un jeu en commun hors de la plateforme, ou une mission "
                "(enseignement, encadrement, modération)."
            ),
        )
    )
    return tuple(found)


def _explanations(portrait: Portrait, *, same_text: float, arrivals_share: float) -> list[CounterEvidence]:
    found = []
    if portrait.role is not None:
        found.append(
            CounterEvidence(
                "role", None, None,
                f"The account is a {portrait.role}: writing to minors can be its task. Compared with others of its "
                "role only, and kept in a queue of its own; the duty roster or its mandate would clear it.",
                detail_fr=(
                    f"Rôle du compte : {_ROLES_FR.get(portrait.role, portrait.role)}. Écrire à des mineurs peut être "
                    "sa mission. Il n'est comparé qu'à ceux du même rôle, dans une file à part ; le planning ou le "
                    "mandat lèverait le doute."
                ),
            )
        )
    alike = portrait.sameness or 0.0
    if portrait.welcomes(same_text, arrivals_share):
        mix, known = portrait.mix, portrait.sameness is not None
        same = f" {alike:.0%} of its openings are one text." if known else ""
        same_fr = f" {share(alike)} de ses premiers messages ont le même texte." if known else ""
        found.append(
            CounterEvidence(
                "mix of arrivals", mix.minors, round(mix.expected * mix.to_arrivals, 3),
                f"{mix.to_arrivals} of {mix.contacts} first contacts went to newcomers on their first day, minors "
                f"among them as among all newcomers: consistent with a welcome.{same}",
                detail_fr=(
                    f"{mix.to_arrivals} des {mix.contacts} premiers contacts visent des nouveaux venus le premier "
                    f"jour, avec autant de mineurs que parmi tous les nouveaux : compatible avec un accueil.{same_fr}"
                ),
            )
        )
    elif portrait.weight.mailed >= 0.5 and alike > 0.0:
        found.append(
            CounterEvidence(
                "one text for all", round(alike, 4), None,
                f"{alike:.0%} of its openings are one text, minors among their readers as among all who were there: "
                "consistent with a mailing to anybody, so they are left out of the weight of evidence.",
                detail_fr=(
                    f"{share(alike)} de ses premiers messages ont le même texte, avec autant de mineurs parmi leurs "
                    "destinataires que parmi les présents : compatible avec un envoi à tous ; ils ne comptent donc pas "
                    "dans le poids des indices."
                ),
            )
        )
    if portrait.friends:
        found.append(
            CounterEvidence(
                "circle of friends", round(portrait.stranger_share, 4), round(portrait.usual_strangers, 4),
                "Most of these minors answered, and many share a third contact with the account or either side begins "
                "its chats: consistent with people who know each other.",
                detail_fr=(
                    "La plupart de ces mineurs ont répondu, et beaucoup ont un contact commun avec le compte ou chaque "
                    "côté commence ses conversations : compatible avec des gens qui se connaissent."
                ),
            )
        )
    return found


def _own_age(portrait: Portrait) -> list[CounterEvidence]:
    """Where the holder may be a minor: nothing stated, or those who write to the account speak against its age."""
    weight = portrait.weight
    if portrait.own_age is None and not portrait.own_minor:
        return [
            CounterEvidence(
                "own age unknown", round(1.0 - weight.adult, 4), None,
                "Nothing tells the account's own age; proof that its holder is a minor would clear much of this. By "
                f"who writes to it, a minor with probability {1.0 - weight.adult:.0%}.",
                detail_fr=(
                    "Rien ne dit l'âge du titulaire ; la preuve qu'il est mineur lèverait une grande part du doute. "
                    f"D'après ceux qui lui écrivent, mineur avec une probabilité de {share(1.0 - weight.adult)}."
                ),
            )
        ]
    as_minor = portrait.expectation.p_minor
    if as_minor is not None and weight.adult >= 0.5 and as_minor > 0.01:
        return [
            CounterEvidence(
                "just of age", round(as_minor, 4), None,
                "The account states an age that children state too when they raise theirs. A minor here writes first "
                f"to as many minors with probability {as_minor:.0%}; proof of its holder's age would tell.",
                detail_fr=(
                    "Le compte indique un âge que des enfants indiquent aussi pour se vieillir. Un mineur écrit ici "
                    f"d'abord à autant de mineurs avec une probabilité de {share(as_minor)} ; une preuve de l'âge du "
                    "titulaire trancherait."
                ),
            )
        ]
    if not portrait.own_minor and weight.adult < 0.5:
        return [
            CounterEvidence(
                "stated age against who writes to it", weight.from_minors, round(weight.adult, 4),
                f"The account gives an adult's age, but {weight.from_minors} of {weight.from_known} people of known "
                "age who wrote to it first are minors: its holder may be a minor.",
                detail_fr=(
                    f"Le compte donne un âge d'adulte, mais {weight.from_minors} des {weight.from_known} personnes "
                    "d'âge connu qui lui ont écrit d'abord sont mineures : le titulaire est peut-être mineur."
                ),
            )
        ]
    if portrait.own_minor and weight.adult < 0.5:
        return [
            CounterEvidence(
                "a minor by stated age", round(1.0 - weight.adult, 4), None,
                "By its stated age and who writes to it, its holder is a minor with probability "
                f"{1.0 - weight.adult:.0%}.",
                detail_fr=(
                    "Selon l'âge dit et ceux qui lui écrivent, le titulaire est mineur avec une probabilité de "
                    f"{share(1.0 - weight.adult)}."
                ),
            )
        ]
    return []
