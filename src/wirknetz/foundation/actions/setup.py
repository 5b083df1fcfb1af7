"""Inviting people, and the first start of an installation."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wirknetz.foundation import mails, queries
from wirknetz.foundation.actions.accounts import join, open_account
from wirknetz.foundation.actions.audit import record_event
from wirknetz.foundation.actions.links import create_link
from wirknetz.foundation.actions.mail import send_mail
from wirknetz.foundation.audit import HasAuthor, system
from wirknetz.foundation.models import User
from wirknetz.foundation.providers import SetUp, tell
from wirknetz.foundation.refusal import Refused

JOIN: Final = "account.join"
SET_UP: Final = "site.set-up"


@transaction.atomic
def invite(
    *,
    user_id: int,
    where: str | Promise,
    by: HasAuthor,
    at: dt.datetime,
    on_behalf_id: int | None = None,
    on_behalf_label: str = "",
    text: str | Promise = "",
) -> None:
    """Mail an invitation with a personal link, valid 14 days, to set name and password.

    ``where`` is what the person is invited to, ``text`` a sentence of the inviting person.
    Whoever has joined already is told where to sign in instead. Sent with every call;
    whichever link is used first makes the others useless.
    """
    user = User.objects.get(pk=user_id)
    with translation.override(user.language):
        url = "" if user.joined_at else _join_link(user, by, on_behalf_id, on_behalf_label, at)
        send_mail(
            key=f"invitation:{user.pk}:{uuid.uuid4()}",
            to=user.email,
            subject=_("Einladung: %(where)s") % {"where": where},
            text=_invitation(user, str(where), str(text), url),
            scope_id=by.author.scope_id,
            at=at,
        )
    record_event(by=by, action="account.invited", at=at, object_type="user", object_id=user.pk)


def _join_link(
    user: User, by: HasAuthor, on_behalf_id: int | None, on_behalf_label: str, at: dt.datetime
) -> str:
    return create_link(
        purpose=JOIN,
        email=user.email,
        name=user.name,
        user_id=user.pk,
        on_behalf_id=on_behalf_id,
        on_behalf_label=on_behalf_label,
        scope_id=by.author.scope_id,
        at=at,
    )


def _invitation(user: User, where: str, text: str, url: str) -> str:
    join_here = _("Hier nehmen Sie die Einladung an. Der Link gilt 14 Tage und nur ein Mal:")
    sign_in = _("Sie haben schon einen Zugang. Melden Sie sich damit an:")
    parts = [
        _("Guten Tag %(name)s,") % {"name": mails.one_line(user.name)},
        _("Sie sind eingeladen: %(where)s.") % {"where": where},
        text,
        join_here if url else sign_in,
        url or mails.absolute("/"),
        _("Sie erwarten keine Einladung? Dann löschen Sie diese Nachricht. Nichts passiert."),
    ]
    return "\n\n".join(part for part in parts if part)


def create_setup_link(*, at: dt.datetime) -> str:
    """Return the address where the first person sets up the site; valid for 24 hours.

    Refused as soon as somebody has an account.
    """
    if not queries.is_empty_site():
        raise Refused(_("Diese Installation ist schon eingerichtet."))
    return create_link(purpose=SET_UP, email="", at=at, valid_for=dt.timedelta(hours=24))


@transaction.atomic
def set_up(
    *, name: str, email: str, password: str, network_name: str, slug: str, at: dt.datetime
) -> int:
    """Make the first account and tell the rooms to make the network. Returns the user's id."""
    if not queries.is_empty_site():
        raise Refused(_("Diese Installation ist schon eingerichtet."))
    by = system("set-up")
    user_id = open_account(email=email, name=name, by=by, at=at)
    join(user_id=user_id, name=name, password=password, by=by, at=at)
    tell(SetUp(user_id, network_name, slug, at))
    return user_id
