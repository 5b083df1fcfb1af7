"""Who coordinates a network and who may watch."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from wirknetz.foundation.actions import record_event, require_second_factor
from wirknetz.network.actions._shared import require, wrong
from wirknetz.network.actions.invitations import invite, person_with
from wirknetz.network.models import Network, NetworkRole, Person
from wirknetz.network.rules import Actor, is_coordinator

Role = NetworkRole.Role


@transaction.atomic
def give_role(*, email: str, name: str, role: str, by: Actor, at: dt.datetime) -> int:
    """Make somebody coordinator or observer, and invite her. Returns the id of the role.

    ValidationError if she has it already.
    """
    _require_office(by)
    if role not in Role.values:
        raise wrong("role", _("Diese Rolle gibt es nicht."))
    person = person_with(email=email, name=name, network_id=by.network_id, at=at)
    roles = person.roles.filter(network_id=by.network_id, role=role)
    if roles.filter(until__isnull=True).exists():
        raise wrong("email", _("Diese Person hat diese Rolle schon."))
    given = NetworkRole.objects.create(network_id=by.network_id, person=person, role=role, since=at)
    _tell("role.given", given, by, at)
    invite(person, by=by, at=at)
    if role == Role.COORDINATOR and not person.joined:  # else when she accepts
        require_second_factor(user_id=person.user_id or 0, required=True, by=by, at=at)
    return given.pk


@transaction.atomic
def end_role(*, role_id: int, by: Actor, at: dt.datetime) -> None:
    """Take the role back; access ends at once. The last coordinator stays."""
    _require_office(by)
    Network.objects.select_for_update().get(pk=by.network_id)  # one at a time
    role = NetworkRole.objects.select_related("person__user").filter(
        pk=role_id, network_id=by.network_id, until__isnull=True
    ).first()  # fmt: skip
    if role is None:
        raise Http404
    require(
        role.role != Role.COORDINATOR or _somebody_else(role),
        _(
            "Die letzte Person der Koordination kann nicht gehen. "
            "Es muss zuerst eine andere geben, die ihre Einladung angenommen hat."
        ),
    )
    role.until = at
    role.save(update_fields=["until"])
    _tell("role.ended", role, by, at)
    _release_second_factor(role.person, by, at)


def _somebody_else(role: NetworkRole) -> bool:
    """Whether another coordinator can sign in."""
    others = (
        NetworkRole.objects.current()
        .accepted()
        .filter(
            network_id=role.network_id,
            role=Role.COORDINATOR,
            person__user__is_active=True,
            person__user__joined_at__isnull=False,
        )
    )
    return others.exclude(pk=role.pk).exists()


def _release_second_factor(person: Person, by: Actor, at: dt.datetime) -> None:
    """Who coordinates nothing any more may sign in more simply."""
    still = person.roles.filter(role=Role.COORDINATOR, until__isnull=True).exists()
    if person.user_id is not None and not still:
        require_second_factor(user_id=person.user_id, required=False, by=by, at=at)


def _require_office(by: Actor) -> None:
    require(is_coordinator(by), _("Rollen vergibt nur die Koordinierungsstelle."))


def _tell(action: str, role: NetworkRole, by: Actor, at: dt.datetime) -> None:
    record_event(
        by=by, action=action, at=at, object_type="role", object_id=role.pk,
        label=role.get_role_display(), details={"person": role.person_id, "role": role.role},
    )  # fmt: skip
