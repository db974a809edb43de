"""A small platform for shell tests: people at home each evening, to whom rings, homes and schools are added."""

from random import Random

from graph.detect.context import DetectionContext
from graph.detect.shells import ShellParameters, find_shells
from tests.unit.graph.detect.relational_evidence import WrittenEvidence, at

DAY = 86400


class Platform:
    """Four hundred accounts with their own devices and addresses, online each evening; rings and homes are added."""

    def __init__(self, seed=1):
        self.rng = Random(seed)
        self.accounts, self.sessions, self.identifiers, self.messages = [], [], [], []
        for i in range(400):
            self.account(f"u{i:03d}", name=self.word())
            self.evenings([f"u{i:03d}"], device=f"d{i}", ip=f"10.0.{i // 250}.{i % 250}")

    def word(self):
        return "".join(self.rng.choice("bcdfgklmnprst") + self.rng.choice("aeou") for _ in range(4))

    def account(self, name_id, *, name, **more):
        self.accounts.append(
            {"account": f"c:{name_id}", "pseudonym": name, "created_at": at(self.rng.uniform(-90, 0) * DAY), **more}
        )

    def session(self, account, start, end, device, ip):
        self.sessions.append({
            "account": f"c:{account}", "started_at": at(start), "ended_at": at(end), "device_id": device, "ip": ip,
        })

    def evenings(self, names, *, device, ip, days=20):
        for day in range(days):
            for name in names:
                if self.rng.random() < 0.7:
                    start = day * DAY + self.rng.uniform(17, 21) * 3600
                    self.session(name, start, start + self.rng.uniform(600, 3600), device, ip)

    def ring(self, names, *, device, ip, days=20):
        """One person: an account after the other, with a minute between."""
        for day in range(days):
            moment = day * DAY + self.rng.uniform(17, 20) * 3600
            for name in self.rng.sample(names, len(names)):
                length = self.rng.uniform(600, 1800)
                self.session(name, moment, moment + length, device(name), ip)
                moment += length + 60

    def found(self, **parameters):
        evidence = WrittenEvidence(
            accounts=self.accounts, sessions=self.sessions, identifiers=self.identifiers, messages=self.messages
        )
        return find_shells(DetectionContext(evidence), ShellParameters(**parameters))


def members(findings, *, tiers=("strong", "moderate", "weak")):
    return [finding.members for finding in findings if finding.tier in tiers]
