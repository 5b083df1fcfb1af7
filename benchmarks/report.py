"""docs/benchmarks.md from what was found; docs/benchmarks.json keeps it between runs."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks.sections import Section

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
KEPT: Final = DOCS / "benchmarks.json"
PAGE: Final = DOCS / "benchmarks.md"
INTRO: Final = """# Benchmarks

Written by `./wirknetz bench`; `--only NAME` renews one part, `--help` names them. What counts
are the ratios: both sides are measured in turn in one process on the same machine, so that they
compare where the times themselves do not. S are 190,000 entries (50 organisations), M 1,000,000
(200 organisations, 25 measures, 10 cells, 20 quarters), planted tenfold errors among them.
"""


def keep(found: Mapping[str, Section], *, day: str, busy: float) -> None:
    """Put the new sections in place of the old ones and write the page."""
    known = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    for name, section in found.items():
        known[name] = asdict(section) | {"day": day, "machine": machine(), "busy": round(busy, 1)}
    KEPT.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(page(known), "utf-8")


def page(known: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole page."""
    sections = [known[name] for name in ORDER if name in known]
    return "\n".join([INTRO, *_summary(sections), *map(_section, sections)])


ORDER: Final = (
    "evaluation", "totals", "pages", "load", "crash", "reading", "reading_memory", "start",
)  # fmt: skip


def _summary(sections: Sequence[Mapping[str, Any]]) -> list[str]:
    broken = [text for section in sections for text in section["broken"]]
    missed = [text for section in sections for text in section["missed"]]
    lines = ["## What holds and what does not", ""]
    if not broken:
        lines.append("Nothing was lost, halved or doubled.")
    lines += [f"- **Broken**: {text}" for text in broken]
    lines.append("Every target was reached." if not missed else "These targets were missed:")
    return [*lines, "", *(f"- {text}" for text in missed), ""]


def _section(section: Mapping[str, Any]) -> str:
    table = [section["head"], ["---"] * len(section["head"]), *section["rows"]]
    lines = [f"| {' | '.join(cells)} |" for cells in table]
    where = f"{section['day']}, {section['machine']}, load average {section['busy']:g} before it."
    return "\n".join([f"## {section['title']}", "", section["text"], "", *lines, "", where, ""])


def machine() -> str:
    """The machine and what ran on it."""
    parts = [
        f"{os.cpu_count()} cores ({_processor()})",
        f"{_memory()} GB",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *_postgres(),
        f"DuckDB {version('duckdb')}",
    ]
    return ", ".join(parts)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _postgres() -> list[str]:
    import psycopg

    url = os.environ.get("WIRKNETZ_TEST_POSTGRES_URL")
    if not url:
        return []
    with psycopg.connect(url) as connection:
        number = connection.info.server_version
    return [f"PostgreSQL {number // 10000}.{number % 10000}"]
