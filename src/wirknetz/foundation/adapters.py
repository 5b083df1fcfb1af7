"""How allauth asks Wirknetz."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wirknetz.foundation import actions, limits, mails, vault
from wirknetz.foundation.models import User

_PAIR: Final = "sign_in_pair"
_CODE_MAIL: Final = "account/email/login_code"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts by invitation only, mails through the outbox, a link beside the code."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Das waren zu viele Versuche. Warten Sie ein paar Minuten, oder melden Sie sich mit "
            "einem Link per E-Mail an. Haben Sie gerade eine E-Mail zum Anmelden bekommen? Der "
            "Link darin gilt 15 Minuten."
        )
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without an invitation."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """Without a prefix."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Store the mail in the outbox, in the language of the person."""
        user = User.objects.filter(email=email.lower()).first()
        language = user.language if user else translation.get_language()
        with translation.override(language):
            if template_prefix == _CODE_MAIL:
                context = context | {"link": self._link_beside_code(user)}
            mail: EmailMultiAlternatives = self.render_mail(
                template_prefix, email, {"user": user, "email": email, **_at_home(context)}
            )
            actions.send_mail(
                key=f"account:{uuid.uuid4()}",
                to=email,
                subject=str(mail.subject),
                text=str(mail.body),
                at=timezone.now(),
            )

    def _link_beside_code(self, user: User | None) -> str:
        """Only to the account's own address: it is what the link proves to be read.

        Sent again, it takes the place of the one before, and of no other: strangers who ask
        again and again must not end the person's own.
        """
        session = allauth_context.request.session
        former = session.pop(_PAIR, "")
        if user is None:
            return ""
        pair = session[_PAIR] = secrets.token_urlsafe(16)
        return actions.create_sign_in_link(
            email=user.email, pair=pair, instead_of=former, at=timezone.now()
        )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return limits.at_this_door(request, str(credentials.get("email", "")))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted for where they come from, and generously for the account."""
        super().pre_authenticate(request, **credentials)
        self._everywhere = limits.from_anywhere(request, str(credentials.get("email", "")))
        if self._everywhere is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._everywhere is not None:
            self._everywhere.rollback()

    def pre_login(self, request: HttpRequest, user: User, **named: Any) -> HttpResponse | None:
        """Of link and code in the same mail only one lets in, and only once."""
        pair = request.session.pop(_PAIR, None)
        by_code = pair and _last_method(request) == "code"
        if by_code and not actions.use_code(user_id=user.pk, pair=pair, at=timezone.now()):
            text = _("Dieser Code gilt nicht mehr. Fordern Sie bitte einen neuen an.")
            messages.error(request, text)
            return redirect("account_request_login_code")
        response: HttpResponse | None = super().pre_login(request, user, **named)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Let the person in and write it into the audit trail."""
        method = _last_method(request)
        super().login(request, user)
        request.session.set_expiry(0)  # ends with the browser; a form that was asked to, remembers
        actions.signed_in(user_id=user.pk, method=method, at=timezone.now())


def _at_home(context: Mapping[str, Any]) -> dict[str, Any]:
    """Addresses in it made of the name the request asked for, which anybody can choose."""
    return {
        name: mails.at_home(str(value)) if name.endswith("_url") else value
        for name, value in context.items()
    }


def _last_method(request: HttpRequest) -> str:
    records = request.session.get("account_authentication_methods") or [{}]
    return str(records[-1].get("method", ""))


def sign_in(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let in whoever has proven to read the mail of this account; a second factor is asked.

    Runs through allauth's stages. Somebody else signed in here is signed out first.
    """
    user = User.objects.get(pk=user_id)
    if request.user.is_authenticated and request.user.pk != user_id:
        request.session.flush()
        request.user = AnonymousUser()
    _record(request, user)
    response: HttpResponse = perform_login(request, user, email=user.email)
    return response


def _record(request: HttpRequest, user: User) -> None:
    from allauth.account.internal.flows.login import record_authentication

    record_authentication(request, user, method="mailed_link", email=user.email)


def keep_this_session(request: HttpRequest) -> None:
    """After all sessions of the person were ended: let this one go on."""
    user = User.objects.get(pk=request.user.pk or 0)
    update_session_auth_hash(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are stored locked; whoever has to use a second factor cannot remove the last one."""

    def encrypt(self, text: str) -> str:
        """As the database keeps it."""
        return vault.locked(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As the codes are computed from it."""
        return vault.unlocked(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """False for the last app or passkey of a person who needs one."""
        user = authenticator.user
        kinds = (authenticator.Type.TOTP, authenticator.Type.WEBAUTHN)
        if not user.second_factor_required or authenticator.type not in kinds:
            return True
        others = type(authenticator).objects.filter(user=user, type__in=kinds)
        return bool(others.exclude(pk=authenticator.pk).exists())
