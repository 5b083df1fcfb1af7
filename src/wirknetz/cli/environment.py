"""The settings in the environment: which there are, what is wrong with them, an example each.

Checked before anything starts, all at once, so that nobody mends one only to meet the next.
Standard library only.
"""

import difflib
import os
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

from wirknetz.cli.say import Stop
from wirknetz.cli.say import gettext as _

KEY_LENGTH = 40
DATABASES = ("sqlite", "postgres", "postgresql")
MAIL = ("smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "dummymail")
YES_OR_NO = {"1", "true", "yes", "on", "y", "0", "false", "no", "off", "n"}


@dataclass(frozen=True)
class Setting:
    """One variable: what makes a value wrong (empty text: nothing), and an example."""

    name: str
    wrong: Callable[[str], str]
    example: str
    required: str = ""  # why it cannot be missing


def _key(value: str) -> str:
    if len(value) >= KEY_LENGTH:
        return ""
    return _("ist kürzer als {n} Zeichen").format(n=KEY_LENGTH)


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 – reading it is the check
    except ValueError:
        return None
    return parts


def _address(value: str) -> str:
    parts = _split(value)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return _("ist keine Adresse, die mit https:// beginnt")
    if parts.path.strip("/") or parts.query:
        return _("darf nach dem Namen nichts mehr enthalten")
    return ""


def _hosts(value: str) -> str:
    if "/" in value:
        return _("erwartet nur Namen, mit Komma getrennt, ohne https://")
    return ""


def _folder(value: str) -> str:
    folder = Path(value)
    existing = next((p for p in (folder, *folder.absolute().parents) if p.exists()), folder)
    if not existing.is_dir():
        return _("{path} ist kein Ordner").format(path=existing)
    if not os.access(existing, os.W_OK | os.X_OK):
        return _("in den Ordner {path} darf nicht geschrieben werden").format(path=existing)
    return ""


def _database(value: str) -> str:
    parts = _split(value)
    if parts is None or parts.scheme not in DATABASES:
        return _("muss mit sqlite:/// oder postgres:// beginnen")
    if parts.scheme != "sqlite" and not parts.path.strip("/"):
        return _("nennt keine Datenbank (der Teil nach dem letzten Schrägstrich)")
    return ""


def _mail(value: str) -> str:
    parts = _split(value)
    if parts is None or parts.scheme not in MAIL:
        return _("muss mit smtp://, smtp+tls:// oder smtp+ssl:// beginnen")
    if parts.scheme.startswith("smtp") and not parts.hostname:
        return _("nennt keinen Mail-Server")
    return ""


def _sender(value: str) -> str:
    local, _at, domain = parseaddr(value)[1].rpartition("@")
    return "" if local and "." in domain else _("enthält keine E-Mail-Adresse")


def _time_zone(value: str) -> str:
    return "" if value in available_timezones() else _("ist keine bekannte Zeitzone")


def _yes_or_no(value: str) -> str:
    return "" if value.lower() in YES_OR_NO else _("ist weder yes noch no")


def _number(value: str) -> str:
    good = value.isdecimal() and 1 <= int(value) <= 64
    return "" if good else _("ist keine Zahl von 1 bis 64")


SETTINGS = (
    Setting(
        "WIRKNETZ_SECRET_KEY",
        _key,
        '$(python3 -c "import secrets; print(secrets.token_urlsafe(50))")',
        _("damit werden Anmeldungen und Links unterschrieben; behalten Sie ihn"),
    ),
    Setting(
        "WIRKNETZ_URL",
        _address,
        "https://netz.example.org",
        _("diese Adresse steht in jeder E-Mail"),
    ),
    Setting(
        "WIRKNETZ_SMTP_URL",
        _mail,
        "smtp+tls://name:passwort@mail.example.org:587",
        _("Einladungen und Erinnerungen gehen per E-Mail; ohne Versand: dummymail://"),
    ),
    Setting("WIRKNETZ_MAIL_FROM", _sender, '"Wirknetz <wirknetz@example.org>"'),
    Setting("WIRKNETZ_HOSTS", _hosts, "netz.example.org"),
    Setting("WIRKNETZ_DATA_DIR", _folder, "/var/lib/wirknetz"),
    Setting("DATABASE_URL", _database, "postgres://wirknetz:geheim@127.0.0.1:5432/wirknetz"),
    Setting("WIRKNETZ_TIME_ZONE", _time_zone, "Europe/Berlin"),
    Setting("WIRKNETZ_HTTPS", _yes_or_no, "yes"),
    Setting("WIRKNETZ_BEHIND_PROXY", _yes_or_no, "yes"),
    Setting("WIRKNETZ_WORKERS", _number, "2"),
    Setting("WIRKNETZ_THREADS", _number, "8"),
)
NOT_SETTINGS = {"WIRKNETZ_MODE", "WIRKNETZ_DEMO_DIR", "WIRKNETZ_CHROMIUM"}


def problems(given: Mapping[str, str]) -> Iterator[str]:
    """Every missing, wrong or misspelt setting as a hint of two lines."""
    for setting in SETTINGS:
        value = given.get(setting.name, "").strip()
        if not value and setting.required:
            yield _hint(setting, _("fehlt ({why})").format(why=setting.required))
        elif value and (wrong := setting.wrong(value)):
            yield _hint(setting, wrong)
    yield from _sender_missing(given)
    yield from _misspelt(given)


def hints(given: Mapping[str, str]) -> Iterator[str]:
    """What is allowed but hardly meant: said at the start, stops nothing.

    Wirknetz itself speaks no TLS, so https means that a proxy stands in front.
    """
    address = given.get("WIRKNETZ_URL", "").strip().lower()
    if address.startswith("https://") and not given.get("WIRKNETZ_BEHIND_PROXY", "").strip():
        yield _(
            "Hinweis: WIRKNETZ_URL beginnt mit https, WIRKNETZ_BEHIND_PROXY fehlt.\n"
            "    Für Wirknetz kommen dann alle von derselben Adresse, und wer sich oft vertippt, "
            "hält alle anderen auf.\n"
            "    Steht ein Webserver davor, der X-Forwarded-For setzt: WIRKNETZ_BEHIND_PROXY=yes\n"
            "    Sonst sagt WIRKNETZ_BEHIND_PROXY=no, dass es so gemeint ist."
        )


def _hint(setting: Setting, wrong: str) -> str:
    example = _("Beispiel:")
    return f"{setting.name} {wrong}.\n    {example} {setting.name}={setting.example}"


def _sender_missing(given: Mapping[str, str]) -> Iterator[str]:
    sends = given.get("WIRKNETZ_SMTP_URL", "").startswith("smtp")
    if sends and not given.get("WIRKNETZ_MAIL_FROM", "").strip():
        sender = next(s for s in SETTINGS if s.name == "WIRKNETZ_MAIL_FROM")
        yield _hint(sender, _("fehlt (der Absender jeder E-Mail)"))


def _misspelt(given: Mapping[str, str]) -> Iterator[str]:
    known = [setting.name for setting in SETTINGS]
    for name in sorted(given):
        ours = name.startswith("WIRKNETZ_") and not name.startswith("WIRKNETZ_TEST_")
        if ours and name not in known and name not in NOT_SETTINGS:
            near = difflib.get_close_matches(name, known, n=1)
            meant = _(" Meinten Sie {name}?").format(name=near[0]) if near else ""
            yield _("{name} ist keine Einstellung von Wirknetz.").format(name=name) + meant


def complete(environ: MutableMapping[str, str] = os.environ) -> None:
    """Check the settings of real use and fill in what follows from others.

    Raises Stop with every problem found.
    """
    if found := list(problems(environ)):
        lines = "\n".join(f"- {hint}" for hint in found)
        title = _("Wirknetz startet nicht, weil Einstellungen fehlen oder nicht stimmen:")
        more = _("Zum Ausprobieren ohne Einstellungen: wirknetz demo")
        raise Stop(f"{title}\n{lines}\n{more}")
    address = urlsplit(environ["WIRKNETZ_URL"])
    environ["WIRKNETZ_URL"] = environ["WIRKNETZ_URL"].rstrip("/")
    environ.setdefault("WIRKNETZ_HOSTS", f"{address.hostname},127.0.0.1,localhost")
    environ.setdefault("WIRKNETZ_HTTPS", "yes" if address.scheme == "https" else "no")
