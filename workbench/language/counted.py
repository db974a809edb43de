"""How many of a kind of node are there?  Each label of the graph counted as its language counts it."""

from workbench.language import Words


def counted(label: str, number: int, words: Words) -> str:
    """``1 account``, ``2 accounts``; of a label that nobody foresaw its own name after a colon."""
    match label:
        case "Account":
            return words.ngettext("{number} account", "{number} accounts", number)
        case "Company":
            return words.ngettext("{number} company", "{number} companies", number)
        case "Finding":
            return words.ngettext("{number} lead", "{number} leads", number)
        case "Group":
            return words.ngettext("{number} group", "{number} groups", number)
        case "Identifier":
            return words.ngettext("{number} identifier", "{number} identifiers", number)
        case "Name":
            return words.ngettext("{number} name", "{number} names", number)
        case "Person":
            return words.ngettext("{number} person", "{number} people", number)
        case "Platform":
            return words.ngettext("{number} platform", "{number} platforms", number)
        case "Report":
            return words.ngettext("{number} report", "{number} reports", number)
        case "Room":
            return words.ngettext("{number} room", "{number} rooms", number)
    return words.pair(words.gettext(label), words.number(number))
