"""The installed and the portable program: terminals, links, the window, and talking to Linux."""

import pathlib
import subprocess
import time

from check_base import LINK, ROOM, VERSION, Check
from wine_session import PATIENCE, wait_until

FOREIGN = "Ünïcode 测试"


class Program(Check):
    def setUp(self):
        super().setUp()
        self.com = self.install() / "earshot.com"

    def test_answers_through_a_pipe_with_exit_codes(self):
        for program in (self.com, self.com.with_suffix(".exe")):
            answer = self.windows.run(program, "--version")
            self.assertEqual((answer.stdout, answer.returncode), (f"earshot {VERSION}\n", 0), program.name)
            answer = self.windows.run(program, "--no-such-option")
            self.assertEqual((answer.stdout, answer.returncode), ("", 2), program.name)
            self.assertIn("--no-such-option", answer.stderr)
        answer = self.windows.run(self.com, "export", "no such room", "--data-dir", r"C:\empty")
        self.assertEqual(answer.returncode, 1, answer.stderr)

    def test_hosts_joins_and_exports_with_foreign_letters(self):
        data = self.windows.path(self.windows.drive / FOREIGN)
        host, address = self.host(self.com, data=rf"{data}\host")
        anna = self.member(self.com, address, "Anna", rf"{data}\Anna")
        ben = self.member(self.com, address, "Bén 本", rf"{data}\Ben")
        anna.send(say="Grüße, 你好", ref=1)
        anna.wait_for("sent", ref=1)
        ben.wait_for("message", **{"from": "Anna", "text": "Grüße, 你好"})
        self.assertEqual([anna.leave(), ben.leave(), host.quit_host()], [0, 0, 0])

        target = self.windows.drive / FOREIGN / f"{FOREIGN}.txt"
        answer = self.windows.run(self.com, "export", ROOM, "--data-dir", rf"{data}\Ben",
                                  "--output", self.windows.path(target))
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertIn("Grüße, 你好", target.read_text("utf-8"))
        answer = self.windows.run(self.com, "rooms", "--json", "--data-dir", rf"{data}\Ben")
        self.assertIn('"Bén 本"', answer.stdout)

    def test_keeps_its_data_in_the_folders_of_the_account(self):
        host, _ = self.host(self.com)
        self.assertEqual(host.quit_host(), 0)
        self.assertTrue((self.windows.roaming / "Earshot" / "profile.json").is_file())
        self.assertTrue(any((self.windows.local / "Earshot" / "rooms").iterdir()))


class Links(Check):
    def setUp(self):
        super().setUp()
        folder = self.install()
        # A room of its own each time: in one that was there before, the person of the test before is only away.
        self.room, self.address = self.host(folder / "earshot.com", data=rf"C:\link host\{self._testMethodName}")

    def open(self, link):
        """Runs the command of the registry as the desktop does: the link as it is, in place of %1."""
        command = self.windows.registry(rf"HKCU\{LINK}\shell\open\command")[""][1]
        return self.windows.popen(*split(command.replace("%1", link)))

    def test_a_link_joins(self):
        for form in ("earshot://{}", "earshot://{}/", "earshot:{}"):
            window = self.open(form.format(self.address))
            self.room.wait_for("joined")
            window.kill()
            self.room.wait_for("disconnected")

    def test_the_desktop_opens_a_link(self):
        self.install("/AllUsers")  # Wine 8 finds only what is registered for everybody
        self.windows.popen("start.exe", f"earshot://{self.address}")
        self.room.wait_for("joined")

    def test_a_link_cannot_give_options(self):
        evil = self.windows.drive / "evil"
        for link in (f'earshot://{self.address}" --data-dir="C:\\evil', f'earshot://{self.address}" "--data-dir=C:\\evil',
                     f"earshot://{self.address} --data-dir=C:\\evil", f"earshot://{self.address}%20--data-dir=C:%5Cevil",
                     f'earshot://{self.address}" --as="Mallory', f'earshot://{self.address}" host --headless --name="evil',
                     "earshot://x --data-dir=C:\\evil", f'earshot://x" -- "{self.address}'):
            with self.subTest(link=link):
                program = self.open(link)
                try:
                    program.wait(timeout=4)  # most are refused at once; a window may stay and say so
                except subprocess.TimeoutExpired:
                    program.kill()
                    program.wait(timeout=PATIENCE)
                self.assertFalse(evil.exists(), "a link chose the data folder")
        self.assertEqual([e["name"] for e in self.room.events_so_far() if e["event"] == "joined"], [])


