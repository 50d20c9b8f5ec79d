"""Private messages between programs: what the host's never sees, and what is kept when one is killed."""

import json
import os
import secrets
import shutil
import sys
import unittest

from earshot_process import ProgramTest


def files_with(folder, needle):
    """Every file below the folder that holds these bytes."""
    found = []
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as file:
                if needle in file.read():
                    found.append(path)
    return found


# A sanitizer reserves terabytes for its own notes, which hold nothing of the program's.
LARGEST_REGION = 4 * 1024**3


def memory_has(pid, needle):
    """Whether a running process holds these bytes anywhere that can be read."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            bounds, rights = line.split()[:2]
            start, end = (int(bound, 16) for bound in bounds.split("-"))
            if "r" not in rights or end - start > LARGEST_REGION:
                continue
            rest = b""
            while start < end:
                size = min(end - start, 16 * 1024 * 1024)
                try:
                    memory.seek(start)
                    part = memory.read(size)
                except (OSError, OverflowError, ValueError):
                    break
                if needle in rest + part:
                    return True
                rest = part[-len(needle):]
                start += size
    return False


class Private(ProgramTest):
    def member(self, address, name, **options):
        member = self.join(address, name, **options)
        member.joined = member.wait_for("joined")
        return member

    def test_a_text_is_sent_and_delivered_and_nobody_else_hears_it(self):
        _, address = self.room()
        anna, ben, carla = (self.member(address, name) for name in ("Anna", "Ben B", "Carla"))
        anna.wait_for("member_joined", name="Carla")
        anna.send(say="for you", to="ben b", ref=7)
        sent = anna.wait_for("sent")
        self.assertEqual((sent["private"], sent["to"], sent["ref"]), (True, "Ben B", 7))
        self.assertNotIn("seq", sent)
        message = ben.wait_for("message")
        self.assertEqual((message["private"], message["from"], message["text"]), (True, "Anna", "for you"))
        self.assertNotIn("seq", message)
        self.assertEqual(anna.wait_for("delivered")["ref"], 7)
        ben.send(me="nods", to="Anna")
        self.assertEqual(anna.wait_for("message", private=True)["action"], True)
        anna.send(say="to all")
        self.assertEqual(carla.wait_for("message")["text"], "to all")
        self.assertFalse([e for e in carla.seen if e.get("private")])

    def test_an_unknown_person_is_an_error_and_the_talk_goes_on(self):
        _, address = self.room()
        anna = self.member(address, "Anna")
        anna.send(say="hello?", to="Nobody", ref="x")
        error = anna.wait_for("error")
        self.assertEqual((error["code"], error["ref"]), ("person_unknown", "x"))
        anna.send(say="still here")
        anna.wait_for("sent")

    def test_a_text_waits_for_somebody_who_has_left(self):
        _, address = self.room()
        anna, ben = self.member(address, "Anna"), self.member(address, "Ben")
        anna.wait_for("member_joined", name="Ben")
        ben.send(quit=True)
        self.assertEqual(ben.exit_code(), 0)
        anna.wait_for("member_left", name="Ben")
        anna.send(say="when you are back", to="Ben", ref=1)
        anna.wait_for("sent", private=True)
        ben = self.member(address, "Ben")
        self.assertEqual(ben.wait_for("message")["text"], "when you are back")
        anna.wait_for("delivered", ref=1)

    def test_the_end_of_input_waits_for_the_host_and_not_for_the_person(self):
        _, address = self.room()
        ben = self.member(address, "Ben")
        anna = self.join(address, "Anna")
        anna.send(say="one line", to="Ben")
        anna.end_input()
        self.assertEqual(anna.exit_code(), 0)
        self.assertEqual(ben.wait_for("message", private=True)["text"], "one line")
        anna = self.member(address, "Anna")
        anna.wait_for("delivered", to="Ben")

    def test_both_see_the_same_pictures_and_verify_each_other(self):
        _, address = self.room()
        anna, ben = self.member(address, "Anna"), self.member(address, "Ben")
        anna.wait_for("member_joined", name="Ben")
        anna.send(safety="Ben", ref="s")
        ben.send(safety="Anna")
        at_annas, at_bens = anna.wait_for("safety"), ben.wait_for("safety")
        self.assertEqual(at_annas["ref"], "s")
        self.assertEqual(len(at_annas["you"]), 8)
        self.assertEqual(at_annas["you"], at_bens["them"])
        self.assertEqual(at_annas["them"], at_bens["you"])
        self.assertFalse(at_annas["verified"])
        anna.send(verify="Ben", ref="v")
        self.assertEqual(anna.wait_for("verified")["ref"], "v")
        anna.send(safety="Ben")
        self.assertTrue(anna.wait_for("safety")["verified"])

    def test_another_ben_is_sent_nothing_until_accepted(self):
        _, address = self.room()
        anna, ben = self.member(address, "Anna"), self.member(address, "Ben")
        anna.wait_for("member_joined", name="Ben")
        anna.send(say="hello", to="Ben")
        anna.wait_for("delivered")
        ben.send(quit=True)
        anna.wait_for("member_left", name="Ben")
        other = self.member(address, "Ben", data="other")
        anna.wait_for("member_joined", name="Ben")
        anna.send(say="secret", to="Ben", ref=1)
        self.assertEqual(anna.wait_for("key_changed")["name"], "Ben")
        self.assertEqual(anna.wait_for("error")["code"], "person_key_changed")
        anna.send(accept="Ben", ref=2)
        self.assertEqual(anna.wait_for("accepted")["ref"], 2)
        anna.send(say="hello, new Ben", to="Ben")
        self.assertEqual(other.wait_for("message", private=True)["text"], "hello, new Ben")

    def test_a_private_chat_is_listed_and_exported(self):
        _, address = self.room()
        anna, ben = self.member(address, "Anna"), self.member(address, "Ben")
        anna.wait_for("member_joined", name="Ben")
        anna.send(say="only us", to="Ben")
        anna.wait_for("delivered")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        rooms = self.run_program("rooms", "--data-dir", self.path("Anna")).stdout
        self.assertIn('Ben in "Kitchen table" (private)  (1 message,', rooms)
        listed = [json.loads(line) for line in
                  self.run_program("rooms", "--json", "--data-dir", self.path("Anna")).stdout.splitlines()]
        chat = next(one for one in listed if one.get("private"))
        self.assertEqual((chat["with"], chat["room"]), ("Ben", "Kitchen table"))
        for room in ("ben", 'Ben in "Kitchen table" (private)', chat["room_id"]):
            exported = self.export("Anna", room=room)
            self.assertIn("Private chat with: Ben\n", exported.stdout, exported.stderr)
            self.assertIn("Anna: only us\n", exported.stdout)
        self.assertNotIn("only us", self.export("Anna").stdout)
        del ben


class HostThatMayBeCurious(ProgramTest):
    @unittest.skipUnless(sys.platform.startswith("linux"), "looks into the memory of a process")
    def test_finds_a_private_text_nowhere(self):
        canary = "canary-" + secrets.token_hex(16)
        public = "public-" + secrets.token_hex(16)
        host, address = self.room(access=("--open", "--verbose"))
        members = {}
        for name in ("Anna", "Ben"):
            members[name] = self.join(address, name)
            members[name].wait_for("joined")
        anna, ben = members["Anna"], members["Ben"]
        anna.wait_for("member_joined", name="Ben")
        anna.send(say=public)
        anna.wait_for("sent")
        anna.send(say=canary, to="Ben")
        anna.wait_for("delivered")
        self.assertEqual(ben.wait_for("message", private=True)["text"], canary)
        # Once more for somebody who is away, so that it stays with the host.
        ben.send(quit=True)
        self.assertEqual(ben.exit_code(), 0)
        anna.wait_for("member_left", name="Ben")
        anna.send(say=canary + " again", to="Ben")
        anna.wait_for("sent", private=True)

        self.assertTrue(files_with(self.path("host"), public.encode()), "the search finds what is there")
        self.assertFalse(files_with(self.path("host"), canary.encode()))
        try:
            self.assertTrue(memory_has(host.process.pid, b"Kitchen table"), "the search finds what is there")
            self.assertFalse(memory_has(host.process.pid, canary.encode()))
            self.assertTrue(memory_has(anna.process.pid, canary.encode()))
        except PermissionError:
            self.skipTest("this system lets nobody look into a process")
        host.terminate()
        self.assertEqual(host.exit_code(), 0)
        self.assertNotIn(canary, "".join(host.errors) + json.dumps(host.seen))
        self.assertFalse(files_with(self.path("host"), canary.encode()))
        self.assertTrue(files_with(self.path("Anna"), canary.encode()))


class Killed(ProgramTest):
    def test_a_host_loses_nothing_that_it_acknowledged(self):
        host, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        ben = self.join(address, "Ben")
        anna.wait_for("member_joined", name="Ben")
        anna.send(say="hello", to="Ben")
        anna.wait_for("delivered")
        ben.kill()
        for number in range(200):
            anna.send(say=str(number), to="Ben")
        for _ in range(100):
            anna.wait_for("sent", private=True)
        host.kill()
        anna.wait_for("disconnected")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        acknowledged = sum(1 for event in anna.seen if event["event"] == "sent") - 1
        self.assertGreaterEqual(acknowledged, 100)

        _, address = self.room()
        ben = self.join(address, "Ben")
        ben.wait_for("joined")
        texts = [ben.wait_for("message", private=True)["text"] for _ in range(acknowledged)]
        self.assertEqual(texts, [str(number) for number in range(acknowledged)])
        # What was not acknowledged waited with Anna; all of it arrives, nothing twice.
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        while len(texts) < 200:
            texts.append(ben.wait_for("message", private=True)["text"])
        self.assertEqual(texts, [str(number) for number in range(200)])

    def test_a_recipient_has_everything_it_was_shown(self):
        _, address = self.room()
        anna, ben = self.join(address, "Anna"), self.join(address, "Ben")
        ben.wait_for("joined")
        anna.wait_for("joined")
        anna.wait_for("member_joined", name="Ben") if "Ben" not in anna.seen[-1]["members"] else None
        for number in range(100):
            anna.send(say=f"text {number}", to="Ben")
        shown = [ben.wait_for("message", private=True)["text"] for _ in range(60)]
        ben.kill()
        exported = self.export("Ben", room="Anna").stdout
        for text in shown:
            self.assertEqual(exported.count(f"Anna: {text}\n"), 1, text)
        ben = self.join(address, "Ben")
        for number in range(100):
            anna.wait_for("delivered")
        ben.send(quit=True)
        self.assertEqual(ben.exit_code(), 0)
        exported = self.export("Ben", room="Anna").stdout
        for number in range(100):
            self.assertEqual(exported.count(f"Anna: text {number}\n"), 1, number)

    def test_a_profile_from_a_backup_gets_the_text_once(self):
        _, address = self.room()
        ben = self.join(address, "Ben")
        ben.wait_for("joined")
        ben.send(quit=True)
        self.assertEqual(ben.exit_code(), 0)
        keys = [os.path.join(where, "message_keys.db") for where, _, names in os.walk(self.path("Ben"))
                if "message_keys.db" in names]
        self.assertEqual(len(keys), 1)
        # Lost with the disk: the key that the host shows for Ben.
        os.remove(keys[0])
        shutil.copytree(self.path("Ben"), self.path("backup"))
        shutil.rmtree(self.path("Ben"))
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        ben = self.join(address, "Ben", data="backup")
        ben.wait_for("joined")
        anna.wait_for("member_joined", name="Ben")
        anna.send(say="once", to="Ben")
        self.assertEqual(ben.wait_for("message", private=True)["text"], "once")
        anna.wait_for("delivered")


if __name__ == "__main__":
    unittest.main()
