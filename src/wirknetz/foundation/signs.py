"""Signs nobody sees: taken out of every text that is typed, in one place for all forms.

A name with a sign that turns the direction of writing reads like another one; with a sign of no
width in it, two equal names are two. People do not type such signs, they paste them along. What
is left is what they saw, written in one way (NFC). Passwords are left as they are.

Kept are the joiners where they shape letters or emoji (Persian, Hindi), and ends of lines.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from django import forms

_HIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and ends of lines
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # soft hyphen, fillers
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction of writing
    "\u200b\u2060-\u2065\ufeff\ufff9-\ufffb"  # no width, notes between lines
    "\U000e0000-\U000e0fff"  # tags
    "]"
)
_SHAPED: Final = "\u0590-\u1fff\u2190-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff"
_JOINERS: Final = re.compile(
    f"(?<![{_SHAPED}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_SHAPED}\u200c\u200d])"
)


def visible(text: str) -> str:
    """The text without what nobody sees; separators of lines become ends of lines."""
    plain = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _JOINERS.sub("", _HIDDEN.sub("", plain)))


def tidy_every_field() -> None:
    """Let every text field of every form do so; called once at start-up.

    In Django's own field, because a room that forgot it would be the gap.
    """
    plain = forms.CharField.to_python

    def to_python(field: forms.CharField, value: Any) -> Any:
        text = plain(field, value)
        if not isinstance(text, str) or isinstance(field.widget, forms.PasswordInput):
            return text
        tidy = visible(text).strip() if field.strip else visible(text)
        return tidy or field.empty_value

    setattr(forms.CharField, "to_python", to_python)  # noqa: B010 - a method of Django's
