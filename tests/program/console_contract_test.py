"""What scripts and bots rely on (docs/CONSOLE.md)."""

import json
import re
import signal
import socket
import sys
import unittest

from earshot_process import ProgramTest

RFC3339 = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")


class HostContract(ProgramTest):
    def test_first_says_where_it_listens(self):
        host = self.host()
        first = host.next()
        self.assertEqual(first["event"], "listening")
        self.assertRegex(first["fingerprint"], r"^[0-9a-f]{64}$")
        self.assertEqual(first["room"], "Kitchen table")
        self.assertGreater(first["port"], 0)
        self.assertTrue(first["addresses"])

    def test_tells_who_comes_and_goes(self):
        host, address = self.room()
        member = self.join(address, "Anna")
        member.wait_for("joined")
        for name, who in (("connected", ""), ("joined", "Anna")):
            event = host.wait_for(name)
            self.assertEqual(event["name"], who)
            self.assertTrue(event["address"].startswith("127.0.0.1:"))
            self.assertRegex(event["time"], RFC3339)
        member.send(quit=True)
        self.assertEqual(member.exit_code(), 0)
        self.assertEqual(host.wait_for("left")["name"], "Anna")
        self.assertEqual(host.wait_for("disconnected")["name"], "Anna")

    def test_stops_on_signals_and_on_quit_in_any_case(self):
        def stop_by(action):
            host, address = self.room()
            member = self.join(address, "Anna")
            member.wait_for("joined")
            action(host)
            self.assertEqual(host.exit_code(), 0)
            lost = member.wait_for("disconnected")
            self.assertEqual(lost["reason"], "host_closed")
            self.assertGreater(lost["retry_s"], 0)
            member.send(quit=True)
            self.assertEqual(member.exit_code(), 0)
        stop_by(lambda host: host.process.send_signal(signal.SIGINT))
        stop_by(lambda host: host.process.send_signal(signal.SIGTERM))
        stop_by(lambda host: host.process.send_signal(signal.SIGHUP))
        for word in ("quit", "q", "QUIT", "Q", "Quit"):
            stop_by(lambda host, word=word: host.send_line(word))

    def test_a_hangup_that_is_ignored_stays_so(self):
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does, for what is started from here
        self.addCleanup(signal.signal, signal.SIGHUP, before)
        host, address = self.room()
        host.process.send_signal(signal.SIGHUP)
        member = self.join(address, "Anna")
        member.wait_for("joined")
        host.terminate()
        self.assertEqual(host.exit_code(), 0)

    def test_runs_on_without_input(self):
        host, address = self.room()
        host.end_input()
        member = self.join(address, "Anna")
        member.wait_for("joined")

    def test_a_taken_port_is_a_plain_failure(self):
        with socket.socket() as other:
            other.bind(("0.0.0.0", 0))
            other.listen()
            port = other.getsockname()[1]
            host = self.host(port=port)
            self.assertEqual(host.exit_code(), 1)
            self.assertEqual(host.seen[0]["code"], "port_in_use")
            self.assertEqual(len(host.errors), 1)
            self.assertIn(str(port), host.errors[0])

    def test_reopens_the_room_of_that_name(self):
        first, _ = self.room()
        first.send_line("quit")
        self.assertEqual(first.exit_code(), 0)
        again, _ = self.room()
        self.assertEqual(first.seen[0]["room_id"], again.seen[0]["room_id"])


