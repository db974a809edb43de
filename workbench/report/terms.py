"""Which words does a report use for tiers, statuses and parts, and what do they mean?"""

from workbench.language import Words


def tier_word(tier: str, words: Words) -> str:
    return {
        "strong": words.gettext("strong"), "moderate": words.gettext("moderate"), "weak": words.gettext("weak"),
    }[tier]


def status_word(status: str, words: Words) -> str:
    """A judgement's status; one that another version wrote stands as it was written."""
    return {
        "open": words.gettext("open"), "in review": words.gettext("in review"),
        "substantiated": words.gettext("substantiated"), "referred": words.gettext("referred"),
        "cleared": words.gettext("cleared"),
    }.get(status, status)


def part_word(part: str, words: Words) -> str:
    return {
        "member": words.gettext("member"), "target": words.gettext("target"),
        "named": words.gettext("named in the reasons"),
    }[part]


def glossary(words: Words) -> tuple[tuple[str, str], ...]:
    """Word and meaning, in the order in which a reader meets them."""
    say = words.gettext
    return (
        (say("Lead, finding"), say("What a detection or a person points out to be looked at. It is no verdict.")),
        (say("Tier"), say("How much the evidence says for a lead within its kind: strong, moderate or weak.")),
        (say("Score"), say("Orders leads of one kind from 0 to 1. It is no probability.")),
        (say("q-value"), say(
            "The share of false leads to be expected among all that are as rare as this one, by the null model; "
            "a dash where the method has none."
        )),
        (say("Member, target"), say("Whom a lead is about, and whom they wrote to, met or own.")),
        (say("Observed, expected"), say("What the evidence holds, and what the null model lets expect in its place.")),
        (say("Null model"), say("What would be ordinary here, against which the observed is held.")),
        (say("First contact"), say("The first private message between two accounts, by the one who wrote it.")),
        (say("Minor"), say(
            "An account whose holder is under 18 by its declared age, by an age stated in its own messages or by a "
            "report. Minors stand under a label; neither name nor id is given."
        )),
        (say("Record"), say("One row of a source file, cited by file and row.")),
        (say("Batch"), say("What was read in at one time; committed once and never changed.")),
        (say("Read, accepted, rejected, duplicate"), say(
            "Every row read is accepted as evidence, rejected with its reason, or a repetition of one before."
        )),
        (say("SHA-256"), say("A fingerprint of a file: a single changed byte gives another one.")),
        (say("Evidence digest"), say("One fingerprint over all committed evidence of the case.")),
        (say("Run"), say("Detections with given parameters over given evidence; the same give the same findings.")),
        (say("UTC"), say("All times of day are in universal time; the text of the source stands beside it.")),
    )
