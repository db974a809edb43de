"""The evidence folder of a stage: tables, ids, clocks and formats as its setting asks."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.benchmarks.outside.stage import Stage

FIRST_DAY = datetime(2023, 9, 4, tzinfo=UTC)
ZONE = "Europe/Paris"
Row = dict[str, object]


def write_folder(stage: Stage, more: dict[str, list[Row]], folder: Path) -> None:
    """Everything that was done, each table in the setting's format; rows in an order of no meaning."""
    setting = stage.setting
    tables: dict[str, list[Row]] = {"messages": _messages(stage), **more}
    if setting.account_table:
        tables["accounts"] = _accounts(stage)
    if setting.rooms and setting.names:
        tables["rooms"] = [
            {"room_id": f"{site}room{k}", "name": f"room {k}", "kind": "public", **({"platform": site} if site else {})}
            for site in dict.fromkeys(stage.site)
            for k in range(setting.rooms)
        ]
    if setting.sessions:
        tables["sessions"] = [
            {
                "account_id": stage.native[who],
                "started_at": _time(stage, v.start),
                "ended_at": _time(stage, v.end),
                "ip": v.ip,
                "device_id": v.device,
                **_site(stage, who),
            }
            for who, visits in enumerate(stage.visits)
            for v in visits
        ]
        tables["identifiers"] = [
            {
                "account_id": stage.native[who],
                "kind": kind,
                "value": value,
                "first_seen_at": _time(stage, at),
                **_site(stage, who),
            }
            for who, kind, value, at in stage.identifiers
        ]
    for name, rows in tables.items():
        if rows:
            order = stage.rng.permutation(len(rows))
            write_table(folder, name, [rows[k] for k in order], setting.format)


def write_table(folder: Path, name: str, rows: list[Row], form: str) -> None:
    """One table as csv, jsonl or parquet; columns in order of appearance."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.{form}"
    if form == "jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return
    columns = list(dict.fromkeys(key for row in rows for key in row))
    if form == "parquet":
        import pyarrow
        import pyarrow.parquet

        pyarrow.parquet.write_table(pyarrow.table({c: [row.get(c) for row in rows] for c in columns}), path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def _messages(stage: Stage) -> list[Row]:
    rows: list[Row] = []
    for number, message in enumerate(stage.messages):
        row: Row = {"message_id": f"m{number}"} if stage.setting.ids != "uuid" else {}
        row |= {"sent_at": _time(stage, message.at), "sender_id": stage.native[message.sender]}
        if message.recipient is None:
            row["room_id"] = f"{stage.site[message.sender]}room{message.room}"
        else:
            row["recipient_id"] = stage.native[message.recipient]
        if stage.setting.texts:
            row["text"] = message.text
        rows.append(row | _site(stage, message.sender))
    return rows


def _accounts(stage: Stage) -> list[Row]:
    rows: list[Row] = []
    for who in range(len(stage.age)):
        row: Row = {"account_id": stage.native[who], **_site(stage, who)}
        if stage.setting.names:
            row["pseudonym"] = stage.names[who]
        row["declared_age"] = stage.declared[who]
        if stage.setting.roles:
            row["role"] = stage.role[who] or "member"
        if stage.setting.created:
            early = 0.0 if stage.joined[who] > 0 else float(stage.rng.uniform(1, 400)) * 86400
            row["created_at"] = _time(stage, float(stage.joined[who]) - early)
        rows.append(row)
    return rows


def _site(stage: Stage, who: int) -> Row:
    return {"platform": stage.site[who]} if stage.site[who] else {}


def _time(stage: Stage, seconds: float) -> object:
    at = FIRST_DAY + timedelta(seconds=round(seconds))
    clock = stage.setting.clock
    if clock == "epoch":
        return int(at.timestamp())
    if clock == "millis":
        return int(at.timestamp() * 1000)
    if clock == "local":
        return at.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M:%S")
    return at.isoformat().replace("+00:00", "Z")