class MemberContract(ProgramTest):
    def setUp(self):
        super().setUp()
        self.hosting, self.address = self.room()

    def member(self, name):
        process = self.join(self.address, name)
        process.joined = process.wait_for("joined")
        return process

    def test_joined_names_the_room_oneself_and_everybody(self):
        self.member("Anna")
        berta = self.member("Berta")
        self.assertEqual(berta.joined["room"], "Kitchen table")
        self.assertEqual(berta.joined["you"], "Berta")
        self.assertEqual(sorted(berta.joined["members"]), ["Anna", "Berta"])

    def test_texts_reach_the_others_and_come_back_only_as_sent(self):
        anna, berta = self.member("Anna"), self.member("Berta")
        anna.wait_for("member_joined", name="Berta")
        anna.send(say="Grüße 🎉 مرحبا 你好", ref="r1")
        sent = anna.wait_for("sent")
        message = berta.wait_for("message")
        self.assertEqual(sent["ref"], "r1")
        self.assertEqual(message["seq"], sent["seq"])
        self.assertEqual(message["from"], "Anna")
        self.assertEqual(message["text"], "Grüße 🎉 مرحبا 你好")
        self.assertRegex(message["time"], RFC3339)
        berta.send(say="back", ref={"any": ["json"]})
        self.assertEqual(berta.wait_for("sent")["ref"], {"any": ["json"]})
        self.assertEqual(anna.wait_for("message")["from"], "Berta")
        self.assertFalse([e for e in anna.seen if e["event"] == "message" and e["from"] == "Anna"])

    def test_renames_and_leaves_are_told(self):
        anna, berta = self.member("Anna"), self.member("Berta")
        anna.send(rename="Annika")
        renamed = berta.wait_for("member_renamed")
        self.assertEqual((renamed["name"], renamed["new_name"]), ("Anna", "Annika"))
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        self.assertEqual(berta.wait_for("member_left")["name"], "Annika")

    def test_a_killed_member_takes_its_own_place_when_it_comes_back(self):
        anna, berta = self.member("Anna"), self.member("Berta")
        anna.kill()
        anna = self.member("Anna")
        anna.send(say="it is me again")
        self.assertEqual(berta.wait_for("message")["from"], "Anna")
        self.assertFalse([event for event in berta.seen if event["event"] == "member_left"])

    def test_a_taken_name_ends_with_a_suggestion(self):
        self.member("Anna")
        other = self.join(self.address, "anna", data="other")
        self.assertEqual(other.exit_code(), 1)
        self.assertEqual(other.seen[-1]["event"], "error")
        self.assertEqual(other.seen[-1]["code"], "name_taken")
        self.assertEqual(other.seen[-1]["suggestion"], "anna (2)")
        self.assertEqual(len(other.errors), 1)

    def test_names_that_are_none_end_with_one_sentence(self):
        for name, code in (("", "name_empty"), ("x" * 500, "name_too_long"), ("a\x07b", "name_forbidden"),
                           ("host", "name_forbidden")):
            with self.subTest(name=name[:10]):
                # An empty --as means "not given", so the empty name is sent as spaces.
                other = self.join(self.address, name or "   ", data="nameless")
                self.assertEqual(other.exit_code(), 1)
                self.assertEqual(other.seen[-1]["code"], code)
                self.assertEqual(len(other.errors), 1)

    def test_end_of_input_leaves_once_everything_is_acknowledged(self):
        berta = self.member("Berta")
        texts = [f"line {i}" for i in range(200)]
        lines = "".join(json.dumps({"say": text, "ref": i}) + "\n" for i, text in enumerate(texts))
        anna = self.join(self.address, "Anna")
        anna.process.stdin.write(lines.encode())
        anna.end_input()
        self.assertEqual(anna.exit_code(), 0)
        self.assertEqual([e["ref"] for e in anna.seen if e["event"] == "sent"], list(range(200)))
        self.assertEqual([berta.wait_for("message")["text"] for _ in texts], texts)

    def test_lines_that_are_nonsense_are_errors_and_the_talk_goes_on(self):
        anna = self.member("Anna")
        for line in ("nonsense", "[1]", "{}", '{"say":5}', "{", '"x"'):
            anna.send_line(line)
            self.assertEqual(anna.wait_for("error")["code"], "usage_invalid")
        anna.send(say="", ref=1)
        self.assertEqual(anna.wait_for("error", ref=1)["code"], "text_empty")
        anna.send(say="x" * 9000, ref=2)
        self.assertEqual(anna.wait_for("error", ref=2)["code"], "text_too_long")
        anna.send(say="fine", ref=3)
        self.assertEqual(anna.wait_for("sent")["ref"], 3)

    def test_nobody_there_ends_with_one_sentence(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        other = self.join(f"127.0.0.1:{port}", "Anna")
        self.assertEqual(other.exit_code(), 1)
        self.assertEqual(other.seen[-1]["code"], "connection_refused")
        self.assertEqual(len(other.errors), 1)


class PlainFace(ProgramTest):
    def test_people_can_read_and_type_it(self):
        _, address = self.room()
        for leaving in ("/quit\n", "QUIT\n"):
            result = self.run_program("join", address, "--console", "--as", "Anna", "--data-dir", self.path("Anna"),
                                      input="hello\n/me waves\n/nonsense\n" + leaving)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn('You are in "Kitchen table" as Anna.', result.stdout)
            self.assertIn("Anna: hello", result.stdout)
            self.assertIn("* Anna waves", result.stdout)
            self.assertIn("/nonsense", result.stdout)

    def test_a_plain_host_says_how_to_join(self):
        result = self.run_program("host", "--headless", "--name", "Room", "-p", 0, "--data-dir", self.path("h"),
                                  input="quit\n")
        self.assertEqual(result.returncode, 0)
        self.assertIn('Hosting "Room"', result.stdout)
        self.assertRegex(result.stdout, r":\d+\n")


class CommandLine(ProgramTest):
    def test_help_and_version(self):
        self.assertEqual(self.run_program("--version").returncode, 0)
        self.assertRegex(self.run_program("--version").stdout, r"^earshot \d+\.\d+\.\d+\n$")
        self.assertIn("join", self.run_program("--help").stdout)

    def test_wrong_usage_is_two_with_one_line(self):
        for arguments in (("--nonsense",), ("join", "--console"), ("nonsense",), ("export",), ("host", "-p", "70000"), ("host", "-p", "x"),
                          ("join", "a", "--json"), ("host", "--json"), ("host", "--join-code", "secret"),
                          ("host", "--open", "--join-code", "amber-tiger-lake-42"), ("export", "x", "--format", "docx")):
            result = self.run_program(*arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertEqual(result.stderr.count("\n"), 1, result.stderr)

    def test_a_link_that_leads_nowhere_is_one_line(self):
        result = self.run_program("join", "earshot:--headless", "--console", "--data-dir", self.path("d"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("leads to no room", result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)

    def test_a_join_code_that_is_none_is_one_line(self):
        member = self.join("127.0.0.1:9", "Anna", "--join-code", "secret")
        self.assertEqual(member.exit_code(), 1)
        self.assertEqual(member.seen[-1]["code"], "join_code_invalid")
        self.assertEqual(len(member.errors), 1)

    def test_half_an_invite_is_one_line(self):
        member = self.join("earshot://127.0.0.1:9/?r=AAECAwQFBgcICQoLDA0ODw", "Anna")
        self.assertEqual(member.exit_code(), 1)
        self.assertEqual(member.seen[-1]["code"], "invite_invalid")
        self.assertEqual(len(member.errors), 1)

    def test_a_link_joins(self):
        _, address = self.room()
        self.join(f"earshot://{address}/", "Anna").wait_for("joined", address=address)

    @unittest.skipIf(sys.platform in ("win32", "darwin"), "there is always a display")
    def test_without_a_display_a_window_is_one_line(self):
        for arguments in ((), ("join",), ("host",), ("earshot:pc",)):
            result = self.run_program(*arguments, "--data-dir", self.path("d"))
            self.assertEqual(result.returncode, 1, arguments)
            self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
            # A build without a window (ThreadSanitizer's) says the same for another reason.
            self.assertIn("use host --headless or join --console", result.stderr)

    def test_data_dir_works_before_and_after_the_command(self):
        for arguments in (("--data-dir", self.path("d"), "rooms"), ("rooms", "--data-dir", self.path("d"))):
            self.assertEqual(self.run_program(*arguments).returncode, 0)


if __name__ == "__main__":
    unittest.main()
