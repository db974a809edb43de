"""How is a demand under pressure told as a finding?  Tier, reasons and counter-evidence in English and French."""

from statistics import median

from graph.detect.extortion.exchanges import Exchanges
from graph.detect.extortion.parameters import ExtortionParameters
from graph.detect.finding import Finding, Tier, instant
from graph.detect.french import decimal, share, significant
from graph.detect.written import CounterEvidence, Reason


def lead(found: Exchanges, role: str | None, parameters: ExtortionParameters) -> Finding:
    """The finding of one account."""
    tier = _tier(found, role, parameters)
    pressed, asked = found.pressed, found.chats
    structure = (found.repeated / len(asked)) * (found.silent / len(pressed)) * found.minor_share
    strength = len(pressed) * structure
    base = {"weak": 0, "moderate": 1, "strong": 2}[tier]
    return Finding(
        kind="extortion",
        members=(found.presser.account,),
        targets=tuple(pressed),
        tier=tier,
        score=(base + strength / (strength + 10.0)) / 3.0,
        q_value=found.presser.q_value,
        first_at=instant(min(chat.began_at for chat in pressed.values())),
        last_at=instant(max(chat.last_at for chat in pressed.values())),
        reasons=_reasons(found, parameters),
        counter_evidence=_counter(found, role),
    )


def _tier(found: Exchanges, role: str | None, parameters: ExtortionParameters) -> Tier:
    """By q; the structure (a chat, one wording, silence, minors) must bear it, and nothing benign may explain it."""
    pressed, asked, q = len(found.pressed), len(found.chats), found.presser.q_value
    alike = found.repeated >= parameters.structure_share * asked
    silent = found.silent >= parameters.structure_share * pressed
    aimed = found.minor_share >= parameters.minor_share
    mutual = found.traded >= parameters.mutual_share
    sought = found.sought >= parameters.structure_share * asked
    if role is not None or mutual or (sought and not silent) or q > parameters.moderate_q or not (alike or silent):
        return "weak"
    chatted = found.chatted >= parameters.structure_share * pressed
    whole = alike and silent and aimed and chatted and not sought
    return "strong" if whole and q <= parameters.strong_q and found.likely >= parameters.strong_minors else "moderate"


def _reasons(found: Exchanges, parameters: ExtortionParameters) -> tuple[Reason, ...]:
    pressed, asked, item = found.pressed, found.chats, found.presser
    cap = parameters.records_cap
    demands = tuple(f"messages:{record}" for chat in pressed.values() for record in chat.demands)[:cap]
    pressing = tuple(f"messages:{record}" for chat in pressed.values() for record in chat.presses)[:cap]
    again = sum(1 for chat in pressed.values() if len(chat.demands) + len(chat.presses) > 1)
    waits = [(chat.asked_at - chat.began_at).total_seconds() / 3_600 for chat in pressed.values()]
    hours = float(median(waits))
    count = len(pressed)
    reasons = [
        Reason(
            "minors asked and pressed", count, round(item.expected, 4),
            f"{count} of the {item.minors} minors it is in private contact with were asked for something and pressed: "
            f"a consequence was named, or the demand made again. {item.expected:.2g} would have been, by how others "
            "write.",
            demands,
            f"{count} des {item.minors} mineurs avec qui ce compte est en contact privé ont reçu une demande avec "
            "pression : une conséquence annoncée, ou la demande répétée. "
            f"{significant(item.expected)} l'auraient été d'après ce que les autres écrivent.",
        ),
        Reason(
            "one wording for many", found.repeated, None,
            f"{found.repeated} of its {len(asked)} first demands share their wording with another one.",
            (),
            f"{found.repeated} de ses {len(asked)} premières demandes ont la même formulation qu'une autre.",
        ),
        Reason(
            "silence after the pressure", found.silent, None,
            f"{found.silent} of these {count} wrote nothing more after they were pressed; {found.after_contact} had "
            "answered before the demand.",
            (),
            f"{found.silent} de ces {count} n'ont plus rien écrit après la pression ; {found.after_contact} avaient "
            "répondu avant la demande.",
        ),
        Reason(
            "insistence", again, None,
            f"With {again} of them it wrote more than one such message; the first demand came {hours:.1f} hours after "
            "the "
            "first contact (median).",
            pressing,
            f"À {again} d'entre eux plusieurs messages de ce genre ont été adressés ; la première demande est venue "
            f"{decimal(hours, 1)} heures après le premier contact (médiane).",
        ),
    ]
    if found.ageless:
        reasons.append(
            Reason(
                "people of unknown age pressed", found.ageless, None,
                f"Of unknown age and pressed alike: {found.ageless}. Of those of known age whom it asked "
                f"{found.minor_share:.0%} are minors.",
                (),
                f"D'âge inconnu et soumis à la même pression : {found.ageless}. Parmi les personnes sollicitées d'âge "
                f"connu, {share(found.minor_share)} sont mineures.",
            )
        )
    if found.reporters:
        reasons.append(
            Reason(
                "reports by those asked", len(found.reporters), None,
                f"Reports of the account by people it asked: {len(found.reporters)}.", (),
                f"Signalements du compte par des personnes sollicitées : {len(found.reporters)}.",
            )
        )
    return tuple(reasons)


