"""Who did what, when, for whom: append-only, sealed into a chain afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One write. Stored in the same transaction as what it tells of; never changed."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=60, blank=True)  # the job, where no person acted
    scope_id = models.BigIntegerField(null=True)  # the space it happened in
    on_behalf_id = models.BigIntegerField(null=True)
    on_behalf_label = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_label = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)

    PERSONAL = frozenset({"user"})
    HARMLESS = frozenset(
        {"id", "at", "source", "scope_id", "on_behalf_id", "on_behalf_label", "action",
         "object_type", "object_id", "object_label", "details"}
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["scope_id", "-at"], name="audit_scope_at"),
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
        ]

    def __str__(self) -> str:
        """Return action and object."""
        return f"{self.action} {self.object_label}"


class AuditSeal(models.Model):
    """A link of the hash chain over a batch of events.

    ``event_ids`` lists the events in the order they were hashed; an event belongs to exactly
    one seal. Numbers may commit out of order, so a batch is a list, not a range.
    ``event_marks`` holds the beginning of each event's own hash, so that a check can name the
    event that was changed; ``digest`` covers the hashes in full.
    """

    number = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    first_event_id = models.BigIntegerField()
    last_event_id = models.BigIntegerField()
    event_ids = models.JSONField()
    event_marks = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset(
        {"id", "number", "sealed_at", "first_event_id", "last_event_id", "event_ids",
         "event_marks", "previous", "digest"}
    )  # fmt: skip

    def __str__(self) -> str:
        """Return number and the beginning of the digest."""
        return f"{self.number} {self.digest[:12]}"
