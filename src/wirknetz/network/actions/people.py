"""Who acts for an organisation: entering, changing, ending."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.foundation.actions import notify, record_event
from wirknetz.network import queries
from wirknetz.network.actions._shared import changed, membership_of, require, wrong
from wirknetz.network.actions.confirming import await_confirmation
from wirknetz.network.actions.invitations import invite, person_with
from wirknetz.network.models import SPEAKING, Affiliation, EnteredAs, Person
from wirknetz.network.queries.people import AffiliationFacts
from wirknetz.network.rules import Actor, manages_people


@transaction.atomic
def add_person(
    *,
    organisation_id: int,
    email: str,
    name: str,
    facts: AffiliationFacts,
    by: Actor,
    at: dt.datetime,
    phone: str = "",
    invited: bool = True,
) -> int:
    """Let a person act for an organisation in this network. Returns the id of the affiliation.

    Somebody other networks know stands here with what is typed until she accepts. ``invited``
    opens an account and mails an invitation; only members can invite. ValidationError if she
    acts for it already.
    """
    membership = membership_of(by, organisation_id)
    _require_managing(by, organisation_id)
    if invited and membership.stage not in SPEAKING:
        raise wrong("invited", _("Einladen geht erst, wenn die Organisation Mitglied ist."))
    person = person_with(email=email, name=name, phone=phone, network_id=by.network_id, at=at)
    _require_not_herself(by, person.pk, organisation_id)
    ties = person.affiliations.filter(network_id=by.network_id, organisation_id=organisation_id)
    if ties.filter(until__isnull=True).exists():
        raise wrong("email", _("Diese Person handelt schon für diese Organisation."))
    affiliation = Affiliation.objects.create(
        network_id=by.network_id,
        person=person,
        organisation=membership.organisation,
        since=at,
        **_checked(facts),
    )
    await_confirmation(affiliation, by=by, at=at)
    _tell("affiliation.started", affiliation, by, at, {"level": facts.level})
    if invited:
        invite(person, by=by, at=at, organisation=(organisation_id, membership.organisation.name))
    return affiliation.pk


@transaction.atomic
def change_affiliation(
    *, affiliation_id: int, facts: AffiliationFacts, by: Actor, at: dt.datetime
) -> None:
    """Change level, function and mandate."""
    affiliation = affiliation_of(by, affiliation_id)
    _require_not_herself(by, affiliation.person_id, affiliation.organisation_id)
    decided = affiliation.mandate
    differences = changed(affiliation, _checked(facts))
    differences.pop("function", None)
    if affiliation.mandate and not decided:
        await_confirmation(affiliation, by=by, at=at)
    if differences:
        _tell("affiliation.changed", affiliation, by, at, {"changed": differences})


@transaction.atomic
def end_affiliation(*, affiliation_id: int, by: Actor, at: dt.datetime) -> None:
    """The person does not act for the organisation any more; access ends at once."""
    affiliation = affiliation_of(by, affiliation_id)
    changed(affiliation, {"until": at})
    _tell("affiliation.ended", affiliation, by, at, {})


@transaction.atomic
def correct_person(
    *, affiliation_id: int, name: str, phone: str, by: Actor, at: dt.datetime
) -> None:
    """Mend name and phone of somebody who has not accepted; she herself does so afterwards.

    Other networks go on calling her what they call her.
    """
    affiliation = affiliation_of(by, affiliation_id)
    person, words = affiliation.person, {"name": name, "phone": phone}
    require(
        queries.may_correct(affiliation),
        _("Name und Telefon ändert diese Person selbst in ihrem Profil."),
    )
    entry = EnteredAs.objects.filter(network_id=by.network_id, person=person).first()
    mended = changed(entry, words) if entry else {}
    if not (person.joined or _is_known_elsewhere(person, by.network_id)):
        mended |= changed(person, words)
    if mended:
        record_event(
            by=by, action="person.corrected", at=at, object_type="person", object_id=person.pk
        )


def _is_known_elsewhere(person: Person, network_id: int) -> bool:
    ties = person.affiliations.exclude(network_id=network_id)
    return ties.exists() or person.roles.exclude(network_id=network_id).exists()


def affiliation_of(by: Actor, affiliation_id: int) -> Affiliation:
    """A current affiliation this actor manages; 404 where she may not know, else refused."""
    found = (
        Affiliation.objects.current()
        .select_related("network", "organisation", "person__user")
        .filter(network_id=by.network_id, pk=affiliation_id)
        .first()
    )
    if found is None:
        raise Http404
    membership_of(by, found.organisation_id)
    _require_managing(by, found.organisation_id)
    return found


def _require_managing(by: Actor, organisation_id: int) -> None:
    require(
        manages_people(by, organisation_id),
        _(
            "Wer für eine Organisation handelt, legen ihre Leitung "
            "und die Koordinierungsstelle fest."
        ),
    )


def _require_not_herself(by: Actor, person_id: int, organisation_id: int) -> None:
    """The office must not make itself a voice of a partner, to report or confirm in her name."""
    require(
        person_id != by.person_id or by.leads(organisation_id),
        _(
            "Sich selbst trägt die Koordinierungsstelle nicht für eine Organisation ein. "
            "Bitten Sie die Leitung der Organisation darum."
        ),
    )


def _checked(facts: AffiliationFacts) -> dict[str, Any]:
    if facts.level not in Affiliation.Level.values:
        raise wrong("level", _("Diese Ebene gibt es nicht."))
    if facts.mandate and facts.mandate_since is None:
        raise wrong("mandate_since", _("Bitte geben Sie an, seit wann das Mandat gilt."))
    return asdict(facts) | ({} if facts.mandate else {"mandate_since": None})


def _tell(
    action: str, affiliation: Affiliation, by: Actor, at: dt.datetime, details: dict[str, Any]
) -> None:
    """The person stands in it as a number, so that her name can be erased."""
    record_event(
        by=by.author_for(affiliation.organisation_id), action=action, at=at,
        object_type="organisation", object_id=affiliation.organisation_id,
        label=affiliation.organisation.name, details={"person": affiliation.person_id, **details},
    )  # fmt: skip
    if not by.belongs_to(affiliation.organisation_id):
        _tell_leadership(action, affiliation, at)


def _tell_leadership(action: str, affiliation: Affiliation, at: dt.datetime) -> None:
    """Nobody speaks for an organisation without its leadership reading of it."""
    network, organisation = affiliation.network, affiliation.organisation
    known = queries.contacts(network_id=network.pk, organisation_ids=[organisation.pk])
    leading = {c.user_id for c in known if c.leadership and c.mandate and c.user_id}
    if action != "affiliation.started" and affiliation.person.user_id:
        leading.add(affiliation.person.user_id)  # whoever leads no more would not read it else
    notify(
        user_ids=leading,
        kind=action,
        key=f"{action}:{affiliation.pk}:{at.isoformat()}",
        subject=gettext_lazy("Die Koordinierungsstelle hat Ihre Ansprechpersonen geändert"),
        text=f"{affiliation.shown_name} · {organisation.name}",
        url=reverse("network:organisation", args=[network.slug, organisation.pk]),
        scope_id=network.pk,
        at=at,
    )
