"""Who writes to many because of a task?  Moderators, a helpline, and advertisers with one text; and false reports."""

from tests.benchmarks.grafted.stage import DAY, Stage


def plant_officials(stage: Stage) -> None:
    rng = stage.rng("officials")
    for role, label, count, reach in (
        ("moderator", "moderator", int(rng.integers(2, 6)), (15, 61)), ("helpline", "helpline", 1, (10, 26)),
    ):
        fits = stage.adults(least=25, days=4.0) or stage.adults(least=10)
        for k in rng.permutation(len(fits))[:count].tolist():
            who = fits[k]
            stage.label(who, label)
            young, drawn = (True, 0.8) if role == "helpline" else (None, 0.2)
            for other, at in stage.met_at(rng, who, int(rng.integers(*reach)), minor=young):
                one, two = (other, who) if rng.random() < drawn else (who, other)
                stage.graft(rng, one, two, at, answers=0.6)
            stage.role[who] = role
    for k in range(int(rng.integers(1, 4))):
        fits = stage.adults(least=6)
        if not fits:
            return
        who = fits[int(rng.integers(len(fits)))]
        stage.label(who, "advertiser")
        start = float(rng.choice(stage.moments[who]))
        there = stage.present(start, DAY)
        text = ("cheap headphones on https://sound.example", "join our chess club https://chess.example",
                "free stickers on https://sticker.example")[k]
        for n, other in enumerate(rng.permutation(there)[: int(rng.integers(40, 81))].tolist()):
            if other != who and not stage.know(who, other):
                at = start + 45.0 * n + float(rng.uniform(0, 30))
                stage.write(at, who, other, text)
                if rng.random() < 0.1:
                    stage.write(at + float(rng.exponential(900)), other, who)


def false_reports(stage: Stage) -> None:
    """Reports on people who did nothing: by mistake, out of a quarrel, or by three who want one gone."""
    rng = stage.rng("reports")
    harmless = sorted(stage.benign)
    lively = [w for w in range(stage.count) if len(stage.moments[w]) >= 10]
    for _ in range(int(rng.integers(8, 8 + max(4, stage.count // 150)))):
        pool = harmless if rng.random() < 0.3 and harmless else lively
        who = pool[int(rng.integers(len(pool)))]
        near = sorted(stage.friends[who])
        if near:
            reason = ("spam", "rude", "bothers me", "insults", "")[int(rng.integers(5))]
            stage.reports.append((who, near[int(rng.integers(len(near)))], float(rng.uniform(0, stage.span)), reason))
    for _ in range(int(rng.integers(1, 4))):
        who = lively[int(rng.integers(len(lively)))]
        near = sorted(stage.friends[who])
        for k in rng.permutation(len(near))[: int(rng.integers(3, 6))].tolist():
            at = float(stage.moments[who][-1]) - float(rng.uniform(0, DAY))
            stage.reports.append((who, near[k], max(0.0, at), "asks for my age"))
