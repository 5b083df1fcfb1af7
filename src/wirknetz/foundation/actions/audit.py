"""Writing the audit trail and its seals."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from wirknetz.foundation.audit import HasAuthor
from wirknetz.foundation.models import AuditEvent, AuditSeal


def record_event(
    *,
    by: HasAuthor,
    action: str,
    at: dt.datetime,
    object_type: str = "",
    object_id: object = "",
    label: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Store one audit row in the caller's transaction.

    ``label`` and ``details`` outlive the erasure of a person: no names or addresses in them,
    write the id instead. ValueError if neither a user nor a job stands behind the act.
    """
    author = by.author
    if author.user_id is None and not author.source and not author.on_behalf_label:
        raise ValueError("an audit event needs a user, a job or an organisation behind it")
    AuditEvent.objects.create(
        at=at,
        user_id=author.user_id,
        source=author.source,
        scope_id=author.scope_id,
        on_behalf_id=author.on_behalf_id,
        on_behalf_label=author.on_behalf_label[:200],
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        object_label=label[:200],
        details=_plain(details or {}),
    )


def _plain(details: Mapping[str, Any]) -> Any:
    """As JSON gives it back on every database: what is not an integer becomes text."""
    return json.loads(
        json.dumps(details, cls=DjangoJSONEncoder), parse_float=str, parse_constant=str
    )


def add_seal(
    *,
    number: int,
    event_ids: Sequence[int],
    event_marks: Sequence[str],
    previous: str,
    digest: str,
    at: dt.datetime,
) -> bool:
    """Append a link to the chain. False if another worker has just written this number."""
    try:
        with transaction.atomic():
            AuditSeal.objects.create(
                number=number,
                sealed_at=at,
                first_event_id=min(event_ids),
                last_event_id=max(event_ids),
                event_ids=list(event_ids),
                event_marks=list(event_marks),
                previous=previous,
                digest=digest,
            )
    except IntegrityError:
        return False
    return True
