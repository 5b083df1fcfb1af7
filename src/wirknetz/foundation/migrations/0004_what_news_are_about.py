"""News say what waits because of them, so that no digest repeats what was mailed at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_no_way_around")]
    operations = [
        migrations.AddField(
            model_name="notification",
            name="about",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
