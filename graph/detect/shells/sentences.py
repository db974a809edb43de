"""What is said of one piece of evidence, in English and French?  Sentences a person can check against the records."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from graph.detect.french import comma
from graph.detect.shells.weight import Weight

Said = tuple[str, str]

_KINDS: Mapping[str, Said] = {
    "device": ("device", "l’appareil"), "address": ("address", "l’adresse"), "agent": ("browser", "le navigateur"),
    "email": ("e-mail address", "l’adresse électronique"), "phone": ("phone number", "le numéro de téléphone"),
    "cookie": ("cookie", "le cookie"), "payment": ("means of payment", "le moyen de paiement"),
    "avatar": ("picture", "l’image"), "host": ("host", "l’hôte"), "ip": ("address", "l’adresse"),
}
_LACKING: Mapping[str, str] = {
    "device": "un appareil", "address": "une adresse", "ip": "une adresse", "email": "une adresse électronique",
    "phone": "un numéro de téléphone", "cookie": "un cookie", "payment": "un moyen de paiement", "avatar": "une image",
    "host": "un hôte", "name": "un nom",
}


def said(weight: Weight, one: str, other: str) -> Said:
    """The sentence on two accounts, its bits at the end; names stand as they are."""
    english, translated = _SENTENCES.get(weight.measure, _value)(weight, f"{one} and {other}", f"{one} et {other}")
    told = f"{weight.bits:+.1f}"
    place = f"{weight.place_bits:+.1f}"
    if weight.bits == weight.place_bits:
        return f"{english} ({told} bits)", f"{translated} ({comma(told)} bits)"
    return (
        f"{english} ({told} bits over strangers, {place} over people who share a place)",
        f"{translated} ({comma(told)} bits par rapport à des inconnus, {comma(place)} par rapport à des personnes "
        "qui partagent un lieu)",
    )


def _value(weight: Weight, both: str, tous: str) -> Said:
    if isinstance(weight.facts, str):  # a kind of which both have different values
        kind = weight.facts
        return (
            f"{both} each have {_article(_KINDS.get(kind, (kind, ''))[0])}, but none in common",
            f"{tous} ont chacun {_LACKING.get(kind, 'un identifiant ' + kind)}, mais aucun en commun"
            if kind not in ("address", "ip", "email", "avatar")
            else f"{tous} ont chacun {_LACKING[kind]}, mais aucune en commun",
        )
    value, u = weight.facts, f"{weight.expected:.2g}"
    english, translated = _KINDS.get(value.kind, (value.kind, f"l’identifiant {value.kind}"))
    day = datetime.fromtimestamp(value.day * 86_400, UTC).date().isoformat() if value.day >= 0 else ""
    return (
        f"{both} share the {english} {value.value!r}{' on ' + day if day else ''}; {value.holders} accounts have it "
        f"then, u = {u}",
        f"{tous} ont en commun {translated} {value.value!r}{' le ' + day if day else ''} ; {value.holders} comptes "
        f"l’ont alors, u = {comma(u)}",
    )


def _article(thing: str) -> str:
    return f"an {thing}" if thing[:1] in "aeiou" else f"a {thing}"


def _name(weight: Weight, both: str, tous: str) -> Said:
    name, u = weight.facts, f"{weight.facts.u:.2g}"
    number = name.kind == "name"
    dressed = (", though written in two ways", ", bien qu’écrits de deux façons") if name.dressed else ("", "")
    return (
        f"the names of {both} read alike, {'with' if number else 'without'} their numbers, as {name.value!r}"
        f"{dressed[0]}; u = {u}",
        f"les noms de {tous} se lisent de la même façon, {'avec' if number else 'sans'} leurs chiffres : {name.value!r}"
        f"{dressed[1]} ; u = {comma(u)}",
    )


def _handovers(weight: Weight, both: str, tous: str) -> Said:
    seen = weight.facts
    expected = f"{seen.expected_handovers:.2g}"
    return (
        f"{seen.handovers} times one of {both} left and the other came within {seen.window} s, {expected} by chance at "
        f"their hours; {seen.elsewhere} of them on devices known to differ",
        f"{seen.handovers} fois l’un de {tous} est parti et l’autre est arrivé en moins de {seen.window} s, contre "
        f"{comma(expected)} par hasard à leurs heures ; dont {seen.elsewhere} sur des appareils connus pour différer",
    )


def _overlaps(weight: Weight, both: str, tous: str) -> Said:
    seen = weight.facts
    expected = f"{seen.expected_overlaps:.2g}"
    return (
        f"{both} were online at once {seen.overlaps} times and not known to be on one device, {seen.overlaps_apart} of "
        f"them on devices known to differ; {expected} expected of two people with their hours",
        f"{tous} ont été en ligne en même temps {seen.overlaps} fois sans qu’un même appareil soit connu, dont "
        f"{seen.overlaps_apart} sur des appareils connus pour différer, contre {comma(expected)} attendues de deux "
        "personnes à leurs heures",
    )


def _devices(weight: Weight, both: str, tous: str) -> Said:
    common = weight.facts
    share = f"{100 * common.least_share:.0f}"
    return (
        f"{both} have {common.devices} devices in common; of the one’s or the other’s sessions at least {share} % run "
        "on them",
        f"{tous} ont {common.devices} appareils en commun, qui portent au moins {share}\u00a0% des sessions de l’un et "
        "de l’autre",
    )


def _birth(weight: Weight, both: str, tous: str) -> Said:
    u = f"{weight.expected:.2g}"
    return (
        f"{both} were created {weight.observed:.0f} s apart; {weight.facts} accounts were created around then, u = {u}",
        f"{tous} ont été créés à {weight.observed:.0f} s d’écart ; {weight.facts} comptes ont été créés vers ce moment"
        f", u = {comma(u)}",
    )


def _targets(weight: Weight, both: str, tous: str) -> Said:
    expected, company = f"{weight.expected:.2g}", weight.facts
    apart = company.targets - len(company.circles)
    known = f" ({len(company.circles)} circles of people who write to each other)" if apart else ""
    connus = f" ({len(company.circles)} cercles de gens qui s’écrivent)" if apart else ""
    return (
        f"{both} both first wrote to {company.targets} of the same accounts{known}, {expected} by chance to accounts "
        "no more popular",
        f"{tous} ont tous deux écrit les premiers à {company.targets} mêmes comptes{connus}, contre {comma(expected)} "
        "par hasard à des comptes pas plus sollicités",
    )


def _rooms(weight: Weight, both: str, tous: str) -> Said:
    seen = weight.facts
    share, (one, other) = f"{100 * seen.alike:.0f}", seen.days
    return (
        f"common rooms of {both}: {seen.rooms}; of their days in rooms ({one} and {other}) {share} % lie alike",
        f"salons communs de {tous} : {seen.rooms} ; de leurs jours dans des salons ({one} et {other}), "
        f"{share}\u00a0% se répartissent de même",
    )


def _talk(weight: Weight, both: str, tous: str) -> Said:
    return (
        f"{both} wrote at least {weight.facts} private messages to each other each way, as two people do",
        f"{tous} se sont écrit au moins {weight.facts} messages privés dans chaque sens, comme deux personnes",
    )


def _profile(weight: Weight, both: str, tous: str) -> Said:
    one, other = weight.facts
    return (
        f"the profiles of {both} differ: {one} and {other}", f"les profils de {tous} diffèrent : {one} et {other}"
    )


_SENTENCES: Mapping[str, Callable[[Weight, str, str], Said]] = {
    "same name": _name, "hand-overs": _handovers, "never online together": _overlaps,
    "online together": _overlaps, "no device of their own": _devices,
    "devices of their own": _devices, "registered together": _birth, "common targets": _targets,
    "same rooms": _rooms, "different rooms": _rooms,
    "conversation with each other": _talk, "different declared gender": _profile, "different declared ages": _profile,
}


def crowd_sentence(crowded: Mapping[str, int], most_holders: int, most_names: int) -> Said:
    """Which values were left out because a crowd holds them."""
    told = ", ".join(f"{count} {kind}" for kind, count in crowded.items())
    return (
        f"Not compared by, because too many accounts have them (more than {most_holders}; names {most_names}): {told}.",
        f"Non retenus, parce que trop de comptes les ont (plus de {most_holders} ; noms {most_names}) : {told}.",
    )


CLEARING: Said = (
    "Two people at different places at one moment, a household, school or work that shares its devices, or accounts "
    "their owner openly links.",
    "Deux personnes en des lieux différents au même moment, un foyer, une école ou un travail où les appareils sont "
    "partagés, ou des comptes que leur titulaire relie ouvertement.",
)
