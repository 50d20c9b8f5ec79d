"""A profile as one file with a passphrase, and back (docs/BACKUP.md)."""

import os
import pty
import select
import signal
import stat
import subprocess
import unittest

from earshot_process import PATIENCE, PROGRAM, ProgramTest, environment
from saving_test import files_at_most

PASSPHRASE = "amber tiger lake"


class Backup(ProgramTest):
    def setUp(self):
        super().setUp()
        self.passphrase = self.path("passphrase")
        with open(self.passphrase, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\nnot this line\n")
        self.file = self.path("anna.earshot-backup")

    def talk(self):
        """Anna hosts a room and has said something in it."""
        host, address = self.room(data="anna-host")
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        anna.send(say="a canary in the coal mine", ref=1)
        anna.wait_for("sent")
        return host, anna

    def run_backup(self, *arguments, data="Anna", file=None, **options):
        return self.run_program("backup", file or self.file, "--data-dir", self.path(data), *arguments, **options)

    def run_restore(self, *arguments, data="new", file=None, **options):
        return self.run_program("restore", file or self.file, "--data-dir", self.path(data), *arguments, **options)

    def from_file(self):
        return ("--passphrase-file", self.passphrase)

    def assert_fails(self, result, words):
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertIn(words, result.stderr)
        self.assertEqual(result.stdout, "")

    def test_comes_back_on_another_computer_while_the_first_is_in_use(self):
        self.talk()
        made = self.run_backup(*self.from_file())
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn("Backed up", made.stderr)
        self.assertEqual(stat.S_IMODE(os.stat(self.file).st_mode), 0o600)
        with open(self.file, "rb") as file:
            self.assertNotIn(b"canary", file.read())
        restored = self.run_restore(*self.from_file())
        self.assertEqual(restored.returncode, 0, restored.stderr)
        self.assertIn("Anna: a canary in the coal mine", self.export("new").stdout)

    def test_of_a_host_keeps_the_room(self):
        host, _ = self.talk()
        room_id = host.seen[0]["room_id"]
        self.assertEqual(self.run_backup(*self.from_file(), data="anna-host").returncode, 0)
        self.assertEqual(self.run_restore(*self.from_file()).returncode, 0)
        again = self.host(data="new")
        self.assertEqual(again.wait_for("listening")["room_id"], room_id)

    def test_is_the_same_person_to_the_others(self):
        """The host knows the member by the key, so the restored one may take the name of the first."""
        host, anna = self.talk()
        self.assertEqual(self.run_backup(*self.from_file()).returncode, 0)
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        self.assertEqual(self.run_restore(*self.from_file()).returncode, 0)
        self.assertEqual(self.identity("new"), self.identity("Anna"))

    def identity(self, data):
        with open(self.path(data, "profile.json"), encoding="utf-8") as file:
            return file.read()

    def test_takes_the_passphrase_from_standard_input(self):
        self.talk()
        self.assertEqual(self.run_backup(input=PASSPHRASE + "\r\n").returncode, 0)
        self.assertEqual(self.run_restore(input=PASSPHRASE).returncode, 0)
        self.assert_fails(self.run_backup(input="short\n"), "too short")
        self.assert_fails(self.run_backup(input=""), "cancelled")

    def test_with_the_wrong_passphrase_writes_nothing(self):
        self.talk()
        self.run_backup(*self.from_file())
        self.assert_fails(self.run_restore(input="amber tiger lak\n"), "not the passphrase")
        self.assertFalse(os.path.exists(self.path("new")))

    def test_that_is_none_is_refused_before_the_passphrase_is_asked_for(self):
        with open(self.file, "wb") as file:
            file.write(b"a holiday picture" * 100)
        self.assert_fails(self.run_restore(input=""), "no backup of an Earshot profile")
        self.assert_fails(self.run_restore(file=self.path("missing"), input=""), "was not found")

    def test_of_a_newer_version_says_so(self):
        self.talk()
        self.run_backup(*self.from_file())
        with open(self.file, "r+b") as file:
            file.seek(16)
            file.write(b"\x02")
        self.assert_fails(self.run_restore(*self.from_file()), "newer Earshot")

    def test_over_somebody_asks_and_sets_them_aside(self):
        self.talk()
        self.run_backup(*self.from_file())
        other = self.host(data="other", name="Workshop")
        other.wait_for("listening")
        self.assert_fails(self.run_restore(*self.from_file(), data="other"), "--replace")
        self.assert_fails(self.run_restore(*self.from_file(), "--replace", data="other"), "already open for this person")
        other.send(quit=True)
        self.assertEqual(other.exit_code(), 0)
        before = self.identity("other")
        restored = self.run_restore(*self.from_file(), "--replace", data="other")
        self.assertEqual(restored.returncode, 0, restored.stderr)
        self.assertEqual(self.identity("other"), self.identity("Anna"))
        aside = [name for name in os.listdir(self.path("other")) if name.startswith("before-restore-")]
        self.assertEqual(len(aside), 1)
        self.assertIn(aside[0], restored.stderr)
        self.assertEqual(self.identity(os.path.join("other", aside[0])), before)

    def test_on_a_full_disk_leaves_the_former_one(self):
        self.talk()
        self.assertEqual(self.run_backup(*self.from_file()).returncode, 0)
        with open(self.file, "rb") as file:
            before = file.read()
        failed = self.run_backup(*self.from_file(), preexec_fn=files_at_most(20 * 1024))
        self.assert_fails(failed, "disk is full")
        with open(self.file, "rb") as file:
            self.assertEqual(file.read(), before)
        self.assertEqual([n for n in os.listdir(self.folder) if n.startswith(".")], [])
        self.assertEqual([n for n in os.listdir(self.path("Anna")) if n.startswith(".")], [])
        failed = self.run_restore(*self.from_file(), preexec_fn=files_at_most(20 * 1024))
        self.assert_fails(failed, "disk is full")
        self.assertFalse(os.path.exists(self.path("new")))

    def test_wants_its_file(self):
        self.assertEqual(self.run_program("backup").returncode, 2)
        self.assertEqual(self.run_program("restore").returncode, 2)
        self.assertEqual(self.run_program("backup", "x", "--passphrase", "y").returncode, 2)


class AtATerminal(ProgramTest):
    """Somebody types; nothing of it may be seen."""

    def setUp(self):
        super().setUp()
        host, _ = self.room()
        host.send(quit=True)
        host.exit_code()
        self.file = self.path("b.earshot-backup")

    def begin(self, *arguments):
        self.terminal, end = pty.openpty()
        self.addCleanup(os.close, self.terminal)
        process = subprocess.Popen([PROGRAM, *arguments], stdin=end, stdout=end, stderr=end, env=environment(),
                                   start_new_session=True)
        self.addCleanup(lambda: (process.poll() is None and process.kill(), process.wait()))
        os.close(end)
        self.shown = ""
        return process

    def see(self, words):
        while words not in self.shown:
            ready, _, _ = select.select([self.terminal], [], [], PATIENCE)
            self.assertTrue(ready, f"{words!r} was not shown: {self.shown!r}")
            try:
                self.shown += os.read(self.terminal, 4096).decode()
            except OSError:  # the other end is closed
                self.fail(f"ended before {words!r}: {self.shown!r}")
        self.shown = self.shown.partition(words)[2]

    def type(self, line):
        os.write(self.terminal, line.encode() + b"\n")

    def test_a_new_passphrase_is_typed_twice_and_never_shown(self):
        process = self.begin("backup", self.file, "--data-dir", self.path("host"))
        self.see("Passphrase of the backup: ")
        self.type("short")
        self.see("too short")
        self.see("Passphrase of the backup: ")
        self.type(PASSPHRASE)
        self.see("The same again: ")
        self.type(PASSPHRASE + "x")
        self.see("different")
        self.see("Passphrase of the backup: ")
        self.type(PASSPHRASE)
        self.see("The same again: ")
        self.assertNotIn("tiger", self.shown)
        self.type(PASSPHRASE)
        self.see("Backed up")
        self.assertEqual(process.wait(PATIENCE), 0)

    def test_somebody_is_set_aside_only_when_that_is_wanted(self):
        made = self.run_program("backup", self.file, "--data-dir", self.path("host"), input=PASSPHRASE)
        self.assertEqual(made.returncode, 0)
        process = self.begin("restore", self.file, "--data-dir", self.path("host"))
        self.see("Set it aside and restore the backup? [y/N] ")
        self.type("")
        self.assertEqual(process.wait(PATIENCE), 1)
        process = self.begin("restore", self.file, "--data-dir", self.path("host"))
        self.see("[y/N] ")
        self.type("y")
        self.see("Passphrase of the backup: ")
        self.type(PASSPHRASE)
        self.see("before-restore-")
        self.assertEqual(process.wait(PATIENCE), 0)

    def test_an_interruption_leaves_nothing(self):
        process = self.begin("backup", self.file, "--data-dir", self.path("host"))
        self.see("Passphrase of the backup: ")
        process.send_signal(signal.SIGINT)
        self.see("cancelled")
        self.assertEqual(process.wait(PATIENCE), 1)
        self.assertFalse(os.path.exists(self.file))


if __name__ == "__main__":
    unittest.main()
