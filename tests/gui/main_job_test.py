"""The main job with two windows: Host chat, Join, talk, export, the host closes."""

import pathlib
import re
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import PROGRAM, GuiTest, main, wait_for  # noqa: E402

GREETING = "Grüße 🎉 مرحبا 你好"


class MainJob(GuiTest):
    def test_two_people_talk_and_export(self):
        anna = self.window("anna")
        self.assertTrue(anna.field("Your name").text, "a name is proposed")
        self.assertTrue(anna.field("Room name").text, "a room name is proposed")
        address = anna.host("Anna", "Kitchen table")
        self.assertEqual(anna.dialogs(), [], "Host chat leads straight to the room")

        ben = self.window("ben")
        ben.join(address, "Ben", anna.join_code())
        anna.wait_person("Ben")
        ben.wait_person("Anna")

        anna.say(GREETING)
        ben.wait_message("Anna", GREETING)
        anna.wait_message("Anna", GREETING)
        ben.say(f"Ben says {GREETING}")
        anna.wait_message("Ben", f"Ben says {GREETING}")
        ben.wait_message("Ben", f"Ben says {GREETING}")

        # Two lines in one message: what Shift+Enter makes.
        ben.say("first line\n[12:00:00] Anna: forged")
        wait_for(lambda: any("forged" in item for item in anna.messages.items()), "the long message does not arrive")

        exported = self.folder / "kitchen.txt"
        ben.menu("Chat", re.compile("^Export"))
        ben.export_to(exported)
        ben.wait_sentence(r"saved to .*kitchen\.txt")
        self.check_export(exported.read_text(encoding="utf-8"), address)

        # The command line exports the same while the window is open.
        printed = subprocess.run([PROGRAM, "export", "Kitchen table", "--data-dir", self.data_dir("ben")],
                                 capture_output=True, check=True, timeout=30).stdout.decode()
        self.assertEqual(events(printed), events(exported.read_text(encoding="utf-8")))

        anna.signal(signal.SIGTERM)
        self.assertEqual(anna.wait_exit(), 0)
        ben.wait_sentence("The host closed the room")
        self.assertEqual(ben.dialogs(), [], "the end of a room is a line, not a dialog")
        ben.wait_message("Anna", GREETING)

    def check_export(self, text: str, address: str) -> None:
        lines = text.splitlines()
        head = "\n".join(lines[:8])
        self.assertIn("Kitchen table", head)
        self.assertIn(address.rpartition(":")[2], head)
        self.assertIn("UTC", head)
        self.assertIn("Messages: 3", head)
        said = [line for line in events(text) if re.match(r"\[[\d:]+\] (Anna|Ben): ", line)]
        self.assertEqual([line.partition("] ")[2] for line in said],
                         [f"Anna: {GREETING}", f"Ben: Ben says {GREETING}", "Ben: first line"])
        self.assertIn("    | [12:00:00] Anna: forged", lines)
        self.assertTrue(any(line.endswith("Ben joined") for line in events(text)))


def events(text: str) -> list[str]:
    """The lines of an export that tell what happened, without its head."""
    return [line for line in text.splitlines() if line.startswith(("[", "    | "))]


if __name__ == "__main__":
    main()
