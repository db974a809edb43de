"""Which words of a message name an account: not before there was one, and no word of grammar."""

from tests.unit.graph.detect.recruitment.test_recruitment import bearers, call, found
from tests.unit.graph.detect.recruitment.test_recruitment import platform as platform  # the fixture


def test_a_message_names_no_account_that_did_not_exist_yet(platform):
    platform.account("late", age=27, since=400)
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:14], who="fougue")  # the last at hour 217
    platform.accounts[-2]["pseudonym"] = "Fougue"
    assert found(platform)[0] == {}
    platform.account("early", age=29)
    platform.accounts[-1]["pseudonym"] = "Fougue"
    assert bearers(found(platform)[0]["caller"]) == ("small:early",)
    platform.meet("late", platform.teens[0], answered=False, hours=90)  # it was there before its recorded creation
    assert bearers(found(platform)[0]["caller"]) == ("small:early", "small:late")


def test_a_word_of_grammar_names_nobody_unless_an_at_stands_before_it(platform):
    platform.account("uninvolved", age=27)
    platform.accounts[-1]["pseudonym"] = "Your"
    platform.account("presser", age=44)
    call(platform, "presser", platform.teens[:9], wordings=("give me your phone number", "or i tell your parents"))
    assert found(platform)[0] == {}
    platform.account("caller", age=44)
    call(platform, "caller", platform.adults[:14], who="@Your")
    assert bearers(found(platform)[0]["caller"]) == ("small:uninvolved",)
