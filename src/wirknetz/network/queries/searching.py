"""Searching for a part of a text, with umlauts, on every database."""

from __future__ import annotations

from django.db.models import Q


def contains(text: str, *fields: str) -> Q:
    """One of the fields contains the text; upper and lower case do not count.

    SQLite folds the case of plain letters only, so the usual spellings of others are tried too.
    """
    words = " ".join(text.split())[:100]
    spellings = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
    found = Q()
    for field in fields:
        for spelling in spellings:
            found |= Q(**{f"{field}__icontains": spelling})
    return found
