"""What is told to people: notifications, and mails on their way out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notification(models.Model):
    """Something a person should know. Mailed at once or in the next digest, never both."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    key = models.CharField(max_length=200)  # the same news is stored once
    scope_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    immediate = models.BooleanField(default=False)
    about = models.JSONField(default=list, blank=True)  # marks of what waits, see Waiting.about
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    PERSONAL = frozenset({"user", "subject", "text"})
    HARMLESS = frozenset(
        {"id", "key", "scope_id", "kind", "url", "immediate", "about", "created_at", "mailed_at",
         "read_at"}
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notification_once"),
        ]
        indexes = [
            models.Index(
                fields=["user", "created_at"],
                condition=models.Q(mailed_at__isnull=True),
                name="notification_unmailed",
            ),
        ]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject


class OutboxMessage(models.Model):
    """A mail that will leave. Stored with the act it tells of, sent by a job."""

    class State(models.TextChoices):
        """Where it is on its way."""

        QUEUED = "queued", _("wartet")
        SENDING = "sending", _("wird gesendet")
        SENT = "sent", _("gesendet")
        FAILED = "failed", _("gescheitert")

    key = models.CharField(max_length=200, unique=True)  # the same mail leaves once
    message_id = models.CharField(max_length=200, unique=True)
    scope_id = models.BigIntegerField(null=True)  # the space it is from
    recipient = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    PERSONAL = frozenset({"recipient", "subject", "text", "html", "headers", "last_error"})
    HARMLESS = frozenset(
        {"id", "key", "message_id", "scope_id", "state", "attempts", "created_at",
         "next_attempt_at", "claimed_at", "sent_at"}
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="outbox_due"),
            models.Index(fields=["recipient"], name="outbox_recipient"),
        ]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject
