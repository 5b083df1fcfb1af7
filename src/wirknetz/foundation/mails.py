"""How mails look: plain text first, and the same as HTML without anything from elsewhere."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.template.loader import render_to_string

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
"""Only those of this site become links: what a person typed (a reason, her own name) stays text,
so that nobody can send a button of his own in a mail of ours.
"""


def absolute(url: str) -> str:
    """The whole address of a path of this site; empty stays empty."""
    return urljoin(settings.BASE_URL, url) if url else ""


def at_home(url: str) -> str:
    """The same page at the address of this site, whatever name it was asked for by."""
    parts = urlsplit(url)
    return absolute(urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment)))


def is_ours(url: str) -> bool:
    """Whether it leads to this site."""
    home = settings.BASE_URL.rstrip("/")
    return url == home or url.startswith(f"{home}/")


def one_line(text: str) -> str:
    """Without line breaks and control characters, as a mail header needs it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def as_html(subject: str, text: str) -> str:
    """The HTML part: blocks of the text; an address on a line of its own becomes a button."""
    blocks = [_block(block) for block in re.split(r"\n\s*\n", text.strip())]
    return render_to_string("foundation/mail/frame.html", {"subject": subject, "blocks": blocks})


def _block(block: str) -> dict[str, object]:
    if _ADDRESS.fullmatch(block.strip()) and is_ours(block.strip()):
        return {"button": block.strip()}
    lines = block.splitlines()
    if len(lines) > 1 and all(line.startswith("- ") for line in lines):
        return {"entries": [_pieces(line[2:]) for line in lines]}
    return {"lines": [_pieces(line) for line in lines]}


def _pieces(line: str) -> list[dict[str, str]]:
    """Text and addresses in turn."""
    pieces, end = [], 0
    for found in filter(lambda found: is_ours(found.group()), _ADDRESS.finditer(line)):
        pieces += [{"text": line[end : found.start()]}, {"url": found.group()}]
        end = found.end()
    return [*pieces, {"text": line[end:]}]
