"""People: how networks know them, for whom they act, what part they play."""

from __future__ import annotations

from typing import Any, Final, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from wirknetz.network.models.networks import SPEAKING, Network, Organisation

T = TypeVar("T", bound=models.Model)


class Person(models.Model):
    """Somebody who acts for organisations. Has an account or not."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )
    name = models.CharField(_("Name"), max_length=150)
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    created_at = models.DateTimeField()

    PERSONAL = frozenset({"user", "name", "email", "phone"})
    HARMLESS = frozenset({"id", "created_at"})

    class Meta:
        ordering = ["name"]

    @property
    def joined(self) -> bool:
        """Whether she has accepted an invitation and can sign in."""
        return self.user is not None and self.user.joined_at is not None

    @property
    def shown_name(self) -> str:
        """The name she gave herself, else the one she was entered with."""
        return self.user.name if self.user is not None and self.joined else self.name

    @property
    def address(self) -> str:
        """The address she signs in with, else the one she was entered with."""
        return self.user.email if self.user is not None else self.email

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class EnteredAs(models.Model):
    """How a network knows a person: what its own office typed, until she has accepted there.

    Nobody learns of a person from another network by typing her address. Afterwards she stands
    there with the name she gave herself; the phone stays what this network was told. Without a
    row she has been known since before there were rows.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="entries")
    name = models.CharField(_("Name"), max_length=150)
    email = models.EmailField(_("E-Mail-Adresse"))
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = frozenset({"person", "name", "email", "phone"})
    HARMLESS = frozenset({"id", "network", "accepted_at"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "person"], name="entered_once"),
        ]

    def __str__(self) -> str:
        """Return the name it was entered with."""
        return self.name


_NAMED: Final = ("name", "email", "phone", "accepted_at")


class PartQuerySet(models.QuerySet[T]):
    """Parts people have in networks: affiliations, roles."""

    def current(self) -> Self:
        """Those that have not ended."""
        return self.filter(until__isnull=True)

    def accepted(self) -> Self:
        """Without those of people who have an account from elsewhere and not accepted here."""
        waiting = EnteredAs.objects.filter(
            network=OuterRef("network"), person=OuterRef("person"), accepted_at__isnull=True
        )
        return self.filter(~Exists(waiting) | Q(person__user__joined_at__isnull=True))

    def named(self) -> Self:
        """With what the network calls each person, so that it is not asked one by one."""
        here = EnteredAs.objects.filter(network=OuterRef("network"), person=OuterRef("person"))
        return self.annotate(
            **{f"entered_{name}": Subquery(here.values(name)[:1]) for name in _NAMED}
        )


class Part(models.Model):
    """What a person is in a network; she stands there as that network knows her."""

    class Meta:
        abstract = True

    person: models.ForeignKey[Any, Person]
    network_id: int

    @property
    def accepted(self) -> bool:
        """Whether she has accepted in this network and can sign in."""
        return self.person.joined and not self._waits

    @property
    def shown_name(self) -> str:
        """The name she gave herself, until then what this network calls her."""
        return str(self._entry["name"]) if self._waits else self.person.shown_name

    @property
    def shown_email(self) -> str:
        """The address she signs in with, until then the one she was entered with here."""
        return str(self._entry["email"]) if self._waits else self.person.address

    @property
    def shown_phone(self) -> str:
        """What this network was told."""
        phone = self._entry["phone"]
        return self.person.phone if phone is None else str(phone)

    @property
    def _waits(self) -> bool:
        return self._entry["name"] is not None and self._entry["accepted_at"] is None

    @property
    def _entry(self) -> dict[str, object]:
        if "entered_name" not in vars(self):
            here = EnteredAs.objects.filter(network_id=self.network_id, person=self.person)
            found = here.values(*_NAMED).first() or dict.fromkeys(_NAMED)
            vars(self).update({f"entered_{name}": value for name, value in found.items()})
        return {name: vars(self)[f"entered_{name}"] for name in _NAMED}


class AffiliationQuerySet(PartQuerySet["Affiliation"]):
    """Which affiliations."""

    def of_members(self) -> Self:
        """Current ones of organisations whose people see the network's inside."""
        return self.current().filter(
            organisation__memberships__network=F("network"),
            organisation__memberships__stage__in=SPEAKING,
        )

    def speaking(self) -> Self:
        """Those of members, named, of people who have accepted or have no account yet."""
        return self.of_members().accepted().named()


class Affiliation(Part):
    """A person acting for an organisation in one network, at a level, with or without mandate.

    It counts in one network only: whoever manages people there must not thereby open another
    network's door.
    """

    class Level(models.TextChoices):
        """Where in the organisation the person stands."""

        OPERATIVE = "operative", _("Praxis")
        LEADERSHIP = "leadership", _("Leitung")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="affiliations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )
    level = models.CharField(
        _("Ebene"), max_length=12, choices=Level.choices, default=Level.OPERATIVE
    )
    function = models.CharField(_("Funktion"), max_length=120, blank=True)
    mandate = models.BooleanField(_("darf für die Organisation entscheiden"), default=False)
    mandate_since = models.DateField(null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(  # of the office, as long as nobody else stands by it
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AffiliationQuerySet.as_manager()

    PERSONAL = frozenset({"person", "function", "level", "mandate", "mandate_since", "entered_by"})
    HARMLESS = frozenset({"id", "network", "organisation", "since", "until"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person", "organisation"],
                condition=models.Q(until__isnull=True),
                name="affiliation_current_once",
            ),
        ]

    def __str__(self) -> str:
        """Return person and organisation."""
        return f"{self.person} · {self.organisation}"


class NetworkRoleQuerySet(PartQuerySet["NetworkRole"]):
    """Which roles."""


class NetworkRole(Part):
    """A part a person plays for the whole network."""

    class Role(models.TextChoices):
        """The parts there are."""

        COORDINATOR = "coordinator", _("Koordination")
        OBSERVER = "observer", _("Beobachtung")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("Rolle"), max_length=12, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = NetworkRoleQuerySet.as_manager()

    PERSONAL = frozenset({"person", "role"})
    HARMLESS = frozenset({"id", "network", "since", "until"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person", "role"],
                condition=models.Q(until__isnull=True),
                name="network_role_current_once",
            ),
        ]

    def __str__(self) -> str:
        """Return person and role."""
        return f"{self.person} · {self.role}"


class Invitation(models.Model):
    """A person was asked by mail to take part in a network; ``sent_at`` is the latest mail.

    Whether she accepted is on how she was entered: ``EnteredAs.accepted_at``.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    sent_at = models.DateTimeField()

    PERSONAL = frozenset({"person"})
    HARMLESS = frozenset({"id", "network", "sent_at"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "person"], name="invitation_once"),
        ]

    def __str__(self) -> str:
        """Return person and network."""
        return f"{self.person_id} · {self.network_id}"
