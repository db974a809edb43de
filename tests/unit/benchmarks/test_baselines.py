"""Plain baselines on folders small enough to count by hand."""

import json
import math
from pathlib import Path

import pytest

from tests.benchmarks.baselines import CONVERGENCE, CREWS, HUBS, SHELLS, Evidence, average_precision, pair_f1
from tests.benchmarks.baselines.crews import groups
from tests.benchmarks.baselines.figures import pairs_of

ACCOUNTS = """account_id,pseudonym,declared_age,role
h,hugo,40,member
a,ann,30,member
b,bea,30,member
m,mod,35,moderator
x,xi,13,member
y,yo,14,member
z,zed,15,member
"""
# h writes first to x, y and a; x first to z; a first to b; m first to y and z; z answers nobody.
MESSAGES = """message_id,sent_at,sender_id,recipient_id,room_id,text
1,2024-01-01T10:00:00Z,h,x,,hi
2,2024-01-01T10:05:00Z,x,h,,hi
3,2024-01-01T11:00:00Z,h,y,,hi
4,2024-01-01T12:00:00Z,h,a,,hi
5,2024-01-01T13:00:00Z,x,z,,hi
6,2024-01-01T14:00:00Z,a,b,,"hi, you"
7,2024-01-02T10:00:00Z,m,y,,hi
8,2024-01-02T11:00:00Z,m,z,,hi
9,2024-01-02T11:00:00Z,z,,lobby,hi
"""


@pytest.fixture
def small(tmp_path: Path) -> Evidence:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "messages.csv").write_text(MESSAGES, encoding="utf-8")
    return Evidence.read(tmp_path, platform="p")


def _folder(path: Path, contacts: list[tuple[str, str, int]], ages: dict[str, int]) -> Evidence:
    """A folder in JSON lines: who wrote to whom at which second."""
    (path / "messages.jsonl").write_text(
        "".join(json.dumps({"sent_at": t, "sender_id": a, "recipient_id": b}) + "\n" for a, b, t in contacts),
        encoding="utf-8",
    )
    (path / "accounts.jsonl").write_text(
        "".join(json.dumps({"account_id": a, "declared_age": age}) + "\n" for a, age in ages.items()), encoding="utf-8"
    )
    return Evidence.read(path, platform="p")


def test_a_pair_has_one_first_contact_by_who_wrote_first(small: Evidence) -> None:
    first = list(zip(small.contacts["initiator"], small.contacts["target"], strict=True))
    assert first == [("p:h", "p:x"), ("p:h", "p:y"), ("p:h", "p:a"), ("p:x", "p:z"), ("p:a", "p:b"), ("p:m", "p:y"),
                     ("p:m", "p:z")]
    assert small.minors == {"p:x", "p:y", "p:z"}


def test_count_ranks_by_minors_written_to_first_and_leaves_minors_and_officials_out(small: Evidence) -> None:
    assert HUBS["count"](small) == [("p:h", 2.0)]


def test_binomial_is_the_upper_tail_with_the_share_among_all_first_contacts(small: Evidence) -> None:
    share = 5 / 7  # x, y, z, y, z of seven
    [(who, score)] = HUBS["binomial"](small)
    assert who == "p:h"
    assert score == pytest.approx(-math.log(3 * share**2 * (1 - share) + share**3))


def test_page_multiplies_surprise_openness_and_the_share_begun(small: Evidence) -> None:
    # Without m the contacts are hx, hy, ha, xz, ab: minors at 4 of their 10 ends (x, y of h; z of x; x of z).
    # Nobody's minors know each other, so openness is 1; h began both of his chats with minors.
    share = 4 / 10
    [(who, score)] = HUBS["page"](small)
    assert who == "p:h"
    assert score == pytest.approx(-math.log(3 * share**2 * (1 - share) + share**3))


