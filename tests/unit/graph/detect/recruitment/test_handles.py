"""Which words of a message name somebody outside, in whatever spelling."""

import ibis
import pyarrow as pa
import pytest

from graph.detect.recruitment.handles import as_written, handles, telephones
from tests.unit.graph.detect.recruitment.test_recruitment import SMALL_TALK, call, found, subject
from tests.unit.graph.detect.small_platform import Platform

SOMEBODY = {  # each handle once, so that none is found for another's text
    "add me on the other app k_1987": "handle:k_1987", "add me: K-1988": "handle:k_1988",
    "find k#1989 there": "handle:k_1989", "dm leo.r92": "handle:leo_r92", "@qq_4410 is me": "handle:qq_4410",
    "ajoute moi sur snap lea.r": "handle:lea_r", "snap: leapar": "handle:leapar",
    "mon insta c'est lunepar !": "handle:lunepar", "add me on insta zoepar": "handle:zoepar",
    "ajoute moi sur l'autre appli: noapar": "handle:noapar", "kik leo92 ok": "handle:leo92",
    "mail me at Leo.R@post.example": "handle:leo_r@post_example",
    "text me there 06 11 22 33 44": "tel:611223344",
    "06.11.22.33.45 !": "tel:611223345", "call +33 6 11 22 33 46": "tel:611223346",
    "or 555-010-9988": "tel:550109988", "0611223347": "tel:611223347",
}
NOBODY = (
    "come at 17h30 or at h24", "write it in v1.12 please", "see photo_12.jpg", "come for 50eur or 20e",
    "play this with me on ps5", "look, mp3", "is insta down again", "add me on snap please", "on discord tonight",
    "the session is long", "01.02.2025 10:30", "1 234 567 890", "we are at level_9", "line two",
    "see you on telegram",
    "insta https://site.example/x", "ajoute moi sur snap stp",
)


def named(*texts, names=()):
    """The handles and telephone numbers that texts give, as they are counted."""
    private = ibis.memtable(pa.table({"text": list(texts)}))
    known = ibis.memtable(pa.table({"word": pa.array(names, pa.string())}))
    words = handles(private, known).handle.to_pyarrow().to_pylist()
    return sorted({*words, *telephones(private).word.to_pyarrow().to_pylist()})


def test_handles_addresses_and_telephone_numbers_name_somebody():
    assert named(*SOMEBODY) == sorted(SOMEBODY.values())


def test_times_prices_versions_files_and_ordinary_words_name_nobody():
    assert named(*NOBODY) == []


def test_a_word_that_is_a_name_of_the_case_is_that_person():
    assert named("add me: k_1987", names=("k_1987", "@k_1987")) == []


def test_a_handle_is_shown_as_most_write_it():
    assert as_written("handle:k_1987", ["add K-1987", "add k_1987", "add k_1987 ok"]) == "k_1987"
    assert as_written("tel:611223344", ["call +33 6 11 22 33 44"]) == "+33 6 11 22 33 44"
    assert as_written("handle:gone_1", []) == "gone_1"


@pytest.fixture
def platform():
    platform = Platform(adults=40, teens=40)
    for name in (*platform.adults, *platform.teens):
        for _ in range(3):
            crowd = platform.teens if platform.random.random() < 0.4 else platform.adults
            platform.meet(name, platform.random.choice(crowd), answered=True, text=platform.random.choice(SMALL_TALK))
    platform.account("caller", age=44)
    return platform


def test_spellings_of_one_handle_are_one_and_its_lead_is_moderate(platform):
    wordings = ("my snap: {w}", "add me on snap k-1987", "my snap @k_1987")
    call(platform, "caller", platform.teens[:15], wordings=wordings, who="k_1987")
    finding = found(platform)[0]["caller"]
    assert (finding.tier, len(finding.targets)) == ("moderate", 15)
    assert "somebody outside this case, “" in subject(finding)


def test_what_everybody_says_is_no_handle(platform):
    for name in platform.adults[:30]:
        for i in range(8):
            platform.private(name, platform.adults[31 + i], 5, "minecraft is what we play")
    call(platform, "caller", platform.teens[:8], wordings=("on steam: {w} is what we play",), who="minecraft")
    assert found(platform)[0] == {}
