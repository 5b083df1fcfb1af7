"""Start-up of the room."""

from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    """Registers what the room answers and what it reacts to."""

    name = "wirknetz.measurement"
    label = "measurement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register answers and reactions."""
        from wirknetz.measurement import handlers  # noqa: F401
