"""Write what the browser has from the same source as Python.

The words by which lists of persons are noticed become a module. Tests refuse what is stale.
"""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "src/wirknetz/measurement/static/wirknetz/files"
HEAD = "// Written by scripts/build_browser_files.py"
WORDS = ROOT / "src/wirknetz/core/files/persons.json"


def words_module() -> str:
    """The words of `persons.json` as a module."""
    text = WORDS.read_text("utf-8").strip()
    json.loads(text)
    return f"{HEAD} from persons.json.\n\nexport const WORDS = {text};\n"


def built() -> dict[Path, str]:
    """Every file this script writes, and what belongs into it."""
    return {MODULES / "persons-words.js": words_module()}


def main() -> None:
    """Write them."""
    for path, text in built().items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
