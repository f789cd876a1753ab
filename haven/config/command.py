"""The `haven` command. Each word is a module of `haven.config.commands`, loaded only when it is asked for, so that the
engines' commands start without Django."""

import argparse
import os
import sys
from contextlib import suppress
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
    "ledger": "seal the ledger, verify it, prove what stands in it",
    "keys": "replace, split, restore and test the keys of what is confidential",
    "audits": "count anew what schools answered and sent",
    "check": "say whether this installation is safe and complete",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command and give back its exit status: 0 done, 1 found wrong, 2 bad usage or unreadable input."""
    argv = sys.argv[1:] if argv is None else argv
    word, *rest = argv if argv and argv[0] in COMMANDS else [_overview().parse_args(argv).word]
    module = import_module(f"haven.config.commands.{word}")
    parser = argparse.ArgumentParser(f"haven {word}", description=_said(word), formatter_class=_Help)
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(rest)))


def _overview() -> argparse.ArgumentParser:
    """Of every word what it does, and none of its arguments."""
    parser = argparse.ArgumentParser("haven", description="The hub that an area's safeguarding partners share.")
    words = parser.add_subparsers(dest="word", metavar="COMMAND", required=True)
    for word, summary in COMMANDS.items():
        words.add_parser(word, help=summary, description=_said(word))
    return parser


def _said(word: str) -> str:
    return COMMANDS[word].capitalize() + "."


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal, which is asked here without loading what unpacks archives (`shutil`)."""

    def __init__(self, prog: str) -> None:
        columns = 80
        with suppress(OSError, ValueError):
            columns = int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size().columns or columns
        super().__init__(prog, width=columns - 2)


if __name__ == "__main__":
    sys.exit(main())
