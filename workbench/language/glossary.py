"""What do the words of the screens, the report and the documentation mean?  One glossary for all of them."""

from graph.detect.registry import KINDS
from graph.detect.wordings import catalogue
from workbench.language import Words


def glossary(words: Words) -> tuple[tuple[str, str], ...]:
    """Word and meaning, in the order in which a reader meets them; the kinds of leads stand at the end."""
    say = words.gettext
    kinds = (catalogue(kind, words.language) for kind in KINDS)
    return (
        (say("Case"), say("What belongs to one investigation: its evidence, its leads, what people wrote to them.")),
        (say("Lead, finding"), say("What a detection or a person points out to be looked at. It is no verdict.")),
        (say("Tier"), say("How much the evidence says for a lead within its kind: strong, moderate or weak.")),
        (say("Score"), say("Orders leads of one kind from 0 to 1. It is no probability.")),
        (say("q-value"), say(
            "The share of false leads to be expected among all that are as rare as this one, by the null model; "
            "a dash where the method has none."
        )),
        (say("Judgement, status"), say(
            "What a named person makes of a lead, with the reason. "
            "Added, never overwritten; the last one is the status."
        )),
        (say("Member, target"), say("Whom a lead is about, and whom they wrote to, met or own.")),
        (say("Observed, expected"), say("What the evidence holds, and what the null model lets expect in its place.")),
        (say("Null model"), say("What would be ordinary here, against which the observed is held.")),
        (say("Account"), say("A name on a platform under which somebody writes. By whom the evidence seldom says.")),
        (say("Room"), say("A place on a platform where several write and all who are there read.")),
        (say("Contact"), say("Two accounts with private messages between them, in one direction or both.")),
        (say("First contact"), say("The first private message between two accounts, by the one who wrote it.")),
        (say("Identifier"), say(
            "What an account used or gave: device, address, e-mail, phone, cookie, payment, picture."
        )),
        (say("Minor"), say(
            "An account whose holder is under 18 by its declared age, by an age stated in its own messages or by a "
            "report. Minors stand under a label; neither name nor id is given."
        )),
        (say("Likely minor"), say(
            "Somebody whose age the evidence did not tell at a first contact, and who is under 18 by an age stated "
            "only later, or at least 90 % likely so by the ages of their other contacts. A reason of a hub's lead "
            "counts them apart from minors; they are no targets, may be of age, and stand under a label as minors "
            "do."
        )),
        (say("Record"), say("One row of a source file, cited by file and row.")),
        (say("Batch"), say("What was read in at one time; committed once and never changed.")),
        (say("Read, accepted, rejected, duplicate"), say(
            "Every row read is accepted as evidence, rejected with its reason, or a repetition of one before."
        )),
        (say("SHA-256"), say("A fingerprint of a file: a single changed byte gives another one.")),
        (say("Evidence digest"), say("One fingerprint over all committed evidence of the case.")),
        (say("Run of the detections"), say(
            "Detections with given parameters over given evidence; the same give the same leads."
        )),
        (say("UTC"), say("All times of day are in universal time; the text of the source stands beside it.")),
        *((kind.label[:1].upper() + kind.label[1:], kind.described["question"]) for kind in kinds),
    )
