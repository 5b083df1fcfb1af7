"""Secrets of second factors are encrypted; mails that have left are not kept word for word."""

from typing import Any

from django.db import migrations

from wirknetz.foundation.vault import locked


def lock(apps: Any, schema_editor: Any) -> None:
    Authenticator = apps.get_model("mfa", "Authenticator")
    for stored in Authenticator.objects.filter(type__in=["totp", "recovery_codes"]):
        for name in ("secret", "seed"):
            if isinstance(stored.data.get(name), str):
                stored.data[name] = locked(stored.data[name])
        if isinstance(codes := stored.data.get("migrated_codes"), list):
            stored.data["migrated_codes"] = [locked(code) for code in codes]
        stored.save(update_fields=["data"])


def forget(apps: Any, schema_editor: Any) -> None:
    sent = apps.get_model("foundation", "OutboxMessage").objects.filter(state="sent")
    sent.update(text="", html="", headers={})


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0005_which_space_a_mail_is_from"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.RunPython(lock, migrations.RunPython.noop),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
