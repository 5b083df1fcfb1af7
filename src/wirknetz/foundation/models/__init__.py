"""Tables of the foundation. No domain word in here."""

from wirknetz.foundation.models.accounts import User, UserManager
from wirknetz.foundation.models.audit import AuditEvent, AuditSeal
from wirknetz.foundation.models.links import MailedLink
from wirknetz.foundation.models.mail import Notification, OutboxMessage
from wirknetz.foundation.models.periodic import PeriodicRun

__all__ = [
    "AuditEvent",
    "AuditSeal",
    "MailedLink",
    "Notification",
    "OutboxMessage",
    "PeriodicRun",
    "User",
    "UserManager",
]
