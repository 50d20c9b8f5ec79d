"""Drives the real earshot window through the accessibility tree, as a screen reader would.

Controls are found by role and accessible name. Everything waits for a state with a deadline,
nothing waits for a time. Long lists are never walked: see Node.items(). A process is ended by its
own id. When a test fails, every window's tree and a picture of the screen are left in the folder
EARSHOT_ARTIFACTS. Runs inside tests/support/gui_session.sh.
"""

import ctypes
import faulthandler
import functools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from typing import Callable, Iterator, Optional, TypeVar, Union

os.environ["ATSPI_NO_CACHE"] = "1"  # a remembered name or state would be an old one

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402  (needs the version to be chosen first)
from gi.repository import Atspi, GLib  # noqa: E402

PROGRAM = os.environ.get("EARSHOT_PROGRAM", "build/dev/earshot")
ARTIFACTS = pathlib.Path(os.environ.get("EARSHOT_ARTIFACTS", "build/gui-artifacts"))
PATIENCE = 20.0  # seconds any single step may take, on a loaded machine
POLL = 0.02
STUCK = 100.0  # seconds after which a test is ended from outside

LISTS = ("list", "table", "tree table")

Pattern = Union[str, "re.Pattern[str]"]
T = TypeVar("T")

class GaveUp(AssertionError):
    """A state did not come within PATIENCE."""


def wait_for(probe: Callable[[], T], what: Union[str, Callable[[], str]], patience: float = PATIENCE) -> T:
    """The first true value of probe. A control that vanishes while it is looked at counts as 'not yet'."""
    deadline = time.monotonic() + patience
    while True:
        try:
            value = probe()
            if value:
                return value
        except GLib.Error:
            pass
        if time.monotonic() > deadline:
            raise GaveUp(f"{what() if callable(what) else what} (waited {patience:g} s)")
        time.sleep(POLL)


def _matches(pattern: Optional[Pattern], text: str) -> bool:
    if pattern is None:
        return True
    return pattern == text if isinstance(pattern, str) else bool(pattern.search(text))


def key(name: str) -> None:
    """Presses and releases one key with what it is held with: "Return", "Tab", "ctrl+s", "alt+F4"."""
    *held, last = name.split("+")
    codes = {"ctrl": 37, "shift": 50, "alt": 64}  # X key codes of the left modifiers on a PC keyboard
    for modifier in held:
        Atspi.generate_keyboard_event(codes[modifier], None, Atspi.KeySynthType.PRESS)
    symbols = {"Return": 0xFF0D, "Tab": 0xFF09, "Escape": 0xFF1B, "BackSpace": 0xFF08, "Home": 0xFF50, "End": 0xFF57,
               "Up": 0xFF52, "Down": 0xFF54, "Page_Up": 0xFF55, "Page_Down": 0xFF56, "Menu": 0xFF67, "space": 0x20}
    symbols.update({f"F{number}": 0xFFBD + number for number in range(1, 13)})
    symbol = symbols.get(last) or ord(last)
    Atspi.generate_keyboard_event(symbol, None, Atspi.KeySynthType.SYM)
    for modifier in reversed(held):
        Atspi.generate_keyboard_event(codes[modifier], None, Atspi.KeySynthType.RELEASE)


def type_keys(text: str) -> None:
    """Types plain ASCII by the keyboard into whatever has the focus."""
    for letter in text:
        Atspi.generate_keyboard_event(ord(letter), None, Atspi.KeySynthType.SYM)


@functools.cache
def _x_display() -> tuple:
    """Xlib, its XTest extension and a connection of our own."""
    xlib, xtest = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    return xlib, xtest, ctypes.c_void_p(xlib.XOpenDisplay(None))


def click_at(x: int, y: int, times: int = 1) -> None:
    """With the left button of the mouse. Not through AT-SPI, which asks the X server to wait between pressing and
    releasing: Xvfb sometimes waits for ever then, and of a double click only the first half arrives."""
    xlib, xtest, display = _x_display()
    xtest.XTestFakeMotionEvent(display, -1, x, y, 0)
    for _ in range(times):
        for pressed in (1, 0):
            xtest.XTestFakeButtonEvent(display, 1, pressed, 0)
    xlib.XSync(display, 0)