class Portable(Check):
    def earshots_of_the_account(self):
        return sorted(file for file in self.windows.profile.rglob("*") if "earshot" in file.name.lower())

    def test_keeps_everything_beside_itself(self):
        before = self.earshots_of_the_account()
        folder = self.unpack(self.windows.drive / f"USB stick {FOREIGN}")
        self.assertEqual({file.name for file in folder.iterdir()},
                         {"earshot.exe", "earshot.com", "portable", "README.txt", "LICENSE.txt", "THIRD-PARTY.txt"})
        host, address = self.host(folder / "earshot.com")
        anna = self.member(folder / "earshot.com", address, "Anna", r"C:\portable member")
        anna.leave()
        self.assertEqual(host.quit_host(), 0)
        self.assertTrue((folder / "earshot-data" / "profile.json").is_file())
        self.assertTrue(any((folder / "earshot-data" / "rooms").iterdir()))

        window = self.windows.popen(folder / "earshot.exe", "join", address)
        wait_until(self.window_titles, "the portable window is open")
        window.kill()
        self.assertEqual(self.earshots_of_the_account(), before, "it wrote into the account's folders")


class Talk(Check):
    """Linux and Windows in one room, each once as the host."""

    printed = []

    def setUp(self):
        super().setUp()
        self.com = self.install() / "earshot.com"
        self.machine = self.windows.home / "linux"

    def talk(self, host_on, guest_on, label):
        transcript = self.transcript = []
        systems = {"Linux": (self.options.linux, lambda name: self.machine / label / name),
                   "Windows": (self.com, lambda name: rf"C:\talk\{label}\{name}")}
        host_program, host_data = systems[host_on]
        guest_program, guest_data = systems[guest_on]
        host, address = self.host(host_program, data=host_data("host"))
        at_home = self.member(host_program, address, host_on, host_data("member"))
        guest = self.member(guest_program, address, guest_on, guest_data("guest"))
        host.wait_for("joined", name=guest_on)
        for speaker, listener in ((guest, at_home), (at_home, guest)):
            text = f"Hello from {speaker.called}: Grüße, 你好, 👋"
            speaker.send(say=text, ref=1)
            number = speaker.wait_for("sent", ref=1)["seq"]
            listener.wait_for("message", **{"from": speaker.called, "text": text, "seq": number})
        self.assertEqual([guest.leave(), at_home.leave(), host.quit_host()], [0, 0, 0])
        Talk.printed += [f"-- {host_on} hosts, {guest_on} joins", *transcript]

    def test_linux_joins_windows(self):
        self.talk("Windows", "Linux", "one")

    def test_windows_joins_linux(self):
        self.talk("Linux", "Windows", "two")


class Window(Check):
    def picture(self, name):
        """Taken when two in a row are the same and show more than an empty screen."""
        file = pathlib.Path(self.options.screenshots) / f"windows-{name}.png"
        former = None

        def settled():
            nonlocal former
            last, former = former, self.shot(file)
            return last is not None and last == former

        wait_until(settled, "the window has drawn itself")

    def shot(self, file):
        time.sleep(0.5)
        self.display.screenshot(file)
        described = subprocess.run(["identify", "-format", "%# %k", str(file)], capture_output=True, text=True,
                                   check=True, timeout=PATIENCE).stdout
        return described if int(described.split()[1]) > 8 else None  # what it is, and its number of colours

    def test_opens_and_joins(self):
        folder = self.install()
        window = self.windows.popen(folder / "earshot.exe", "--data-dir", r"C:\window")
        wait_until(lambda: any("Earshot" in title for title in self.window_titles()), "the window is open")
        self.picture("start")
        window.kill()
        window.wait(timeout=PATIENCE)

        host, address = self.host(folder / "earshot.com", data=r"C:\window host")
        anna = self.member(folder / "earshot.com", address, "Anna", r"C:\window Anna")
        window = self.windows.popen(folder / "earshot.exe", "--data-dir", r"C:\window", "join", address)
        anna.wait_for("member_joined")
        for text in ("Good morning!", "The room is on a Windows computer: Grüße, 你好, 👋"):
            anna.send(say=text)
            anna.wait_for("sent")
        self.picture("room")
        window.kill()
        self.assertEqual(host.quit_host(), 0)


def split(command):
    """A command line's words as Windows programs read them (backslashes count before quotes only)."""
    words, word, quoted, started, slashes = [], "", False, False, 0
    for letter in command + " ":
        if letter == "\\":
            slashes += 1
            continue
        if letter == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
            started = True
        elif letter in " \t" and not quoted:
            word += "\\" * slashes
            if word or started:
                words.append(word)
            word, started = "", False
        else:
            word += "\\" * slashes + letter
        slashes = 0
    return words
