"""Saying no."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """Somebody tried what the rules do not allow. The text is shown to the person."""
