"""How is a crew planted into CollegeMsg?  Existing accounts of real private messages made to converge on victims."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from graph.detect.finding import Finding
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake

HOUR = 3600
Line = tuple[str, str, int]


@dataclass(frozen=True)
class PlantedCrew:
    """Five accounts; each of eight victims gets the first message of four of them within an hour."""

    members: frozenset[str]
    victims: frozenset[str]
    lines: tuple[Line, ...]

    def held_by(self, findings: Sequence[Finding]) -> Finding | None:
        """The best finding that holds two thirds of the members."""
        holding = [f for f in findings if 3 * len(self.members & set(f.members)) >= 2 * len(self.members)]
        return max(holding, key=lambda f: f.score, default=None)


class College:
    """The messages of CollegeMsg (SNAP): sender, recipient, epoch seconds."""

    def __init__(self, file: Path) -> None:
        lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines())
        self.lines: list[Line] = [(a, b, int(t)) for a, b, t in lines if t.isdigit()]
        partners: defaultdict[str, set[str]] = defaultdict(set)
        for sender, recipient, _ in self.lines:
            partners[sender].add(recipient)
            partners[recipient].add(sender)
        self.partners = {name: len(met) for name, met in sorted(partners.items())}

    def crew(self, random: Random, *, least_partners: int = 0, members: int = 5, victims: int = 8,
             comers: int = 4) -> PlantedCrew:
        """A crew of existing accounts with so many partners at least, at random times of the data's span."""
        crew = random.sample([name for name, met in self.partners.items() if met >= least_partners], members)
        chosen = random.sample([name for name in self.partners if name not in crew], victims)
        first, last = min(line[2] for line in self.lines), max(line[2] for line in self.lines)
        lines = []
        for victim in chosen:
            start = random.randint(first, last - HOUR)
            lines += [(name, victim, start + random.randint(0, HOUR)) for name in random.sample(crew, comers)]
        return PlantedCrew(
            frozenset(f"collegemsg:{name}" for name in crew), frozenset(f"collegemsg:{name}" for name in chosen),
            tuple(lines),
        )

    @contextmanager
    def lake(self, folder: Path, crews: Sequence[PlantedCrew] = ()) -> Iterator[Lake]:
        """The evidence of the data and the crews' lines, through real ingest."""
        folder.mkdir(parents=True)
        source = folder / "messages.txt"
        every = [*self.lines, *(line for crew in crews for line in crew.lines)]
        text = "".join(f"{sender} {recipient} {second}\n" for sender, recipient, second in every)
        source.write_text(text, encoding="utf-8")
        case = CaseFolder(folder / "workspace", "college").create()
        report = ingest([source], case=case, mapping="collegemsg")
        assert report.tables["messages"].accepted == len(every)
        with Lake(case) as lake:
            yield lake
