"""How well are rooms found that adults visit to find minors?  Look-alikes are every other room of the platform.

In worlds without such rooms every strong room is wrong; whom planted seekers met there is told beside it.
"""

from collections.abc import Sequence

from graph.detect.finding import Finding
from tests.benchmarks.scores.score import Score, average_precision, by_style
from workbench.sample.truth import Truth


def score(truth: Truth, findings: Sequence[Finding]) -> Score:
    """Average precision by room; planted rooms in the upper tiers, by variant; rooms that are wrong, by their part."""
    groups = truth.of("room")
    rooms = {member for group in groups for member in group.members}
    parts = {group.members[0]: group.kind for group in truth.groups if "adults" in group.details}
    told = {finding.members[0] for finding in findings if finding.tier != "weak"}
    strong = {finding.members[0] for finding in findings if finding.tier == "strong"}
    found = [group for group in groups if group.members[0] in told]
    wrong = sorted(parts.get(room, "ordinary room") for room in strong - rooms)
    met = {target for finding in findings if finding.members[0] in told for target in finding.targets}
    sought = truth.seekers
    named = [
        (record.removeprefix("accounts:") in sought) for finding in findings if finding.members[0] in told
        for record in finding.reasons[0].records
    ]
    return Score(
        {"average precision": average_precision([f.members[0] for f in findings], rooms)},
        {
            "found": (len(found), len(groups)),
            "found strong": (len(strong & rooms), len(groups)),
            **by_style(groups, found, "found"),
            "moderate or strong but wrong": (len(told - rooms), len(told)),
            "strong but wrong": (len(strong - rooms), len(strong)),
            **{f"strong but wrong: {part}": (wrong.count(part), len(strong)) for part in dict.fromkeys(wrong)},
            "minors told of whom a planted adult sought": (
                len(met & {t for group in truth.groups if group.planted for t in group.targets}), len(met)
            ),
            "adults told of who are planted": (sum(named), len(named)),
        },
    )
