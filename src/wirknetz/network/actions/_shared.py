"""What every action of the room needs: refusing, finding what belongs to the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404

from wirknetz.foundation.refusal import Refused
from wirknetz.network.models import Membership
from wirknetz.network.rules import Actor, visible_stages


def require(allowed: bool, sentence: str) -> None:
    """Refuse with this sentence unless it is allowed."""
    if not allowed:
        raise Refused(sentence)


def wrong(field: str | None, sentence: str, code: str = "invalid") -> ValidationError:
    """What was typed cannot be: a sentence for this field, or for the whole form."""
    error = ValidationError(sentence, code=code)
    return ValidationError({field: error}) if field else error


def membership_of(by: Actor, organisation_id: int) -> Membership:
    """The organisation in the actor's network, locked; 404 where she may not know of it."""
    found = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(
            network_id=by.network_id,
            organisation_id=organisation_id,
            stage__in=visible_stages(by),
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def changed(row: models.Model, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Set what differs on the row and store it. Returns ``{field: [before, after]}``."""
    before = {name: getattr(row, name) for name in values}
    differing = {name: value for name, value in values.items() if before[name] != value}
    for name, value in differing.items():
        setattr(row, name, value)
    if differing:
        row.save(update_fields=list(differing))
    return {name: [_text(before[name]), _text(value)] for name, value in differing.items()}


def _text(value: object) -> str:
    return "" if value is None else str(value)
