"""Getting into a room, and being told plainly why not."""

import pathlib
import socket
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from earshot_gui import GuiTest, main, wait_for  # noqa: E402


class Joining(GuiTest):
    def test_a_wrong_address_gets_one_sentence(self):
        window = self.window("anna")
        for address, sentence in (
            ("127.0.0.1:1", "Nobody is hosting a chat at 127.0.0.1:1"),
            ("not an address", "is not an address"),
            ("127.0.0.1:99999", "is not an address"),
        ):
            window.ask_to_join(address, "Anna")
            window.wait_sentence(sentence)
            self.assertEqual(window.dialogs(), [])
            self.assertEqual(window.field("Address or invite").text, address, "what was typed stays")

    def test_a_link_joins_and_shows_where(self):
        host, address = self.headless_host()
        window = self.window("anna", f"earshot://{address}/?name=Eve#x")
        host.wait_event("joined")
        window.wait_sentence("Kitchen table")
        again = self.window("ben", "join", f"earshot:{address}", "--as", "Ben")
        again.wait_person("Ben")

    def test_a_link_that_leads_nowhere_gets_one_sentence(self):
        window = self.window("anna", "earshot://--headless/")
        window.wait_sentence("leads to no room")
        self.assertEqual(window.dialogs(), [])
        window.ask_to_join("earshot:127.0.0.1:1", "Anna")
        window.wait_sentence("Nobody is hosting a chat at 127.0.0.1:1")
        self.assertEqual(window.field("Address or invite").text, "127.0.0.1:1", "where the link leads is shown")

    def test_join_without_an_address_asks_for_it(self):
        window = self.window("anna", "join")
        wait_for(lambda: window.field("Address or invite").has("FOCUSED"), "the address is not asked for")

    def test_another_kind_of_server_is_recognised(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            def answer() -> None:
                connection, _ = server.accept()
                with connection:
                    connection.recv(1024)
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

            thread = threading.Thread(target=answer, daemon=True)
            thread.start()
            window = self.window("anna")
            window.ask_to_join(f"127.0.0.1:{server.getsockname()[1]}", "Anna")
            window.wait_sentence("Something other than Earshot answered")
            thread.join(5)

    def test_a_connection_that_takes_long_can_be_cancelled(self):
        # Accepts connections in the kernel and never says a word.
        with socket.create_server(("127.0.0.1", 0)) as server:
            window = self.window("anna")
            window.ask_to_join(f"127.0.0.1:{server.getsockname()[1]}", "Anna")
            window.wait_sentence("Connecting to")
            window.button("Cancel").click()
            wait_for(lambda: window.button("Join").has("SENSITIVE"), "Join stays disabled")
            wait_for(lambda: not any("Connecting" in text for text in window.sentences()), "it goes on connecting")

    def test_a_taken_name_gets_a_free_one_proposed(self):
        host, address = self.headless_host()
        first = self.program("first", "join", address, "--console", "--json", "--as", "Anna", take_input=True)
        first.wait_event("joined")
        window = self.window("second")
        window.ask_to_join(address, "Anna")
        window.wait_sentence(r"taken.*Anna \(2\)")
        wait_for(lambda: window.field("Your name").text == "Anna (2)", "the free name is not filled in")
        window.button("Join").click()
        window.wait_person("Anna (2)")
        first.wait_event("member_joined", lambda event: event["name"] == "Anna (2)")

    def test_a_window_talks_with_a_console_through_a_headless_host(self):
        host, address = self.headless_host()
        window = self.window("anna", "join", address, "--as", "Anna")
        window.wait_person("Anna")
        console = self.program("bot", "join", address, "--console", "--json", "--as", "Bot", take_input=True)
        console.wait_event("joined", lambda event: sorted(event["members"]) == ["Anna", "Bot"])
        window.wait_person("Bot")
        console.tell({"say": "beep", "ref": "1"})
        console.wait_event("sent", lambda event: event["ref"] == "1")
        window.wait_message("Bot", "beep")
        window.say("boop")
        console.wait_event("message", lambda event: event["text"] == "boop" and event["from"] == "Anna")
        console.tell({"quit": True})
        self.assertEqual(console.wait_exit(), 0)
        wait_for(lambda: not any("Bot" in person for person in window.people()), "Bot stays in the list")
        host.wait_event("left", lambda event: event["name"] == "Bot")


if __name__ == "__main__":
    main()
