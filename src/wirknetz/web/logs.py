"""What the log of the site may hold: never the secret part of a personal address."""

from __future__ import annotations

import logging
import re
from typing import Final

_SECRET: Final = re.compile(
    r"(/l/|/abbestellen/|/konto/password/reset/key/|/konto/confirm-email/)[^/\s'\"]+"
)
"""Whoever has such an address may do what it is for; Django logs it with a wrong form (400)."""


class WithoutSecrets(logging.Filter):
    """Cut the secret part out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always written."""
        record.msg, record.args = _SECRET.sub(r"\1…", record.getMessage()), ()
        return True
