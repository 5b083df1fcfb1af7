"""The door for files: only where a page takes one, only so big, never on the disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.world import Role, World
from wirknetz.foundation.uploads import UploadMiddleware, takes_file

LIMIT = 5_000_000


class Person:
    """Somebody who has signed in, or not."""

    def __init__(self, *, signed_in: bool) -> None:
        self.is_authenticated = signed_in


@takes_file(limit=LIMIT)
def taking(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def other(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def posted(size: int, *, signed_in: bool = True) -> Any:
    file = SimpleUploadedFile("zahlen.xlsx", b"x" * size)
    request: Any = RequestFactory().post("/", {"file": file, "name": "Zahlen"})
    request.user = Person(signed_in=signed_in)
    return request


def passed(request: Any, view: Any) -> HttpResponse | None:
    return UploadMiddleware(other).process_view(request, view, (), {})


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files would go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_takes_files_gets_it_in_memory(disk: Path) -> None:
    request = posted(4_000_000)
    assert passed(request, taking) is None
    file = request.FILES["file"]
    assert (file.name, file.size, len(file.read())) == ("zahlen.xlsx", 4_000_000, 4_000_000)
    assert request.POST["name"] == "Zahlen"
    assert not hasattr(file, "temporary_file_path")


def test_any_other_page_gets_the_fields_and_no_file(disk: Path) -> None:
    request = posted(4_000_000)
    assert passed(request, other) is None
    assert request.POST["name"] == "Zahlen"
    assert not request.FILES


def test_a_stranger_brings_no_file(disk: Path) -> None:
    request = posted(1000, signed_in=False)
    assert passed(request, taking) is None
    assert not request.FILES


@pytest.mark.django_db
def test_what_is_too_big_is_refused_before_anything_is_kept(disk: Path, world: World) -> None:
    request = posted(LIMIT + 100_000)
    request.user, request.session = world.user(Role.PRACTITIONER_OWN), {}
    answer = passed(request, taking)
    assert answer is not None
    assert answer.status_code == 413
    assert "Diese Datei ist zu groß" in answer.content.decode()
    assert "_files" not in request.__dict__


def test_a_form_without_files_is_left_alone() -> None:
    request: Any = RequestFactory().post(
        "/", "a=1", content_type="application/x-www-form-urlencoded"
    )
    request.user = Person(signed_in=True)
    assert passed(request, taking) is None
    assert request.POST["a"] == "1"


@pytest.mark.django_db
def test_a_page_of_the_site_that_takes_none(world: World) -> None:
    """The file is dropped and the page answers as if there were none."""
    client = world.client(Role.COORDINATOR)
    address = f"/netz/{world.network.slug}/einstellungen/"
    file = SimpleUploadedFile("x.xlsx", b"x" * 3_000_000)
    assert client.post(address, {"name": "", "file": file}).status_code in {200, 422}
