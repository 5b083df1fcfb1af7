"""Accounts: by invitation only."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F

from wirknetz.foundation.actions.audit import record_event
from wirknetz.foundation.audit import Author, HasAuthor
from wirknetz.foundation.models import User
from wirknetz.foundation.providers import AddressChanged, Joined, tell


@transaction.atomic
def open_account(
    *, email: str, name: str, by: HasAuthor, at: dt.datetime, language: str = "de"
) -> int:
    """Return the id of the user with this address, opening an account without password if new.

    Sends nothing: :func:`invite` does. An existing account is left as it is. ValidationError
    for an address that is none.
    """
    address = email.strip().lower()
    validate_email(address)
    known = User.objects.filter(email=address).first()
    return known.pk if known else _open(address, name.strip(), language, by, at)


def _open(address: str, name: str, language: str, by: HasAuthor, at: dt.datetime) -> int:
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, name=name[:150], language=language)
    except IntegrityError:  # somebody else opened it in this moment
        return User.objects.get(email=address).pk
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    record_event(by=by, action="account.opened", at=at, object_type="user", object_id=user.pk)
    return user.pk


@transaction.atomic
def join(*, user_id: int, name: str, password: str | None, by: HasAuthor, at: dt.datetime) -> None:
    """The person accepts the invitation: own name, own password if wanted, address proven."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.name = name
    if password:
        user.set_password(password)
    user.save(update_fields=["name", "password"])
    verify_address(user_id=user_id, at=at, scope_id=by.author.scope_id)
    record_event(by=by, action="account.joined", at=at, object_type="user", object_id=user_id)


@transaction.atomic
def verify_address(*, user_id: int, at: dt.datetime, scope_id: int | None = None) -> None:
    """The person has proven to read the mail of the own address, for the first time or again."""
    address = User.objects.get(pk=user_id).email
    EmailAddress.objects.update_or_create(
        user_id=user_id, email=address, defaults={"verified": True, "primary": True}
    )
    came_in(user_id=user_id, at=at, scope_id=scope_id)


def came_in(*, user_id: int, at: dt.datetime, scope_id: int | None = None) -> None:
    """Somebody is in; the first time, the rooms are told. ``scope_id``: who invited her."""
    if User.objects.filter(pk=user_id, joined_at__isnull=True).update(joined_at=at):
        tell(Joined(user_id, scope_id, at))


@transaction.atomic
def change_profile(*, user_id: int, name: str, language: str, digest: str, at: dt.datetime) -> None:
    """The person changes own name, language and how often the collected news come."""
    choose_language(user_id=user_id, language=language)
    choose_digest(user_id=user_id, digest=digest, at=at)
    User.objects.filter(pk=user_id).update(name=name)
    _own_change(user_id, "account.changed", at)


def choose_language(*, user_id: int, language: str) -> None:
    """Language of pages and mails. ValueError for one we do not speak."""
    if language not in User.Language.values:
        raise ValueError(f"{language!r} is not a language of this site")
    User.objects.filter(pk=user_id).update(language=language)


@transaction.atomic
def choose_digest(*, user_id: int, digest: str, at: dt.datetime) -> None:
    """How often the collected news come by mail. ValueError for an unknown frequency."""
    if digest not in User.Digest.values:
        raise ValueError(f"{digest!r} is not a frequency")
    changed = User.objects.filter(pk=user_id).exclude(digest=digest)
    if changed.update(digest=digest):
        _own_change(user_id, "account.digest_chosen", at)


def stop_digest(*, user_id: int, at: dt.datetime) -> None:
    """No collected news by mail any more; what one is personally asked still comes."""
    choose_digest(user_id=user_id, digest=User.Digest.NEVER, at=at)


@transaction.atomic
def require_second_factor(*, user_id: int, required: bool, by: HasAuthor, at: dt.datetime) -> None:
    """Whoever may see much signs in with a second factor."""
    changed = User.objects.filter(pk=user_id).exclude(second_factor_required=required)
    if changed.update(second_factor_required=required):
        record_event(
            by=by,
            action="account.second_factor_required",
            at=at,
            object_type="user",
            object_id=user_id,
            details={"required": required},
        )


@transaction.atomic
def sign_out_everywhere(*, user_id: int, at: dt.datetime) -> None:
    """No session of the person counts any more; the caller renews the one at hand."""
    User.objects.filter(pk=user_id).update(sessions_nonce=F("sessions_nonce") + 1)
    _own_change(user_id, "account.signed_out_everywhere", at)


def sign_in_changed(*, user_id: int, what: str, at: dt.datetime) -> None:
    """The person changed how she signs in, on allauth's pages: password or second factor."""
    _own_change(user_id, f"account.{what}", at)


@transaction.atomic
def address_changed(*, user_id: int, at: dt.datetime) -> None:
    """The person has proven to read another address; every room that keeps it is told."""
    _own_change(user_id, "account.address_changed", at)
    tell(AddressChanged(user_id, User.objects.get(pk=user_id).email, at))


def _own_change(user_id: int, action: str, at: dt.datetime) -> None:
    record_event(
        by=Author(user_id=user_id), action=action, at=at, object_type="user", object_id=user_id
    )
