"""Which commands exist, what they are for and which words they take."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from wirknetz import __version__
from wirknetz.cli.say import gettext as _
from wirknetz.cli.understanding import in_words


class _Formatter(argparse.HelpFormatter):
    """Help with the headings in the reader's language."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        return super().add_usage(
            usage, actions, groups, _("Aufruf: ") if prefix is None else prefix
        )

    def start_section(self, heading: str | None) -> None:
        ours = {"positional arguments": _("Angaben"), "options": _("Schalter")}
        super().start_section(ours.get(heading or "", heading))


class Options(argparse.ArgumentParser):
    """A parser that helps and complains in the reader's language."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self.add_argument("-h", "--help", action="help", help=_("diese Hilfe"))

    def error(self, message: str) -> NoReturn:
        """Say how the call is meant, then what was wrong with this one."""
        self.print_usage(sys.stderr)
        self.exit(2, _("Das wurde nicht verstanden: {what}").format(what=in_words(message)) + "\n")


@dataclass(frozen=True)
class Command:
    """One command: the module that runs it, its line in the help, its options.

    With ``passes_on`` every further word goes to another program unchanged.
    """

    module: str
    summary: str
    options: Callable[[Options], None] | None = None
    passes_on: bool = False


def _address(parser: Options) -> None:
    parser.add_argument("--port", type=_port, metavar="N", help=_("Anschluss, sonst 8000"))
    parser.add_argument("--host", metavar="IP", help=_("Adresse, sonst 127.0.0.1"))


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(_("Bitte eine Zahl von 1 bis 65535 angeben."))
    return number


def _demo(parser: Options) -> None:
    _address(parser)
    parser.add_argument(
        "--fresh", action="store_true", help=_("vorhandene Probe-Daten löschen und neu beginnen")
    )


def _serve(parser: Options) -> None:
    _address(parser)
    parser.add_argument(
        "--no-worker",
        action="store_true",
        help=_("ohne Hintergrund-Aufgaben; dann läuft „wirknetz worker“ daneben"),
    )


def _backup(parser: Options) -> None:
    _data(parser)
    parser.add_argument("file", type=Path, metavar="DATEI", help=_("wohin die Sicherung kommt"))
    parser.add_argument(
        "--yes", action="store_true", help=_("eine vorhandene Datei ohne Rückfrage ersetzen")
    )


def _restore(parser: Options) -> None:
    _data(parser)
    parser.add_argument("file", type=Path, metavar="DATEI", help=_("die Sicherung"))
    parser.add_argument(
        "--yes", action="store_true", help=_("vorhandene Daten ohne Rückfrage ersetzen")
    )


def _data(parser: Options) -> None:
    parser.add_argument("--demo", action="store_true", help=_("die Daten des Probe-Netzwerks"))


def _audit(parser: Options) -> None:
    _data(parser)
    parser.add_argument(
        "what", metavar="verify", choices=["verify"], help=_("verify: die Kette nachrechnen")
    )


def _network(parser: Options) -> None:
    _data(parser)
    parser.add_argument(
        "what", metavar="add", choices=["add"], help=_("add: ein weiteres Netzwerk anlegen")
    )
    parser.add_argument("name", metavar="NAME", help=_("Name des Netzwerks"))
    parser.add_argument(
        "--slug", required=True, help=_("Kurzname in der Adresse, zum Beispiel bora")
    )
    parser.add_argument(
        "--coordinator", required=True, metavar="E-MAIL", help=_("Adresse der ersten Koordination")
    )
    parser.add_argument(
        "--coordinator-name", required=True, metavar="NAME", help=_("Name der ersten Koordination")
    )


def _account(parser: Options) -> None:
    _data(parser)
    parser.add_argument(
        "what",
        choices=["reset-second-factor"],
        metavar="reset-second-factor",
        help=_("reset-second-factor: wenn Gerät und Notfall-Codes verloren sind"),
    )
    parser.add_argument("email", metavar="E-MAIL", help=_("Adresse des Zugangs"))


def _worker(parser: Options) -> None:
    _data(parser)
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    parser.add_argument(
        "--once", action="store_true", help=_("nur erledigen, was jetzt wartet, dann enden")
    )


def _prepare(parser: Options) -> None:
    parser.add_argument("list", type=Path, nargs="?", metavar="LISTE", help=_("die Liste"))
    parser.add_argument(
        "--profile", type=Path, metavar="DATEI", help=_("die Zähl-Anleitung (TOML)")
    )
    parser.add_argument("--period", metavar="ZEITRAUM", help=_("zum Beispiel 2025Q3 oder 2025-07"))
    parser.add_argument(
        "-o", "--output", type=Path, metavar="DATEI", help=_("wohin das Ergebnis kommt")
    )
    parser.add_argument("--page", metavar="BLATT", help=_("Blatt für den Vorschlag"))
    parser.add_argument(
        "--suggest", action="store_true", help=_("eine erste Anleitung aus den Überschriften")
    )
    parser.add_argument(
        "--html", type=Path, metavar="DATEI", help=_("die Zähl-Seite für den Browser schreiben")
    )
    parser.add_argument(
        "--leave-out",
        action="store_true",
        help=_("Zeilen auslassen, die nicht gezählt werden können"),
    )
    parser.add_argument("--yes", action="store_true", help=_("ohne Rückfrage schreiben"))
    parser.epilog = _(
        "Endet mit 0: geschrieben, 1: falsche Eingabe, 2: falscher Aufruf, 3: Fragen offen."
    )


def _evaluate(parser: Options) -> None:
    parser.add_argument("definition", type=Path, metavar="DEFINITION", help=_("die Runde (TOML)"))
    parser.add_argument(
        "files", type=Path, nargs="*", metavar="DATEI", help=_("die Dateien der Organisationen")
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="XLSX",
        help=_("wohin das Ergebnis kommt; daneben dasselbe als JSON"),
    )
    parser.add_argument("--yes", action="store_true", help=_("ohne Rückfrage ersetzen"))
    parser.epilog = _(
        "Endet mit 0: vollständig, 1: falsche Eingabe, 2: falscher Aufruf, 3: Fragen offen, "
        "4: Dateien fehlen."
    )


COMMANDS = {
    "demo": Command("demo", _("Probe-Netzwerk füllen und starten"), _demo),
    "serve": Command("serve", _("im Betrieb starten, Einstellungen aus der Umgebung"), _serve),
    "worker": Command("worker", _("nur die Hintergrund-Aufgaben"), _worker),
    "backup": Command(
        "backup", _("alle Daten in eine Datei sichern, im laufenden Betrieb"), _backup
    ),
    "restore": Command("restore", _("Daten aus einer Sicherung zurückholen"), _restore),
    "audit": Command("audit", _("prüfen, ob das Protokoll unverändert ist"), _audit),
    "network": Command("networks", _("ein weiteres Netzwerk anlegen"), _network),
    "prepare": Command(
        "prepare", _("eine Liste von Personen zählen, nur auf diesem Rechner"), _prepare
    ),
    "evaluate": Command(
        "evaluate", _("eine ganze Runde aus Dateien auswerten, ohne die Seite"), _evaluate
    ),
    "account": Command("accounts", _("einem Zugang helfen"), _account),
    "manage": Command("manage", _("Verwaltungsbefehle von Django"), passes_on=True),
    "test": Command("tests", _("Tests ausführen (weitere Wörter gehen an pytest)"), passes_on=True),
    "check": Command(
        "checks", _("Stil, Typen, Architektur und Übersetzungen prüfen"), passes_on=True
    ),
    "bench": Command("bench", _("Geschwindigkeit messen"), passes_on=True),
}


def parser() -> Options:
    """The whole command line as argparse understands it."""
    top = Options(
        prog="wirknetz",
        description=_("Wirknetz: gemeinsam wirken und zeigen, was es bringt."),
        epilog=_("Zum Ausprobieren: wirknetz demo"),
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"Wirknetz {__version__}",
        help=_("welche Ausgabe das ist"),
    )
    below = top.add_subparsers(dest="command", metavar=_("Befehl"), title=_("Befehle"))
    for name, command in COMMANDS.items():
        own = below.add_parser(name, help=command.summary, description=command.summary)
        if command.options is not None:
            command.options(own)
    return top
