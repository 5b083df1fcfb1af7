"""People whose account has another address by now are entered with that one.

Where somebody else is entered with it already, the next change of address sorts it out.
"""

from typing import Any

from django.db import migrations
from django.db.models import F


def carry(apps: Any, schema_editor: Any) -> None:
    Person = apps.get_model("network", "Person")
    for person in Person.objects.exclude(user=None).exclude(email=F("user__email")):
        if not Person.objects.filter(email=person.user.email).exists():
            person.email = person.user.email
            person.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0002_keep_files"),
        ("foundation", "0005_which_space_a_mail_is_from"),
    ]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
