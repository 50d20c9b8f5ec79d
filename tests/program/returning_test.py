"""What a member goes through when the host goes away and comes back, between real programs."""

import unittest

from earshot_process import ProgramTest


class Returning(ProgramTest):
    def member(self, address, name, **options):
        member = self.join(address, name, **options)
        member.joined = member.wait_for("joined")
        return member

    def test_members_stay_through_a_killed_host(self):
        host, address = self.room()
        anna, ben = self.member(address, "Anna"), self.member(address, "Ben")
        anna.send(say="before", ref=1)
        self.assertEqual(ben.wait_for("message")["text"], "before")
        host.kill()
        for member in (anna, ben):
            lost = member.wait_for("disconnected")
            self.assertEqual(lost["reason"], "connection_lost")
            self.assertGreater(lost["retry_s"], 0)
        anna.send(say="while it is away", ref=2)
        again = self.host(port=address.rpartition(":")[2]).wait_for("listening")
        self.assertEqual(f"127.0.0.1:{again['port']}", address)
        self.assertEqual(anna.wait_for("resumed")["room"], "Kitchen table")
        ben.wait_for("resumed")
        self.assertEqual(anna.wait_for("sent", ref=2)["event"], "sent")
        self.assertEqual(ben.wait_for("message")["text"], "while it is away")
        self.assertFalse([e for e in ben.seen if e["event"] in ("member_left", "joined") and e is not ben.joined])
        self.assertEqual(sum(e["event"] == "disconnected" for e in ben.seen), 1)

    def test_another_host_at_the_address_is_told_nothing_and_the_right_one_is_waited_for(self):
        host, address = self.room()
        port = address.rpartition(":")[2]
        anna = self.member(address, "Anna")
        host.kill()
        self.assertEqual(anna.wait_for("disconnected")["reason"], "connection_lost")
        other = self.host(data="mallory", port=port)
        other.wait_for("listening")
        anna.send(say="for our room alone", ref=1)
        for _ in range(2):  # attempts that it answers
            other.wait_for("disconnected")
        other.stop()
        self.host(port=port).wait_for("listening")
        anna.wait_for("resumed")
        anna.wait_for("sent", ref=1)
        self.assertFalse([e for e in other.seen if e["event"] == "joined"])

    def test_what_was_missed_comes_in_order_once_and_own_texts_as_sent(self):
        _, address = self.room()
        anna, ben = self.member(address, "Anna"), self.member(address, "Ben")
        ben.send(say="mine")
        seq = ben.wait_for("sent")["seq"]
        ben.kill()
        for number in range(30):
            anna.send(say=str(number))
            anna.wait_for("sent")
        ben = self.member(address, "Ben")
        missed = [ben.wait_for("message") for _ in range(30)]
        self.assertEqual([m["text"] for m in missed], [str(number) for number in range(30)])
        self.assertGreater(missed[0]["seq"], seq)
        # The same person on another computer: what it said itself is sent, not a message.
        ben.send(quit=True)
        self.assertEqual(ben.exit_code(), 0)
        carla = self.member(address, "Carla")
        first = [carla.wait_for("message")["text"] for _ in range(31)]
        self.assertEqual(first, ["mine"] + [str(number) for number in range(30)])

    def test_older_messages_come_when_they_are_asked_for(self):
        _, address = self.room()
        anna = self.member(address, "Anna")
        for number in range(220):
            anna.send(say=str(number))
        for _ in range(220):
            last = anna.wait_for("sent")
        carla = self.member(address, "Carla")
        shown = [carla.wait_for("message") for _ in range(200)]
        self.assertEqual([m["text"] for m in shown], [str(number) for number in range(20, 220)])
        self.assertEqual(shown[-1]["seq"], last["seq"])
        carla.send(history={"before": shown[0]["seq"], "limit": 15}, ref="h")
        older = [carla.wait_for("message")["text"] for _ in range(15)]
        self.assertEqual(older, [str(number) for number in range(5, 20)])
        self.assertEqual(carla.wait_for("history_end")["ref"], "h")
        carla.send(history={"before": carla.seen[-2]["seq"] - 14, "limit": 200})
        self.assertTrue(carla.wait_for("history_end")["complete"])
        carla.send(history={"limit": 2})
        self.assertEqual([carla.wait_for("message")["text"] for _ in range(2)], ["218", "219"])
        carla.send(history={"before": "x"})
        self.assertEqual(carla.wait_for("error")["code"], "usage_invalid")

    def test_a_host_keeps_the_past_to_itself_when_told_and_remembers_that(self):
        host, address = self.room_with("--history", "none")
        anna = self.member(address, "Anna")
        anna.send(say="secret")
        anna.wait_for("sent")
        anna.send(quit=True)
        self.assertEqual(anna.exit_code(), 0)
        host.terminate()
        self.assertEqual(host.exit_code(), 0)
        _, address = self.room()
        anna, carla = self.member(address, "Anna"), self.member(address, "Carla")
        anna.send(say="for all")
        self.assertEqual(carla.wait_for("message")["text"], "for all")

    def room_with(self, *arguments):
        host = self.host(*arguments)
        return host, f"127.0.0.1:{host.wait_for('listening')['port']}"


if __name__ == "__main__":
    unittest.main()
