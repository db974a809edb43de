"""What does the ambush detection assume?  Its parameters, with the reason for each default."""

from dataclasses import dataclass

from graph.detect.parameters import Parameters, setting

PARTS = {
    "attendance": "Members there each time",
    "answers": "Targets who answer",
    "company": "Others on the same targets at once",
    "young": "Members who are minors",
    "newcomers": "Targets on their first day",
    "minors": "Minors among the targets",
}
"""What speaks beside the meetings; ``AmbushParameters.parts`` leaves some out."""


@dataclass(frozen=True)
class AmbushParameters(Parameters):
    """Parameters of the ambush detection; see docs/methods/ambush.md."""

    windows_s: tuple[int, ...] = setting(
        (900, 3600, 21_600, 86_400), label="Time windows", unit="seconds, ascending", at_least=1,
        why="people who act at a call come within minutes, those who come when they see it within a day; a group keeps "
        "its best window, at the price of a test for each",
    )
    min_victims: int = setting(
        3, label="Targets, at least", unit="targets", at_least=2, why="two can be chance for almost everybody"
    )
    min_crew: int = setting(
        3, label="Members, at least", unit="members", at_least=2, why="two accounts are a pair of friends"
    )
    largest_crew: int = setting(
        12, label="Members of a group, at most", unit="members", at_least=3,
        why="larger linked sets are cut into communities"
    )
    max_crowd: int = setting(
        200, label="Accounts around a target, at most", unit="accounts", at_least=12,
        why="a target with more around it within a window is popular: it links no pairs, and is noted",
    )
    chance_links: tuple[float, ...] = setting(
        (0.5, 4.0), label="Links by chance, per account", unit="links an account, ascending", above=0,
        why="pairs are linked when so surprising that an account has so many such links by chance: first few, then "
        "more among those in no crew",
    )
    arrival_s: int = setting(
        86_400, label="Time a target counts as newly arrived", unit="seconds", at_least=1,
        why="a target first seen less than so long ago is an arrival, judged apart"
    )
    stratum_contacts: int = setting(
        300, label="First contacts taken together, at least", unit="first contacts", at_least=1,
        why="days are merged until they hold so many; in fewer a crew would explain itself",
    )
    custom_prior: float = setting(
        10.0, label="Weight of no habit", unit="appearances", at_least=0,
        why="so many without a contact are added to what an account was beside, before its habit is estimated",
        source="shrinkage to no habit",
    )
    slack: float = setting(
        1.4, label="Tolerance for chance meetings", unit="times", at_least=1,
        why="members may come together by chance that much more often than their activity and habits say, for hours "
        "and tastes they share; measured on real messages to which nothing was added",
    )
    frailty: float = setting(
        10.0, label="Likeness of groups to each other", unit="shape of a gamma distribution", above=0,
        why="groups differ by a common factor; a smaller shape lets more meetings of little weight be custom",
        source="Vaupel, Manton and Stallard 1979, Demography 16:439",
    )
    unmodelled: float = setting(
        1e-3, label="Groups met for reasons unknown", unit="share of groups", above=0, below=1,
        why="groups brought together by something that the method does not know of: meetings alone never speak louder",
    )
    signal_cap: float = setting(
        8.0, label="Weight of another signal, at most", unit="nats", above=0,
        why="no signal beside the meetings speaks louder"
    )
    moderate: float = setting(
        5.5, label="Bound of a moderate lead", unit="nats",
        why="0.004 such groups are to be expected by chance; of the leads from 3 up to here one of 49 was right, on "
        "test platforms",
    )
    strong: float = setting(
        8.6, label="Bound of a strong lead", unit="nats",
        why="0.0002 such groups are to be expected by chance; of 54 simulated groups from 8.2 on four are friends"
    )
    strong_times: float = setting(
        1.5, label="Excess of meetings required of a strong lead", unit="times", at_least=1,
        why="a strong lead came that much more often than chance and custom give: below it 3 of 10 were wrong, above "
        "it none of 290",
    )
    parts: tuple[str, ...] = setting(
        tuple(PARTS), choices=PARTS, label="Signals in use", unit="signals",
        why="what speaks beside the meetings; leave one out to see what it contributes"
    )
    seed: int = setting(
        7, label="Start of the search for groups", unit="any number",
        why="any number; the same one gives the same groups, so that a run can be repeated"
    )

    def check(self) -> None:
        for name in ("windows_s", "chance_links"):
            value = getattr(self, name)
            if tuple(sorted(set(value))) != value:
                raise ValueError(f"{name} is ascending, without repeats")
        if not self.moderate < self.strong:
            raise ValueError(f"moderate {self.moderate} must lie below strong {self.strong}")
