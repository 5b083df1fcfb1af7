"""The pages allauth brings: who may open them. Guarded by allauth, held here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AccountPage:
    """What a GET answers without and with an account."""

    anonymous: str
    signed_in: str
    kwargs: Mapping[str, object] = field(default_factory=dict)


ACCOUNT_PAGES: Mapping[str, AccountPage] = {
    "account_change_password": AccountPage("sign in", "open"),
    "account_confirm_email": AccountPage("open", "open", {"key": "abc"}),
    "account_confirm_login_code": AccountPage("sign in", "away"),
    "account_email": AccountPage("sign in", "open"),
    "account_email_verification_sent": AccountPage("open", "open"),
    "account_inactive": AccountPage("open", "open"),
    "account_login": AccountPage("open", "away"),
    "account_logout": AccountPage("away", "open"),
    "account_reauthenticate": AccountPage("sign in", "open"),
    "account_request_login_code": AccountPage("open", "away"),
    "account_reset_password": AccountPage("open", "open"),
    "account_reset_password_done": AccountPage("open", "open"),
    "account_reset_password_from_key": AccountPage("open", "open", {"uidb36": "1", "key": "x-y"}),
    "account_reset_password_from_key_done": AccountPage("open", "open"),
    "account_set_password": AccountPage("sign in", "away"),
    "account_signup": AccountPage("open", "away"),  # says that accounts come by invitation
    "mfa_activate_totp": AccountPage("sign in", "away"),
    "mfa_add_webauthn": AccountPage("sign in", "away"),
    "mfa_authenticate": AccountPage("sign in", "away"),
    "mfa_deactivate_totp": AccountPage("sign in", "not there"),
    "mfa_download_recovery_codes": AccountPage("sign in", "not there"),
    "mfa_edit_webauthn": AccountPage("sign in", "away", {"pk": 1}),
    "mfa_generate_recovery_codes": AccountPage("sign in", "away"),
    "mfa_index": AccountPage("sign in", "open"),
    "mfa_list_webauthn": AccountPage("sign in", "open"),
    "mfa_login_webauthn": AccountPage("sign in", "away"),
    "mfa_reauthenticate": AccountPage("sign in", "away"),
    "mfa_reauthenticate_webauthn": AccountPage("sign in", "away"),
    "mfa_remove_webauthn": AccountPage("sign in", "away", {"pk": 1}),
    "mfa_view_recovery_codes": AccountPage("sign in", "not there"),
}
