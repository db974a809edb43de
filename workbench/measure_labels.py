"""What are the measures of findings called in French?  Labels by the measure's own (English) name."""

from collections.abc import Mapping
from types import MappingProxyType

from graph.detect.wordings import Language

FRENCH: Mapping[str, str] = MappingProxyType({
    # any kind
    "answers": "réponses",
    "ages": "âges",
    "replay": "déroulé",
    "role": "rôle",
    "what would clear it": "ce qui lèverait le doute",
    # hub
    "a minor by stated age": "mineur d'après l'âge annoncé",
    "chats begun": "conversations ouvertes",
    "chats begun by others": "conversations ouvertes par d'autres",
    "circle of friends": "cercle d'amis",
    "contacts not known to be minors": "contacts non connus comme mineurs",
    "declared age against behaviour": "âge déclaré face au comportement",
    "first contacts with minors": "premiers contacts avec des mineurs",
    "from room to private": "du salon au privé",
    "just of age": "tout juste majeur",
    "minors by what they said later": "mineurs d'après des propos ultérieurs",
    "minors reached": "mineurs contactés",
    "mix of arrivals": "composition des arrivées",
    "one text for all": "un même texte pour tous",
    "own age unknown": "âge propre inconnu",
    "reports by those written to": "signalements par les personnes contactées",
    "star-shaped contacts": "contacts en étoile",
    "stated age against who writes to it": "âge annoncé face à ceux qui écrivent au compte",
    "strangers approached": "inconnus abordés",
    "weight of evidence": "poids des indices",
    # ambush
    "arrivals greeted": "arrivées saluées",
    "contacts from outside a common room": "contacts hors d'un salon commun",
    "contacts out of a common room": "contacts issus d'un salon commun",
    "co-hits together with other evidence": "arrivées communes, avec d'autres éléments",
    "convergence beyond chance": "convergence au-delà du hasard",
    "minors among the members": "mineurs parmi les membres",
    "minors among the targets": "mineurs parmi les cibles",
    "order and parts": "ordre et rôles",
    "others around the targets": "autres comptes autour des cibles",
    "replay of the other targets": "déroulé pour les autres cibles",
    "members who stayed away": "membres restés à l'écart",
    "members that joined": "membres ajoutés ensuite",
    "reports by the targets": "signalements par les cibles",
    "share of first contacts on the common targets": "part des premiers contacts vers les cibles communes",
    "talk among members around the convergences": "échanges entre membres autour des convergences",
    "targets that had just arrived": "cibles tout juste arrivées",
    # convergence
    "regulars": "habitués",
    "adults on a minor": "adultes vers un mineur",
    "again and again": "à répétition",
    "called by one account": "appelés par un même compte",
    "converging first contacts": "premiers contacts convergents",
    "drew attention": "a attiré l'attention",
    "newcomer": "nouveau venu",
    "one wave": "une seule vague",
    "public occasion": "occasion publique",
    "reported by the target": "signalés par la cible",
    "target is a minor": "la cible est mineure",
    "together elsewhere": "ensemble ailleurs",
    "young people": "des jeunes entre eux",
    # recruitment
    "role of the person named": "rôle de la personne indiquée",
    "a common word": "un mot courant",
    "a number": "un nombre",
    "acquaintances": "connaissances",
    "adults among the recipients": "adultes parmi les destinataires",
    "knew the person or place": "connaissaient la personne ou le lieu",
    "minors among the recipients": "mineurs parmi les destinataires",
    "near-identical messages": "messages presque identiques",
    "no person named": "personne n'est nommé",
    "other calls": "autres appels",
    "people told of one person or place": "personnes renvoyées vers une même personne ou un même lieu",
    "recipients who came": "destinataires venus ensuite",
    "the person they were sent to": "la personne vers qui ils sont envoyés",
    # extortion
    "adults asked as well": "adultes sollicités aussi",
    "asked in turn": "sollicité en retour",
    "insistence": "insistance",
    "left it at asking": "demandes sans pression",
    "no chat before": "aucun échange avant",
    "people of unknown age pressed": "personnes d'âge inconnu sous pression",
    "they wrote first": "ont écrit en premier",
    "minors asked and pressed": "mineurs sollicités sous pression",
    "one wording for many": "une formulation pour plusieurs",
    "reports by those asked": "signalements par les personnes sollicitées",
    "silence after the pressure": "silence après la pression",
    "words are read by lists": "mots lus d'après des listes",
    # room
    "a place, not a person": "un lieu, non une personne",
    "adult inflow": "arrivée d'adultes",
    "adults who seek minors here": "adultes qui cherchent des mineurs ici",
    "kind of room": "type de salon",
    "minors begin as well": "des mineurs commencent aussi",
    "minors' share": "part des mineurs",
    "private contacts with minors that start here": "contacts privés avec des mineurs nés ici",
    "they come to write in private": "venus pour écrire en privé",
    "watched over": "présence de la modération",
    # shell
    "common targets": "cibles communes",
    "different rooms": "salons différents",
    "same rooms": "mêmes salons",
    "conversation with each other": "conversation entre eux",
    "different declared ages": "âges déclarés différents",
    "different declared gender": "genres déclarés différents",
    "hand-overs": "relais",
    "never online together": "jamais en ligne ensemble",
    "online together": "en ligne ensemble",
    "registered together": "inscrits ensemble",
    "mean weight of a pair": "poids moyen d'une paire",
    "values of a crowd": "valeurs partagées par beaucoup",
    # owner
    "earlier declarations": "déclarations antérieures",
    "circles": "boucles",
    "common addresses and directors": "adresses et dirigeants courants",
    "declared indirect share": "part indirecte déclarée",
    "declared indirect share differs": "part indirecte déclarée différente",
    "directors where the chain ends": "dirigeants au bout de la chaîne",
    "integrated share": "part intégrée",
    "no natural person": "aucune personne physique",
    "nominee": "prête-nom",
    "nominees looked through": "prête-noms traversés",
    "ownership paths": "chemins de détention",
    "person not identified": "personne non identifiée",
    "records of the same party": "fiches d'une même personne ou société",
    "shared addresses and directors": "adresses et dirigeants partagés",
    "shares above the whole": "parts au-delà du tout",
    "shares known as ranges": "parts connues par fourchettes",
    "shares not declared": "parts non déclarées",
    "successive owners": "propriétaires successifs",
    "superseded statements": "déclarations remplacées",
    "unknown owners": "propriétaires inconnus",
})

_VALUES = {"same": "valeur commune", "different": "valeurs différentes"}
_KINDS = {
    "device": "appareil", "address": "adresse IP", "ip": "adresse IP", "host": "hôte", "email": "courriel",
    "phone": "téléphone", "cookie": "cookie", "payment": "moyen de paiement", "avatar": "avatar", "name": "nom",
    "alias": "alias",
}


def label(measure: str, language: Language) -> str:
    """A measure's name in the language; its own name where there is no other."""
    if language != "fr":
        return measure
    for word, french in _VALUES.items():
        if measure.startswith(f"{word} "):
            kind = measure.removeprefix(f"{word} ")
            return FRENCH.get(measure) or f"{french} : {_KINDS.get(kind, kind)}"
    return FRENCH.get(measure, measure)
