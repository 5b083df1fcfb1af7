"""Start-up of the foundation."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Accounts, audit trail, jobs, outbox, notifications, mailed links, providers."""

    name = "wirknetz.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register answers and reactions; no form lets in what nobody sees."""
        from wirknetz.foundation import handlers  # noqa: F401
        from wirknetz.foundation.signs import tidy_every_field

        tidy_every_field()
