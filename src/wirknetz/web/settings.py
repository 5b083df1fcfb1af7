"""Settings of the site, read from the environment.

``WIRKNETZ_MODE`` is ``serve`` (default: strict), ``demo`` or ``test``. What each variable means
and what happens without it stands in ``docs/operation.md``.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

MODE: str = env.str("WIRKNETZ_MODE", default="serve")
DEMO = MODE == "demo"
PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("WIRKNETZ_DATA_DIR", default=str(Path.cwd() / "var")))


def _secret_key() -> str:
    key: str = env.str("WIRKNETZ_SECRET_KEY", default="")
    if MODE == "serve" and len(key) < 40:
        raise ImproperlyConfigured(
            "WIRKNETZ_SECRET_KEY fehlt oder ist kürzer als 40 Zeichen. Erzeugen Sie einen. / "
            "WIRKNETZ_SECRET_KEY is missing or shorter than 40 characters. Make one.\n"
            '    python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return key or "only-for-demo-and-tests-" + "x" * 40


def _database() -> dict[str, Any]:
    url = env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'wirknetz.sqlite3'}")
    database: dict[str, Any] = env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
                "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
            ),
        }
        database["CONN_MAX_AGE"] = None
    else:
        pool = {"min_size": 1, "max_size": 12, "timeout": 20}
        database["OPTIONS"] = {**database.get("OPTIONS", {}), "pool": pool}
    return database


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("WIRKNETZ_HOSTS", default=["127.0.0.1", "localhost"])
SECURE = MODE == "serve" and env.bool("WIRKNETZ_HTTPS", default=True)
BASE_URL: str = env.str("WIRKNETZ_URL", default="http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "wirknetz.web",
    "wirknetz.backbone",
    "wirknetz.measurement",
    "wirknetz.network",
    "wirknetz.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "wirknetz.foundation.stack.RoomMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wirknetz.foundation.uploads.UploadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wirknetz.foundation.middleware.PersonalPagesMiddleware",
    "wirknetz.foundation.middleware.PersonLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wirknetz.foundation.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wirknetz.foundation.middleware.SoundInputMiddleware",
    "wirknetz.foundation.doors.DoorMiddleware",
]

ROOT_URLCONF = "wirknetz.web.urls"
WSGI_APPLICATION = "wirknetz.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wirknetz.web.context.frame",
            ],
        },
    },
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "wirknetz_cache",
    }
}

AUTH_USER_MODEL = "foundation.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "wirknetz.foundation.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses we do not know
ACCOUNT_EMAIL_NOTIFICATIONS = True  # tell the person when password or second factor change
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",  # the key: the account and where it comes from
    "request_login_code": "20/m/ip,3/m/key,10/15m/key",  # so many links are valid at a time
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("WIRKNETZ_BEHIND_PROXY", default=False) else 0
SECOND_FACTOR_ENFORCED = MODE == "serve"  # for those whose account demands it
MFA_ADAPTER = "wirknetz.foundation.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Wirknetz"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or MODE == "test"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE: str = env.str("WIRKNETZ_TIME_ZONE", default="Europe/Berlin")
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wirknetz.web.storage.StaticFiles"},
}
MEDIA_ROOT = DATA_DIR / "files"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DEFAULT_FROM_EMAIL: str = env.str("WIRKNETZ_MAIL_FROM", default="Wirknetz <wirknetz@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
vars().update(env.email_url("WIRKNETZ_SMTP_URL", default="dummymail://"))
EMAIL_TIMEOUT = 30

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if env.bool("WIRKNETZ_BEHIND_PROXY", default=False)
    else None
)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12  # the browser ends it earlier, the site at the latest then
ACCOUNT_SESSION_COOKIE_AGE = 60 * 60 * 24 * 14  # for who asks to stay signed in
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wirknetz.web.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = SECURE
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # the proxy in front redirects

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "wirknetz.web.logs.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["without_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": logging.WARNING},
}
