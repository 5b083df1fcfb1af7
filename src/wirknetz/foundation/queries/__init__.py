"""All reads of the foundation; they return frozen dataclasses."""

from wirknetz.foundation.queries.accounts import Account, account, has_second_factor, is_empty_site
from wirknetz.foundation.queries.audit import (
    Event,
    EventFilter,
    EventPage,
    account_events,
    actions_of,
    events,
)
from wirknetz.foundation.queries.chain import ChainReport, Problem, unsealed_batch, verify_chain
from wirknetz.foundation.queries.links import link
from wirknetz.foundation.queries.mail import (
    MailState,
    Reason,
    StuckMail,
    mail_state,
    stuck_mail,
    unreachable,
)
from wirknetz.foundation.queries.news import (
    Digest,
    News,
    NewsPage,
    digest_candidates,
    digest_of,
    news_of,
    unread_count,
)
from wirknetz.foundation.queries.periodic import Run, last_runs

__all__ = [
    "Account",
    "ChainReport",
    "Digest",
    "Event",
    "EventFilter",
    "EventPage",
    "MailState",
    "News",
    "NewsPage",
    "Problem",
    "Reason",
    "Run",
    "StuckMail",
    "account",
    "account_events",
    "actions_of",
    "digest_candidates",
    "digest_of",
    "events",
    "has_second_factor",
    "is_empty_site",
    "last_runs",
    "link",
    "mail_state",
    "news_of",
    "stuck_mail",
    "unreachable",
    "unread_count",
    "unsealed_batch",
    "verify_chain",
]
