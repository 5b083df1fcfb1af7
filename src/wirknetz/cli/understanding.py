"""What argparse complains of, in the reader's language.

argparse speaks English and hands over whole sentences; each of them is recognised by its shape.
Standard library only.
"""

import re
from typing import Final

from wirknetz.cli.say import gettext, language


def _(message: str) -> str:
    """Mark a sentence; it is translated when it is said."""
    return message


_SHAPES: Final = (
    (r"the following arguments are required: (?P<what>.+)", _("Es fehlt: {what}")),
    (r"unrecognized arguments: (?P<what>.+)", _("Das kennt dieser Befehl nicht: {what}")),
    (
        r"argument (?P<name>.+?): invalid choice: '?(?P<what>.*?)'? \(choose from (?P<known>.+)\)",
        _("{name}: „{what}“ gibt es nicht. Möglich: {known}"),
    ),
    (
        r"argument (?P<name>.+?): expected (?:one|at least one) argument",
        _("{name}: Dahinter fehlt eine Angabe."),
    ),
    (
        r"argument (?P<name>.+?): expected (?P<count>\d+) arguments",
        _("{name}: Dahinter gehören {count} Angaben."),
    ),
    (
        r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)",
        _("{name} und {other} gehen nicht zusammen."),
    ),
    (
        r"argument (?P<name>.+?): ignored explicit argument '?(?P<what>.*?)'?",
        _("{name}: Dahinter gehört keine Angabe."),
    ),
    (
        r"argument (?P<name>.+?): invalid \w+ value: '?(?P<what>.*?)'?",
        _("{name}: „{what}“ passt hier nicht."),
    ),
    (r"argument (?P<name>.+?): (?P<what>.+)", "{name}: {what}"),
)


def in_words(message: str) -> str:
    """What was wrong, as the reader says it; argparse's own words where it says something new."""
    if language() == "en":
        return message
    for shape, sentence in _SHAPES:
        if found := re.fullmatch(shape, message, re.DOTALL):
            words = {name: said.replace("'", "") for name, said in found.groupdict().items()}
            return gettext(sentence).format(**words)
    return message
