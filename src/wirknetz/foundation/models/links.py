"""Mailed personal links: for one act, for a while, once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class MailedLink(models.Model):
    """A link somebody got by mail. Only a hash of its secret is stored."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    email = models.EmailField()
    name = models.CharField(max_length=150, blank=True)
    on_behalf_id = models.BigIntegerField(null=True)
    on_behalf_label = models.CharField(max_length=200, blank=True)
    scope_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    PERSONAL = frozenset({"user", "email", "name", "token_hash", "payload"})
    HARMLESS = frozenset(
        {"id", "purpose", "on_behalf_id", "on_behalf_label", "scope_id", "created_at",
         "expires_at", "used_at", "revoked_at"}
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["user", "purpose"], name="link_user_purpose")]

    def __str__(self) -> str:
        """Return what it is for."""
        return self.purpose
