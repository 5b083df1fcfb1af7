"""The only writes of the foundation: keyword-only, with ``at=``, inside the caller's transaction.

Every function may be called inside or outside a transaction; what belongs together is atomic.
"""

from wirknetz.foundation.actions.accounts import (
    address_changed,
    change_profile,
    choose_digest,
    choose_language,
    join,
    open_account,
    require_second_factor,
    sign_in_changed,
    sign_out_everywhere,
    stop_digest,
    verify_address,
)
from wirknetz.foundation.actions.audit import add_seal, record_event
from wirknetz.foundation.actions.cleaning import remove_what_expired
from wirknetz.foundation.actions.digests import compose_digest
from wirknetz.foundation.actions.links import (
    create_link,
    perform_link,
    revoke_link,
    revoke_links,
    use_link,
)
from wirknetz.foundation.actions.mail import (
    claim_mail,
    mail_failed,
    mail_sent,
    retry_mail,
    retry_mails,
    send_mail,
)
from wirknetz.foundation.actions.notifications import mark_read, notify, open_news
from wirknetz.foundation.actions.periodic import claim_run, end_run
from wirknetz.foundation.actions.second_factor import remove_second_factor
from wirknetz.foundation.actions.setup import create_setup_link, invite, set_up
from wirknetz.foundation.actions.signin import create_sign_in_link, signed_in, use_code

__all__ = [
    "add_seal",
    "address_changed",
    "change_profile",
    "choose_digest",
    "choose_language",
    "claim_mail",
    "claim_run",
    "compose_digest",
    "create_link",
    "create_setup_link",
    "create_sign_in_link",
    "end_run",
    "invite",
    "join",
    "mail_failed",
    "mail_sent",
    "mark_read",
    "notify",
    "open_account",
    "open_news",
    "perform_link",
    "record_event",
    "remove_second_factor",
    "remove_what_expired",
    "require_second_factor",
    "retry_mail",
    "retry_mails",
    "revoke_link",
    "revoke_links",
    "send_mail",
    "set_up",
    "sign_in_changed",
    "sign_out_everywhere",
    "signed_in",
    "stop_digest",
    "use_code",
    "use_link",
    "verify_address",
]
