"""`wirknetz prepare`: count a list of persons on this machine; only counts are written.

Exit codes: 0 written, 1 stopped with a hint, 2 wrong call, 3 questions are open.
"""

import re
from pathlib import Path
from typing import Any

from wirknetz import __version__
from wirknetz.cli import counting_words as words
from wirknetz.cli.file_words import not_readable
from wirknetz.cli.say import Stop, complain, confirmed, gettext, say
from wirknetz.cli.writing import may_write, write
from wirknetz.core.files.counting import (
    Counted,
    Profile,
    ProfileError,
    prepare,
    read_profile,
    receipt,
    report,
)
from wirknetz.core.files.counting.leaving import table
from wirknetz.core.files.counting.page import counting_page
from wirknetz.core.files.counting.suggesting import suggest
from wirknetz.core.files.grid import NotReadable
from wirknetz.core.files.reading import iter_rows
from wirknetz.core.files.words.periods import periods_in
from wirknetz.core.values import Period

OPEN = 3
_WHOLE = re.compile(r"\d{4}(Q\d|H\d|-\d\d)")
"""A period as a name of a file can say it beyond doubt; a year alone can mean anything."""


def run(options: Any) -> int:
    """Count, show what would leave, ask, write; or suggest a profile."""
    if options.html is not None:
        return _html(options)
    if options.list is None:
        raise Stop(gettext("Bitte die Liste angeben: wirknetz prepare LISTE …"))
    if not options.list.is_file():
        raise Stop(gettext("{file} gibt es nicht.").format(file=options.list))
    return _suggest(options) if options.suggest else _count(options)


def _html(options: Any) -> int:
    _may_write(options.html, options)
    write(options.html, counting_page())
    say(
        gettext(
            "Geschrieben: {file}. Im Browser öffnen; die Seite arbeitet ohne Internet und "
            "sendet nichts."
        ).format(file=options.html)
    )
    return 0


def _suggest(options: Any) -> int:
    try:
        text = suggest(iter_rows(options.list, options.page))
    except NotReadable as error:
        raise Stop(not_readable(error, options.list.name)) from error
    except (ValueError, KeyError) as error:
        raise Stop(
            gettext("In {file} ist keine Zeile mit bekannten Überschriften zu finden.").format(
                file=options.list.name
            )
        ) from error
    if options.output is None:
        say(text)
        return 0
    _may_write(options.output, options)
    write(options.output, text.encode())
    say(
        gettext(
            "Vorschlag geschrieben: {file}. Bitte öffnen, jede Zeile prüfen und die Codes der "
            "Messgrößen eintragen."
        ).format(file=options.output)
    )
    return 0


def _count(options: Any) -> int:
    profile = _profile(options.profile)
    period = _period(options, profile)
    target = options.output or Path(f"zaehlung-{period.code}.csv")
    _may_write(target, options)
    try:
        counted = prepare(options.list, profile, period)
    except NotReadable as error:
        raise Stop(not_readable(error, options.list.name)) from error
    if counted.questions:
        return _ask(counted)
    _preview(counted, profile)
    if counted.gaps and not _left_out(counted, options):
        return OPEN
    if not (options.yes or confirmed(gettext("So nach {file} schreiben?").format(file=target))):
        raise Stop(gettext("Nichts geschrieben. Mit --yes wird ohne Rückfrage geschrieben."))
    _write_both(counted, profile, target)
    return 0


def _profile(path: Path | None) -> Profile:
    if path is None:
        raise Stop(
            gettext(
                "Bitte die Zähl-Anleitung angeben: --profile DATEI. "
                "Einen ersten Vorschlag macht: wirknetz prepare LISTE --suggest"
            )
        )
    try:
        return read_profile(path.read_bytes())
    except OSError as error:
        raise Stop(gettext("{file} ist nicht zu lesen.").format(file=path)) from error
    except ProfileError as error:
        raise Stop(words.mistakes(error, path.name)) from error


def _period(options: Any, profile: Profile) -> Period:
    """The one given, else the profile's, else the one the name of the list says."""
    if options.period:
        return _parsed(options.period)
    if profile.period:
        return profile.period
    found = periods_in(options.list.stem.replace("_", " "))
    named = {one.code for one in found if _WHOLE.fullmatch(one.code)}
    if len(named) != 1:
        raise Stop(_which())
    period = _parsed(named.pop())
    say(gettext("Zeitraum aus dem Dateinamen: {period}.").format(period=period.label()))
    return period


def _parsed(code: str) -> Period:
    try:
        return Period.parse(code)
    except ValueError as error:
        raise Stop(_which()) from error


def _which() -> str:
    return gettext(
        "Bitte den Zeitraum angeben: --period 2025Q3 "
        "(auch 2025, 2025H1 für ein Halbjahr, 2025-07 für einen Monat)"
    )


def _ask(counted: Counted) -> int:
    complain(gettext("Nichts geschrieben. Bitte zuerst klären:"))
    words.listed(complain, map(words.question, counted.questions))
    words.listed(complain, map(words.gap, counted.gaps))
    return OPEN


def _preview(counted: Counted, profile: Profile) -> None:
    say(gettext("Das und nur das verlässt Ihren Rechner, wenn Sie es weitergeben:"))
    say()
    sheet = table(counted, profile)
    rows = [sheet.header, *(tuple(_cell(value) for value in row) for row in sheet.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(sheet.header))]
    for row in rows:
        say("  " + "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)))
    say()
    say(
        gettext(
            "Kleine Zahlen stehen mit dabei: Sie gehen nur in den Entwurf Ihrer eigenen "
            "Organisation. Was veröffentlicht wird, schützt Wirknetz gesondert."
        )
    )
    _rows(counted)


def _cell(value: object) -> str:
    return str(value).replace(".", ",") if not isinstance(value, str) else value


def _rows(counted: Counted) -> None:
    rows = counted.rows
    say(
        gettext(
            "Gelesen: {read} Zeilen. Doppelt: {doubles}. Nicht gemeint: {filtered}. "
            "Ausgeblendet: {hidden}."
        ).format(read=rows.read, doubles=rows.doubles, filtered=rows.filtered, hidden=rows.hidden)
    )
    if not any(one.total for one in counted.measures):
        complain(gettext("Achtung: Alles ist 0. Stimmt der Zeitraum?"))


def _left_out(counted: Counted, options: Any) -> bool:
    """Whether the person decided to leave the rows out that could not be counted."""
    complain(gettext("Diese Zeilen konnten nicht gezählt werden:"))
    words.listed(complain, map(words.gap, counted.gaps))
    if options.leave_out or confirmed(gettext("Ohne diese Zeilen weitermachen?")):
        return True
    complain(
        gettext(
            "Nichts geschrieben. Bitte die Liste ergänzen. Oder mit --leave-out ohne diese "
            "Zeilen zählen."
        )
    )
    return False


def _may_write(target: Path, options: Any) -> None:
    may_write(target, (options.list, options.profile), sure=options.yes)


def _write_both(counted: Counted, profile: Profile, target: Path) -> None:
    beside = target.with_name(f"{target.stem}-quittung.json")
    write(target, report(counted, profile))
    write(beside, receipt(counted, profile, version=__version__))
    say(
        gettext("Geschrieben: {file} und die Quittung {receipt}.").format(
            file=target, receipt=beside
        )
    )
    say(gettext("Laden Sie nur {file} hoch, nie die Liste.").format(file=target.name))
