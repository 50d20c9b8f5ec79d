"""Checks the Windows packages of dist/ under Wine. packaging/windows/check starts it."""

import hashlib
import signal
import sys
import unittest
import zipfile

from check_base import Check, arguments
from check_installer import Installer  # noqa: F401
from check_program import Links, Portable, Program, Talk, Window  # noqa: F401
from check_terminal import Terminal  # noqa: F401


def main():
    options = arguments()
    for file in (options.installer, options.zip):
        if not file.is_file():
            sys.exit(f"There is no {file}; scripts/package windows makes it.")
    if not options.linux.is_file():
        sys.exit(f"There is no {options.linux}; scripts/run builds it, --linux names another.")
    Check.options = options
    with zipfile.ZipFile(options.zip) as package:
        print("SHA-256 of earshot.exe:", hashlib.sha256(package.read("Earshot/earshot.exe")).hexdigest(), flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The check was ended."))  # through the finally below
    try:
        Check.start_windows()
        program = unittest.main(argv=["packaging/windows/check", *options.tests], exit=False, verbosity=2)
    finally:
        Check.stop_windows()
    if Talk.printed:
        print("\n".join(["What was said between Linux and Windows:", *Talk.printed]))
    sys.exit(not program.result.wasSuccessful())


if __name__ == "__main__":
    main()