class Node:
    """One control."""

    def __init__(self, accessible):
        self._it = accessible

    @property
    def name(self) -> str:
        return self._it.get_name() or ""

    @property
    def role(self) -> str:
        return self._it.get_role_name()

    @property
    def text(self) -> str:
        return Atspi.Text.get_text(self._it, 0, -1) if self._offers("Text") else ""

    def _offers(self, interface: str) -> bool:
        return interface in self._it.get_interfaces()

    @property
    def words(self) -> str:
        """What a person reads on it: its text, else its name."""
        return self.text or self.name

    def has(self, state: str) -> bool:
        return self._it.get_state_set().contains(getattr(Atspi.StateType, state))

    @property
    def showing(self) -> bool:
        return self.has("SHOWING")

    @property
    def count(self) -> int:
        return self._it.get_child_count()

    def child(self, index: int) -> Optional["Node"]:
        child = self._it.get_child_at_index(index)
        return Node(child) if child else None

    def items(self, last: int = 20) -> list[str]:
        """The names of the last items of a list, oldest first; the others are not touched."""
        count = self.count
        children = (self.child(index) for index in range(max(0, count - last), count))
        return [child.name for child in children if child]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Node"]]:
        """This control and all below it, without the items of long lists."""
        yield depth, self
        count = self.count
        if self.role in LISTS and count > 50:
            return
        for index in range(count):
            child = self.child(index)
            if child:
                yield from child.walk(depth + 1)

    def all(self, role: Optional[str] = None, name: Optional[Pattern] = None, showing: bool = True) -> list["Node"]:
        found = []
        for _, node in self.walk():
            try:
                if role in (None, node.role) and _matches(name, node.name) and (node.showing or not showing):
                    found.append(node)
            except GLib.Error:
                continue
        return found

    def find(self, role: Optional[str], name: Optional[Pattern] = None, patience: float = PATIENCE,
             showing: bool = True) -> "Node":
        """The first control below this one with that role and name that can be seen."""
        return wait_for(lambda: self.all(role, name, showing), f"no {role} named {name!r} in {self.role} {self.name!r}",
                        patience)[0]

    def click(self) -> None:
        """Presses a button, or activates a list row."""
        wait_for(lambda: self.has("SENSITIVE"), lambda: f"{self.role} {self.name!r} stays disabled")
        if not self._offers("Action") or not Atspi.Action.do_action(self._it, 0):
            raise AssertionError(f"{self.role} {self.name!r} cannot be clicked")

    def mouse_click(self) -> None:
        """Clicks with the mouse, where the control is now. For menu items: their action runs inside
        the accessibility call, and a dialog that it opens would keep that call from ever ending."""
        place = self.steady_place()
        click_at(place.x + place.width // 2, place.y + place.height // 2)

    def double_click(self) -> None:
        place = self.steady_place()
        click_at(place.x + place.width // 2, place.y + place.height // 2, times=2)

    def steady_place(self):
        """Where it is, once that has not changed for some looks: a window that gets another size moves its parts later."""
        looks = []

        def probe():
            now = Atspi.Component.get_extents(self._it, Atspi.CoordType.SCREEN)
            looks.append((now.x, now.y, now.width, now.height))
            steady = len(looks) > 3 and len(set(looks[-4:])) == 1
            return now if steady and now.width > 1 and now.x >= 0 else None

        return wait_for(probe, lambda: f"{self.role} {self.name!r} does not come to rest")

    def focus(self) -> None:
        wait_for(lambda: self.has("FOCUSED") or (Atspi.Component.grab_focus(self._it) and self.has("FOCUSED")),
                 lambda: f"{self.role} {self.name!r} does not take the focus")

    def set_text(self, text: str) -> None:
        """Replaces what a text field holds, in any script, as an input method or dictation does."""
        if not self._offers("EditableText"):
            raise AssertionError(f"{self.role} {self.name!r} is no text field")
        Atspi.EditableText.set_text_contents(self._it, text)
        wait_for(lambda: self.text == text, lambda: f"{self.role} {self.name!r} holds {self.text!r}, not {text!r}")

    def dump(self) -> str:
        lines = []
        try:
            for depth, node in self.walk():
                try:
                    states = "" if node.showing else " (hidden)"
                    states += " (focused)" if node.has("FOCUSED") else ""
                    states += "" if node.has("SENSITIVE") else " (disabled)"
                    words = f" = {node.text!r}" if node.text and node.text != node.name else ""
                    count = f" [{node.count}]" if node.role in LISTS else ""
                    lines.append(f"{'  ' * depth}{node.role} {node.name!r}{words}{count}{states}")
                    if node.role in LISTS and node.count > 50:
                        lines.extend(f"{'  ' * depth}    … {item}" for item in node.items())
                except GLib.Error as error:
                    lines.append(f"{'  ' * depth}(gone: {error.message})")
        except GLib.Error as error:
            lines.append(f"(gone: {error.message})")
        return "\n".join(lines)


def managed_windows(window: Node) -> list[str]:
    """What the window manager calls this window; empty as long as it does not know it."""
    process = str(window._it.get_process_id())
    listed = subprocess.run(["wmctrl", "-lp"], capture_output=True, text=True, check=True).stdout
    lines = [line.split(maxsplit=4) for line in listed.splitlines()]
    return [number for number, _, owner, _, *title in lines if owner == process and title == [window.name]]


def bring_to_front(window: Node) -> None:
    """Returns when the window gets what is typed; keys would be lost before."""
    def probe() -> bool:
        if not window.has("ACTIVE"):
            for number in managed_windows(window):
                subprocess.run(["wmctrl", "-i", "-a", number], check=False)
        return window.has("ACTIVE")

    wait_for(probe, lambda: f"{window.role} {window.name!r} does not come to the front")


def _die_with_the_test() -> None:
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


class Program:
    """One running earshot. Output goes to a file, so that it can never block."""

    def __init__(self, label: str, arguments: list[str], folder: pathlib.Path, environment: Optional[dict] = None,
                 take_input: bool = False):
        self.label = label
        self.log = folder / f"{label}.log"
        self._log_file = open(self.log, "wb")
        self.process = subprocess.Popen(
            [os.path.abspath(PROGRAM), *arguments],
            stdin=subprocess.PIPE if take_input else subprocess.DEVNULL,
            stdout=self._log_file,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            preexec_fn=_die_with_the_test,
        )

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def events(self) -> list[dict]:
        """What a --json face said so far, whole lines only."""
        lines = self.output().rpartition("\n")[0].splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def wait_event(self, kind: str, test: Callable[[dict], bool] = lambda event: True) -> dict:
        def probe():
            return next((event for event in self.events() if event.get("event") == kind and test(event)), None)

        return wait_for(probe, lambda: f"{self.label} did not say {kind!r}:\n{self.output()}")

    def tell(self, line: Union[str, dict]) -> None:
        text = line if isinstance(line, str) else json.dumps(line)
        self.process.stdin.write(f"{text}\n".encode())
        self.process.stdin.flush()

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def wait_exit(self, patience: float = PATIENCE) -> int:
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired:
            raise GaveUp(f"{self.label} did not end (waited {patience:g} s)") from None

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def end(self) -> None:
        """Whatever state it is in, it is gone afterwards."""
        if self.running:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()
        self._log_file.close()


class Window(Program):
    """An earshot with a window, and the verbs of its two pages."""

    def __init__(self, label: str, arguments: list[str], folder: pathlib.Path, environment: Optional[dict] = None):
        super().__init__(label, arguments, folder, environment)
        self.application = wait_for(self._find_application, lambda: f"no window of {label} appeared:\n{self.output()}")
        self.frame = self.application.find("frame")

    def _find_application(self) -> Optional[Node]:
        if not self.running:
            raise AssertionError(f"{self.label} ended with {self.process.returncode}:\n{self.output()}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application and application.get_process_id() == self.process.pid and application.get_child_count():
                return Node(application)
        return None

    # --- anything in the window ---

    def button(self, name: Pattern) -> Node:
        return self.frame.find("push button", name)

    def field(self, name: Pattern) -> Node:
        return wait_for(lambda: self._fields(name), lambda: f"{self.label} has no text field {name!r}")[0]

    def _fields(self, name: Pattern) -> list[Node]:
        return [node for node in self.frame.all(None, name) if node.has("EDITABLE")]

    def sentences(self) -> list[str]:
        """Every text that can be read in the window and is no text field, wherever its lines break."""
        return [" ".join(node.words.split()) for node in self.frame.all("label") if node.words]

    def wait_sentence(self, pattern: str) -> str:
        probe = lambda: next((text for text in self.sentences() if re.search(pattern, text)), None)  # noqa: E731
        return wait_for(probe, lambda: f"{self.label} shows no text like {pattern!r} but {self.sentences()}")

    def windows(self) -> list[Node]:
        """The frame and every dialog that is open."""
        children = (self.application.child(index) for index in range(self.application.count))
        return [child for child in children if child and child.showing]

    def dialogs(self) -> list[Node]:
        """Not the menus and hints that pop up, which are windows without a name."""
        popped_up = ("window", "")
        return [each for each in self.windows() if each.role != "frame" and (each.role, each.name) != popped_up]

    def wait_dialog(self) -> Node:
        return wait_for(lambda: self.dialogs(), lambda: f"{self.label} opened no dialog")[0]

    def menu(self, menu: str, item: Pattern, role: str = "menu item") -> None:
        self.activate()
        top = self.frame.find("menu", menu)
        top.mouse_click()
        top.find(role, item).mouse_click()

    def activate(self) -> None:
        """Brings this window to the front, so that it gets what is typed."""
        bring_to_front(self.frame)

    def close(self) -> None:
        """What the cross in the title bar does."""
        number = wait_for(lambda: managed_windows(self.frame), lambda: f"{self.label} has no window")[0]
        subprocess.run(["wmctrl", "-i", "-c", number], check=True)

    def press(self, *keys: str) -> None:
        """Types keys into this window, or into the dialog that stands before it."""
        bring_to_front((self.dialogs() or [self.frame])[0])
        for each in keys:
            key(each)

    def save_as(self, file: pathlib.Path) -> None:
        """Fills in the system's dialog for saving a file."""
        dialog = wait_for(lambda: [each for each in self.dialogs() if each.role == "file chooser"],
                          lambda: f"{self.label} asks for no file")[0]
        dialog.find("text").set_text(str(file))
        dialog.find("push button", "Save").click()
        wait_for(lambda: not self.dialogs(), lambda: f"{self.label} keeps asking for a file")

    def export_to(self, file: pathlib.Path, what: str = "Everything") -> None:
        """After Export… was chosen: what of the conversation, then where to."""
        dialog = self.wait_dialog()
        dialog.find("radio button", what).click()
        dialog.find("push button", "Continue…").click()
        self.save_as(file)

    # --- start page ---

    def host(self, name: str, room: Optional[str] = None, open_to_all: bool = False) -> str:
        """Clicks Host chat and returns the address that others on this machine can join."""
        if open_to_all:
            self.frame.find("radio button", re.compile("Open to everybody")).click()
        self.field("Your name").set_text(name)
        if room is not None:
            self.field("Room name").set_text(room)
        self.button("Host chat").click()
        return self.hosting_address()

    def hosting_address(self) -> str:
        line = self.wait_sentence(r"Hosting on .+:\d+")
        return "127.0.0.1:" + re.search(r":(\d+)\b", line.partition("Hosting on")[2])[1]

    def join_code(self) -> str:
        """What the window of the host shows above the room."""
        return self.frame.find("label", re.compile(r"^Join code: [a-z]+-[a-z]+-[a-z]+-\d\d$")).name.partition(": ")[2]

    def enter_code(self, code: str) -> None:
        """Answers the question for the join code."""
        self.field("Join code").set_text(code)
        self.button("Continue").click()

    def ask_to_join(self, address: str, name: str) -> None:
        self.field("Your name").set_text(name)
        self.field("Address or invite").set_text(address)
        self.button("Join").click()

    def join(self, address: str, name: str, code: Optional[str] = None) -> None:
        self.ask_to_join(address, name)
        if code is not None:
            self.enter_code(code)
        self.wait_person(name)

    # --- chat page ---

    @property
    def messages(self) -> Node:
        return self.frame.find("list", "Messages")

    def cells(self, name: str) -> list[Node]:
        """What stands in the list of that name at the side."""
        rows = [node for node in self.frame.all(None, name) if node.role in LISTS]
        return [node for row in rows for _, node in row.walk() if node.name and node.role not in LISTS]

    def people(self) -> list[str]:
        return [node.name for node in self.cells("People")]

    def wait_person(self, name: str) -> None:
        wait_for(lambda: any(name in person for person in self.people()),
                 lambda: f"{self.label} does not list {name!r} but {self.people()}")

    def say(self, text: str) -> None:
        self.field("Message").set_text(text)
        self.button("Send").click()

    def wait_message(self, name: str, text: str) -> str:
        """The accessible name of the newest line "NAME, TIME: TEXT" of that person with that text."""
        line = re.compile(rf"{re.escape(name)}, [^:]*\d{{1,2}}:\d\d[^:]*: {re.escape(text)}", re.S)
        probe = lambda: next((item for item in reversed(self.messages.items()) if line.fullmatch(item)), None)  # noqa: E731
        return wait_for(probe, lambda: f"{self.label} shows no {text!r} by {name} but {self.messages.items()}")


def _keep_evidence(test_method):
    @functools.wraps(test_method)
    def run(self):
        try:
            test_method(self)
        except unittest.SkipTest:
            raise
        except BaseException:
            self.keep_evidence()
            raise

    return run


class GuiTest(unittest.TestCase):
    """Gives each test a folder of its own and ends whatever the test started."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name, method in list(vars(cls).items()):
            if name.startswith("test_"):
                setattr(cls, name, _keep_evidence(method))

    def setUp(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="earshot-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.programs: list[Program] = []
        # An accessibility call that never returns must not take the whole suite along.
        faulthandler.dump_traceback_later(STUCK, exit=True)
        self.addCleanup(faulthandler.cancel_dump_traceback_later)

    def _started(self, program: Program) -> None:
        self.programs.append(program)
        self.addCleanup(program.end)

    def data_dir(self, person: str) -> str:
        return str(self.folder / f"data-{person}")

    def window(self, person: str, *arguments: str, label: Optional[str] = None, **environment: str) -> Window:
        window = Window.__new__(Window)  # known before it is ready, so that a failed start leaves evidence too
        try:
            window.__init__(label or person, [*arguments, "--data-dir", self.data_dir(person)], self.folder, environment)
        finally:
            if hasattr(window, "process"):
                self._started(window)
        return window

    def program(self, person: str, *arguments: str, label: Optional[str] = None, take_input: bool = False) -> Program:
        program = Program(label or person, [*arguments, "--data-dir", self.data_dir(person)], self.folder,
                          take_input=take_input)
        self._started(program)
        return program

    def headless_host(self, room: str = "Kitchen table") -> tuple[Program, str]:
        """A host without a window whose room is open to all, and its address on this machine."""
        host = self.program("host", "host", "--headless", "--json", "--open", "--name", room, "-p", "0")
        return host, f"127.0.0.1:{host.wait_event('listening')['port']}"

    def keep_evidence(self) -> None:
        folder = ARTIFACTS / self.id().rpartition(".")[2]
        folder.mkdir(parents=True, exist_ok=True)
        screenshot(folder / "screen.png")
        for program in self.programs:
            shutil.copy(program.log, folder / f"{program.label}.log")
            if isinstance(program, Window) and program.running and hasattr(program, "application"):
                (folder / f"{program.label}.tree.txt").write_text(program.application.dump() + "\n", encoding="utf-8")
        print(f"What could be seen is in {folder}", file=sys.stderr)


def screenshot(file: pathlib.Path, window: str = "root") -> None:
    subprocess.run(["import", "-silent", "-window", window, str(file)], check=False, timeout=30)


main = unittest.main
