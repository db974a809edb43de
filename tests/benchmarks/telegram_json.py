"""How fast is a large Telegram export read, and in how much memory, beside the JSON parser alone on the same bytes?

    python -m tests.benchmarks.telegram_json [--megabytes 550] [--rounds 3] [--folder DIR]

The file is one group's chat as Telegram Desktop writes it.  Both run on the same file in the same run, each time in a
process of its own, taking turns; the best round of each counts.  Exits 1 if the ingest reaches less than 40 % of
ijson's speed, or takes 2 GB.
"""

import argparse
import json
import random
import tempfile
from pathlib import Path

from tests.benchmarks.ingest_5m import measure

LEAST_SHARE, MOST_BYTES = 0.4, 2 << 30
_WORDS = ("harbour", "boat", "rain", "lunch", "train", "ticket", "garden", "music", "window", "paper", "street",
          "market", "river", "coffee", "lamp", "chair")
_PARSER = """
import sys, ijson
with open(sys.argv[1], "rb") as stream:
    print(sum(1 for _ in ijson.items(stream, "messages.item")))
"""
_INGEST = """
import sys
from pathlib import Path
from ingest.batch import ingest
from ingest.case_folder import CaseFolder
counts = ingest([Path(sys.argv[1])], case=CaseFolder(Path(sys.argv[2]), "bench")).tables["messages"]
assert counts.read == counts.accepted and not counts.rejected, counts
print(counts.accepted)
"""


def generate(path: Path, size: int) -> None:
    """A chat of at least that many bytes: texts, answers, pictures, links, reactions, edits, in seeded order."""
    chance = random.Random(3)
    with path.open("w", encoding="utf-8") as out:
        head = '{\n "name": "Room 9",\n "type": "private_supergroup",\n "id": 1500000001,\n "messages": [\n'
        written = out.write(head)
        number = 0
        while written < size:
            number += 1
            text = json.dumps(_message(number, chance), indent=1, ensure_ascii=False).replace("\n", "\n  ")
            written += out.write(("" if number == 1 else ",\n") + "  " + text)
        out.write("\n ]\n}")


def _message(number: int, chance: random.Random) -> dict[str, object]:
    who = chance.randrange(5000)
    text = " ".join(chance.choices(_WORDS, k=chance.randrange(3, 18)))
    told: dict[str, object] = {
        "id": number, "type": "message", "date": "2024-05-01T18:03:04", "date_unixtime": str(1714579384 + number),
        "from": f"Person {who}", "from_id": f"user{700000000 + who}",
    }
    if number % 50 == 0:
        told |= {"edited": "2024-05-01T18:05:04", "edited_unixtime": str(1714579390 + number)}
    if number % 7 == 0:
        told["reply_to_message_id"] = max(1, number - 3)
    if number % 20 == 0:
        told |= {"photo": f"photos/p{number}.jpg", "photo_file_size": 12345, "width": 800, "height": 600}
    if number % 10 == 0:
        told |= {"text": ["see ", {"type": "link", "text": "https://example.org/a"}, " " + text], "text_entities": [
            {"type": "plain", "text": "see "}, {"type": "link", "text": "https://example.org/a"},
            {"type": "plain", "text": " " + text}]}
    else:
        told |= {"text": text, "text_entities": [{"type": "plain", "text": text}]}
    if number % 15 == 0:
        told["reactions"] = [{"type": "emoji", "count": 1, "emoji": "\U0001f44d", "recent": [
            {"from": "Kid", "from_id": "user42", "date": "2024-05-01T18:04:00"}]}]
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=550)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the generated file here and use it again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="filature-telegram-") as scratch:
        path = (options.folder or Path(scratch)) / f"result-{options.megabytes}.json"
        if not path.is_file():
            generate(path, options.megabytes * 1_000_000)
        size = path.stat().st_size / 1e6
        parsers, ingests = [], []
        for turn in range(options.rounds):
            parsers.append(measure(_PARSER, str(path)))
            ingests.append(measure(_INGEST, str(path), str(Path(scratch, f"case-{turn}"))))
            for name, run in (("parser", parsers[-1]), ("ingest", ingests[-1])):
                figures = f"{run.wall:6.2f} s  {run.cpu:6.2f} s of processor  {run.peak / 1e6:6.0f} MB"
                print(f"{name:7} {figures}", flush=True)
    alone, taken = min(parsers, key=lambda run: run.wall), min(ingests, key=lambda run: run.wall)
    share, peak = alone.wall / taken.wall, max(run.peak for run in ingests)
    of_processor = min(run.cpu for run in parsers) / min(run.cpu for run in ingests)
    print(f"{size:.0f} MB: {size / taken.wall:.0f} MB/s, {share:.0%} of the parser's speed "
          f"({of_processor:.0%} by processor), peak {peak / 1e6:.0f} MB")
    return 0 if share >= LEAST_SHARE and peak < MOST_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
