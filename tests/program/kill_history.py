"""Judges what is left after programs were killed: what was acknowledged is in the host's database under its
number, once, in each sender's order, and everybody has the same."""

import os
import sqlite3
from dataclasses import dataclass, field

TEXT = 0  # kind of event, as the databases have it


@dataclass
class Record:
    """What is known of one member."""
    promised: list = field(default_factory=list)  # texts in the order of saying that were saved or acknowledged
    acknowledged: dict = field(default_factory=dict)  # text -> the number that was told
    shown: list = field(default_factory=list)  # of each run of the program: [(number, text)]; text None: an own one
    saved: dict = field(default_factory=dict)  # number -> text
    waiting: list = field(default_factory=list)  # texts


def read(database, query):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def only_file(folder, ending):
    [found] = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names if name.endswith(ending)]
    return found


def host_log(folder):
    """The text at each number."""
    return dict(read(only_file(folder, "room.db"), f"SELECT seq, text FROM events WHERE kind = {TEXT}"))


def conversation(folder):
    """The same of a member, and the texts that still wait to be sent."""
    file = only_file(folder, ".earshot")
    numbered = read(file, f"SELECT position & 281474976710655, text FROM events WHERE kind = {TEXT}")
    saved = dict(numbered)
    assert len(numbered) == len(saved), "one number twice: another numbering began"
    return saved, [text for (text,) in read(file, "SELECT text FROM outbox ORDER BY rowid")]


def damage(folder):
    """What SQLite finds wrong with any database in the folder."""
    wrong = []
    for at, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".db", ".earshot")):
                answer = read(os.path.join(at, name), "PRAGMA integrity_check")
                if answer != [("ok",)]:
                    wrong.append(f"{name}: {answer}")
    return wrong


def violations(log, members):
    """log: number -> text. members: name -> Record."""
    found, numbers = [], {}
    for seq, text in sorted(log.items()):
        if text in numbers:
            found.append(f"repeated: {text!r} is {numbers[text]} and {seq}")
        numbers[text] = seq
    for name, member in members.items():
        found += _of_sender(name, member, log, numbers)
        found += _of_reader(name, member, log)
    promised = {text for member in members.values() for text in member.promised}
    found += [f"never said: {text!r}" for text in numbers if text not in promised]
    return found


def _of_sender(name, member, log, numbers):
    for text, seq in member.acknowledged.items():
        if log.get(seq) != text:
            yield f"lost: {name} was told that {text!r} is {seq}, which is {log.get(seq)!r}"
    order = [numbers[text] for text in member.promised if text in numbers]
    if order != sorted(order):
        yield f"reordered: what {name} said"
    for text in member.promised:
        if text not in numbers and text not in member.waiting:
            yield f"lost: {name}'s {text!r} was saved to be sent"
        if text in numbers and text in member.waiting:
            yield f"repeated: {name}'s {text!r} is sent and waits"


def _of_reader(name, member, log):
    before = 0
    for run in member.shown:
        for seq, text in run:
            if seq <= before:
                yield f"twice or backward: {name} was shown {seq} after {before}"
            before = seq
            if seq not in log or text not in (None, log[seq]):
                yield f"differs: {name} was shown {text!r} as {seq}"
        shown = {seq for seq, _ in run}
        missing = [seq for seq in log if run and run[0][0] <= seq <= run[-1][0] and seq not in shown]
        if missing:
            yield f"gap: {name} was not shown {sorted(missing)[:5]}"
    if member.saved != {seq: text for seq, text in log.items() if seq >= min(member.saved, default=0)}:
        yield f"differs: {name} has saved {len(member.saved)} of {len(log)}"
