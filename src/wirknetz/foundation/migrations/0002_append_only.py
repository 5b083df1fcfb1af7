"""The database itself refuses to change or remove audit events and seals."""

from django.db import migrations

TABLES = ("foundation_auditevent", "foundation_auditseal")
SENTENCE = "the audit trail is append-only"

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{sentence}'); END
"""
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION wirknetz_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION wirknetz_append_only()
"""


def protect(apps, schema_editor):
    execute = schema_editor.execute
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                execute(SQLITE.format(table=table, verb=verb, sentence=SENTENCE))
        return
    execute(POSTGRES_FUNCTION)
    for table in TABLES:
        execute(POSTGRES.format(table=table))


def release(apps, schema_editor):
    execute = schema_editor.execute
    for table in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            execute(f"DROP TRIGGER {table}_append_only ON {table}")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [migrations.RunPython(protect, release)]
