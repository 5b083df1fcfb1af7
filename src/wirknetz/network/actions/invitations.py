"""Finding or making the person behind an address, and inviting her by mail."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.foundation import actions as foundation
from wirknetz.network.actions._shared import require
from wirknetz.network.models import (
    Affiliation,
    EnteredAs,
    Invitation,
    Network,
    NetworkRole,
    Person,
)
from wirknetz.network.rules import Actor, manages_people

PAUSE: Final = dt.timedelta(minutes=10)
"""So long nobody is invited again, so that a double click is not a double mail."""


def person_with(
    *, email: str, name: str, network_id: int, phone: str = "", at: dt.datetime
) -> Person:
    """The person with this address; made if nobody has it.

    A person of other networks is left as she is. This one knows her by what is typed here until
    she accepts: nobody learns by typing an address who reads mail there.
    """
    address = email.strip().lower()
    person = Person.objects.filter(user__email=address).first() or _entered_with(address)
    if person is None:
        person = Person.objects.create(name=name, email=address, phone=phone, created_at=at)
    elif _is_known_in(network_id, person):
        return person
    EnteredAs.objects.get_or_create(
        network_id=network_id,
        person=person,
        defaults={"name": name, "email": address, "phone": phone},
    )
    return person


def _is_known_in(network_id: int, person: Person) -> bool:
    """Whether she has or had a part there."""
    ties = person.affiliations.filter(network_id=network_id)
    return ties.exists() or person.roles.filter(network_id=network_id).exists()


def _entered_with(address: str) -> Person | None:
    """Who was entered with this address and has not changed to another one since.

    Whoever has the address now may be somebody else.
    """
    found = Person.objects.select_related("user").filter(email=address).first()
    if found is None or found.address == address:
        return found
    found.email = found.address
    found.save(update_fields=["email"])
    return None


def waits(network_id: int, person: Person) -> bool:
    """Whether she has not accepted in this network."""
    entry = EnteredAs.objects.filter(network_id=network_id, person=person).first()
    return not person.joined or (entry is not None and entry.accepted_at is None)


def invite(
    person: Person, *, by: Actor, at: dt.datetime, organisation: tuple[int, str] | None = None
) -> None:
    """Ask her by mail; who has accepted in this network is told what is new."""
    network = Network.objects.get(pk=by.network_id)
    if person.user_id is None:
        person.user_id = foundation.open_account(email=person.email, name=person.name, by=by, at=at)
        person.save(update_fields=["user_id"])
        person.refresh_from_db()
    Invitation.objects.update_or_create(network=network, person=person, defaults={"sent_at": at})
    if not person.joined:
        _mail(person, network, by, at, organisation)
    elif waits(network.pk, person):
        _ask(person, network, by, at, organisation)
    else:
        _tell(person, network, at, organisation)


def _ask(
    person: Person,
    network: Network,
    by: Actor,
    at: dt.datetime,
    organisation: tuple[int, str] | None,
) -> None:
    """She has an account from elsewhere: she says herself whether this network gets to know her."""
    foundation.notify(
        user_ids=[person.user_id] if person.user_id else [],
        kind="network.invited",
        key=f"network.invited:{network.pk}:{at.isoformat()}",
        subject=format_lazy(gettext_lazy("Einladung: {network}"), network=network.name),
        text=format_lazy(
            gettext_lazy("{sentence} Nehmen Sie die Einladung unter „Meine Netzwerke“ an."),
            sentence=_sentence(by, organisation[1] if organisation else ""),
        ),
        url=reverse("network:mine"),
        scope_id=network.pk,
        immediate=True,
        at=at,
    )


def _mail(
    person: Person,
    network: Network,
    by: Actor,
    at: dt.datetime,
    organisation: tuple[int, str] | None,
) -> None:
    pk, label = organisation or (None, "")
    language = person.user.language if person.user else "de"
    with translation.override(language):
        sentence = _sentence(by, label)
    foundation.invite(
        user_id=person.user_id or 0,
        where=network.name,
        by=by,
        at=at,
        on_behalf_id=pk,
        on_behalf_label=label,
        text=sentence,
    )


def _sentence(by: Actor, label: str) -> Promise:
    """Read in the language of the invited person."""
    if not label:
        return format_lazy(gettext_lazy("{name} lädt Sie ein."), name=by.name)
    told = gettext_lazy("{name} lädt Sie ein. Sie handeln dort für {organisation}.")
    return format_lazy(told, name=by.name, organisation=label)


def _tell(
    person: Person, network: Network, at: dt.datetime, organisation: tuple[int, str] | None
) -> None:
    label = organisation[1] if organisation else network.name
    foundation.notify(
        user_ids=[person.user_id] if person.user_id else [],
        kind="network.joined",
        key=f"network.joined:{network.pk}:{at.isoformat()}",
        subject=gettext_lazy("Sie haben eine weitere Aufgabe im Netzwerk"),
        text=format_lazy(gettext_lazy("Sie handeln jetzt auch für {label}."), label=label),
        url=reverse("backbone:today", args=[network.slug]),
        scope_id=network.pk,
        immediate=True,
        at=at,
    )


@transaction.atomic
def resend_invitation(*, person_id: int, by: Actor, at: dt.datetime) -> None:
    """Send the invitation again. Refused if the person has accepted or was just invited.

    The coordinating office may, and the leadership for people of its own organisation.
    """
    person, organisation = _invitable(person_id, by)
    require(waits(by.network_id, person), _("Diese Person hat die Einladung schon angenommen."))
    latest = Invitation.objects.filter(network_id=by.network_id, person=person).first()
    require(
        latest is None or at - latest.sent_at >= PAUSE,
        _("Die Einladung ist gerade erst hinausgegangen. Bitte warten Sie zehn Minuten."),
    )
    invite(person, by=by, at=at, organisation=organisation)


def _invitable(person_id: int, by: Actor) -> tuple[Person, tuple[int, str] | None]:
    """The person and for whom she acts, as far as this actor manages her; 404 otherwise."""
    ties = Affiliation.objects.of_members().filter(network_id=by.network_id, person_id=person_id)
    for tie in ties.select_related("organisation", "person__user"):
        if manages_people(by, tie.organisation_id):
            return tie.person, (tie.organisation_id, tie.organisation.name)
    roles = NetworkRole.objects.filter(
        network_id=by.network_id, person_id=person_id, until__isnull=True
    )
    role = roles.select_related("person__user").first()
    if role is None or not by.coordinator:
        raise Http404
    return role.person, None
