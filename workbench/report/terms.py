"""Which words does a report use for tiers, statuses and parts?"""

from workbench.language import Words


def tier_word(tier: str, words: Words) -> str:
    return {
        "strong": words.gettext("strong"), "moderate": words.gettext("moderate"), "weak": words.gettext("weak"),
    }[tier]


def status_word(status: str, words: Words, *, opposed: bool = False) -> str:
    """A judgement's status; one that another version wrote stands as it was written.

    ``opposed``: somebody's latest judgement of the lead contradicts it.
    """
    told = {
        "open": words.gettext("open"), "in review": words.gettext("in review"),
        "substantiated": words.gettext("substantiated"), "referred": words.gettext("referred"),
        "cleared": words.gettext("cleared"),
    }.get(status, status)
    return " · ".join((told, *([words.gettext("disputed")] if opposed else [])))


def part_word(part: str, words: Words) -> str:
    return {
        "member": words.gettext("member"), "target": words.gettext("target"),
        "named": words.gettext("named in the reasons"), "later": words.gettext("later"),
        "likely": words.gettext("likely"), "cited": words.gettext("in the records"),
    }[part]
