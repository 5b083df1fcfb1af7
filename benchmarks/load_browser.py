"""Just enough of a browser: cookies, forms with their hidden fields, no JavaScript."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode

PATIENCE: Final = 120.0  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: str

    @property
    def confirmed(self) -> bool:
        """Whether the site says that it was done."""
        return 200 <= self.status < 400


@dataclass(slots=True)
class Form:
    """A form of a page: what is posted when nothing is changed, and its buttons."""

    fields: dict[str, str] = field(default_factory=dict)
    buttons: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class Browser:
    """One person, signed in by the session in her cookie."""

    port: int
    session: str
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cookies["sessionid"] = self.session

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            self._keep(response)
            text = response.read().decode()
            return Answer(response.status, response.getheader("Location") or "", text)
        finally:
            connection.close()

    def _keep(self, response: http.client.HTTPResponse) -> None:
        for header in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form())
        elif self.found and "name" in given:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name, value = self.found[-1], given["name"], given.get("value", "")
        kind = given.get("type", "text")
        if tag == "button":
            form.buttons.add((name, value))
        elif tag == "input" and (kind not in {"radio", "checkbox"} or "checked" in given):
            form.fields[name] = value
        elif tag in {"select", "textarea"}:
            form.fields.setdefault(name, "")


def form_with(page: str, *, button: tuple[str, str]) -> Form:
    """The form of this page that has this button. LookupError where there is none."""
    parser = _Forms()
    parser.feed(page)
    for form in parser.found:
        if button in form.buttons:
            return form
    raise LookupError(f"no form with the button {button}")
