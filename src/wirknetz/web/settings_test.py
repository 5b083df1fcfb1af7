"""Settings of the tests: the real ones, with a throw-away database and cheap passwords."""

from __future__ import annotations

import os

os.environ.setdefault("WIRKNETZ_MODE", "test")

from wirknetz.web.settings import *  # noqa: F403

DATABASES = {  # the tests name another one by WIRKNETZ_TEST_DATABASE_URL
    "default": env.db_url_config(  # noqa: F405
        os.environ.get("WIRKNETZ_TEST_DATABASE_URL", "sqlite://:memory:")
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
