"""What does the shells detection assume?  Its parameters, with the reason for each default."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# m: how often two accounts of one operator agree on a kind of value, when both have one
_AGREEMENT = {
    "device": 0.75, "address": 0.6, "cookie": 0.6, "agent": 0.5, "payment": 0.5, "phone": 0.3, "email": 0.15,
    "avatar": 0.2, "name": 0.35, "other": 0.3,
}


# the same for two people who share a home, a school's computers or a family account: things agree, conduct does not
_SHARING = {
    "device": 0.5, "address": 0.8, "cookie": 0.35, "agent": 0.3, "payment": 0.35, "phone": 0.1, "email": 0.02,
}


# how often two accounts have a value that names one holder by design and nothing to do with each other, in units of one
# holder among all accounts with the kind: a number given out again, a typing error
_COINCIDENCE = {"email": 0.02, "phone": 0.1, "payment": 0.1, "cookie": 0.1}


@dataclass(frozen=True)
class ShellParameters:
    """Parameters of the shells detection; see docs/methods.md.  Weights are in bits (log2 of a likelihood ratio).

    - ``agreement``: m by kind of value, as expert priors; a team with labelled rings can put its own.
    - ``sharing``: how often two different people agree who share a home, a school's computers or a family account;
      ``sharing_bits``: log2 odds of one operator against such a pair, in a home of up to ``home_size``
      accounts (eight to one); a larger place has more such pairs (``evidence.place_prior``).  ``further_bits``: what
      each account after two says over people who share a place: of homes with two people on one platform, half at most
      have a third (household sizes), while who runs three accounts easily runs a fourth.
    - ``companions``: how many further accounts an account has on average, which gives the prior over strangers.  Of
      Facebook's active accounts 10 to 11 % were duplicates of another (its annual reports for 2017 to 2020), so between
      a fifth and a quarter of all accounts stood in such a pair.
    - ``coincidence``: by kind, u for values that name one holder by design; other kinds (pictures, names) are common by
      choice.  ``dressed``: how often the alike names of one operator are written in two ways (``orage``, ``or4ge``); u
      is how often two accounts of one stem do so on this platform.
    - ``email_across``: m of an e-mail address between platforms, where nothing bars its second use.
    - ``left_out``: kinds of identifier that are not looked at, as an evaluation does that takes them for its truth.
    - ``most_holders``: a value that more accounts hold (a carrier, a school, a café) links nobody and is noted.
    - ``most_names``: the same for a name skeleton.
    - ``handover_s``: one account ends and another begins within so many seconds; ``loose_handover_s``: the same where
      an account's presence is known from its messages only, bursts no more than ``burst_gap_s`` apart.
    - ``turn_share``, ``device_turn_share``: the share of visits after which the other of two people who share a place,
      or one device, begins at once by custom, beyond chance.
    - ``own_device_bits``: over people who share a place, what it says that both use common devices only
      (``all_share`` of their sessions or more), more than one such device, or mostly others (under half).
    - ``burst_s``: two accounts were created within so many seconds; ``home_birth_bits``: the most
      that this says over people of one home, who sign up together.
    - ``talk_messages``: private messages each way from which two accounts count as two people who converse.
    - ``talk_bits``, ``gender_bits``, ``age_bits``: what conversation and differing profiles take away; profiles weigh
      little, because shells lie.
    - ``age_years``: declared ages further apart than that differ.
    - ``acquainted_share``: the share of first contacts (of the one with fewer) that two people who share a place have
      in common beyond chance, a circle of friends counted once; ``target_bits``: the most that one common target may
      add, and twice that several, as far as the null was found to hold (a chance of 1 in 2,000).
    - ``most_behaviour_bits``: the most that one kind of behaviour may add, ``most_turn_bits`` the most that hand-overs
      may, since they repeat independently; ``least_overlap_bits``: the most that being online at once on different
      devices takes away, and where it takes away so much hand-overs add nothing (two machines hand over all the time);
      ``most_name_bits``: the most that a name may add, because people imitate each other.
    - ``same_rooms``: how often one habit of rooms is behind the accounts of one operator; else each has its own, so
      differing rooms take one bit away at most (of two platform generators one gives operators one habit).
      ``most_room_bits``: the most that common rooms add (``home_birth_bits`` over people of one home), because friends
      and people of one age and taste meet in them.
    - ``family_bits``: a family of evidence counts as present from here; two families at least must be.
    - ``link``: posterior from which a pair counts as linked; ``moderate``, ``strong``: tiers of a whole group
      (strong: 1 in 20 may be wrong, as the tier promises).
    - ``largest_component``: linked sets with more accounts are first cut at the ``strong`` posterior.
    """

    agreement: Mapping[str, float] = field(default_factory=lambda: dict(_AGREEMENT))
    sharing: Mapping[str, float] = field(default_factory=lambda: dict(_SHARING))
    coincidence: Mapping[str, float] = field(default_factory=lambda: dict(_COINCIDENCE))
    companions: float = 0.25
    dressed: float = 0.5
    sharing_bits: float = -3.0
    home_size: int = 8
    further_bits: float = 1.0
    email_across: float = 0.7
    left_out: tuple[str, ...] = ()
    most_holders: int = 25
    most_names: int = 10
    handover_s: int = 180
    loose_handover_s: int = 900
    burst_gap_s: int = 1800
    turn_share: float = 0.05
    device_turn_share: float = 0.15
    all_share: float = 0.9
    own_device_bits: tuple[float, float, float] = (2.5, 1.5, -1.5)
    burst_s: int = 3600
    home_birth_bits: float = 2.0
    talk_messages: int = 3
    talk_bits: float = -5.0
    gender_bits: float = -0.5
    age_bits: float = -0.7
    age_years: int = 5
    acquainted_share: float = 0.05
    target_bits: float = 5.0
    most_turn_bits: float = 14.0
    most_name_bits: float = 11.0
    most_behaviour_bits: float = 6.0
    least_overlap_bits: float = -12.0
    same_rooms: float = 0.5
    most_room_bits: float = 4.0
    family_bits: float = 2.0
    link: float = 0.5
    moderate: float = 0.8
    strong: float = 0.95
    largest_component: int = 200

    def __post_init__(self) -> None:
        if not 0 < self.link < self.moderate < self.strong < 1:
            raise ValueError("0 < link < moderate < strong < 1 must hold")
        if any(not 0 < value < 1 for value in (*self.agreement.values(), *self.sharing.values())):
            raise ValueError("agreement and sharing lie between 0 and 1 for every kind")
        if not (0 < self.dressed < 1 and 0 < self.same_rooms < 1 and self.companions > 0):
            raise ValueError("dressed and same_rooms lie between 0 and 1, and companions is positive")
        if self.most_holders < 2 or self.most_names < 2 or self.home_size < 2:
            raise ValueError("most_holders, most_names and home_size are at least 2")
        if self.handover_s < 1 or self.burst_s < 1:
            raise ValueError("handover_s and burst_s are at least a second")

    def m(self, kind: str) -> float:
        return self.agreement.get(kind, self.agreement.get("other", _AGREEMENT["other"]))