def test_page_halves_for_chats_the_minors_began_and_falls_with_a_circle(tmp_path: Path) -> None:
    ages = {"h": 40, "g": 40, "x": 13, "y": 13, "u": 13, "v": 13, "w": 30}
    evidence = _folder(
        tmp_path,
        [("h", "x", 1), ("y", "h", 2), ("g", "u", 3), ("g", "v", 4), ("u", "v", 5), ("h", "w", 6), ("g", "w", 7)],
        ages,
    )
    # h and g have three contacts each, two of them minors; g's know each other, so only h is open (1 over a mean of
    # the bucket of degrees 2 and 3, then at most 1); half of h's chats with minors were begun by them.
    share = 6 / 14
    surprise = -math.log(3 * share**2 * (1 - share) + share**3)
    assert HUBS["page"](evidence) == [("p:h", pytest.approx(surprise * 0.5))]


def test_co_hits_count_targets_within_the_window_with_its_ends(tmp_path: Path) -> None:
    evidence = _folder(
        tmp_path,
        [("a", "x", 0), ("b", "x", 3600), ("c", "x", 3601), ("a", "y", 10_000), ("b", "y", 10_001)],
        {},
    )
    assert CREWS["co-hits"](evidence) == [(("p:a", "p:b"), 2.0), (("p:b", "p:c"), 1.0)]
    assert groups(CREWS["co-hits"](evidence), least=1.0) == [frozenset({"p:a", "p:b", "p:c"})]
    assert groups(CREWS["co-hits"](evidence), least=2.0) == []


def test_hypergeometric_is_the_tail_of_common_targets(tmp_path: Path) -> None:
    contacts = [("a", "x", 0), ("a", "y", 1), ("b", "x", 10**6), ("b", "y", 10**6), ("c", "z", 3), ("c", "w", 4)]
    [(pair, score)] = CREWS["hypergeometric"](_folder(tmp_path, contacts, {}))
    assert pair == ("p:a", "p:b")
    assert score == pytest.approx(-math.log(1 / 6))  # two drawn of four targets are just those two


def test_convergence_counts_adults_who_wrote_first_and_their_poisson_tail(tmp_path: Path) -> None:
    ages = {"x": 13, "y": 14, "a": 30, "b": 30}
    evidence = _folder(tmp_path, [("a", "x", 0), ("b", "x", 1), ("c", "x", 2), ("x", "y", 3)], ages)
    assert CONVERGENCE["count"](evidence) == [("p:x", 3.0)]  # c declares nothing and is taken for an adult
    rate = 1.5
    tail = 1 - math.exp(-rate) * (1 + rate + rate**2 / 2)
    assert CONVERGENCE["poisson"](evidence) == [("p:x", pytest.approx(-math.log(tail)))]


def test_shells_share_a_device_or_a_name(tmp_path: Path) -> None:
    sessions = ["account_id,started_at,ip,device_id", "a,0,i,d1", "b,5,i,d1", "a,9,i,d1"]
    sessions += [f"s{k},1,i,school" for k in range(9)]
    (tmp_path / "sessions.csv").write_text("\n".join(sessions), encoding="utf-8")
    (tmp_path / "identifiers.csv").write_text("account_id,kind,value\nb,device,d2\nc,device,d2\nc,email,d1\n")
    (tmp_path / "accounts.csv").write_text("account_id,pseudonym\nc,fox\ne,fox\nf,Fox\ng,\nk,\n", encoding="utf-8")
    (tmp_path / "messages.csv").write_text("sent_at,sender_id,recipient_id\n0,a,b\n", encoding="utf-8")
    evidence = Evidence.read(tmp_path, platform="p")
    few = [("p:a", "p:b"), ("p:b", "p:c")]
    assert [pair for pair, _ in SHELLS["device of few"](evidence)] == few
    assert len(SHELLS["device"](evidence)) == 2 + 36
    assert [pair for pair, _ in SHELLS["device or name"](evidence)][:3] == [*few, ("p:c", "p:e")]


def test_average_precision_passes_over_neutral_items_and_counts_what_is_not_ranked() -> None:
    assert average_precision(["a", "n", "b", "c"], {"a", "c", "d"}, {"n"}) == pytest.approx((1 + 2 / 3) / 3)
    assert average_precision([], set()) == 0.0


def test_pair_f1_of_groups() -> None:
    right = pairs_of([{"a", "b", "c"}])
    assert right == {("a", "b"), ("a", "c"), ("b", "c")}
    assert pair_f1([("a", "b"), ("a", "z")], right) == pytest.approx(2 / 5)
    assert pair_f1([], []) == 0.0
