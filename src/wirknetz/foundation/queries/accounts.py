"""Reading accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from wirknetz.foundation.models import User


@dataclass(frozen=True, slots=True)
class Account:
    """An account as its owner sees it."""

    user_id: int
    email: str
    name: str
    language: str
    digest: str
    has_password: bool
    address_verified: bool
    second_factors: int
    second_factor_required: bool
    joined_at: dt.datetime | None


def account(*, user_id: int) -> Account | None:
    """The account of this user, None if there is none. Three queries."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return None
    return Account(
        user_id=user.pk,
        email=user.email,
        name=user.name,
        language=user.language,
        digest=user.digest,
        has_password=user.has_usable_password(),
        address_verified=EmailAddress.objects.filter(user=user, verified=True).exists(),
        second_factors=_factors(user_id).count(),
        second_factor_required=user.second_factor_required,
        joined_at=user.joined_at,
    )


def has_second_factor(*, user_id: int) -> bool:
    """Does the person sign in with an app or a passkey? Recovery codes alone do not count."""
    return bool(_factors(user_id).exists())


def _factors(user_id: int) -> Any:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=user_id, type__in=kinds)


def is_empty_site() -> bool:
    """True as long as nobody can sign in: only then may a set-up link be used."""
    return not User.objects.exists()
