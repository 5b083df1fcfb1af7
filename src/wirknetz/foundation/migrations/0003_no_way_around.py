"""Close the two ways around the triggers: emptying a table, and an insert that replaces a row.

PostgreSQL empties a table with TRUNCATE without asking the triggers of its rows. SQLite takes the
old row away without asking the trigger for DELETE when an INSERT OR REPLACE meets its number.
"""

from django.db import migrations

TABLES = ("foundation_auditevent", "foundation_auditseal")
SENTENCE = "the audit trail is append-only"

SQLITE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
SQLITE_SEAL = """
CREATE TRIGGER foundation_auditseal_no_second BEFORE INSERT ON foundation_auditseal
WHEN EXISTS (SELECT 1 FROM foundation_auditseal WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
POSTGRES = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION wirknetz_append_only()
"""


def protect(apps, schema_editor):
    execute = schema_editor.execute
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        execute((SQLITE if on_sqlite else POSTGRES).format(table=table, sentence=SENTENCE))
    if on_sqlite:
        execute(SQLITE_SEAL.format(sentence=SENTENCE))


def release(apps, schema_editor):
    execute = schema_editor.execute
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        if on_sqlite:
            execute(f"DROP TRIGGER {table}_no_replace")
        else:
            execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    if on_sqlite:
        execute("DROP TRIGGER foundation_auditseal_no_second")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_append_only")]

    operations = [migrations.RunPython(protect, release)]
