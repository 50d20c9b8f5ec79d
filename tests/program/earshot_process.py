"""The real executable as a child process that speaks JSON, one object a line."""

import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

PROGRAM = os.environ["EARSHOT_PROGRAM"]
# Whoever starts the tests may ignore these (nohup, a script's "&"); what the tests start shall not inherit that.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)

PATIENCE = 60  # seconds; far more than anything takes, so reaching it is a failure


def environment():
    """No display, a neutral home, a known time zone."""
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env.update(TZ="UTC", LC_ALL="C.UTF-8")
    return env


class Earshot:
    """One running earshot; every line it prints is kept."""

    def __init__(self, *arguments, variables=None, **popen):
        self.process = subprocess.Popen(
            [PROGRAM, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=environment() | (variables or {}), **popen)
        self.lines = queue.Queue()
        self.seen = []
        self.errors = []
        self._readers = [threading.Thread(target=self._read_output, daemon=True),
                         threading.Thread(target=self._read_errors, daemon=True)]
        for reader in self._readers:
            reader.start()

    def _read_output(self):
        for line in self.process.stdout:
            if line.endswith(b"\n"):  # else it was killed while it wrote
                self.lines.put(json.loads(line))
        self.lines.put(None)

    def _read_errors(self):
        for line in self.process.stderr:
            self.errors.append(line.decode())

    def next(self):
        """The next event, or None at the end of the output."""
        event = self.lines.get(timeout=PATIENCE)
        if event is not None:
            self.seen.append(event)
        return event

    def wait_for(self, name, /, **fields):
        """Reads on to the first event of this name with these fields."""
        while True:
            event = self.next()
            if event is None:
                raise AssertionError(f"ended before {name} {fields}: {self.seen} {self.errors}")
            if event["event"] == name and all(event.get(k) == v for k, v in fields.items()):
                return event

    def send(self, **fields):
        self.send_line(json.dumps(fields))

    def send_line(self, text):
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def end_input(self):
        self.process.stdin.close()

    def exit_code(self):
        code = self.process.wait(timeout=PATIENCE)
        for reader in self._readers:
            reader.join(timeout=PATIENCE)
        while True:
            event = self.lines.get(timeout=PATIENCE)
            if event is None:
                return code
            self.seen.append(event)

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=PATIENCE)

    def stop(self):
        """For the end of a test, whatever state it is in."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except (BrokenPipeError, ValueError):
                pass


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="earshot-program-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def start(self, *arguments, **popen):
        process = Earshot(*arguments, **popen)
        self.addCleanup(process.stop)
        return process

    def host(self, *arguments, data="host", name="Kitchen table", port=0, access=("--open",), **popen):
        """access: how others come in; open to all unless a test is about that."""
        return self.start("host", "--headless", "--json", "--name", name, "-p", port,
                          "--data-dir", self.path(data), *access, *arguments, **popen)

    def join(self, address, name, *arguments, data=None, **popen):
        return self.start("join", address, "--console", "--json", "--as", name,
                          "--data-dir", self.path(data or name), *arguments, **popen)

    def room(self, **options):
        """A running host and its address on loopback."""
        host = self.host(**options)
        listening = host.wait_for("listening")
        return host, f"127.0.0.1:{listening['port']}"

    def run_program(self, *arguments, **options):
        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                              env=environment(), timeout=PATIENCE, **options)

    def export(self, data, *arguments, room="Kitchen table"):
        return self.run_program("export", room, "--data-dir", self.path(data), *arguments)
