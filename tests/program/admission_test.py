"""Who gets into a room: join codes, invites, and what becomes of guessing, between real programs."""

import re
import subprocess
import unittest

from earshot_process import PATIENCE, PROGRAM, ProgramTest, environment

CODE = "acid-tiger-lake-42"
WRONG = [f"acid-tiger-lake-{number}" for number in range(43, 49)]


class Admission(ProgramTest):
    def locked_room(self, *arguments, **options):
        host = self.host(*arguments, **{"access": ("--join-code", CODE), **options})
        listening = host.wait_for("listening")
        return host, listening, f"127.0.0.1:{listening['port']}"

    def refused(self, member):
        """The code of the error with which it ended; the program says it in one line and exits with 1."""
        self.assertEqual(member.exit_code(), 1)
        self.assertFalse([event for event in member.seen if event["event"] == "joined"])
        return member.seen[-1]["code"]

    def test_a_host_has_a_code_an_invite_and_a_fingerprint_unless_it_is_open(self):
        made = self.host(access=()).wait_for("listening")
        self.assertRegex(made["join_code"], r"^[a-z]+-[a-z]+-[a-z]+-\d\d$")
        self.assertRegex(made["invite"], r"^earshot://\S+:\d+/\?r=")
        self.assertRegex(made["fingerprint"], r"^[0-9a-f]{64}$")
        opened = self.host(data="open").wait_for("listening")
        self.assertIsNone(opened["join_code"])
        self.assertNotEqual(opened["fingerprint"], made["fingerprint"])

    def test_the_right_code_opens_however_it_is_typed(self):
        _, listening, address = self.locked_room()
        self.assertEqual(listening["join_code"], CODE)
        for name, typed in (("Anna", CODE), ("Ben", "ACID TIGER LAKE 42"), ("Carla", "acidtigerlake42")):
            with self.subTest(typed=typed):
                self.join(address, name, "--join-code", typed).wait_for("joined")

    def test_a_missing_an_ill_formed_and_a_wrong_code_end_in_one_sentence(self):
        _, _, address = self.locked_room()
        for name, code, arguments in (("Anna", "join_code_needed", ()),
                                      ("Ben", "join_code_invalid", ("--join-code", "amber")),
                                      ("Carla", "join_code_wrong", ("--join-code", WRONG[0]))):
            with self.subTest(code=code):
                self.assertEqual(self.refused(self.join(address, name, *arguments)), code)
        plain = subprocess.run([PROGRAM, "join", address, "--console", "--as", "Dora", "--data-dir", self.path("Dora"),
                                "--join-code", WRONG[0]], input="", capture_output=True, text=True,
                               env=environment(), timeout=PATIENCE)
        self.assertEqual(plain.returncode, 1)
        self.assertRegex(plain.stdout + plain.stderr, r"join code")
        self.assertNotIn("joined", plain.stdout)

    def test_who_was_in_needs_no_code_again(self):
        _, _, address = self.locked_room()
        anna = self.join(address, "Anna", "--join-code", CODE)
        anna.wait_for("joined")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        self.join(address, "Anna").wait_for("joined")

    def test_the_code_survives_the_host(self):
        host, listening, _ = self.locked_room()
        host.terminate()
        self.assertEqual(host.exit_code(), 0)
        again = self.host(access=()).wait_for("listening")
        self.assertEqual(again["join_code"], CODE)
        self.assertEqual(again["fingerprint"], listening["fingerprint"])
        self.join(f"127.0.0.1:{again['port']}", "Anna", "--join-code", CODE).wait_for("joined")

    def test_an_invite_opens_without_a_code(self):
        _, listening, _ = self.locked_room()
        # Its address is the one for others on the network; here only loopback is sure to be reachable.
        invite = re.sub(r"//\S+:", "//127.0.0.1:", listening["invite"])
        self.join(invite, "Anna").wait_for("joined")
        spoilt = re.sub(r"&t=.", lambda found: "&t=" + ("A" if found[0][-1] != "A" else "B"), invite)
        self.assertRegex(self.refused(self.join(spoilt, "Ben")), "^invite_")

    def test_guessing_is_slowed_down_and_members_still_get_in(self):
        _, listening, address = self.locked_room()
        anna = self.join(address, "Anna", "--join-code", CODE)
        anna.wait_for("joined")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        seen = [self.refused(self.join(address, "Eve", "--join-code", guess, data="eve")) for guess in WRONG]
        self.assertEqual(seen[:5], ["join_code_wrong"] * 5)
        self.assertEqual(seen[5], "too_many_tries")
        self.assertEqual(self.refused(self.join(address, "Eve", "--join-code", CODE, data="eve")), "too_many_tries")
        self.join(address, "Anna").wait_for("joined")
        invite = re.sub(r"//\S+:", "//127.0.0.1:", listening["invite"])
        self.join(invite, "Ben").wait_for("joined")

    def test_another_key_at_the_same_address_is_a_full_stop(self):
        host, address = self.room()
        anna = self.join(address, "Anna")
        anna.wait_for("joined")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        host.terminate()
        self.assertEqual(host.exit_code(), 0)
        other = self.host(data="other", port=address.rpartition(":")[2])
        other.wait_for("listening")
        self.assertEqual(self.refused(self.join(address, "Anna")), "host_key_changed")


if __name__ == "__main__":
    unittest.main()
