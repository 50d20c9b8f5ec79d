"""What is kept when things go wrong: kills, full disks, other programs in the same folder."""

import json
import os
import pathlib
import resource
import stat
import subprocess
import unittest

from earshot_process import PROGRAM, ProgramTest, environment


def files_at_most(size):
    """Every file of the child is cut off at this many bytes, as on a disk that is full."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


class Killed(ProgramTest):
    def test_a_killed_member_has_everything_it_was_shown(self):
        _, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        berta = self.join(address, "Berta")
        berta.wait_for("joined")
        for i in range(100):
            anna.send(say=f"text {i}")
        shown = [berta.wait_for("message")["text"] for _ in range(60)]
        berta.kill()
        exported = self.export("Berta")
        self.assertEqual(exported.returncode, 0, exported.stderr)
        for text in shown:
            self.assertIn(f"Anna: {text}\n", exported.stdout)

    def test_a_killed_host_reuses_no_number(self):
        host, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        anna.send(say="before")
        before = anna.wait_for("sent")["seq"]
        host.kill()
        self.assertEqual(anna.wait_for("disconnected")["reason"], "connection_lost")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        _, address = self.room()
        anna = self.join(address, "Anna")
        self.assertEqual(anna.wait_for("joined")["members"], ["Anna"])
        anna.send(say="after")
        self.assertGreater(anna.wait_for("sent")["seq"], before)
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        exported = self.export("Anna").stdout
        self.assertLess(exported.index("Anna: before"), exported.index("Anna: after"))


class FullDisk(ProgramTest):
    def test_of_the_host_delays_texts_and_loses_none(self):
        host, address = self.room(preexec_fn=files_at_most(256 * 1024))
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        acknowledged, delayed = [], None
        for i in range(200):
            anna.send(say=f"{i} " + "x" * 7000, ref=i)
            answer = anna.next()
            if answer["event"] == "delayed":
                delayed = answer
                break
            self.assertEqual(answer["event"], "sent")
            acknowledged.append(i)
        self.assertIsNotNone(delayed, "the disk never filled")
        self.assertIn(delayed["code"], ("host_storage_full", "host_storage_failed"))
        told = host.wait_for("saving", ok=False)
        self.assertIn(told["code"], ("storage_full", "storage_failed"))
        anna.send(say="behind it", ref="behind it")
        self.assertIsNone(host.process.poll(), host.errors)
        host.kill()
        self.assertTrue(acknowledged)
        anna.wait_for("disconnected")
        self.room(port=address.rpartition(":")[2])  # on a disk with space
        sent = [anna.wait_for("sent") for _ in range(2)]
        self.assertEqual([event["ref"] for event in sent], [delayed["ref"], "behind it"])
        self.assertLess(sent[0]["seq"], sent[1]["seq"])
        anna.send(quit=True)
        anna.exit_code()
        exported = self.export("Anna").stdout
        for i in acknowledged:
            self.assertIn(f"Anna: {i} xxx", exported)

    def test_of_a_member_ends_with_one_sentence_and_keeps_what_was_saved(self):
        _, address = self.room()
        berta = self.join(address, "Berta", preexec_fn=files_at_most(256 * 1024))
        berta.wait_for("joined")
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        for i in range(200):
            anna.send(say=f"{i} " + "x" * 7000)
        self.assertEqual(berta.exit_code(), 1)
        end = berta.seen[-1]
        self.assertEqual(end["event"], "disconnected")
        self.assertIn(end["reason"], ("storage_full", "storage_failed"))
        shown = [e["text"].split()[0] for e in berta.seen if e["event"] == "message"]
        self.assertTrue(shown)
        exported = self.export("Berta").stdout
        for number in shown:
            self.assertIn(f"Anna: {number} xxx", exported)

    def test_of_an_export_leaves_no_half_file(self):
        _, address = self.room()
        anna = self.join(address, "Anna")
        lines = "".join(json.dumps({"say": "y" * 7000}) + "\n" for _ in range(40))
        anna.process.stdin.write(lines.encode())
        anna.end_input()
        self.assertEqual(anna.exit_code(), 0)
        os.mkdir(self.path("out"))
        target = self.path("out", "chat.txt")
        with open(target, "w", encoding="utf-8") as old:
            old.write("the old one")
        failed = self.run_program("export", "Kitchen table", "--output", target, "--data-dir", self.path("Anna"),
                                  preexec_fn=files_at_most(64 * 1024))
        self.assertEqual(failed.returncode, 1)
        self.assertEqual(failed.stderr.count("\n"), 1, failed.stderr)
        self.assertEqual(os.listdir(self.path("out")), ["chat.txt"])
        with open(target, encoding="utf-8") as kept:
            self.assertEqual(kept.read(), "the old one")

    @unittest.skipUnless(os.path.exists("/dev/full"), "this system has no /dev/full")
    def test_of_standard_output_is_told(self):
        _, address = self.room()
        anna = self.join(address, "Anna")
        anna.send(say="hello")
        anna.end_input()
        self.assertEqual(anna.exit_code(), 0)
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([PROGRAM, "export", "Kitchen table", "--data-dir", self.path("Anna")], stdout=full,
                                    stderr=subprocess.PIPE, text=True, env=environment(), timeout=60)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stderr.count("\n"), 1)


class TakenAway(ProgramTest):
    @unittest.skipIf(os.name == "nt", "Windows does not let anybody take a file that is open")
    def test_the_mailbox_holds_up_private_messages_alone_and_loses_none(self):
        host, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        ben = self.join(address, "Ben")
        ben.wait_for("joined")
        [mailbox] = pathlib.Path(self.folder).rglob("mailbox.db")
        away = mailbox.rename(mailbox.with_suffix(".away"))
        anna.send(say="only for you", to="Ben", ref="p")
        told = host.wait_for("saving", ok=False)
        self.assertEqual((told["code"], told["private"]), ("storage_gone", True))
        anna.send(say="for all")
        self.assertEqual(ben.wait_for("message")["text"], "for all")
        away.rename(mailbox)
        host.wait_for("saving", ok=True)
        self.assertEqual(ben.wait_for("message", private=True)["text"], "only for you")
        anna.wait_for("sent", ref="p")


class Archive(ProgramTest):
    def talk(self):
        host, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        anna.send(say="first\nsecond: forged?")
        anna.wait_for("sent")
        return host, anna

    def test_is_read_while_earshot_uses_the_same_folder(self):
        self.talk()
        rooms = self.run_program("rooms", "--json", "--data-dir", self.path("Anna"))
        self.assertEqual(rooms.returncode, 0)
        listed = json.loads(rooms.stdout)
        self.assertEqual((listed["room"], listed["messages"], listed["you"]), ("Kitchen table", 1, "Anna"))
        exported = self.export("Anna")
        self.assertEqual(exported.returncode, 0)
        self.assertIn("Anna: first\n    | second: forged?\n", exported.stdout)
        self.assertIn("Room: Kitchen table\n", exported.stdout)
        self.assertIn("-- Anna joined\n", exported.stdout)

    def test_is_found_by_name_and_by_id(self):
        host, _ = self.talk()
        room_id = host.seen[0]["room_id"]
        for wanted in ("kitchen TABLE", room_id, room_id[:8]):
            self.assertEqual(self.export("Anna", room=wanted).returncode, 0, wanted)
        missing = self.export("Anna", room="No such room")
        self.assertEqual(missing.returncode, 1)
        self.assertEqual(missing.stderr.count("\n"), 1)

    def test_range_and_file(self):
        self.talk()
        target = self.path("chat.txt")
        result = self.export("Anna", "--output", target, "--from", "2000-01-01", "--to", "2001-01-01")
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(target, encoding="utf-8") as file:
            self.assertIn("Messages: 0\n", file.read())
        self.assertEqual(self.export("Anna", "--from", "yesterday-ish").returncode, 2)

    def test_is_readable_from_a_folder_that_may_not_be_written(self):
        host, anna = self.talk()
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        folder = self.path("Anna", "conversations")
        before = sorted(os.listdir(folder))
        os.chmod(folder, stat.S_IRUSR | stat.S_IXUSR)
        self.addCleanup(os.chmod, folder, stat.S_IRWXU)
        self.assertEqual(self.export("Anna").returncode, 0)
        self.assertEqual(sorted(f for f in os.listdir(folder) if f.endswith(".earshot")),
                         sorted(f for f in before if f.endswith(".earshot")))

    def test_files_belong_to_the_person_alone(self):
        self.talk()
        for folder, _, files in os.walk(self.path("Anna")):
            for name in files:
                mode = stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode)
                self.assertEqual(mode & 0o077, 0, name)

    def test_a_damaged_conversation_is_named_and_left_alone(self):
        _, anna = self.talk()
        anna.send(quit=True)
        anna.exit_code()
        folder = self.path("Anna", "conversations")
        [file] = [f for f in os.listdir(folder) if f.endswith(".earshot")]
        with open(os.path.join(folder, file), "r+b") as damaged:
            damaged.write(b"\xff" * 200)
        result = self.export("Anna")
        self.assertEqual(result.returncode, 1)
        self.assertIn(file, result.stderr)
        self.assertIn(file, os.listdir(folder))


if __name__ == "__main__":
    unittest.main()
