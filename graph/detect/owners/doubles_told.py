"""How are records told that are consistent with the same person or company as one on the chains?"""

from graph.detect.french import decimal
from graph.detect.owners.doubles import Double
from graph.detect.owners.standing import Standing
from graph.detect.owners.wording import percent, pour_cent, some
from graph.detect.written import Reason
from graph.linkage import FieldWeight

_FIELDS = {
    "name": "nom", "born": "naissance", "nationality": "nationalité", "address": "adresse", "identifier": "identifiant",
    "incorporated": "constitution", "jurisdiction": "pays",
}
_LEVELS = {
    "exact": ("same", "identique"), "alike": ("alike", "proche"), "edits": ("a letter off", "à une lettre près"),
    "begins": ("same as far as told", "identique autant que dit"),
    "day": ("day and month exchanged", "jour et mois échangés"), "else": ("different", "différent"),
}


def doubles_told(standing: Standing) -> tuple[Reason, ...]:
    """One reason for all parties of the chains; ``observed``: the bits of the likeliest."""
    pairs = [(party, double) for party, found in standing.doubles.items() for double in found]
    if not pairs:
        return ()
    pairs.sort(key=lambda pair: (-pair[1].bits, pair[0], pair[1].party))
    shown = pairs[: standing.parameters.listed_links]
    cut = len(shown) < len(pairs)
    return (
        Reason(
            "records of the same party", pairs[0][1].bits, None,
            f"{some(len(pairs), 'other record')} of the register consistent with the same person or company as one "
            "here, weighed field by field in bits: " + "; ".join(_told(*pair, standing) for pair in shown) + "."
            + (f" Showing {len(shown)} of {len(pairs)}." if cut else "")
            + " Nothing was merged: what such a record holds is not in the share above. Two people of one name, or of "
            "one family at one address, can look the same.",
            tuple(sorted({double.record for _, double in shown})),
            detail_fr=f"{some(len(pairs), 'autre enregistrement', 'autres enregistrements')} du registre, compatible "
            "avec la même personne ou société que l'un de ceux-ci, pesé champ par champ en bits : "
            + " ; ".join(_dit(*pair, standing) for pair in shown) + "."
            + (f" {len(shown)} sur {len(pairs)} montrés." if cut else "")
            + " Rien n'a été fusionné : ce que détient un tel enregistrement n'est pas dans la part ci-dessus. Deux "
            "personnes de même nom, ou d'une même famille à une même adresse, peuvent se ressembler.",
        ),
    )


def _told(party: str, double: Double, standing: Standing) -> str:
    fields = ", ".join(f"{weight.field} {_LEVELS[_level(weight)][0]} {weight.bits:+.1f}" for weight in double.weights)
    whole = _together(party, double, standing)
    return f"{double.party} as {party}, {double.bits:.1f} bits with the prior ({fields})" + (
        f", an ultimate owner here too: together {percent(whole)}" if whole is not None else ""
    )


def _dit(party: str, double: Double, standing: Standing) -> str:
    fields = ", ".join(
        f"{_FIELDS[weight.field]} {_LEVELS[_level(weight)][1]} {'+' if weight.bits >= 0 else ''}"
        f"{decimal(weight.bits, 1)}" for weight in double.weights
    )
    whole = _together(party, double, standing)
    return f"{double.party} comme {party}, {decimal(double.bits, 1)} bits avec l'a priori ({fields})" + (
        f", propriétaire ultime ici aussi : ensemble {pour_cent(whole)}" if whole is not None else ""
    )


def _level(weight: FieldWeight) -> str:
    return weight.level.split()[0]


def _together(party: str, double: Double, standing: Standing) -> float | None:
    """Both shares, where both are ultimate owners of the company."""
    shares = {owner.members: owner.share for owner in standing.whole.owners}
    one, other = shares.get((party,)), shares.get((double.party,))
    return None if one is None or other is None else one + other
