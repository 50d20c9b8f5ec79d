"""What people do with one message in the window: answer it, change it, react to it, take it back."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, key, main, wait_for  # noqa: E402


class Messages(GuiTest):
    def two_windows(self):
        anna = self.window("anna")
        address = anna.host("Anna", "Kitchen table", open_to_all=True)
        ben = self.window("ben")
        ben.join(address, "Ben")
        anna.wait_person("Ben")
        return anna, ben

    def wait_item(self, window, *parts: str) -> str:
        """A message whose spoken line has all of these parts."""
        return wait_for(lambda: next((item for item in window.messages.items() if all(p in item for p in parts)), None),
                        lambda: f"{window.label} shows {window.messages.items()}, nothing with {parts}")

    def choose(self, window, ups: int, *keys: str) -> None:
        """From the menu of a message, the newest or so many above it, by the keyboard alone."""
        window.activate()
        window.messages.focus()
        key("End")
        for _ in range(ups):
            key("Up")
        key("Menu")
        for name in keys:
            key(name)

    def test_answer_edit_react_and_delete(self):
        anna, ben = self.two_windows()
        anna.say("helo everybody")
        self.wait_item(ben, "Anna", "helo everybody")

        self.choose(ben, 0, "r")
        ben.wait_sentence("^Reply to Anna$")
        ben.say("hello to you")
        self.wait_item(anna, "Ben", "in reply to Anna", "hello to you")
        wait_for(lambda: "Reply to Anna" not in ben.sentences(), "the reply does not end")

        anna.activate()
        anna.field("Message").focus()
        key("Up")
        anna.wait_sentence("^Edit message$")
        wait_for(lambda: anna.field("Message").text == "helo everybody", "the last message is not there to be edited")
        anna.field("Message").set_text("hello everybody @Ben")
        key("Return")
        self.wait_item(ben, "Anna", "hello everybody @Ben (edited) (mentions you)")

        self.choose(ben, 1, "t", "Return")
        self.wait_item(anna, "hello everybody", "👍 Ben")
        self.choose(ben, 1, "t", "Return")
        wait_for(lambda: not any("👍" in item for item in anna.messages.items()), "the reaction is not taken back")
        self.choose(ben, 1, "t", "Down", "Return")
        self.wait_item(anna, "hello everybody", "❤️ Ben")

        # The host may take back anybody's.
        self.choose(anna, 0, "d")
        dialog = anna.wait_dialog()
        dialog.find("push button", "Delete").click()
        self.wait_item(ben, "Ben", "This message was deleted.")
        self.assertFalse([item for item in ben.messages.items() if "hello to you" in item])

    def test_who_is_writing_is_told_unless_they_rather_not(self):
        anna, ben = self.two_windows()
        writes = "^Ben is writing…$"
        ben.activate()
        ben.field("Message").focus()
        key("h")
        anna.wait_sentence(writes)
        ben.field("Message").set_text("hello")
        key("Return")
        self.wait_item(anna, "Ben", "hello")
        wait_for(lambda: not any("is writing" in text for text in anna.sentences()), "what was written is there")
        # Not when it is not wanted: the next that is told would be Anna's.
        ben.menu("Tools", "Show others that I am writing", "check menu item")
        ben.field("Message").focus()
        key("h")
        anna.activate()
        anna.field("Message").focus()
        key("x")
        ben.wait_sentence("^Anna is writing…$")
        self.assertFalse([text for text in anna.sentences() if "is writing" in text])

    def test_escape_ends_a_reply_and_keeps_what_was_written(self):
        anna, ben = self.two_windows()
        anna.say("hello")
        self.wait_item(ben, "Anna", "hello")
        self.choose(ben, 0, "r")
        ben.wait_sentence("^Reply to Anna$")
        ben.field("Message").set_text("half a thought")
        ben.field("Message").focus()
        key("Escape")
        wait_for(lambda: "Reply to Anna" not in ben.sentences(), "the reply does not end")
        self.assertEqual(ben.field("Message").text, "half a thought")
        ben.say("on its own")
        self.assertNotIn("in reply", self.wait_item(anna, "on its own"))

    def test_a_member_comes_back_to_what_was_said(self):
        host, address = self.headless_host()
        ben = self.window("ben")
        ben.join(address, "Ben")
        ben.say("before")
        host.end()
        ben.wait_sentence("Trying again in")
        ben.say("written while it is away")
        self.wait_item(ben, "Ben", "written while it is away")
        self.program("host", "host", "--headless", "--json", "--open", "--name", "Kitchen table", label="host again")
        wait_for(lambda: not any("Trying again" in text for text in ben.sentences()), "the window does not come back")
        ben.say("after")
        wait_for(lambda: [item.rpartition(": ")[2] for item in ben.messages.items() if item.startswith("Ben,")]
                 == ["before", "written while it is away", "after"], lambda: f"{ben.messages.items()}")


if __name__ == "__main__":
    main()
