"""Secrets that have to be read again, kept so that the database alone does not give them away.

Encrypted with Fernet (AES-128-CBC and HMAC-SHA-256) under a key derived by HKDF (RFC 5869) from
``WIRKNETZ_SECRET_KEY``, which is in no backup. What was stored before is read as it is.
"""

from __future__ import annotations

import base64
import logging
import secrets
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

log = logging.getLogger(__name__)

MARK: Final = "wn1:"
"""How encrypted ones begin; no secret of an app (base32) or of codes (hex) has a colon."""
_PURPOSE: Final = b"wirknetz second factors 1"


def locked(text: str) -> str:
    """The secret as it is stored. Locked ones are left as they are."""
    if text.startswith(MARK):
        return text
    return MARK + _fernet().encrypt(text.encode()).decode()


def unlocked(stored: str) -> str:
    """The secret itself; where the key is another one by now, one that nobody can know.

    So a code is simply wrong, and the person is helped as one who lost her device.
    """
    if not stored.startswith(MARK):
        return stored
    try:
        return _fernet().decrypt(stored.removeprefix(MARK)).decode()
    except InvalidToken:
        log.warning("a second factor cannot be read: is WIRKNETZ_SECRET_KEY another one by now?")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _fernet() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
