"""Writing one person's digest."""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wirknetz.foundation import mails, queries
from wirknetz.foundation.actions.mail import send_mail
from wirknetz.foundation.models import Notification, User
from wirknetz.foundation.rules import digest_due, digest_worth_mailing

UNSUBSCRIBE_SALT = "wirknetz.foundation.unsubscribe"


@transaction.atomic
def compose_digest(*, user_id: int, at: dt.datetime) -> bool:
    """Store the mail of one person's digest if it is due and not empty. True if it was stored.

    News are marked as mailed in the same transaction, so that nothing is mailed twice. What
    waits is asked of all rooms and stands first.
    """
    user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    zone = timezone.get_default_timezone()
    if user is None or not digest_due(user.digest, user.digest_checked_at, at, zone):
        return False
    with translation.override(user.language):
        digest = queries.digest_of(user_id=user_id, at=at)
        told = frozenset(user.digest_told)
        mailing = digest_worth_mailing(
            news=len(digest.news),
            waiting=digest.marks,
            told=told,
            mailed_at=user.digest_mailed_at,
            at=at,
        )
        _keep(user, digest, mailing, at)
        if mailing:
            _mail(user, digest, at)
    return mailing


def _keep(user: User, digest: queries.Digest, mailing: bool, at: dt.datetime) -> None:
    user.digest_checked_at = at
    if mailing:
        user.digest_mailed_at = at
        user.digest_told = sorted(digest.marks)
        told = Q(pk__in=[news.pk for news in digest.news], mailed_at__isnull=True)
        Notification.objects.filter(told).update(mailed_at=at)
    user.save(update_fields=["digest_checked_at", "digest_mailed_at", "digest_told"])


def _mail(user: User, digest: queries.Digest, at: dt.datetime) -> None:
    stop = mails.absolute(unsubscribe_url(user.pk))
    context = {
        "user": user,
        "digest": digest,
        "absolute": mails.absolute("/"),
        "settings_url": mails.absolute(reverse("foundation:profile")),
        "stop_url": stop,
    }
    send_mail(
        key=f"digest:{user.pk}:{at.isoformat()}",
        to=user.email,
        subject=_subject(digest),
        text=_text(user, digest, stop),
        html=render_to_string("foundation/mail/digest.html", context),
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        at=at,
    )


def unsubscribe_url(user_id: int) -> str:
    """Path of the page where this person stops the digest without signing in."""
    token = signing.dumps(user_id, salt=UNSUBSCRIBE_SALT)
    return reverse("foundation:unsubscribe", args=[token])


def _subject(digest: queries.Digest) -> str:
    if not digest.waiting:
        return _("Neues aus Ihrem Netzwerk")
    if len(digest.waiting) == 1:
        return _("Ihr Netzwerk: eine Sache wartet auf Sie")
    return _("Ihr Netzwerk: %(count)s Sachen warten auf Sie") % {"count": len(digest.waiting)}


def _text(user: User, digest: queries.Digest, stop: str) -> str:
    context = {"user": user, "digest": digest, "stop_url": stop}
    context["settings_url"] = mails.absolute(reverse("foundation:profile"))
    return render_to_string("foundation/mail/digest.txt", context).strip() + "\n"
