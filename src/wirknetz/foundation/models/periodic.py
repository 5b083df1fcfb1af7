"""When what runs again and again ran last."""

from __future__ import annotations

from django.db import models


class PeriodicRun(models.Model):
    """The last run of one periodic job."""

    name = models.CharField(max_length=100, unique=True)
    last_run_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)  # kind and place of the last run's, no message
    failed_at = models.DateTimeField(null=True)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "name", "last_run_at", "last_error", "failed_at"})

    def __str__(self) -> str:
        """Return the name."""
        return self.name
