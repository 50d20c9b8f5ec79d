"""Verifying and repairing a profile, and what Earshot says to a folder that is not as it should be."""

import json
import os
import re
import shutil
import sqlite3
import stat
import unittest

from earshot_process import ProgramTest


class Profile(ProgramTest):
    def talk(self, texts=20):
        """Anna has hosted nothing and said something; the host has its log. Both are closed."""
        host, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        for number in range(texts):
            anna.send(say=f"text {number} " + "x" * 500)
            anna.wait_for("sent")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        host.terminate()
        self.assertEqual(host.exit_code(), 0)

    def conversation(self, data="Anna"):
        folder = self.path(data, "conversations")
        [file] = [name for name in os.listdir(folder) if name.endswith(".earshot")]
        return os.path.join(folder, file)

    def damage(self, file):
        """A page in the middle is overwritten."""
        size = os.path.getsize(file)
        with open(file, "r+b") as damaged:
            damaged.seek(size // 4096 // 2 * 4096)
            damaged.write(bytes(range(256)) * 16)

    def check(self, data, *arguments):
        return self.run_program("check", *arguments, "--data-dir", self.path(data))

    def one_sentence(self, result, *words):
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)


class Check(Profile):
    def test_all_is_well(self):
        self.talk()
        for data in ("Anna", "host"):
            result = self.check(data)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            self.assertRegex(result.stdout, r"(?m)^All is well in \d+ files\.$")
        self.assertRegex(self.check("Anna").stdout, r"(?m)^conversations/.*: good, Kitchen table, 20 messages$")
        self.assertRegex(self.check("host").stdout, r"(?m)^rooms/.*/room\.db: good, Kitchen table, 20 messages$")

    def test_looks_while_the_profile_is_in_use_but_repairs_nothing_then(self):
        _, address = self.room()
        self.join(address, "Anna").wait_for("joined")
        self.assertEqual(self.check("Anna").returncode, 0)
        self.assertEqual(self.check("host").returncode, 0)
        self.one_sentence(self.check("Anna", "--repair"), "already open")

    def test_damage_is_told_and_repaired_and_the_original_kept(self):
        self.talk()
        file = self.conversation()
        self.damage(file)
        with open(file, "rb") as damaged:
            before = damaged.read()
        told = self.check("Anna")
        self.assertEqual(told.returncode, 1)
        self.assertRegex(told.stdout, r"(?m)^conversations/.*: damaged, ")
        self.assertIn("earshot check --repair", told.stdout)
        repaired = self.check("Anna", "--repair")
        self.assertEqual(repaired.returncode, 0, repaired.stdout + repaired.stderr)
        saved = re.search(r"repaired, (\d+) messages saved", repaired.stdout)
        self.assertGreater(int(saved[1]), 5)
        [kept] = [name for name in os.listdir(os.path.dirname(file)) if ".corrupt-" in name and name[-1] == "Z"]
        with open(os.path.join(os.path.dirname(file), kept), "rb") as copy:
            self.assertEqual(copy.read(), before)
        self.assertEqual(self.check("Anna").returncode, 0)
        self.assertIn(f"Messages: {saved[1]}\n", self.export("Anna").stdout)

    def test_speaks_json(self):
        self.talk()
        self.damage(self.conversation())
        lines = [json.loads(line) for line in self.check("Anna", "--json", "--repair").stdout.splitlines()]
        self.assertIn("damaged", [line.get("health") for line in lines])
        [repaired] = [line for line in lines if line.get("health") == "repaired"]
        self.assertIn(".corrupt-", repaired["kept"])
        self.assertGreater(repaired["messages"], 5)
        self.assertEqual(lines[-1]["bad"], 0)

    def test_a_repaired_room_goes_on_in_a_new_life_of_its_numbering(self):
        self.talk()
        [room] = os.listdir(self.path("host", "rooms"))
        self.damage(self.path("host", "rooms", room, "room.db"))
        repaired = self.check("host", "--repair")
        self.assertEqual(repaired.returncode, 0, repaired.stdout + repaired.stderr)
        _, address = self.room()
        anna = self.join(address, "Anna")
        self.assertEqual(anna.wait_for("joined")["room_id"], room)
        anna.send(say="after")
        anna.wait_for("sent")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        exported = self.export("Anna").stdout
        self.assertIn("Anna: text 19 ", exported)
        self.assertLess(exported.index("text 19 "), exported.index("Anna: after"))

    def test_there_is_no_profile(self):
        self.one_sentence(self.check("nobody"), "nobody")
        self.one_sentence(self.check("nobody", "--repair"), "nobody")
        self.assertFalse(os.path.exists(self.path("nobody")))


