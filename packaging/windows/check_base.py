"""What the checks of the Windows packages share: where things are, and one Windows for all of them."""

import argparse
import pathlib
import re
import shutil
import subprocess
import unittest
import zipfile

from speaker import Speaker
from wine_session import PATIENCE, Display, Windows, wait_until

PROJECT = pathlib.Path(__file__).resolve().parents[2]
VERSION = re.search(r"project\(earshot VERSION ([\d.]+)", (PROJECT / "CMakeLists.txt").read_text())[1]
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall"
LINK = r"Software\Classes\earshot"
FILES = {"earshot.exe", "earshot.com", "README.txt", "LICENSE.txt", "THIRD-PARTY.txt", "uninstall.exe"}
ROOM = "Kitchen table"


def arguments():
    parser = argparse.ArgumentParser(description="Checks the Windows packages under Wine.")
    dist = PROJECT / "dist"
    parser.add_argument("--installer", type=pathlib.Path, default=dist / f"earshot-{VERSION}-win64.exe")
    parser.add_argument("--zip", type=pathlib.Path, default=dist / f"earshot-{VERSION}-win64.zip")
    parser.add_argument("--linux", type=pathlib.Path, default=PROJECT / "build" / "release" / "earshot",
                        help="an Earshot for Linux, to talk to the one for Windows")
    parser.add_argument("--screenshots", type=pathlib.Path, default=dist / "screenshots")
    parser.add_argument("tests", nargs="*", help="e.g. Installer.test_goes_away_and_leaves_the_data")
    return parser.parse_args()


class Check(unittest.TestCase):
    """Every test begins without Earshot and without its data."""

    options = None  # what arguments() said
    display = None
    windows = None  # one for all: making one takes longer than every test together
    transcript = []

    @classmethod
    def start_windows(cls):
        Check.display = Display()
        Check.windows = Windows(Check.display)

    @classmethod
    def stop_windows(cls):
        if Check.windows:
            Check.windows.stop()
        if Check.display:
            Check.display.stop()

    def setUp(self):
        self.addCleanup(self.sweep)

    def sweep(self):
        """Ends every Earshot of this Windows and removes it, whatever state a test left."""
        for name in ("earshot.exe", "earshot.com"):
            self.windows.run("taskkill.exe", "/f", "/im", name)
        for root in ("HKCU", "HKLM"):
            entry = self.windows.registry(rf"{root}\{UNINSTALL}\Earshot")
            if entry:
                self.uninstall(self.windows.file(entry["InstallLocation"][1]))
        for folder in (self.windows.roaming / "Earshot", self.windows.local / "Earshot"):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def home(self):
        """Where the program goes unless told otherwise."""
        return self.windows.local / "Programs" / "Earshot"

    def install(self, *switches, into=None):
        """A silent installation; the folder that it went to."""
        # NSIS wants the rest of the line, without quotation marks: a blank has to part arguments here.
        target = f"/D={self.windows.path(into)}".split(" ") if into else []
        answer = self.windows.run(self.options.installer, "/S", *switches, *target)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return into or self.home

    def uninstall(self, folder, *switches):
        """The uninstaller goes on in a copy of itself, so its own end says nothing."""
        self.windows.run(folder / "uninstall.exe", "/S", *switches)
        wait_until(lambda: not (folder / "uninstall.exe").exists(), f"{folder} is uninstalled")
        wait_until(lambda: not self.uninstallers_running(), "the uninstaller has ended")

    def uninstallers_running(self):
        return self.windows.running("~nsu")

    def entry(self, root="HKCU"):
        return self.windows.registry(rf"{root}\{UNINSTALL}\Earshot")

    def host(self, program, *more, data=None, called="host", name=ROOM):
        """A headless host, on either system, and the address of its room."""
        where = ["--data-dir", data] if data else []
        line = ["host", "--headless", "--json", "--open", "--name", name, "-p", "0", *where, *more]
        speaker = Speaker(called, self.popen(program, line), self.transcript)
        return speaker, f"127.0.0.1:{speaker.wait_for('listening')['port']}"

    def member(self, program, address, name, data):
        line = ["join", address, "--console", "--json", "--as", name, "--data-dir", data]
        speaker = Speaker(name, self.popen(program, line), self.transcript)
        speaker.wait_for("joined", you=name)
        return speaker

    def popen(self, program, line):
        if program != self.options.linux:
            return self.windows.popen(program, *line)
        process = subprocess.Popen([program, *map(str, line)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE)

    def unpack(self, folder):
        with zipfile.ZipFile(self.options.zip) as package:
            package.extractall(folder)
        return folder / "Earshot"

    def window_titles(self):
        tree = subprocess.run(["xwininfo", "-display", self.display.name, "-root", "-tree"], capture_output=True,
                              text=True, timeout=PATIENCE, check=True).stdout
        return re.findall(r'^\s+0x[0-9a-f]+ "([^"]+)"', tree, re.M)
