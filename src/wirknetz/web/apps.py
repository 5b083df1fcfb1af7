"""Start-up of the site."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Shared templates, template tags and static files."""

    name = "wirknetz.web"
    label = "web"

    def ready(self) -> None:
        """Give Django's fields our sentences."""
        from wirknetz.web.plain_errors import speak_plainly

        speak_plainly()
