"""Searching saved conversations: by the shell command, and in a room with JSON."""

import glob
import json
import sqlite3
import unittest

from earshot_process import ProgramTest


class Search(ProgramTest):
    def talked(self):
        """Anna and Berta have talked in two rooms and alone; Anna is still in the second."""
        host, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        anna.send(say="Cake at five in the Café")
        anna.wait_for("sent")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        host.terminate()
        _, address = self.room(data="garden", name="Garden")
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        berta = self.join(address, "Berta")
        berta.wait_for("joined")
        anna.wait_for("member_joined")
        berta.send(say="今天下午五点有蛋糕 cake")
        anna.wait_for("message")
        berta.send(say="cake for you alone", to="Anna")
        anna.wait_for("message", private=True)
        berta.send(me="eats\nthe cake")
        anna.wait_for("message")
        return anna

    def search(self, *arguments):
        return self.run_program("search", *arguments, "--data-dir", self.path("Anna"))

    def found(self, *arguments):
        done = self.search(*arguments, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(lines[-1]["event"], "search_done")
        self.assertEqual(lines[-1]["count"], len(lines) - 1)
        return [line["text"] for line in lines[:-1]]

    def test_finds_in_all_conversations_newest_first(self):
        anna = self.talked()
        everything = ["eats\nthe cake", "cake for you alone", "今天下午五点有蛋糕 cake", "Cake at five in the Café"]
        self.assertEqual(self.found("cake"), everything)
        self.assertEqual(self.found("下午"), everything[2:3])
        self.assertEqual(self.found("糕"), everything[2:3])
        self.assertEqual(self.found("cafe", "caK"), everything[3:])
        self.assertEqual(self.found("cake", "--person", "berta", "--room", "garden"), everything[:3])
        self.assertEqual(self.found("cake", "--room", "berta"), everything[1:2])
        self.assertEqual(self.found("--person", "anna"), everything[3:])
        self.assertEqual(self.found("cake", "--limit", "1"), everything[:1])
        self.assertEqual(self.found("cake", "--to", "2020-01-01"), [])
        self.assertEqual(self.found("cake", "--from", "2020-01-01"), everything)
        anna.send(search="cake", limit=2, ref="x")
        events = [anna.next() for _ in range(3)]
        self.assertEqual([event["event"] for event in events], ["found", "found", "search_done"])
        self.assertEqual({event["ref"] for event in events}, {"x"})
        self.assertEqual([event["text"] for event in events[:2]], everything[:2])
        self.assertEqual(events[0]["room"], "Garden")
        self.assertTrue(events[1]["private"])
        self.assertEqual(events[1]["with"], "Berta")
        self.assertTrue(events[2]["more"])

    def test_prints_a_line_for_each_message(self):
        self.talked()
        done = self.search("cake")
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), 4, done.stdout)
        self.assertRegex(lines[0], r"^\[\d{4}-\d\d-\d\d \d\d:\d\d\] Garden, Berta eats the cake$")
        self.assertIn('] Berta in "Garden" (private), Berta: cake for you alone', lines[1])
        self.assertEqual(self.search("nobody said this").stdout, "Nothing was found.\n")

    def test_says_what_it_needs(self):
        for arguments in ([], ["--room", "Garden"], ["cake", "--from", "soon"], ["cake", "--limit", "0"]):
            done = self.search(*arguments)
            self.assertEqual(done.returncode, 2, done)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_searches_files_of_before_there_was_an_index(self):
        anna = self.talked()
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        for file in glob.glob(self.path("Anna", "**", "*.earshot"), recursive=True):
            database = sqlite3.connect(file)
            for name in ("added", "changed", "removed"):
                database.execute(f"DROP TRIGGER search_{name}")
            database.execute("DROP TABLE search")
            database.execute("DROP TABLE search_days")
            database.execute("PRAGMA user_version = 1")
            database.commit()
            database.close()
        self.assertEqual(self.found("下午"), ["今天下午五点有蛋糕 cake"])
        self.assertEqual(len(self.found("cak")), 4)


if __name__ == "__main__":
    unittest.main()
