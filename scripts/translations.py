"""Bring the English catalogue up to date: `python scripts/translations.py`.

Collects the German sentences that code and templates say today, keeps every translation whose
sentence is unchanged, and compiles the `.mo`. Nothing is guessed. Line numbers and the time of the
run stay out, so that a difference shows sentences only. What is then still empty is printed;
`wirknetz check translations` refuses it. Needs the gettext tools.
"""

import re
import subprocess
import sys
from pathlib import Path

from wirknetz.cli import catalogue

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "src" / "wirknetz" / catalogue.FOLDER / "django.po"
HEAD = """msgid ""
msgstr ""
"Project-Id-Version: Wirknetz\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def main() -> int:
    """Write both files; 1 if sentences are left without translation."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    if not PO.exists():
        PO.write_text(HEAD)
    with catalogue.collected(ROOT) as fresh:
        today = fresh.parents[2] / "django.pot"
        merge = ["msgmerge", "-q", "--no-fuzzy-matching", "--no-wrap", "--add-location=file"]
        merged = _output([*merge, str(PO), str(today)])
    PO.write_text(
        re.sub(r'^("POT-Creation-Date|#~).*\n', "", merged, flags=re.MULTILINE).rstrip() + "\n"
    )
    _output(["msgfmt", "--check", "-o", str(PO.with_suffix(".mo")), str(PO)])
    missing = catalogue.missing(ROOT)
    print("\n".join(missing) or "complete")  # noqa: T201
    return bool(missing)


def _output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
