"""From bytes to a book; hostile until checked."""

from wirknetz.core.files.reading.door import read
from wirknetz.core.files.reading.limits import DEFAULT, LISTS, Limits

__all__ = ["DEFAULT", "LISTS", "Limits", "read"]
