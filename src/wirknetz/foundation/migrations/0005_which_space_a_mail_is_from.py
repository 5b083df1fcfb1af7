"""A mail knows the space it is from, so that only its office reads that it did not arrive."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0004_what_news_are_about")]
    operations = [
        migrations.AddField(
            model_name="outboxmessage", name="scope_id", field=models.BigIntegerField(null=True)
        ),
    ]
