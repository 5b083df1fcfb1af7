"""Start-up of the room."""

from django.apps import AppConfig


class BackboneConfig(AppConfig):
    """Registers what the room answers and what it reacts to."""

    name = "wirknetz.backbone"
    label = "backbone"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register answers and reactions."""
        from wirknetz.backbone import handlers  # noqa: F401
