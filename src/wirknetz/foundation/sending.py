"""Handing mails to the mail server, over one connection as long as it holds."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from wirknetz.foundation.models import OutboxMessage


@dataclass(frozen=True, slots=True)
class Result:
    """What the mail server said. ``for_good``: trying again is no use."""

    sent: bool
    error: str = ""
    for_good: bool = False


class Postman:
    """Sends one mail after the other; a context manager that closes the connection."""

    def __init__(self) -> None:
        """Connect with the first mail only."""
        self._connection: Any = None

    def __enter__(self) -> Self:
        """Nothing to do yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._close()

    def send(self, message: OutboxMessage) -> Result:
        """Hand one mail over. Never raises for what a mail server or the network may do."""
        try:
            if self._connection is None:
                self._connection = get_connection()
                self._connection.open()
            self._connection.send_messages([as_email(message)])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._close()
            return Result(sent=False, error=_words(error), for_good=_for_good(error))
        return Result(sent=True)

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError):
                return


def as_email(message: OutboxMessage) -> EmailMultiAlternatives:
    """The stored mail as Django sends it; always with the same Message-ID."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.recipient],
        headers={**message.headers, "Message-ID": message.message_id},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _for_good(error: Exception) -> bool:
    """Refused for what the mail is, not for the state of the server (RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)  # also UnicodeError: an address no server takes
