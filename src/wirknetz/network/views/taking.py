"""What an organisation takes along: everything it contributed, as one file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from wirknetz.core import files
from wirknetz.foundation.language import language
from wirknetz.foundation.providers import Exported
from wirknetz.network import queries
from wirknetz.network.doors import NetworkRequest, door
from wirknetz.network.rules import is_partner


@door(is_partner)
@require_safe
def take_along(request: NetworkRequest, pk: int) -> HttpResponse:
    """A workbook with a sheet for everything the rooms hold of the own organisation."""
    body = files.to_xlsx(_sheets(queries.take_along(request.actor, pk)), language=language())
    house = slugify(request.actor.standings[pk].label)
    name = f"{slugify(request.network.slug)}-{house}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(
        body,
        content_type=files.MEDIA_TYPE_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _sheets(exported: Iterable[Exported]) -> tuple[files.Sheet, ...]:
    return tuple(
        files.Sheet(one.name, one.header, tuple(tuple(map(_plain, row)) for row in one.rows))
        for one in exported
    )


def _plain(value: object) -> files.Plain:
    """As a spreadsheet takes it; moments in local time."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value)
    if value is None or isinstance(value, str | int | Decimal | dt.date):
        return value
    return str(value)
