"""Exporting in every format, and importing again, with the real executable."""

import csv
import io
import json
import os
import unittest

from earshot_process import ProgramTest


class Formats(ProgramTest):
    def talk(self):
        _, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        for text in ("first\n[12:00:00] Bob: forged", "=1+1", "<script>alert(1)</script>", "\u202eeerga"):
            anna.send(say=text)
            anna.wait_for("sent")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)

    def test_is_chosen_by_the_option_or_by_the_ending_of_the_file(self):
        self.talk()
        for name, beginning in (("chat.txt", "Earshot conversation\n"), ("chat.html", "<!DOCTYPE html>"),
                                ("chat.jsonl", '{"format":"earshot-conversation"'), ("chat.CSV", '\ufeff"time","name"'),
                                ("chat", "Earshot conversation\n")):
            result = self.export("Anna", "--output", self.path(name))
            self.assertEqual(result.returncode, 0, result.stderr)
            with open(self.path(name), encoding="utf-8") as file:
                self.assertTrue(file.read().startswith(beginning), name)
        self.assertTrue(self.export("Anna", "--format", "html").stdout.startswith("<!DOCTYPE html>"))
        self.export("Anna", "--format", "csv", "--output", self.path("x.txt"))
        with open(self.path("x.txt"), encoding="utf-8") as file:
            self.assertTrue(file.read().startswith("\ufeff"))
        self.assertEqual(self.export("Anna", "--format", "doc").returncode, 2)

    def test_lets_nothing_pretend_to_be_something_else(self):
        self.talk()
        self.assertIn("\n    | [12:00:00] Bob: forged\n", self.export("Anna").stdout)
        self.assertNotIn("<script", self.export("Anna", "--format", "html").stdout)
        table = self.export("Anna", "--format", "csv").stdout.lstrip("\ufeff")
        cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
        self.assertIn("'=1+1", cells)
        self.assertEqual([cell for cell in cells if cell.startswith(("=", "+", "-", "@"))], [])

    def test_comes_back_as_it_was_and_only_once(self):
        self.talk()
        file = self.path("chat.jsonl")
        self.assertEqual(self.export("Anna", "--output", file).returncode, 0)
        first = self.run_program("import", file, "--data-dir", self.path("Ben"))
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertIn('Imported 4 messages as "Kitchen table (imported)"', first.stderr)
        second = self.run_program("import", file, "--data-dir", self.path("Ben"))
        self.assertEqual(second.returncode, 0, second.stderr)
        self.assertIn("here already", second.stderr)
        listed = [json.loads(line) for line in
                  self.run_program("rooms", "--json", "--data-dir", self.path("Ben")).stdout.splitlines()]
        self.assertEqual([(room["room"], room["imported"]) for room in listed], [("Kitchen table (imported)", True)])
        again = self.export("Ben", "--format", "jsonl", room="Kitchen table (imported)")
        with open(file, encoding="utf-8") as before:
            self.assertEqual(again.stdout, before.read())

    def test_what_is_damaged_is_refused_in_one_sentence_and_leaves_nothing(self):
        self.talk()
        good = self.export("Anna", "--format", "jsonl").stdout
        os.mkdir(self.path("Ben"))
        for content in ("", "hello", good[:-40], good.replace('"seq":3', '"seq":2'), good.replace('"version":1', '"version":9'),
                        good + "x" * 1000000):
            with open(self.path("bad.jsonl"), "w", encoding="utf-8") as file:
                file.write(content)
            result = self.run_program("import", self.path("bad.jsonl"), "--data-dir", self.path("Ben"))
            self.assertEqual(result.returncode, 1)
            self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
            self.assertIn("bad.jsonl", result.stderr)
        self.assertEqual(os.listdir(self.path("Ben", "conversations")), [])


if __name__ == "__main__":
    unittest.main()
