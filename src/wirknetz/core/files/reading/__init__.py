"""From bytes to a book; hostile until checked.

:func:`read_apart` for files of strangers (a child that is bound and ends), :func:`read` in this
process, :func:`iter_rows` for all rows of a list. Each raises
:class:`~wirknetz.core.files.grid.NotReadable` and nothing else, whatever the bytes.
"""

from wirknetz.core.files.reading.apart import read_apart
from wirknetz.core.files.reading.door import NoSuchPage, read
from wirknetz.core.files.reading.limits import DEFAULT, LISTS, Limits
from wirknetz.core.files.reading.rows import ListRow, iter_rows

__all__ = ["DEFAULT", "LISTS", "Limits", "ListRow", "NoSuchPage", "iter_rows", "read", "read_apart"]
