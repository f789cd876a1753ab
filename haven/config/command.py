"""The `haven` command. Each word is a module of `haven.config.commands`, loaded only when it is asked for, so that the
engines' commands start without Django."""

import argparse
import sys
from importlib import import_module

COMMANDS = {
    "read": "read a bulletin or meeting note and list what it asks",
    "compare": "compare two editions of a document, clause by clause",
    "demo": "furnish the borough of Fairhaven and open it in a browser",
    "serve": "serve this installation",
    "work": "do the background work of this installation",
    "invite": "invite the first people of an area, before anybody in Haven can",
    "factors": "take off a lost second factor, where nobody in Haven can",
    "load": "load the national register of schools, or content packs",
    "ledger": "verify the ledger",
    "check": "say whether this installation is safe and complete",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and give back its exit status: 0 done, 1 found wrong, 2 bad usage or unreadable input."""
    argv = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="haven", description="The hub that an area's safeguarding partners share.")
    words = parser.add_subparsers(dest="word", metavar="COMMAND", required=True)
    asked = argv[0] if argv and argv[0] in COMMANDS else None
    for word, summary in COMMANDS.items():
        sub = words.add_parser(word, help=summary, description=summary.capitalize() + ".")
        if word == asked:
            module = import_module(f"haven.config.commands.{word}")
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    args = parser.parse_args(argv)
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
