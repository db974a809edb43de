"""The hubs of a small platform by account, each checked for records that are there; how an account approaches many."""



from graph.detect.context import DetectionContext
from graph.detect.finding import Finding
from graph.detect.hubs import HubParameters, find_hubs
from tests.unit.graph.detect.small_platform import lake_of, write_folder


def hubs_of(platform, tmp_path, **parameters) -> dict[str, Finding]:
    source = write_folder(tmp_path / "source", platform.tables())
    with lake_of(tmp_path / "workspace", [source]) as lake:
        findings = find_hubs(DetectionContext(lake), HubParameters(**parameters))
        for finding in findings:
            for part in (*finding.reasons, *finding.counter_evidence):
                assert len(lake.records(part.records)) == len(part.records)
    return {finding.members[0].split(":", 1)[1]: finding for finding in findings}


def codes(parts) -> list[str]:
    return [part.code for part in parts]


def approach(platform, name, crowd, count, **options):
    for target in platform.random.sample(crowd, count):
        platform.meet(name, target, answered=platform.random.random() < 0.3, **options)
