"""What a person does inside a room: finding, the connection log, much to read, a crowd at the door."""

import pathlib
import re
import socket
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, key, main, type_keys, wait_for  # noqa: E402


class InTheRoom(GuiTest):
    def bot(self, address: str, name: str = "Bot"):
        bot = self.program(name.lower(), "join", address, "--console", "--json", "--as", name, take_input=True)
        bot.wait_event("joined")
        return bot

    def test_words_are_found_in_the_conversation(self):
        window = self.window("anna")
        window.host("Anna")
        for text in ("a needle in a haystack", "nothing of interest", "another NEEDLE"):
            window.say(text)
            window.wait_message("Anna", text)
        window.press("ctrl+f")
        field = window.field("Find")
        wait_for(lambda: field.has("FOCUSED"), "Ctrl+F does not lead to the field")
        type_keys("needle")
        window.wait_sentence(r"\b1 of 2\b")
        key("Return")
        window.wait_sentence(r"\b2 of 2\b")
        key("ctrl+a")
        type_keys("camel")
        window.wait_sentence("Nothing found")
        key("Escape")
        wait_for(lambda: window.field("Message").has("FOCUSED"), "Escape does not lead back to the message")

    def test_the_host_sees_who_came_and_went(self):
        window = self.window("anna")
        bot = self.bot(window.host("Anna", open_to_all=True))
        window.wait_person("Bot")
        bot.tell({"quit": True})
        self.assertEqual(bot.wait_exit(), 0)
        window.menu("Tools", "Connection log")
        log = wait_for(lambda: [each for each in window.windows() if each.name != window.frame.name],
                       "no connection log appeared")[0]

        def cells() -> str:
            return " ".join(node.words for _, node in log.walk() if node.words)

        wait_for(lambda: re.search(r"Bot\b.*127\.0\.0\.1", cells()), lambda: f"the log says {cells()}")

    def test_a_long_conversation_is_listed_whole(self):
        window = self.window("anna")
        bot = self.bot(window.host("Anna", open_to_all=True))
        count = 400
        for number in range(count):
            bot.tell({"say": f"line {number}"})
        window.wait_message("Bot", f"line {count - 1}")
        names = window.messages.items(last=count)
        said = [name.rpartition(": ")[2] for name in names if name.startswith("Bot, ")]
        self.assertEqual(said, [f"line {number}" for number in range(count)])

    def test_a_draft_waits_for_its_writer(self):
        host, address = self.headless_host()
        window = self.window("anna", "join", address, "--as", "Anna")
        window.wait_person("Anna")
        window.field("Message").set_text("half a thought")
        window.close()
        self.assertEqual(window.wait_exit(), 0)
        again = self.window("anna", "join", address, "--as", "Anna", label="anna-again")
        again.wait_person("Anna")
        wait_for(lambda: again.field("Message").text == "half a thought", "the draft is gone")

    def test_a_crowd_at_the_door_disturbs_nobody(self):
        """Thousands of connections that say nothing, nonsense or half a frame, while the window lives."""
        window = self.window("anna")
        address = window.host("Anna", open_to_all=True)
        bot = self.bot(address)
        host, port = address.split(":")
        openings = (
            b"",
            b"GET / HTTP/1.1\r\n\r\n",
            b"\xff" * 64,
            struct.pack(">IHH", 0xFFFFFFFF, 1, 0),
            struct.pack(">IHH", 100, 1, 0) + b"half",
            struct.pack(">IHH", 0, 1, 0),
        )
        for round_number in range(60):
            crowd = [socket.create_connection((host, int(port)), timeout=20) for _ in range(50)]
            for number, connection in enumerate(crowd):
                try:
                    connection.sendall(openings[number % len(openings)])
                except OSError:
                    pass  # shown out already
            for connection in crowd:
                connection.close()
            if round_number % 20 == 10:
                bot.tell({"say": f"round {round_number}"})
                window.wait_message("Bot", f"round {round_number}")
                window.say(f"heard {round_number}")
                bot.wait_event("message", lambda event: event["text"] == f"heard {round_number}")
        self.assertEqual(window.dialogs(), [])
        self.assertEqual([person for person in window.people() if "Bot" in person], ["Bot"])


if __name__ == "__main__":
    main()
