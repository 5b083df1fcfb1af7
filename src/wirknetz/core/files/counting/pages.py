"""Which sheet of a file holds the list."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

from wirknetz.core.files.counting.columns import places_in, slots_of
from wirknetz.core.files.counting.model import Question, QuestionCode
from wirknetz.core.files.counting.profile import Profile
from wirknetz.core.files.grid import FlawCode, NotReadable
from wirknetz.core.files.reading import iter_rows

HEADING_ROWS = 30
"""The headings stand among so many rows at the top."""
_CONTAINERS = (b"PK", b"\xd0\xcf\x11\xe0")


def pages_of(path: Path) -> tuple[tuple[str, bool], ...]:
    """Name of every sheet and whether it is seen; none for a text file. NotReadable otherwise."""
    with path.open("rb") as file:
        if not file.read(4).startswith(_CONTAINERS):
            return ()
    try:
        workbook = load_workbook(path)
    except Exception as error:  # the reader of values has many ways to refuse
        raise NotReadable(FlawCode.DAMAGED) from error
    sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    return tuple((one.name, one.visible == SheetVisibleEnum.Visible) for one in sheets)


def page_of(path: Path, profile: Profile) -> str | Question:
    """The sheet to count: the one the profile names, or the only seen one with its headings."""
    pages = pages_of(path)
    names = [name for name, _seen in pages]
    if not pages:
        return ""
    if profile.page:
        if profile.page in names:
            return profile.page
        params = {"page": profile.page, "pages": ", ".join(names)}
        return Question(QuestionCode.NO_PAGE, params=params)
    seen = [name for name, is_seen in pages if is_seen]
    fitting = seen if len(seen) == 1 else [name for name in seen if _fits(path, name, profile)]
    if len(fitting) == 1:
        return fitting[0]
    code = QuestionCode.PAGES if fitting else QuestionCode.NO_PAGE
    return Question(code, params={"page": "", "pages": ", ".join(fitting or names)})


def _fits(path: Path, name: str, profile: Profile) -> bool:
    headings = {heading for heading, _use in slots_of(profile)}
    rows = islice(iter_rows(path, name), HEADING_ROWS)
    return any(places_in(row.values, headings).keys() == headings for row in rows)
