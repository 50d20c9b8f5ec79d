"""How the window appears: whole, without a word on the terminal, and with one sentence where there is no screen."""

import os
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import PROGRAM, GuiTest, main, wait_for  # noqa: E402


def width_of_a_letter(label) -> float:
    return label.steady_place().width / len(label.name)


class Start(GuiTest):
    def test_shows_its_headings_whole_and_says_nothing_on_the_terminal(self):
        window = self.window("anna")
        heading = width_of_a_letter(window.frame.find(None, "Welcome to Earshot"))
        sentence = width_of_a_letter(window.frame.find(None, "Chat with people on your network. No account, no server."))
        self.assertGreater(heading, 1.7 * sentence, "the heading is twice as large")
        for name in ("Host", "Join", "Recent"):
            card = width_of_a_letter(window.frame.find("label", name))
            self.assertGreater(card, 1.1 * sentence, f"{name} is cut off")
        window.signal(signal.SIGTERM)
        self.assertEqual(window.wait_exit(), 0)
        self.assertEqual(window.output(), "")

    def test_is_as_large_as_it_was(self):
        first = self.window("anna")
        before = first.frame.steady_place()
        first.frame.find("label", "Host")
        first.signal(signal.SIGTERM)
        self.assertEqual(first.wait_exit(), 0)
        again = self.window("anna", label="again")
        wait_for(lambda: again.frame.steady_place().width == before.width, "it has another size")
        self.assertEqual(again.frame.steady_place().height, before.height)

    def test_without_a_screen_it_says_what_to_do(self):
        without = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        done = subprocess.run([PROGRAM, "--data-dir", self.data_dir("anna")], env=without, capture_output=True, timeout=30)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, b"")
        lines = done.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertIn("There is no display here", lines[0])


if __name__ == "__main__":
    main()
