"""Files of partners: reading, recognising, counting; and the files that leave.

Reading turns bytes into a :class:`~wirknetz.core.files.grid.Book`, recognition turns a book and
what was asked into a :class:`~wirknetz.core.files.recognition.Reading`. Nothing here knows a
database or a person.
"""

from wirknetz.core.files.leaving import (
    MEDIA_TYPE_CSV,
    MEDIA_TYPE_XLSX,
    Plain,
    Sheet,
    defused,
    to_csv,
    to_xlsx,
)

__all__ = [
    "MEDIA_TYPE_CSV",
    "MEDIA_TYPE_XLSX",
    "Plain",
    "Sheet",
    "defused",
    "to_csv",
    "to_xlsx",
]
