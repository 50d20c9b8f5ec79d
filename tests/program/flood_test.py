"""How much one member may do in a room, between real programs."""

import json
import shutil
import unittest

from earshot_process import ProgramTest


class Flood(ProgramTest):
    def member(self, address, name):
        member = self.join(address, name)
        member.wait_for("joined")
        return member

    def say(self, member, count):
        member.process.stdin.write(b"".join(
            json.dumps({"say": f"text {i}", "ref": i}).encode() + b"\n" for i in range(count)))
        member.process.stdin.flush()

    def test_thirty_lines_at_once_are_all_sent_in_their_order(self):
        host = self.host("--limit", "texts=5/20")
        address = f"127.0.0.1:{host.wait_for('listening')['port']}"
        anna, ben = self.member(address, "Anna"), self.member(address, "Ben")
        self.say(anna, 30)
        sent = [anna.wait_for("sent") for _ in range(30)]
        self.assertEqual([event["ref"] for event in sent], list(range(30)))
        self.assertEqual(sorted(event["seq"] for event in sent), [event["seq"] for event in sent])
        delayed = [event for event in anna.seen if event["event"] == "delayed"]
        refs = [event["ref"] for event in delayed]
        self.assertEqual(refs, sorted(set(refs)), "each is told once")
        # On a busy computer there is room for another before all are said.
        self.assertTrue(refs and refs[0] >= 5, refs)
        self.assertEqual({event["code"] for event in delayed}, {"too_fast"})
        self.assertEqual([ben.wait_for("message")["text"] for _ in range(30)], [f"text {i}" for i in range(30)])

    def test_a_script_whose_input_has_ended_waits_until_all_is_sent(self):
        host = self.host("--limit", "texts=5/20")
        address = f"127.0.0.1:{host.wait_for('listening')['port']}"
        anna = self.join(address, "Anna")
        self.say(anna, 12)
        anna.end_input()
        self.assertEqual(anna.exit_code(), 0)
        self.assertEqual(sum(event["event"] == "sent" for event in anna.seen), 12)

    def test_other_things_are_refused_with_the_time_to_wait(self):
        host = self.host("--limit", "renames=1/0.1")
        address = f"127.0.0.1:{host.wait_for('listening')['port']}"
        anna = self.member(address, "Anna")
        anna.send(rename="Annika", ref=1)
        anna.send(rename="Annette", ref=2)
        refused = anna.wait_for("error")
        self.assertEqual((refused["code"], refused["ref"]), ("too_fast", 2))
        self.assertIn("try again in 10 seconds.", refused["text"])

    def test_the_room_remembers_its_limits(self):
        host = self.host("--limit", "texts=5/20")
        host.wait_for("listening")
        host.send(quit=True)
        self.assertEqual(host.exit_code(), 0)
        _, address = self.room()
        anna = self.member(address, "Anna")
        self.say(anna, 10)
        anna.wait_for("delayed")

    def test_loopback_is_free_unless_a_limit_was_set(self):
        for limits in ((), ("--limit", "texts=5/20", "--limit", "default"), ("--limit", "none")):
            host = self.host(*limits, data=f"host {len(limits)}", name=f"Room {len(limits)}")
            address = f"127.0.0.1:{host.wait_for('listening')['port']}"
            anna = self.member(address, "Anna")
            self.say(anna, 300)
            for _ in range(300):
                anna.wait_for("sent")
            self.assertFalse([event for event in anna.seen if event["event"] == "delayed"])
            anna.send(quit=True)
            self.assertEqual(anna.exit_code(), 0)

    def test_the_person_who_hosts_is_never_limited(self):
        host = self.host("--limit", "texts=5/1")
        address = f"127.0.0.1:{host.wait_for('listening')['port']}"
        host.send(quit=True)
        self.assertEqual(host.exit_code(), 0)
        # A profile belongs to one program: the person's own is copied while nobody uses it.
        shutil.copytree(self.path("host"), self.path("owner"))
        self.room(port=address.rpartition(":")[2])
        owner = self.join(address, "Owner", data="owner")
        owner.wait_for("joined")
        self.say(owner, 50)
        for _ in range(50):
            owner.wait_for("sent")
        self.assertFalse([event for event in owner.seen if event["event"] == "delayed"])

    def test_a_limit_that_is_none_is_wrong_usage(self):
        for limit in ("texts=5", "texts=0/1", "words=1/1", "all"):
            result = self.run_program("host", "--headless", "--limit", limit, "--data-dir", self.path("host"))
            self.assertEqual(result.returncode, 2, limit)
            self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
            self.assertIn("texts=30/5", result.stderr)


if __name__ == "__main__":
    unittest.main()
