"""What this room answers and what it reacts to; its jobs and the names of its acts."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wirknetz.foundation import actions, jobs
from wirknetz.foundation.audit import describe
from wirknetz.foundation.models import User

__all__ = ["jobs"]  # read here, so that the worker knows them

describe("account.opened", _("Zugang angelegt"))
describe("account.invited", _("Einladung verschickt"))
describe("account.joined", _("Einladung angenommen"))
describe("account.changed", _("Profil geändert"))
describe("account.digest_chosen", _("Zusammenfassung per E-Mail geändert"))
describe("account.second_factor_required", _("Zweiter Schritt verlangt"))
describe("account.signed_in", _("Angemeldet"))
describe("account.second_factor_removed", _("Zweiter Schritt entfernt"))
describe("account.signed_out_everywhere", _("Auf allen Geräten abgemeldet"))
describe("account.password_changed", _("Passwort geändert"))
describe("account.address_changed", _("E-Mail-Adresse geändert"))
describe("account.second_factor_added", _("Zweiter Schritt eingerichtet"))
describe("mail.retried", _("E-Mails noch einmal gesendet"))
describe("link.used", _("Persönlicher Link benutzt"))
describe("link.refused", _("Persönlicher Link zurückgewiesen"))


@receiver([account.password_changed, account.password_set, account.password_reset])
def password_changed(user: User, **_named: Any) -> None:
    """Whoever asks afterwards when an account changed hands finds it in the trail."""
    actions.sign_in_changed(user_id=user.pk, what="password_changed", at=timezone.now())


@receiver(account.email_changed)
def address_changed(user: User, from_email_address: Any = None, **_named: Any) -> None:
    """Mails and links go elsewhere from now on. Without a former address it was only verified."""
    if from_email_address is not None:
        actions.address_changed(user_id=user.pk, at=timezone.now())


@receiver([mfa.authenticator_added, mfa.authenticator_reset])
def second_factor_added(user: User, **_named: Any) -> None:
    """A device, or new emergency codes."""
    actions.sign_in_changed(user_id=user.pk, what="second_factor_added", at=timezone.now())


@receiver(mfa.authenticator_removed)
def second_factor_removed(user: User, **_named: Any) -> None:
    """A device, or the emergency codes."""
    actions.sign_in_changed(user_id=user.pk, what="second_factor_removed", at=timezone.now())
