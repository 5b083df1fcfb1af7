"""What this room answers and what it reacts to."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from wirknetz.foundation.providers import NAVIGATION, NavigationEntry, NavigationFor, answers
from wirknetz.network import queries


@answers(NAVIGATION, room="backbone")
def navigation(asked: NavigationFor) -> Iterator[NavigationEntry]:
    """*Heute*, for everybody inside."""
    found = queries.inside(asked)
    if found is not None:
        url = reverse("backbone:today", args=[found[0].slug])
        yield NavigationEntry("today", gettext("Heute"), url, position=0)
