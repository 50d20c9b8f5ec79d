"""The program as people see it who type in a Windows console, on a terminal of this system."""

import fcntl
import os
import pty
import re
import termios
import threading

from check_base import VERSION, Check
from wine_session import wait_until

CONTROLS = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]")


class Typist:
    """Someone at a terminal in which a Windows program runs."""

    def __init__(self, windows, *command):
        self.master, slave = pty.openpty()
        self.seen = b""
        # Its own terminal, or Ctrl+C would reach nobody.
        self.process = windows.popen(*command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                                     preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        try:
            while some := os.read(self.master, 4096):
                self.seen += some
        except OSError:
            pass  # the other end is closed

    @property
    def text(self):
        return CONTROLS.sub("", self.seen.decode("utf-8", "replace"))

    def sees(self, words):
        wait_until(lambda: words in self.text, f"the terminal shows {words!r}, not only {self.text!r}")

    def types(self, line):
        os.write(self.master, f"{line}\r".encode())

    def end(self):
        """The exit code, once the program has ended by itself."""
        wait_until(lambda: self.process.poll() is not None, "the program in the terminal ends")
        os.close(self.master)
        return self.process.returncode


class Terminal(Check):
    def setUp(self):
        super().setUp()
        self.com = self.install() / "earshot.com"

    def test_says_its_version(self):
        typist = Typist(self.windows, self.com, "--version")
        typist.sees(f"earshot {VERSION}")
        self.assertEqual(typist.end(), 0)

    def test_talks_in_every_script(self):
        host = Typist(self.windows, self.com, "host", "--headless", "--open", "--name", "Küche", "-p", "0",
                      "--data-dir", r"C:\terminal host")
        host.sees('Hosting "Küche"')
        port = wait_until(lambda: re.search(r":(\d+)\r", host.text), "the host says its port")[1]
        guest = Typist(self.windows, self.com, "join", f"127.0.0.1:{port}", "--console", "--as", "Bén",
                       "--data-dir", r"C:\terminal guest")
        guest.sees('You are in "Küche" as Bén.')
        reader = self.member(self.com, f"127.0.0.1:{port}", "Reader", r"C:\terminal reader")
        guest.types("Grüße 你好 🎉")
        reader.wait_for("message", text="Grüße 你好 🎉")
        reader.send(say="Ответ 返事")
        guest.sees("Reader: Ответ 返事")
        self.assertEqual(reader.leave(), 0)
        guest.types("/quit")
        self.assertEqual(guest.end(), 0)
        host.sees("Bén left")
        os.write(host.master, b"\x03")
        self.assertEqual(host.end(), 0)
