"""Rules about the source that no compiler knows. Each rule is a function from one file (its path
inside the project and its text) to the lines that break it; RULES lists them all.

    python3 source_rules.py PROJECT     prints what breaks a rule, exits 1 if anything does
"""

import os
import re
import sys
from typing import Callable, Iterator, NamedTuple


class Finding(NamedTuple):
    path: str
    line: int
    problem: str


Rule = Callable[[str, str], Iterator[Finding]]

CODE = (".cpp", ".h", ".proto")
TEXT = CODE + (".py", ".sh", ".md", ".txt", ".cmake", ".json", ".xml", ".desktop", ".svg", ".supp", ".yml")


def without_comments(text: str) -> str:
    """C++ text with comments and the inside of string literals blanked, line numbers kept."""

    def blank(match: re.Match) -> str:
        token = match.group(0)
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        return token[0] + re.sub(r"[^\n]", " ", token[1:-1]) + token[-1]

    raw = r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"'
    plain = r'"(?:\\.|[^"\\\n])*"'
    character = r"(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'"  # not the ' in 10'000
    return re.sub(rf"//[^\n]*|/\*.*?\*/|{raw}|{plain}|{character}", blank, text, flags=re.S)


def matches(path: str, text: str, pattern: str, problem: str) -> Iterator[Finding]:
    for match in re.finditer(pattern, text):
        yield Finding(path, text.count("\n", 0, match.start()) + 1, f"{problem}: {match.group(0).strip()}")


# --- who may include whom -----------------------------------------------------------------------

# Prefixes of quoted includes that a layer may use.
OWN_INCLUDES = {
    "app": ("app/", "embedded/"),
    "net": ("app/", "net/", "protocol.pb.h"),
    "ui": ("app/", "ui/", "embedded/"),
    "console": ("app/", "console/"),
}
SOCKETS = r"sys/socket\.h|sys/epoll\.h|netinet/|arpa/|netdb\.h|winsock|ws2tcpip"
TLS, QR = "openssl/", "qrcodegen"
# Outside libraries that a layer may not use, as a pattern for what follows the < of an include.
FOREIGN_INCLUDES = {
    "app": rf"wx/|{SOCKETS}|google/protobuf|gtk/|gdk/|atk/|{TLS}|{QR}",
    "net": rf"{QR}|gtk/|gdk/|atk/|wx/(?:wx|frame|window|dialog|panel|sizer|button|textctrl|dc\w*|menu|msgdlg)\.h",
    "ui": rf"wx/socket\.h|wx/sckaddr\.h|{SOCKETS}|google/protobuf|SQLiteCpp|sqlite3\.h|{TLS}",
    "console": rf"wx/|{SOCKETS}|google/protobuf|gtk/|gdk/|atk/|SQLiteCpp|sqlite3\.h|{TLS}|{QR}",
}


def layers(path: str, text: str) -> Iterator[Finding]:
    layer = re.match(r"src/(\w+)/", path)
    if not layer or layer[1] not in OWN_INCLUDES:
        return
    for number, line in enumerate(text.splitlines(), 1):
        include = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', line)
        if not include:
            continue
        quoted, angled = include.groups()
        forbidden = (quoted and not quoted.startswith(OWN_INCLUDES[layer[1]])) or re.match(
            FOREIGN_INCLUDES[layer[1]], quoted or angled
        )
        if not forbidden and angled:
            forbidden = re.match(r"(app|net|ui|console)/", angled) and not angled.startswith(OWN_INCLUDES[layer[1]])
        if forbidden:
            yield Finding(path, number, f"src/{layer[1]} must not include {quoted or angled}")


# --- sockets ------------------------------------------------------------------------------------

UNSAFE_CALLS = (
    "WaitForRead|WaitForWrite|WaitForLost|WaitOnConnect|IsData|Peek|Discard|ReadMsg|WriteMsg"
    "|SetNotify|Notify|InterruptWait"
)


