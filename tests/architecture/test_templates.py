"""Templates keep to the security policy: no script, no style, nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
MAILS = "mail"
_ELSEWHERE = r"\s*=\s*[\"'](?:https?:)?//"
FORBIDDEN = {
    what: re.compile(pattern, re.IGNORECASE)
    for what, pattern in {
        "a style attribute": r"<[^>]*\sstyle\s*=",
        "a style element": r"<style\b",
        "an inline script": r"<script\b(?![^>]*\s(?:src=|type=[\"']application/json))",
        "an event attribute": r"<[^>]*\son[a-z]+\s*=",
        "an htmx script": r"hx-on|hx-(?:vals|headers|trigger)\s*=\s*[\"'](?:js|javascript):",
        "a javascript: address": r"javascript:",
        "something loaded from elsewhere": (
            r"(?:src|action|srcset|poster|data|hx-(?:get|post|put|delete))" + _ELSEWHERE
        ),
        "a stylesheet from elsewhere": r"<link\b[^>]*href" + _ELSEWHERE,
        "an unescaped value": r"\|\s*safe\b|\bautoescape\s+off\b",
    }.items()
}
"""JSON in a script element is data; browsers do not run it."""
POST_FORM = re.compile(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", re.IGNORECASE | re.DOTALL)
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)

every_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix()
)


def _words(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@every_template
def test_nothing_inline_and_nothing_from_elsewhere(path: Path) -> None:
    if MAILS in path.parts:  # mails have no stylesheet and no policy
        return
    words = _words(path)
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(words)] == []


@every_template
def test_every_form_that_posts_carries_its_token(path: Path) -> None:
    forms = POST_FORM.findall(_words(path))
    assert [form[:80] for form in forms if "csrf_token" not in form] == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a style attribute", '<p class="x" style="color:red">'),
        ("an inline script", "<script>alert(1)</script>"),
        ("an event attribute", '<a href="#" onclick="x()">'),
        ("something loaded from elsewhere", '<img src="https://example.org/x.png">'),
        ("a stylesheet from elsewhere", '<link rel="stylesheet" href="//example.org/x.css">'),
        ("an unescaped value", "{{ name|safe }}"),
    ],
)
def test_what_is_forbidden_is_seen(what: str, line: str) -> None:
    assert FORBIDDEN[what].search(line)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 40
