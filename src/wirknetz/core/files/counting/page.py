"""The counting page for the browser: one file that needs nothing else and no connection."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

PAGE_NAME: Final = "wirknetz-zaehlen.html"
"""What the page is called where somebody saves it."""


@cache
def counting_page() -> bytes:
    """The page, as ``scripts/build_browser_files.py`` wrote it."""
    return resources.files("wirknetz.core.files.counting").joinpath("zaehlen.html").read_bytes()
