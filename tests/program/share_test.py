"""Giving the program away from a host without a window: what it says, serves and refuses."""

import hashlib
import http.client
import os
import re
import signal
import socket
import subprocess
import unittest

from earshot_process import PATIENCE, PROGRAM, ProgramTest, environment

INSTALLERS = ("earshot-1.0.0-win64.exe", "earshot-1.0.0-macos.dmg", "earshot_1.0.0_amd64.deb")


class ShareTest(ProgramTest):
    """A folder with installers and other files, and a host that shares it."""

    def setUp(self):
        super().setUp()
        self.contents = {name: os.urandom(300_000) + name.encode() for name in INSTALLERS}
        os.mkdir(self.path("installers"))
        for name, content in [*self.contents.items(), ("secret.txt", b"never to be seen")]:
            with open(self.path("installers", name), "wb") as file:
                file.write(content)

    def share(self, *arguments, port=0, **options):
        host = self.host("--share-app", self.path("installers"), "--share-port", port, *arguments, **options)
        self.listening = host.wait_for("listening")
        return host, host.wait_for("sharing")

    def ask(self, port, target, method="GET", **headers):
        """Status, headers and body of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.addCleanup(connection.close)
        connection.putrequest(method, target, skip_host="host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def refused(self, *arguments):
        """The sentence on standard error of a host that does not start."""
        done = self.run_program("host", "--headless", "--name", "Room", "-p", "0", "--data-dir", self.path("data"),
                                *arguments, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 1, done)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        return done


class Sharing(ShareTest):
    def test_says_what_it_shares_and_serves_exactly_that(self):
        _, sharing = self.share()
        self.assertEqual({each["file"] for each in sharing["installers"]}, set(INSTALLERS))
        for each in sharing["installers"]:
            status, headers, body = self.ask(sharing["port"], "/" + each["file"])
            self.assertEqual(status, 200)
            self.assertEqual(body, self.contents[each["file"]])
            self.assertEqual(hashlib.sha256(body).hexdigest(), each["sha256"])
            self.assertEqual(len(body), each["bytes"])
            self.assertIn(f'filename="{each["file"]}"', headers["Content-Disposition"])
        self.assertEqual([each["system"] for each in sharing["installers"]],
                         ["Windows", "macOS", "Debian and Ubuntu"])

    def test_the_urls_are_the_addresses_of_the_room(self):
        _, sharing = self.share()
        self.assertEqual(len(sharing["urls"]), len(self.listening["addresses"]))
        for url, address in zip(sharing["urls"], self.listening["addresses"]):
            self.assertIn(address, url)
            self.assertTrue(url.startswith("http://") and url.endswith(f":{sharing['port']}"))

    def test_the_page_says_all_that_is_needed(self):
        _, sharing = self.share()
        status, _, body = self.ask(sharing["port"], "/")
        page = body.decode()
        self.assertEqual(status, 200)
        for each in sharing["installers"]:
            self.assertIn(f'href="/{each["file"]}"', page)
            self.assertIn(each["sha256"], page)
        self.assertIn(f'{self.listening["addresses"][0]}:{self.listening["port"]}', page)
        self.assertIn("Kitchen table", page)

    def test_serves_nothing_else(self):
        _, sharing = self.share()
        for target in ("/secret.txt", "/..", "/%2e%2e/secret.txt", "//etc/passwd", "/../../etc/passwd", "/installers/",
                       "/?x", f"/{INSTALLERS[0]}?x", f"/{INSTALLERS[0].upper()}", f"/{INSTALLERS[0]}%00",
                       "/favicon.ico"):
            status, _, body = self.ask(sharing["port"], target)
            self.assertEqual((status, body), (404, b"There is nothing here.\n"), target)
        self.assertEqual(self.ask(sharing["port"], "/", "DELETE")[0], 405)
        self.assertEqual(self.ask(sharing["port"], "/", host="example.org")[0], 421)

    def test_a_file_put_there_later_is_not_served(self):
        _, sharing = self.share()
        with open(self.path("installers", "earshot-2.0.0-win64.exe"), "wb") as file:
            file.write(b"later")
        self.assertEqual(self.ask(sharing["port"], "/earshot-2.0.0-win64.exe")[0], 404)

    def test_ends_with_the_room(self):
        host, sharing = self.share()
        host.send_line("quit")
        self.assertEqual(host.exit_code(), 0)
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", sharing["port"]), timeout=PATIENCE)

    def test_people_join_meanwhile(self):
        host, _ = self.share()
        member = self.join(f"127.0.0.1:{self.listening['port']}", "Anna")
        member.wait_for("joined")
        host.wait_for("joined", name="Anna")

    def test_says_it_to_people_too(self):
        host = subprocess.Popen(
            [PROGRAM, "host", "--headless", "-p", "0", "--share-app", self.path("installers"), "--share-port", "0",
             "--data-dir", self.path("plain")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment())
        self.addCleanup(host.stdout.close)
        self.addCleanup(host.kill)
        wanted = {f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in self.contents.items()}
        for line in host.stdout:
            wanted.discard(line.strip())
            if not wanted:
                break
        self.assertFalse(wanted)
        host.communicate("quit\n", timeout=PATIENCE)
        self.assertEqual(host.returncode, 0)


class NotSharing(ShareTest):
    def test_nothing_is_shared_unless_asked(self):
        host, _ = self.room()
        host.send_line("quit")
        self.assertEqual(host.exit_code(), 0)
        self.assertNotIn("sharing", {event["event"] for event in host.seen})

    def test_a_folder_without_installers_is_refused_before_the_room_opens(self):
        os.mkdir(self.path("empty"))
        done = self.refused("--share-app", self.path("empty"))
        self.assertIn("earshot-1.0.0-win64.exe", done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn("not found", self.refused("--share-app", self.path("none")).stderr)

    def test_json_tells_why(self):
        host = self.host("--share-app", self.path("none"))
        self.assertEqual(host.exit_code(), 1)
        self.assertEqual([(event["event"], event["code"]) for event in host.seen], [("error", "not_found")])

    def test_a_taken_port_closes_the_room_properly(self):
        with socket.socket() as other:
            other.bind(("0.0.0.0", 0))
            other.listen()
            port = other.getsockname()[1]
            host = self.host("--share-app", self.path("installers"), "--share-port", port)
            self.assertEqual(host.exit_code(), 1)
            self.assertEqual([event["event"] for event in host.seen], ["listening", "error"])
            self.assertEqual(host.seen[1]["code"], "port_in_use")
            self.assertEqual(len(host.errors), 1)
            self.assertRegex(host.errors[0], re.compile(rf"^[^.]*\b{port}\b.*\.$"))

    def test_without_a_port_the_next_free_one_is_taken(self):
        def share():
            host = self.host("--share-app", self.path("installers"), data=f"host{len(hosts)}")
            hosts.append(host)
            return host.wait_for("sharing")["port"]
        hosts = []
        first, second = share(), share()
        self.assertGreaterEqual(first, 8060)
        self.assertGreater(second, first)

    def test_sigterm_ends_it_while_somebody_downloads(self):
        host, sharing = self.share()
        with socket.create_connection(("127.0.0.1", sharing["port"]), timeout=PATIENCE) as client:
            client.sendall(b"GET /" + INSTALLERS[0].encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            self.assertTrue(client.recv(1))
            host.process.send_signal(signal.SIGTERM)
            self.assertEqual(host.exit_code(), 0)


if __name__ == "__main__":
    unittest.main()
