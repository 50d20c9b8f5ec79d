"""A profile belongs to one running program; what only reads works beside it (docs/CONSOLE.md)."""

import os
import signal
import unittest

from earshot_process import ProgramTest

IN_USE = "Earshot is already open for this person"


class OneProgram(ProgramTest):
    def assert_in_use(self, *arguments, json=True):
        second = self.run_program(*arguments, "--data-dir", self.path("host"))
        self.assertEqual(second.returncode, 1)
        self.assertIn(IN_USE, second.stderr)
        self.assertEqual(second.stderr.count("\n"), 1, second.stderr)
        if json:
            self.assertIn('"code":"profile_in_use"', second.stdout)
            self.assertEqual(second.stdout.count("\n"), 1, second.stdout)
        else:
            self.assertEqual(second.stdout, "")

    def test_holds_a_profile_and_a_second_one_says_so(self):
        _, address = self.room()
        self.assert_in_use("host", "--headless", "--json", "-p", 0)
        self.assert_in_use("join", address, "--console", "--json", "--as", "Ben")
        self.assert_in_use("host", "--headless", "-p", 0, json=False)
        self.assert_in_use("join", address, "--console", json=False)

    def test_lets_another_person_in(self):
        _, address = self.room()
        self.join(address, "Anna").wait_for("joined")

    def test_leaves_the_profile_free_when_it_ends(self):
        host, _ = self.room()
        host.send(quit=True)
        self.assertEqual(host.exit_code(), 0)
        self.room()

    def test_leaves_the_profile_free_when_it_is_killed(self):
        host, _ = self.room()
        host.process.send_signal(signal.SIGKILL)
        host.process.wait()
        self.room()

    def test_is_no_hindrance_to_what_only_reads(self):
        _, address = self.room()
        anna = self.join(address, "Anna")
        anna.send(say="hello", ref=1)
        anna.wait_for("sent")
        self.assertIn("Anna: hello", self.export("Anna").stdout)
        rooms = self.run_program("rooms", "--data-dir", self.path("Anna"))
        self.assertEqual((rooms.returncode, rooms.stdout.startswith("Kitchen table")), (0, True))

    def test_holds_a_profile_in_the_platforms_folders_too(self):
        home = {"HOME": self.path("home"), "XDG_CONFIG_HOME": self.path("config"), "XDG_DATA_HOME": self.path("data"),
                "XDG_STATE_HOME": self.path("state")}
        first = self.start("host", "--headless", "--json", "-p", 0, variables=home)
        first.wait_for("listening")
        second = self.start("host", "--headless", "--json", "-p", 0, variables=home)
        self.assertEqual(second.exit_code(), 1)
        self.assertEqual(second.seen[0]["code"], "profile_in_use")
        self.assertIn("earshot", os.listdir(self.path("config")))


if __name__ == "__main__":
    unittest.main()
