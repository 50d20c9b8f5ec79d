"""Hosting from a window: by the keyboard alone, ending it, and coming back to it."""

import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, key, main, type_keys, wait_for  # noqa: E402


class Hosting(GuiTest):
    def member(self, address: str, name: str = "Ben"):
        member = self.program(name.lower(), "join", address, "--console", "--json", "--as", name, take_input=True)
        member.wait_event("joined")
        return member

    def test_the_keyboard_alone_is_enough(self):
        window = self.window("anna")
        window.activate()
        name = window.field("Your name")
        self.tab_to(window, name)
        key("ctrl+a")
        type_keys("Keyboard Anna")
        room = window.field("Room name")
        self.tab_to(window, room)
        key("ctrl+a")
        type_keys("By hand")
        self.tab_to(window, window.button("Host chat"))
        key("Return")
        window.hosting_address()
        wait_for(lambda: window.field("Message").has("FOCUSED"), "the cursor is not where one writes")
        type_keys("No mouse today")
        key("Return")
        window.wait_message("Keyboard Anna", "No mouse today")
        self.assertEqual(window.field("Message").text, "")

    def tab_to(self, window, control) -> None:
        for _ in range(20):
            if control.has("FOCUSED"):
                return
            before = focused(window)
            key("Tab")
            wait_for(lambda: focused(window) != before, lambda: f"Tab does not leave {before}")
        self.fail(f"Tab never reaches {control.name!r}")

    def test_a_signal_ends_a_host_without_a_question(self):
        window = self.window("anna")
        member = self.member(window.host("Anna", open_to_all=True))
        window.wait_person("Ben")
        window.signal(signal.SIGTERM)
        self.assertEqual(window.wait_exit(), 0)
        gone = member.wait_event("disconnected")
        self.assertEqual(gone["reason"], "host_closed")
        self.assertIn("retry_s", gone, "a member stays and tries again")

    def test_closing_asks_while_others_are_inside(self):
        window = self.window("anna")
        member = self.member(window.host("Anna", open_to_all=True))
        window.wait_person("Ben")

        window.close()
        dialog = window.wait_dialog()
        self.assertTrue(any("1 person" in node.words for node in dialog.all("label")), dialog.dump())
        dialog.find("push button", "Keep it open").click()
        wait_for(lambda: not window.dialogs(), "the question stays")
        window.say("still here")
        member.wait_event("message", lambda event: event["text"] == "still here")

        window.close()
        window.wait_dialog().find("push button", "Close room").click()
        self.assertEqual(window.wait_exit(), 0)
        self.assertEqual(member.wait_event("disconnected")["reason"], "host_closed")

    def test_closing_an_empty_room_asks_nothing(self):
        window = self.window("anna")
        window.host("Anna")
        window.close()
        self.assertEqual(window.wait_exit(), 0)

    def test_a_room_reopens_with_its_history(self):
        window = self.window("anna")
        member = self.member(window.host("Anna", "Kitchen table", open_to_all=True))
        for number in range(3):
            member.tell({"say": f"line {number}"})
        window.wait_message("Ben", "line 2")
        window.signal(signal.SIGTERM)
        self.assertEqual(window.wait_exit(), 0)

        again = self.window("anna", label="anna-again")
        self.assertEqual(again.field("Your name").text, "Anna")
        self.assertEqual(again.field("Room name").text, "Kitchen table")
        recent = again.frame.find(None, "Recent rooms")
        wait_for(lambda: recent.count > 0, "no recent room")
        recent.focus()
        key("Home")
        again.button("Reopen").click()
        for number in range(3):
            again.wait_message("Ben", f"line {number}")
        again.wait_sentence("Saved conversation")

    def test_a_killed_member_keeps_everything_it_was_shown(self):
        host, address = self.headless_host()
        window = self.window("anna", "join", address, "--as", "Anna")
        window.wait_person("Anna")
        member = self.member(address)
        member.tell({"say": "shown once"})
        window.wait_message("Ben", "shown once")
        window.signal(signal.SIGKILL)
        window.wait_exit()

        export = self.program("anna", "export", "Kitchen table", label="export")
        self.assertEqual(export.wait_exit(), 0, export.output())
        self.assertIn("Ben: shown once", export.output())


def focused(window) -> tuple:
    """What has the focus: role, name and place in the tree, for comparing."""
    return tuple(index for index, (_, node) in enumerate(window.frame.walk()) if node.has("FOCUSED"))


if __name__ == "__main__":
    main()
