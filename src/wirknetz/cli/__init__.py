"""The command line: `wirknetz <command>`.

Every command is a module with a `run`; only the module of the command that was called is
imported, so that `wirknetz --help` answers at once.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from wirknetz.cli.commands import COMMANDS, Command, parser
from wirknetz.cli.say import Stop, complain, gettext


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 stopped with a hint, 2 wrong call)."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        chosen = _chosen(words)
        if chosen is not None and chosen.passes_on:
            return _run(chosen.module, words[1:])
        options = parser().parse_args(words)
        if options.command is None:
            parser().print_help()
            return 0
        return _run(COMMANDS[options.command].module, options)
    except Stop as reason:
        complain(str(reason))
        return 1
    except KeyboardInterrupt:
        complain(gettext("Abgebrochen."))
        return 130


def _chosen(words: Sequence[str]) -> Command | None:
    if not words or words[0].startswith("-"):
        return None
    if words[0] not in COMMANDS:
        known = ", ".join(COMMANDS)
        raise Stop(
            gettext("Den Befehl „{word}“ gibt es nicht. Es gibt: {known}.").format(
                word=words[0], known=known
            )
        )
    return COMMANDS[words[0]]


def _run(module: str, given: object) -> int:
    return int(import_module(f"wirknetz.cli.{module}").run(given))
