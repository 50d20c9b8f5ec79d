"""kill -9 of the real program at random moments, while eight members talk.

EARSHOT_LONG=1: 200 kills of the host and 200 of members. EARSHOT_SEED: what is drawn."""

import copy
import os
import random
import threading
import unittest

from earshot_process import PATIENCE, ProgramTest
from kill_history import Record, conversation, damage, host_log, violations

LONG = os.environ.get("EARSHOT_LONG", "0") != "0"
KILLS = 200 if LONG else 4
SEED = int(os.environ.get("EARSHOT_SEED", "1"))
MEMBERS = 8
WINDOW = 3  # texts of one member that wait for their number
PER_KILL = 40  # texts that a member may say from one kill to the next, so that histories stay small


class Member:
    """One person who talks all the time, and whose program may be killed and started again."""

    def __init__(self, test, address, name, changed):
        self.test, self.address, self.name, self.changed = test, address, name, changed
        self.record = Record()
        self.said = []  # by this run of the program
        self.numbered = 0  # texts, by this run
        self.allowed = PER_KILL
        self.start()

    def start(self):
        self.said, self.numbered = [], 0
        self.record.shown.append([])
        self.program = self.test.join(self.address, self.name)
        self.program.wait_for("joined")
        self.reader = threading.Thread(target=self.read, args=(self.program,), daemon=True)
        self.reader.start()
        with self.changed:
            self.talk()

    def read(self, program):
        while (event := program.next()) is not None:
            with self.changed:
                self.take(event)
                self.changed.notify_all()

    def take(self, event):
        if event["event"] == "message":
            self.record.shown[-1].append((event["seq"], event["text"]))
        elif event["event"] == "sent":
            text = event.get("ref")  # none: it was said by an earlier run
            self.record.shown[-1].append((event["seq"], text))
            if text is not None:
                self.record.acknowledged[text] = event["seq"]
                self.numbered += 1
            self.talk()

    def talk(self):
        while self.allowed > 0 and len(self.said) - self.numbered < WINDOW:
            self.allowed -= 1
            text = f"{self.name} {len(self.record.promised) + len(self.said)}"
            self.said.append(text)
            try:
                self.program.send(say=text, ref=text)
            except (BrokenPipeError, ValueError):
                return

    def all_is_numbered(self):
        return self.numbered == len(self.said)

    def kill(self):
        """Afterwards only what had reached the disk is promised; the rest was never heard."""
        self.program.kill()
        self.reader.join(timeout=PATIENCE)
        saved, waiting = conversation(self.test.path(self.name))
        here = set(saved.values()) | set(waiting)
        kept = [text for text in self.said if text in here]
        self.test.assertEqual(kept, self.said[:len(kept)], "a later text was kept, an earlier one not")
        lost = [text for seq, text in self.record.shown[-1] if text is not None and saved.get(seq) != text]
        self.test.assertEqual(lost, [], f"{self.name} was shown what was not saved")
        self.record.promised += kept

    def quit(self):
        self.program.send(quit=True)
        self.test.assertEqual(self.program.process.wait(timeout=PATIENCE), 0)
        self.reader.join(timeout=PATIENCE)
        self.record.promised += self.said
        self.record.saved, self.record.waiting = conversation(self.test.path(self.name))


