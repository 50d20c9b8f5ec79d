"""Takes the documentation's pictures of the real window, with people who talk.

    screenshots.py FOLDER [:dark]       (inside gui_session.sh; scripts/screenshots calls it)
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from earshot_gui import Atspi, Program, Window, wait_for

TALK = (
    ("Chloé", "Good morning! Who has the projector for the ten o'clock?"),
    ("Ben", "On my desk. I'll bring it up."),
    ("Ben", "The agenda is at http://wiki.local/agenda, please add your points."),
    ("فاطمة", "صباح الخير! سأحضر القهوة للجميع."),
    ("Chloé", "You are the best 😍"),
    ("美咲", "おはようございます。会議室は二階ですか?"),
    ("Anna", "Yes, second floor, the room with the big table. 二階です。"),
    ("美咲", "🎉🎉"),
    ("Anna", "One more thing: the printer on this floor is being repaired until noon, so please use the one "
             "near the stairs."),
)


def picture(window: Window, file: pathlib.Path) -> None:
    """Of what is inside the window's frame."""
    window.activate()
    place = Atspi.Component.get_extents(window.frame.child(0)._it, Atspi.CoordType.SCREEN)
    crop = f"{place.width}x{place.height}+{place.x}+{place.y}"
    for _ in range(2):  # the second one sees what the first one's activation painted
        subprocess.run(["import", "-silent", "-window", "root", "-crop", crop, "+repage", str(file)], check=True)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    suffix = "-dark" if sys.argv[2:] == [":dark"] else ""
    programs: list[Program] = []
    with tempfile.TemporaryDirectory() as scratch:
        data = pathlib.Path(scratch)
        try:
            anna = Window("anna", ["--data-dir", str(data / "anna")], data)
            programs.append(anna)
            anna.field("Your name").set_text("Anna")
            anna.field("Room name").set_text("Second floor")
            picture(anna, folder / f"start{suffix}.png")
            address = anna.host("Anna")
            people = {}
            for name in dict(TALK):
                if name != "Anna":
                    label = f"member{len(people)}"
                    arguments = ["join", address, "--join-code", anna.join_code(), "--console", "--json", "--as", name,
                                 "--data-dir", str(data / label)]
                    people[name] = Program(label, arguments, data, take_input=True)
                    programs.append(people[name])
                    people[name].wait_event("joined")
            anna.wait_person("美咲")
            for name, text in TALK:
                if name == "Anna":
                    anna.say(text)
                else:
                    people[name].tell({"say": text})
                anna.wait_message(name, text)
            wait_for(lambda: anna.field("Message").text == "", "the composer keeps the text")
            picture(anna, folder / f"chat{suffix}.png")
        finally:
            for program in reversed(programs):
                program.end()


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    main()
