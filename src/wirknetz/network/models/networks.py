"""Networks, their lists, and the organisations in them."""

from __future__ import annotations

from typing import Final

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Network(models.Model):
    """A lasting, voluntary cooperation of independent organisations."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=150, unique=True)
    purpose = models.TextField(_("Anliegen"), max_length=2000, blank=True)
    backbone_name = models.CharField(_("Koordinierungsstelle"), max_length=150, blank=True)
    backbone_email = models.EmailField(_("E-Mail der Koordinierungsstelle"), blank=True)
    second_person_approves = models.BooleanField(
        _("Eine zweite Person der Organisation bestätigt jede Meldung"), default=True
    )
    minimum_group = models.PositiveSmallIntegerField(
        _("Andere Organisationen, die hinter einer Zahl stehen müssen"),
        default=3,
        validators=[MinValueValidator(3)],
    )
    remind_days_before = models.PositiveSmallIntegerField(_("Erinnerung Tage vor Frist"), default=7)
    remind_days_after = models.PositiveSmallIntegerField(_("Erinnerung Tage nach Frist"), default=3)
    keep_files = models.BooleanField(
        _("Tabellen, die Partner hochladen, aufbewahren"), default=False
    )
    created_at = models.DateTimeField()

    PERSONAL = frozenset({"backbone_email"})
    HARMLESS = frozenset(
        {"id", "slug", "name", "purpose", "backbone_name", "second_person_approves",
         "minimum_group", "remind_days_before", "remind_days_after", "keep_files", "created_at"}
    )  # fmt: skip

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Region(models.Model):
    """A place on the network's own list."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="regions")
    name = models.CharField(_("Name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "network", "name", "position"})

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint("network", Lower("name"), name="region_once_per_network"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class TargetGroup(models.Model):
    """People the network wants to reach, in its own words."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="target_groups")
    name = models.CharField(_("Name"), max_length=150)
    description = models.TextField(_("Beschreibung"), max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset({"id", "network", "name", "description", "position"})

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint("network", Lower("name"), name="target_group_once_per_network"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Organisation(models.Model):
    """A carrier, authority, business or group. It may be a member of several networks."""

    class Sector(models.TextChoices):
        """The sector it belongs to."""

        PUBLIC = "public", _("Öffentliche Verwaltung")
        BUSINESS = "business", _("Wirtschaft")
        CIVIL = "civil", _("Zivilgesellschaft")
        INSURANCE = "insurance", _("Sozialversicherung")
        SCIENCE = "science", _("Wissenschaft")
        OTHER = "other", _("Andere")

    class LegalArea(models.TextChoices):
        """The code of social law it works under."""

        SGB2 = "sgb2", "SGB II"
        SGB3 = "sgb3", "SGB III"
        SGB5 = "sgb5", "SGB V"
        SGB6 = "sgb6", "SGB VI"
        SGB8 = "sgb8", "SGB VIII"
        SGB9 = "sgb9", "SGB IX"
        SGB12 = "sgb12", "SGB XII"
        OTHER = "other", _("anderer")
        NONE = "none", _("keiner")

    name = models.CharField(_("Name"), max_length=150, unique=True)
    short_name = models.CharField(_("Kurzname"), max_length=40)
    sector = models.CharField(_("Sektor"), max_length=20, choices=Sector.choices)
    legal_area = models.CharField(
        _("Rechtskreis"), max_length=10, choices=LegalArea.choices, default=LegalArea.NONE
    )
    city = models.CharField(_("Ort"), max_length=100, blank=True)
    website = models.URLField(_("Internetseite"), blank=True)
    created_at = models.DateTimeField()

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset(
        {"id", "name", "short_name", "sector", "legal_area", "city", "website", "created_at"}
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Membership(models.Model):
    """An organisation in a network, with the stage it has reached."""

    class Stage(models.TextChoices):
        """How far the cooperation has come. What may follow is in ``rules.STAGES``."""

        CANDIDATE = "candidate", _("vorgeschlagen")
        RESEARCHED = "researched", _("recherchiert")
        CONTACTED = "contacted", _("angesprochen")
        INTERESTED = "interested", _("interessiert")
        COMMITTED = "committed", _("zugesagt")
        MEMBER = "member", _("Mitglied")
        DORMANT = "dormant", _("ruhend")
        LEFT = "left", _("ausgetreten")

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    stage = models.CharField(
        _("Stand"), max_length=12, choices=Stage.choices, default=Stage.CANDIDATE
    )
    stage_since = models.DateTimeField()
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("Region")
    )
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    PERSONAL: frozenset[str] = frozenset()
    HARMLESS = frozenset(
        {"id", "network", "organisation", "stage", "stage_since", "region", "joined_on", "left_on"}
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "organisation"], name="membership_once"),
        ]

    def __str__(self) -> str:
        """Return organisation and network."""
        return f"{self.organisation} · {self.network}"


SPEAKING: Final = frozenset({Membership.Stage.MEMBER, Membership.Stage.DORMANT})
"""Stages in which the people of an organisation see the network's inside."""
