"""Who writes to everybody, or to a list of all, is no hub by the minors among them."""

from tests.unit.graph.detect.hubs.found import approach, hubs_of
from tests.unit.graph.detect.small_platform import Platform


def test_a_mailing_to_everybody_by_an_undeclared_moderator_is_at_most_weak(tmp_path):
    platform = Platform()
    platform.ordinary_life()
    platform.account("mod", age=29)
    for crowd, count in ((platform.teens, 20), (platform.adults, 30)):
        approach(platform, "mod", crowd, count, text="please read the rules of the room")
    finding = hubs_of(platform, tmp_path).get("mod")
    assert finding is None or finding.tier == "weak"


def test_who_writes_to_a_list_of_all_accounts_draws_its_minors_too_though_they_were_not_there(tmp_path):
    """60 accounts of all, eight minors among them, were a lead: it wrote at an hour when adults alone were there."""
    platform = Platform(adults=300)
    platform.ordinary_life()
    for name in platform.adults:
        platform.post(name, 700.0 + platform.random.random())
    platform.account("lists", age=30)
    platform.post("lists", 700.2)
    for i, target in enumerate(platform.random.sample([*platform.adults, *platform.teens], 60)):
        platform.meet("lists", target, answered=False, hours=700.9 + i / 80)
    finding = hubs_of(platform, tmp_path).get("lists")
    assert finding is None or finding.tier == "weak"
