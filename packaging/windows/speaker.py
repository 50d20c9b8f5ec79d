"""A headless Earshot that speaks JSON, one object a line, on whichever system it runs."""

import json
import queue
import threading

from wine_session import PATIENCE


class Speaker:
    """Reads what a running Earshot prints. called: its name in the transcript."""

    def __init__(self, called, process, transcript):
        self.called, self.process, self.transcript = called, process, transcript
        self.lines = queue.Queue()
        self.errors = []
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()

    def _read(self):
        try:
            for line in self.process.stdout:
                self.transcript.append(f"{self.called:>8}  {line.decode('utf-8', 'replace').strip()}")
                self.lines.put(json.loads(line))
        except ValueError:
            pass  # closed under the reader, or no JSON: the one who waits gets the end of the output
        self.lines.put(None)

    def _read_errors(self):
        try:
            for line in self.process.stderr:
                self.errors.append(line.decode("utf-8", "replace").strip())
        except ValueError:
            pass

    def wait_for(self, name, /, **fields):
        """Reads on to the first event of this name with these fields."""
        seen = []
        while True:
            try:
                event = self.lines.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"{self.called}: no {name} {fields} in {PATIENCE} s, only {seen} "
                                     f"{self.errors}") from None
            if event is None:
                raise AssertionError(f"{self.called} ended before {name} {fields}: {seen} {self.errors}")
            seen.append(event)
            if event["event"] == name and all(event.get(k) == v for k, v in fields.items()):
                return event

    def events_so_far(self):
        """What has come and was not waited for."""
        events = []
        while not self.lines.empty():
            events.append(self.lines.get())
        return events

    def send(self, **fields):
        line = json.dumps(fields, ensure_ascii=False)
        self.transcript.append(f"{self.called:>8}  < {line}")
        self._write(line)

    def quit_host(self):
        self._write("quit")
        return self.process.wait(timeout=PATIENCE)

    def leave(self):
        self.send(quit=True)
        return self.process.wait(timeout=PATIENCE)

    def _write(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
