"""A Windows of its own for a check: a fresh Wine prefix, a server that stays, a display nobody sees.

Wine's exit codes say nothing about a program that could not be loaded, so checks judge by files and
the registry; every wait here is bounded and says what it waited for."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

LOADER = "/usr/lib/wine/wine64"
SERVER = "/usr/lib/wine/wineserver64"
PATIENCE = 90  # seconds; far more than anything takes, so reaching it is a failure


def wait_until(condition, what, seconds=PATIENCE):
    """The first truthy value of condition(), asked twenty times a second."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.05)


class Display:
    """An X server on a free display."""

    def __init__(self):
        reading, writing = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-noreset", "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start.")
        self.name = f":{number}"

    def screenshot(self, file):
        file = pathlib.Path(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-display", self.name, "-window", "root", str(file)], check=True, timeout=PATIENCE)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)


class Windows:
    """One Wine prefix. template: the folder of another one to begin with, which is quicker."""

    def __init__(self, display, template=None):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="earshot-wine-"))
        self.prefix = self.home / "prefix"
        self.user = "person"
        self.drive = self.prefix / "drive_c"
        self.profile = self.drive / "users" / self.user
        self.roaming = self.profile / "AppData" / "Roaming"
        self.local = self.profile / "AppData" / "Local"
        self.children = []
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "TMPDIR")}
        self.environment = kept | {
            "HOME": str(self.home), "USER": self.user, "LOGNAME": self.user, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "WINEPREFIX": str(self.prefix), "WINEARCH": "win64", "WINEDEBUG": "-all",
            "WINELOADER": LOADER, "WINESERVER": SERVER, "DISPLAY": display.name,
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d"}
        if template:
            shutil.copytree(template, self.prefix, symlinks=True)
        else:
            self.prefix.mkdir()
        subprocess.run([SERVER, "-p25"], env=self.environment, check=True, timeout=PATIENCE)
        if not template:
            self.run("wineboot.exe", "-u")
            self.stop_server()
            subprocess.run([SERVER, "-p25"], env=self.environment, check=True, timeout=PATIENCE)

    def popen(self, *command, **options):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen([LOADER, *map(str, command)], env=self.environment, **(pipes | options))
        self.children.append(process)
        return process

    def run(self, *command, text="", timeout=PATIENCE):
        """Runs a program of this Windows to its end; its output is text without carriage returns."""
        process = self.popen(*command)
        try:
            out, errors = process.communicate(text.encode(), timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()  # what it started may hold its pipes: they are not read to their end
            process.wait(timeout=PATIENCE)
            raise AssertionError(f"still running after {timeout} s: {command}") from None
        clean = [stream.decode("utf-8", "replace").replace("\r\n", "\n") for stream in (out, errors)]
        return subprocess.CompletedProcess(command, process.returncode, *clean)

    def running(self, part):
        """Whether a program of this Windows runs whose command line has this part (Wine's tasklist is empty)."""
        mine = f"WINEPREFIX={self.prefix}".encode()
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if (part.encode() in (process / "cmdline").read_bytes()
                        and mine in (process / "environ").read_bytes().split(b"\0")):
                    return True
            except OSError:
                pass  # it has ended, or is somebody else's
        return False

    def path(self, file):
        """How this Windows calls a file of the machine."""
        file = pathlib.Path(file)
        if file.is_relative_to(self.drive):
            return "C:\\" + str(file.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(file).replace("/", "\\")

    def file(self, path):
        """Where the machine keeps C:\\…"""
        assert path.upper().startswith("C:\\"), path
        return self.drive / path[3:].replace("\\", "/")

    def registry(self, key):
        """{value's name: (type, text)} of a key ("" is the default value), or None without the key."""
        answer = self.run("reg.exe", "query", key)
        if answer.returncode != 0:
            return None
        values = {}
        for line in answer.stdout.splitlines():
            parts = line.strip().split("    ", 2)
            if line.startswith("    ") and len(parts) >= 2 and parts[1].startswith("REG_"):
                name = "" if parts[0] == "(Default)" else parts[0]
                values[name] = (parts[1], parts[2] if len(parts) > 2 else "")
        return values

    def subkeys(self, key):
        answer = self.run("reg.exe", "query", key)
        return [line.rsplit("\\", 1)[1] for line in answer.stdout.splitlines() if line.startswith("HKEY_")
                and line.count("\\") == key.count("\\") + 1]

    def stop_server(self):
        subprocess.run([SERVER, "-k"], env=self.environment, timeout=PATIENCE, check=False)
        subprocess.run([SERVER, "-w"], env=self.environment, timeout=PATIENCE, check=False)

    def stop(self):
        """Ends everything in this prefix, and the prefix."""
        self.stop_server()
        for child in self.children:
            if child.poll() is None:
                child.send_signal(signal.SIGKILL)
            child.wait(timeout=PATIENCE)
            for stream in (child.stdin, child.stdout, child.stderr):
                try:
                    if stream:
                        stream.close()
                except (BrokenPipeError, ValueError):
                    pass
        shutil.rmtree(self.home, ignore_errors=True)
