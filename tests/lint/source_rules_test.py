"""Every rule must find a violation that is seeded here, and leave what is allowed alone."""

import os
import tempfile
import unittest

import source_rules


def problems(path: str, text: str) -> list[str]:
    with tempfile.TemporaryDirectory() as project:
        whole = os.path.join(project, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)
        return [f"{finding.line}: {finding.problem}" for finding in source_rules.check(project)]


class SourceRules(unittest.TestCase):
    def assert_found(self, path: str, text: str, line: int = 1) -> None:
        found = problems(path, text)
        self.assertEqual(len(found), 1, f"{path} with {text!r}: {found}")
        self.assertTrue(found[0].startswith(f"{line}: "), found)

    def assert_allowed(self, path: str, text: str) -> None:
        self.assertEqual(problems(path, text), [])

    def test_layers_include_only_what_is_below_them(self):
        for path, include in (
            ("src/app/room.cpp", "<wx/string.h>"),
            ("src/app/room.cpp", '"net/codec.h"'),
            ("src/app/room.h", "<sys/socket.h>"),
            ("src/app/room.h", '"wx/event.h"'),
            ("src/app/room.h", "<net/codec.h>"),
            ("src/app/room.cpp", "<openssl/ssl.h>"),
            ("src/net/host.cpp", '"ui/chat_page.h"'),
            ("src/net/host.cpp", '"console/console.h"'),
            ("src/net/host.cpp", "<wx/frame.h>"),
            ("src/net/host.cpp", "<qrcodegen.hpp>"),
            ("src/ui/chat_page.cpp", '"net/host.h"'),
            ("src/ui/chat_page.cpp", "<wx/socket.h>"),
            ("src/ui/chat_page.cpp", "<openssl/ssl.h>"),
            ("src/console/console.cpp", '"net/host.h"'),
            ("src/console/console.cpp", '"ui/chat_page.h"'),
            ("src/console/console.cpp", "<wx/app.h>"),
        ):
            with self.subTest(path=path, include=include):
                found = problems(path, f"// first line\n#include {include}\n")
                self.assertTrue(found, f"{path} may include {include}?")
                self.assertTrue(found[0].startswith("2: "), found)

    def test_layers_may_include_what_is_theirs(self):
        self.assert_allowed("src/app/room.cpp", '#include "app/room.h"\n#include <SQLiteCpp/SQLiteCpp.h>\n')
        self.assert_allowed("src/net/host.cpp", '#include "app/room.h"\n#include "net/host.h"\n#include <openssl/ssl.h>\n')
        self.assert_allowed("src/ui/chat_page.cpp", '#include <wx/frame.h>\n#include <qrcodegen.hpp>\n')
        self.assert_allowed("src/console/console.cpp", '#include "console/console.h"\n#include "app/room_link.h"\n')
        self.assert_allowed("src/main.cpp", '#include "net/host.h"\n#include "ui/window_app.h"\n')

    def test_socket_calls_that_are_unsafe_off_the_main_thread_are_found(self):
        for call in source_rules.UNSAFE_CALLS.split("|"):
            with self.subTest(call=call):
                self.assert_found("src/net/worker_socket.cpp", f"\n  socket->{call}(1);\n", 2)
                self.assert_found("src/ui/page.cpp", f"  socket.{call} (1);\n")

    def test_words_about_socket_calls_are_allowed(self):
        self.assert_allowed("src/net/session.cpp", '// never socket.Peek()\n/* nor\n a->Discard() */ log("x.Peek()");\n')
        self.assert_allowed("src/net/session.cpp", 'auto s = R"(say "x.Peek()" // )";\n')
        self.assert_found("src/net/session.cpp", "wait(10'000); s.Peek(); wait(20'000);\n")

    def test_what_a_thread_owns_is_made_in_one_place(self):
        for path in ("src/net/session.cpp", "tests/net/session_test.cpp", "bench/load.cpp"):
            with self.subTest(path=path):
                self.assert_found(path, "void f() {\n  thread_local std::string text;\n", 2)
        self.assert_allowed("src/net/thread_owned.h", "thread_local T* own = nullptr;\n")
        self.assert_allowed("src/net/session.cpp", "// no thread_local\nthreadOwned<Buffer>();\n")

    def test_only_one_file_pair_knows_wx_sockets(self):
        self.assert_found("src/net/host.cpp", "wxSocketServer server;\n")
        self.assert_found("src/main.cpp", "int f = wxSOCKET_NOWAIT;\n")
        self.assert_found("src/main.cpp", "#include <wx/socket.h>\n")
        self.assert_allowed("src/net/worker_socket.cpp", "#include <wx/socket.h>\nwxSocketServer server;\n")

    def test_paths_of_one_machine_are_found(self):
        for start in ("/wor" + "k/", "/tm" + "p/", "/hom" + "e/anna", "/User" + "s/anna", "C:\\User" + "s\\anna"):
            with self.subTest(start=start):
                self.assert_found("docs/X.md", f"see {start}thing\n")
        self.assert_allowed("docs/X.md", "see build/release/earshot and /usr/bin/python3 and a /quit\n")

    def test_links_to_nothing_are_found(self):
        self.assert_found("docs/X.md", "see [the code](../src/gone.cpp)\n")
        self.assert_allowed("docs/X.md", "see [this page](X.md#top) and [that](https://example.org/)\n")

    def test_open_ends_are_found(self):
        self.assert_found("src/app/x.cpp", "// TOD" + "O: later\n")
        self.assert_allowed("src/app/x.cpp", "// a todo list is a fine thing\n")

    def test_waiting_by_the_clock_is_found_in_tests_only(self):
        self.assert_found("tests/app/x_test.cpp", "std::this_thread::sleep_for(1s);\n")
        self.assert_found("tests/app/x_test.cpp", "TEST(Room, DISABLED_Opens) {}\n")
        self.assert_allowed("src/app/x.cpp", "std::this_thread::sleep_for(1s);\n")

    def test_a_clean_tree_has_no_findings_and_the_build_folder_is_not_looked_at(self):
        self.assert_allowed("build/dev/x.cpp", "// TOD" + "O\n")


if __name__ == "__main__":
    unittest.main()
