"""Reports count only from people the account had written to first, once each, and after that."""

from graph.detect.context import DetectionContext
from graph.detect.hubs_reports import reports_by_contacts
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
from ingest.lake import Lake
from tests.scenarios import at, full, private, write_table


def report(number, reported, reporter, minutes):
    return {"report_id": f"r{number}", "reported_id": reported, "reporter_id": reporter, "made_at": at(minutes)}


def test_only_later_reports_of_people_written_to_count_and_each_person_once(tmp_path):
    folder = tmp_path / "evidence"
    write_table(
        folder,
        "messages",
        [private("seeker", "a", 10), private("seeker", "b", 20), private("c", "seeker", 5), private("seeker", "c", 6)],
    )
    write_table(
        folder,
        "reports",
        [
            report(1, "seeker", "a", 30),
            report(2, "seeker", "a", 40),  # the same person again
            report(3, "seeker", "b", 15),  # before it wrote
            report(4, "seeker", "c", 50),  # who wrote first
            report(5, "seeker", "stranger", 50),  # never written to
            report(6, "a", "seeker", 50),  # the other way round
        ],
    )
    write_table(folder, "accounts", [{"account_id": name, "platform": "town"} for name in ("seeker", "a", "b", "c")])
    case = CaseFolder(tmp_path, "c").create()
    ingest([folder], case=case)
    with Lake(case) as lake:
        (seeker,) = full("seeker")
        found = reports_by_contacts(DetectionContext(lake), [seeker, *full("a")])
    assert found == {seeker: ("reports:r1",)}