def unsafe_socket_calls(path: str, text: str) -> Iterator[Finding]:
    """They use select(), toggle flags behind our back or talk to the main thread's loop."""
    if path.startswith("src/"):
        yield from matches(
            path, without_comments(text), rf"(?:->|\.)\s*(?:{UNSAFE_CALLS})\s*\(", "not safe off the main thread"
        )


def one_place_for_what_a_thread_owns(path: str, text: str) -> Iterator[Finding]:
    """MinGW-w64 frees the memory of such an object before its destructor runs."""
    if path.startswith(("src/", "tests/", "bench/")) and not path.startswith("src/net/thread_owned"):
        yield from matches(path, without_comments(text), r"\bthread_local\b", "only src/net/thread_owned has such objects")


def one_place_for_wx_sockets(path: str, text: str) -> Iterator[Finding]:
    if path.startswith("src/") and not path.startswith("src/net/worker_socket"):
        problem = "only src/net/worker_socket knows wxSocket"
        yield from matches(path, without_comments(text), r"\bwx(?:Socket\w*|SOCKET_\w+)", problem)
        yield from matches(path, text, r"#\s*include\s*<wx/socket\.h>", problem)


# --- text ---------------------------------------------------------------------------------------


def machine_paths(path: str, text: str) -> Iterator[Finding]:
    """A path of somebody's computer works on that computer only."""
    pattern = r"(?<![\w.$}])/(?:wor[k]|far[m]|tm[p]|roo[t])/|/hom[e]/\w|/User[s]/\w|[A-Z]:\\+User[s]\\|\.\./share[d]\b"
    yield from matches(path, text, pattern, "path of one machine")


def open_ends(path: str, text: str) -> Iterator[Finding]:
    if path.startswith("resources/unicode/"):
        return  # names of characters: a syllable is called like that
    yield from matches(path, text, r"\b(?:TOD[O]|FIXM[E]|XX[X])\b", "left open")


def waiting_by_the_clock(path: str, text: str) -> Iterator[Finding]:
    """A test that sleeps is slow on a fast machine and fails on a slow one."""
    if path.startswith("tests/") and path.endswith(CODE):
        pattern = r"\bsleep_(?:for|until)\b|\bu?sleep\s*\(|\bwxM(?:illi|icro)Sleep\b|\bDISABLED_\w+"
        yield from matches(path, without_comments(text), pattern, "tests wait for a state, never for a time")


RULES: tuple[Rule, ...] = (
    layers,
    unsafe_socket_calls,
    one_place_for_what_a_thread_owns,
    one_place_for_wx_sockets,
    machine_paths,
    open_ends,
    waiting_by_the_clock,
)

SKIPPED_FOLDERS = {".git", "build", "dist", ".cache", "__pycache__"}


def files(project: str) -> Iterator[str]:
    for folder, subfolders, names in os.walk(project):
        subfolders[:] = sorted(set(subfolders) - SKIPPED_FOLDERS)
        for name in sorted(names):
            whole = os.path.join(folder, name)
            path = os.path.relpath(whole, project)
            if name.endswith(TEXT) or path.startswith(("scripts" + os.sep, ".ci" + os.sep)):
                yield path.replace(os.sep, "/")


def dead_links(project: str, path: str, text: str) -> Iterator[Finding]:
    """A page that points to a file of ours which is not there."""
    if not path.endswith(".md"):
        return
    for match in re.finditer(r"\]\(([^)#\s]+)[^)]*\)", text):
        target = os.path.join(project, os.path.dirname(path), match[1])
        if "://" not in match[1] and not os.path.exists(target):
            yield Finding(path, text.count("\n", 0, match.start()) + 1, f"link to nothing: {match[1]}")


def check(project: str) -> list[Finding]:
    findings = []
    for path in files(project):
        with open(os.path.join(project, path), encoding="utf-8") as file:
            text = file.read()
        for rule in RULES:
            findings.extend(rule(path, text))
        findings.extend(dead_links(project, path, text))
    return findings


def main() -> int:
    findings = check(sys.argv[1])
    for finding in findings:
        print(f"{finding.path}:{finding.line}: {finding.problem}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
