"""Who can sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

_SESSION_SALT = "wirknetz.foundation.models.User.session"


class UserManager(BaseUserManager["User"]):
    """Creates users; the e-mail address is their name at the door."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a user with a hashed password (unusable if None). ValueError without address."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What the person may do follows from the rooms, never from flags here."""

    class Digest(models.TextChoices):
        """How often the collected news come by mail."""

        DAILY = "daily", _("täglich")
        WEEKLY = "weekly", _("wöchentlich")
        NEVER = "never", _("gar nicht")

    class Language(models.TextChoices):
        """Language of pages and mails."""

        GERMAN = "de", "Deutsch"
        ENGLISH = "en", "English"

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    name = models.CharField(_("Name"), max_length=150)
    language = models.CharField(
        _("Sprache"), max_length=5, choices=Language.choices, default=Language.GERMAN
    )
    digest = models.CharField(
        _("Zusammenfassung per E-Mail"),
        max_length=10,
        choices=Digest.choices,
        default=Digest.WEEKLY,
    )
    digest_checked_at = models.DateTimeField(null=True, blank=True)
    digest_mailed_at = models.DateTimeField(null=True, blank=True)
    digest_told = models.JSONField(default=list, blank=True)  # what waited in the last digest
    is_active = models.BooleanField(default=True)
    second_factor_required = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True, blank=True)
    sessions_nonce = models.PositiveIntegerField(default=0)  # one more signs all devices out

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    PERSONAL = frozenset({"email", "name", "password", "last_login"})
    HARMLESS = frozenset(
        {"id", "language", "digest", "digest_checked_at", "digest_mailed_at", "digest_told",
         "is_active", "second_factor_required", "joined_at", "sessions_nonce"}
    )  # fmt: skip

    def __str__(self) -> str:
        """Return the name people know."""
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of the person carries; password and nonce both change it."""
        words = f"{self.password}:{self.sessions_nonce}"
        return salted_hmac(_SESSION_SALT, words, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Return the name, as allauth and Django ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name, as Django asks for it."""
        return self.name
