"""Synchronised collections: what is asked of whom, and when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wirknetz.core.values import Period
from wirknetz.measurement.models.definitions import Measure
from wirknetz.network.models import Network, Organisation


class Round(models.Model):
    """One synchronised collection of a period. Open between ``opens_on`` and its closing."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="rounds")
    period_code = models.CharField(_("Zeitraum"), max_length=7)  # Period.code
    period_ordinal = models.PositiveIntegerField()
    title = models.CharField(_("Titel"), max_length=120)
    note = models.TextField(_("Hinweis für die Meldenden"), max_length=2000, blank=True)
    opens_on = models.DateField(_("offen ab"))
    due_on = models.DateField(_("Frist"))
    closes_on = models.DateField(_("schließt am"))
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset(
        {"id", "network", "period_code", "period_ordinal", "title", "note", "opens_on", "due_on",
         "closes_on", "opened_at", "closed_at", "created_at"}
    )  # fmt: skip

    class Meta:
        ordering = ["-period_ordinal", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("due_on"))
                & models.Q(due_on__lte=models.F("closes_on")),
                name="round_dates_in_order",
            ),
        ]

    @property
    def period(self) -> Period:
        """The period it collects."""
        return Period.parse(self.period_code)

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class RoundMeasure(models.Model):
    """A measure asked in a round, broken down by ``grain`` (``age,gender``; empty: total)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    grain = models.CharField(max_length=200, blank=True)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "round", "measure", "grain"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "measure"], name="round_measure_once"),
        ]

    def __str__(self) -> str:
        """Return both numbers."""
        return f"{self.round_id}·{self.measure_id}"


class Expectation(models.Model):
    """An organisation is asked for a measure in a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="expectations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+", db_index=False)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "round", "organisation", "measure"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation", "measure"], name="expectation_once"
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "round", "organisation"], name="expectation_asked"),
        ]

    def __str__(self) -> str:
        """Return the numbers."""
        return f"{self.round_id}·{self.organisation_id}·{self.measure_id}"
