"""Which people of a network mails do not reach."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from wirknetz.foundation.queries import Reason, StuckMail, stuck_mail
from wirknetz.network.models import Affiliation, NetworkRole, Person
from wirknetz.network.rules import Actor

PATIENCE: Final = 3
"""So many attempts, some twenty minutes, are usual: many servers refuse the first on purpose."""
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Somebody mails do not reach. ``for_good``: nothing is tried any more.

    ``organisations`` are pairs of id and name, none for somebody with a role only.
    """

    person_id: int
    name: str
    email: str
    organisations: tuple[tuple[int, str], ...]
    reason: Reason
    for_good: bool
    mails: tuple[tuple[str, dt.datetime], ...]


def undelivered(actor: Actor) -> tuple[Undelivered, ...]:
    """The people of this network whom mails do not reach, by name. Three queries.

    People of other networks and what other networks wrote are left out.
    """
    people = own_people(actor.network_id)
    by_address = {person.address: person for person in people}
    stuck = stuck_mail(to=by_address, scope_id=actor.network_id, attempts=PATIENCE, limit=MOST)
    grouped: dict[str, list[StuckMail]] = defaultdict(list)
    for mail in stuck:
        grouped[mail.recipient].append(mail)
    rows = (_row(by_address[to], people, mails) for to, mails in grouped.items())
    return tuple(sorted(rows, key=lambda row: row.name))


def own_people(network_id: int) -> Mapping[Person, tuple[tuple[int, str], ...]]:
    """Who has a part in this network now, with the organisations acted for. Two queries."""
    found: dict[Person, list[tuple[int, str]]] = defaultdict(list)
    ties = Affiliation.objects.current().filter(network_id=network_id)
    for tie in ties.select_related("person__user", "organisation").order_by("organisation__name"):
        found[tie.person].append((tie.organisation_id, tie.organisation.name))
    roles = NetworkRole.objects.filter(network_id=network_id, until__isnull=True)
    for role in roles.select_related("person__user"):
        found[role.person].extend(())
    return {person: tuple(organisations) for person, organisations in found.items()}


def _row(
    person: Person,
    people: Mapping[Person, tuple[tuple[int, str], ...]],
    mails: Iterable[StuckMail],
) -> Undelivered:
    mails = tuple(mails)
    return Undelivered(
        person_id=person.pk,
        name=person.shown_name,
        email=person.address,
        organisations=people[person],
        reason=mails[0].reason,
        for_good=all(mail.for_good for mail in mails),
        mails=tuple((_subject(mail), mail.created_at) for mail in mails),
    )


def _subject(mail: StuckMail) -> str:
    """What concerns the account or several networks is the person's own matter."""
    return mail.subject if mail.scope_id else _("Zusammenfassung oder Nachricht zum Zugang")
