"""A file comes in: read apart, looked at for persons, then left waiting. Else nothing remains."""

from __future__ import annotations

import datetime as dt

from django.http import Http404

from wirknetz.core.files import reading
from wirknetz.core.files.persons import PersonsFound, looks_like_persons
from wirknetz.measurement.actions.files.staging import stage
from wirknetz.measurement.queries.collection.pages import page_of
from wirknetz.measurement.queries.collection.refusing import require
from wirknetz.measurement.rules.collection import Act
from wirknetz.network.rules import Actor


class ListOfPersons(ValueError):  # noqa: N818
    """The file holds a list of persons. Nothing of it was stored; ``found`` says where."""

    def __init__(self, found: PersonsFound) -> None:
        """Keep where, never what stands there."""
        super().__init__("a list of persons")
        self.found = found


def receive(
    *,
    by: Actor,
    round_id: int,
    organisation_id: int,
    name: str,
    content: bytes,
    profile_id: int | None,
    at: dt.datetime,
) -> int:
    """Read a file and let it wait for this person. Returns the number of the upload.

    Whoever may not report is refused before a byte is read. Where the file cannot be read, or
    speaks of persons, nothing of it remains.

    Raises:
        Http404, Refused: as for recording.
        NotReadable: with the reason.
        ListOfPersons: it holds one.
    """
    page = page_of(actor=by, round_id=round_id, organisation_id=organisation_id)
    if page is None or not page.own:
        raise Http404
    require(Act.RECORD, by, page.standing)
    book = reading.read_apart(content, name=name)
    if (found := looks_like_persons(book)) is not None:
        raise ListOfPersons(found)
    return stage(
        by=by, round_id=round_id, organisation_id=organisation_id, book=book, content=content,
        profile_id=profile_id, at=at,
    )  # fmt: skip
