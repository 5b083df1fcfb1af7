"""Write the table of personal data in docs/security.md from what the models declare.

    PYTHONPATH=src python scripts/personal_fields.py

Every field of every model is declared personal or harmless; this lists the personal ones. No
database is touched. A test compares the table with the models.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "security.md"
BEGIN, END = "<!-- personal fields -->", "<!-- /personal fields -->"


def table() -> str:
    """Models with personal fields, room by room, as a Markdown table."""
    rows = [f"| {room} | `{model}` | {', '.join(fields)} |" for room, model, fields in _declared()]
    return "\n".join(["| Room | Table | Personal fields |", "|---|---|---|", *rows])


def _declared() -> Iterator[tuple[str, str, list[str]]]:
    from django.apps import apps

    for room in sorted(apps.get_app_configs(), key=lambda room: room.label):
        for model in sorted(room.get_models(), key=lambda model: model.__name__):
            personal = sorted(getattr(model, "PERSONAL", ()))
            if personal and model.__module__.startswith("wirknetz."):
                yield room.label, model.__name__, personal


def renewed(page: str) -> str:
    """The page with the table of today between its marks."""
    within = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return within.sub(lambda _found: f"{BEGIN}\n{table()}\n{END}", page)


def main() -> None:
    """Renew the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wirknetz.web.settings_test")
    import django

    django.setup()
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
