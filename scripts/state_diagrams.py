"""Write the state diagrams of the documentation from the tables the code obeys.

    PYTHONPATH=src python scripts/state_diagrams.py

`wirknetz.web.settings_test` is enough; no database is touched. A test compares the files.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "states"


def diagrams() -> dict[str, str]:
    """Text of each file by its name."""
    from wirknetz.network.stages import stage_diagram

    return {
        "membership.md": page(
            "Membership",
            "How far an organisation has come in a network: `network/rules.py`, `STAGES`. "
            "It may be taken in at any stage but `left`.",
            stage_diagram(),
        )
    }


def page(title: str, lead: str, diagram: str) -> str:
    """One page of the documentation."""
    return f"# {title}\n\n{lead}\n\n```mermaid\n{diagram}```\n"


def main() -> None:
    """Write all files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wirknetz.web.settings_test")
    import django

    django.setup()
    for name, text in diagrams().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
