"""The weight of evidence: what each signal adds, and what it must not be moved by."""

import math

import numpy as np
import pytest

from graph.detect.hubs_ages import affinity, age_groups, senders
from graph.detect.hubs_counted import Contacts
from graph.detect.hubs_hours import Hours
from graph.detect.hubs_model import WeightParameters
from graph.detect.hubs_weight import weigh

GROUPS = age_groups(18)
YOUNG, GROWN, UNKNOWN = 1, 5, GROUPS.unknown  # 13 to 15, 28 to 37


class Platform:
    """Adults who write mostly to adults and teenagers who write mostly to teenagers, in one crowd of both."""

    def __init__(self, *, adults: int = 60, teens: int = 40, each: int = 8) -> None:
        self.random = np.random.default_rng(1)
        self.own: list[int] = []
        self.rows: list[tuple[int, int, int, int]] = []  # account, group, recipient, closed
        self.awake: dict[tuple[int, int], int] = {}  # (account, cell): hours
        for group, count in ((GROWN, adults), (YOUNG, teens)):
            for _ in range(count):
                account = self.account(group)
                for _ in range(each):
                    alike = self.random.random() < 0.85
                    self.write(account, group if alike else YOUNG + GROWN - group, closed=group == YOUNG and alike)

    def account(self, group: int) -> int:
        self.own.append(group)
        return len(self.own) - 1

    def write(self, account: int, group: int, *, to: int = -1, closed: bool = False) -> None:
        self.rows.append((account, group, to, int(closed)))

    def hours(self) -> Hours:
        account, cell = (np.array([key[i] for key in sorted(self.awake)], dtype=np.int64) for i in (0, 1))
        return Hours(account, cell, np.array([float(self.awake[key]) for key in sorted(self.awake)]))

    def weights(self, *accounts: int, **options):
        return self.weighed(*accounts, **options).items

    def weighed(self, *accounts: int, present_also: dict[int, float] | None = None, **options):
        rows = sorted(self.rows)
        account, group, recipient, closed = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
        own = np.array(self.own, dtype=np.int64)
        present = np.full((len(rows), GROUPS.size), 0.01)
        present[:, YOUNG], present[:, GROWN] = 0.4, 0.5
        for also, weight in (present_also or {}).items():
            present[:, also] = weight
        contacts = Contacts(
            account=account, group=group, sender_group=own[account], recipient=recipient,
            opportunity=present / present.sum(axis=1, keepdims=True), closed=closed, own=own,
            role=np.zeros(len(own), dtype=np.int64),
            hours=self.hours(),
        )
        return weigh(contacts, np.array(accounts, dtype=np.int64), GROUPS, WeightParameters(**options))


@pytest.fixture
def platform():
    return Platform()


def seeker(platform, own, minors, others=0, *, unknown=0, closed=False):
    account = platform.account(own)
    for group, count in ((YOUNG, minors), (GROWN, others), (UNKNOWN, unknown)):
        for _ in range(count):
            platform.write(account, group, closed=closed and group == YOUNG)
    return account


def test_an_adult_who_writes_to_minors_outweighs_one_who_writes_as_adults_do(platform):
    seeking, ordinary = seeker(platform, GROWN, 20, 3), seeker(platform, GROWN, 3, 20)
    high, low = platform.weights(seeking, ordinary)
    assert high.ratio > 5.0
    assert low.ratio < 0.0


def test_people_of_unknown_age_do_not_move_the_ratio(platform):
    plain, more = seeker(platform, GROWN, 12, 3), seeker(platform, GROWN, 12, 3, unknown=15)
    one, other = platform.weights(plain, more)
    assert one.ratio == pytest.approx(other.ratio, abs=1e-9)


def test_a_teenager_among_friends_weighs_less_than_one_whose_minors_know_nobody_it_knows(platform):
    friends, star = seeker(platform, YOUNG, 20, 2, closed=True), seeker(platform, YOUNG, 20, 2)
    among, alone = platform.weights(friends, star)
    assert among.ratio < alone.ratio - 3.0
    assert among.ratio < 0.0


@pytest.mark.parametrize("own", [YOUNG, UNKNOWN])
def test_adults_who_write_to_an_account_speak_against_a_teenage_holder(platform, own):
    quiet, visited = seeker(platform, own, 12, 3), seeker(platform, own, 12, 3)
    young = seeker(platform, own, 12, 3)
    for number in range(8):
        platform.write(number, own, to=visited)  # the first accounts are adults
        platform.write(60 + number, own, to=young)  # then the teenagers
    none, adults, teens = platform.weights(quiet, visited, young)
    assert (adults.from_minors, adults.from_known, teens.from_minors) == (0, 8, 8)
    assert teens.adult < none.adult < adults.adult
    assert none.adult == pytest.approx(none.stated)
    assert teens.ratio < none.ratio < adults.ratio


def test_a_teenage_age_is_doubted_where_the_hours_are_those_of_adults(platform):
    for account, own in enumerate(platform.own):
        platform.awake[account, 22 if own == GROWN else 17] = 10
    kept, broken = seeker(platform, YOUNG, 12), seeker(platform, YOUNG, 12)
    platform.awake[kept, 17], platform.awake[broken, 22] = 10, 10
    as_teenagers, as_adults = platform.weights(kept, broken)
    assert as_adults.ratio > as_teenagers.ratio + 1.0


def mailing(platform, account, first, last):
    """The contacts of an account (from the ``first`` to before the ``last``, minors first) that one text opened."""
    rows = [place for place, row in enumerate(sorted(platform.rows)) if row[0] == account]
    flags = np.zeros(len(platform.rows), dtype=bool)
    flags[rows[first:last]] = True
    return flags


