"""The door for files: which pages take one, how big it may be, and that it stays in memory.

No other page takes a file, and none is ever written to the disk on its way in: what a person
sends by mistake must be gone with the answer. What is too big is refused by what the browser
says of its size, before a byte is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., Any]

FORM_AROUND: Final = 64 * 1024
"""What the other fields of the form and the names around the file may take."""
MOST_DRAINED: Final = 100 * 1024 * 1024
"""So much is read and thrown away so that the browser gets to read the answer."""


def takes_file(*, limit: int) -> Callable[[View], View]:
    """Mark a view: it takes files, together at most so many bytes."""

    def mark(view: View) -> View:
        view.takes_file = limit  # type: ignore[attr-defined]
        return view

    return mark


class UploadMiddleware:
    """Stands before everything that reads the body of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what is too big; otherwise say what becomes of files."""
        if request.content_type != "multipart/form-data":
            return None
        limit = getattr(view, "takes_file", 0) if request.user.is_authenticated else 0
        if limit and _size(request) > limit + FORM_AROUND:
            _drain(request)
            return render(request, "413.html", {"limit": limit}, status=413)
        request.upload_handlers = [InMemory(request) if limit else NoFiles(request)]
        return None


def _size(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _drain(request: HttpRequest) -> None:
    left = MOST_DRAINED
    while left > 0 and (chunk := request.read(min(left, 64 * 1024))):
        left -= len(chunk)


class NoFiles(FileUploadHandler):
    """Lets the fields of a form through and none of its files."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Skip it."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Nothing comes here."""
        return None

    def file_complete(self, file_size: int) -> None:
        """Nothing comes of it."""
        return


class InMemory(FileUploadHandler):
    """Keeps a file in memory, whatever its size; the door has looked at that."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin."""
        super().new_file(*args, **kwargs)
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep it."""
        self._file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand it over."""
        self._file.seek(0)
        return InMemoryUploadedFile(
            file=self._file,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