class Killed(ProgramTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.changed = threading.Condition()
        self.room_host, self.address = self.room()
        self.members = [Member(self, self.address, f"Person {number}", self.changed)
                        for number in range(1, MEMBERS + 1)]

    def wait_until(self, done):
        with self.changed:
            self.assertTrue(self.changed.wait_for(done, timeout=PATIENCE), f"EARSHOT_SEED={SEED}")

    def wait_for_numbers(self, members, count):
        """Until they were told that many numbers more, and then for a moment that decides what the kill hits."""
        def told():
            return sum(len(member.record.acknowledged) for member in members)
        with self.changed:
            wanted = told() + count
            for member in self.members:
                member.allowed = PER_KILL if member in members else PER_KILL // 4
                member.talk()
        self.wait_until(lambda: told() >= wanted)
        threading.Event().wait(self.random.uniform(0, 0.01))

    def judge(self, what):
        with self.changed:
            for member in self.members:
                member.allowed = 0
        self.wait_until(lambda: all(member.all_is_numbered() for member in self.members))
        # Who quits before the last text has come lacks it, which is no fault; and only what is new is shown to a
        # program that was just started.
        first = self.members[0]
        with self.changed:
            first.allowed = 1
            first.talk()
        self.wait_until(first.all_is_numbered)
        last = max(first.record.acknowledged.values())
        self.wait_until(lambda: all(member.record.shown[-1] and member.record.shown[-1][-1][0] >= last
                                    for member in self.members))
        for member in self.members:
            member.quit()
        self.room_host.terminate()
        self.assertEqual(self.room_host.exit_code(), 0)
        log = host_log(self.path("host"))
        records = {member.name: member.record for member in self.members}
        self.assertEqual(violations(log, records), [], f"EARSHOT_SEED={SEED}")
        for folder in ("host", *records):
            self.assertEqual(damage(self.path(folder)), [])
            checked = self.run_program("check", "--data-dir", self.path(folder))
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        acknowledged = sum(len(record.acknowledged) for record in records.values())
        print(f"{KILLS} kills of {what}, {MEMBERS} members, {len(log)} texts, {acknowledged} acknowledged, seed {SEED}")

    def test_hosts_lose_nothing_acknowledged(self):
        port = self.address.rpartition(":")[2]
        for _ in range(KILLS):
            self.wait_for_numbers(self.members, self.random.randint(1, 80))
            self.room_host.kill()
            self.room_host = self.host(port=port)
            self.room_host.wait_for("listening")
        self.judge("the host")

    def test_members_lose_nothing_shown_or_waiting(self):
        for _ in range(KILLS):
            member = self.random.choice(self.members)
            self.wait_for_numbers([member], self.random.randint(1, 30))
            member.kill()
            member.start()
        self.judge("members")


class Judge(unittest.TestCase):
    """What proves that the tests above could fail."""

    def setUp(self):
        self.log = {3: "a 0", 4: "b 0", 6: "a 1"}
        shown = [[(3, "a 0"), (4, "b 0"), (6, "a 1")]]
        self.members = {
            "a": Record(["a 0", "a 1"], {"a 0": 3, "a 1": 6}, copy.deepcopy(shown), dict(self.log)),
            "b": Record(["b 0"], {"b 0": 4}, copy.deepcopy(shown), dict(self.log))}

    def assert_seen(self, *words):
        found = violations(self.log, self.members)
        for word in words:
            self.assertTrue([line for line in found if line.startswith(word)], (word, found))

    def test_passes_what_is_right(self):
        self.assertEqual(violations(self.log, self.members), [])

    def test_sees_a_loss(self):
        del self.log[4]
        self.assert_seen("lost: b was told", "lost: b's")

    def test_sees_another_number(self):
        self.members["a"].acknowledged["a 0"] = 4
        self.assert_seen("lost")

    def test_sees_a_repetition(self):
        self.log[7] = "a 0"
        self.assert_seen("repeated")

    def test_sees_what_would_be_sent_again(self):
        self.members["b"].waiting = ["b 0"]
        self.assert_seen("repeated")

    def test_sees_another_order(self):
        self.members["a"].promised.reverse()
        self.assert_seen("reordered")

    def test_sees_what_nobody_said(self):
        self.log[7] = "c 0"
        self.assert_seen("never said")

    def test_sees_what_is_shown_wrongly(self):
        run = self.members["b"].shown[0]
        del run[1]
        self.assert_seen("gap")
        run.append((6, "a 1"))
        self.assert_seen("twice")
        run[-1] = (7, "a 2")
        self.assert_seen("differs")

    def test_sees_what_is_not_saved(self):
        del self.members["b"].saved[6]
        self.assert_seen("differs")


if __name__ == "__main__":
    unittest.main()