def test_a_mailing_to_those_present_leaves_the_rest_to_speak(platform):
    sender = seeker(platform, GROWN, 40, 50)
    weighed = platform.weighed(sender)
    (untold,) = weighed.items
    (told,) = weighed.apart([0], mailing(platform, sender, 0, 85))
    assert untold.mailed == 0.0
    assert told.mailed > 0.9
    assert told.ratio < 0.0 < platform.weights(seeker(platform, GROWN, 40, 5))[0].ratio
    assert told.reach > 0.9 > untold.reach
    assert told.total(temper=0.5) == pytest.approx(0.5 * told.ratio + told.begun - math.log(told.reach))


def test_one_text_that_goes_to_minors_clears_nobody(platform):
    sender = seeker(platform, GROWN, 25, 3)
    weighed = platform.weighed(sender)
    (told,) = weighed.apart([0], mailing(platform, sender, 0, 28))
    assert told.mailed < 0.1
    assert told.reach == pytest.approx(weighed.items[0].reach, rel=0.1)
    assert told.ratio > 3.0


def test_a_text_that_opens_as_many_chats_with_anybody_is_hardly_a_mailing(platform):
    sender = seeker(platform, GROWN, 20, 30)
    weighed, flags = platform.weighed(sender), mailing(platform, sender, 18, 30)
    plain, same, likely = (weighed.apart([0], flags, ordinary=ordinary)[0] for ordinary in (None, [0.5], [10.0]))
    assert plain == same
    assert likely.mailed < plain.mailed / 3
    assert weighed.items[0].ratio > likely.ratio > plain.ratio or weighed.items[0].ratio < likely.ratio < plain.ratio


def test_a_mailing_counts_by_its_share_without_a_step(platform):
    sender = seeker(platform, GROWN, 30, 35)
    weighed = platform.weighed(sender)
    ratios = [weighed.apart([0], mailing(platform, sender, 30 - n, 30 + n))[0].ratio for n in range(31)]
    assert ratios[0] == pytest.approx(weighed.items[0].ratio)
    assert max(abs(np.diff(ratios))) < 1.0  # a contact more or less of each age
    assert ratios[30] < ratios[25] < ratios[15] < ratios[0]


def test_one_whom_others_write_to_as_often_weighs_less(platform):
    alone, sought = seeker(platform, GROWN, 20, 3), seeker(platform, GROWN, 20, 3)
    for number in range(20):
        platform.write(number, GROWN, to=sought)
    one, other = platform.weights(alone, sought)
    assert other.begun < one.begun


def test_who_writes_to_anybody_writes_to_adults_of_any_age_too():
    platform = Platform()
    for _ in range(30):
        platform.write(platform.account(GROWN + 1), GROWN + 1)
    same, mixed = (platform.account(GROWN) for _ in range(2))
    for account, share in ((same, 0), (mixed, 10)):
        for group, count in ((YOUNG, 12), (GROWN, 25 - share), (GROWN + 1, share)):
            for _ in range(count):
                platform.write(account, group)
    among_its_own, among_all = platform.weights(same, mixed, present_also={GROWN + 1: 0.3})
    assert among_its_own.ratio > among_all.ratio + 2.0


def test_reaching_more_strangers_is_rarer_and_few_are_no_surprise(platform):
    few, some, many = platform.weights(*(seeker(platform, GROWN, n, 5) for n in (4, 12, 40)))
    assert few.reach == 1.0
    assert 1.0 > some.reach > many.reach > 0.0


def test_nobody_tested_gives_no_weights(platform):
    assert platform.weights() == []


def test_the_seekers_do_not_hide_each_other(platform):
    alone = platform.weights(seeker(platform, GROWN, 20, 3))[0].ratio
    crowd = [seeker(platform, GROWN, 20, 3) for _ in range(6)]
    assert platform.weights(*crowd)[0].ratio > 0.7 * alone


@pytest.mark.parametrize("wrong", [{"lies": 0.0}, {"raised_odds": (0.5,)}, {"raised_odds": ()}, {"temper": 1.5}])
def test_parameters_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError):
        WeightParameters(**wrong)


def test_age_groups_lie_around_the_adult_age():
    assert age_groups(18).bounds == (13, 16, 18, 22, 28, 38, 50)
    assert age_groups(18).minors == 3
    assert (age_groups(15).bounds[:2], age_groups(15).minors) == ((13, 15), 2)
    assert age_groups(12).minors == 1


def test_affinity_finds_the_factors_that_made_the_choices():
    present = np.tile(np.array([0.5, 0.3, 0.2]), (3000, 1))
    true = np.array([4.0, 1.0, 1.0])
    chances = present[0] * true / (present[0] * true).sum()
    chosen = np.repeat(np.arange(3), np.rint(3000 * chances).astype(int))[:3000]
    chooser = np.zeros(len(chosen), dtype=np.int64)
    found = affinity(present[: len(chosen)], chooser, chosen, np.ones(len(chosen)))
    assert found[0] / found[0, 1] == pytest.approx(true, rel=0.02)
    assert found[1] == pytest.approx([1.0, 1.0, 1.0])  # nobody of that group chose: as opportunity has it


def test_senders_are_shares_drawn_to_all():
    found = senders(np.array([0, 0, 1]), np.array([1, 1, 0]), np.ones(3), 2)
    assert found.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert found[0, 1] > found[1, 1]
