"""Answers and reactions about what came out."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext

from wirknetz.foundation.providers import (
    Exported,
    ExportOf,
    NavigationEntry,
    NavigationFor,
    Waiting,
    WaitingFor,
)
from wirknetz.network.models import Network


def waiting(asked: WaitingFor) -> Iterable[Waiting]:
    """What waits for this person."""
    return ()


def navigation(asked: NavigationFor) -> Iterable[NavigationEntry]:
    """The results, for everybody inside."""
    slug = Network.objects.filter(pk=asked.scope_id).values_list("slug", flat=True).get()
    yield NavigationEntry(
        "impact", gettext("Ergebnisse"), reverse("measurement:results", args=[slug]), position=10
    )


def exported(asked: ExportOf) -> Iterable[Exported]:
    """What this organisation contributed."""
    return ()
