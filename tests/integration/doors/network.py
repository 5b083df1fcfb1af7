"""Who gets an answer at the pages of the network room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.integration.doors.table import (
    INSIDE,
    NOBODY,
    OFFICE,
    OWN,
    PARTNERS,
    SIGNED_IN,
    Row,
    act,
    one_organisation,
    own_page,
    page,
)
from tests.world import NOW, Role, World, add_affiliation, add_person, add_role
from wirknetz.network.models import Affiliation, EnteredAs, Invitation, Person

MANAGES = OFFICE | {Role.LEADERSHIP_OWN}


def _colleague(world: World) -> Affiliation:
    """Somebody of `own` who has not joined."""
    person = add_person("Nina Neu", "neu@example.org", account=False)
    return add_affiliation(world.network, person, world.own)


def one_affiliation(world: World) -> Mapping[str, Any]:
    return {**one_organisation(world), "affiliation": _colleague(world).pk}


def one_to_confirm(world: World) -> Mapping[str, Any]:
    """Somebody an office that is not here any more entered."""
    tie = _colleague(world)
    Affiliation.objects.filter(pk=tie.pk).update(entered_by=world.user(Role.STRANGER))
    return {**one_organisation(world), "affiliation": tie.pk}


def one_person(world: World) -> Mapping[str, Any]:
    return {"slug": world.network.slug, "person": _colleague(world).person_id}


def one_role(world: World) -> Mapping[str, Any]:
    role = add_role(world.network, add_person("Olga Ost", "olga@example.org"), "observer")
    return {"slug": world.network.slug, "pk": role.pk}


def one_region(world: World) -> Mapping[str, Any]:
    return {"slug": world.network.slug, "pk": world.region.pk}


def one_target_group(world: World) -> Mapping[str, Any]:
    return {"slug": world.network.slug, "pk": world.target_group.pk}


def one_invitation(world: World) -> Mapping[str, Any]:
    """The stranger is asked to watch; nobody else may answer."""
    person = Person.objects.create(
        user=world.user(Role.STRANGER), name="Fremda", email="f@example.org", created_at=NOW
    )
    add_role(world.network, person, "observer")
    Invitation.objects.create(network=world.network, person=person, sent_at=NOW)
    EnteredAs.objects.create(network=world.network, person=person, name="F.", email=person.email)
    return {"slug": world.network.slug}


ASKED = frozenset({Role.STRANGER})
ROWS = (
    own_page("network:mine"),
    Row(
        "network:answer_invitation", NOBODY, ASKED, one_invitation,
        hidden=SIGNED_IN - ASKED, outside=NOBODY,
    ),
    act("network:act_for", INSIDE),
    page("network:organisations", INSIDE),
    page("network:new_organisation", OFFICE, post=True),
    page("network:organisation", INSIDE, one_organisation),
    page("network:change_organisation", MANAGES, one_organisation, post=True),
    page("network:take_along", OWN, one_organisation),
    page("network:move_stage", MANAGES, one_organisation, post=True),
    page("network:choose_region", OFFICE, one_organisation, post=True),
    page("network:new_person", MANAGES, one_organisation, post=True),
    page("network:change_person", MANAGES, one_affiliation, post=True),
    page("network:correct_person", MANAGES, one_affiliation, post=True),
    act("network:confirm_person", OFFICE | OWN, one_to_confirm),
    page("network:end_person", MANAGES, one_affiliation, post=True),
    page("network:people", PARTNERS),
    act("network:invite_person", MANAGES, one_person, hidden=INSIDE - MANAGES - {Role.OBSERVER}),
    page("network:delivery", OFFICE, post=True),
    act("network:send_again", OFFICE, one_person),
    page("network:target_groups", INSIDE),
    page("network:new_target_group", OFFICE, post=True),
    page("network:change_target_group", OFFICE, one_target_group, post=True),
    page("network:remove_target_group", OFFICE, one_target_group, post=True),
    page("network:regions", INSIDE),
    page("network:new_region", OFFICE, post=True),
    page("network:change_region", OFFICE, one_region, post=True),
    page("network:remove_region", OFFICE, one_region, post=True),
    page("network:roles", OFFICE),
    page("network:new_role", OFFICE, post=True),
    page("network:end_role", OFFICE, one_role, post=True),
    page("network:settings", OFFICE, post=True),
    page("network:trail", OFFICE),
)  # fmt: skip
