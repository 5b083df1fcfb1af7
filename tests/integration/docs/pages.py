"""The Markdown pages of the project, taken apart: headings, links, commands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.processes import ROOT

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!\\)(!?)\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"`[^`\n]*`")


@dataclass(frozen=True)
class Page:
    """One Markdown file."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """Without blocks of code."""
        return FENCE.sub("", self.text)

    @property
    def headings(self) -> list[tuple[int, str]]:
        found = re.findall(r"^(#{1,6}) (.+)$", self.prose, re.MULTILINE)
        return [(len(marks), words) for marks, words in found]

    @property
    def anchors(self) -> set[str]:
        """Where a link into this page may lead."""
        return {_anchor(words) for _level, words in self.headings}

    @property
    def links(self) -> list[tuple[bool, str]]:
        """Is it a picture, and where it leads."""
        plain = CODE.sub("", self.prose)
        return [(mark == "!", target) for mark, _words, target in LINK.findall(plain)]

    def blocks(self, language: str) -> list[str]:
        return [text for name, text in FENCE.findall(self.text) if name == language]


def _anchor(words: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", words.lower())
    return kept.replace(" ", "-")


def pages() -> list[Page]:
    """All of them, but what others wrote (vendored files, the environment)."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return [Page(path) for path in sorted(found)]


def commands() -> Iterator[tuple[str, str]]:
    """Every line of every block of commands: its page, the line."""
    for page in pages():
        for block in page.blocks("sh"):
            for line in block.splitlines():
                if line.strip() and not line.lstrip().startswith("#"):
                    yield page.name, line.strip()
