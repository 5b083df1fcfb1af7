"""Who gets an answer at the pages of the backbone room."""

from __future__ import annotations

from tests.integration.doors.table import INSIDE, page

ROWS = (
    page("backbone:today", INSIDE),
    page("backbone:waiting", INSIDE),
)
