"""Start-up of the room."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Registers what the room answers and what it reacts to."""

    name = "wirknetz.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register answers and reactions."""
        from wirknetz.network import handlers  # noqa: F401
