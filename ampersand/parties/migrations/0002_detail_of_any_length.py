from django.db import migrations, models
from django.db.models.functions import MD5


class Migration(migrations.Migration):
    """A detail is told once by a digest of its value: a long note does not fit into an index."""

    dependencies = [("parties", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="detail", name="detail_told_once"),
        migrations.AddConstraint(
            model_name="detail",
            constraint=models.UniqueConstraint(
                models.F("party"),
                models.F("label"),
                MD5("value"),
                condition=models.Q(withdrawn_at=None),
                name="detail_told_once",
            ),
        ),
    ]
