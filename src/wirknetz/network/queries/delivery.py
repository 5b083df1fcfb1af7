"""Which people of a network mails do not reach."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from wirknetz.foundation.queries import Reason, StuckMail, stuck_mail
from wirknetz.network.models import Affiliation, NetworkRole
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


@dataclass(slots=True)
class _Here:
    """Somebody with a part in the network, as the network knows her."""

    person_id: int
    name: str
    email: str
    organisations: list[tuple[int, str]]


def undelivered(actor: Actor) -> tuple[Undelivered, ...]:
    """The people of this network whom mails do not reach, by name. Three queries.

    People of other networks and what other networks wrote are left out.
    """
    people = _people(actor.network_id)
    stuck = stuck_mail(to=people, scope_id=actor.network_id, attempts=PATIENCE, limit=MOST)
    grouped: dict[str, list[StuckMail]] = defaultdict(list)
    for mail in stuck:
        grouped[mail.recipient].append(mail)
    rows = (_row(people[to], mails) for to, mails in grouped.items())
    return tuple(sorted(rows, key=lambda row: row.name))


def addresses(network_id: int) -> Mapping[str, int]:
    """Where the people of this network read their mail, each with her id. Two queries."""
    return {address: here.person_id for address, here in _people(network_id).items()}


def _people(network_id: int) -> dict[str, _Here]:
    """Who has a part in this network now, by the address mails go to. Two queries."""
    found: dict[str, _Here] = {}
    ties = Affiliation.objects.current().named().filter(network_id=network_id)
    for tie in ties.select_related("person__user", "organisation").order_by("organisation__name"):
        here = found.setdefault(tie.person.address, _here(tie))
        here.organisations.append((tie.organisation_id, tie.organisation.name))
    roles = NetworkRole.objects.current().named().filter(network_id=network_id)
    for role in roles.select_related("person__user"):
        found.setdefault(role.person.address, _here(role))
    return found


def _here(part: Affiliation | NetworkRole) -> _Here:
    return _Here(part.person_id, part.shown_name, part.shown_email, [])


def _row(here: _Here, mails: list[StuckMail]) -> Undelivered:
    return Undelivered(
        person_id=here.person_id,
        name=here.name,
        email=here.email,
        organisations=tuple(here.organisations),
        reason=mails[0].reason,
        for_good=all(mail.for_good for mail in mails),
        mails=tuple((_subject(mail), mail.created_at) for mail in mails),
    )


def _subject(mail: StuckMail) -> str:
    """What concerns the account or several networks is the person's own matter."""
    return mail.subject if mail.scope_id else _("Zusammenfassung oder Nachricht zum Zugang")