def _counter(found: Exchanges, role: str | None) -> tuple[CounterEvidence, ...]:
    asked = found.chats
    adults = sum(1 for chat in asked.values() if chat.known and not chat.minor)
    unpressed = sum(1 for chat in asked.values() if not chat.pressed)
    mutual, anyway = found.mutual, found.mutual_anyway
    counter = []
    if role is not None:
        counter.append(
            CounterEvidence(
                "role", None, None, f"The account is a {role}: warnings, and asking for details, can be its task.",
                f"Le compte a le rôle « {role} » : avertir, ou demander des précisions, peut être sa tâche.",
            )
        )
    if mutual:
        counter.append(
            CounterEvidence(
                "asked in turn", mutual, round(anyway, 2),
                f"{mutual} of the {len(asked)} people it asked asked it for something as well; {anyway:.1f} would by "
                "how often people here do. Many more: consistent with trade or play among equals.",
                f"{mutual} des {len(asked)} personnes sollicitées lui ont aussi demandé quelque chose ; "
                f"{decimal(anyway, 1)} l'auraient fait d'après ce que l'on écrit ici. Bien plus : cela peut être un "
                "échange ou un jeu entre pairs.",
            )
        )
    if found.sought:
        counter.append(
            CounterEvidence(
                "they wrote first", found.sought, None,
                f"{found.sought} of the {len(asked)} people it asked had written to it first: consistent with a sale, "
                "a service or advice.",
                f"{found.sought} des {len(asked)} personnes sollicitées lui avaient écrit en premier : cela peut être "
                "une vente, un service ou un conseil.",
            )
        )
    if found.chatted < len(found.pressed):
        counter.append(
            CounterEvidence(
                "no chat before", len(found.pressed) - found.chatted, None,
                f"With {len(found.pressed) - found.chatted} of {len(found.pressed)} the demand was the first message: "
                "consistent with a collection or a reminder.",
                f"Avec {len(found.pressed) - found.chatted} sur {len(found.pressed)} la demande était le premier "
                "message : cela peut être une collecte ou un rappel.",
            )
        )
    if adults:
        counter.append(
            CounterEvidence(
                "adults asked as well", adults, None,
                f"Adults among the {len(asked)} people it asked: {adults}. It does not ask minors alone.",
                f"Adultes parmi les {len(asked)} personnes sollicitées : {adults}. Les mineurs ne sont pas seuls "
                "visés.",
            )
        )
    if unpressed:
        counter.append(
            CounterEvidence(
                "left it at asking", unpressed, None,
                f"Not pressed: {unpressed} of the {len(asked)} people it asked.",
                f"Sans pression : {unpressed} des {len(asked)} personnes sollicitées.",
            )
        )
    counter += [
        CounterEvidence(
            "words are read by lists", None, None,
            "Demand and pressure are read by word lists: a quotation, a joke or a game can hold the same words.",
            "Demande et pression sont lues d'après des listes de mots : une citation, une plaisanterie ou un jeu "
            "peuvent "
            "contenir les mêmes mots.",
        ),
        CounterEvidence(
            "what would clear it", None, None,
            "The whole chats: a trade both sides wanted, a game, a debt, a task of the account (a club's treasurer, a "
            "moderator who warns).",
            "La lecture des conversations entières : un échange voulu des deux côtés, un jeu, une dette, une tâche du "
            "compte (trésorier d'un club, modérateur qui avertit).",
        ),
    ]
    return tuple(counter)
