"""How texts become mails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirknetz.foundation import mails


@given(st.text())
def test_a_header_line_stays_one_line(text: str) -> None:
    line = mails.one_line(text)
    assert all(sign.isprintable() for sign in line)
    assert line == line.strip()


def test_paths_become_whole_addresses() -> None:
    assert mails.absolute("/x/?a=1") == "http://127.0.0.1:8000/x/?a=1"
    assert mails.absolute("https://example.org/") == "https://example.org/"
    assert mails.absolute("") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://127.0.0.1:8000/x", 'class="button" href="http://127.0.0.1:8000/x"'),
        ("Siehe http://127.0.0.1:8000/x heute", '<a href="http://127.0.0.1:8000/x">'),
        ("- eins\n- zwei", "<li>zwei</li>"),
        ("eins\nzwei", "eins<br>zwei"),
        ("<b>&", "&lt;b&gt;&amp;"),
    ],
)
def test_html_follows_the_text(text: str, expected: str) -> None:
    assert expected in mails.as_html("S", text)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x",
        "http://127.0.0.1:8000.example.org/x",
        "http://127.0.0.1:80001/x",
        "https://127.0.0.1:8000/x",
        "http://example.org/?http://127.0.0.1:8000/",
    ],
)
def test_what_people_type_becomes_no_button_in_a_mail_of_ours(address: str) -> None:
    html = mails.as_html("S", f"Bitte hier:\n\n{address}\n\nOder {address} hier.")
    assert address in html
    assert "href=" not in html


@pytest.mark.parametrize(
    "asked", ["http://localhost:666/a/?b=1", "https://example.org/a/?b=1", "/a/?b=1"]
)
def test_addresses_in_mails_do_not_follow_the_name_one_asked_for(asked: str) -> None:
    assert mails.at_home(asked) == "http://127.0.0.1:8000/a/?b=1"


@given(st.text())
def test_html_holds_nothing_from_elsewhere(text: str) -> None:
    html = mails.as_html(text, text)
    for sign in ("<script", "<img", "src=", "@import", "url("):
        assert sign not in html.replace(text, "") or sign in text
