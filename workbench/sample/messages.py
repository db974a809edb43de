"""What do people write?  Room talk inside sessions, and the text of every message."""

from dataclasses import dataclass

import numpy as np

from workbench.sample import words
from workbench.sample.clock import Ints
from workbench.sample.contacts import Talk
from workbench.sample.presence import Sessions
from workbench.sample.scene import Scene

_POOL = 3_000


@dataclass(frozen=True)
class Messages:
    """All messages by time: instant, sender, recipient or room (the other is -1), text."""

    at: Ints
    sender: Ints
    recipient: Ints
    room: Ints
    text: list[str]


def room_talk(scene: Scene, sessions: Sessions) -> tuple[Ints, Ints, Ints]:
    """Instants, senders and rooms of room messages: bursts inside sessions, many lurkers, few who talk a lot."""
    rng = scene.rng
    human = np.array([role not in ("bot", "helpline") for role in scene.people.role])[sessions.who]
    minutes = (sessions.end - sessions.start) / 60_000
    mean = 0.36 * scene.people.talk[sessions.who] * np.sqrt(np.minimum(minutes, 120) / 20) * human
    count = np.where(
        rng.random(sessions.size) < 0.55, rng.poisson(np.minimum(mean * rng.lognormal(0, 0.6, sessions.size), 60)), 0
    )
    row = np.repeat(np.arange(sessions.size), count)
    centre = np.repeat(rng.random(sessions.size), count)
    place = np.clip(centre + rng.normal(0, 0.18, len(row)), 0.0, 0.999)
    at = sessions.start[row] + (place * (sessions.end[row] - sessions.start[row])).astype(np.int64)
    return at, sessions.who[row], sessions.room[row]


def write_texts(scene: Scene, talk: Talk, in_rooms: tuple[Ints, Ints, Ints]) -> Messages:
    """Give every message its words; people who state an age do so in their own messages."""
    rng, people = scene.rng, scene.people
    at = np.concatenate([talk.at, in_rooms[0]])
    sender = np.concatenate([talk.sender, in_rooms[1]])
    recipient = np.concatenate([talk.recipient, np.full(len(in_rooms[0]), -1, dtype=np.int64)])
    room = np.concatenate([np.full(len(talk.at), -1, dtype=np.int64), in_rooms[2]])
    pools = {language: np.array(words.small_talk(language, rng, _POOL), dtype=object) for language in ("fr", "en")}
    french = np.array([language == "fr" for language in people.language])[sender]
    pick = rng.integers(0, _POOL, len(at))
    text = np.where(french, pools["fr"][pick], pools["en"][pick])

    early = np.concatenate([talk.turn <= 2, np.zeros(len(in_rooms[0]), dtype=np.bool_)])
    states = (people.says_age[sender] > 0) & (rng.random(len(at)) < np.where(early, 0.14, 0.02))
    lied = people.says_age[sender] > people.age[sender]
    takes_back = states & lied & people.role_free[sender] & (rng.random(len(at)) < 0.12)
    for place in np.flatnonzero(states).tolist():
        account = int(sender[place])
        if takes_back[place]:
            text[place] = scene.one(words.CORRECTION).format(a=int(people.age[account]))
        else:
            text[place] = words.age_statement(int(people.says_age[account]), people.gender[account], rng)

    opener = np.array(scene.openings.a, dtype=np.int64)[talk.opening]
    scripted = [place for place, pair in enumerate(scene.openings.lines) if pair != (None, None)]
    own = np.flatnonzero(np.isin(talk.opening, np.array(scripted, dtype=np.int64)))
    for place in own.tolist():
        first, second = scene.openings.lines[int(talk.opening[place])]
        options = first if sender[place] == opener[place] else second
        if options is not None and (talk.turn[place] == 0 or (len(options) > 1 and rng.random() < 0.55)):
            text[place] = scene.one(options)

    extra = scene.lines
    at = np.concatenate([at, np.array([line.at for line in extra], dtype=np.int64)])
    order = np.lexsort((np.arange(len(at)), at))
    sender = np.append(sender, np.array([line.sender for line in extra], dtype=np.int64))[order]
    recipient = np.append(recipient, np.array([line.recipient for line in extra], dtype=np.int64))[order]
    room = np.append(room, np.array([line.room for line in extra], dtype=np.int64))[order]
    texts = np.concatenate([text, np.array([line.text for line in extra], dtype=object)])[order]
    return Messages(at[order], sender, recipient, room, texts.tolist())
