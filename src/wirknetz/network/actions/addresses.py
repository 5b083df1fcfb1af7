"""A person's address follows that of her account."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from wirknetz.foundation.actions import record_event
from wirknetz.foundation.audit import Author
from wirknetz.network.models import Affiliation, NetworkRole, Person


@transaction.atomic
def carry_address(*, user_id: int, email: str, at: dt.datetime) -> None:
    """The account has another address: so has the person, in every network she has a part in.

    An entry somebody made for that address without an account is hers, now that she has proven
    to read it: what hangs on it becomes hers.
    """
    person = Person.objects.select_for_update().filter(user_id=user_id).first()
    if person is None or person.email == email:
        return
    _give(email, person, at)
    for network_id in _networks(person) or (None,):
        record_event(
            by=Author(user_id=user_id, scope_id=network_id), action="person.address_changed",
            at=at, object_type="person", object_id=person.pk, details={"person": person.pk},
        )  # fmt: skip


def _give(email: str, person: Person, at: dt.datetime) -> None:
    """Whoever still stands there with an account moves to the address of that account."""
    _save(person, f"person-{person.pk}@moving.invalid")  # two who change places do not wait
    other = Person.objects.select_related("user").filter(email=email).first()
    if other is not None and other.user is not None:
        _give(other.user.email, other, at)
    elif other is not None:
        _take_over(other, person, at)
        other.delete()
    _save(person, email)


def _save(person: Person, email: str) -> None:
    person.email = email
    person.save(update_fields=["email"])


def _take_over(other: Person, person: Person, at: dt.datetime) -> None:
    """What she has herself already is not doubled: the entry's own ends."""
    known = {*person.entries.values_list("network_id", flat=True), *_networks(person)}
    other.entries.exclude(network_id__in=known).update(person=person)
    ties = person.affiliations.filter(until__isnull=True)
    held = set(ties.values_list("network_id", "organisation_id"))
    for tie in other.affiliations.all():
        double = tie.until is None and (tie.network_id, tie.organisation_id) in held
        _move(tie, person, at, double=double)
    roles = set(person.roles.filter(until__isnull=True).values_list("network_id", "role"))
    for role in other.roles.all():
        double = role.until is None and (role.network_id, role.role) in roles
        _move(role, person, at, double=double)


def _move(
    part: Affiliation | NetworkRole, person: Person, at: dt.datetime, *, double: bool
) -> None:
    part.person = person
    if double:
        part.until = at
    part.save(update_fields=["person", "until"])
    record_event(
        by=Author(user_id=person.user_id, scope_id=part.network_id), action="person.joined_up",
        at=at, object_type="person", object_id=person.pk, details={"person": person.pk},
    )  # fmt: skip


def _networks(person: Person) -> set[int]:
    ties = person.affiliations.filter(until__isnull=True).values_list("network_id", flat=True)
    roles = person.roles.filter(until__isnull=True).values_list("network_id", flat=True)
    return {*ties, *roles}
