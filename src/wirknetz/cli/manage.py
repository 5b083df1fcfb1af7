"""`wirknetz manage …`: Django's own management commands."""

from collections.abc import Sequence

from wirknetz.cli import site


def run(words: Sequence[str]) -> int:
    """Hand every word to Django."""
    site.configure()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["wirknetz manage", *words])
    return 0
