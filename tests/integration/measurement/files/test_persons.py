"""A list of persons is refused in memory: nothing of it is stored, shown or logged."""

from __future__ import annotations

import logging

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from tests.integration.measurement.files.conftest import House, sent
from wirknetz.foundation.models import AuditEvent
from wirknetz.measurement.models import Submission, Upload

pytestmark = pytest.mark.django_db
LIST = "klinik-b-faelle_2025Q3.xlsx"
IN_IT = ("Kowalski", "Nguyen", "B-110005")


def everything_stored() -> str:
    """Every text in the database, as one."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own tables
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def test_nothing_of_a_list_of_persons_remains(
    klinik: House, caplog: pytest.LogCaptureFixture
) -> None:
    events = AuditEvent.objects.count()
    with caplog.at_level(logging.DEBUG):
        answer = klinik.send(sent(LIST), LIST)
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "In dieser Datei stehen einzelne Menschen" in words
    assert "Die Datei wurde sofort verworfen. Nichts davon ist gespeichert." in words
    assert "wirknetz prepare" in words
    assert "Spalte B: Namen" in words
    for text in (words, caplog.text, everything_stored()):
        assert not [name for name in IN_IT if name in text]
    assert not Upload.objects.exists()
    assert AuditEvent.objects.count() == events
    assert klinik.submission.state == Submission.State.OPEN


def test_even_where_the_network_keeps_files(klinik: House) -> None:
    klinik.net.world.network.keep_files = True
    klinik.net.world.network.save()
    klinik.send(sent(LIST), LIST)
    assert not default_storage.exists("partner-files")


def test_what_waited_before_stays(klinik: House) -> None:
    klinik.send(sent("klinik-a_2025Q3.xlsx"), "a.xlsx")
    klinik.send(sent(LIST), LIST)
    assert Upload.objects.get().name == "a.xlsx"


def test_the_page_brings_the_check_that_runs_before_sending(klinik: House) -> None:
    page = klinik.client.get(klinik.url("upload")).content.decode()
    assert '<script type="module" src="/static/wirknetz/files/upload.js">' in page
    assert "Die Datei ist nicht abgeschickt" in page
    assert '"birth_date": "Geburtsdaten"' in page
