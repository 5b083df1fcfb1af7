"""What this room answers and what it reacts to; the names of its acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation.actions import notify
from wirknetz.foundation.audit import describe, system
from wirknetz.foundation.providers import (
    DESK,
    EXPORT,
    NAVIGATION,
    SCOPES,
    AddressChanged,
    DeskCard,
    DeskFor,
    Exported,
    ExportOf,
    Joined,
    LinkRefused,
    NavigationEntry,
    NavigationFor,
    Scope,
    SetUp,
    answers,
    reacts,
)
from wirknetz.network import actions, queries
from wirknetz.network.rules import Actor, is_coordinator, is_inside, is_partner

describe("network.founded", _("Netzwerk gegründet"))
describe("network.settings_changed", _("Einstellungen geändert"))
describe("organisation.added", _("Organisation aufgenommen"))
describe("organisation.changed", _("Angaben der Organisation geändert"))
describe("membership.stage_changed", _("Stand der Mitgliedschaft geändert"))
describe("membership.region_changed", _("Region der Organisation geändert"))
describe("region.added", _("Region hinzugefügt"))
describe("region.changed", _("Region geändert"))
describe("region.removed", _("Region entfernt"))
describe("target_group.added", _("Zielgruppe hinzugefügt"))
describe("target_group.changed", _("Zielgruppe geändert"))
describe("target_group.removed", _("Zielgruppe entfernt"))
describe("affiliation.started", _("Ansprechperson eingetragen"))
describe("affiliation.confirmed", _("Ansprechperson bestätigt"))
describe("affiliation.changed", _("Aufgabe oder Mandat geändert"))
describe("affiliation.ended", _("Zuordnung beendet"))
describe("invitation.accepted", _("Einladung in das Netzwerk angenommen"))
describe("invitation.declined", _("Einladung in das Netzwerk abgelehnt"))
describe("person.address_changed", _("E-Mail-Adresse geändert"))
describe("person.joined_up", _("Eintrag mit der Person verbunden"))
describe("person.corrected", _("Name oder Telefon berichtigt"))
describe("role.given", _("Rolle vergeben"))
describe("role.ended", _("Rolle beendet"))

_PAGES: Final = (
    ("network:organisations", _("Organisationen"), is_inside),
    ("network:people", _("Personen"), is_partner),
    ("network:target_groups", _("Zielgruppen"), is_inside),
    ("network:regions", _("Regionen"), is_inside),
    ("network:roles", _("Rollen"), is_coordinator),
    ("network:settings", _("Einstellungen"), is_coordinator),
    ("network:trail", _("Verlauf"), is_coordinator),
)


@answers(NAVIGATION, room="network")
def navigation(asked: NavigationFor) -> Iterator[NavigationEntry]:
    """The pages under *Netzwerk* this person may open."""
    found = queries.inside(asked)
    if found is None:
        return
    network, actor = found
    for position, (name, label, rule) in enumerate(_PAGES):
        if rule(actor):
            yield NavigationEntry(
                "network", str(label), reverse(name, args=[network.slug]), position
            )


@answers(SCOPES, room="network")
def scopes(user_id: int) -> Iterator[Scope]:
    """The networks this user has a part in."""
    for own in queries.own_networks(user_id=user_id):
        yield Scope(own.network_id, own.name, reverse("backbone:today", args=[own.slug]))


@answers(DESK, room="network")
def desk(asked: DeskFor) -> Iterator[DeskCard]:
    """For the office: members, who of them cannot sign in, whom mails do not reach."""
    found = queries.inside(asked)
    if found is None or not found[1].coordinator:
        return
    network, actor = found
    yield from _desk(network.slug, actor)


def _desk(slug: str, actor: Actor) -> Iterator[DeskCard]:
    figures = queries.figures(actor)
    organisations = reverse("network:organisations", args=[slug])
    yield DeskCard(
        gettext("Mitglieder"), str(figures.members), f"{organisations}?stage=member", position=80
    )
    if figures.without_access:
        yield DeskCard(
            gettext("Mitglieder ohne Zugang"),
            str(figures.without_access),
            f"{organisations}?access=none",
            note=gettext("Niemand aus der Organisation hat eine Einladung angenommen."),
            kind="warning",
            position=20,
        )
    if unreached := queries.undelivered(actor):
        yield DeskCard(
            gettext("E-Mails kommen nicht an"),
            ngettext("%(n)s Person", "%(n)s Personen", len(unreached)) % {"n": len(unreached)},
            reverse("network:delivery", args=[slug]),
            note=gettext("Diese Personen erfahren nicht, was sie tun sollen."),
            kind="danger",
            position=10,
        )
    if figures.open_invitations:
        yield DeskCard(
            gettext("Offene Einladungen"),
            str(figures.open_invitations),
            f"{reverse('network:people', args=[slug])}?state=invited",
            position=60,
        )


@answers(EXPORT, room="network")
def exported(asked: ExportOf) -> Iterator[Exported]:
    """What the network holds of this organisation itself: its facts and its people."""
    whose = {"organisation_id": asked.organisation_id, "network_id": asked.scope_id}
    yield Exported(gettext("Organisation"), *queries.exported_facts(**whose))
    yield Exported(gettext("Ansprechpersonen"), *queries.exported_people(**whose))


@reacts(SetUp, room="network")
def found_first_network(event: SetUp) -> None:
    """Whoever sets up the site coordinates its first network."""
    actions.found_network(
        name=event.network_name,
        slug=event.slug,
        coordinator=event.user_id,
        by=system("set-up"),
        at=event.at,
    )


@reacts(Joined, room="network")
def accept_by_joining(event: Joined) -> None:
    """Who accepts an invitation by coming in accepts it in the network it was from."""
    actions.accept_by_joining(user_id=event.user_id, network_id=event.scope_id, at=event.at)


@reacts(AddressChanged, room="network")
def carry_address(event: AddressChanged) -> None:
    """The networks reach the person where she reads her mail now."""
    actions.carry_address(user_id=event.user_id, email=event.email, at=event.at)


@reacts(LinkRefused, room="network")
def tell_of_refused_link(event: LinkRefused) -> None:
    """The office reads that a mail reached somebody it was not meant for."""
    if event.scope_id is None:
        return
    slug = queries.slug_of(event.scope_id)
    if slug is None:
        return
    notify(
        user_ids=[c.user_id for c in queries.coordinators(network_id=event.scope_id) if c.user_id],
        kind="link.refused",
        key=f"link.refused:{event.purpose}:{event.user_id}:{event.at.isoformat()}",
        subject=_("Ein persönlicher Link kam bei der falschen Person an"),
        text=_(
            "Jemand hat „Nicht Sie?“ gewählt. Der Link gilt nicht mehr. "
            "Bitte prüfen Sie die E-Mail-Adresse."
        ),
        url=reverse("network:people", args=[slug]),
        scope_id=event.scope_id,
        at=event.at,
    )
