"""What stands in the way of people on a page: axe-core, sideways scrolling, complaints.

axe is put into the page once and asked at every width by resizing, which costs a tenth of loading
the page anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(
    found => found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 160))]))
"""


def violations(page: Any) -> list[str]:
    """What axe finds on the page as it stands, one line for every rule."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    return [f"{rule}: {places[0]}" for rule, places in page.evaluate(ASK, RULES)]


def too_wide(page: Any) -> list[str]:
    """One line if one would have to scroll sideways."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"wider than the screen: {wide} > {room}"] if wide > room else []


def barriers(page: Any, *widths: int) -> list[str]:
    """Violations and overflow at every width; the page is loaded already."""
    height = page.viewport_size["height"]
    wrong = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        wrong += [f"{width}: {one}" for one in (*violations(page), *too_wide(page))]
    return wrong


def complaints(page: Any) -> list[str]:
    """A list that fills itself with what the browser complains about on this page."""
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
