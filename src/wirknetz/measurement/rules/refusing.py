"""Saying no in one line."""

from __future__ import annotations

from django.utils.translation import gettext

from wirknetz.foundation.refusal import Refused


def require(allowed: bool, sentence: str = "") -> None:
    """Raise Refused with a sentence for the person unless it is allowed."""
    if not allowed:
        raise Refused(sentence or gettext("Das kann nur die Koordinierungsstelle ändern."))
