"""Convergence: accounts that come, in twos, wherever there is something."""

import pytest

from tests.unit.graph.detect.test_convergence import found, platform, rush

__all__ = ["platform"]


@pytest.mark.parametrize(("gap", "tier"), [
    (30, "moderate"),  # each of four on two other days with another of them
    (0.1, "strong"),  # all in one hour: one occasion
])
def test_members_who_meet_again_in_twos_are_no_strong_lead(platform, tmp_path, gap, tier):
    rush(platform, "t5", platform.adults[:7], 700)
    pairs = [platform.adults[:2], platform.adults[2:4], platform.adults[:3:2], platform.adults[1:4:2]]
    for place, pair in enumerate(pairs):
        platform.account(f"seller{place}", age=40)
        rush(platform, f"seller{place}", pair, 300 + place * gap)
    finding = found(platform, tmp_path)[0]["t5"]
    assert finding.tier == tier
    told = [item for item in finding.counter_evidence if item.measure == "regulars"]
    assert [item.observed for item in told] == ([4] if tier == "moderate" else [])
    assert all(item.detail_fr for item in told)
