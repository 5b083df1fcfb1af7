"""The engines the generated facts are loaded into."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from benchmarks.generate import Facts

TABLE: Final = "wirknetz_bench_facts"
ASKED: Final = "wirknetz_bench_asked"
_CREATE: Final = f"""CREATE TABLE {TABLE} (organisation INTEGER, period INTEGER,
    measure INTEGER, amount NUMERIC(16, 4), state TEXT, n INTEGER, base BOOLEAN,
    grain TEXT {{collate}}, gender TEXT, age TEXT, late BOOLEAN)"""
_CREATE_ASKED: Final = f"""CREATE TABLE {ASKED} (organisation INTEGER, period INTEGER,
    measure INTEGER, overdue BOOLEAN)"""
_INDEX: Final = (
    f"CREATE INDEX {TABLE}_index ON {TABLE} (measure, period, organisation, base, amount)"
)
_SQLITE_SETTINGS: Final = (
    "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA mmap_size=134217728",
    "PRAGMA cache_size=-32000", "PRAGMA temp_store=MEMORY",
)  # fmt: skip


@dataclass(slots=True)
class Engine:
    """One engine with the facts in it. ``judged`` engines have a target to keep."""

    name: str
    facts: Facts
    run: Callable[[str], list[Any]] = list
    table: Any = None
    judged: bool = True
    stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        _OPEN[self.name](self)
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()


def engines(generated: Facts, *, say: Callable[[str], None]) -> Iterator[Engine]:
    """Every engine that is there; PostgreSQL is left out aloud where none answers."""
    for name in _OPEN:
        if name == "postgres" and not _postgres_answers():
            say("PostgreSQL: none found, left out")
            continue
        yield Engine(name, generated, judged=name in {"sqlite", "postgres", "duckdb"})


def _rows(generated: Facts) -> Iterator[tuple[Any, ...]]:
    columns = [column.to_pylist() for column in generated.table.columns]
    late = [number % 50 == 0 for number in range(generated.table.num_rows)]
    return zip(*columns, late, strict=True)


def _asked(generated: Facts) -> Iterator[tuple[Any, ...]]:
    """The last four quarters, and one measure more than anybody reported."""
    size = generated.size
    for period in size.periods[-4:]:
        for site in range(1, size.sites + 1):
            for measure in range(1, size.measures + 2):
                yield site, period, measure, site % 2 == 0


def _open_sqlite(engine: Engine) -> None:
    folder = engine.stack.enter_context(tempfile.TemporaryDirectory())
    connection = sqlite3.connect(Path(folder) / "bench.sqlite3")
    engine.stack.callback(connection.close)
    for setting in _SQLITE_SETTINGS:
        connection.execute(setting)
    connection.execute(_CREATE.format(collate=""))
    marks = ", ".join("?" * 11)
    connection.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", _rows(engine.facts))
    connection.execute(_INDEX)
    connection.execute(_CREATE_ASKED)
    connection.executemany(f"INSERT INTO {ASKED} VALUES (?, ?, ?, ?)", _asked(engine.facts))
    connection.execute("ANALYZE")
    connection.commit()
    engine.run = lambda sql: connection.execute(sql).fetchall()


def _open_duckdb(engine: Engine) -> None:
    import duckdb

    connection = duckdb.connect()
    engine.stack.callback(connection.close)
    connection.register("generated", engine.facts.table)
    connection.execute(_CREATE.format(collate=""))
    connection.execute(
        f"INSERT INTO {TABLE} SELECT *, (row_number() OVER () - 1) % 50 = 0 FROM generated"
    )
    connection.execute(_CREATE_ASKED)
    connection.executemany(f"INSERT INTO {ASKED} VALUES (?, ?, ?, ?)", list(_asked(engine.facts)))
    engine.run = lambda sql: connection.execute(sql).fetchall()
    engine.table = connection


def _postgres_url() -> str:
    return os.environ.get("WIRKNETZ_BENCH_POSTGRES", "host=127.0.0.1 user=postgres")


def _postgres_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(_postgres_url(), connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def _open_postgres(engine: Engine) -> None:
    import psycopg

    connection = psycopg.connect(_postgres_url(), autocommit=True)
    connection.execute("SET work_mem = '64MB'")  # so that queries by hand may sort in memory
    engine.stack.callback(connection.close)
    connection.execute(_CREATE.replace("TABLE", "TEMPORARY TABLE", 1).format(collate='COLLATE "C"'))
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
        for row in _rows(engine.facts):
            copy.write_row(row)
    connection.execute(_CREATE_ASKED.replace("TABLE", "TEMPORARY TABLE", 1))
    with connection.cursor() as cursor, cursor.copy(f"COPY {ASKED} FROM STDIN") as copy:
        for row in _asked(engine.facts):
            copy.write_row(row)
    connection.execute(_INDEX)
    connection.execute(f"VACUUM ANALYZE {ASKED}")
    connection.execute(f"VACUUM ANALYZE {TABLE}")
    engine.run = lambda sql: connection.execute(sql).fetchall()


def _open_pandas(engine: Engine) -> None:
    engine.table = engine.facts.table.to_pandas()


def _open_polars(engine: Engine) -> None:
    import polars as pl

    engine.table = pl.from_arrow(engine.facts.table)


_OPEN: Final[dict[str, Callable[[Engine], None]]] = {
    "sqlite": _open_sqlite,
    "postgres": _open_postgres,
    "duckdb": _open_duckdb,
    "pandas": _open_pandas,
    "polars": _open_polars,
}
