"""Taking a lost second factor off an account."""

from __future__ import annotations

import datetime as dt
import uuid

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wirknetz.foundation import mails
from wirknetz.foundation.actions.accounts import sign_out_everywhere
from wirknetz.foundation.actions.audit import record_event
from wirknetz.foundation.actions.mail import send_mail
from wirknetz.foundation.audit import HasAuthor
from wirknetz.foundation.models import User


@transaction.atomic
def remove_second_factor(*, email: str, by: HasAuthor, at: dt.datetime) -> int | None:
    """Remove all devices and codes of an account, sign it out everywhere and tell the person.

    Returns how many were removed; None where nobody has this address.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        return None
    mine = Authenticator.objects.filter(user=user)
    removed: int = mine.count()
    mine.delete()
    sign_out_everywhere(user_id=user.pk, at=at)
    record_event(
        by=by, action="account.second_factor_removed", at=at, object_type="user",
        object_id=user.pk, details={"removed": removed},
    )  # fmt: skip
    _tell(user, at)
    return removed


def _tell(user: User, at: dt.datetime) -> None:
    with translation.override(user.language):
        parts = [
            _("Guten Tag %(name)s,") % {"name": mails.one_line(user.name)},
            _("der zweite Schritt Ihrer Anmeldung wurde entfernt, weil Ihr Gerät verloren ging."),
            _("Richten Sie bei der nächsten Anmeldung einen neuen ein:"),
            mails.absolute("/"),
            _("Sie haben das nicht verlangt? Dann melden Sie sich sofort bei Ihrer "
              "Koordinierungsstelle."),
        ]  # fmt: skip
        send_mail(
            key=f"second-factor-removed:{user.pk}:{uuid.uuid4()}",
            to=user.email,
            subject=_("Ihr zweiter Schritt wurde entfernt"),
            text="\n\n".join(parts),
            at=at,
        )
