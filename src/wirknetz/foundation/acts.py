"""What the foundation's own mailed links do: sign in, accept an invitation, set up the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation import actions, queries
from wirknetz.foundation.actions.setup import JOIN, SET_UP
from wirknetz.foundation.actions.signin import SIGN_IN
from wirknetz.foundation.forms import JoinForm, SetUpForm
from wirknetz.foundation.links import Done, Link, act


@act(
    SIGN_IN,
    title=_("Anmelden"),
    button=_("Jetzt anmelden"),
    template="foundation/link_sign_in.html",
)
def sign_in(link: Link, data: Mapping[str, Any], at: dt.datetime) -> Done:
    """The person proves to read the own mail and is let in; a second factor is still asked."""
    if link.user_id is None:
        raise ValueError("a sign-in link belongs to a user")
    actions.verify_address(user_id=link.user_id, at=at)
    return Done(_("Sie sind angemeldet."), sign_in=link.user_id)


def _name_of(link: Link) -> Mapping[str, Any]:
    return {"initial": {"name": link.name}, "email": link.email}


@act(
    JOIN,
    title=_("Einladung annehmen"),
    button=_("Einladung annehmen"),
    template="foundation/link_join.html",
    form=JoinForm,
    form_options=_name_of,
)
def join(link: Link, data: Mapping[str, Any], at: dt.datetime) -> Done:
    """The invited person sets name and password and is let in."""
    if link.user_id is None:
        raise ValueError("an invitation belongs to a user")
    own = queries.account(user_id=link.user_id)
    if own is None or own.joined_at is not None:
        raise ValidationError(_("Ihr Zugang ist schon eingerichtet. Bitte melden Sie sich an."))
    actions.join(
        user_id=link.user_id, name=data["name"], password=data["password"] or None, by=link, at=at
    )
    return Done(_("Willkommen! Ihr Zugang ist eingerichtet."), sign_in=link.user_id)


@act(
    SET_UP,
    title=_("Wirknetz einrichten"),
    button=_("Netzwerk anlegen"),
    template="foundation/link_set_up.html",
    form=SetUpForm,
)
def set_up(link: Link, data: Mapping[str, Any], at: dt.datetime) -> Done:
    """The first person makes the own account and the network."""
    user_id = actions.set_up(
        name=data["name"],
        email=data["email"],
        password=data["password"],
        network_name=data["network_name"],
        slug=data["slug"],
        at=at,
    )
    return Done(_("Das Netzwerk ist angelegt."), sign_in=user_id)
