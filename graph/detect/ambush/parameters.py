"""What does the ambush detection assume?  Its parameters, with the reason for each default."""

from dataclasses import dataclass

MOST_MINOR_BITS = 6.0  # minors among the targets weigh this much at most, either way


@dataclass(frozen=True)
class AmbushParameters:
    """Parameters of the ambush detection; see docs/methods.md.

    - ``windows_s``: co-hits are looked for within each of these windows (seconds, ascending): ten minutes for people
      who act at a call, an hour, six hours and a day for those who come when they see it.  A group keeps its best
      window, at the price of a test for each; a wide window holds more co-hits by chance, and its null says so.
    - ``min_victims``, ``min_crew``: a group needs that many members, and that many targets on which at least two of
      them met, two of these with ``min_crew`` members or more.
    - ``chance_links``: pairs are linked for grouping when so surprising that an account has at most this many such
      links by chance, and ``link_p`` at most; the group is then tested as a whole.
    - ``loose_chance_links``, ``loose_link_p``: the same for those who are in no crew after that.
    - ``alpha``: a group is reported when its bound ``q`` over all groups of its size is at most this, or when the
      likelihood ratio of minors, talk and reports brings it down to half of this and nothing speaks against.
    - ``join_fdr``: of those who join a crew that is beyond chance without them, so many may be there by chance.
    - ``usual_ties``, ``tie_cap``: the share of a crew's members that an outsider at the same targets knows, a judgement
      well above what accounts know of each other; how much knowing them can speak for who joins, as talk does.
    - ``talk_bits``: what talk around the convergences weighs there (log2 of the likelihood ratio).
    - ``report_ratio``, ``reports_cap``: each of the first so many reports by targets weighs there as that likelihood
      ratio; never in the tier, as anyone can report anyone.
    - ``strong_q``: ``q`` for the strong tier; ``backed_q``: where two signs besides the convergences speak for it.
    - ``full_crowd``: up to so many accounts on a victim within the window, as many as a crew may have
      (``largest_crew``), a co-hit counts in full; above, it counts ``full_crowd / crowd``.
    - ``max_crowd``: with more accounts than that a target is popular: its co-hits (each would count less than
      ``full_crowd / max_crowd``) are left out and their number is noted.
    - ``arrival_s``: a target first seen less than so long ago is an arrival; arrivals have a null of their own.
    - ``stratum_contacts``: days are merged until they hold so many first contacts; the null is fitted within.
    - ``largest_crew``: a linked set larger than this is split into communities.
    - ``rush_coverage``: a group that converges on at least this share of all arrivals it was beside is consistent
      with regulars who greet everybody.
    - ``greeting_share``: the share of arrivals among the targets of those who greet; a group greets when that explains
      its targets ``greeting_ratio`` times better than the share among everybody's first contacts.
    - ``outsider_share``: a target is crowded if more than this share of those around are outsiders; a group most of
      whose targets are crowded came with a crowd.
    - ``company_share``: the same for a group for which nothing speaks but its meetings: a third, one other for two
      members.
    - ``same_text``: openings with a member's commonest text; from this share on they are form letters, as with hubs.
    - ``chatter_ratio``: messages among members around the convergences, relative to their usual rate, that count
      as a call.
    - ``answered_share``: of the contacts answered is how friends are met, unless minors are sought.
    - ``seed``: of the community search.
    """

    windows_s: tuple[int, ...] = (600, 3600, 21_600, 86_400)
    min_victims: int = 3
    min_crew: int = 3
    chance_links: float = 0.2
    link_p: float = 1e-3
    loose_chance_links: float = 0.5
    loose_link_p: float = 5e-3
    alpha: float = 0.05
    join_fdr: float = 0.1
    usual_ties: float = 0.1
    tie_cap: float = 8.0
    talk_bits: float = 3.0
    report_ratio: float = 3.0
    reports_cap: int = 3
    strong_q: float = 1e-3
    backed_q: float = 1e-2
    full_crowd: int = 12
    max_crowd: int = 200
    arrival_s: int = 86_400
    stratum_contacts: int = 300
    largest_crew: int = 12
    rush_coverage: float = 0.5
    greeting_share: float = 0.9
    greeting_ratio: float = 4.0
    outsider_share: float = 0.5
    company_share: float = 1 / 3
    same_text: float = 0.8
    chatter_ratio: float = 3.0
    answered_share: float = 0.9
    seed: int = 7

    @property
    def most_q(self) -> float:
        """Above this no evidence of another kind can make up for chance."""
        return self.alpha / 2 * float(2 ** (MOST_MINOR_BITS + self.talk_bits)) * self.report_ratio**self.reports_cap

    def __post_init__(self) -> None:
        if not self.windows_s or any(window < 1 for window in self.windows_s):
            raise ValueError("windows_s needs at least one window of a second or more")
        if tuple(sorted(set(self.windows_s))) != self.windows_s:
            raise ValueError("windows_s is ascending, without repeats")
        if self.min_victims < 2 or self.min_crew < 2:
            raise ValueError("min_victims and min_crew are at least 2")
        if not 0 < self.strong_q <= self.backed_q <= self.alpha < 1:
            raise ValueError("0 < strong_q <= backed_q <= alpha < 1 must hold")
        if not (0 < self.join_fdr < 1 and 0 < self.usual_ties < 1 and self.tie_cap >= 1):
            raise ValueError("join_fdr and usual_ties lie between 0 and 1, tie_cap is at least 1")
        if not 2 <= self.full_crowd <= self.max_crowd:
            raise ValueError("full_crowd is at least 2 and at most max_crowd")
