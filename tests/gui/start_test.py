"""How the window appears: whole, however wide it is, and without a word on the terminal."""

import json
import pathlib
import re
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, main, type_keys, wait_for  # noqa: E402

SENTENCE = "Chat with people on your network. No account, no server."


def width_of_a_letter(label) -> float:
    return label.steady_place().width / len(label.name)


def cpu_ticks(window) -> int:
    fields = pathlib.Path(f"/proc/{window.process.pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def rests(window) -> bool:
    """Nothing is computed from one look to the next."""
    before = cpu_ticks(window)
    time.sleep(0.25)
    return cpu_ticks(window) == before


class Start(GuiTest):
    def test_comes_to_rest_and_shows_everything_however_wide_it_is(self):
        for width in (420, 560, 700, 830, 960, 1200):
            folder = pathlib.Path(self.data_dir(str(width)))
            folder.mkdir()
            place = {"x": 10, "y": 10, "width": width, "height": 640, "maximized": False}
            (folder / "settings.json").write_text(json.dumps({"window": place}), encoding="utf-8")
            window = self.window(str(width))
            wait_for(lambda: window.frame.steady_place().width >= width - 40, "it has another width")
            wait_for(lambda: rests(window), f"at {width} it never comes to rest")
            choice = width_of_a_letter(window.frame.find("radio button", re.compile("^Open to everybody")))
            self.assertGreater(choice, width_of_a_letter(window.frame.find(None, SENTENCE)), f"at {width} it is cut off")
            window.signal(signal.SIGTERM)
            self.assertEqual(window.wait_exit(), 0)

    def test_shows_its_headings_whole_and_says_nothing_on_the_terminal(self):
        window = self.window("anna")
        heading = width_of_a_letter(window.frame.find(None, "Welcome to Earshot"))
        sentence = width_of_a_letter(window.frame.find(None, SENTENCE))
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

    def test_the_name_can_be_typed_at_once(self):
        window = self.window("anna")
        field = window.field("Your name")
        wait_for(lambda: field.has("FOCUSED"), "the name has not the focus")
        window.activate()
        type_keys("Anna")
        wait_for(lambda: field.text == "Anna", lambda: f"the name is {field.text!r}")


if __name__ == "__main__":
    main()
