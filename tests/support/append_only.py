"""Lets tests empty the tables that the database itself protects.

A test that commits for real (``transactional_db``, ``live_server``) empties all tables at its end.
The triggers of the audit trail refuse that, so they are taken off for this moment.
"""

from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.sqlite3.base import DatabaseOperations

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def let_tests_flush() -> None:
    """Put the taking off and the putting on around what Django does. Once is enough."""
    original = DatabaseOperations.sql_flush
    if getattr(original, "lets_flush", False):
        return

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            triggers = cursor.execute(TRIGGERS).fetchall()
        drops = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*drops, *original(self, *args, **kwargs), *(sql for _, sql in triggers)]

    sql_flush.lets_flush = True  # type: ignore[attr-defined]
    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
    _let_postgres_flush()


def _let_postgres_flush() -> None:
    """Triggers rest while the session plays a replica; within the transaction of the flush."""
    original = PostgresOperations.sql_flush

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        role = "SET LOCAL session_replication_role = {}"
        flush = original(self, *args, **kwargs)
        return [role.format("replica"), *flush, role.format("origin")] if flush else []

    PostgresOperations.sql_flush = sql_flush  # type: ignore[method-assign]
