"""Where a value came from, in words: a cell of a file. For the own organisation only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

Source = Mapping[str, Any]


def cell_words(source: Source | None) -> str:
    """``Blatt „Q3 2025“, Zelle B7``; empty where the value was typed."""
    if not source or not source.get("cell"):
        return ""
    where = {"page": source.get("sheet", ""), "cell": source["cell"]}
    if "!" in str(source["cell"]):
        return _("Zellen %(cell)s") % where
    if "," in str(source["cell"]):
        return _("Blatt „%(page)s“, Zellen %(cell)s") % where
    return _("Blatt „%(page)s“, Zelle %(cell)s") % where


def origin_words(source: Source | None) -> str:
    """``aus „klinik.xlsx“, Blatt „Q3“, Zelle B7``; empty where the value was typed."""
    where = cell_words(source)
    if not where or source is None:
        return ""
    return _("aus „%(file)s“, %(where)s") % {"file": source.get("file", ""), "where": where}