class BadInput(Profile):
    def test_a_database_of_a_newer_version(self):
        self.talk()
        with sqlite3.connect(self.conversation()) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
        self.one_sentence(self.export("Anna"), "newer Earshot")
        told = self.check("Anna", "--repair")
        self.assertEqual(told.returncode, 1)
        self.assertIn("newer", told.stdout)
        self.assertEqual([name for name in os.listdir(self.path("Anna", "conversations")) if "corrupt" in name], [])
        _, address = self.room()
        anna = self.join(address, "Anna")
        self.assertEqual(anna.exit_code(), 1)
        self.assertEqual(anna.seen[-1]["code"], "storage_newer")

    def test_a_damaged_conversation_names_the_way_out(self):
        self.talk()
        with open(self.conversation(), "r+b") as damaged:
            damaged.write(b"\xff" * 200)
        self.one_sentence(self.export("Anna"), "earshot check --repair")
        _, address = self.room()
        anna = self.join(address, "Anna")
        self.assertEqual(anna.exit_code(), 1)
        self.assertIn("earshot check --repair", anna.seen[-1]["text"])

    @unittest.skipIf(os.geteuid() == 0, "nothing is read-only for root")
    def test_a_folder_that_may_not_be_written(self):
        os.mkdir(self.path("sealed"))
        os.chmod(self.path("sealed"), stat.S_IRUSR | stat.S_IXUSR)
        self.addCleanup(os.chmod, self.path("sealed"), stat.S_IRWXU)
        result = self.run_program("host", "--headless", "--name", "x", "-p", "0", "--data-dir", self.path("sealed"))
        self.one_sentence(result, "may not write")

    def test_a_place_where_no_folder_can_be(self):
        with open(self.path("a file"), "w", encoding="utf-8"):
            pass
        for command in (("host", "--headless", "--name", "x", "-p", "0"), ("check", "--repair"), ("export", "x")):
            self.one_sentence(self.run_program(*command, "--data-dir", self.path("a file")))

    def test_two_programs_in_one_folder(self):
        _, address = self.room()
        self.join(address, "Anna").wait_for("joined")
        second = self.run_program("join", address, "--console", "--as", "Ben", "--data-dir", self.path("Anna"))
        self.one_sentence(second, "already open")

    @unittest.skipIf(os.name == "nt", "no folder that is in use can be removed there")
    def test_a_folder_that_vanishes(self):
        _, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        anna.send(say="before")
        anna.wait_for("sent")
        shutil.rmtree(self.path("Anna"))
        anna.send(say="after", ref="after")
        refused = anna.wait_for("error")
        self.assertEqual((refused["code"], refused["ref"]), ("storage_gone", "after"))
        ben = self.join(address, "Ben")
        ben.wait_for("joined")
        self.assertEqual(anna.exit_code(), 1)
        self.assertEqual(anna.seen[-1]["event"], "disconnected")
        self.assertEqual(anna.seen[-1]["reason"], "storage_gone")

    @unittest.skipIf(os.name == "nt", "no folder that is in use can be removed there")
    def test_the_folder_of_a_host_that_vanishes(self):
        _, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        shutil.rmtree(self.path("host"))
        anna.send(say="after", ref="after")
        delayed = anna.wait_for("delayed")
        self.assertEqual((delayed["code"], delayed["ref"]), ("host_storage_failed", "after"))


class Moving(Profile):
    def test_a_conversation_file_is_read_searched_and_exported_in_another_profile(self):
        self.talk(3)
        os.makedirs(self.path("Ben", "conversations"))
        shutil.copy(self.conversation(), self.path("Ben", "conversations"))
        self.assertIn("Anna: text 2 ", self.export("Ben").stdout)
        listed = json.loads(self.run_program("rooms", "--json", "--data-dir", self.path("Ben")).stdout)
        self.assertEqual((listed["room"], listed["you"], listed["messages"]), ("Kitchen table", "Anna", 3))

    def test_nothing_is_sent_with_the_conversation_of_somebody_else(self):
        self.talk(3)
        file = self.conversation()
        with sqlite3.connect(file) as database:  # what Anna had not sent yet
            database.execute("INSERT INTO outbox(request, time, style, text) VALUES(randomblob(16), 1, 0, 'a secret')")
        database.close()
        os.makedirs(self.path("Ben", "conversations"))
        shutil.copy(file, self.path("Ben", "conversations"))
        host, address = self.room()
        cara = self.join(address, "Cara")
        cara.wait_for("joined")
        ben = self.join(address, "Ben")
        ben.wait_for("joined")
        ben.send(say="hello")
        ben.wait_for("sent")
        said = cara.wait_for("message", **{"from": "Ben"})
        self.assertEqual(said["text"], "hello")
        ben.send(quit=True)
        self.assertEqual(ben.exit_code(), 0)
        rooms = [json.loads(line) for line in
                 self.run_program("rooms", "--json", "--data-dir", self.path("Ben")).stdout.splitlines()]
        self.assertEqual({(room["room"], room["you"], room["messages"], room.get("imported")) for room in rooms},
                         {("Kitchen table", "Ben", 4, None), ("Kitchen table (of Anna)", "Anna", 3, True)})
        self.assertIn("Anna: text 2 ", self.export("Ben", room="Kitchen table (of Anna)").stdout)


if __name__ == "__main__":
    unittest.main()
